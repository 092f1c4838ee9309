//! What a lab can be set to, declared once: the sliders, the links and the checks follow from it.

use std::fmt;

use super::time::signed_span;
use super::unit::Figure;
pub use super::unit::Unit;

/// One thing that a lab can be set to. Its value is an `i64` whatever its kind.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in links: `offset`.
    pub id: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// One line: what it means and what it does.
    pub help: &'static str,
    /// Which parameters it stands with.
    pub group: &'static str,
    /// What values it takes.
    pub kind: Kind,
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number from `min` to `max`, both included.
    Number {
        /// What it counts.
        unit: Unit,
        /// The smallest value.
        min: i64,
        /// The largest value.
        max: i64,
        /// The value until it is set.
        default: i64,
        /// What a slider offers; any value in range is valid.
        scale: Scale,
        /// The word for 0, where it has one: `never`.
        zero: Option<&'static str>,
    },
    /// On (1) or off (0).
    Switch {
        /// The value until it is set.
        default: bool,
    },
    /// One of several; the value is the index.
    Choice {
        /// What there is to choose from.
        options: &'static [Choice],
        /// The index of the one until another is chosen.
        default: usize,
    },
}

/// One of several things to choose from.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Its name in links.
    pub id: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// One line of help.
    pub help: &'static str,
}

impl Choice {
    /// One thing to choose.
    pub const fn new(id: &'static str, label: &'static str, help: &'static str) -> Self {
        Self { id, label, help }
    }
}

/// The values at which a slider stops.
#[derive(Clone, Copy, Debug)]
pub enum Scale {
    /// Every `step` from the smallest value on.
    Linear {
        /// The distance between two stops.
        step: i64,
    },
    /// These, in rising order.
    Stops(&'static [i64]),
}

/// Why a text or a number is no value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// What was wrong and what is allowed, one sentence without its full stop.
    pub why: String,
    /// The nearest value, where the text was a number out of range.
    pub nearest: Option<i64>,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl Parameter {
    /// A number from `range.0` to `range.1`, both included, that is `default` until it is set and
    /// moves by `step`: in microseconds for [`Unit::Time`], else in the unit itself.
    pub const fn number(
        id: &'static str,
        label: &'static str,
        unit: Unit,
        range: (i64, i64),
        default: i64,
        step: i64,
    ) -> Self {
        Self::of(
            id,
            label,
            Kind::Number {
                unit,
                min: range.0,
                max: range.1,
                default,
                scale: Scale::Linear { step },
                zero: None,
            },
        )
    }

    /// A number whose slider stops at these values, in rising order; the first and the last are the
    /// ends of its range.
    pub const fn stops(
        id: &'static str,
        label: &'static str,
        unit: Unit,
        stops: &'static [i64],
        default: i64,
    ) -> Self {
        let (min, max) = match stops {
            [] => (0, 0),
            [first, ..] => (*first, stops[stops.len() - 1]),
        };
        Self::of(
            id,
            label,
            Kind::Number {
                unit,
                min,
                max,
                default,
                scale: Scale::Stops(stops),
                zero: None,
            },
        )
    }

    /// On or off.
    pub const fn switch(id: &'static str, label: &'static str, default: bool) -> Self {
        Self::of(id, label, Kind::Switch { default })
    }

    /// One of several; `default` is the index of the one until another is chosen.
    pub const fn choice(
        id: &'static str,
        label: &'static str,
        options: &'static [Choice],
        default: usize,
    ) -> Self {
        Self::of(id, label, Kind::Choice { options, default })
    }

    const fn of(id: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            id,
            label,
            help: "",
            group: "",
            kind,
        }
    }

    /// The same with its line of help: what it means and what it does.
    #[must_use]
    pub const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    /// The same standing with others of that group.
    #[must_use]
    pub const fn group(self, group: &'static str) -> Self {
        Self { group, ..self }
    }

    /// The same switch, off until it is set.
    #[must_use]
    pub const fn initially_off(self) -> Self {
        match self.kind {
            Kind::Switch { .. } => Self {
                kind: Kind::Switch { default: false },
                ..self
            },
            _ => self,
        }
    }

    /// The same number with a word for 0: `never`.
    #[must_use]
    pub const fn zero(self, word: &'static str) -> Self {
        match self.kind {
            Kind::Number {
                unit,
                min,
                max,
                default,
                scale,
                ..
            } => Self {
                kind: Kind::Number {
                    unit,
                    min,
                    max,
                    default,
                    scale,
                    zero: Some(word),
                },
                ..self
            },
            _ => self,
        }
    }

    /// The value until it is set.
    pub const fn default_value(&self) -> i64 {
        match self.kind {
            Kind::Number { default, .. } => default,
            Kind::Switch { default } => default as i64,
            Kind::Choice { default, .. } => default.cast_signed() as i64,
        }
    }

    /// What it counts, where it is a number.
    pub const fn unit(&self) -> Option<Unit> {
        match self.kind {
            Kind::Number { unit, .. } => Some(unit),
            _ => None,
        }
    }

    /// The smallest and the largest value.
    pub const fn range(&self) -> (i64, i64) {
        match self.kind {
            Kind::Number { min, max, .. } => (min, max),
            Kind::Switch { .. } => (0, 1),
            Kind::Choice { options, .. } => {
                (0, options.len().saturating_sub(1).cast_signed() as i64)
            }
        }
    }

