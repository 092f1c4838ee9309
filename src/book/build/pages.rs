//! The pages beside the chapters: `pages/*.md`, written when all chapters are there.

use super::{
    desk::Desk,
    formulas::Formula,
    front_matter,
    passage::{File, Passage},
    prerequisites::Prerequisites,
    problem::Problems,
    record::Record,
    table::Document,
    writer::Writer,
};
use crate::book::{Chapter, GlossaryEntry, Markup, Page, PageCard, Segment};
use std::collections::BTreeMap;

/// What the chapters have given, for the lists that pages make of it.
#[derive(Debug)]
pub(super) struct Whole<'a> {
    pub(super) chapters: &'a [Chapter],
    pub(super) glossary: &'a [GlossaryEntry],
    pub(super) formulas: &'a [Formula],
    pub(super) prerequisites: &'a Prerequisites,
}

/// A page as it was found.
#[derive(Debug)]
pub(super) struct PageDraft<'a> {
    card: PageCard,
    /// Its place among the pages.
    order: i64,
    body: Passage<'a>,
}

/// The pages, taken apart, in their order.
pub(super) fn drafts<'a>(
    files: &BTreeMap<&'a str, &'a File>,
    problems: &Problems,
) -> Vec<PageDraft<'a>> {
    let read = |(slug, file): (&&'a str, &&'a File)| draft(slug, file, problems);
    let mut drafts: Vec<PageDraft<'a>> = files.iter().filter_map(read).collect();
    drafts.sort_by_key(|draft| (draft.order, draft.card.slug.clone()));
    drafts
}

fn draft<'a>(slug: &'a str, file: &'a File, problems: &Problems) -> Option<PageDraft<'a>> {
    let whole = Passage::whole(file);
    let (front, body) = front_matter::split(&whole, problems)?;
    let front = front?;
    let document = Document::parse(&front, "the front matter", problems)?;
    let mut table = document.table("the front matter", whole.start());
    let title = table.text("title", problems);
    let description = table.text("description", problems);
    let order = table.integer("order", 1..=99, problems);
    table.finish(problems);
    front_matter::check_description(description.as_ref(), problems);
    if body.is_blank() {
        let what = "the page has no text";
        problems.report(body.start(), what, "write it below the front matter");
    }
    Some(PageDraft {
        card: PageCard {
            slug: slug.to_owned(),
            title: title?.text().trim().to_owned(),
            description: description?.text().trim().to_owned(),
            data: String::new(),
        },
        order: order?.0,
        body,
    })
}

/// Writes a page.
pub(super) fn write<'a>(
    desk: &'a Desk<'a>,
    draft: &'a PageDraft<'a>,
    whole: &'a Whole<'a>,
) -> (Page, Record<'a>) {
    let mut writer = Writer::of_page(desk, &draft.card.slug, whole);
    let segments = writer.chapter(&draft.body);
    let html = segments.into_iter().map(|segment| match segment {
        Segment::Html(Markup(html)) => html.unwrap_or_default(),
        _ => String::new(),
    });
    let page = Page {
        card: draft.card.clone(),
        outline: std::mem::take(&mut writer.outline),
        text: Markup(Some(html.collect())),
        sources: super::cited(desk, &writer.record),
    };
    (page, writer.record)
}
