//! Drawn figures: an SVG file is checked and made fit to stand in a page beside others.
//!
//! Only drawing elements are let through: no scripts, no styles that would reach the rest of
//! the page, nothing fetched from elsewhere. Ids get the figure's name as a prefix.

use super::{
    nearest::hint,
    passage::{File, Place},
    problem::Problems,
    xml::{self, Attribute, Token},
};
use std::collections::BTreeMap;

/// The elements a figure may be drawn with.
const ELEMENTS: [&str; 21] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "text",
    "tspan",
    "use",
];

/// Checks a figure and gives the markup to put into the page; hidden from screen readers, who
/// get the figure's text instead.
pub(super) fn read(name: &str, file: &File, problems: &Problems) -> String {
    let report = |offset, what: String, fix: &str| {
        problems.report(Place { file, offset }, what, fix);
    };
    let tokens = match xml::tokens(&file.text) {
        Ok(tokens) => tokens,
        Err(flaw) => {
            let fix = "write well-formed XML: every element closed, every attribute quoted";
            report(
                flaw.at,
                format!("the figure is not well-formed: {}", flaw.what),
                fix,
            );
            return String::new();
        }
    };
    let figure = Figure {
        name,
        file,
        problems,
        ids: ids(&tokens, &report),
    };
    figure.write(&tokens)
}

/// Where each id stands.
fn ids<'t>(tokens: &[Token<'t>], report: &dyn Fn(usize, String, &str)) -> BTreeMap<&'t str, usize> {
    let mut ids = BTreeMap::new();
    let attributes = tokens.iter().filter_map(Token::attributes).flatten();
    for id in attributes.filter(|attribute| attribute.name == "id") {
        if ids.insert(id.value, id.at).is_some() {
            let what = format!("the id `{}` is used twice in the figure", id.value);
            report(id.at, what, "give each element its own id");
        }
    }
    ids
}

struct Figure<'f> {
    name: &'f str,
    file: &'f File,
    problems: &'f Problems,
    ids: BTreeMap<&'f str, usize>,
}

impl Figure<'_> {
    fn report(&self, offset: usize, what: String, fix: impl Into<String>) {
        let place = Place {
            file: self.file,
            offset,
        };
        self.problems.report(place, what, fix);
    }

    fn write(&self, tokens: &[Token<'_>]) -> String {
        let mut out = String::new();
        let mut is_root = true;
        for token in tokens {
            match token {
                Token::Open {
                    name,
                    at,
                    attributes,
                    closed,
                } => {
                    self.check_element(name, *at, is_root, attributes);
                    out.push_str(&format!("<{name}"));
                    for attribute in attributes {
                        self.attribute(attribute, is_root, &mut out);
                    }
                    if is_root {
                        out.push_str(" aria-hidden=\"true\" focusable=\"false\"");
                    }
                    out.push_str(if *closed { "/>" } else { ">" });
                    is_root = false;
                }
                Token::Close { name } => out.push_str(&format!("</{name}>")),
                Token::Text(text) => out.push_str(text),
            }
        }
        out.trim().to_owned()
    }

    fn check_element(&self, name: &str, at: usize, is_root: bool, attributes: &[Attribute<'_>]) {
        if is_root != (name == "svg") {
            let what = format!("`<{name}>` stands where it may not");
            self.report(at, what, "have one `<svg>`, around all the rest");
        } else if !ELEMENTS.contains(&name) {
            let what = format!("a figure may not contain `<{name}>`");
            self.report(at, what, hint("drawing elements", name, &ELEMENTS));
        }
        let has_view_box = attributes.iter().any(|a| a.name == "viewBox");
        if is_root && name == "svg" && !has_view_box {
            let what = "the figure has no `viewBox`".to_owned();
            self.report(at, what, "add one, for example `viewBox=\"0 0 640 320\"`");
        }
    }

    fn attribute(&self, attribute: &Attribute<'_>, is_root: bool, out: &mut String) {
        let Attribute { name, value, at } = attribute;
        let refuse = |fix: &str| {
            self.report(
                *at,
                format!("a figure may not have the attribute `{name}`"),
                fix,
            );
        };
        match *name {
            "xmlns" | "xmlns:xlink" | "aria-hidden" | "focusable" | "role" | "xml:space" => return,
            "width" | "height" if is_root => refuse("leave the size to the page, keep `viewBox`"),
            "style" => refuse("set colours with attributes: `fill=\"var(--accent)\"`"),
            "tabindex" => refuse("take it out: a figure is a picture"),
            _ if name.starts_with("on") => refuse("take it out: a figure runs no script"),
            _ => {}
        }
        let value = match *name {
            "id" => format!("{}-{value}", self.name),
            "href" | "xlink:href" => self.reference(value, *at),
            _ => self.with_urls(value, *at),
        };
        let name = if *name == "xlink:href" { "href" } else { name };
        out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
    }

    /// `#id` of the same figure, with its prefix.
    fn reference(&self, value: &str, at: usize) -> String {
        let Some(id) = value.strip_prefix('#') else {
            let what = format!("the figure refers to `{value}`, which is outside of it");
            self.report(at, what, "refer only to ids of the same file: `#arrow`");
            return String::new();
        };
        if !self.ids.contains_key(id) {
            let known: Vec<&str> = self.ids.keys().copied().collect();
            let what = format!("the figure has no element with the id `{id}`");
            self.report(at, what, hint("its ids", id, &known));
        }
        format!("#{}-{id}", self.name)
    }

    /// The value with every `url(#id)` in it prefixed.
    fn with_urls(&self, value: &str, at: usize) -> String {
        let mut parts = value.split("url(");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (target, rest) = part.split_once(')').unwrap_or((part, ""));
            let target = target.trim_matches([' ', '\'', '"']);
            out.push_str(&format!("url({}){rest}", self.reference(target, at)));
        }
        out
    }
}
