//! Where each byte of a decoded TOML string stands in its source.

use std::ops::Range;

/// The offsets into `source` of the bytes of `decoded`, and of its end. `span` is the string
/// with its quotes.
pub(super) fn origin(source: &str, span: Range<usize>, decoded: &str) -> Vec<usize> {
    let token = source.get(span.clone()).unwrap_or_default();
    let literal = token.starts_with('\'');
    let quotes = if token.starts_with("'''") || token.starts_with("\"\"\"") {
        3
    } else {
        1
    };
    let mut at = span.start + quotes;
    if quotes == 3 && rest(source, at).starts_with('\n') {
        at += 1;
    }
    let mut origin = Vec::with_capacity(decoded.len() + 1);
    for c in decoded.chars() {
        if !literal {
            at = skip_line_continuations(source, at);
        }
        origin.extend(std::iter::repeat_n(at, c.len_utf8()));
        at += if literal {
            c.len_utf8()
        } else {
            written_length(rest(source, at))
        };
    }
    origin.push(at);
    origin
}

fn rest(source: &str, at: usize) -> &str {
    source.get(at..).unwrap_or_default()
}

/// A backslash at the end of a line swallows the line break and the white space after it.
fn skip_line_continuations(source: &str, mut at: usize) -> usize {
    while let Some(after) = rest(source, at).strip_prefix('\\') {
        if !after.trim_start_matches([' ', '\t']).starts_with('\n') {
            break;
        }
        at = source.len() - after.trim_start().len();
    }
    at
}

/// How many bytes the next character takes in a basic string.
fn written_length(rest: &str) -> usize {
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some('\\'), Some('x')) => 4,
        (Some('\\'), Some('u')) => 6,
        (Some('\\'), Some('U')) => 10,
        (Some('\\'), Some(_)) => 2,
        (Some(c), _) => c.len_utf8(),
        (None, _) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finds `needle` in the decoded string and expects that it stands before `marked` in the
    /// source.
    fn check(source: &str, decoded: &str, needle: &str, marked: &str) {
        let origin = origin(source, 0..source.len(), decoded);
        let at = decoded.find(needle).unwrap();
        assert_eq!(origin[at], source.find(marked).unwrap());
        assert_eq!(origin.len(), decoded.len() + 1);
    }

    #[test]
    fn a_literal_string_is_shifted_by_its_quote() {
        check("'abc'", "abc", "c", "c");
    }

    #[test]
    fn a_multi_line_string_begins_after_its_first_line_break() {
        check("'''\none\ntwo'''", "one\ntwo", "two", "two");
        check("\"\"\"\none\ntwo\"\"\"", "one\ntwo", "two", "two");
    }

    #[test]
    fn escapes_are_longer_in_the_source() {
        check(r#""a\n\u00e9\tb""#, "a\né\tb", "b", "b\"");
    }

    #[test]
    fn a_line_continuation_is_skipped() {
        check("\"\"\"one \\\n   two\"\"\"", "one two", "two", "two");
    }

    #[test]
    fn a_source_that_does_not_fit_is_no_reason_to_panic() {
        assert_eq!(origin("'", 0..1, "abc").len(), 4);
        assert_eq!(origin("", 0..9, "abc").len(), 4);
    }
}
