//! What a reader is told about a link that could not be taken as it stands.

use std::fmt;

/// After so many notices the rest is only counted.
pub const MOST_NOTICES: usize = 8;

/// One plain sentence for the reader: what was wrong with a link, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice(pub String);

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Notices, the first few in full and the rest as a number.
#[derive(Debug, Default)]
pub(super) struct Notices {
    said: Vec<Notice>,
    unsaid: usize,
}

impl Notices {
    pub(super) fn say(&mut self, sentence: String) {
        if self.said.len() < MOST_NOTICES {
            self.said.push(Notice(sentence));
        } else {
            self.unsaid += 1;
        }
    }

    pub(super) fn finish(mut self) -> Vec<Notice> {
        if self.unsaid > 0 {
            self.said.push(Notice(format!(
                "And {} more parts of the link were ignored or changed.",
                self.unsaid
            )));
        }
        self.said
    }
}
