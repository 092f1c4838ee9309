//! What page and search worker say to each other, as JSON text.

use serde::{Deserialize, Serialize};

use super::Kind;

/// What the page asks.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// To fetch the book's places: the address of the data file, from the site's root.
    Load(String),
    /// To look for something. Each has a number, so that late answers can be told.
    Find {
        /// The number.
        id: u32,
        /// What the reader has typed.
        query: String,
    },
}

/// What the worker says.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// It listens.
    Ready,
    /// The places are here.
    Loaded,
    /// They did not come; the sentence says why.
    Failed(String),
    /// What was found.
    Found {
        /// The number of the question.
        id: u32,
        /// Whether some of the words are missing in every hit: no place has all of them.
        is_partial: bool,
        /// The hits by what they are, the group with the best one first. None is empty.
        groups: Vec<Group>,
    },
}

/// Hits of one kind, the best first.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are.
    pub kind: Kind,
    /// How many there are, also those that are left out.
    pub total: usize,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// A place that was found.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its address, from the site's root.
    pub address: String,
    /// Its title.
    pub title: Vec<Piece>,
    /// What it belongs to.
    pub of: Vec<Piece>,
    /// The sentence that has most of the words.
    pub sentence: Vec<Piece>,
    /// The words of the place that were meant, folded: to be marked on arrival.
    pub words: Vec<String>,
}

/// A piece of text, and whether it is one of the words that were looked for.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Piece(pub bool, pub String);

impl Request {
    /// The request as text.
    #[must_use]
    pub fn write(&self) -> String {
        // Text and numbers can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a request; none where the text is something else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

impl Report {
    /// The report as text.
    #[must_use]
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a report; none where the text is something else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}
