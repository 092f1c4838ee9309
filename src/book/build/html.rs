//! Writing HTML by hand: escaping and names.

use std::borrow::Cow;

/// Text as it may stand between tags or in a double-quoted attribute.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// An address as it may stand in `href`: what no address may hold is percent-encoded.
pub(super) fn escape_address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, byte) in address.bytes().enumerate() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'%' if !is_encoded(&address.as_bytes()[at..]) => out.push_str("%25"),
            b'%' | b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn is_encoded(from_percent: &[u8]) -> bool {
    let digits = from_percent.get(1..3);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Whether a name is made of `a` to `z` and digits, with single dashes between them.
pub(super) fn is_kebab(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    name.split('-').all(word)
}

/// An anchor made of the words of a heading.
pub(super) fn kebab(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !matches!(c, '\'' | '’') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// Finished HTML without its ids, for a second place where it is shown.
pub(super) fn without_ids(html: &str) -> String {
    let mut parts = html.split(" id=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    out
}

/// Finished HTML without its citations, whose numbers mean nothing on another page.
pub(super) fn without_citations(html: &str) -> String {
    let mut rest = html;
    let mut out = String::with_capacity(html.len());
    while let Some((before, cite)) = rest.split_once("<sup class=\"cite\">") {
        out.push_str(before);
        rest = cite.split_once("</sup>").map_or("", |(_, after)| after);
    }
    out + rest
}

/// A term with a capital, as it stands alone.
pub(super) fn capitalised(term: &str) -> String {
    let mut letters = term.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The words that finished HTML begins with, as plain text; what does not fit into `most`
/// characters is cut off at a word.
pub(super) fn beginning(html: &str, most: usize) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            c => text.push(c),
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + 1 + word.chars().count() > most {
            return short + " …";
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_citation_is_taken_out_of_a_text() {
        let cited = "A<sup class=\"cite\"><a href=\"x\">1</a></sup> and b<sup>2</sup>.";
        assert_eq!(without_citations(cited), "A and b<sup>2</sup>.");
        assert_eq!(without_citations("A."), "A.");
    }

    #[test]
    fn the_beginning_of_a_text_ends_at_a_word() {
        let html = "<p>One &lt; <em>two</em></p>\n<p>three four</p>";
        assert_eq!(beginning(html, 99), "One < two three four");
        assert_eq!(beginning(html, 12), "One < two …");
    }

    use super::*;

    #[test]
    fn markup_in_text_is_escaped() {
        assert_eq!(escape("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
        assert_eq!(escape("plain"), "plain");
    }

    #[test]
    fn an_address_cannot_leave_its_attribute() {
        assert_eq!(escape_address("#\"><b>"), "#%22%3E%3Cb%3E");
        assert_eq!(
            escape_address("https://a.b/?x=1&y=2"),
            "https://a.b/?x=1&amp;y=2"
        );
        assert_eq!(escape_address("§"), "%C2%A7");
    }

    #[test]
    fn a_percent_sign_is_encoded_unless_it_encodes() {
        assert_eq!(escape_address("jitter=20%;a=b"), "jitter=20%25;a=b");
        assert_eq!(escape_address("a%20b"), "a%20b");
    }

    #[test]
    fn a_heading_gives_an_anchor_of_its_words() {
        assert_eq!(
            kebab("Why “now” isn’t a time: ε & co."),
            "why-now-isnt-a-time-co"
        );
        assert_eq!(kebab("…"), "");
    }

    #[test]
    fn a_kebab_name_has_single_dashes_inside() {
        assert!(is_kebab("clock-skew-2"));
        for bad in ["", "-a", "a-", "a--b", "Clock", "a_b", "a b", "é"] {
            assert!(!is_kebab(bad), "{bad}");
        }
    }

    #[test]
    fn ids_are_taken_out_for_a_second_place() {
        assert_eq!(
            without_ids("<a href=\"x\" id=\"cite-a\">1</a><b id=\"c\">"),
            "<a href=\"x\">1</a><b>"
        );
    }
}
