//! What a chapter was seen to contain, for the checks that need the whole book.

use super::passage::Place;
use crate::book::GlossaryEntry;
use std::collections::{BTreeMap, BTreeSet};

/// The findings of one chapter with its question bank.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// The chapter.
    pub(super) slug: &'a str,
    /// Whether text and question bank could be read; if not, nothing is concluded from what
    /// they lack.
    pub(super) is_whole: bool,
    /// All anchors of its page.
    pub(super) anchors: BTreeMap<String, Place<'a>>,
    /// The ids under which a reader's answers are kept: unique in the book.
    pub(super) items: Vec<(String, Place<'a>)>,
    /// Links to anchors of this chapter and of others.
    pub(super) links: Vec<Link<'a>>,
    /// The definitions, by concept.
    pub(super) defined: BTreeMap<String, Place<'a>>,
    /// The glossary entries, in the order of the text.
    pub(super) glossary: Vec<GlossaryEntry>,
    /// The concepts that questions ask about.
    pub(super) asked: BTreeSet<String>,
    /// The keys of the cited sources, in the order of their first use, and how often each is.
    pub(super) cited: Vec<(String, usize)>,
    /// The keys of the sources that a reading list names.
    pub(super) listed: BTreeSet<String>,
    /// The figures shown.
    pub(super) figures: BTreeSet<String>,
    /// The formulas of the chapter: unique in the book.
    pub(super) formulas: Vec<(String, Place<'a>)>,
}

/// A link to an anchor.
#[derive(Debug)]
pub(super) struct Link<'a> {
    /// The chapter it leads to.
    pub(super) chapter: String,
    /// The anchor there.
    pub(super) anchor: String,
    /// Where it stands.
    pub(super) place: Place<'a>,
}

impl<'a> Record<'a> {
    pub(super) fn new(slug: &'a str) -> Self {
        Self {
            slug,
            is_whole: true,
            anchors: BTreeMap::new(),
            items: Vec::new(),
            links: Vec::new(),
            defined: BTreeMap::new(),
            glossary: Vec::new(),
            asked: BTreeSet::new(),
            cited: Vec::new(),
            listed: BTreeSet::new(),
            figures: BTreeSet::new(),
            formulas: Vec::new(),
        }
    }

    /// Counts a citation: the source's number in the chapter and how often it has been cited.
    pub(super) fn cite(&mut self, key: &str) -> (usize, usize) {
        let known = self.cited.iter().position(|(cited, _)| cited == key);
        let at = known.unwrap_or_else(|| {
            self.cited.push((key.to_owned(), 0));
            self.cited.len() - 1
        });
        self.cited[at].1 += 1;
        (at + 1, self.cited[at].1)
    }
}
