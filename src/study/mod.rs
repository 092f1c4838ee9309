//! What the reader has done, as one document: where they were, what they have read, the last run of
//! each lab. Pure: ids are text, time is an argument, and nothing here knows where it is kept.
//!
//! The document is a conflict-free replicated data type, so that two copies of it (two browsers, two
//! tabs, an export of last year) merge without loss, in any order and as often as one likes. It is a
//! [`Shelf`] of [`Register`]s for each kind of thing; a mark that can be set and unset is a
//! last-write-wins register. Why not an observed-remove set: that needs a name for each device, which
//! would follow the reader through their exports, and its additions win, so that a mark taken back
//! here would come back because another device had set it by itself. Losing is cheap: the marks are
//! one reader's, and one click sets them again. A register's stamp is larger than every stamp that its
//! writer has seen, so a clock that is behind never makes the reader's own click lose.
//!
//! What changes is itself a document, which holds only the change (a *delta*): whoever keeps the
//! document merges it into what is kept by then.

mod json;
mod read;
mod register;
mod words;

#[cfg(test)]
mod tests;

pub use read::{BOOK, Damage, LARGEST, Read, VERSION, read};
pub use register::{Held, Kind, LATEST, LONGEST_NAME, LONGEST_TEXT, Register, Shelf};
pub use words::{age, counted, date, day};

use serde_json::{Map, Value};

/// In milliseconds.
const MINUTE: u64 = 60_000;

/// How many places, and how many marks of whole chapters, are kept; here and below the latest.
const MOST_CHAPTERS: usize = 500;
const MOST_SECTIONS: usize = 4_000;
const MOST_RUNS: usize = 100;
const MOST_MET: usize = 1_000;
const MOST_ANSWERS: usize = 4_000;

/// All that is kept of what the reader did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The anchor of the last heading passed, by chapter.
    pub places: Shelf,
    /// Whether a section is read, by `chapter/section`.
    pub sections: Shelf,
    /// Whether a chapter is read, by chapter.
    pub chapters: Shelf,
    /// The last run as a link, by lab.
    pub runs: Shelf,
    /// Challenges that were met, by `lab/challenge`.
    pub met: Shelf,
    /// The value of the option that was chosen, by prediction.
    pub answers: Shelf,
    /// What a newer edition keeps besides. It is carried along, and merged by rules that need no
    /// knowledge of it.
    pub rest: Map<String, Value>,
}

impl Document {
    /// Everything that both know.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Self {
        Self {
            places: self.places.merged(&other.places, MOST_CHAPTERS),
            sections: self.sections.merged(&other.sections, MOST_SECTIONS),
            chapters: self.chapters.merged(&other.chapters, MOST_CHAPTERS),
            runs: self.runs.merged(&other.runs, MOST_RUNS),
            met: self.met.merged(&other.met, MOST_MET),
            answers: self.answers.merged(&other.answers, MOST_ANSWERS),
            rest: json::joined_maps(&self.rest, &other.rest),
        }
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many entries this edition knows.
    #[must_use]
    pub fn len(&self) -> usize {
        let shelves = [
            &self.places,
            &self.sections,
            &self.chapters,
            &self.runs,
            &self.met,
            &self.answers,
        ];
        shelves.into_iter().map(Shelf::len).sum()
    }

    /// The change when the reader has come to a section of a chapter. While they stay there its
    /// moment is brought up to date once a minute.
    #[must_use]
    pub fn come_to(&self, chapter: &str, anchor: &str, now: u64) -> Self {
        let last = self.last_place(|_| true);
        let is_there = last.is_some_and(|(last, place)| {
            last == chapter && place.value.text() == anchor && now.saturating_sub(place.at) < MINUTE
        });
        if is_there {
            return Self::default();
        }
        // Later than every other place, also where a clock that is ahead has written one.
        let seen = last.map_or(0, |(_, place)| place.at + 1);
        Self {
            places: self
                .places
                .with_after(chapter, Held::Text(anchor.to_owned()), now, seen),
            ..Self::default()
        }
    }

    /// The change when the end of a section was in the window.
    #[must_use]
    pub fn see_section(&self, chapter: &str, section: &str, now: u64) -> Self {
        if self.is_section_read(chapter, section) {
            return Self::default();
        }
        Self {
            sections: self
                .sections
                .with(&part_name(chapter, section), Held::Mark(true), now),
            ..Self::default()
        }
    }

