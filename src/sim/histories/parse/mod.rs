//! Reads histories from files of other tools. Reading never panics: what makes no sense is an
//! error that names the line, what is wrong there, and what would be right.
//!
//! In all formats a process calls with `:invoke` and its operation ends with
//! - `:ok`: it took effect between the two;
//! - `:fail`: it did not take effect, and is left out; only a compare-and-set with `:error :mismatch`
//!   is kept, since it saw another value;
//! - `:info`, or nothing: it is not known whether it took effect, nor when.

mod edn;
mod jepsen;
mod pairing;
mod porcupine_kv;
mod reader;

use std::fmt;

pub use edn::edn;
pub use jepsen::jepsen;
pub use porcupine_kv::porcupine_kv;

/// The most bytes that a file may have: 32 MB, twice what a history with the most operations takes
/// on average.
pub const MOST_BYTES: usize = 32_000_000;

/// Why a text is no history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub wrong: String,
    /// What would be right.
    pub expected: String,
}

impl Malformed {
    /// An error on a line.
    fn new(line: usize, wrong: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            line,
            wrong: wrong.into(),
            expected: expected.into(),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            wrong,
            expected,
        } = self;
        write!(f, "line {line}: {wrong}; expected {expected}")
    }
}

impl std::error::Error for Malformed {}

/// The bytes as text, if they are one and not too long.
fn text(bytes: &[u8]) -> Result<&str, Malformed> {
    if bytes.len() > MOST_BYTES {
        return Err(Malformed::new(
            1,
            format!("the file has {} bytes", bytes.len()),
            format!("at most {MOST_BYTES}: give a part of the history"),
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Malformed::new(line, "a byte that is not UTF-8", "text in UTF-8")
    })
}

/// The beginning of something that is quoted in an error.
fn excerpt(text: impl fmt::Display) -> String {
    const MOST: usize = 40;
    let text = text.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

#[cfg(test)]
mod tests;
