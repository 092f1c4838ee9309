//! Estimates with their uncertainty: 95 % intervals for a share and for a quantile.

use serde::Serialize;

/// The normal distribution's 97.5 % quantile.
const Z: f64 = 1.959_963_984_540_054;

/// An estimate with a 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// What was measured.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// Its upper end; infinite where there are too few trials to have one.
    pub high: f64,
}

/// The share `hits / trials` with Wilson's interval (Wilson 1927), which stays inside [0, 1] and
/// keeps its width at 0 and 1. `hits` from 0 to `trials`; of no trials, 0 to 1 around 0.
pub fn share(hits: f64, trials: f64) -> Estimate {
    if trials <= 0.0 {
        return Estimate {
            value: 0.0,
            low: 0.0,
            high: 1.0,
        };
    }
    let p = (hits / trials).clamp(0.0, 1.0);
    let z2 = Z * Z / trials;
    let middle = (p + z2 / 2.0) / (1.0 + z2);
    let half = Z * (p * (1.0 - p) / trials + z2 / (4.0 * trials)).sqrt() / (1.0 + z2);
    Estimate {
        value: p,
        low: (middle - half).clamp(0.0, p),
        high: (middle + half).clamp(p, 1.0),
    }
}

/// Which of `count` sorted values are the p-quantile and the ends of its interval, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranks {
    /// The quantile itself: the smallest value that at least a share p does not exceed.
    pub at: u64,
    /// The lower end.
    pub low: u64,
    /// The upper end; nothing where no value is certain enough to lie above the quantile.
    pub high: Option<u64>,
}

/// The order statistics of the p-quantile: how many values lie below the true quantile is
/// binomial, so its normal approximation gives the ranks, whatever the distribution of the values.
/// Good from some ten values beyond the quantile on. `p` in [0, 1], `count` at least 1.
pub fn ranks(p: f64, count: u64) -> Ranks {
    let (p, n) = (p.clamp(0.0, 1.0), count as f64);
    let (expected, half) = (n * p, Z * (n * p * (1.0 - p)).sqrt());
    let high = rank(expected + half) + 1;
    Ranks {
        at: rank(expected.ceil()).clamp(1, count.max(1)),
        low: rank(expected - half).clamp(1, count.max(1)),
        high: (high <= count).then_some(high),
    }
}

/// The whole part; `as` saturates, and turns what is negative into 0.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a rank is the whole part of a number, and saturates"
)]
fn rank(value: f64) -> u64 {
    value as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_share(hits: f64, trials: f64, low: f64, high: f64) {
        let found = share(hits, trials);
        let near = |a: f64, b: f64| (a - b).abs() < 5e-5;
        assert!(near(found.low, low) && near(found.high, high), "{found:?}");
    }

    #[test]
    fn wilsons_interval_is_that_of_the_textbooks() {
        check_share(81.0, 263.0, 0.2553, 0.3662);
        check_share(0.0, 20.0, 0.0, 0.1611);
        check_share(10.0, 10.0, 0.7225, 1.0);
        check_share(0.0, 0.0, 0.0, 1.0);
    }

    #[test]
    fn the_medians_interval_of_a_hundred_values_is_from_the_40th_to_the_60th() {
        let expected = Ranks {
            at: 50,
            low: 40,
            high: Some(60),
        };
        assert_eq!(ranks(0.5, 100), expected);
    }

    #[test]
    fn too_few_values_give_no_upper_end() {
        assert_eq!(ranks(0.999, 1_000).high, None);
        assert_eq!(ranks(0.5, 1).at, 1);
        assert!(ranks(0.999, 10_000).high.is_some());
    }
}
