//! The index: which words the book has, and in which places each stands.

use std::collections::BTreeMap;

use fst::{IntoStreamer, Map, Streamer};

use super::typo::Typo;
use super::words::{Word, words};
use super::{Group, Kind, Place, Report, rank, snippet};

/// How many hits of one kind are shown: of sections, and of all others.
const MOST_SECTIONS: usize = 6;
const MOST_OTHERS: usize = 4;

/// A word that stands in so few places, whole or as a beginning, may be a slip of the pen.
const FEW: usize = 3;

/// How well a word of the book is what was typed. See [`rank`] for how this weighs.
const WHOLE: f32 = 1.0;
const OTHER_NUMBER: f32 = 0.95;
const BEGINNING: f32 = 0.5;
const SLIP: f32 = 0.3;

/// All places of the book, and the way to them.
#[derive(Debug)]
pub struct Index {
    pub(super) places: Vec<Place>,
    /// How many words the text of each place has.
    pub(super) lengths: Vec<usize>,
    /// The number of each word.
    dictionary: Map<Vec<u8>>,
    /// Where the word of each number stands.
    entries: Vec<Vec<Entry>>,
}

/// How often a word stands in a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The place.
    pub(super) place: usize,
    /// In its title, in what it belongs to, in its text.
    pub(super) title: u16,
    pub(super) of: u16,
    pub(super) text: u16,
}

/// What may be meant by a word that was typed.
#[derive(Debug, Default)]
pub(super) struct Meant {
    /// Words of the book with their numbers, and how well each fits.
    pub(super) words: Vec<(String, usize, f32)>,
}

impl Index {
    /// Reads the data file.
    ///
    /// # Errors
    /// A sentence for the reader where it is something else.
    pub fn read(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map(Self::of).map_err(|_other| {
            "What came is of another edition of the book: load the page again.".to_owned()
        })
    }

    /// The index of these places.
    #[must_use]
    pub fn of(places: Vec<Place>) -> Self {
        let mut lists: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        let mut lengths = Vec::with_capacity(places.len());
        for (number, place) in places.iter().enumerate() {
            let mut count = |text: &str, field: fn(&mut Entry) -> &mut u16| {
                let words = words(text);
                let length = words.len();
                for word in words {
                    let list = lists.entry(word.folded).or_default();
                    if list.last().is_none_or(|entry| entry.place != number) {
                        list.push(Entry {
                            place: number,
                            ..Entry::default()
                        });
                    }
                    if let Some(entry) = list.last_mut() {
                        let times = field(entry);
                        *times = times.saturating_add(1);
                    }
                }
                length
            };
            count(&place.title, |entry| &mut entry.title);
            count(place.name(), |entry| &mut entry.title);
            count(&place.of, |entry| &mut entry.of);
            lengths.push(count(&place.text, |entry| &mut entry.text));
        }
        let numbered = lists.keys().zip(0u64..);
        // Fails only for words out of order; these are sorted.
        let dictionary = Map::from_iter(numbered).unwrap_or_default();
        Self {
            places,
            lengths,
            dictionary,
            entries: lists.into_values().collect(),
        }
    }

    /// Looks for something, and says what was found under this number.
    #[must_use]
    pub fn find(&self, id: u32, query: &str) -> Report {
        let asked = rank::asked(query, &|words| self.is_name(words));
        let meant: Vec<Meant> = asked
            .iter()
            .map(|(word, goes_on)| self.meant(word, *goes_on))
            .collect();
        let found = rank::rank(self, &meant);
        let marks = rank::marks(&meant);
        let places = found.places.iter().filter_map(|at| self.places.get(*at));
        let places: Vec<&Place> = places.collect();
        let mut groups: Vec<Group> = Vec::new();
        for place in &places {
            let at = match groups.iter().position(|group| group.kind == place.kind) {
                Some(at) => at,
                None => {
                    groups.push(Group {
                        kind: place.kind,
                        total: 0,
                        hits: Vec::new(),
                    });
                    groups.len() - 1
                }
            };
            if let Some(group) = groups.get_mut(at) {
                group.total += 1;
                let most = match group.kind {
                    Kind::Section => MOST_SECTIONS,
                    _ => MOST_OTHERS,
                };
                if group.hits.len() < most {
                    group.hits.push(snippet::hit(place, &marks));
                }
            }
        }
        // What is asked about and cited goes behind what the book itself says of it, unless it bears the
        // very name that was typed.
        let is_behind = |kind| matches!(kind, Kind::Question | Kind::Source);
        let is_named = places.first().is_some_and(|first| {
            is_behind(first.kind) && rank::is_exact(first, &marks, meant.len())
        });
        if !is_named && places.iter().any(|place| place.is_said_by_the_book()) {
            groups.sort_by_key(|group| is_behind(group.kind));
        }
        Report::Found {
            id,
            is_partial: found.is_partial,
            groups,
        }
    }

