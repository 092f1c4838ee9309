//! A vector clock as it stands in a log: a JSON object of names and whole numbers.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::CharIndices;

use crate::sim::causality::Computation;

/// How many events of each host are known; hosts with none are left out.
pub(super) type Clock = BTreeMap<String, u32>;

/// Reads the clock at the beginning of a text, and says how many bytes of it that was.
///
/// # Errors
/// What is wrong, as part of a sentence.
pub(super) fn read(text: &str) -> Result<(Clock, usize), String> {
    let mut reader = Reader {
        text,
        rest: text.char_indices().peekable(),
    };
    let clock = reader.object()?;
    Ok((clock, reader.at()))
}

/// A name as a JSON string, with its quotation marks.
pub(super) fn quoted(name: &str) -> String {
    let mut text = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

struct Reader<'a> {
    text: &'a str,
    rest: Peekable<CharIndices<'a>>,
}

impl Reader<'_> {
    fn object(&mut self) -> Result<Clock, String> {
        let mut named: BTreeMap<String, u32> = BTreeMap::new();
        self.expect('{')?;
        self.blanks();
        if self.take('}') {
            return Ok(named);
        }
        loop {
            self.blanks();
            let name = self.string()?;
            self.blanks();
            self.expect(':')?;
            self.blanks();
            let count = self.number(&name)?;
            if named.insert(name.clone(), count).is_some() {
                return Err(format!("the clock names {name:?} twice: keep one of them"));
            }
            if named.len() > Computation::MOST_PROCESSES {
                return Err(format!(
                    "the clock names more than {} hosts: leave some out",
                    Computation::MOST_PROCESSES
                ));
            }
            self.blanks();
            if !self.take(',') {
                self.expect('}')?;
                named.retain(|_, count| *count > 0);
                return Ok(named);
            }
        }
    }

    /// A JSON string (RFC 8259, section 7).
    fn string(&mut self) -> Result<String, String> {
        self.expect('"')?;
        let mut name = String::new();
        loop {
            match self.rest.next() {
                None => return Err(self.unexpected("\"", None)),
                Some((_, '"')) => return Ok(name),
                Some((_, '\\')) => name.push(self.escaped()?),
                Some((_, c)) => name.push(c),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        let Some((_, c)) = self.rest.next() else {
            return Err(self.unexpected("an escape", None));
        };
        Ok(match c {
            '"' | '\\' | '/' => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.unit()?;
                // A character beyond the basic plane is written as two halves.
                let halves = if (0xD800..0xDC00).contains(&first) {
                    self.expect('\\')?;
                    self.expect('u')?;
                    vec![first, self.unit()?]
                } else {
                    vec![first]
                };
                let decoded = char::decode_utf16(halves).next();
                decoded.and_then(Result::ok).unwrap_or('\u{FFFD}')
            }
            other => return Err(self.unexpected("an escape such as \\n", Some(other))),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u16, String> {
        let mut unit = 0_u16;
        for _ in 0..4 {
            let found = self.rest.next().map(|(_, c)| c);
            let digit = found.and_then(|c| c.to_digit(16)).map(u16::try_from);
            let Some(Ok(digit)) = digit else {
                return Err(self.unexpected("four hexadecimal digits", found));
            };
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }

    fn number(&mut self, name: &str) -> Result<u32, String> {
        let from = self.at();
        while self.rest.peek().is_some_and(|(_, c)| {
            c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '"' | '_')
        }) {
            self.rest.next();
        }
        let written = self.text.get(from..self.at()).unwrap_or("");
        let digits = written.chars().all(|c| c.is_ascii_digit());
        match written.parse() {
            Ok(count) if digits => Ok(count),
            _ => Err(format!(
                "the clock's entry for {name:?} is {written:?}: write a whole number from 0 to {}, without quotation marks",
                u32::MAX
            )),
        }
    }

    fn blanks(&mut self) {
        while self.rest.peek().is_some_and(|(_, c)| c.is_whitespace()) {
            self.rest.next();
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        self.rest.next_if(|(_, c)| *c == wanted).is_some()
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.take(wanted) {
            return Ok(());
        }
        let found = self.rest.peek().map(|(_, c)| *c);
        Err(self.unexpected(&wanted.to_string(), found))
    }

    fn unexpected(&self, wanted: &str, found: Option<char>) -> String {
        let found = found.map_or_else(|| "the end of the line".to_owned(), |c| format!("{c:?}"));
        format!("the clock should go on with {wanted}, but there is {found}")
    }

    /// How many bytes are read.
    fn at(&mut self) -> usize {
        self.rest.peek().map_or(self.text.len(), |(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, u32)]) {
        let expected = expected
            .iter()
            .map(|(n, c)| ((*n).to_owned(), *c))
            .collect();
        assert_eq!(read(text).map(|(clock, _)| clock), Ok(expected), "{text}");
    }

    fn check_wrong(text: &str, part: &str) {
        let error = read(text).unwrap_err();
        assert!(error.contains(part), "{text}: {error}");
    }

    #[test]
    fn a_clock_is_an_object_of_whole_numbers() {
        check("{}", &[]);
        check(r#"{"a":1}"#, &[("a", 1)]);
        check(r#"{ "a" : 1 ,"b":22 }"#, &[("a", 1), ("b", 22)]);
    }

    #[test]
    fn an_entry_of_0_is_no_entry() {
        check(r#"{"a":1,"b":0}"#, &[("a", 1)]);
    }

    #[test]
    fn escapes_are_those_of_json() {
        check(r#"{"\"\\\/\u00e9\ud83d\ude00":1}"#, &[("\"\\/é😀", 1)]);
        check(r#"{"\ud83d\u0041":1}"#, &[("\u{FFFD}", 1)]);
    }

    #[test]
    fn the_rest_of_the_line_is_left() {
        assert_eq!(read("{\"a\":1} {x}").map(|(_, bytes)| bytes), Ok(7));
    }

    #[test]
    fn what_is_no_clock_is_said() {
        check_wrong(r#"{"a":1"#, "the end of the line");
        check_wrong(r#"{"a" 1}"#, "should go on with :, but there is '1'");
        check_wrong(r#"{"a":1,}"#, "should go on with \", but there is '}'");
        check_wrong(r#"{"a":-1}"#, "entry for \"a\" is \"-1\"");
        check_wrong(r#"{"a":+1}"#, "is \"+1\"");
        check_wrong(r#"{"a":1.5}"#, "is \"1.5\"");
        check_wrong(r#"{"a":"1"}"#, "without quotation marks");
        check_wrong(r#"{"a":4294967296}"#, "from 0 to 4294967295");
        check_wrong(r#"{"a":1,"a":2}"#, "twice");
        check_wrong(r#"{"\x":1}"#, "an escape");
        check_wrong(r#"{"\u12"#, "four hexadecimal digits");
    }

    #[test]
    fn a_quoted_name_reads_back() {
        for name in ["a", "\"", "\\", "é😀", "\u{1}"] {
            let text = format!("{{{}:3}}", quoted(name));
            check(&text, &[(name, 3)]);
        }
    }
}