    /// The value for people: `+50 ms`, `1.5 s`, `200 ppm`, `never`, `on`, the chosen label.
    pub fn show(&self, value: i64) -> String {
        match self.kind {
            Kind::Number {
                zero: Some(word), ..
            } if value == 0 => word.to_owned(),
            Kind::Number {
                unit: Unit::Time,
                min,
                ..
            } if min < 0 => signed_span(value),
            Kind::Number { unit, min, .. } if min < 0 && value > 0 => {
                format!("+{}", unit.show(value))
            }
            Kind::Number { unit, .. } => unit.show(value),
            Kind::Switch { .. } => if value == 0 { "off" } else { "on" }.to_owned(),
            Kind::Choice { options, .. } => {
                pick(options, value).map_or_else(String::new, |choice| choice.label.to_owned())
            }
        }
    }

    /// The value for links: `50ms`, `1500us`, `64s`, `200ppm`, `30pct`, `on`, `wall`.
    pub fn write(&self, value: i64) -> String {
        match self.kind {
            Kind::Number { unit, .. } => unit.write(value),
            Kind::Switch { .. } => if value == 0 { "off" } else { "on" }.to_owned(),
            Kind::Choice { options, .. } => {
                pick(options, value).map_or_else(String::new, |choice| choice.id.to_owned())
            }
        }
    }

    /// Reads what [`Parameter::write`] or [`Parameter::show`] wrote, or a person typed.
    ///
    /// # Errors
    /// When it is no value of this parameter: what was wrong, what is allowed and, for a number out
    /// of range, the nearest that is allowed.
    pub fn read(&self, text: &str) -> Result<i64, Rejected> {
        match self.kind {
            Kind::Number { unit, zero, .. } => {
                if zero.is_some_and(|word| word.eq_ignore_ascii_case(text.trim())) {
                    return self.within(0);
                }
                match unit.read(text) {
                    Figure::Is(value) => self.within(value),
                    Figure::TooFine => Err(self.refuse(
                        text,
                        "is finer than one microsecond or one whole",
                        unit.example(),
                    )),
                    Figure::Not => {
                        Err(self.refuse(text, "is not a number of the right kind", unit.example()))
                    }
                }
            }
            Kind::Switch { .. } => match text.trim() {
                "on" => Ok(1),
                "off" => Ok(0),
                _ => Err(self.refuse(text, "is neither on nor off", "on or off")),
            },
            Kind::Choice { options, .. } => self.read_choice(options, text),
        }
    }

    /// The value itself, if it is in range.
    ///
    /// # Errors
    /// When it is out of range, with the nearest value that is allowed.
    pub fn within(&self, value: i64) -> Result<i64, Rejected> {
        let (min, max) = self.range();
        if (min..=max).contains(&value) {
            return Ok(value);
        }
        let (label, id) = (self.label, self.id);
        let why = format!(
            "{label} ({id}) goes from {} to {}, not {}",
            self.show(min),
            self.show(max),
            self.show(value)
        );
        Err(Rejected {
            why,
            nearest: Some(value.clamp(min, max)),
        })
    }

    fn read_choice(&self, options: &[Choice], text: &str) -> Result<i64, Rejected> {
        let wanted = text.trim();
        let found = options
            .iter()
            .position(|choice| choice.id == wanted || choice.label == wanted);
        if let Some(value) = found.and_then(|index| i64::try_from(index).ok()) {
            return Ok(value);
        }
        let ids: Vec<&str> = options.iter().map(|choice| choice.id).collect();
        Err(self.refuse(text, "is not one of them", &ids.join(", ")))
    }

    fn refuse(&self, text: &str, wrong: &str, allowed: &str) -> Rejected {
        let why = format!(
            "{} ({}) takes {allowed}; {} {wrong}",
            self.label,
            self.id,
            quote(text)
        );
        Rejected { why, nearest: None }
    }
}

/// The option with that index.
pub(crate) fn pick(options: &'static [Choice], value: i64) -> Option<&'static Choice> {
    options.get(usize::try_from(value).ok()?)
}

/// What somebody wrote, in quotation marks, at most 40 characters of it, and none that could
/// change how the sentence around it looks.
pub fn quote(text: &str) -> String {
    const LONGEST: usize = 40;
    let shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let more = if text.chars().nth(LONGEST).is_some() {
        "…"
    } else {
        ""
    };
    format!("“{shown}{more}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFSET: Parameter = Parameter {
        id: "offset",
        label: "Clock offset",
        help: "",
        group: "",
        kind: Kind::Number {
            unit: Unit::Time,
            min: -500_000,
            max: 500_000,
            default: 50_000,
            scale: Scale::Linear { step: 1_000 },
            zero: Some("none"),
        },
    };

    #[test]
    fn a_value_is_shown_to_people_and_written_for_links() {
        assert_eq!(OFFSET.show(50_000), "+50 ms");
        assert_eq!(OFFSET.show(0), "none");
        assert_eq!(OFFSET.write(-1_500), "-1500us");
        assert_eq!(OFFSET.read("none"), Ok(0));
        assert_eq!(OFFSET.read("+50 ms"), Ok(50_000));
    }

    #[test]
    fn a_rejection_says_what_is_allowed_and_what_is_nearest() {
        let far = OFFSET.read("9s").unwrap_err();
        assert_eq!(far.nearest, Some(500_000));
        assert_eq!(
            far.why,
            "Clock offset (offset) goes from −500 ms to +500 ms, not +9 s"
        );
        let none = OFFSET.read("1e999").unwrap_err();
        assert_eq!(none.nearest, None);
        assert!(none.why.contains("such as 50ms"), "{none}");
    }
}
