//! `syllabus.toml`: the concepts that the book is to teach, written already or not.

use super::{
    html::is_kebab,
    passage::{File, Passage, Place},
    problem::Problems,
    table::Document,
};
use std::collections::BTreeMap;

/// The concepts by name.
#[derive(Debug, Default)]
pub(super) struct Syllabus<'a>(BTreeMap<String, Planned<'a>>);

/// A concept of the syllabus.
#[derive(Debug)]
pub(super) struct Planned<'a> {
    /// The slug of the chapter that is to treat it.
    pub(super) chapter: String,
    /// Whether the chapter may still lack it, though it is written in part.
    pub(super) is_coming: bool,
    /// Where the syllabus names it.
    pub(super) place: Place<'a>,
}

impl<'a> Syllabus<'a> {
    /// Whether the syllabus names the concept.
    pub(super) fn has(&self, concept: &str) -> bool {
        self.0.contains_key(concept)
    }

    /// Whether the syllabus plans the chapter.
    pub(super) fn has_chapter(&self, slug: &str) -> bool {
        self.0.values().any(|planned| planned.chapter == slug)
    }

    /// The concepts by name.
    pub(super) fn concepts(&self) -> impl Iterator<Item = (&str, &Planned<'a>)> {
        self.0
            .iter()
            .map(|(name, planned)| (name.as_str(), planned))
    }
}

/// Reads it: a table for each chapter, with its `concepts`, and those that are still `coming`
/// although other parts of the chapter are written.
pub(super) fn read<'a>(file: &'a File, problems: &Problems) -> Syllabus<'a> {
    let text = Passage::whole(file);
    let mut syllabus = Syllabus::default();
    let Some(document) = Document::parse(&text, "the syllabus", problems) else {
        return syllabus;
    };
    let table = document.table("the syllabus", text.start());
    for (chapter, mut entry) in table.named_tables(problems) {
        for concept in entry.texts("concepts", problems) {
            syllabus.add(chapter.text(), &concept, false, problems);
        }
        for concept in entry.texts_if("coming", problems) {
            syllabus.add(chapter.text(), &concept, true, problems);
        }
        entry.finish(problems);
    }
    syllabus
}

impl<'a> Syllabus<'a> {
    fn add(&mut self, chapter: &str, concept: &Passage<'a>, is_coming: bool, problems: &Problems) {
        let name = concept.text();
        if !is_kebab(name) {
            let what = format!("`{name}` is no name for a concept");
            let fix = "write small letters and digits with single dashes: `clock-skew`";
            problems.report(concept.start(), what, fix);
        }
        let planned = Planned {
            chapter: chapter.to_owned(),
            is_coming,
            place: concept.start(),
        };
        if let Some(first) = self.0.insert(name.to_owned(), planned) {
            let what = format!("the concept `{name}` stands twice in the syllabus");
            let fix = format!(
                "leave it to the chapter `{}` or name it otherwise",
                first.chapter
            );
            problems.report(concept.start(), what, fix);
        }
    }
}
