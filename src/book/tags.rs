//! The tags in finished HTML, for those who change it after it has been written: links that get
//! numbers for paper, ids that have to be unique on one page for the whole book.
//!
//! It reads what this project's own programs write: attributes are in double quotes, or have no
//! value.

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// What stands between two tags, as it is written.
    Text(&'a str),
    /// A tag: its beginning, its end, or a comment.
    Tag(Tag<'a>),
}

/// A tag, from `<` to `>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a>(&'a str);

impl<'a> Tag<'a> {
    /// All of it.
    #[must_use]
    pub fn source(self) -> &'a str {
        self.0
    }

    /// Its name; with a slash before it at the end of an element: `a`, `/a`.
    #[must_use]
    pub fn name(self) -> &'a str {
        let inside = self.0.trim_start_matches('<').trim_end_matches('>');
        let end = inside.find(|c: char| c.is_ascii_whitespace());
        inside.get(..end.unwrap_or(inside.len())).unwrap_or(inside)
    }

    /// The value of an attribute as it is written; empty for one without a value.
    #[must_use]
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        let mut attributes = self.attributes();
        let found = attributes.find(|attribute| attribute.name == name);
        found.map(|attribute| attribute.value)
    }

    /// The tag with other values for those attributes for which `change` gives one.
    #[must_use]
    pub fn with(self, change: impl Fn(&str, &str) -> Option<String>) -> String {
        let mut written = String::new();
        let mut done = 0;
        for attribute in self.attributes() {
            let Some(value) = change(attribute.name, attribute.value) else {
                continue;
            };
            let (before, after) = (attribute.at, attribute.at + attribute.value.len());
            written.push_str(self.0.get(done..before).unwrap_or_default());
            written.push_str(&value);
            done = after;
        }
        written.push_str(self.0.get(done..).unwrap_or_default());
        written
    }

    fn attributes(self) -> Attributes<'a> {
        Attributes {
            tag: self.0,
            at: 1 + self.name().len(),
        }
    }
}

/// An attribute of a tag.
struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
    /// Where the value begins in the tag.
    at: usize,
}

struct Attributes<'a> {
    tag: &'a str,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.tag.get(self.at..)?;
        let begin = self.at + rest.find(|c: char| c.is_ascii_alphabetic())?;
        let rest = self.tag.get(begin..)?;
        let end = rest.find(|c: char| c == '=' || c == '>' || c.is_ascii_whitespace())?;
        let name = rest.get(..end)?;
        let Some(value) = rest.get(end..)?.strip_prefix("=\"") else {
            self.at = begin + end;
            return Some(Attribute {
                name,
                value: "",
                at: begin + end,
            });
        };
        let length = value.find('"')?;
        let at = begin + end + 2;
        self.at = at + length + 1;
        Some(Attribute {
            name,
            value: value.get(..length)?,
            at,
        })
    }
}

/// The pieces of HTML, in order; put together again they are what was read.
pub fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = match rest.strip_prefix('<') {
            Some(_) => end_of_tag(rest),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(match piece.starts_with('<') {
            true => Piece::Tag(Tag(piece)),
            false => Piece::Text(piece),
        })
    })
}

/// The length of the tag that the text begins with; a `>` in quotes does not end it.
fn end_of_tag(text: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only_tag(html: &str) -> Tag<'_> {
        match pieces(html).next() {
            Some(Piece::Tag(tag)) => tag,
            other => panic!("{html} begins with {other:?}"),
        }
    }

    #[test]
    fn pieces_together_are_what_was_read() {
        let html = "<p>A <a href=\"x>y\" hidden>link</a><!-- c -->, <br/>end";
        let again: String = pieces(html)
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Tag(tag) => tag.source(),
            })
            .collect();
        assert_eq!(again, html);
    }

    #[test]
    fn attributes_are_found_by_their_names() {
        let tag = only_tag("<a data-id=\"no\" id=\"a>b\" hidden class=\"c\">");
        assert_eq!(tag.name(), "a");
        assert_eq!(tag.attribute("id"), Some("a>b"));
        assert_eq!(tag.attribute("hidden"), Some(""));
        assert_eq!(tag.attribute("class"), Some("c"));
        assert_eq!(tag.attribute("title"), None);
        assert_eq!(only_tag("</section>").name(), "/section");
    }

    #[test]
    fn values_are_changed_in_their_places() {
        let tag = only_tag("<p id=\"a\" class=\"b\" lang=\"en\">");
        let changed = tag.with(|name, value| (name != "class").then(|| format!("{value}{value}")));
        assert_eq!(changed, "<p id=\"aa\" class=\"b\" lang=\"enen\">");
    }
}
