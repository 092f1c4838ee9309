//! Writes one chapter: what the pieces of its text share.

use super::{
    desk::Desk,
    flow::{Flow, Kind},
    html::{escape, is_kebab},
    math,
    nearest::hint,
    pages::Whole,
    passage::{Passage, Place},
    record::Record,
    sources::label,
};
use crate::book::{Heading, Markup, Segment};

/// The chapter that is being written.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) slug: &'a str,
    /// Where the page is, from the site's root: `chapter/<slug>/`.
    pub(super) address: String,
    /// For a page beside the chapters, what it may list.
    pub(super) whole: Option<&'a Whole<'a>>,
    /// The concepts it says it treats; `None` if that could not be read.
    pub(super) concepts: Option<Vec<String>>,
    pub(super) record: Record<'a>,
    pub(super) outline: Vec<Heading>,
    /// The labs it has embedded so far.
    pub(super) labs: Vec<String>,
    /// How many words of text it has.
    pub(super) words: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(desk: &'a Desk<'a>, slug: &'a str, concepts: Option<Vec<String>>) -> Self {
        Self {
            desk,
            slug,
            address: format!("chapter/{slug}/"),
            whole: None,
            concepts,
            record: Record::new(slug),
            outline: Vec::new(),
            labs: Vec::new(),
            words: 0,
        }
    }

    /// Writes a page that stands beside the chapters.
    pub(super) fn of_page(desk: &'a Desk<'a>, slug: &'a str, whole: &'a Whole<'a>) -> Self {
        Self {
            address: format!("{slug}/"),
            whole: Some(whole),
            ..Self::new(desk, slug, Some(Vec::new()))
        }
    }

    pub(super) fn report(&self, place: Place<'a>, what: impl Into<String>, fix: impl Into<String>) {
        self.desk.problems.report(place, what, fix);
    }

    /// The chapter's text.
    pub(super) fn chapter(&mut self, text: &Passage<'a>) -> Vec<Segment> {
        Flow::run(self, text, Kind::Chapter).segments
    }

    /// Paragraphs, lists, tables: what a quiz or a question says.
    pub(super) fn block(&mut self, text: &Passage<'a>) -> Markup {
        Markup(Some(Flow::run(self, text, Kind::Block).html))
    }

    /// A line of text without a paragraph around it.
    pub(super) fn inline(&mut self, text: &Passage<'a>) -> Markup {
        Markup(Some(self.inline_html(text)))
    }

    /// The same as plain HTML.
    pub(super) fn inline_html(&mut self, text: &Passage<'a>) -> String {
        let html = Flow::run(self, &text.trimmed(), Kind::Inline).html;
        html.trim().to_owned()
    }

    /// Block markup that may be missing, which has been reported then.
    pub(super) fn block_of(&mut self, text: Option<Passage<'a>>) -> Markup {
        text.map_or(Markup(Some(String::new())), |text| self.block(&text))
    }

    /// Inline markup that may be missing, which has been reported then.
    pub(super) fn inline_of(&mut self, text: Option<Passage<'a>>) -> Markup {
        text.map_or(Markup(Some(String::new())), |text| self.inline(&text))
    }

    /// Takes an anchor of the page; one that is taken already is a problem.
    pub(super) fn anchor(&mut self, id: &str, place: Place<'a>) {
        if !is_kebab(id) {
            let fix = "write small letters and digits with single dashes: `wall-clocks`";
            self.report(place, format!("`{id}` is no id"), fix);
        }
        if let Some(first) = self.record.anchors.get(id) {
            let what = format!("the id `{id}` is used twice in the chapter");
            let fix = format!("choose another; the first is at {}", first.cite());
            self.report(place, what, fix);
            return;
        }
        self.record.anchors.insert(id.to_owned(), place);
    }

    /// Takes an anchor under which the reader's answers are kept as well.
    pub(super) fn item(&mut self, id: &str, place: Place<'a>) {
        self.anchor(id, place);
        self.record.items.push((id.to_owned(), place));
    }

    /// A citation.
    pub(super) fn cite(&mut self, key: &str, place: Place<'a>) -> String {
        let Some(sources) = &self.desk.sources else {
            return String::new();
        };
        let Some(listed) = sources.get(key) else {
            let known: Vec<&String> = sources.keys().collect();
            let what = format!("unknown source `{key}`");
            self.report(place, what, hint("sources", key, &known));
            return String::new();
        };
        let (number, uses) = self.record.cite(key);
        let again = match uses {
            1 => String::new(),
            uses => format!("-{uses}"),
        };
        let label = label(&listed.source);
        format!(
            "<sup class=\"cite\"><a href=\"{}#source-{key}\" id=\"cite-{key}{again}\" \
             aria-label=\"source {number}: {}\">{number}</a></sup>",
            self.address,
            escape(&label),
        )
    }

    /// A formula.
    pub(super) fn math(&self, tex: &str, is_block: bool, place: Place<'a>) -> String {
        match math::render(tex, is_block) {
            Ok(mathml) => mathml,
            Err(why) => {
                let what = format!("the formula cannot be read: {why}");
                let fix = "write TeX as in `$\\theta \\le \\delta / 2$`; for a plain dollar `\\$`";
                self.report(place, what, fix);
                String::new()
            }
        }
    }
}
