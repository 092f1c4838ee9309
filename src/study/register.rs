//! The parts of the document: last-write-wins registers, and shelves of them by name.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::json;

/// The latest stamp, in milliseconds since 1970 (UTC): the largest whole number that every reader of
/// JSON takes as it stands.
pub const LATEST: u64 = (1 << 53) - 1;

/// A clock later than this (the year 9999) is wrong, and taken as this; so there is always room for a
/// later stamp.
const LATEST_CLOCK: u64 = 253_402_300_799_999;

/// A name may be as long, in bytes.
pub const LONGEST_NAME: usize = 160;
/// A text may be as long, in bytes; longer ones are not kept.
pub const LONGEST_TEXT: usize = 4 * 1024;

/// A value with the moment at which it was written; merging keeps the later one.
#[derive(Clone, Debug, PartialEq)]
pub struct Register<T> {
    /// When it was written, in milliseconds since 1970 (UTC).
    pub at: u64,
    /// What was written.
    pub value: T,
    /// What a newer edition writes with it.
    pub rest: Map<String, Value>,
}

/// What a register can hold. Of two values with one stamp the larger wins, so that all copies agree.
pub trait Kept: Ord + Clone {
    /// From JSON; nothing if it is not of this type or out of bounds.
    fn from_json(value: &Value) -> Option<Self>;
    /// As JSON.
    fn to_json(&self) -> Value;
    /// Whether it may be kept.
    fn is_in_bounds(&self) -> bool {
        true
    }
}

impl Kept for bool {
    fn from_json(value: &Value) -> Option<Self> {
        value.as_bool()
    }
    fn to_json(&self) -> Value {
        (*self).into()
    }
}

impl Kept for i64 {
    fn from_json(value: &Value) -> Option<Self> {
        value.as_i64()
    }
    fn to_json(&self) -> Value {
        (*self).into()
    }
}

impl Kept for String {
    fn from_json(value: &Value) -> Option<Self> {
        let text = value.as_str()?;
        is_text(text).then(|| text.to_owned())
    }
    fn to_json(&self) -> Value {
        self.as_str().into()
    }
    fn is_in_bounds(&self) -> bool {
        is_text(self)
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

impl<T: Kept> Register<T> {
    /// From JSON; nothing if it makes no sense.
    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let mut rest = value.as_object()?.clone();
        let at = rest.remove(json::STAMP)?.as_u64()?;
        let value = T::from_json(&rest.remove(VALUE)?)?;
        (at <= LATEST).then_some(Self { at, value, rest })
    }

    /// As JSON.
    pub(super) fn to_json(&self) -> Value {
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
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf<T>(BTreeMap<String, Register<T>>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Shelf<T> {
    /// The register of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Register<T>> {
        self.0.get(name)
    }

    /// The value of a name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&T> {
        self.get(name).map(|register| &register.value)
    }

    /// All of them, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Register<T>)> {
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
}

impl<T: Kept> Shelf<T> {
    /// The change when something is written: a shelf that holds nothing else. Its stamp is `now`, or
    /// later than the stamp that it overwrites. Nothing changes if the value is there already, or
    /// name or value is none that may be kept.
    pub(super) fn with(&self, name: &str, value: T, now: u64) -> Self {
        let before = self.get(name);
        if before.is_some_and(|before| before.value == value && before.at >= now)
            || !is_name(name)
            || !value.is_in_bounds()
        {
            return Self::default();
        }
        let seen = before.map_or(0, |before| before.at + 1);
        let register = Register {
            at: now.min(LATEST_CLOCK).max(seen).min(LATEST),
            value,
            rest: before.map(|before| before.rest.clone()).unwrap_or_default(),
        };
        Self([(name.to_owned(), register)].into())
    }

    /// The same, unless anything was written under this name before.
    pub(super) fn with_first(&self, name: &str, value: T, now: u64) -> Self {
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
        if all.len() > most {
            let mut stamps: Vec<_> = all.iter().map(|(name, r)| (r.at, name.clone())).collect();
            stamps.sort();
            for (_, name) in stamps.iter().take(all.len() - most) {
                all.remove(name);
            }
        }
        Self(all)
    }

    /// How many registers this shelf has that the other has not in the same way.
    pub(super) fn beyond(&self, other: &Self) -> usize {
        let is_new = |(name, register): &(&str, &Register<T>)| other.get(name) != Some(register);
        self.iter().filter(is_new).count()
    }

    /// From JSON. What makes no sense is left out, and its name told.
    pub(super) fn from_json(value: &Value, mut told: impl FnMut(&str)) -> Self {
        let Some(map) = value.as_object() else {
            told("");
            return Self::default();
        };
        let mut shelf = BTreeMap::new();
        for (name, value) in map {
            match Register::from_json(value) {
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
