//! Reading TOML: typed values with their places; what is missing, unknown or of the wrong type
//! is a problem at its line.

use super::{
    nearest::hint,
    passage::{Passage, Place},
    problem::Problems,
    toml_string,
};
use std::{collections::BTreeSet, ops::RangeInclusive};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A piece of TOML that parses.
#[derive(Debug)]
pub(super) struct Document<'s, 'a> {
    source: &'s Passage<'a>,
    root: Spanned<DeTable<'s>>,
}

impl<'s, 'a> Document<'s, 'a> {
    /// Parses a passage; `name` says what it is ("the front matter").
    pub(super) fn parse(source: &'s Passage<'a>, name: &str, problems: &Problems) -> Option<Self> {
        let (root, errors) = DeTable::parse_recoverable(source.text());
        for error in &errors {
            let offset = error.span().map_or(0, |span| span.start);
            let what = format!("{name} is not TOML: {}", error.message());
            let fix = "write `key = value`, text in quotes, one key a line";
            problems.report(source.place(offset), what, fix);
        }
        errors.is_empty().then_some(Self { source, root })
    }

    /// Its outermost table. What is missing in it is reported at `place`.
    pub(super) fn table<'t>(&'t self, name: &str, place: Place<'a>) -> Table<'t, 'a> {
        Table {
            source: self.source,
            entries: self.root.get_ref(),
            name: name.to_owned(),
            place,
            known: BTreeSet::new(),
        }
    }
}

/// A table while it is read. Each getter marks its key as known; [`Table::finish`] reports the
/// keys that nobody asked for.
#[derive(Debug)]
pub(super) struct Table<'t, 'a> {
    source: &'t Passage<'a>,
    entries: &'t DeTable<'t>,
    name: String,
    place: Place<'a>,
    known: BTreeSet<&'static str>,
}

