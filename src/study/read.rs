//! The document as text. Reading never fails: it gives what could be read, and says what could not.
//!
//! ```text
//! {"sum":"9c1d…","book":"happens-before","version":1,"places":{"crdts":{"at":1764000000000,"value":"sets"}},…}
//! ```
//!
//! The sum is FNV-1a (64 bit, draft-eastlake-fnv) of everything after it, without the white space
//! between tokens: a file that was only laid out anew is as good as before. It guards against
//! accidents, not against forgery.

use serde_json::{Map, Value};

use super::Document;
use super::register::{Kind, Shelf};

/// The version of the document that this edition writes. It is raised when an older edition would
/// do harm to what a newer one has written; a new field alone is no reason, since it is carried along.
pub const VERSION: u64 = 1;

/// The document's field `book`.
pub const BOOK: &str = "happens-before";

/// A longer text, in bytes, is not read. What the document can hold stays below it.
pub const LARGEST: usize = 3 * 1024 * 1024;

/// More faults than these are only counted.
const MOST_FAULTS: usize = 12;

const SUM: &str = "sum";
const BOOK_FIELD: &str = "book";
const VERSION_FIELD: &str = "version";

/// What a text gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// What could be read; empty if the text is of a newer version.
    pub document: Document,
    /// How many entries were left out, since the document keeps the latest only.
    pub left_out: usize,
    /// What is wrong with the text; nothing if it is as a program wrote it.
    pub damage: Option<Damage>,
    /// The version of the text, if it is newer than this edition's: it is to be left as it is.
    pub newer: Option<u64>,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Nothing could be read; a sentence says why.
    Unreadable(String),
    /// Everything in it could be read; each sentence says how it differs from what the book writes.
    Whole(Vec<String>),
    /// Some of it could be read; each sentence says what is wrong.
    Partly(Vec<String>),
}

impl Damage {
    /// The sentences.
    #[must_use]
    pub fn sentences(&self) -> &[String] {
        match self {
            Self::Unreadable(why) => std::slice::from_ref(why),
            Self::Whole(faults) | Self::Partly(faults) => faults,
        }
    }
}

impl Document {
    /// The document as text, to be read by [`read`].
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut map = self.rest.clone();
        for (name, value) in [
            (BOOK_FIELD, BOOK.into()),
            (VERSION_FIELD, VERSION.into()),
            ("places", self.places.to_json()),
            ("sections", self.sections.to_json()),
            ("chapters", self.chapters.to_json()),
            ("runs", self.runs.to_json()),
            ("met", self.met.to_json()),
            ("answers", self.answers.to_json()),
        ] {
            map.insert(name.to_owned(), value);
        }
        let body = Value::Object(map).to_string();
        let body = body.strip_prefix('{').unwrap_or_default();
        format!("{{\"{SUM}\":\"{:016x}\",{body}", sum_of(body.bytes()))
    }
}

/// Reads a document.
#[must_use]
pub fn read(text: &str) -> Read {
    // Some editors put a mark before the text.
    let text = text.trim_start_matches('\u{feff}');
    match fields(text) {
        Ok(map) => match map.get(VERSION_FIELD).and_then(Value::as_u64) {
            Some(version) if version > VERSION => Read {
                newer: Some(version),
                ..Read::default()
            },
            version => document(map, version.is_some(), has_its_sum(text)),
        },
        Err(why) => Read {
            damage: Some(Damage::Unreadable(why)),
            ..Read::default()
        },
    }
}

/// The fields of a text that is one of this book's documents.
fn fields(text: &str) -> Result<Map<String, Value>, String> {
    if text.len() > LARGEST {
        return Err(format!(
            "It is longer than {} MB, so this book did not write it.",
            LARGEST / (1024 * 1024)
        ));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) if map.get(BOOK_FIELD).is_some_and(|book| book == BOOK) => Ok(map),
        Ok(_) => Err("It does not say that it belongs to this book.".to_owned()),
        Err(error) if error.is_eof() => {
            Err(format!("It breaks off at its end, line {}.", error.line()))
        }
        Err(error) => Err(format!(
            "It is not JSON: line {}, column {}.",
            error.line(),
            error.column()
        )),
    }
}

fn document(mut map: Map<String, Value>, has_version: bool, has_its_sum: bool) -> Read {
    let mut faults = Faults::default();
    if !has_its_sum {
        faults.add("It was changed since the book wrote it: its sum does not fit.".to_owned());
    }
    if !has_version {
        faults.add("It does not say which version it has.".to_owned());
    }
    for name in [SUM, BOOK_FIELD, VERSION_FIELD] {
        map.remove(name);
    }
    let all = Document {
        places: shelf(&mut map, "places", Kind::Texts, &mut faults),
        sections: shelf(&mut map, "sections", Kind::Marks, &mut faults),
        chapters: shelf(&mut map, "chapters", Kind::Marks, &mut faults),
        runs: shelf(&mut map, "runs", Kind::Texts, &mut faults),
        met: shelf(&mut map, "met", Kind::Marks, &mut faults),
        answers: shelf(&mut map, "answers", Kind::Numbers, &mut faults),
        rest: map,
    };
    // Merged with nothing, so that no shelf is larger than it may be.
    let document = all.merged(&Document::default());
    Read {
        left_out: all.len() - document.len(),
        document,
        damage: faults.into_damage(),
        newer: None,
    }
}

fn shelf(map: &mut Map<String, Value>, name: &str, kind: Kind, faults: &mut Faults) -> Shelf {
    let Some(value) = map.remove(name) else {
        return Shelf::default();
    };
    Shelf::from_json(&value, kind, &mut |entry| {
        faults.is_part_lost = true;
        let entry: String = entry.chars().take(60).collect();
        faults.add(format!(
            "An entry under “{name}” makes no sense: “{entry}”."
        ));
    })
}

#[derive(Default)]
struct Faults {
    sentences: Vec<String>,
    more: usize,
    /// An entry could not be read.
    is_part_lost: bool,
}

impl Faults {
    fn add(&mut self, sentence: String) {
        if self.sentences.len() < MOST_FAULTS {
            self.sentences.push(sentence);
        } else {
            self.more += 1;
        }
    }

    fn into_damage(mut self) -> Option<Damage> {
        if self.more > 0 {
            self.sentences.push(format!("And {} more.", self.more));
        }
        match (self.sentences.is_empty(), self.is_part_lost) {
            (true, _) => None,
            (false, true) => Some(Damage::Partly(self.sentences)),
            (false, false) => Some(Damage::Whole(self.sentences)),
        }
    }
}

/// Whether a text begins with the sum of what follows it.
fn has_its_sum(text: &str) -> bool {
    let mut bytes = tokens(text.bytes());
    let head = format!("{{\"{SUM}\":\"");
    if !head.bytes().all(|byte| bytes.next() == Some(byte)) {
        return false;
    }
    let given: Vec<u8> = bytes.by_ref().take(16).collect();
    let follows = b"\",".iter().all(|byte| bytes.next() == Some(*byte));
    follows && given == format!("{:016x}", fnv(bytes)).into_bytes()
}

pub(super) fn sum_of(bytes: impl Iterator<Item = u8>) -> u64 {
    fnv(tokens(bytes))
}

fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// JSON without the white space between its tokens.
fn tokens(bytes: impl Iterator<Item = u8>) -> impl Iterator<Item = u8> {
    let (mut in_string, mut escaped) = (false, false);
    bytes.filter(move |byte| {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            return true;
        }
        in_string = *byte == b'"';
        !byte.is_ascii_whitespace()
    })
}
