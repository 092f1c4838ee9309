//! What a command gives: text and an exit code, or what is wrong.

use std::fmt;

use happens_before::sim::parameter::quote;
use serde::Serialize;

/// What a command prints, and the program's exit code.
#[derive(Debug)]
pub struct Answer {
    /// What is printed; ends with a line break.
    pub text: String,
    /// The exit code.
    pub code: u8,
}

impl Answer {
    /// A text; all went well.
    pub fn text(text: String) -> Self {
        Self { text, code: 0 }
    }

    /// A value as JSON; all went well.
    pub fn json(value: &impl Serialize) -> Result<Self, Problem> {
        serde_json::to_string_pretty(value)
            .map(|text| Self::text(text + "\n"))
            .map_err(|error| Problem(format!("the answer cannot be written as JSON: {error}")))
    }

    /// The same with another exit code.
    pub fn with_code(self, code: u8) -> Self {
        Self { code, ..self }
    }
}

/// What is wrong with arguments or input, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(pub String);

impl Problem {
    /// A name that there is not, and those that there are.
    pub fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.collect();
        Self(match known.as_slice() {
            [] => format!("there is no {what} {}; there is none at all", quote(name)),
            known => format!(
                "there is no {what} {}; choose from: {}",
                quote(name),
                known.join(", ")
            ),
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Tells, beside the answer, that something was not taken as it stands.
pub fn notice(sentence: &str) {
    eprintln!("lab: {sentence}");
}
