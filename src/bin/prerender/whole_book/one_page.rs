//! HTML of one page of the site as it stands on a page with all the others: ids made unique by the
//! name of the chapter, links that stay on the page, one list of sources, nothing to press.

use std::collections::BTreeMap;

use happens_before::book::tags::{Piece, Tag, pieces};
use happens_before::pages::print::WHOLE_BOOK;

/// Where the whole book is, from the site's root.
pub const ADDRESS: &str = WHOLE_BOOK;

/// Between the name of a chapter and the id that is unique there.
const JOINT: &str = "--";

/// Attributes that name ids.
const NAMING: [&str; 6] = [
    "id",
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "headers",
];

/// What can be pressed or set, and means nothing on this page.
const CONTROLS: [&str; 5] = ["button", "select", "label", "form", "details"];

/// What the whole page knows when a piece of it is put in.
#[derive(Clone, Debug, Default)]
pub struct OnePage {
    /// The chapters that are on the page, by slug.
    pub chapters: Vec<String>,
    /// The numbers of the sources in the one list of them, by key.
    pub sources: BTreeMap<String, usize>,
}

/// The id that something of a chapter has on this page.
pub fn id(slug: &str, id: &str) -> String {
    format!("{slug}{JOINT}{id}")
}

/// A link on this page, from the site's root.
pub fn link(id: &str) -> String {
    format!("{ADDRESS}#{id}")
}

impl OnePage {
    /// The HTML of a chapter (its slug is given) as it stands on this page.
    pub fn put(&self, slug: &str, html: &str) -> String {
        let mut written = String::with_capacity(html.len() + html.len() / 8);
        // The number of a citation, to be written instead of the chapter's own.
        let mut number: Option<String> = None;
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => match number.take() {
                    Some(number) => written.push_str(&number),
                    None => written.push_str(text),
                },
                Piece::Tag(tag) => {
                    number = self.citation(tag).map(|number| number.to_string());
                    written.push_str(&self.tag(slug, tag, number.as_deref()));
                }
            }
        }
        written
    }

    /// The number in the one list of sources, if this begins a citation.
    fn citation(&self, tag: Tag<'_>) -> Option<usize> {
        let key = source_of(tag.attribute("href")?)?;
        self.sources.get(key).copied()
    }

    fn tag(&self, slug: &str, tag: Tag<'_>, number: Option<&str>) -> String {
        tag.with(|name, value| match name {
            "href" => self.address(value),
            "aria-label" => {
                let (_, source) = value.strip_prefix("source ")?.split_once(": ")?;
                Some(format!("source {}: {source}", number?))
            }
            _ if NAMING.contains(&name) => {
                let ids = value.split_ascii_whitespace();
                Some(ids.map(|one| id(slug, one)).collect::<Vec<_>>().join(" "))
            }
            _ if value.contains("url(#") => {
                Some(value.replace("url(#", &format!("url(#{slug}{JOINT}")))
            }
            _ => None,
        })
    }

    /// Where a link leads on this page; none if it leads away.
    fn address(&self, address: &str) -> Option<String> {
        if let Some(key) = source_of(address) {
            return Some(link(&id("source", key)));
        }
        if let Some(term) = address.strip_prefix("glossary/") {
            return Some(match term.strip_prefix('#') {
                Some(term) => link(&id("glossary", term)),
                None => link("glossary"),
            });
        }
        let (slug, anchor) = address.strip_prefix("chapter/")?.split_once('/')?;
        if !self.chapters.iter().any(|known| known == slug) || anchor.starts_with("#run=") {
            return None;
        }
        Some(match anchor.strip_prefix('#') {
            Some(anchor) => link(&id(slug, anchor)),
            None => link(slug),
        })
    }
}

/// The key of the source that an address leads to.
fn source_of(address: &str) -> Option<&str> {
    let (_, anchor) = address.strip_prefix("chapter/")?.split_once('#')?;
    anchor.strip_prefix("source-")
}

/// The same without what could be pressed or set, and without comments.
pub fn without_controls(html: &str) -> String {
    let mut written = String::with_capacity(html.len());
    // The element that is left out, and how deep in elements of its own name.
    let mut left_out: Option<(&str, usize)> = None;
    for piece in pieces(html) {
        match (piece, &mut left_out) {
            (Piece::Tag(tag), Some((name, depth))) => {
                if tag.name() == *name {
                    *depth += 1;
                } else if tag.name().strip_prefix('/') == Some(*name) {
                    *depth -= 1;
                    if *depth == 0 {
                        left_out = None;
                    }
                }
            }
            (Piece::Text(_), Some(_)) => {}
            (Piece::Tag(tag), None) if CONTROLS.contains(&tag.name()) => {
                left_out = Some((tag.name(), 1));
            }
            (Piece::Tag(tag), None) => {
                if !(tag.name() == "input" || tag.name().starts_with('!')) {
                    written.push_str(tag.source());
                }
            }
            (Piece::Text(text), None) => written.push_str(text),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let page = OnePage {
            chapters: vec!["time".to_owned(), "crdts".to_owned()],
            sources: [("lamport1978".to_owned(), 40)].into(),
        };
        assert_eq!(page.put("time", html), expected);
    }

    #[test]
    fn ids_and_what_names_them_get_the_name_of_the_chapter() {
        check(
            "<p id=\"a\" aria-describedby=\"b c\"></p>",
            "<p id=\"time--a\" aria-describedby=\"time--b time--c\"></p>",
        );
        check(
            "<g clip-path=\"url(#a)\"></g>",
            "<g clip-path=\"url(#time--a)\"></g>",
        );
    }

    #[test]
    fn links_to_chapters_and_terms_stay_on_the_page() {
        check(
            "<a href=\"chapter/crdts/#b\">",
            "<a href=\"book/#crdts--b\">",
        );
        check("<a href=\"chapter/crdts/\">", "<a href=\"book/#crdts\">");
        check("<a href=\"glossary/#b\">", "<a href=\"book/#glossary--b\">");
    }

    #[test]
    fn runs_questions_and_the_web_lead_away() {
        for away in [
            "<a href=\"chapter/time/#run=ping;seed=1\">",
            "<a href=\"question/b/\">",
            "<a href=\"https://a.org/#b\">",
        ] {
            check(away, away);
        }
    }

    #[test]
    fn a_citation_gets_the_number_of_the_one_list_of_sources() {
        check(
            "<a href=\"chapter/time/#source-lamport1978\" aria-label=\"source 3: Lamport, 1978\">3</a>.",
            "<a href=\"book/#source--lamport1978\" aria-label=\"source 40: Lamport, 1978\">40</a>.",
        );
    }

    #[test]
    fn what_can_be_pressed_is_left_out_with_all_that_is_in_it() {
        let html = "<p>a<!-- c --><button type=\"button\"><span>b</span></button><details><details>x</details></details><input type=\"text\">c</p>";
        assert_eq!(without_controls(html), "<p>ac</p>");
    }
}
