//! The build: from the files of `content/` to the book, on the host.
//!
//! It never stops at the first problem: what can be read is read, and all problems are given
//! together, each with its place and how to mend it. The same files give the same bytes.
//!
//! First the files are taken apart (`files`, `front_matter`, `plan`, `sources`, `svg`), then
//! each chapter is written (`writer`, with `flow` for its Markdown), then the book is looked at
//! as a whole (`checks`).

mod blocks;
mod catalog;
mod checks;
mod code;
mod config_code;
mod desk;
mod fence;
mod figure;
mod files;
mod flow;
mod formulas;
mod front_matter;
mod heading;
mod html;
mod inserts;
mod link;
mod math;
mod nearest;
mod pages;
mod passage;
mod plan;
mod prerequisites;
mod problem;
mod questions;
mod quote;
mod record;
mod run;
mod shelf;
mod sources;
mod svg;
mod syllabus;
mod table;
mod tables;
mod toml_string;
mod writer;
mod xml;

pub use catalog::{Catalog, LabCard, Refusal};
pub use files::Files;
pub use problem::Problem;

use super::{
    Bank, Chapter, ChapterCard, Contents, GlossaryEntry, Need, Page, QuestionCard, Segment, Source,
};
use desk::Desk;
use formulas::Formula;
use front_matter::Draft;
use pages::Whole;
use passage::File;
use problem::Problems;
use record::Record;
use std::collections::BTreeMap;
use writer::Writer;

/// Words that are read in a minute.
const WORDS_A_MINUTE: usize = 220;

/// How long the title of a question's page may be, in characters.
const TITLE: usize = 70;

/// The whole book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// Its table of contents.
    pub contents: Contents,
    /// Its chapters, in the order of their numbers.
    pub chapters: Vec<Chapter>,
    /// Its glossary, in the order of the terms.
    pub glossary: Vec<GlossaryEntry>,
    /// What stands beside the chapters, in its order.
    pub pages: Vec<Page>,
    /// The questions of all chapters.
    pub bank: Bank,
}

/// Builds the book as far as it can be built, and tells all that is wrong with it. A book with
/// problems is not fit to be published.
pub fn build(files: &Files, catalog: &dyn Catalog) -> (Book, Vec<Problem>) {
    let problems = Problems::default();
    let files = files.decode(&problems);
    let book = write(&files, catalog, &problems);
    (book, problems.into_sorted())
}

fn write(files: &BTreeMap<&str, File>, catalog: &dyn Catalog, problems: &Problems) -> Book {
    let shelf = shelf::sort(files, problems);
    let mut contents = shelf.contents(problems);
    let drafts = shelf.drafts(problems);
    let desk = shelf.desk(&drafts, catalog, problems);
    shelf::check_numbers(&drafts, &contents, problems);

    let mut chapters = Vec::new();
    let mut records = Vec::new();
    let mut formulas = Vec::new();
    for draft in &drafts {
        let bank = shelf.banks.get(draft.slug).copied();
        let sheet = shelf.formulas.get(draft.slug).copied();
        let (chapter, list, record) = write_chapter(&desk, draft, bank, sheet);
        chapters.push(chapter);
        formulas.extend(list);
        records.push(record);
    }
    let glossary = glossary(&records);
    let prerequisites = prerequisites::collect(&desk, &drafts);
    let whole = Whole {
        chapters: &chapters,
        glossary: &glossary,
        formulas: &formulas,
        prerequisites: &prerequisites,
    };
    let mut pages = Vec::new();
    let page_drafts = pages::drafts(&shelf.pages, problems);
    for draft in &page_drafts {
        let (page, record) = pages::write(&desk, draft, &whole);
        pages.push(page);
        records.push(record);
    }
    checks::run(&desk, &drafts, &records, files);
    contents.chapters = chapters.iter().map(|c| c.card.clone()).collect();
    contents.pages = pages.iter().map(|page| page.card.clone()).collect();
    let bank = bank(&chapters, &glossary);
    Book {
        contents,
        chapters,
        glossary,
        pages,
        bank,
    }
}

