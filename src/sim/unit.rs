//! Numbers with their unit: how people read them and how links carry them.

use super::time::span;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A length of time; the value is in microseconds.
    Time,
    /// Parts per million.
    Ppm,
    /// Hundredths.
    Percent,
    /// A plain number of things.
    Count,
}

/// What a piece of text says as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    /// This value, in the unit's own measure.
    Is(i64),
    /// A number in the right form, but finer than the unit can hold.
    TooFine,
    /// No number in this unit at all.
    Not,
}

impl Unit {
    /// The value for people: `50 ms`, `1.5 s`, `200 ppm`, `30 %`, `3`.
    pub fn show(self, value: i64) -> String {
        let sign = if value < 0 { "−" } else { "" };
        let size = value.unsigned_abs();
        match self {
            Self::Time => span(value),
            Self::Ppm => format!("{sign}{size} ppm"),
            Self::Percent => format!("{sign}{size} %"),
            Self::Count => format!("{sign}{size}"),
        }
    }

    /// The value for links, exact, in characters that a URL fragment may hold as they are:
    /// `50ms`, `1500us`, `64s`, `200ppm`, `30pct`, `3`. (`%` is not such a character;
    /// Reading takes both.)
    pub fn write(self, value: i64) -> String {
        match self {
            Self::Time if value == 0 => "0ms".to_owned(),
            Self::Time if value % 1_000_000 == 0 => format!("{}s", value / 1_000_000),
            Self::Time if value % 1_000 == 0 => format!("{}ms", value / 1_000),
            Self::Time => format!("{value}us"),
            Self::Ppm => format!("{value}ppm"),
            Self::Percent => format!("{value}pct"),
            Self::Count => value.to_string(),
        }
    }

    /// An example for people who wrote something else.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::Time => "a number with us, ms or s, such as 50ms",
            Self::Ppm => "a whole number with ppm, such as 200ppm",
            Self::Percent => "a whole number with %, such as 30%",
            Self::Count => "a whole number, such as 3",
        }
    }

    /// Reads what [`Unit::write`] or [`Unit::show`] wrote, or a person typed.
    pub(crate) fn read(self, text: &str) -> Figure {
        let plain = text.trim().replace('−', "-");
        let (number, suffix) = split(&plain);
        let Some(scale) = self.scale(suffix) else {
            return Figure::Not;
        };
        // Zero is zero in any unit.
        if suffix.is_empty() && self != Self::Count && exact(number, 1) != Figure::Is(0) {
            return Figure::Not;
        }
        exact(number, scale)
    }

    /// How many of the unit's own measure one of `suffix` is.
    fn scale(self, suffix: &str) -> Option<i64> {
        match (self, suffix) {
            (_, "")
            | (Self::Time, "us" | "µs" | "μs")
            | (Self::Ppm, "ppm")
            | (Self::Percent, "%" | "pct") => Some(1),
            (Self::Time, "ms") => Some(1_000),
            (Self::Time, "s") => Some(1_000_000),
            _ => None,
        }
    }
}

/// A number and what follows it.
fn split(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | '.')))
        .unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    (number, suffix.trim())
}

/// A decimal number times `scale`, exactly; one beyond `i64` becomes the end of `i64`.
fn exact(number: &str, scale: i64) -> Figure {
    let (negative, digits) = match number.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || digits.ends_with('.') {
        return Figure::Not;
    }
    let fraction = fraction.trim_end_matches('0');
    let mut size = whole.bytes().fold(0_i64, append).saturating_mul(scale);
    let mut place = scale;
    for digit in fraction.bytes() {
        if place % 10 != 0 {
            return Figure::TooFine;
        }
        place /= 10;
        size = size.saturating_add(i64::from(digit - b'0') * place);
    }
    Figure::Is(if negative { -size } else { size })
}

fn append(size: i64, digit: u8) -> i64 {
    size.saturating_mul(10)
        .saturating_add(i64::from(digit.saturating_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(unit: Unit, text: &str, expected: Figure) {
        assert_eq!(unit.read(text), expected, "{text:?} as {unit:?}");
    }

    #[test]
    fn a_number_is_read_exactly_in_its_unit() {
        check(Unit::Time, "50ms", Figure::Is(50_000));
        check(Unit::Time, "1.5 s", Figure::Is(1_500_000));
        check(Unit::Time, "−30 ms", Figure::Is(-30_000));
        check(Unit::Time, "0.1us", Figure::TooFine);
        check(Unit::Time, "0", Figure::Is(0));
        check(Unit::Time, "50", Figure::Not);
        check(Unit::Percent, "30%", Figure::Is(30));
        check(Unit::Percent, "30pct", Figure::Is(30));
        check(Unit::Ppm, "200ppm", Figure::Is(200));
        check(Unit::Count, "3", Figure::Is(3));
    }

    #[test]
    fn what_is_no_number_is_none_and_what_is_too_large_is_the_largest() {
        for text in [
            "", "NaN", "inf", "1e999", "ms", "--3ms", "1.2.3ms", "3.ms", ".5ms", "0x10", "3 apples",
        ] {
            check(Unit::Time, text, Figure::Not);
        }
        check(Unit::Time, "99999999999999999999999s", Figure::Is(i64::MAX));
        check(
            Unit::Count,
            "-99999999999999999999999",
            Figure::Is(-i64::MAX),
        );
    }

    #[test]
    fn what_is_written_is_read_back() {
        for unit in [Unit::Time, Unit::Ppm, Unit::Percent, Unit::Count] {
            for value in [0, 1, -1, 999, 1_000, -1_500, 64_000_000] {
                check(unit, &unit.write(value), Figure::Is(value));
                check(unit, &unit.show(value), Figure::Is(value));
            }
        }
    }
}
