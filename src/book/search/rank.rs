//! Which places answer best.
//!
//! A place's worth for one word: in its title the word is worth more than it can ever be in its
//! text, where it counts the more often it stands there in few words, with less and less for each
//! time more (the saturation of Okapi BM25; Robertson and Zaragoza, *The Probabilistic Relevance
//! Framework: BM25 and Beyond*, 2009, section 3.4). This is multiplied by how well the word fits
//! what was typed (whole, a beginning, a slip) and by how rare it is (BM25's inverse document
//! frequency). What stands in the order in which it was typed is worth more, and most of all a
//! title that is just that. Places that have all of the words go before all others.

use std::collections::{BTreeMap, BTreeSet};

use super::index::{Index, Meant};
use super::words::{Word, words};
use super::{Kind, Place};

/// A word in the title is worth this, and as much again if it is the whole title.
const TITLE: f32 = 2.0;
/// The title of a question is no heading, but how it begins.
const BEGINNING_OF_A_QUESTION: f32 = 1.0;
/// A word in what a place belongs to; of a source, in its authors.
const OF: f32 = 0.3;
const AUTHOR: f32 = 2.0;
/// BM25's two constants, with their usual values.
const K: f32 = 1.2;
const B: f32 = 0.75;
/// For words that stand one behind the other: in the title, and in the text.
const IN_ORDER: (f32, f32) = (0.6, 0.3);
/// For a title that is what was typed, no more.
const EXACT: f32 = 1.5;

/// For a chapter whose title has all that was typed: lists have headings of the same words.
const CHAPTER: f32 = 1.5;

/// More words than these are not looked for.
const MOST_WORDS: usize = 12;
/// Of so many places the order of words is looked at.
const MOST_READ: usize = 80;

/// Words that say nothing of what is looked for, unless they are all there is.
const SMALL: [&str; 28] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how",
    "i", "in", "is", "it", "of", "on", "or", "the", "to", "what", "when", "which", "why", "with",
];

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The places, the best first.
    pub(super) places: Vec<usize>,
    /// None has all of the words.
    pub(super) is_partial: bool,
}

/// The words of the book that are meant, and which of those typed each stands for, as bits.
pub(super) type Marks = BTreeMap<String, u32>;

/// The words that were typed, in order, and whether each may go on: the last one may. Small words
/// count where they belong to a name.
pub(super) fn asked(query: &str, is_name: &dyn Fn(&[Word]) -> bool) -> Vec<(String, bool)> {
    let words = words(query);
    let is_name = is_name(&words);
    let ends_open = words.last().is_some_and(|word| word.end == query.len());
    let last = words.len();
    let mut asked: Vec<(String, bool)> = words
        .into_iter()
        .zip(1..)
        .map(|(word, number)| (word.folded, number == last && ends_open))
        .collect();
    if !is_name && asked.iter().any(|(word, _)| !is_small(word)) {
        asked.retain(|(word, _)| !is_small(word));
    }
    asked.truncate(MOST_WORDS);
    asked
}

fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

/// See [`Marks`].
pub(super) fn marks(meant: &[Meant]) -> Marks {
    let mut marks = Marks::new();
    for (number, meant) in (0..).zip(meant) {
        for (word, _, _) in &meant.words {
            *marks.entry(word.clone()).or_default() |= 1 << number;
        }
    }
    marks
}

/// The places that have what is meant.
pub(super) fn rank(index: &Index, meant: &[Meant]) -> Found {
    // How many of the words each place has, and what they are worth together.
    let mut worths: BTreeMap<usize, (usize, f32)> = BTreeMap::new();
    for meant in meant {
        let places = worths_of_word(index, meant);
        let rarity = rarity(index.places.len(), places.len());
        for (place, worth) in places {
            let sum = worths.entry(place).or_default();
            sum.0 += 1;
            sum.1 += worth * rarity;
        }
    }
    let most = worths.values().map(|(count, _)| *count).max();
    let most = most.unwrap_or_default();
    worths.retain(|_, (count, _)| *count == most);
    let mut ranked: Vec<(usize, f32)> = worths
        .into_iter()
        .map(|(place, (_, worth))| (place, worth))
        .collect();
    sort(&mut ranked);
    let marks = marks(meant);
    for (place, worth) in ranked.iter_mut().take(MOST_READ) {
        if let Some(place) = index.places.get(*place) {
            *worth *= fits(place, &marks, meant.len());
        }
    }
    sort(&mut ranked);
    Found {
        places: ranked.into_iter().map(|(place, _)| place).collect(),
        is_partial: most < meant.len(),
    }
}