impl<'t, 'a> Table<'t, 'a> {
    /// Where the table begins.
    pub(super) fn place(&self) -> Place<'a> {
        self.place
    }

    /// A text that must be there and say something.
    pub(super) fn text(&mut self, key: &'static str, problems: &Problems) -> Option<Passage<'a>> {
        let value = self.required(key, problems)?;
        self.as_text(key, value, problems)
    }

    /// A text that may be there.
    pub(super) fn text_if(
        &mut self,
        key: &'static str,
        problems: &Problems,
    ) -> Option<Passage<'a>> {
        let value = self.find(key)?;
        self.as_text(key, value, problems)
    }

    /// A whole number that must be there, with its place.
    pub(super) fn integer(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
        problems: &Problems,
    ) -> Option<(i64, Place<'a>)> {
        let value = self.required(key, problems)?;
        self.as_integer(key, value, range, problems)
    }

    /// A whole number that may be there.
    pub(super) fn integer_if(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
        problems: &Problems,
    ) -> Option<(i64, Place<'a>)> {
        let value = self.find(key)?;
        self.as_integer(key, value, range, problems)
    }

    /// A truth value; false if it is not there.
    pub(super) fn flag(&mut self, key: &'static str, problems: &Problems) -> bool {
        let Some(value) = self.find(key) else {
            return false;
        };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        self.wrong_type(key, value, "`true` or `false`", problems);
        false
    }

    /// A list of texts that must be there; it may be empty.
    pub(super) fn texts(&mut self, key: &'static str, problems: &Problems) -> Vec<Passage<'a>> {
        let Some(value) = self.required(key, problems) else {
            return Vec::new();
        };
        self.as_texts(key, value, problems)
    }

    /// A list of texts that may be there.
    pub(super) fn texts_if(&mut self, key: &'static str, problems: &Problems) -> Vec<Passage<'a>> {
        let value = self.find(key);
        value.map_or_else(Vec::new, |value| self.as_texts(key, value, problems))
    }

    /// A list of pairs of texts that must be there.
    pub(super) fn pairs(
        &mut self,
        key: &'static str,
        problems: &Problems,
    ) -> Vec<(Passage<'a>, Passage<'a>)> {
        let Some(value) = self.required(key, problems) else {
            return Vec::new();
        };
        let wanted = "a list of pairs, `[[\"…\", \"…\"], …]`";
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, wanted, problems);
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for item in items {
            match self.as_texts(key, item, problems).as_slice() {
                [first, second] => pairs.push((first.clone(), second.clone())),
                _ => self.wrong_type(key, item, wanted, problems),
            }
        }
        pairs
    }

    /// The tables under `[[key]]`, none if there are none.
    pub(super) fn tables(&mut self, key: &'static str, problems: &Problems) -> Vec<Self> {
        let Some(value) = self.find(key) else {
            return Vec::new();
        };
        let wanted = format!("a list of tables, each under `[[{key}]]`");
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, &wanted, problems);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(entries) => tables.push(self.inner(key, item, entries)),
                _ => self.wrong_type(key, item, &wanted, problems),
            }
        }
        tables
    }

    /// The table under `[key]`, if there is one.
    pub(super) fn table(&mut self, key: &'static str, problems: &Problems) -> Option<Self> {
        let value = self.find(key)?;
        if let DeValue::Table(entries) = value.get_ref() {
            return Some(self.inner(key, value, entries));
        }
        self.wrong_type(key, value, &format!("a table under `[{key}]`"), problems);
        None
    }

    /// All entries as tables, for a file whose keys are names the author chooses.
    pub(super) fn named_tables(&self, problems: &Problems) -> Vec<(Passage<'a>, Self)> {
        let mut tables = Vec::new();
        for (key, value) in self.entries {
            let name = self.key(key);
            match value.get_ref() {
                DeValue::Table(entries) => {
                    let table = self.inner(name.text(), value, entries);
                    tables.push((name, table));
                }
                _ => self.wrong_type(name.text(), value, "a table of its own", problems),
            }
        }
        tables
    }

    /// All entries as texts or whole numbers, written as in a run link.
    pub(super) fn values(&self, problems: &Problems) -> Vec<(Passage<'a>, Passage<'a>)> {
        let mut values = Vec::new();
        for (key, value) in self.entries {
            let name = self.key(key);
            let text = match value.get_ref() {
                DeValue::Integer(number) => {
                    let place = self.source.place(value.span().start);
                    Some(Passage::made_up(&number.to_string(), place))
                }
                DeValue::String(_) => self.as_text(name.text(), value, problems),
                _ => {
                    let wanted = "a text with its unit (\"80ms\") or a whole number";
                    self.wrong_type(name.text(), value, wanted, problems);
                    None
                }
            };
            values.extend(text.map(|text| (name, text)));
        }
        values
    }

    /// All entries as lists of texts.
    pub(super) fn lists(&self, problems: &Problems) -> Vec<(Passage<'a>, Vec<Passage<'a>>)> {
        let list = |(key, value): (&Spanned<toml::de::DeString<'t>>, &Spanned<DeValue<'t>>)| {
            let name = self.key(key);
            let texts = self.as_texts(name.text(), value, problems);
            (name, texts)
        };
        self.entries.iter().map(list).collect()
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self, problems: &Problems) {
        let known: Vec<&str> = self.known.iter().copied().collect();
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            if !self.known.contains(name) {
                let what = format!("{} has an unknown key `{name}`", self.name);
                let place = self.source.place(key.span().start);
                problems.report(place, what, hint("its keys", name, &known));
            }
        }
    }

    fn find(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.known.insert(key);
        self.entries.get(key)
    }

    fn required(
        &mut self,
        key: &'static str,
        problems: &Problems,
    ) -> Option<&'t Spanned<DeValue<'t>>> {
        let value = self.find(key);
        if value.is_none() {
            let what = format!("{} lacks `{key}`", self.name);
            problems.report(self.place, what, format!("add `{key} = …`"));
        }
        value
    }

    fn inner(&self, key: &str, value: &Spanned<DeValue<'t>>, entries: &'t DeTable<'t>) -> Self {
        Table {
            source: self.source,
            entries,
            name: format!("`{key}`"),
            place: self.source.place(value.span().start),
            known: BTreeSet::new(),
        }
    }

    fn key(&self, key: &Spanned<toml::de::DeString<'t>>) -> Passage<'a> {
        let place = self.source.place(key.span().start);
        Passage::made_up(key.get_ref(), place)
    }

    fn as_text(
        &self,
        key: &str,
        value: &Spanned<DeValue<'t>>,
        problems: &Problems,
    ) -> Option<Passage<'a>> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(key, value, "a text in quotes", problems);
            return None;
        };
        if text.trim().is_empty() {
            let place = self.source.place(value.span().start);
            problems.report(place, format!("`{key}` is empty"), "write it");
            return None;
        }
        let origin = toml_string::origin(self.source.text(), value.span(), text);
        Some(self.source.decoded(text.clone().into_owned(), &origin))
    }

    fn as_texts(
        &self,
        key: &str,
        value: &Spanned<DeValue<'t>>,
        problems: &Problems,
    ) -> Vec<Passage<'a>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, "a list of texts, `[\"…\", \"…\"]`", problems);
            return Vec::new();
        };
        let texts = items.iter().map(|item| self.as_text(key, item, problems));
        texts.flatten().collect()
    }

    fn as_integer(
        &self,
        key: &str,
        value: &Spanned<DeValue<'t>>,
        range: RangeInclusive<i64>,
        problems: &Problems,
    ) -> Option<(i64, Place<'a>)> {
        let wanted = if range == (i64::MIN..=i64::MAX) {
            "a whole number".to_owned()
        } else {
            format!("a whole number from {} to {}", range.start(), range.end())
        };
        let DeValue::Integer(number) = value.get_ref() else {
            self.wrong_type(key, value, &wanted, problems);
            return None;
        };
        let place = self.source.place(value.span().start);
        let parsed = i64::from_str_radix(number.as_str(), number.radix()).ok();
        if let Some(number) = parsed.filter(|number| range.contains(number)) {
            return Some((number, place));
        }
        let what = format!("`{key}` is {number}, out of range");
        problems.report(place, what, format!("write {wanted}"));
        None
    }

    fn wrong_type(
        &self,
        key: &str,
        value: &Spanned<DeValue<'t>>,
        wanted: &str,
        problems: &Problems,
    ) {
        let what = format!("`{key}` is {}", type_of(value.get_ref()));
        let place = self.source.place(value.span().start);
        problems.report(place, what, format!("write {wanted}"));
    }
}

fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a fraction",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
