//! What lies open while a chapter is written: all that chapters may name of the rest.

use super::{
    catalog::Catalog, front_matter::Draft, passage::Place, problem::Problems, sources::Listed,
};
use std::{collections::BTreeMap, fmt};

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
    /// The concepts of all chapters; `None` if a chapter's front matter cannot be read.
    pub(super) concepts: Option<BTreeMap<String, Place<'a>>>,
    /// Which chapters embed a lab, in the order of the book.
    pub(super) labs: BTreeMap<String, Vec<&'a str>>,
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
) -> Option<BTreeMap<String, Place<'a>>> {
    let mut concepts: BTreeMap<String, Place<'a>> = BTreeMap::new();
    for concept in drafts.iter().flat_map(|draft| &draft.front.concepts) {
        let (name, place) = (concept.text(), concept.start());
        match concepts.get(name) {
            Some(first) if first.file.path != place.file.path => {
                let what = format!("the concept `{name}` is treated by another chapter already");
                let fix = format!("leave it to {} or name it otherwise", first.cite());
                problems.report(place, what, fix);
            }
            Some(_) => {}
            None => {
                concepts.insert(name.to_owned(), place);
            }
        }
    }
    let all_read = drafts.iter().all(|draft| draft.front.is_read);
    all_read.then_some(concepts)
}
