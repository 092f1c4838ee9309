//! Parts of a whole: what was measured, and what theory says, in words.

use std::fmt;

use serde::Serialize;

/// A part of a whole in parts per million, so that a sentence is the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Share(pub u32);

impl Share {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Everything.
    pub const ALL: Self = Self(1_000_000);

    /// So many of so many, rounded; nothing of nothing.
    pub fn of(part: u128, whole: u128) -> Self {
        let millionths = (part.min(whole) * 1_000_000 + whole / 2).checked_div(whole);
        Self(u32::try_from(millionths.unwrap_or(0)).unwrap_or(Self::ALL.0))
    }

    /// The same in thousandths, rounded: for a probe.
    pub fn permille(self) -> i64 {
        i64::from((self.0 + 500) / 1_000)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ppm = self.0;
        match ppm {
            0 => f.write_str("0 %"),
            1..100 => f.write_str("less than 0.01 %"),
            100..1_000 => write!(f, "0.{:02} %", (ppm + 50) / 100),
            1_000_000 => f.write_str("100 %"),
            _ => {
                let tenths = (ppm + 500) / 1_000;
                write!(f, "{}.{} %", tenths / 10, tenths % 10)
            }
        }
    }
}

/// What theory says: a fraction in its lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Fraction {
    above: u64,
    below: u64,
}

impl Fraction {
    /// `above` of `below`; none of none is 0/1.
    pub fn of(above: u64, below: u64) -> Self {
        let divisor = common_divisor(above, below).max(1);
        Self {
            above: above / divisor,
            below: (below / divisor).max(1),
        }
    }

    /// The nearest share.
    pub fn share(self) -> Share {
        Share::of(u128::from(self.above), u128::from(self.below))
    }
}

impl fmt::Display for Fraction {
    /// `1/11 = 9.1 %`; a fraction that nobody would recognise only as its value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if (2..1_000).contains(&self.below) && self.above > 0 {
            write!(f, "{}/{} = ", self.above, self.below)?;
        }
        self.share().fmt(f)
    }
}

/// A number with its thousands apart: `1,000,000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The greatest common divisor (Euclid).
fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(part: u128, whole: u128, shown: &str) {
        assert_eq!(Share::of(part, whole).to_string(), shown, "{part}/{whole}");
    }

    #[test]
    fn a_share_is_shown_with_the_digits_that_mean_something() {
        check(0, 7, "0 %");
        check(7, 7, "100 %");
        check(1, 11, "9.1 %");
        check(1, 2_000, "0.05 %");
        check(1, 1_000_000, "less than 0.01 %");
        check(0, 0, "0 %");
    }

    #[test]
    fn the_whole_circle_is_all_of_it() {
        assert_eq!(Share::of(1 << 64, 1 << 64), Share::ALL);
        assert_eq!(Share::of(1 << 63, 1 << 64).permille(), 500);
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn a_fraction_is_in_its_lowest_terms_with_its_value() {
        assert_eq!(Fraction::of(100, 1_100).to_string(), "1/11 = 9.1 %");
        assert_eq!(Fraction::of(5, 5).to_string(), "100 %");
        assert_eq!(Fraction::of(0, 0).to_string(), "0 %");
        assert_eq!(Fraction::of(1_234, 56_789).to_string(), "2.2 %");
    }
}
