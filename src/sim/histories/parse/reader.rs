//! Reads EDN values one after the other, counting lines.

use super::{Malformed, excerpt};
use crate::sim::histories::value::Value;

/// How deep values may be nested; an operation needs three levels.
const DEEPEST: usize = 16;

/// A place in a text.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Reader<'a> {
    /// From the beginning of a text whose first line has this number.
    pub(super) fn new(text: &'a str, line: usize) -> Self {
        Self { rest: text, line }
    }

    /// The line of what comes next.
    pub(super) fn line(&mut self) -> usize {
        self.skip_blank();
        self.line
    }

    /// The next character that means something, nothing at the end.
    pub(super) fn peek(&mut self) -> Option<char> {
        self.skip_blank();
        self.rest.chars().next()
    }

    /// Passes over the character if it is what comes next.
    pub(super) fn take(&mut self, character: char) -> bool {
        let taken = self.peek() == Some(character);
        if taken {
            self.bump();
        }
        taken
    }

    /// The next value.
    pub(super) fn value(&mut self) -> Result<Value, Malformed> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Result<Value, Malformed> {
        let opening = self.peek();
        let line = self.line;
        if depth > DEEPEST {
            return Err(Malformed::new(
                line,
                format!("a value nested {depth} levels deep"),
                format!("at most {DEEPEST} levels"),
            ));
        }
        match opening {
            None => Err(Malformed::new(line, "the text ends here", "a value")),
            Some('{') => self.map(line, depth),
            Some('[') => self.list(line, depth, ']'),
            Some('(') => self.list(line, depth, ')'),
            Some('"') => self.string(line),
            Some('#') => {
                self.bump();
                if self.rest.starts_with('{') {
                    return self.list(line, depth, '}');
                }
                // A tag says how Clojure holds the value that follows; the value is the same.
                if self.token() == "_" {
                    return Err(Malformed::new(line, "a discarded value", "no #_"));
                }
                self.nested(depth + 1)
            }
            Some(_) => self.atom(line),
        }
    }

    fn list(&mut self, line: usize, depth: usize, close: char) -> Result<Value, Malformed> {
        self.bump();
        let mut values = Vec::new();
        while !self.take(close) {
            if self.peek().is_none() {
                return Err(unclosed(line, close));
            }
            values.push(self.nested(depth + 1)?);
        }
        Ok(Value::List(values))
    }

    fn map(&mut self, line: usize, depth: usize) -> Result<Value, Malformed> {
        self.bump();
        let mut pairs = Vec::new();
        while !self.take('}') {
            if self.peek().is_none() {
                return Err(unclosed(line, '}'));
            }
            let key = self.nested(depth + 1)?;
            if self.peek() == Some('}') {
                return Err(Malformed::new(
                    self.line,
                    format!("{} has no value", excerpt(key)),
                    "pairs of key and value in a map",
                ));
            }
            pairs.push((key, self.nested(depth + 1)?));
        }
        Ok(Value::Map(pairs))
    }

    fn string(&mut self, line: usize) -> Result<Value, Malformed> {
        self.bump();
        let mut text = String::new();
        while let Some(character) = self.bump() {
            match character {
                '"' => return Ok(Value::Text(text)),
                '\\' => text.push(self.escaped()?),
                other => text.push(other),
            }
        }
        Err(unclosed(line, '"'))
    }

    fn escaped(&mut self) -> Result<char, Malformed> {
        let line = self.line;
        match self.bump() {
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some(quoted @ ('"' | '\\')) => Ok(quoted),
            other => Err(Malformed::new(
                line,
                other.map_or_else(
                    || "a \\ at the end".to_owned(),
                    |character| format!("\\{character} in a string"),
                ),
                "\\n, \\r, \\t, \\\" or \\\\",
            )),
        }
    }

    fn atom(&mut self, line: usize) -> Result<Value, Malformed> {
        let token = self.token();
        if token.is_empty() {
            let wrong = self.bump().map(excerpt).unwrap_or_default();
            return Err(Malformed::new(line, wrong, "a value"));
        }
        if let Some(name) = token.strip_prefix(':') {
            return Ok(Value::keyword(name));
        }
        if token == "nil" {
            return Ok(Value::Nil);
        }
        let digits = token.strip_prefix(['-', '+']).unwrap_or(token);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Value::Other(token.to_owned()));
        }
        token.parse().map(Value::Whole).map_err(|_too_large| {
            Malformed::new(
                line,
                format!("the number {} is too large", excerpt(token)),
                "a whole number of 64 bits with a sign",
            )
        })
    }

    /// What stands before the next blank or bracket.
    fn token(&mut self) -> &'a str {
        let end = self
            .rest
            .find(|character| blank(character) || "{}[]()\";".contains(character))
            .unwrap_or(self.rest.len());
        let (token, rest) = self.rest.split_at(end);
        self.rest = rest;
        token
    }

    fn skip_blank(&mut self) {
        while let Some(character) = self.rest.chars().next() {
            if character == ';' {
                self.rest = self.rest.find('\n').map_or("", |end| &self.rest[end..]);
            } else if blank(character) {
                self.bump();
            } else {
                return;
            }
        }
    }

    fn bump(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        self.line += usize::from(character == '\n');
        Some(character)
    }
}

/// EDN counts commas as blanks.
fn blank(character: char) -> bool {
    character.is_whitespace() || character == ','
}

fn unclosed(line: usize, close: char) -> Malformed {
    Malformed::new(
        line,
        "what begins here does not end",
        format!("a closing {close}"),
    )
}
