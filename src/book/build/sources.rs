//! `sources.toml` and `sources/*.toml`: what the book cites.

use super::{
    html::is_kebab,
    passage::{File, Passage, Place},
    problem::Problems,
    table::{Document, Table},
};
use crate::book::Source;
use std::collections::BTreeMap;

/// How long the authors may be in the label of a citation; beyond it the first stands for all.
const LABEL: usize = 40;

/// A source of the list, with the place of its key.
#[derive(Debug)]
pub(super) struct Listed<'a> {
    pub(super) source: Source,
    pub(super) place: Place<'a>,
}

/// Reads the lists; `None` if one of them is not TOML, so that citations are not judged by it.
/// A key stands in one of them only.
pub(super) fn read_all<'a>(
    files: &[&'a File],
    problems: &Problems,
) -> Option<BTreeMap<String, Listed<'a>>> {
    let mut all: BTreeMap<String, Listed<'a>> = BTreeMap::new();
    let mut good = true;
    for file in files {
        let Some(list) = read(file, problems) else {
            good = false;
            continue;
        };
        for (key, listed) in list {
            if let Some(first) = all.get(&key) {
                let what = format!("the source `{key}` is listed twice");
                let fix = format!("take it out; the first is at {}", first.place.cite());
                problems.report(listed.place, what, fix);
            } else {
                all.insert(key, listed);
            }
        }
    }
    good.then_some(all)
}

/// Reads one list; `None` if it is not TOML.
fn read<'a>(file: &'a File, problems: &Problems) -> Option<BTreeMap<String, Listed<'a>>> {
    let text = Passage::whole(file);
    let document = Document::parse(&text, "the source list", problems)?;
    let table = document.table("the source list", text.start());
    let mut list = BTreeMap::new();
    for (key, mut entry) in table.named_tables(problems) {
        if !is_kebab(key.text()) {
            let what = format!("`{}` is no key for a source", key.text());
            let fix = "write small letters and digits with single dashes: `lamport1978`";
            problems.report(key.start(), what, fix);
        }
        let source = read_source(key.text(), &mut entry, problems);
        entry.finish(problems);
        let place = key.start();
        list.insert(key.text().to_owned(), Listed { source, place });
    }
    Some(list)
}

fn read_source(key: &str, entry: &mut Table<'_, '_>, problems: &Problems) -> Source {
    let mut text = |field| {
        let text = entry.text(field, problems);
        text.map_or_else(String::new, |text| text.text().trim().to_owned())
    };
    let (authors, title, place) = (text("authors"), text("title"), text("where"));
    let read_for = text("read_for");
    let url = entry.text("url", problems);
    if let Some(url) = url.as_ref().filter(|url| !is_web_address(url.text())) {
        let what = format!("`{}` is not an https address", url.text());
        problems.report(
            url.start(),
            what,
            "write an address that begins with https://",
        );
    }
    let year = entry.integer("year", 1800..=2100, problems);
    Source {
        number: 0,
        key: key.to_owned(),
        authors,
        title,
        year: year
            .and_then(|(year, _)| i32::try_from(year).ok())
            .unwrap_or_default(),
        place,
        url: url.map_or_else(String::new, |url| url.text().to_owned()),
        read_for,
    }
}

/// Whether an address leads to the web, encrypted, to a host that is named.
pub(super) fn is_web_address(address: &str) -> bool {
    let host = address.strip_prefix("https://").unwrap_or_default();
    host.starts_with(|c: char| c.is_alphanumeric()) && !host.contains(char::is_whitespace)
}

/// A source in a few words, for those who hear the citation: "Leslie Lamport, 1978".
pub(super) fn label(source: &Source) -> String {
    let mut authors = source.authors.as_str();
    let first = authors.split([',', ';']).next().unwrap_or_default();
    let first = first.split(" and ").next().unwrap_or_default();
    let mut others = "";
    if authors.chars().count() > LABEL && first.len() < authors.len() {
        authors = first.trim();
        others = " and others";
    }
    format!("{authors}{others}, {}", source.year)
}
