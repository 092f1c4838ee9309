//! Distributions of a message's delay: the shapes that are fitted to measurements, mixtures of
//! them, and a shift for distance. Everything here is exact; [`Table`](super::table::Table) is the
//! fast sampler.
//!
//! Lengths of time are milliseconds as `f64`. Quantiles are asked for by the *upper* probability q,
//! the chance that a delay is longer: near q = 0 floating point is fine-grained, near 1 − q it is
//! not, and the tail is what this lab is about.

use serde::Serialize;

use crate::sim::Random;
use crate::sim::time::Micros;

/// The longest time that a parameter of a shape may name: 10⁹ ms, eleven days.
pub const LONGEST: f64 = 1e9;

/// A distribution of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum Shape {
    /// Always the same length.
    Constant {
        /// In ms, 0 to [`LONGEST`].
        length: f64,
    },
    /// Any length between two, each as likely.
    Uniform {
        /// The shortest, in ms, 0 to [`LONGEST`].
        low: f64,
        /// The longest, in ms, `low` to [`LONGEST`].
        high: f64,
    },
    /// Exponential: P(X > x) = e^(−rate·x).
    Exponential {
        /// How many a millisecond, 10⁻⁹ to 10⁹; the mean is 1/rate ms.
        rate: f64,
    },
    /// Pareto: P(X > x) = (least/x)^alpha from `least` on, the tail that falls by a power.
    Pareto {
        /// The shortest, in ms, 10⁻⁹ to [`LONGEST`]; usually written x with index m.
        least: f64,
        /// How fast the tail falls, 0.1 to 1000; the mean is infinite at 1 and below.
        alpha: f64,
    },
}

impl Shape {
    /// The same with every parameter in its range: the nearest value there, the lowest for what is
    /// not a number.
    #[must_use]
    pub fn tidied(self) -> Self {
        match self {
            Self::Constant { length } => Self::Constant {
                length: within(length, 0.0, LONGEST),
            },
            Self::Uniform { low, high } => {
                let low = within(low, 0.0, LONGEST);
                let high = within(high, low, LONGEST);
                Self::Uniform { low, high }
            }
            Self::Exponential { rate } => Self::Exponential {
                rate: within(rate, 1e-9, 1e9),
            },
            Self::Pareto { least, alpha } => Self::Pareto {
                least: within(least, 1e-9, LONGEST),
                alpha: within(alpha, 0.1, 1_000.0),
            },
        }
    }

    /// P(X > x), for x in ms.
    pub fn above(&self, x: f64) -> f64 {
        match *self {
            Self::Constant { length } => f64::from(u8::from(x < length)),
            Self::Uniform { low, high } if low < high => {
                within((high - x) / (high - low), 0.0, 1.0)
            }
            Self::Uniform { low, .. } => f64::from(u8::from(x < low)),
            Self::Exponential { rate } if x > 0.0 => libm::exp(-rate * x),
            Self::Pareto { least, alpha } if x > least => libm::pow(least / x, alpha),
            Self::Exponential { .. } | Self::Pareto { .. } => 1.0,
        }
    }

    /// The length, in ms, that is exceeded with probability `q`; `q` in (0, 1].
    pub fn upper_quantile(&self, q: f64) -> f64 {
        match *self {
            Self::Constant { length } => length,
            Self::Uniform { low, high } => high - q * (high - low),
            // Adding zero turns the −0 of q = 1 into 0.
            Self::Exponential { rate } => 0.0 - libm::log(q) / rate,
            Self::Pareto { least, alpha } => least * libm::pow(q, -1.0 / alpha),
        }
    }

    /// Where the density jumps, in ms, and whether a single length there has a probability of its
    /// own.
    fn edges(&self) -> Vec<(f64, bool)> {
        match *self {
            Self::Constant { length } => vec![(length, true)],
            Self::Uniform { low, high } if low < high => vec![(low, false), (high, false)],
            Self::Uniform { low, .. } => vec![(low, true)],
            Self::Exponential { .. } => vec![(0.0, false)],
            Self::Pareto { least, .. } => vec![(least, false)],
        }
    }
}

/// A length of time as a distribution: a mixture of shapes, each with its weight, and a constant
/// shift on top.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Delay {
    parts: Vec<(f64, Shape)>,
    shift: f64,
}

impl Delay {
    /// A distribution of one shape.
    pub fn of(shape: Shape) -> Self {
        Self::mixture(&[(1.0, shape)])
    }