/// The questions of all chapters, with the terms of what they are about.
fn bank(chapters: &[Chapter], glossary: &[GlossaryEntry]) -> Bank {
    let questions: Vec<QuestionCard> = chapters.iter().flat_map(question_cards).collect();
    let is_asked = |entry: &&GlossaryEntry| {
        let mut questions = questions.iter();
        questions.any(|question| question.concepts.contains(&entry.id))
    };
    let terms = glossary.iter().filter(is_asked);
    let terms = terms.map(|entry| (entry.id.clone(), html::capitalised(&entry.term)));
    Bank {
        terms: terms.collect(),
        questions,
    }
}

/// The questions of a chapter, as the bank of all of them lists them.
fn question_cards(chapter: &Chapter) -> Vec<QuestionCard> {
    let card = |question: &super::Question| QuestionCard {
        id: question.id.clone(),
        title: html::beginning(question.ask.0.as_deref().unwrap_or_default(), TITLE),
        chapter: chapter.card.slug.clone(),
        level: question.level,
        concepts: question.concepts.clone(),
        ask: question.ask.clone(),
    };
    chapter.questions.iter().map(card).collect()
}

fn write_chapter<'a>(
    desk: &'a Desk<'a>,
    draft: &Draft<'a>,
    bank: Option<&'a File>,
    sheet: Option<&'a File>,
) -> (Chapter, Vec<Formula>, Record<'a>) {
    let front = &draft.front;
    let concepts = front.concepts.iter().map(|c| c.text().to_owned());
    let concepts = front.is_read.then(|| concepts.collect());
    let mut writer = Writer::new(desk, draft.slug, concepts);
    writer.record.is_whole = draft.has_body;
    let insight = writer.inline_of(front.insight.clone());
    let segments = writer.chapter(&draft.body);
    let questions = bank.map(|bank| questions::read(&mut writer, bank));
    let questions = questions.unwrap_or_default();
    let formulas = sheet.map(|sheet| formulas::read(&mut writer, sheet));
    let card = ChapterCard {
        number: front.number.map_or(0, |(number, _)| number),
        part: front.part.map_or(0, |(part, _)| part),
        slug: draft.slug.to_owned(),
        title: front.title.clone(),
        question: front.question.clone(),
        description: front.description.clone(),
        reading_minutes: minutes(writer.words.div_ceil(WORDS_A_MINUTE).max(1)),
        practice_minutes: minutes(practice(&segments) + 3 * questions.len()),
        data: String::new(),
    };
    let needs = front.needs.iter().map(|need| Need {
        slug: need.text().to_owned(),
        title: desk.chapters.get(need.text()).cloned(),
    });
    let chapter = Chapter {
        card,
        insight,
        needs: needs.collect(),
        words: writer.words,
        outline: writer.outline,
        segments,
        questions,
        sources: cited(desk, &writer.record),
        notes: super::Markup::default(),
    };
    (chapter, formulas.unwrap_or_default(), writer.record)
}

fn practice(segments: &[Segment]) -> usize {
    let minutes = |segment: &Segment| match segment {
        Segment::Html(_) | Segment::Lab(_) => 0,
        Segment::Quiz(_) => 1,
        Segment::Predict(_) => 2,
        Segment::Exercise(_) => 6,
    };
    segments.iter().map(minutes).sum()
}

fn minutes(minutes: usize) -> u16 {
    u16::try_from(minutes).unwrap_or(u16::MAX)
}

/// The sources a chapter cites, numbered as they are there.
fn cited(desk: &Desk<'_>, record: &Record<'_>) -> Vec<Source> {
    let keys = record.cited.iter().zip(1u16..);
    let source = |((key, _), number): (&(String, usize), u16)| {
        let listed = desk.sources.as_ref()?.get(key)?;
        Some(Source {
            number,
            ..listed.source.clone()
        })
    };
    keys.filter_map(source).collect()
}

fn glossary(records: &[Record<'_>]) -> Vec<GlossaryEntry> {
    let entries = records.iter().flat_map(|record| &record.glossary);
    let mut entries: Vec<GlossaryEntry> = entries.cloned().collect();
    entries.sort_by_cached_key(|entry| (entry.term.to_lowercase(), entry.id.clone()));
    entries
}
