//! Random numbers that are the same on every machine and in every edition.
//!
//! The generator is named (xoshiro256++) and what is drawn from it is computed here, in 64-bit
//! whole numbers and `libm`: a link must give the same run in ten years, and `rand` does not
//! promise that its ranges and distributions stay as they are.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::time::Micros;

/// A stream of random numbers. A clone goes on with the same numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random(Xoshiro256PlusPlus);

impl Random {
    /// The stream that belongs to a seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// One of many streams that belong to a seed: a world gives each purpose its own, so that one
    /// more message does not change everything drawn after it.
    pub fn stream(seed: u64, purpose: u64) -> Self {
        let mut mixer = Self::from_seed(seed);
        Self::from_seed(mixer.next_u64() ^ purpose.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A whole number from 0 to `bound − 1`, each as likely (Lemire 2019); 0 when `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        let unfair = if bound == 0 {
            return 0;
        } else {
            bound.wrapping_neg() % bound
        };
        loop {
            let (high, low) = product(self.next_u64(), bound);
            if low >= unfair {
                return high;
            }
        }
    }

    /// A whole number from `low` to `high`, both included; `low` when `high` is not above it.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        if high <= low {
            return low;
        }
        match high.abs_diff(low).checked_add(1) {
            Some(choices) => low.wrapping_add_unsigned(self.below(choices)),
            None => self.next_u64().cast_signed(),
        }
    }

    /// True in `percent` of 100 cases. Draws one number whatever the percentage.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.below(100).cast_signed() < percent
    }

    /// A number in [0, 1) with 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// An exponentially distributed length of time, rounded to the microsecond.
    pub fn exponential(&mut self, mean: Micros) -> Micros {
        let length = -libm::log(1.0 - self.unit()) * mean.0 as f64;
        Micros(whole(length))
    }
}

/// The upper and the lower half of a product.
#[allow(
    clippy::cast_possible_truncation,
    reason = "each cast keeps the half that it is for"
)]
fn product(a: u64, b: u64) -> (u64, u64) {
    let product = u128::from(a) * u128::from(b);
    ((product >> 64) as u64, product as u64)
}

/// The nearest whole number; `as` saturates, so that no length can overflow.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the argument is not negative, and too large a one saturates"
)]
fn whole(length: f64) -> u64 {
    libm::round(length) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut random = Random::from_seed(7);
        let drawn: Vec<u64> = (0..4).map(|_| random.below(1_000)).collect();
        assert_eq!(drawn, [55, 172, 717, 427]);
    }

    #[test]
    fn an_exponential_length_has_its_mean() {
        let mut random = Random::from_seed(1);
        let total: u64 = (0..20_000)
            .map(|_| random.exponential(Micros::from_millis(30)).0)
            .sum();
        let mean = total / 20_000;
        assert!(
            (29_100..30_900).contains(&mean),
            "mean {mean} µs, four standard errors are 850 µs"
        );
    }

    #[test]
    fn both_ends_of_a_range_are_drawn_and_nothing_beyond() {
        let mut random = Random::from_seed(3);
        let drawn: Vec<i64> = (0..200).map(|_| random.between(-2, 2)).collect();
        assert_eq!(
            (drawn.iter().min(), drawn.iter().max()),
            (Some(&-2), Some(&2))
        );
        assert_eq!(random.between(5, 5), 5);
        let _any = random.between(i64::MIN, i64::MAX);
    }
}
