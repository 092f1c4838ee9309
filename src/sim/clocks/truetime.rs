//! TrueTime: a clock that knows how wrong it may be (Corbett et al., *Spanner*, OSDI 2012,
//! section 3), and the commit wait built on it (section 4.1.2).

use serde::Serialize;

use super::physical::{Clock, Reading};
use crate::sim::time::Micros;

/// A span of readings that should hold true time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Interval {
    /// It is certainly not earlier than this.
    pub earliest: Reading,
    /// It is certainly not later than this.
    pub latest: Reading,
}

impl Interval {
    /// Whether `reading` has certainly passed (`TT.after`).
    pub fn after(&self, reading: Reading) -> bool {
        self.earliest > reading
    }

    /// Whether `reading` has certainly not arrived (`TT.before`).
    pub fn before(&self, reading: Reading) -> bool {
        self.latest < reading
    }

    /// Whether `reading` may be now.
    pub fn holds(&self, reading: Reading) -> bool {
        !self.after(reading) && !self.before(reading)
    }

    /// ε: half its length, in microseconds.
    pub const fn uncertainty(&self) -> i64 {
        self.latest.since(self.earliest) / 2
    }
}

/// What a machine believes its clock's error to be at most: so much when it last knew, and 200 µs
/// more for each second since.
///
/// The seconds are those of true time. By the machine's own clock they would differ by the drift,
/// 200 ppm of 200 ppm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bound {
    since: Micros,
    then: i64,
}

impl Bound {
    /// The drift that is assumed of any clock, in parts per million (Corbett et al., section 3).
    pub const DRIFT: i64 = 200;

    /// At most `error` µs at that moment.
    pub const fn new(since: Micros, error: i64) -> Self {
        Self { since, then: error }
    }

    /// The bound at a later moment, in microseconds, for a clock with no correction under way.
    pub fn grown(&self, at: Micros) -> i64 {
        let grown = Micros(
            at.minus(self.since)
                .0
                .saturating_mul(Self::DRIFT.unsigned_abs())
                .div_ceil(1_000_000),
        );
        self.then.saturating_add(grown.signed())
    }

    /// ε: the bound for this clock, in microseconds; what is still to be slewed in counts in full.
    pub fn of(&self, clock: &Clock, at: Micros) -> i64 {
        self.grown(at)
            .saturating_add(clock.remaining(at).saturating_abs())
    }

    /// `TT.now()`: the clock's reading, ε either way.
    pub fn interval(&self, clock: &Clock, at: Micros) -> Interval {
        let (reading, error) = (clock.reading(at), self.of(clock, at));
        Interval {
            earliest: reading.plus(-error),
            latest: reading.plus(error),
        }
    }

    /// Commit wait: the first moment from `from` on at which `stamp` has certainly passed, if the
    /// clock is left alone until then.
    pub fn passed_at(&self, clock: &Clock, stamp: Reading, from: Micros) -> Micros {
        let passed = |at| self.interval(clock, at).after(stamp);
        let (mut too_early, mut late_enough) = (from, from);
        let mut stride = 1_000;
        while !passed(late_enough) {
            if late_enough == Micros::END {
                return late_enough;
            }
            too_early = late_enough;
            late_enough = late_enough.plus(Micros(stride));
            stride = stride.saturating_mul(2);
        }
        while too_early.next() < late_enough {
            let middle = Micros(too_early.0.midpoint(late_enough.0));
            if passed(middle) {
                late_enough = middle;
            } else {
                too_early = middle;
            }
        }
        late_enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_grows_by_6_ms_in_30_s() {
        let bound = Bound::new(Micros::ZERO, 1_000);
        assert_eq!(bound.grown(Micros::from_secs(30)), 7_000);
        assert_eq!(bound.grown(Micros(1)), 1_001);
    }

    #[test]
    fn commit_wait_is_twice_the_bound() {
        let (clock, bound) = (Clock::new(0, 0), Bound::new(Micros::ZERO, 4_000));
        let stamp = bound.interval(&clock, Micros::ZERO).latest;
        let passed = bound.passed_at(&clock, stamp, Micros::ZERO);
        assert_eq!(
            passed,
            Micros(8_003),
            "8 ms, and what the bound grows meanwhile"
        );
        assert!(bound.interval(&clock, passed).after(stamp));
        assert!(!bound.interval(&clock, Micros(passed.0 - 1)).after(stamp));
    }
}
