//! What the numbers of many runs come to.

use serde::Serialize;

/// The quantiles that are given, in thousandths, with their names.
pub const QUANTILES: [(u64, &str); 4] = [(500, "p50"), (950, "p95"), (990, "p99"), (999, "p99.9")];

/// The numbers of many runs, summed up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// How many runs gave a number.
    pub count: u64,
    /// Their mean.
    pub mean: f64,
    /// The mean's standard error: the standard deviation (with n − 1) divided by √n. Nothing for
    /// a single run.
    pub standard_error: Option<f64>,
    /// The smallest.
    pub min: i64,
    /// One for each of [`QUANTILES`].
    pub quantiles: Vec<Quantile>,
    /// The largest.
    pub max: i64,
}

/// A quantile of the numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quantile {
    /// Its name, one of [`QUANTILES`].
    pub name: &'static str,
    /// The smallest number that at least so many of the numbers do not exceed (nearest rank).
    pub value: i64,
    /// The lower end of its 95 % confidence interval; nothing if so few runs leave it open.
    pub low: Option<i64>,
    /// The upper end, likewise.
    pub high: Option<i64>,
}

/// Sums numbers up; nothing if there are none.
pub fn summary(mut numbers: Vec<i64>) -> Option<Summary> {
    numbers.sort_unstable();
    let (min, max) = (*numbers.first()?, *numbers.last()?);
    let count = u64::try_from(numbers.len()).ok()?;
    let sum: i128 = numbers.iter().map(|number| i128::from(*number)).sum();
    let mean = sum as f64 / count as f64;
    let squares: f64 = numbers
        .iter()
        .map(|number| (*number as f64 - mean) * (*number as f64 - mean))
        .sum();
    let further = (count - 1) as f64;
    let standard_error = (count > 1).then(|| libm::sqrt(squares / further / count as f64));
    let at = |rank: u64| {
        let place = usize::try_from(rank.checked_sub(1)?).ok()?;
        numbers.get(place).copied()
    };
    let quantiles = QUANTILES.iter().filter_map(|(thousandths, name)| {
        let (low, high) = ranks(count, *thousandths);
        Some(Quantile {
            name,
            value: at((count * thousandths).div_ceil(1_000))?,
            low: low.and_then(at),
            high: high.and_then(at),
        })
    });
    Some(Summary {
        count,
        mean,
        standard_error,
        min,
        quantiles: quantiles.collect(),
        max,
    })
}

/// The ranks, counted from 1, of the numbers between which a quantile lies with at least 95 %
/// confidence, whatever the distribution (David and Nagaraja, *Order Statistics*, 3rd edition,
/// section 7.1): how many of `count` numbers lie below the quantile is binomial, and each end
/// leaves at most 2.5 %.
fn ranks(count: u64, thousandths: u64) -> (Option<u64>, Option<u64>) {
    let (n, p) = (count as f64, thousandths as f64 / 1_000.0);
    // Beyond ten standard deviations there is nothing left to add up.
    let middle = count * thousandths / 1_000;
    let reach = whole(10.0 * libm::sqrt(n * p * (1.0 - p))) + 10;
    let from = middle.saturating_sub(reach);
    let until = middle.saturating_add(reach).min(count);
    let logarithm = |k: f64| {
        libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)
            + k * libm::log(p)
            + (n - k) * libm::log(1.0 - p)
    };
    let (mut low, mut high, mut below) = (None, None, 0.0);
    for k in from..=until {
        below += libm::exp(logarithm(k as f64));
        if below <= 0.025 {
            low = Some(k + 1);
        }
        if below >= 0.975 && k < count {
            high = Some(k + 1);
            break;
        }
    }
    (low, high)
}

/// The next whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a standard deviation of at most a million numbers is neither negative nor large"
)]
fn whole(length: f64) -> u64 {
    libm::ceil(length) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_summed_up() {
        let summary = summary(vec![4, 1, 3, 2]).unwrap();
        assert_eq!((summary.count, summary.mean), (4, 2.5));
        // The variance is 5/3.
        let error = summary.standard_error.unwrap();
        assert!((error - libm::sqrt(5.0 / 12.0)).abs() < 1e-12, "{error}");
        assert_eq!((summary.min, summary.max), (1, 4));
        let values: Vec<i64> = summary.quantiles.iter().map(|q| q.value).collect();
        assert_eq!(values, [2, 4, 4, 4]);
    }

    #[test]
    fn one_number_has_no_error_and_none_has_no_summary() {
        assert_eq!(summary(vec![7]).unwrap().standard_error, None);
        assert_eq!(summary(Vec::new()), None);
    }

    /// The ranks are those of the published tables for the median: 40 and 61 of 100, 2 and 9 of 10.
    #[test]
    fn a_quantile_lies_between_the_ranks_of_the_binomial_distribution() {
        assert_eq!(ranks(100, 500), (Some(40), Some(61)));
        assert_eq!(ranks(10, 500), (Some(2), Some(9)));
    }

    #[test]
    fn too_few_numbers_leave_an_interval_open() {
        // 0.5^5 is more than 2.5 %.
        assert_eq!(ranks(5, 500), (None, None));
        // 0.999^3688 is the first power of 0.999 below 2.5 %.
        assert_eq!(ranks(3_687, 999).1, None);
        assert_eq!(ranks(3_688, 999).1, Some(3_688));
    }

    #[test]
    fn the_ranks_of_very_many_numbers_are_those_of_the_normal_distribution() {
        // 500,000 ± 1.96 · 500, to the next whole rank.
        assert_eq!(ranks(1_000_000, 500), (Some(499_020), Some(500_981)));
    }
}
