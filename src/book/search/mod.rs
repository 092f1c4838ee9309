//! Search over the whole book: what can be found, how it is ranked, and what is said of it.
//!
//! The host collects the book's *places* (sections, terms, questions, sources) into one data
//! file. The search worker reads it when a reader first searches, makes an [`Index`] of it, and
//! answers [requests](Request) with [reports](Report). The page's program knows the messages and
//! [`words()`] only.
//!
//! **The library.** The index's dictionary is an [`fst`] map: a sorted set of words as an
//! automaton, walked together with other automata, which gives whole words, beginnings and slips
//! of the pen in one way. It is small (the whole worker is 80 KB with brotli), without dependencies,
//! and kept by the author of ripgrep. What else there is, and why not: *tantivy*, a full engine,
//! needs threads and says that the browser is out of its scope (quickwit-oss/tantivy#2855);
//! *tinysearch* finds whole words only and cannot say where; *elasticlunr-rs* only writes an
//! index, for a program in JavaScript; *probly-search* is a trie that is built on the heap and
//! cannot meet a typo. Its feature `levenshtein` is left out: two letters in the wrong order
//! would be two mistakes for it, and are the commonest one; see `typo.rs`.
//!
//! **What is downloaded.** The file holds the text once, for the sentences that are shown, and no
//! index beside it: the worker makes that from the text as it arrives. Words and where they occur
//! would be half as much again to download, and making them takes less time than that.

#[cfg(not(target_arch = "wasm32"))]
mod collect;
mod index;
mod message;
#[cfg(not(target_arch = "wasm32"))]
mod plain;
mod rank;
mod snippet;
mod typo;
mod words;

#[cfg(not(target_arch = "wasm32"))]
pub use collect::collect;
pub use index::Index;
pub use message::{Group, Hit, Piece, Report, Request};
pub use words::{Word, words};

use serde::{Deserialize, Serialize};

/// What a place of the book is.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A chapter or page, or a section of one.
    Section,
    /// A term of the glossary.
    Term,
    /// An interview question with its answer.
    Question,
    /// Something that the book cites.
    Source,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Section, Self::Term, Self::Question, Self::Source];
}

/// How a lab is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabWords {
    /// What it is called.
    pub title: String,
    /// What it says of itself beside its caption, plain. Each paragraph is a line.
    pub text: String,
}

impl Place {
    /// The name that stands in its address: of a term its id, of a whole chapter its slug. Those who know
    /// it type it (`or-set`, `crdts`), and the title may say it in other words.
    fn name(&self) -> &str {
        let (page, anchor) = self.address.split_once('#').unwrap_or((&self.address, ""));
        match self.kind {
            Kind::Term => anchor,
            Kind::Section if anchor.is_empty() => page
                .strip_prefix(CHAPTER)
                .map_or("", |slug| slug.trim_end_matches('/')),
            _ => "",
        }
    }

    /// Whether it is a term or in the text of a chapter, and not in a list beside the chapters.
    fn is_said_by_the_book(&self) -> bool {
        match self.kind {
            Kind::Term => true,
            Kind::Section => self.address.starts_with(CHAPTER),
            Kind::Question | Kind::Source => false,
        }
    }

    /// Whether it is a chapter, and not a part of one.
    fn is_chapter(&self) -> bool {
        self.kind == Kind::Section && !self.name().is_empty()
    }
}

/// What the addresses of chapters begin with.
const CHAPTER: &str = "chapter/";

/// A place of the book that can be found and opened.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub kind: Kind,
    /// Its address, from the site's root.
    pub address: String,
    /// Its heading, term, question or title.
    pub title: String,
    /// What it belongs to: the chapter; of a source the authors and the year.
    pub of: String,
    /// Its text, plain. Each paragraph is a line.
    pub text: String,
}
