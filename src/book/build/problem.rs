//! What is wrong with the content: where, what, and how to mend it.

use super::{files::FOLDER, passage::Place};
use std::{cell::RefCell, fmt};

/// One thing wrong with the content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, from the package's root: `content/chapters/time-and-clocks.md`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, in one sentence.
    pub what: String,
    /// How to mend it, in one sentence.
    pub fix: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            what,
            fix,
        } = self;
        write!(out, "{file}:{line}:{column}: {what}\n    mend it: {fix}")
    }
}

/// Collects problems while the book is built, so that all are told in one go.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    /// Notes a problem and goes on.
    pub(super) fn report(&self, place: Place<'_>, what: impl Into<String>, fix: impl Into<String>) {
        let (line, column) = place.line_and_column();
        self.0.borrow_mut().push(Problem {
            file: place.file.path.clone(),
            line,
            column,
            what: what.into(),
            fix: fix.into(),
        });
    }

    /// Notes that a file is missing.
    pub(super) fn report_missing(&self, path: &str, fix: &str) {
        self.0.borrow_mut().push(Problem {
            file: format!("{FOLDER}{path}"),
            line: 1,
            column: 1,
            what: "the file is missing".to_owned(),
            fix: fix.to_owned(),
        });
    }

    /// All problems in the order of the files and their lines, each once.
    pub(super) fn into_sorted(self) -> Vec<Problem> {
        let mut all = self.0.into_inner();
        all.sort();
        all.dedup();
        all
    }
}
