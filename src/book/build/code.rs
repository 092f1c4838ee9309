//! Code highlighted at build time.
//!
//! The style sheet needs to know these classes, all on `span`: `hl-comment`, `hl-string`,
//! `hl-number`, `hl-constant` (true, null, escapes), `hl-keyword`, `hl-type`, `hl-function` and
//! `hl-name` (keys, attributes, section heads). What has none of them is plain.

use super::{config_code, html::escape};
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// The languages that code in the book may be in.
pub(super) const LANGUAGES: [&str; 10] = [
    "go", "ini", "java", "json", "python", "rust", "sh", "sql", "text", "toml",
];

/// Which scopes get which class; the first that fits the innermost scope wins.
const CLASSES: [(&str, &str); 24] = [
    ("comment", "comment"),
    ("meta.mapping.key", "name"),
    ("constant.character.escape", "constant"),
    ("constant.numeric", "number"),
    ("constant", "constant"),
    ("string", "string"),
    ("storage.type.numeric", "number"),
    ("keyword.operator", ""),
    ("keyword", "keyword"),
    ("storage", "keyword"),
    ("entity.name.function", "function"),
    ("entity.name.tag", "name"),
    ("entity.name", "type"),
    ("entity.other.inherited-class", "type"),
    ("entity.other.attribute-name", "name"),
    ("support.function", "function"),
    ("support.macro", "function"),
    ("support.type", "type"),
    ("support.class", "type"),
    ("support.constant", "constant"),
    ("variable.function", "function"),
    ("variable.language", "keyword"),
    ("variable.annotation", "name"),
    ("meta.annotation", "name"),
];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    let scope = |(scope, class): &(&str, &'static str)| Some((Scope::new(scope).ok()?, *class));
    CLASSES.iter().filter_map(scope).collect()
});

/// A piece of code with its class; the empty class is plain.
pub(super) type Span<'c> = (&'static str, &'c str);

/// The code as HTML, to stand in `<code>`.
pub(super) fn highlight(language: &str, code: &str) -> String {
    let spans = match language {
        "toml" | "ini" => config_code::spans(code),
        _ => match SYNTAXES.find_syntax_by_token(language) {
            Some(syntax) if language != "text" => spans(syntax, code),
            _ => vec![("", code)],
        },
    };
    write(&spans)
}

/// Writes the pieces; neighbours of one class share a tag.
fn write(spans: &[Span<'_>]) -> String {
    let mut out = String::new();
    let mut open = "";
    for (class, text) in spans.iter().filter(|(_, text)| !text.is_empty()) {
        if *class != open {
            if !open.is_empty() {
                out.push_str("</span>");
            }
            if !class.is_empty() {
                out.push_str(&format!("<span class=\"hl-{class}\">"));
            }
            open = class;
        }
        out.push_str(&escape(text));
    }
    if !open.is_empty() {
        out.push_str("</span>");
    }
    out
}

fn spans<'c>(syntax: &SyntaxReference, code: &'c str) -> Vec<Span<'c>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut spans = Vec::new();
    for line in code.split_inclusive('\n') {
        let Ok(changes) = state.parse_line(line, &SYNTAXES) else {
            spans.push(("", line));
            continue;
        };
        let mut from = 0;
        for (at, change) in changes {
            spans.push((class(&stack), line.get(from..at).unwrap_or_default()));
            from = from.max(at);
            if stack.apply(&change).is_err() {
                break;
            }
        }
        spans.push((class(&stack), line.get(from..).unwrap_or_default()));
    }
    spans
}

fn class(stack: &ScopeStack) -> &'static str {
    let class = |scope: &Scope| {
        let fits = |(prefix, _): &&(Scope, &'static str)| prefix.is_prefix_of(*scope);
        SCOPES.iter().find(fits).map(|(_, class)| *class)
    };
    stack
        .scopes
        .iter()
        .rev()
        .find_map(class)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, code: &str, expected: &str) {
        assert_eq!(highlight(language, code), expected);
    }

    #[test]
    fn rust_gets_its_classes() {
        check(
            "rust",
            "let x = \"a<b\"; // c\n",
            "<span class=\"hl-keyword\">let</span> x = <span class=\"hl-string\">\"a&lt;b\"</span>; \
             <span class=\"hl-comment\">// c\n</span>"
                .replace("\"a&lt;b\"", "&quot;a&lt;b&quot;")
                .as_str(),
        );
    }

    #[test]
    fn text_stays_as_it_is() {
        check("text", "let x = 1 < 2", "let x = 1 &lt; 2");
    }

    #[test]
    fn each_language_is_known_to_the_highlighter() {
        for language in LANGUAGES {
            let own = matches!(language, "text" | "toml" | "ini");
            let known = SYNTAXES.find_syntax_by_token(language).is_some();
            assert!(own || known, "{language}");
        }
    }

    #[test]
    fn every_class_has_a_valid_scope() {
        assert_eq!(SCOPES.len(), CLASSES.len());
    }

    #[test]
    fn highlighting_changes_no_character() {
        let code = "SELECT a -- 'x'\nFROM \"t\" WHERE b = 'é' AND c < 1;\n";
        let html = highlight("sql", code);
        let mut text = String::new();
        for (at, part) in html.split('<').enumerate() {
            text.push_str(if at == 0 {
                part
            } else {
                part.split_once('>').unwrap().1
            });
        }
        assert_eq!(text, escape(code));
    }
}
