//! Where a moment or a value stands in a picture, and which round values are marked.

use crate::sim::Micros;

/// A stretch of time laid over a stretch of picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// The moment at `left`.
    pub from: Micros,
    /// The moment at `right`.
    pub to: Micros,
    /// In pixels.
    pub left: f64,
    /// In pixels.
    pub right: f64,
}

impl TimeAxis {
    /// Where a moment stands, in pixels; outside of the picture for moments outside of the axis.
    #[must_use]
    pub fn x(&self, at: Micros) -> f64 {
        let length = self.to.minus(self.from).signed().max(1);
        let passed = at.signed() - self.from.signed();
        self.left + (self.right - self.left) * ratio(passed, length)
    }

    /// Whether a moment is on the axis.
    #[must_use]
    pub fn shows(&self, at: Micros) -> bool {
        (self.from..=self.to).contains(&at)
    }

    /// The distance between marks that leaves each about so many pixels.
    #[must_use]
    pub fn step(&self, pixels: f64) -> i64 {
        let length = self.to.minus(self.from).signed().max(1);
        round_step(length, (self.right - self.left) / pixels)
    }
}

/// One as a share of another, for a place in a picture.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
pub fn ratio(part: i64, whole: i64) -> f64 {
    part as f64 / whole as f64
}

/// The smallest of 1, 2, 5, 10, 20, … that divides a length into at most so many parts.
#[must_use]
pub fn round_step(length: i64, parts: f64) -> i64 {
    let mut unit = 1_i64;
    loop {
        for digit in [1, 2, 5] {
            let step = unit.saturating_mul(digit);
            if ratio(length, step) <= parts.max(1.0) || step > i64::MAX / 20 {
                return step;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// The multiples of a step in a range, the smallest first.
pub fn multiples(from: i64, to: i64, step: i64) -> impl Iterator<Item = i64> {
    let first = from.div_euclid(step) + i64::from(from.rem_euclid(step) != 0);
    (first..)
        .map(move |count| count.saturating_mul(step))
        .take_while(move |value| *value <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_leave_room() {
        assert_eq!(round_step(200_000, 8.0), 50_000);
        assert_eq!(round_step(200_000, 10.0), 20_000);
        assert_eq!(round_step(1, 8.0), 1);
    }

    #[test]
    fn a_length_beyond_all_steps_still_ends() {
        assert!(round_step(i64::MAX, 1.0) > 0);
    }

    #[test]
    fn multiples_begin_inside_the_range_on_either_side_of_zero() {
        assert_eq!(
            multiples(-45, 45, 20).collect::<Vec<_>>(),
            [-40, -20, 0, 20, 40]
        );
        assert_eq!(multiples(20, 45, 20).collect::<Vec<_>>(), [20, 40]);
    }

    #[test]
    fn a_moment_stands_where_its_share_of_the_axis_is() {
        let axis = TimeAxis {
            from: Micros(100),
            to: Micros(300),
            left: 10.0,
            right: 110.0,
        };
        assert!((axis.x(Micros(200)) - 60.0).abs() < 1e-9);
        assert!(axis.shows(Micros(300)) && !axis.shows(Micros(301)));
    }
}
