//! Highlighting of settings files, TOML and INI, which the syntax set does not know.

use super::code::Span;

/// The pieces of a settings file with their classes.
pub(super) fn spans(code: &str) -> Vec<Span<'_>> {
    code.split_inclusive('\n').flat_map(line).collect()
}

fn line(line: &str) -> Vec<Span<'_>> {
    let start = line.trim_start();
    if start.starts_with(['#', ';']) {
        return vec![("comment", line)];
    }
    if start.starts_with('[') {
        let (head, rest) = line.split_at(line.rfind(']').map_or(line.len(), |at| at + 1));
        return vec![("name", head), ("", rest)];
    }
    let Some((key, _)) = line.split_once('=') else {
        return vec![("", line)];
    };
    let (key, rest) = line.split_at(key.len());
    let (equals, rest) = rest.split_at(1);
    let (value, comment) = rest.split_at(comment_start(rest));
    let space = value.len() - value.trim_start().len();
    let (space, value) = value.split_at(space);
    vec![
        ("name", key),
        ("", equals),
        ("", space),
        (class_of(value.trim_end()), value),
        ("comment", comment),
    ]
}

/// Where a comment begins: at a `#` after white space, outside of quotes.
fn comment_start(rest: &str) -> usize {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in rest.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '#' && before.is_whitespace() => return at,
            None => {}
        }
        before = c;
    }
    rest.len()
}

fn class_of(value: &str) -> &'static str {
    if value.starts_with(['"', '\'']) {
        "string"
    } else if value.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') {
        "number"
    } else if ["true", "false", "on", "off", "yes", "no"].contains(&value) {
        "constant"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, expected: &[Span<'_>]) {
        let mut spans = spans(code);
        spans.retain(|(_, text)| !text.trim().is_empty());
        assert_eq!(spans, expected);
    }

    #[test]
    fn a_setting_has_a_name_a_value_and_a_comment() {
        check(
            "a.b = \"x # y\" # why\n",
            &[
                ("name", "a.b "),
                ("", "="),
                ("string", "\"x # y\" "),
                ("comment", "# why\n"),
            ],
        );
        check(
            "n=20ms\n",
            &[("name", "n"), ("", "="), ("number", "20ms\n")],
        );
        check(
            "wait = off",
            &[("name", "wait "), ("", "="), ("constant", "off")],
        );
    }

    #[test]
    fn heads_and_comments_are_lines_of_their_own() {
        check("[server]\n", &[("name", "[server]")]);
        check("; why\n", &[("comment", "; why\n")]);
    }
}
