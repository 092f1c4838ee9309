//! The parts of the document: last-write-wins registers, and shelves of them by name.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::json;

/// The latest stamp that is read, in milliseconds since 1970 (UTC). No clock and no number of clicks
/// comes so far; it is half of what can be written, so that the reader can write over whatever was read.
pub const LATEST: u64 = LARGEST_NUMBER / 2;

/// The largest whole number that every reader of JSON takes as it stands.
const LARGEST_NUMBER: u64 = (1 << 53) - 1;

/// A clock later than this (the year 9999) is wrong, and taken as this; so there is always room for a
/// later stamp.
const LATEST_CLOCK: u64 = 253_402_300_799_999;

/// A name may be as long, in bytes.
pub const LONGEST_NAME: usize = 160;
/// A text may be as long, in bytes; longer ones are not kept.
pub const LONGEST_TEXT: usize = 4 * 1024;

/// A value with the moment at which it was written; merging keeps the later one.
#[derive(Clone, Debug, PartialEq)]
pub struct Register {
    /// When it was written, in milliseconds since 1970 (UTC).
    pub at: u64,
    /// What was written.
    pub value: Held,
    /// What a newer edition writes with it.
    pub rest: Map<String, Value>,
}

/// What a register holds. Of two values with one stamp the larger wins, so that all copies agree.
/// (One type for all shelves: as a parameter it would make the page's program larger.)
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// Something is so, or it is not.
    Mark(bool),
    /// A number.
    Number(i64),
    /// An anchor or a link.
    Text(String),
}

/// What the registers of a shelf hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Held::Mark`].
    Marks,
    /// [`Held::Number`].
    Numbers,
    /// [`Held::Text`].
    Texts,
}

impl Held {
    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// The number; none if it is something else.
    #[must_use]
    pub const fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// From JSON; nothing if it is not of this kind or out of bounds.
    fn from_json(value: &Value, kind: Kind) -> Option<Self> {
        match kind {
            Kind::Marks => value.as_bool().map(Self::Mark),
            Kind::Numbers => value.as_i64().map(Self::Number),
            Kind::Texts => {
                let text = value.as_str().filter(|text| is_text(text))?;
                Some(Self::Text(text.to_owned()))
            }
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Mark(mark) => (*mark).into(),
            Self::Number(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
        }
    }

    fn is_in_bounds(&self) -> bool {
        match self {
            Self::Text(text) => is_text(text),
            _ => true,
        }
    }
}

/// Whether a text may be a name: letters, digits, `-`, `_`, `.` and `/`, and not too many.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    (1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(fits)
}

/// Whether a text may be kept: what an address may hold as it is, and no sign that means something in
/// HTML.
#[must_use]
pub fn is_text(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_graphic() && !b"<>\"'`&\\".contains(&byte);
    text.len() <= LONGEST_TEXT && text.bytes().all(fits)
}

impl Register {
    /// From JSON; nothing if it makes no sense.
    fn from_json(value: &Value, kind: Kind) -> Option<Self> {
        let mut rest = value.as_object()?.clone();
        let at = rest.remove(json::STAMP)?.as_u64()?;
        let value = Held::from_json(&rest.remove(VALUE)?, kind)?;
        (at <= LATEST).then_some(Self { at, value, rest })
    }

    /// As JSON.
    fn to_json(&self) -> Value {
        let mut map = self.rest.clone();
        map.insert(json::STAMP.to_owned(), self.at.into());
        map.insert(VALUE.to_owned(), self.value.to_json());
        Value::Object(map)
    }

    fn merged(&self, other: &Self) -> Self {
        match (self.at, &self.value).cmp(&(other.at, &other.value)) {
            std::cmp::Ordering::Less => other.clone(),
            std::cmp::Ordering::Greater => self.clone(),
            std::cmp::Ordering::Equal => Self {
                rest: json::joined_maps(&self.rest, &other.rest),
                ..self.clone()
            },
        }
    }
}

const VALUE: &str = "value";

/// Registers by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf(BTreeMap<String, Register>);

impl Shelf {
    /// The register of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Register> {
        self.0.get(name)
    }

    /// Whether the mark of a name is set.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|register| register.value == Held::Mark(true))
    }

    /// The text of a name.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(|register| register.value.text())
    }

    /// All of them, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Register)> {
        self.0
            .iter()
            .map(|(name, register)| (name.as_str(), register))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The change when something is written: a shelf that holds nothing else. Its stamp is `now`, or
    /// later than the stamp that it overwrites. Nothing changes if the value is there already, or
    /// name or value is none that may be kept.
    pub(super) fn with(&self, name: &str, value: Held, now: u64) -> Self {
        self.with_after(name, value, now, 0)
    }

    /// The same with a stamp that is not before `first`, whatever the clock says.
    pub(super) fn with_after(&self, name: &str, value: Held, now: u64, first: u64) -> Self {
        let now = now.min(LATEST_CLOCK).max(first);
        let before = self.get(name);
        if before.is_some_and(|before| before.value == value && before.at >= now)
            || !is_name(name)
            || !value.is_in_bounds()
        {
            return Self::default();
        }
        let seen = before.map_or(0, |before| before.at + 1);
        let register = Register {
            at: now.max(seen).min(LARGEST_NUMBER),
            value,
            rest: before.map(|before| before.rest.clone()).unwrap_or_default(),
        };
        Self([(name.to_owned(), register)].into())
    }

    /// The same, unless anything was written under this name before.
    pub(super) fn with_first(&self, name: &str, value: Held, now: u64) -> Self {
        match self.get(name) {
            Some(_) => Self::default(),
            None => self.with(name, value, now),
        }
    }

    /// Of each name the later register; of all names the `most` latest. (A stamp only grows on the
    /// way, and it keeps a name from being left out that belongs to the latest of all: so it does not
    /// matter in which order copies are merged.)
    pub(super) fn merged(&self, other: &Self, most: usize) -> Self {
        let mut all = self.0.clone();
        for (name, register) in &other.0 {
            let merged = all
                .get(name)
                .map_or_else(|| register.clone(), |own| own.merged(register));
            all.insert(name.clone(), merged);
        }
        let surplus = all.len().saturating_sub(most);
        if surplus > 0 {
            let by_age = all
                .iter()
                .map(|(name, register)| (register.at, name.clone()));
            let mut by_age: Vec<_> = by_age.collect();
            by_age.sort_unstable();
            for (_, name) in by_age.iter().take(surplus) {
                all.remove(name);
            }
        }
        Self(all)
    }

    /// How many registers this shelf has that the other has not in the same way.
    pub(super) fn beyond(&self, other: &Self) -> usize {
        let is_new = |(name, register): &(&str, &Register)| other.get(name) != Some(register);
        self.iter().filter(is_new).count()
    }

    /// From JSON. What makes no sense is left out, and its name told.
    pub(super) fn from_json(value: &Value, kind: Kind, told: &mut dyn FnMut(&str)) -> Self {
        let Some(map) = value.as_object() else {
            told("");
            return Self::default();
        };
        let mut shelf = BTreeMap::new();
        for (name, value) in map {
            match Register::from_json(value, kind) {
                Some(register) if is_name(name) => {
                    shelf.insert(name.clone(), register);
                }
                _ => told(name),
            }
        }
        Self(shelf)
    }

    /// As JSON.
    pub(super) fn to_json(&self) -> Value {
        let entries = self.0.iter();
        Value::Object(
            entries
                .map(|(name, r)| (name.clone(), r.to_json()))
                .collect(),
        )
    }
}
