//! A small book that is right in everything, ways to spoil it, and a lab that does not exist.

use happens_before::book::{Book, Catalog, Files, LabCard, Problem, Refusal, build};
use std::path::Path;

/// Marks in the text of an edit where a problem is expected.
pub const MARK: char = '‸';

/// An edit of the book: in this file, instead of this text (which stands there once), that one.
/// With an empty text the whole file is replaced, or made.
pub type Edit<'e> = (&'e str, &'e str, &'e str);

/// The book of `tests/content/book`.
pub fn right_book() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/content/book");
    Files::read(&folder).unwrap()
}

/// The files after some edits, and the places that the edits mark: file, line, column.
pub fn edited(edits: &[Edit<'_>]) -> (Files, Vec<(String, usize, usize)>) {
    let mut files = right_book();
    for (path, from, to) in edits {
        let file = files.0.entry((*path).to_owned()).or_default();
        let text = String::from_utf8(file.clone()).unwrap();
        let text = if from.is_empty() {
            (*to).to_owned()
        } else {
            assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}");
            text.replace(from, to)
        };
        *file = text.into_bytes();
    }
    let mut marks = Vec::new();
    for (path, file) in &mut files.0 {
        let text = String::from_utf8(file.clone()).unwrap();
        let mut clean = String::new();
        for (at, part) in text.split(MARK).enumerate() {
            if at > 0 {
                marks.push(position(path, &clean));
            }
            clean.push_str(part);
        }
        *file = clean.into_bytes();
    }
    (files, marks)
}

fn position(path: &str, before: &str) -> (String, usize, usize) {
    let line = before.matches('\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    (format!("content/{path}"), line, last.chars().count() + 1)
}

/// Builds the book after some edits and expects exactly these problems (what, fix), in the
/// order of the files, at the places that the edits mark.
#[track_caller]
pub fn check(edits: &[Edit<'_>], expected: &[(&str, &str)]) {
    let (files, marks) = edited(edits);
    let (_, problems) = build(&files, &OneLab);
    let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert_eq!(marks.len(), expected.len(), "one mark a problem: {told:#?}");
    let line = |((file, line, column), (what, fix)): (&(String, usize, usize), &(&str, &str))| {
        format!("{file}:{line}:{column}: {what}\n    mend it: {fix}")
    };
    let expected: Vec<String> = marks.iter().zip(expected).map(line).collect();
    assert!(told == expected, "told {told:#?}\nexpected {expected:#?}");
}

/// Builds the book after some edits, which must not spoil it.
#[track_caller]
pub fn good(edits: &[Edit<'_>]) -> Book {
    let (files, _) = edited(edits);
    let (book, problems) = build(&files, &OneLab);
    let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert!(told.is_empty(), "{told:#?}");
    book
}

/// A catalogue with two labs, of which the test book embeds `clock-skew`.
pub struct OneLab;

impl Catalog for OneLab {
    fn names(&self) -> Vec<String> {
        vec!["clock-skew".into(), "quorum".into()]
    }

    fn lab(&self, name: &str) -> Option<LabCard> {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        self.names().contains(&name.to_owned()).then(|| LabCard {
            scenarios: names(&["fast-clock", "lost-update"]),
            keys: names(&["at", "machines", "offset", "seed"]),
            probes: names(&["final-value", "lost-updates"]),
        })
    }

    fn check_run(&self, _lab: &str, run: &str) -> Result<(), Refusal> {
        for piece in run.split(';') {
            let (key, value) = piece.split_once('=').unwrap_or_default();
            let number = value.trim_end_matches("ms").parse::<i64>().ok();
            if key == "offset" && !number.is_some_and(|ms| (-500..=500).contains(&ms)) {
                return Err(Refusal {
                    what: format!("`offset` cannot be {value}"),
                    fix: "choose a value from -500ms to 500ms".into(),
                });
            }
        }
        Ok(())
    }

    fn probe(&self, _lab: &str, run: &str, probe: &str) -> Result<i64, Refusal> {
        if probe == "lost-updates" {
            return Err(Refusal {
                what: "the run does not end".into(),
                fix: "ask for a run with writes".into(),
            });
        }
        Ok(if run.contains("fast-clock") { 1 } else { 2 })
    }
}