/// The best first; what is worth the same, in the order of the book.
fn sort(ranked: &mut [(usize, f32)]) {
    ranked.sort_by(|(first, a), (second, b)| b.total_cmp(a).then(first.cmp(second)));
}

/// What one word is worth in each place that has it.
fn worths_of_word(index: &Index, meant: &Meant) -> BTreeMap<usize, f32> {
    let mut worths: BTreeMap<usize, f32> = BTreeMap::new();
    let all: usize = index.lengths.iter().sum();
    let average = number(all) / number(index.places.len().max(1));
    for (text, word, fit) in &meant.words {
        for entry in index.entries(*word) {
            let Some(place) = index.places.get(entry.place) else {
                continue;
            };
            let length = index.lengths.get(entry.place).copied().unwrap_or_default();
            let mut worth = 0.0;
            if entry.title > 0 {
                let title = match place.kind {
                    Kind::Question => BEGINNING_OF_A_QUESTION,
                    _ => TITLE,
                };
                worth += title * (1.0 + share_of_title(place, text));
            }
            if entry.of > 0 {
                worth += if place.kind == Kind::Source {
                    AUTHOR
                } else {
                    OF
                };
            }
            let times = f32::from(entry.text);
            let share = number(length) / average.max(1.0);
            worth += times / (times + K * (1.0 - B + B * share));
            let best = worths.entry(entry.place).or_default();
            *best = best.max(worth * fit);
        }
    }
    worths
}

/// How much of the title a word of it is; or of the name, where that is shorter.
fn share_of_title(place: &Place, word: &str) -> f32 {
    let share = |text: &str| {
        let all = words(text);
        let has = all.iter().any(|other| other.folded == word);
        if has { 1.0 / number(all.len()) } else { 0.0 }
    };
    share(&place.title).max(share(place.name()))
}

/// BM25's inverse document frequency.
fn rarity(all: usize, with: usize) -> f32 {
    let (all, with) = (number(all), number(with));
    libm::logf(1.0 + (all - with + 0.5) / (with + 0.5))
}

/// How much better a place is for the order in which it has the words.
fn fits(place: &Place, marks: &Marks, asked: usize) -> f32 {
    let title = masks(&place.title, marks, true);
    let name = masks(place.name(), marks, false);
    let text = masks(&place.text, marks, false);
    let pairs = asked.saturating_sub(1).max(1);
    let share = |masks: &[u32]| number(in_order(masks)) / number(pairs);
    let in_title = share(&title).max(share(&name));
    let mut fits = 1.0 + IN_ORDER.0 * in_title + IN_ORDER.1 * share(&text);
    if is_exact(place, marks, asked) {
        fits *= EXACT;
    }
    if place.is_chapter() && has_all(&title, asked) {
        fits *= CHAPTER;
    }
    fits
}

/// Whether the title of a place, or its name, is what was typed and no more.
pub(super) fn is_exact(place: &Place, marks: &Marks, asked: usize) -> bool {
    is_all(&masks(&place.title, marks, true), asked)
        || is_all(&masks(place.name(), marks, false), asked)
}

/// Whether these are the words typed, all of them and no others.
fn is_all(masks: &[u32], asked: usize) -> bool {
    masks.len() == asked && has_all(masks, asked)
}

fn has_all(masks: &[u32], asked: usize) -> bool {
    let all = masks.iter().fold(0, |all, mask| all | mask);
    all.count_ones() as usize == asked
}

/// Which of the words typed each word of a text stands for.
fn masks(text: &str, marks: &Marks, without_small: bool) -> Vec<u32> {
    words(text)
        .iter()
        .filter(|word| !without_small || !is_small(&word.folded))
        .map(|word| marks.get(&word.folded).copied().unwrap_or_default())
        .collect()
}

/// How many of the words typed stand right before the one that was typed behind them.
pub(super) fn in_order(masks: &[u32]) -> usize {
    let mut pairs = BTreeSet::new();
    for neighbours in masks.windows(2) {
        if let [before, after] = neighbours {
            let both = before & (after >> 1);
            pairs.extend((0..32).filter(|bit| both & (1 << bit) != 0));
        }
    }
    pairs.len()
}

/// A count as a number to reckon with; exact up to 65,535, and there are fewer of anything.
fn number(count: usize) -> f32 {
    u16::try_from(count).unwrap_or(u16::MAX).into()
}