    /// One of several shapes, chosen anew each time; the weights need not sum to 1.
    ///
    /// Parameters out of range are [tidied](Shape::tidied); a weight that is negative or not a
    /// number counts as 0; where no weight is left, the delay is always 0.
    pub fn mixture(parts: &[(f64, Shape)]) -> Self {
        let weighed: Vec<(f64, Shape)> = parts
            .iter()
            .map(|(weight, shape)| (within(*weight, 0.0, 1e9), shape.tidied()))
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        let total: f64 = weighed.iter().map(|(weight, _)| weight).sum();
        let mut parts: Vec<(f64, Shape)> = weighed
            .into_iter()
            .map(|(weight, shape)| (weight / total, shape))
            .collect();
        if parts.is_empty() {
            parts.push((1.0, Shape::Constant { length: 0.0 }));
        }
        Self { parts, shift: 0.0 }
    }

    /// Longer by `shift` ms, 0 to [`LONGEST`], on top of any shift that it has.
    #[must_use]
    pub fn shifted(mut self, shift: f64) -> Self {
        self.shift = within(self.shift + shift, 0.0, LONGEST);
        self
    }

    /// The shapes with their weights, which sum to 1.
    pub fn parts(&self) -> &[(f64, Shape)] {
        &self.parts
    }

    /// What is added to every delay, in ms.
    pub const fn shift(&self) -> f64 {
        self.shift
    }

    /// P(X > x), for x in ms.
    pub fn above(&self, x: f64) -> f64 {
        self.unshifted_above(x - self.shift)
    }

    /// P(X ≤ x), for x in ms: the cumulative distribution function.
    pub fn cdf(&self, x: f64) -> f64 {
        1.0 - self.above(x)
    }

    /// The shortest length, in ms, that is exceeded with probability `q` or less. Below 10⁻¹⁸ and
    /// above 1, `q` counts as those.
    ///
    /// Of one shape it is the formula; of a mixture, bisection between the shortest and the longest
    /// of the parts' own quantiles, to a relative error of 10⁻¹².
    pub fn upper_quantile(&self, q: f64) -> f64 {
        let q = within(q, 1e-18, 1.0);
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        for (_, shape) in &self.parts {
            let x = shape.upper_quantile(q);
            low = low.min(x);
            high = high.max(x);
        }
        if q >= 1.0 {
            return low + self.shift;
        }
        self.between(low, high, q) + self.shift
    }

    /// The p-quantile in ms: the shortest length that is not exceeded with probability `p`.
    pub fn quantile(&self, p: f64) -> f64 {
        self.upper_quantile(1.0 - p)
    }

    /// A delay in ms, by the exact inverse. Draws one number, whatever the distribution.
    pub fn sample(&self, random: &mut Random) -> f64 {
        self.upper_quantile(1.0 - random.unit())
    }

    /// A delay, rounded to the microsecond. Draws one number, whatever the distribution.
    pub fn sample_micros(&self, random: &mut Random) -> Micros {
        micros(self.sample(random))
    }

    /// The upper probabilities, from high to low and each in (0, 1), at which the quantile function
    /// has a bend or a jump.
    pub fn bends(&self) -> Vec<f64> {
        let mut bends: Vec<f64> = Vec::new();
        for (_, shape) in &self.parts {
            for (x, atom) in shape.edges() {
                let q = self.unshifted_above(x);
                bends.push(q);
                if atom {
                    bends.push(q + self.weight_at(x));
                }
            }
        }
        bends.retain(|q| *q > 0.0 && *q < 1.0);
        bends.sort_by(|a, b| b.total_cmp(a));
        bends.dedup();
        bends
    }

    fn unshifted_above(&self, x: f64) -> f64 {
        self.parts
            .iter()
            .map(|(weight, shape)| weight * shape.above(x))
            .sum()
    }

    /// The probability of exactly this length, before the shift.
    fn weight_at(&self, x: f64) -> f64 {
        self.parts
            .iter()
            .filter(|(_, shape)| shape.edges().contains(&(x, true)))
            .map(|(weight, _)| weight)
            .sum()
    }

