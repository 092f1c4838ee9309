//! What lies open while a chapter is written: all that chapters may name of the rest.

use super::{
    catalog::Catalog, front_matter::Draft, passage::Place, problem::Problems, sources::Listed,
    syllabus::Syllabus,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// Everything a chapter may refer to.
pub(super) struct Desk<'a> {
    /// The labs.
    pub(super) catalog: &'a dyn Catalog,
    /// Where problems go.
    pub(super) problems: &'a Problems,
    /// The source list; `None` if it cannot be read.
    pub(super) sources: Option<BTreeMap<String, Listed<'a>>>,
    /// The figures: name and finished SVG.
    pub(super) figures: BTreeMap<&'a str, String>,
    /// The chapters: slug and title.
    pub(super) chapters: BTreeMap<&'a str, String>,
    /// The names of the pages beside the chapters.
    pub(super) pages: BTreeSet<&'a str>,
    /// The concepts of all chapters; `None` if a chapter's front matter cannot be read.
    pub(super) concepts: Option<BTreeMap<String, Home<'a>>>,
    /// The concepts that the book is to teach, written already or not.
    pub(super) syllabus: Syllabus<'a>,
    /// Which chapters embed a lab, in the order of the book.
    pub(super) labs: BTreeMap<String, Vec<&'a str>>,
}

/// Where a concept is treated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Home<'a> {
    /// The slug of the chapter.
    pub(super) chapter: &'a str,
    /// Where its front matter lists it.
    place: Place<'a>,
}

impl fmt::Debug for Desk<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chapters = self.chapters.keys();
        out.debug_struct("Desk")
            .field("chapters", &chapters)
            .finish_non_exhaustive()
    }
}

/// The concepts of all chapters. One that two chapters claim is a problem.
pub(super) fn concepts<'a>(
    drafts: &[Draft<'a>],
    problems: &Problems,
) -> Option<BTreeMap<String, Home<'a>>> {
    let mut concepts: BTreeMap<String, Home<'a>> = BTreeMap::new();
    let listed = |draft: &Draft<'a>| {
        let chapter = draft.slug;
        let homes = draft.front.concepts.iter().map(move |concept| {
            let place = concept.start();
            (concept.text().to_owned(), Home { chapter, place })
        });
        homes.collect::<Vec<_>>()
    };
    for (name, home) in drafts.iter().flat_map(listed) {
        match concepts.get(&name) {
            Some(first) if first.chapter != home.chapter => {
                let what = format!("the concept `{name}` is treated by another chapter already");
                let fix = format!("leave it to {} or name it otherwise", first.place.cite());
                problems.report(home.place, what, fix);
            }
            Some(_) => {}
            None => {
                concepts.insert(name, home);
            }
        }
    }
    let all_read = drafts.iter().all(|draft| draft.front.is_read);
    all_read.then_some(concepts)
}