    /// How many words the dictionary has, how many bytes it takes, and how many pairs of word and
    /// place there are.
    #[must_use]
    pub fn size(&self) -> (usize, usize, usize) {
        let pairs = self.entries.iter().map(Vec::len).sum();
        let bytes = self.dictionary.as_fst().as_bytes().len();
        (self.entries.len(), bytes, pairs)
    }

    /// How many places there are of this kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        let places = self.places.iter();
        places.filter(|place| place.kind == kind).count()
    }

    /// Whether words are together the name of a place.
    fn is_name(&self, asked: &[Word]) -> bool {
        let is = |place: &Place| {
            let name = place.name().split('-').filter(|part| !part.is_empty());
            name.eq(asked.iter().map(|word| word.folded.as_str()))
        };
        !asked.is_empty() && self.places.iter().any(is)
    }

    /// Where a word stands.
    pub(super) fn entries(&self, word: usize) -> &[Entry] {
        self.entries.get(word).map_or(&[], Vec::as_slice)
    }

    fn meant(&self, word: &str, goes_on: bool) -> Meant {
        let mut meant = Meant::default();
        for (form, fit) in forms(word) {
            if let Some(number) = self.number(&form) {
                meant.add(form, number, fit);
            }
        }
        // A single letter begins half of all words.
        if word.chars().nth(1).is_some() {
            let mut after = self.dictionary.range().ge(word).into_stream();
            while let Some((found, number)) = after.next() {
                let Some(found) = text(found).filter(|found| found.starts_with(word)) else {
                    break;
                };
                meant.add(found.to_owned(), at(number), BEGINNING);
            }
        }
        let places: usize = meant
            .words
            .iter()
            .map(|(_, number, _)| self.entries(*number).len())
            .sum();
        if places < FEW
            && let Some(typo) = Typo::of(word, goes_on)
        {
            let mut near = self.dictionary.search(typo).into_stream();
            while let Some((found, number)) = near.next() {
                if let Some(found) = text(found) {
                    meant.add(found.to_owned(), at(number), SLIP);
                }
            }
        }
        meant
    }

    fn number(&self, word: &str) -> Option<usize> {
        self.dictionary.get(word).map(at)
    }
}

impl Meant {
    /// What fits better has been added before.
    fn add(&mut self, word: String, number: usize, fit: f32) {
        if self.words.iter().all(|(_, known, _)| *known != number) {
            self.words.push((word, number, fit));
        }
    }
}

/// Numbers that stand in names of the book, as they may be typed: `2 phase commit`.
const NUMBERS: [(&str, &str); 4] = [("2", "two"), ("two", "2"), ("3", "three"), ("three", "3")];

/// The word itself, and its other number: `clocks` for `clock`, `query` for `queries`.
fn forms(word: &str) -> Vec<(String, f32)> {
    let mut forms = vec![(word.to_owned(), WHOLE)];
    let mut add = |form: String| forms.push((form, OTHER_NUMBER));
    if let Some((_, other)) = NUMBERS.iter().find(|(one, _)| *one == word) {
        add((*other).to_owned());
    }
    if word.len() < 3 {
        return forms;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        add(format!("{stem}y"));
    } else if let Some(stem) = word.strip_suffix('y') {
        add(format!("{stem}ies"));
    }
    match word.strip_suffix('s') {
        Some(one) if !one.ends_with(['s', 'u', 'i']) => add(one.to_owned()),
        Some(_) => {}
        None => add(format!("{word}s")),
    }
    forms
}

/// A word of the dictionary. All of them were text.
fn text(word: &[u8]) -> Option<&str> {
    std::str::from_utf8(word).ok()
}

/// A number of the dictionary, which has no more than there are entries.
fn at(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
