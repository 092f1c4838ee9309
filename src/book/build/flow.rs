//! Markdown to HTML: walks the events of a piece of text and writes the page.
//!
//! What is a block of its own stands in modules beside this one: `quote` (callouts and
//! definitions), `figure`, `fence` (code and active blocks), `tables`, `heading`.

use super::{
    html::escape,
    passage::{Passage, Place},
    quote::{self, Quote},
    tables::Columns,
    writer::Writer,
};
use crate::book::{Markup, Segment};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::{collections::BTreeMap, ops::Range};

/// What a piece of Markdown may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Everything: the text of a chapter.
    Chapter,
    /// No headings, definitions and active blocks.
    Block,
    /// One paragraph of text.
    Inline,
}

/// An event of the Markdown parser and where it stands in the passage.
pub(super) type Located<'e> = (Event<'e>, Range<usize>);

/// What is still to be written when an element ends.
#[derive(Debug)]
pub(super) enum Close<'a> {
    /// An end tag.
    Tag(&'static str),
    /// A heading, with its end tags.
    Heading(&'static str),
    /// A definition or callout.
    Quote(quote::Open<'a>),
}

/// A piece of Markdown on its way to HTML.
#[derive(Debug)]
pub(super) struct Flow<'w, 'a, 'e> {
    pub(super) writer: &'w mut Writer<'a>,
    pub(super) passage: &'e Passage<'a>,
    pub(super) kind: Kind,
    pub(super) events: Vec<Located<'e>>,
    /// The next event.
    pub(super) at: usize,
    /// What is open, outermost first.
    pub(super) open: Vec<Close<'a>>,
    /// What the block quotes are, by where they begin.
    pub(super) quotes: BTreeMap<usize, Quote<'a>>,
    pub(super) columns: Columns,
    /// The level of the last heading.
    pub(super) level: u8,
    pub(super) html: String,
    pub(super) segments: Vec<Segment>,
    words: String,
}

/// What a piece of Markdown has become.
#[derive(Debug)]
pub(super) struct Written {
    /// The HTML after the last active block.
    pub(super) html: String,
    /// Text and active blocks, for a chapter.
    pub(super) segments: Vec<Segment>,
}

/// The Markdown of the book.
pub(super) fn parse(text: &str) -> impl Iterator<Item = Located<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_OLD_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(text, options).into_offset_iter()
}

