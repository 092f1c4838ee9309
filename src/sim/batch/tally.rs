//! How often each whole number came out, and what follows from it: mean, quantiles, and how sure
//! they are.

use std::collections::BTreeMap;

use super::figures::Mark;

/// Whole numbers with how often each came out, and the first seed that gave it. What it holds does
/// not depend on the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tally {
    values: BTreeMap<i64, (u64, u64)>,
    count: u64,
}

impl Tally {
    /// Counts a number that this seed gave.
    pub(super) fn add(&mut self, value: i64, seed: u64) {
        let (count, first) = self.values.entry(value).or_insert((0, seed));
        *count += 1;
        *first = (*first).min(seed);
        self.count += 1;
    }

    /// How many numbers were counted.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The numbers from small to large: each with how often it came out and its first seed.
    pub(super) fn iter(&self) -> impl Iterator<Item = (i64, u64, u64)> + '_ {
        self.values
            .iter()
            .map(|(value, (count, seed))| (*value, *count, *seed))
    }

    /// The smallest and the largest number.
    pub(super) fn ends(&self) -> Option<(i64, i64)> {
        let (low, _) = self.values.first_key_value()?;
        let (high, _) = self.values.last_key_value()?;
        Some((*low, *high))
    }

    /// The mean, and its standard error where there are two numbers or more.
    pub(super) fn mean(&self) -> Option<(f64, Option<f64>)> {
        if self.count == 0 {
            return None;
        }
        let count = whole(self.count);
        let sum: f64 = self
            .iter()
            .map(|(v, times, _)| real(v) * whole(times))
            .sum();
        let mean = sum / count;
        let squares: f64 = self
            .iter()
            .map(|(v, times, _)| (real(v) - mean) * (real(v) - mean) * whole(times))
            .sum();
        let error = (self.count > 1).then(|| libm::sqrt(squares / (count - 1.0) / count));
        Some((mean, error))
    }

    /// The first seed of the number that is nearest to a value.
    pub(super) fn nearest(&self, to: f64) -> Option<u64> {
        let away = |value: i64| (real(value) - to).abs();
        self.iter()
            .min_by(|a, b| away(a.0).total_cmp(&away(b.0)))
            .map(|(_, _, seed)| seed)
    }

    /// The smallest number that is no smaller than that share of all (the nearest rank), with its
    /// first seed.
    pub(super) fn quantile(&self, share: f64) -> Option<(i64, u64)> {
        self.of_rank(rank(libm::ceil(whole(self.count) * share)).max(1))
    }

    /// A quantile with the 95 % confidence interval that order statistics give whatever the
    /// distribution (Conover, Practical Nonparametric Statistics, section 3.2): the ranks
    /// n·p ± 1.96 √(n·p·(1 − p)), rounded outwards. There is none where these are no ranks.
    /// Beside it the first seed that gives it.
    pub(super) fn mark(&self, name: &str, share: f64) -> Option<(Mark, u64)> {
        let (value, seed) = self.quantile(share)?;
        let count = whole(self.count);
        let spread = 1.96 * libm::sqrt(count * share * (1.0 - share));
        let low = self.of_rank(rank(libm::floor(count * share - spread)));
        let high = self.of_rank(rank(libm::ceil(count * share + spread) + 1.0));
        let mark = Mark {
            name: name.to_owned(),
            x: real(value),
            interval: low.zip(high).map(|(low, high)| (real(low.0), real(high.0))),
            run: None,
        };
        Some((mark, seed))
    }

    /// The number of that rank, from 1; none below and beyond.
    fn of_rank(&self, rank: u64) -> Option<(i64, u64)> {
        let mut passed = 0_u64;
        self.iter()
            .find(|(_, count, _)| {
                passed += count;
                passed >= rank
            })
            .filter(|_| rank > 0)
            .map(|(value, _, seed)| (value, seed))
    }
}

/// A whole number of the line as a rank; 0 for what is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from floating point goes to the nearest end"
)]
fn rank(value: f64) -> u64 {
    value as u64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a figure for a plot; beyond 2^53 it need not be exact"
)]
pub(super) fn real(value: i64) -> f64 {
    value as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a number of runs; nobody waits for 2^53 of them"
)]
fn whole(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(values: impl IntoIterator<Item = i64>) -> Tally {
        let mut tally = Tally::default();
        for (seed, value) in (0..).zip(values) {
            tally.add(value, seed);
        }
        tally
    }

    #[test]
    fn quantiles_are_those_of_the_nearest_rank() {
        // 1 to 100: the share p is at p · 100.
        let even = tally((1..=100).rev());
        for (share, value) in [(0.0, 1), (0.01, 1), (0.5, 50), (0.951, 96), (1.0, 100)] {
            assert_eq!(even.quantile(share).map(|(value, _)| value), Some(value));
        }
        assert_eq!(tally([7, 7, 7, 9]).quantile(0.75), Some((7, 0)));
        assert_eq!(tally([]).quantile(0.5), None);
    }

    #[test]
    fn the_mean_and_its_error_are_those_of_the_textbook() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sum of squares 32, error √(32 / 7 / 8).
        let (mean, error) = tally([2, 4, 4, 4, 5, 5, 7, 9]).mean().unwrap();
        assert!((mean - 5.0).abs() < 1e-12);
        assert!((error.unwrap() - libm::sqrt(32.0 / 56.0)).abs() < 1e-12);
    }

    #[test]
    fn one_number_has_a_mean_and_nothing_to_say_how_sure_it_is() {
        assert_eq!(tally([3]).mean(), Some((3.0, None)));
        assert_eq!(tally([]).mean(), None);
        assert_eq!(tally([3]).mark("median", 0.5).unwrap().0.interval, None);
    }

    #[test]
    fn the_interval_of_a_quantile_has_the_ranks_of_the_textbook() {
        // n = 100, p = 0.5: 50 ± 9.8 gives the ranks 40 and 61.
        let mark = tally(1..=100).mark("median", 0.5).unwrap().0;
        assert_eq!((mark.x, mark.interval), (50.0, Some((40.0, 61.0))));
        // n = 20, p = 0.95: rank 22 is none.
        assert_eq!(tally(1..=20).mark("95 %", 0.95).unwrap().0.interval, None);
    }

    #[test]
    fn the_first_seed_of_a_number_is_kept_in_whatever_order_they_come() {
        let mut one = Tally::default();
        one.add(5, 9);
        one.add(5, 3);
        assert_eq!(one.quantile(0.5), Some((5, 3)));
        assert_eq!(one.nearest(99.0), Some(3));
    }

    #[test]
    fn about_95_of_100_intervals_hold_the_true_median() {
        // Uniform on 0 to 9999, whose median is 4999.5. With 400 samples of 200 the share of
        // intervals that hold it is 0.95 or a little more, with a standard error of 0.011; four of
        // them on either side.
        let mut random = crate::sim::Random::from_seed(1);
        let held = (0..400)
            .filter(|_| {
                let sample = tally((0..200).map(|_| i64::try_from(random.below(10_000)).unwrap()));
                let (low, high) = sample.mark("median", 0.5).unwrap().0.interval.unwrap();
                low < 4_999.5 && 4_999.5 < high
            })
            .count();
        assert!((363..=398).contains(&held), "{held} of 400");
    }
}
