//! Values of EDN, the notation of Clojure's data, as far as histories need it
//! (<https://github.com/edn-format/edn>).

use std::fmt;

/// A value. Its `Display` is its notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `nil`.
    Nil,
    /// A whole number.
    Whole(i64),
    /// A keyword, without its colon.
    Keyword(String),
    /// A string.
    Text(String),
    /// A vector, a list or a set.
    List(Vec<Self>),
    /// A map, in the order of the text.
    Map(Vec<(Self, Self)>),
    /// A symbol, a fraction or another thing that histories do not use, as it was written.
    Other(String),
}

impl Value {
    /// A keyword.
    pub fn keyword(name: &str) -> Self {
        Self::Keyword(name.to_owned())
    }

    /// What stands under a keyword in a map; nothing if this is no map or has no such key.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Map(pairs) = self else {
            return None;
        };
        pairs
            .iter()
            .find(|(key, _)| matches!(key, Self::Keyword(key) if key == name))
            .map(|(_, value)| value)
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Nil, Self::Whole)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nil => f.write_str("nil"),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Keyword(name) => write!(f, ":{name}"),
            Self::Text(text) => quoted(f, text),
            Self::List(values) => {
                f.write_str("[")?;
                for (place, value) in values.iter().enumerate() {
                    let space = if place == 0 { "" } else { " " };
                    write!(f, "{space}{value}")?;
                }
                f.write_str("]")
            }
            Self::Map(pairs) => {
                f.write_str("{")?;
                for (place, (key, value)) in pairs.iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(f, "{comma}{key} {value}")?;
                }
                f.write_str("}")
            }
            Self::Other(written) => f.write_str(written),
        }
    }
}

/// A string in its quotes, on one line.
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for character in text.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            other => write!(f, "{other}")?,
        }
    }
    f.write_str("\"")
}
