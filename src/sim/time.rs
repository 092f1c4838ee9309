//! Virtual time: whole microseconds since the run began.

use std::fmt;

use serde::Serialize;

/// A moment of virtual time, or a length of it, in microseconds. The run begins at `Micros(0)`.
///
/// Whole numbers, because floating-point sums differ with the order they are made in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Micros(pub u64);

impl Micros {
    /// The beginning of the run.
    pub const ZERO: Self = Self(0);
    /// As a cursor: wherever the run ends.
    pub const END: Self = Self(u64::MAX);
    /// The latest moment that a link or a reader's action may name: one day.
    pub const LATEST: Self = Self::from_secs(86_400);

    /// So many milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// So many seconds.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(1_000_000))
    }

    /// A length given as a signed number of microseconds; a negative one becomes zero.
    pub const fn from_signed(micros: i64) -> Self {
        if micros < 0 {
            Self(0)
        } else {
            Self(micros.unsigned_abs())
        }
    }

    /// The same as a signed number, at most `i64::MAX`.
    pub const fn signed(self) -> i64 {
        if self.0 > i64::MAX as u64 {
            i64::MAX
        } else {
            self.0.cast_signed()
        }
    }

    /// Later by `length`, at most [`Micros::END`].
    #[must_use]
    pub const fn plus(self, length: Self) -> Self {
        Self(self.0.saturating_add(length.0))
    }

    /// Earlier by `length`, at least zero; between two moments, the time from `length` to `self`.
    #[must_use]
    pub const fn minus(self, length: Self) -> Self {
        Self(self.0.saturating_sub(length.0))
    }

    /// The microsecond after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::END {
            return f.pad("the end");
        }
        f.pad(&span(self.signed()))
    }
}

/// A length of time for people, exact: `345 µs`, `12.345 ms`, `1.5 s`, `−30 ms`.
pub fn span(micros: i64) -> String {
    let sign = if micros < 0 { "−" } else { "" };
    let size = micros.unsigned_abs();
    match size {
        0 => "0 ms".to_owned(),
        1..1_000 => format!("{sign}{size} µs"),
        1_000..1_000_000 => format!("{sign}{} ms", decimal(size, 1_000)),
        _ => format!("{sign}{} s", decimal(size, 1_000_000)),
    }
}

/// The same with its sign always shown, for what can be either way: `+50 ms`.
pub fn signed_span(micros: i64) -> String {
    if micros > 0 {
        format!("+{}", span(micros))
    } else {
        span(micros)
    }
}

/// `value / unit` (a power of ten) as a decimal without trailing zeros.
fn decimal(value: u64, unit: u64) -> String {
    let (whole, rest) = (value / unit, value % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let digits = unit.ilog10() as usize;
    format!("{whole}.{rest:0digits$}")
        .trim_end_matches('0')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_reads_as_people_write_it() {
        let cases = [
            (0, "0 ms"),
            (345, "345 µs"),
            (12_345, "12.345 ms"),
            (50_000, "50 ms"),
            (1_500_000, "1.5 s"),
            (-30_000, "−30 ms"),
        ];
        for (micros, expected) in cases {
            assert_eq!(span(micros), expected);
        }
        assert_eq!(signed_span(50_000), "+50 ms");
        assert_eq!(Micros::from_secs(64).to_string(), "64 s");
    }
}
