//! The concept map: what builds on what, as pictures that one can click, and as a list.

use super::super::{
    fence::Fence,
    html::{capitalised, escape},
    pages::Whole,
    writer::Writer,
};
use super::drawing::{Box, draw};
use crate::book::{Chapter, GlossaryEntry, Heading};
use std::collections::BTreeSet;

/// Writes the map of the chapters, and one for each chapter.
pub(super) fn write<'a>(writer: &mut Writer<'a>, whole: &Whole<'_>, fence: &Fence<'a>) -> String {
    let mut html = chapters(whole);
    for chapter in whole.chapters {
        let card = &chapter.card;
        writer.anchor(&card.slug, fence.place);
        writer.outline.push(Heading {
            level: 2,
            id: card.slug.clone(),
            text: card.title.clone(),
        });
        let title = escape(&card.title);
        html.push_str(&format!(
            "<h2 id=\"{slug}\"><a class=\"anchor\" href=\"{page}#{slug}\">{title}</a></h2>\n{map}{list}",
            slug = card.slug,
            page = writer.address,
            map = concepts(whole, chapter),
            list = list(whole, chapter),
        ));
    }
    html
}

/// Where a concept is defined, if its chapter is written.
fn entry<'w>(whole: &'w Whole<'_>, concept: &str) -> Option<&'w GlossaryEntry> {
    whole.glossary.iter().find(|entry| entry.id == concept)
}

/// What a concept builds on, as far as it is written.
fn first<'w>(whole: &'w Whole<'_>, concept: &str) -> Vec<&'w GlossaryEntry> {
    let first = whole.prerequisites.get(concept).into_iter().flatten();
    first.filter_map(|first| entry(whole, first)).collect()
}

fn own<'w>(whole: &'w Whole<'_>, chapter: &Chapter) -> Vec<&'w GlossaryEntry> {
    let own = |entry: &&GlossaryEntry| entry.chapter == chapter.card.slug;
    whole.glossary.iter().filter(own).collect()
}

/// One chapter builds on another if one of its concepts does on one of the other's.
fn chapters(whole: &Whole<'_>) -> String {
    let at = |slug: &str| whole.chapters.iter().position(|c| c.card.slug == slug);
    let mut lines = BTreeSet::new();
    for entry in whole.glossary {
        for first in first(whole, &entry.id) {
            lines.extend(at(&first.chapter).zip(at(&entry.chapter)));
        }
    }
    lines.retain(|(from, to)| from < to);
    let boxes: Vec<Box> = whole
        .chapters
        .iter()
        .map(|chapter| Box {
            label: format!("{} {}", chapter.card.number, chapter.card.title),
            address: format!("concepts/#{}", chapter.card.slug),
            is_foreign: false,
        })
        .collect();
    let lines: Vec<(usize, usize)> = lines.into_iter().collect();
    draw(
        "The chapters, and which builds on which",
        &boxes,
        &reduced(&lines),
    )
}

/// Without the lines that a longer way says already.
fn reduced(lines: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let leads = |from: usize, to: usize| {
        let mut open: Vec<usize> = targets(lines, from).filter(|next| *next != to).collect();
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            if seen.insert(at) {
                open.extend(targets(lines, at));
            }
        }
        false
    };
    let needed = lines.iter().filter(|(from, to)| !leads(*from, *to));
    needed.copied().collect()
}

fn targets(lines: &[(usize, usize)], from: usize) -> impl Iterator<Item = usize> + '_ {
    let start = lines.iter().filter(move |(start, _)| *start == from);
    start.map(|(_, to)| *to)
}

/// A chapter's concepts, and those of other chapters that they build on.
fn concepts(whole: &Whole<'_>, chapter: &Chapter) -> String {
    let own = own(whole, chapter);
    let mut shown = own.clone();
    for entry in &own {
        for first in first(whole, &entry.id) {
            if !shown.iter().any(|shown| shown.id == first.id) {
                shown.push(first);
            }
        }
    }
    let at = |id: &str| shown.iter().position(|shown| shown.id == id);
    let mut lines = Vec::new();
    for entry in &own {
        for first in first(whole, &entry.id) {
            lines.extend(at(&first.id).zip(at(&entry.id)));
        }
    }
    let boxes: Vec<Box> = shown
        .iter()
        .map(|entry| Box {
            label: capitalised(&entry.term),
            address: format!("chapter/{}/#{}", entry.chapter, entry.id),
            is_foreign: entry.chapter != chapter.card.slug,
        })
        .collect();
    let label = format!("Concepts of the chapter {}", chapter.card.title);
    draw(&label, &boxes, &lines)
}

/// The same in words.
fn list(whole: &Whole<'_>, chapter: &Chapter) -> String {
    let mut items = String::new();
    for entry in own(whole, chapter) {
        let first: Vec<String> = first(whole, &entry.id).into_iter().map(link).collect();
        let on = match first.is_empty() {
            true => String::new(),
            false => format!(" builds on {}", first.join(", ")),
        };
        items.push_str(&format!("<li>{}{on}</li>\n", link(entry)));
    }
    format!("<details><summary>The same as a list</summary>\n<ul>\n{items}</ul>\n</details>\n")
}

fn link(entry: &GlossaryEntry) -> String {
    format!(
        "<a class=\"term\" href=\"chapter/{}/#{}\">{}</a>",
        entry.chapter,
        entry.id,
        escape(&entry.term)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_a_longer_way_says_is_left_out() {
        assert_eq!(reduced(&[(0, 1), (1, 2), (0, 2)]), [(0, 1), (1, 2)]);
        assert_eq!(reduced(&[(0, 1), (0, 2)]), [(0, 1), (0, 2)]);
    }
}
