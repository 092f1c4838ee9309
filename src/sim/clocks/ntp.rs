//! The Network Time Protocol's exchange (Mills; RFC 5905, section 8) and Marzullo's algorithm.

use serde::Serialize;

use super::physical::Reading;
use super::truetime::Interval;

/// The four timestamps of a question to a time server and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// The question leaves, by the client's clock.
    pub t0: Reading,
    /// The question arrives, by the server's clock.
    pub t1: Reading,
    /// The answer leaves, by the server's clock.
    pub t2: Reading,
    /// The answer arrives, by the client's clock.
    pub t3: Reading,
}

impl Exchange {
    /// How far the server's clock is ahead of the client's, by estimate, in microseconds:
    /// θ = ((t1 − t0) + (t2 − t3)) / 2, half a microsecond rounded towards zero. It is exact when
    /// both ways take equally long.
    pub const fn offset(&self) -> i64 {
        self.t1
            .since(self.t0)
            .saturating_add(self.t2.since(self.t3))
            / 2
    }

    /// How long question and answer were under way together, in microseconds:
    /// δ = (t3 − t0) − (t2 − t1). Negative if the client's clock was set back in between.
    pub const fn delay(&self) -> i64 {
        self.t3
            .since(self.t0)
            .saturating_sub(self.t2.since(self.t1))
    }

    /// The most by which the estimate can be wrong, in microseconds: δ/2, half a microsecond rounded
    /// up.
    ///
    /// θ and δ have the same parity, so with both roundings the promise stays exact. It speaks of the
    /// client's clock as it is at t3, with all it drifted since t0: with ways a and b and a drift D
    /// from t0 to t3, θ errs by (a − b + D)/2 and δ is a + b + D, so |error| ≤ δ/2 as long as
    /// D ≥ −a, that is, as long as the clock does not lose a whole one-way delay in one exchange.
    pub const fn bound(&self) -> i64 {
        let delay = self.delay();
        if delay > 0 { delay / 2 + delay % 2 } else { 0 }
    }
}

/// Marzullo's algorithm (1984): the smallest interval that lies in as many of the sources as
/// possible, the earliest if there are several. Nothing if there is no source.
pub fn marzullo(sources: &[Interval]) -> Option<Interval> {
    // An interval's beginning counts before another's end at the same point: they touch.
    let mut edges: Vec<(Reading, bool)> = sources
        .iter()
        .flat_map(|source| [(source.earliest, false), (source.latest, true)])
        .collect();
    edges.sort_unstable();
    let (mut inside, mut most, mut best) = (0_usize, 0_usize, None);
    for (index, (at, ends)) in edges.iter().enumerate() {
        if *ends {
            inside = inside.saturating_sub(1);
            continue;
        }
        inside += 1;
        if let Some((until, _)) = edges.get(index + 1).filter(|_| inside > most) {
            most = inside;
            best = Some(Interval {
                earliest: *at,
                latest: *until,
            });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_errs_by_half_the_difference_of_the_ways() {
        // 50 ms fast; 2 ms there, 1 ms at the server, 6 ms back.
        let exchange = Exchange {
            t0: Reading(50_000),
            t1: Reading(2_000),
            t2: Reading(3_000),
            t3: Reading(59_000),
        };
        assert_eq!(
            (exchange.offset(), exchange.delay(), exchange.bound()),
            (-52_000, 8_000, 4_000)
        );
    }

    #[test]
    fn marzullo_of_nothing_is_nothing_and_touching_sources_share_a_point() {
        let interval = |earliest, latest| Interval {
            earliest: Reading(earliest),
            latest: Reading(latest),
        };
        assert_eq!(marzullo(&[]), None);
        assert_eq!(
            marzullo(&[interval(1, 2), interval(2, 3)]),
            Some(interval(2, 2))
        );
        assert_eq!(
            marzullo(&[interval(1, 2), interval(5, 9)]),
            Some(interval(1, 2))
        );
    }
}
