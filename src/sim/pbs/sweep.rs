//! How the paper's authors measured t-visibility, and why it comes out too short.
//!
//! Their program (`Simulator.java`, mode `SWEEP`, and the scripts around it) goes through moments t
//! one step after the other, runs fresh trials at each, and takes the first t at which the level is
//! reached. Each point has sampling noise, and the first point that is lucky ends the sweep, so the
//! result lies below the true quantile: the finer the steps and the flatter the curve, the more.
//!
//! How many reads of a point are stale is binomial. Where a sweep stops therefore follows from the
//! curve, without another trial: it stops at a point if it stopped at none before it, and the
//! binomial's lower tail says that this point is lucky.

use serde::Serialize;

use super::estimate::Estimate;
use super::histogram::Summed;

/// A sweep over moments after the commit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sweep {
    /// The first point, in ms.
    pub start: f64,
    /// From point to point, in ms; at least 10⁻³.
    pub step: f64,
    /// How many points at most, 1 to 100,000.
    pub points: u32,
    /// How many trials at each point.
    pub trials: u32,
}

impl Sweep {
    /// Where the sweep stops: the median, and the ends of the 95 % between which it lies. `needed`
    /// are the needed delays of all trials, `level` the share of consistent reads, in [0, 1].
    /// Infinite where it reaches its last point unsuccessfully too often.
    pub fn stops_at(&self, needed: &Summed, level: f64) -> Estimate {
        let total = needed.total().max(1) as f64;
        let trials = f64::from(self.trials.max(1));
        // A little more than the product, which may come out just below the whole number meant.
        let allowed = (trials * (1.0 - level.clamp(0.0, 1.0)) + 1e-6).floor();
        let mut stops = Estimate {
            value: f64::INFINITY,
            low: f64::INFINITY,
            high: f64::INFINITY,
        };
        let mut going = 1.0;
        for point in 0..self.points.clamp(1, 100_000) {
            let t = self.start.max(0.0) + f64::from(point) * self.step.max(1e-3);
            let stale = 1.0 - needed.at_most(t) / total;
            going *= 1.0 - at_most(allowed, trials, stale.clamp(0.0, 1.0));
            for (end, share) in [
                (&mut stops.low, 0.975),
                (&mut stops.value, 0.5),
                (&mut stops.high, 0.025),
            ] {
                if going <= share && end.is_infinite() {
                    *end = t;
                }
            }
            if stops.high.is_finite() {
                break;
            }
        }
        stops
    }
}

/// P(at most `most` of `trials` with probability `p` each). Summed from `most` away from the mean,
/// where the terms fall, until they no longer count.
fn at_most(most: f64, trials: f64, p: f64) -> f64 {
    if p <= 0.0 || most >= trials {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    let odds = p / (1.0 - p);
    let downwards = most < trials * p;
    let mut k = if downwards { most } else { most + 1.0 };
    let mut term =
        libm::exp(log_ways(trials, k) + k * libm::log(p) + (trials - k) * libm::log1p(-p));
    let mut sum = 0.0;
    while term > sum * 1e-17 {
        sum += term;
        if downwards {
            term *= k / ((trials - k + 1.0) * odds);
            k -= 1.0;
        } else {
            term *= (trials - k) / (k + 1.0) * odds;
            k += 1.0;
        }
    }
    if downwards { sum } else { 1.0 - sum }
}

/// The logarithm of C(n, k).
fn log_ways(n: f64, k: f64) -> f64 {
    libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::pbs::histogram::Histogram;

    #[test]
    fn the_binomials_lower_tail_is_right() {
        // Of 4 with probability 1/2: 1, 4, 6, 4, 1 of 16.
        for (most, expected) in [(0.0, 1.0), (1.0, 5.0), (2.0, 11.0), (4.0, 16.0)] {
            let found = at_most(most, 4.0, 0.5);
            assert!((found - expected / 16.0).abs() < 1e-12, "{most}: {found}");
        }
        // Far more than floating point could multiply out: half of the trials, give or take one.
        let middle = at_most(500_000.0, 1e6, 0.5);
        assert!((middle - 0.5004).abs() < 1e-5, "{middle}");
    }

    #[test]
    fn a_sweep_stops_too_early_and_with_more_trials_less_so() {
        let mut histogram = Histogram::default();
        for i in 0..100_000_u32 {
            let q = (f64::from(i) + 0.5) / 100_000.0;
            histogram.add(-10.0 * libm::log(q), u64::from(i));
        }
        let needed = histogram.summed();
        let truth = needed.quantile(0.99).unwrap().value;
        let stop = |trials| {
            let sweep = Sweep {
                start: 0.0,
                step: 0.1,
                points: 10_000,
                trials,
            };
            sweep.stops_at(&needed, 0.99).value
        };
        assert!(stop(1_000) < stop(100_000) && stop(100_000) < truth);
        assert!(
            stop(10_000_000) > truth - 0.2,
            "{} of {truth}",
            stop(10_000_000)
        );
    }

    #[test]
    fn a_sweep_that_ends_before_the_level_stops_nowhere() {
        let mut histogram = Histogram::default();
        histogram.add(1e6, 0);
        let sweep = Sweep {
            start: 0.0,
            step: 1.0,
            points: 5,
            trials: 1_000,
        };
        assert!(
            sweep
                .stops_at(&histogram.summed(), 0.999)
                .value
                .is_infinite()
        );
    }
}
