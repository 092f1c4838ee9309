//! The plain text of finished HTML, cut at its headings. It reads what the book's own build has
//! written, which is well formed.

/// The text under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading's anchor; empty for what stands before the first one.
    pub(super) anchor: String,
    /// Each paragraph is a line.
    pub(super) text: String,
}

/// What says nothing as text: drawings, formulas on their own, the numbers of citations.
const LEFT_OUT: [(&str, &str); 3] = [
    ("svg", ""),
    ("math", "display=\"block\""),
    ("sup", "class=\"cite\""),
];

/// What ends a line.
const BLOCKS: [&str; 18] = [
    "p",
    "li",
    "tr",
    "div",
    "pre",
    "dt",
    "dd",
    "figcaption",
    "caption",
    "summary",
    "section",
    "aside",
    "figure",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
];

/// The text of a piece of HTML, whatever its headings.
pub(super) fn text(html: &str) -> String {
    let mut sections = vec![Section::default()];
    read(html, &mut sections);
    let texts: Vec<String> = sections.into_iter().map(|section| section.text).collect();
    texts.join("\n").trim().to_owned()
}

/// Reads on: text goes to the last section, and each heading with an anchor begins another.
pub(super) fn read(html: &str, sections: &mut Vec<Section>) {
    let mut rest = html;
    let mut is_code = false;
    while let Some((before, tag_and_rest)) = rest.split_once('<') {
        put(sections, &decoded(before), is_code);
        let Some((tag, after)) = tag_and_rest.split_once('>') else {
            return;
        };
        rest = after;
        let name = tag.trim_start_matches('/');
        let name = name.split([' ', '/']).next().unwrap_or_default();
        if name == "pre" {
            is_code = !tag.starts_with('/');
        }
        if let Some(anchor) = heading(name, tag) {
            rest = skip(rest, name);
            sections.push(Section {
                anchor: anchor.to_owned(),
                text: String::new(),
            });
        } else if is_left_out(name, tag) {
            rest = skip(rest, name);
        } else if BLOCKS.contains(&name) {
            put(sections, "\n", true);
        } else if tag == "/td" || tag == "/th" {
            put(sections, " · ", false);
        } else if name == "mspace" || name == "br" {
            put(sections, " ", false);
        }
    }
    put(sections, &decoded(rest), is_code);
    put(sections, "\n", true);
}

fn is_left_out(name: &str, tag: &str) -> bool {
    let is = |(left_out, with): &(&str, &str)| *left_out == name && tag.contains(with);
    !tag.starts_with('/') && LEFT_OUT.iter().any(is)
}

/// The anchor of a heading.
fn heading<'a>(name: &str, tag: &'a str) -> Option<&'a str> {
    if tag.starts_with('/') || !matches!(name, "h2" | "h3" | "h4") {
        return None;
    }
    let (_, id) = tag.split_once(" id=\"")?;
    id.split('"').next()
}

/// What follows the element that has just begun.
fn skip<'a>(rest: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}>");
    rest.split_once(&end).map_or("", |(_, after)| after)
}

/// Adds text with single spaces; only `keeps_lines` keeps line breaks.
fn put(sections: &mut [Section], more: &str, keeps_lines: bool) {
    let Some(Section { text, .. }) = sections.last_mut() else {
        return;
    };
    for c in more.chars() {
        let is_break = c == '\n' && keeps_lines;
        if is_break {
            let kept = text.trim_end_matches([' ', '·']).len();
            text.truncate(kept);
        }
        let is_gap = text.is_empty() || text.ends_with([' ', '\n']);
        match c {
            '\n' if is_break => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            c if c.is_whitespace() => {
                if !is_gap {
                    text.push(' ');
                }
            }
            // Invisible marks of formulas.
            '\u{2061}'..='\u{2064}' => {}
            c => text.push(c),
        }
    }
}

fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(text(html), expected, "{html}");
    }

    #[test]
    fn paragraphs_and_rows_are_lines() {
        check("<p>One  <em>word</em>.</p>\n<p>Two.</p>", "One word.\nTwo.");
        check(
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            "a · b\nc",
        );
    }

    #[test]
    fn code_keeps_its_lines() {
        check(
            "<pre class=\"code\"><code>a = 1\nb = 2</code></pre>",
            "a = 1\nb = 2",
        );
        check("<p>a\nb</p>", "a b");
    }

    #[test]
    fn drawings_citations_and_formulas_on_their_own_are_left_out() {
        check(
            "<p>A<sup class=\"cite\"><a>[1]</a></sup> b 10<sup>3</sup>.</p><svg><text>n1</text></svg>",
            "A b 103.",
        );
        check(
            "<math display=\"block\"><mi>x</mi></math><p><math display=\"inline\"><mi>R</mi><mo>+</mo><mi>W</mi></math></p>",
            "R+W",
        );
    }

    #[test]
    fn signs_are_read_as_they_are_shown() {
        check(
            "<p>W + R &gt; N &amp;amp; &quot;x&quot;</p>",
            "W + R > N &amp; \"x\"",
        );
    }

    #[test]
    fn a_heading_with_an_anchor_begins_a_section() {
        let mut sections = vec![Section::default()];
        read(
            "<p>Before.</p><h2 id=\"a\"><a href=\"x#a\">A</a></h2><p>In a.</p><h3>Not one</h3>",
            &mut sections,
        );
        read("<p>Still.</p>", &mut sections);
        let found: Vec<(&str, &str)> = sections
            .iter()
            .map(|section| (section.anchor.as_str(), section.text.trim()))
            .collect();
        assert_eq!(found, [("", "Before."), ("a", "In a.\nNot one\nStill.")]);
    }
}
