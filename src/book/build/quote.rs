//! Block quotes: definitions, callouts, and quotations.
//!
//! What a quote is stands in its first line (`> [!define clock-skew]`). That line is read and
//! blanked before the text is parsed, so that what follows is ordinary Markdown.

use super::{
    flow::{Close, Flow, Kind, parse},
    html::{is_kebab, without_citations, without_ids},
    nearest::hint,
    passage::{Passage, Place},
    writer::Writer,
};
use crate::book::{GlossaryEntry, Markup};
use pulldown_cmark::{Event, Tag};
use std::{collections::BTreeMap, ops::Range};

/// The kinds of callouts and what stands above each.
const CALLOUTS: [(&str, &str); 6] = [
    ("insight", "Key insight"),
    ("misconception", "Misconception"),
    ("story", "It happened"),
    ("cost", "What it costs"),
    ("rule", "Rule"),
    ("try", "Try it"),
];

/// What a block quote is, as its first line says.
#[derive(Clone, Debug)]
pub(super) enum Quote<'a> {
    /// `[!define concept]`
    Define(String),
    /// `[!kind] title`
    Callout {
        kind: &'static str,
        name: &'static str,
        title: Option<Passage<'a>>,
    },
    /// Something else in `[!…]`, already reported.
    Unknown,
}

/// A definition or callout that is being written.
#[derive(Debug)]
pub(super) struct Open<'a> {
    /// Where its text begins in the HTML.
    start: usize,
    place: Place<'a>,
    define: Option<Define>,
}

#[derive(Debug)]
struct Define {
    concept: String,
    /// The first bold words, once they have come by.
    term: Option<String>,
}

/// Finds the quotes that say what they are, by where they begin, and blanks those lines.
pub(super) fn find<'a>(
    text: &Passage<'a>,
    writer: &Writer<'a>,
) -> (Passage<'a>, BTreeMap<usize, Quote<'a>>) {
    let mut quotes = BTreeMap::new();
    if !text.text().contains("[!") {
        return (text.clone(), quotes);
    }
    let mut blanked = text.text().to_owned();
    let mut quote_start = None;
    for (event, range) in parse(text.text()) {
        if let (Some(start), Event::Start(Tag::Paragraph)) = (quote_start, &event)
            && text.text()[range.start..].starts_with("[!")
        {
            let line = first_line(text.text(), range.start);
            blanked.replace_range(line.clone(), &" ".repeat(line.len()));
            quotes.insert(start, read(&text.slice(line), writer));
        }
        quote_start = matches!(event, Event::Start(Tag::BlockQuote(_))).then_some(range.start);
    }
    (text.with_text(blanked), quotes)
}

fn first_line(text: &str, start: usize) -> Range<usize> {
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    start..start + length
}

/// Reads `[!kind argument] title`.
fn read<'a>(line: &Passage<'a>, writer: &Writer<'a>) -> Quote<'a> {
    let text = line.text();
    let Some((inside, _)) = text["[!".len()..].split_once(']') else {
        let what = "the kind of the quote is not closed";
        writer.report(line.start(), what, "write it as `> [!insight]`");
        return Quote::Unknown;
    };
    let title = line.slice("[!]".len() + inside.len()..text.len()).trimmed();
    let (kind, argument) = inside.split_once(' ').unwrap_or((inside, ""));
    let argument = argument.trim();
    if kind == "define" {
        return define(argument, &title, line, writer);
    }
    let Some((kind, name)) = CALLOUTS.iter().find(|(known, _)| *known == kind) else {
        let mut kinds: Vec<&str> = CALLOUTS.iter().map(|(kind, _)| *kind).collect();
        kinds.push("define");
        let what = format!("unknown kind of quote `{kind}`");
        writer.report(line.place("[!".len()), what, hint("kinds", kind, &kinds));
        return Quote::Unknown;
    };
    if !argument.is_empty() {
        let fix = format!("write `> [!{kind}] Title`");
        writer.report(
            line.start(),
            format!("`{argument}` stands inside the bracket"),
            fix,
        );
    }
    Quote::Callout {
        kind,
        name,
        title: (!title.is_blank()).then_some(title),
    }
}

