//! Which words of the dictionary somebody may have meant who hit a wrong key.
//!
//! Optimal string alignment distance (Damerau–Levenshtein without repeated edits): a letter too
//! many, too few, another one, or two neighbours in the wrong order is one mistake each. The rows
//! of its table are the states of an automaton, so that the dictionary is walked no further than
//! a word can still come near.

use fst::Automaton;

/// From so many letters on, a word may have a mistake, and from so many on, two.
const ONE_FROM: usize = 4;
const TWO_FROM: usize = 8;

/// A table for longer words would be slow, and nobody types them.
const LONGEST: usize = 24;

/// Takes words that differ from one by few mistakes.
#[derive(Debug)]
pub(super) struct Typo<'a> {
    word: &'a [u8],
    most: u8,
    /// Whether the word may go on after what is given: it is still being typed.
    goes_on: bool,
}

/// How far the beginning of a word is from each beginning of the given one.
#[derive(Clone, Debug)]
pub(super) struct Row {
    now: Vec<u8>,
    before: Vec<u8>,
    last: u8,
    /// A beginning of this word was near enough.
    is_met: bool,
}

impl<'a> Typo<'a> {
    /// What may be meant by a (folded) word; none where it is too short or too long to tell.
    pub(super) fn of(word: &'a str, goes_on: bool) -> Option<Self> {
        let letters = word.chars().count();
        let most = match letters {
            TWO_FROM..=LONGEST => 2,
            ONE_FROM..TWO_FROM => 1,
            _ => return None,
        };
        let word = word.as_bytes();
        Some(Self {
            word,
            most,
            goes_on,
        })
    }

    fn is_near(&self, row: &[u8]) -> bool {
        row.last().is_some_and(|&mistakes| mistakes <= self.most)
    }
}

impl Automaton for Typo<'_> {
    type State = Row;

    fn start(&self) -> Row {
        let now: Vec<u8> = (0..).take(self.word.len() + 1).collect();
        Row {
            is_met: self.is_near(&now),
            before: now.clone(),
            now,
            last: 0,
        }
    }

    fn is_match(&self, row: &Row) -> bool {
        self.is_near(&row.now) || (self.goes_on && row.is_met)
    }

    fn can_match(&self, row: &Row) -> bool {
        (self.goes_on && row.is_met) || row.now.iter().any(|&mistakes| mistakes <= self.most)
    }

    fn accept(&self, row: &Row, letter: u8) -> Row {
        let first = row.now.first().copied().unwrap_or_default();
        let mut now = vec![first.saturating_add(1)];
        for (at, &wanted) in self.word.iter().enumerate() {
            let cell = |row: &[u8], at: usize| row.get(at).copied().unwrap_or(u8::MAX);
            let other = u8::from(wanted != letter);
            let mut mistakes = cell(&row.now, at)
                .saturating_add(other)
                .min(cell(&row.now, at + 1).saturating_add(1))
                .min(cell(&now, at).saturating_add(1));
            let swapped = at > 0 && wanted == row.last && self.word.get(at - 1) == Some(&letter);
            if swapped {
                mistakes = mistakes.min(cell(&row.before, at - 1).saturating_add(1));
            }
            now.push(mistakes);
        }
        Row {
            is_met: row.is_met || self.is_near(&now),
            before: row.now.clone(),
            now,
            last: letter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, goes_on: bool, word: &str, expected: bool) {
        let taken = Typo::of(typed, goes_on).is_some_and(|typo| {
            let end = word
                .bytes()
                .fold(typo.start(), |row, letter| typo.accept(&row, letter));
            typo.is_match(&end)
        });
        assert_eq!(taken, expected, "{typed} for {word}");
    }

    #[test]
    fn two_letters_in_the_wrong_order_are_one_mistake() {
        check("lampotr", false, "lamport", true);
        check("qourum", false, "quorum", true);
        check("qoumru", false, "quorum", false);
    }

    #[test]
    fn a_letter_may_be_missing_too_many_or_another() {
        check("quorm", false, "quorum", true);
        check("quorrum", false, "quorum", true);
        check("quarum", false, "quorum", true);
        check("quantum", false, "quorum", false);
    }

    #[test]
    fn a_long_word_may_have_two_mistakes_and_a_short_one_none() {
        check("linearzabilty", false, "linearizability", true);
        check("tme", false, "time", false);
        check("tmie", false, "time", true);
    }

    #[test]
    fn a_word_that_is_still_typed_may_go_on() {
        check("replciat", true, "replication", true);
        check("replciat", false, "replication", false);
    }

    #[test]
    fn what_is_endless_is_not_looked_for() {
        assert!(Typo::of(&"a".repeat(1000), true).is_none());
    }
}