    /// Bisection on the bits of the floating-point numbers, which are in order for numbers that are
    /// not negative: it halves the relative distance, so that a bracket over many powers of ten
    /// takes no longer. `high` is exceeded with probability `q` at most, and stays so.
    fn between(&self, low: f64, high: f64, q: f64) -> f64 {
        const CLOSE: u64 = 1 << 12;
        let (mut low, mut high) = (low.to_bits(), high.to_bits());
        while high.saturating_sub(low) > CLOSE {
            let middle = low.midpoint(high);
            if self.unshifted_above(f64::from_bits(middle)) > q {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::from_bits(high)
    }
}

/// Milliseconds to the nearest microsecond; 0 for what is negative or not a number.
pub fn micros(millis: f64) -> Micros {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, so that no length can overflow"
    )]
    let whole = libm::round(millis * 1_000.0) as u64;
    Micros(whole)
}

/// The nearest value from `low` to `high`; `low` for what is not a number.
pub(super) const fn within(value: f64, low: f64, high: f64) -> f64 {
    if value > low { value.min(high) } else { low }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPONENTIAL: Shape = Shape::Exponential { rate: 0.5 };
    const PARETO: Shape = Shape::Pareto {
        least: 2.0,
        alpha: 3.0,
    };
    const UNIFORM: Shape = Shape::Uniform {
        low: 1.0,
        high: 5.0,
    };

    fn check_quantile(delay: &Delay, p: f64, expected: f64) {
        let found = delay.quantile(p);
        assert!(
            (found - expected).abs() <= 1e-11 * expected.max(1.0),
            "{delay:?} at {p}: {found}, expected {expected}"
        );
    }

    #[test]
    fn each_shape_has_the_quantiles_of_its_formula() {
        check_quantile(&Delay::of(EXPONENTIAL), 0.5, 2.0 * libm::log(2.0));
        check_quantile(&Delay::of(PARETO), 0.999, 20.0);
        check_quantile(&Delay::of(UNIFORM), 0.25, 2.0);
        check_quantile(&Delay::of(Shape::Constant { length: 7.0 }), 0.3, 7.0);
        check_quantile(&Delay::of(PARETO).shifted(75.0), 0.999, 95.0);
    }

    #[test]
    fn the_cdf_of_a_quantile_is_its_probability() {
        let mixture = Delay::mixture(&[(2.0, EXPONENTIAL), (1.0, PARETO), (1.0, UNIFORM)]);
        for p in [0.001, 0.1, 0.5, 0.9, 0.999, 0.99999] {
            let back = mixture.cdf(mixture.quantile(p));
            assert!((back - p).abs() < 1e-12, "{p} came back as {back}");
        }
    }

    #[test]
    fn a_constant_part_takes_its_whole_share_of_the_probabilities() {
        let delay = Delay::mixture(&[
            (0.5, Shape::Constant { length: 3.0 }),
            (
                0.5,
                Shape::Uniform {
                    low: 0.0,
                    high: 4.0,
                },
            ),
        ]);
        // Below 3 ms lie 3/8, at 3 ms another half.
        check_quantile(&delay, 0.375 - 1e-9, 3.0 - 8e-9);
        check_quantile(&delay, 0.4, 3.0);
        check_quantile(&delay, 0.874, 3.0);
        check_quantile(&delay, 0.9375, 3.5);
        assert_eq!(delay.bends(), [0.625, 0.125]);
    }

    #[test]
    fn what_makes_no_sense_becomes_the_nearest_that_does() {
        let nowhere = Delay::mixture(&[(-1.0, PARETO), (f64::NAN, UNIFORM)]);
        check_quantile(&nowhere, 0.9, 0.0);
        let backwards = Shape::Uniform {
            low: 5.0,
            high: 1.0,
        };
        check_quantile(&Delay::of(backwards), 0.9, 5.0);
        let endless = Delay::of(Shape::Exponential { rate: f64::NAN });
        assert!(endless.quantile(0.999).is_finite());
        let wild = Shape::Pareto {
            least: f64::INFINITY,
            alpha: -3.0,
        };
        assert!(Delay::of(wild).upper_quantile(0.0).is_finite());
        assert_eq!(micros(f64::NAN), Micros::ZERO);
    }

    #[test]
    fn a_sample_in_microseconds_is_the_sample_rounded() {
        let delay = Delay::of(EXPONENTIAL);
        let (mut one, mut other) = (Random::from_seed(5), Random::from_seed(5));
        for _ in 0..100 {
            assert_eq!(
                delay.sample_micros(&mut one),
                micros(delay.sample(&mut other))
            );
        }
    }
}
