//! A clock in a machine: wrong from the start, drifting, and set by hand or by NTP.

use std::fmt;

use serde::Serialize;

use crate::sim::time::Micros;

/// What a clock shows: microseconds since midnight of the day of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Reading(pub i64);

impl Reading {
    /// What a perfect clock shows when a run begins: 13:59:59.900, so that the hour turns 100 ms
    /// into the run.
    pub const START: Self = Self(((14 * 60 * 60) * 1_000 - 100) * 1_000);

    /// What a perfect clock shows at a moment of the run.
    pub const fn perfect(at: Micros) -> Self {
        Self(Self::START.0.saturating_add(at.signed()))
    }

    /// Later by so many microseconds, or earlier.
    #[must_use]
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// How many microseconds this is after `other`; negative if it is before.
    pub const fn since(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }
}

impl fmt::Display for Reading {
    /// `14:00:00.040`, with six digits where three are not exact.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = self.0.rem_euclid(24 * 60 * 60 * 1_000_000);
        let (seconds, micros) = (of_day / 1_000_000, of_day % 1_000_000);
        write!(
            f,
            "{:02}:{:02}:{:02}.",
            seconds / 3_600,
            seconds / 60 % 60,
            seconds % 60
        )?;
        if micros % 1_000 == 0 {
            write!(f, "{:03}", micros / 1_000)
        } else {
            write!(f, "{micros:06}")
        }
    }
}

/// A clock that runs at a constant wrong rate, and may be on its way to a correction.
///
/// It knows what it showed when it was last set; what it shows later follows from that, in whole
/// numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// When it was last set.
    set_at: Micros,
    /// What it was set to.
    set_to: Reading,
    /// How much too fast it runs, in parts per million of true time.
    drift: i64,
    /// What was still to be corrected when it was last set, in microseconds.
    correction: i64,
}

impl Clock {
    /// How fast a correction is slewed in, in parts per million: the limit of `adjtime` and of the
    /// Linux kernel's NTP discipline.
    pub const SLEW: i64 = 500;

    /// A clock that is `offset` µs fast when the run begins and runs `drift` ppm too fast.
    pub const fn new(offset: i64, drift: i64) -> Self {
        Self {
            set_at: Micros::ZERO,
            set_to: Reading::START.plus(offset),
            drift,
            correction: 0,
        }
    }

    /// What it shows at a moment not before it was last set.
    pub fn reading(&self, at: Micros) -> Reading {
        let passed = at.minus(self.set_at).signed();
        let drifted = parts_per_million(passed, self.drift);
        self.set_to
            .plus(passed)
            .plus(drifted)
            .plus(self.correction - self.remaining(at))
    }

    /// How long it truly takes until the clock has run on by `length`, corrections aside.
    pub fn true_length(&self, length: Micros) -> Micros {
        if self.drift == 0 {
            return length;
        }
        let rate = i128::from(1_000_000_i64.saturating_add(self.drift).max(1));
        let truly = i128::from(length.0) * 1_000_000 / rate;
        Micros(u64::try_from(truly).unwrap_or(u64::MAX))
    }

    /// How far it is ahead of true time, in microseconds; negative if it is behind.
    pub fn error(&self, at: Micros) -> i64 {
        self.reading(at).since(Reading::perfect(at))
    }

    /// What of a correction is still to be slewed in, in microseconds.
    pub fn remaining(&self, at: Micros) -> i64 {
        let passed = at.minus(self.set_at).signed();
        let slewed = parts_per_million(passed, Self::SLEW).min(self.correction.saturating_abs());
        self.correction - self.correction.signum() * slewed
    }

    /// When the correction is slewed in completely; nothing if there is none to be made.
    pub fn corrected_at(&self) -> Option<Micros> {
        let size = self.correction.saturating_abs();
        let takes = size.saturating_mul(1_000_000 / Self::SLEW);
        (size > 0).then(|| self.set_at.plus(Micros::from_signed(takes)))
    }

    /// Changes what it shows by `by` µs at once; a correction under way is dropped.
    pub fn step(&mut self, at: Micros, by: i64) {
        *self = Self {
            set_at: at,
            set_to: self.reading(at).plus(by),
            correction: 0,
            ..*self
        };
    }

    /// Runs faster or slower from now on until it has changed by `by` µs against its own rate. A
    /// correction under way is replaced.
    pub fn slew(&mut self, at: Micros, by: i64) {
        *self = Self {
            set_at: at,
            set_to: self.reading(at),
            correction: by,
            ..*self
        };
    }

    /// Jumps by `by` µs, as when somebody sets it by hand; a correction under way goes on.
    pub fn jump(&mut self, at: Micros, by: i64) {
        *self = Self {
            set_at: at,
            set_to: self.reading(at).plus(by),
            correction: self.remaining(at),
            ..*self
        };
    }
}

/// So many parts per million of a length of time, rounded towards zero.
fn parts_per_million(micros: i64, parts: i64) -> i64 {
    micros.saturating_mul(parts) / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_a_time_of_day() {
        assert_eq!(Reading::START.to_string(), "13:59:59.900");
        assert_eq!(
            Reading::perfect(Micros(140_123)).to_string(),
            "14:00:00.040123"
        );
    }

    #[test]
    fn a_clock_40_ppm_fast_gains_40_us_a_second() {
        let clock = Clock::new(-50_000, 40);
        assert_eq!(clock.error(Micros::ZERO), -50_000);
        assert_eq!(clock.error(Micros::from_secs(10)), -49_600);
    }

    #[test]
    fn a_step_is_at_once_and_a_slew_takes_its_time() {
        let at = Micros::from_secs(1);
        let mut stepped = Clock::new(50_000, 0);
        stepped.step(at, -50_000);
        assert_eq!(stepped.error(at), 0);
        let mut slewed = Clock::new(50_000, 0);
        slewed.slew(at, -50_000);
        assert_eq!(slewed.error(at), 50_000);
        assert_eq!(slewed.error(at.plus(Micros::from_secs(50))), 25_000);
        assert_eq!(slewed.corrected_at(), Some(Micros::from_secs(101)));
        assert_eq!(slewed.error(Micros::from_secs(101)), 0);
        assert_eq!(slewed.error(Micros::from_secs(200)), 0);
    }

    #[test]
    fn a_jump_leaves_the_correction_under_way() {
        let mut clock = Clock::new(1_000, 0);
        clock.slew(Micros::ZERO, -1_000);
        clock.jump(Micros::from_secs(1), 10_000);
        assert_eq!(clock.remaining(Micros::from_secs(1)), -500);
        assert_eq!(clock.error(Micros::from_secs(3)), 10_000);
    }
}