    /// The change when the end of a chapter was in the window. What the reader has said about it
    /// themselves stays.
    #[must_use]
    pub fn see_chapter(&self, chapter: &str, now: u64) -> Self {
        Self {
            chapters: self.chapters.with_first(chapter, Held::Mark(true), now),
            ..Self::default()
        }
    }

    /// The change when the reader says that a chapter is read, or that it is not: then none of its
    /// sections is, either, so that a second reading can be followed like the first.
    #[must_use]
    pub fn mark_chapter(&self, chapter: &str, is_read: bool, now: u64) -> Self {
        let sections = self.sections.iter().filter(|(name, register)| {
            !is_read && register.value == Held::Mark(true) && is_part_of(name, chapter)
        });
        let taken_back = sections.map(|(name, _)| self.sections.with(name, Held::Mark(false), now));
        Self {
            chapters: self.chapters.with(chapter, Held::Mark(is_read), now),
            sections: taken_back.fold(Shelf::default(), |all, one| all.merged(&one, MOST_SECTIONS)),
            ..Self::default()
        }
    }

    /// The change when a lab was left with this run. A link that is too long is not kept.
    #[must_use]
    pub fn leave_lab(&self, lab: &str, link: &str, now: u64) -> Self {
        Self {
            runs: self.runs.with(lab, Held::Text(link.to_owned()), now),
            ..Self::default()
        }
    }

    /// The change when a challenge was met.
    #[must_use]
    pub fn meet(&self, lab: &str, challenge: &str, now: u64) -> Self {
        Self {
            met: self
                .met
                .with_first(&part_name(lab, challenge), Held::Mark(true), now),
            ..Self::default()
        }
    }

    /// The change when a prediction was answered.
    #[must_use]
    pub fn answer(&self, prediction: &str, chosen: i64, now: u64) -> Self {
        Self {
            answers: self.answers.with(prediction, Held::Number(chosen), now),
            ..Self::default()
        }
    }

    /// The value that was chosen for a prediction.
    #[must_use]
    pub fn answer_to(&self, prediction: &str) -> Option<i64> {
        self.answers.get(prediction)?.value.number()
    }

    /// Whether a chapter is read.
    #[must_use]
    pub fn is_read(&self, chapter: &str) -> bool {
        self.chapters.is_set(chapter)
    }

    /// Whether a section is read.
    #[must_use]
    pub fn is_section_read(&self, chapter: &str, section: &str) -> bool {
        self.sections.is_set(&part_name(chapter, section))
    }

    /// How many sections of a chapter are read.
    #[must_use]
    pub fn sections_read(&self, chapter: &str) -> usize {
        let read = |(name, register): &(&str, &Register)| {
            register.value == Held::Mark(true) && is_part_of(name, chapter)
        };
        self.sections.iter().filter(read).count()
    }

    /// Whether a challenge was met.
    #[must_use]
    pub fn is_met(&self, lab: &str, challenge: &str) -> bool {
        self.met.is_set(&part_name(lab, challenge))
    }

    /// The chapter that the reader was in last, and where, of those that are known.
    #[must_use]
    pub fn last_place(&self, is_known: impl Fn(&str) -> bool) -> Option<(&str, &Register)> {
        let known = self.places.iter().filter(|(chapter, _)| is_known(chapter));
        known.max_by_key(|(_, place)| place.at)
    }

    /// How many entries of each kind there are, in words: `3 places, 12 sections`; what `before` has
    /// in the same way is not counted.
    #[must_use]
    pub fn beyond(&self, before: &Self) -> Vec<String> {
        let counts = [
            (self.places.beyond(&before.places), "place"),
            (self.sections.beyond(&before.sections), "mark of a section"),
            (self.chapters.beyond(&before.chapters), "mark of a chapter"),
            (self.runs.beyond(&before.runs), "run of a lab"),
            (self.met.beyond(&before.met), "challenge met"),
            (self.answers.beyond(&before.answers), "answer"),
        ];
        let some = counts.into_iter().filter(|(count, _)| *count > 0);
        let mut words: Vec<_> = some.map(|(count, what)| counted(count, what)).collect();
        if self.rest != before.rest {
            words.push("what a newer edition keeps".to_owned());
        }
        words
    }
}

/// The name of what belongs to something: a section of a chapter, a challenge of a lab.
fn part_name(whole: &str, part: &str) -> String {
    format!("{whole}/{part}")
}

fn is_part_of(name: &str, whole: &str) -> bool {
    name.split_once('/').is_some_and(|(of, _)| of == whole)
}