impl<'w, 'a> Flow<'w, 'a, '_> {
    /// Writes a piece of Markdown.
    pub(super) fn run(writer: &'w mut Writer<'a>, text: &Passage<'a>, kind: Kind) -> Written {
        let (passage, quotes) = quote::find(text, writer);
        let mut flow = Flow {
            writer,
            kind,
            events: parse(passage.text()).collect(),
            passage: &passage,
            at: 0,
            open: Vec::new(),
            quotes,
            columns: Columns::default(),
            level: 1,
            html: String::new(),
            segments: Vec::new(),
            words: String::new(),
        };
        if kind == Kind::Inline {
            flow.check_is_one_line();
        }
        while let Some((event, range)) = flow.events.get(flow.at).cloned() {
            flow.at += 1;
            flow.event(event, range);
        }
        if kind == Kind::Chapter {
            flow.flush();
            flow.writer.words += flow.words.split_whitespace().count();
        }
        Written {
            html: flow.html,
            segments: flow.segments,
        }
    }

    /// Ends the segment of text before an active block.
    pub(super) fn flush(&mut self) {
        let html = std::mem::take(&mut self.html);
        if !html.trim().is_empty() {
            self.segments.push(Segment::Html(Markup(Some(html))));
        }
    }

    pub(super) fn place(&self, range: &Range<usize>) -> Place<'a> {
        self.passage.place(range.start)
    }

    pub(super) fn report(&self, range: &Range<usize>, what: impl Into<String>, fix: &str) {
        self.writer.report(self.place(range), what, fix);
    }

    /// A part of the text as it stands in the source within `range`, or, if escapes hide it, all
    /// of it blamed on the start of the range.
    pub(super) fn find(&self, wanted: &str, range: &Range<usize>) -> Passage<'a> {
        let source = &self.passage.text()[range.clone()];
        match source.rfind(wanted) {
            Some(at) if !wanted.is_empty() => {
                let start = range.start + at;
                self.passage.slice(start..start + wanted.len())
            }
            _ => Passage::made_up(wanted, self.place(range)),
        }
    }

    /// The index of the event that ends the element whose start was the last event.
    pub(super) fn end_of_element(&self) -> usize {
        let mut depth = 0;
        for (ahead, (event, _)) in self.events.iter().enumerate().skip(self.at) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return ahead,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        self.events.len()
    }

    /// Leaves out the rest of the element whose start was the last event.
    pub(super) fn skip_element(&mut self) {
        self.at = self.end_of_element() + 1;
    }

    /// The words of some events, without markup.
    pub(super) fn plain(&self, events: Range<usize>) -> String {
        let mut plain = String::new();
        for (event, _) in self.events.get(events).unwrap_or_default() {
            match event {
                Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => {
                    plain.push_str(text);
                }
                Event::SoftBreak | Event::HardBreak => plain.push(' '),
                _ => {}
            }
        }
        plain.trim().to_owned()
    }

    fn check_is_one_line(&self) {
        let mut depth = 0;
        let mut blocks = Vec::new();
        for (event, range) in &self.events {
            match event {
                Event::Start(tag) => {
                    if depth == 0 {
                        blocks.push((matches!(tag, Tag::Paragraph), range));
                    }
                    depth += 1;
                }
                Event::End(_) => depth -= 1,
                _ if depth == 0 => blocks.push((false, range)),
                _ => {}
            }
        }
        let mut blocks = blocks.into_iter();
        let first = blocks.next().filter(|(is_paragraph, _)| !is_paragraph);
        if let Some((_, range)) = first.or_else(|| blocks.next()) {
            let what = "only one paragraph of text may stand here";
            self.report(range, what, "write it as one paragraph");
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => {
                self.words.push_str(&code);
                let code = inline_code(&code);
                self.html.push_str(&code);
            }
            Event::InlineMath(tex) => self.math(&tex, false, &range),
            Event::DisplayMath(tex) => self.math(&tex, true, &range),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse_html(&range),
            Event::FootnoteReference(key) => self.cite(&key, &range),
            Event::SoftBreak => {
                self.html.push('\n');
                self.words.push(' ');
            }
            Event::HardBreak => {
                self.html.push_str("<br>\n");
                self.words.push(' ');
            }
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.paragraph(),
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                let is_plain = classes.is_empty() && attrs.is_empty();
                self.heading(level, id.as_deref(), is_plain, &range);
            }
            Tag::BlockQuote(_) => self.quote(&range),
            Tag::CodeBlock(kind) => self.code_block(&kind, &range),
            Tag::HtmlBlock => {
                self.refuse_html(&range);
                self.skip_element();
            }
            Tag::List(None) => self.element("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.element("<ol>\n", "</ol>\n"),
            Tag::List(Some(start)) => {
                self.element(&format!("<ol start=\"{start}\">\n"), "</ol>\n");
            }
            Tag::Item => self.element("<li>", "</li>\n"),
            Tag::FootnoteDefinition(_) => {
                let fix = "cite a source of sources.toml: `[^lamport1978]`, nothing else";
                self.report(&range, "a chapter has no footnotes of its own", fix);
                self.skip_element();
            }
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.table_head(),
            Tag::TableRow => self.table_row(),
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.element("<em>", "</em>"),
            Tag::Strong => self.strong(),
            Tag::Strikethrough => self.element("<del>", "</del>"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.link(link_type, &dest_url, &range),
            Tag::Image { .. } => {
                let fix = "give the image a paragraph of its own";
                self.report(&range, "an image stands within a text", fix);
                self.skip_element();
            }
            _ => self.element("", ""),
        }
    }

    fn end(&mut self, end: TagEnd) {
        let is_inline = matches!(
            end,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
        );
        if !is_inline {
            self.words.push(' ');
        }
        match self.open.pop() {
            Some(Close::Tag(tag) | Close::Heading(tag)) => self.html.push_str(tag),
            Some(Close::Quote(quote)) => self.end_quote(quote),
            None => {}
        }
    }

    /// Writes a start tag now and its end tag when the element ends.
    pub(super) fn element(&mut self, start: &str, end: &'static str) {
        self.html.push_str(start);
        self.open.push(Close::Tag(end));
    }

    fn paragraph(&mut self) {
        if self.is_figure_ahead() {
            self.figure();
        } else if self.kind == Kind::Inline {
            self.element("", "");
        } else if self.is_formula_ahead() {
            // A wide formula scrolls on its own, by keyboard too.
            self.element("<p class=\"math\" tabindex=\"0\">", "</p>\n");
        } else {
            self.element("<p>", "</p>\n");
        }
    }

    /// Whether the paragraph that has just begun holds a formula and nothing else.
    fn is_formula_ahead(&self) -> bool {
        let next = self.events.get(self.at).map(|(event, _)| event);
        matches!(next, Some(Event::DisplayMath(_))) && self.end_of_element() == self.at + 1
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        self.check_dollars(range);
        self.words.push_str(text);
        self.html.push_str(&escape(text));
    }

    /// A `$` that is neither escaped nor part of a formula is one that was meant to be.
    fn check_dollars(&self, range: &Range<usize>) {
        let source = self.passage.text();
        for (at, _) in source[range.clone()].match_indices('$') {
            let at = range.start + at;
            if !source[..at].ends_with(['\\', '$']) {
                let fix = "close it with balanced braces inside; for a plain dollar `\\$`";
                self.report(&(at..at), "the `$` begins no formula", fix);
            }
        }
    }

    fn math(&mut self, tex: &CowStr<'_>, is_block: bool, range: &Range<usize>) {
        let mathml = self.writer.math(tex, is_block, self.place(range));
        self.html.push_str(&mathml);
    }

    fn cite(&mut self, key: &str, range: &Range<usize>) {
        self.refuse_in_heading(range);
        let citation = self.writer.cite(key, self.place(range));
        self.html.push_str(&citation);
    }

    fn link(&mut self, link_type: LinkType, target: &str, range: &Range<usize>) {
        self.refuse_in_heading(range);
        if self.plain(self.at..self.end_of_element()).is_empty() {
            let fix = "write between the brackets what it leads to";
            self.report(range, "the link has no words", fix);
        }
        let target = match link_type {
            LinkType::Email => Passage::made_up(&format!("mailto:{target}"), self.place(range)),
            _ => self.find(target, range),
        };
        let attributes = self.writer.link(&target);
        // Words that lead nowhere (yet) are no link.
        if attributes.is_empty() {
            return self.element("<span>", "</span>");
        }
        self.element(&format!("<a{attributes}>"), "</a>");
    }

    fn refuse_in_heading(&self, range: &Range<usize>) {
        if self
            .open
            .iter()
            .any(|open| matches!(open, Close::Heading(_)))
        {
            let fix = "put it into the text below: a heading is a link to itself";
            self.report(range, "there is a link or a citation in a heading", fix);
        }
    }

    fn refuse_html(&self, range: &Range<usize>) {
        let fix = "say it in Markdown; a plain `<` is written `\\<`";
        self.report(range, "raw HTML may not stand in the book", fix);
    }
}

/// Code in a line of text. What is as short as `x = 2` is kept on one line.
fn inline_code(code: &str) -> String {
    const SHORT: usize = 16;
    let is_short = code.chars().count() <= SHORT && code.contains(' ');
    let class = if is_short { " class=\"short\"" } else { "" };
    format!("<code{class}>{}</code>", escape(code))
}