fn define<'a>(
    concept: &str,
    title: &Passage<'a>,
    line: &Passage<'a>,
    writer: &Writer<'a>,
) -> Quote<'a> {
    if concept.is_empty() || !title.is_blank() {
        let what = "a definition's first line holds its concept and nothing else";
        writer.report(line.start(), what, "write it as `> [!define clock-skew]`");
    }
    if concept.is_empty() {
        return Quote::Unknown;
    }
    Quote::Define(concept.to_owned())
}

impl<'a> Flow<'_, 'a, '_> {
    pub(super) fn quote(&mut self, range: &Range<usize>) {
        let place = self.place(range);
        match self.quotes.get(&range.start).cloned() {
            None | Some(Quote::Unknown) => self.element("<blockquote>\n", "</blockquote>\n"),
            Some(Quote::Define(concept)) => self.start_define(concept, place, range),
            Some(Quote::Callout { kind, name, title }) => {
                let title = title.map(|title| self.writer.inline_html(&title));
                let title = title.map_or_else(String::new, |title| format!(": {title}"));
                self.html.push_str(&format!(
                    "<aside class=\"callout callout-{kind}\">\n\
                     <p class=\"callout-title\">{name}{title}</p>\n"
                ));
                self.open_quote(place, None);
            }
        }
    }

    fn start_define(&mut self, concept: String, place: Place<'a>, range: &Range<usize>) {
        if self.kind != Kind::Chapter {
            let fix = "define it in the chapter's own text";
            self.report(range, "a definition may not stand here", fix);
        }
        let listed = self.writer.concepts.as_ref();
        if let Some(listed) = listed.filter(|listed| !listed.contains(&concept)) {
            let what = format!("the front matter does not list the concept `{concept}`");
            let fix = format!(
                "add it to `concepts`; {}",
                hint("its concepts", &concept, listed)
            );
            self.writer.report(place, what, fix);
        }
        self.writer.anchor(&concept, place);
        self.writer
            .record
            .defined
            .entry(concept.clone())
            .or_insert(place);
        let id = if is_kebab(&concept) {
            concept.as_str()
        } else {
            ""
        };
        self.html
            .push_str(&format!("<div class=\"define\" id=\"{id}\">\n"));
        let term = None;
        self.open_quote(place, Some(Define { concept, term }));
    }

    fn open_quote(&mut self, place: Place<'a>, define: Option<Define>) {
        self.open.push(Close::Quote(Open {
            start: self.html.len(),
            place,
            define,
        }));
    }

    /// Bold words; in a definition the first of them are the term.
    pub(super) fn strong(&mut self) {
        let words = self.plain(self.at..self.end_of_element());
        let quote = self.open.iter_mut().rev().find_map(|open| match open {
            Close::Quote(quote) => quote.define.as_mut(),
            _ => None,
        });
        match quote {
            Some(define) if define.term.is_none() && !words.is_empty() => {
                define.term = Some(words);
                self.element("<dfn>", "</dfn>");
            }
            _ => self.element("<strong>", "</strong>"),
        }
    }

    pub(super) fn end_quote(&mut self, quote: Open<'a>) {
        let text = self.html.get(quote.start..).unwrap_or_default();
        if text.trim().is_empty() {
            let fix = "write its text on the lines below, each begun with `>`";
            self.writer
                .report(quote.place, "the quote has no text", fix);
        }
        let Some(define) = quote.define else {
            self.html.push_str("</aside>\n");
            return;
        };
        let text = without_citations(&without_ids(text.trim()));
        self.html.push_str("</div>\n");
        let Some(term) = define.term else {
            let what = format!("the definition of `{}` has no bold term", define.concept);
            let fix = "write the term itself bold: `**Clock skew** is …`";
            self.writer.report(quote.place, what, fix);
            return;
        };
        self.writer.record.glossary.push(GlossaryEntry {
            id: define.concept,
            term,
            text: Markup(Some(text)),
            chapter: self.writer.slug.to_owned(),
        });
    }
}
