//! k-staleness: how likely a read misses all of the last k versions, when each write and the read
//! go to quorums drawn at random (Bailis et al., VLDB 2012, section 3.1).

use super::estimate::{Estimate, share};
use crate::sim::Random;

/// The most replicas that are counted one by one.
const MOST_COUNTED: u32 = 32;

/// In how many of how many ways a read quorum of `r` of `n` replicas misses a write quorum of `w`:
/// C(n − w, r) of C(n, r), in whole numbers. `n` from 1 to 32, `r` and `w` from 1 to n, each taken
/// as the nearest value there.
pub fn missing(n: u32, r: u32, w: u32) -> (u64, u64) {
    let (n, r, w) = tidied(n, r, w);
    (choose(n - w, r), choose(n, r))
}

/// The probability that a read misses all of the last `k` versions:
/// (C(n − w, r) / C(n, r))^k. The arguments as of [`missing`]; of no version, 1.
pub fn missed_all(n: u32, r: u32, w: u32, k: u32) -> f64 {
    let (missing, all) = missing(n, r, w);
    libm::pow(missing as f64 / all as f64, f64::from(k))
}

/// The probability that a read gives one of the last `k` versions.
pub fn fresh_within(n: u32, r: u32, w: u32, k: u32) -> f64 {
    1.0 - missed_all(n, r, w, k)
}

/// The same as [`missed_all`], measured: in each trial the read draws its quorum, then each of the
/// `k` writes its own, as long as none has met the read's.
pub fn measured(n: u32, r: u32, w: u32, k: u32, trials: u32, random: &mut Random) -> Estimate {
    let (n, r, w) = tidied(n, r, w);
    let missed = (0..trials)
        .filter(|_| {
            let read = quorum(n, r, random);
            (0..k).all(|_| quorum(n, w, random) & read == 0)
        })
        .count();
    share(missed as f64, f64::from(trials))
}

/// `size` of `n` replicas at random, as bits (Floyd's algorithm, Bentley and Floyd 1987).
fn quorum(n: u32, size: u32, random: &mut Random) -> u64 {
    let mut chosen = 0_u64;
    for last in n - size..n {
        let one = 1 << random.below(u64::from(last) + 1);
        chosen |= if chosen & one == 0 { one } else { 1 << last };
    }
    chosen
}

/// C(n, k), for n up to 32; each product before a division is below 2⁶⁴.
fn choose(n: u32, k: u32) -> u64 {
    if k > n {
        return 0;
    }
    (0..u64::from(k)).fold(1, |ways, i| ways * (u64::from(n) - i) / (i + 1))
}

fn tidied(n: u32, r: u32, w: u32) -> (u32, u32, u32) {
    let n = n.clamp(1, MOST_COUNTED);
    (n, r.clamp(1, n), w.clamp(1, n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_fresh(k: u32, expected: f64) {
        let found = fresh_within(3, 1, 1, k);
        assert!((found - expected).abs() < 5e-4, "{k}: {found}");
    }

    #[test]
    fn one_replica_of_three_gives_the_papers_cells() {
        check_fresh(1, 0.333);
        check_fresh(2, 0.556);
        check_fresh(3, 0.704);
    }

    #[test]
    fn the_ways_are_counted_exactly() {
        assert_eq!(missing(3, 1, 1), (2, 3));
        assert_eq!(missing(5, 2, 2), (3, 10));
        assert_eq!(missing(7, 3, 3), (4, 35));
        assert_eq!(missing(32, 16, 16), (1, 601_080_390));
    }

    #[test]
    fn quorums_that_overlap_miss_nothing() {
        for n in 1..=7 {
            for r in 1..=n {
                for w in n - r + 1..=n {
                    assert_eq!(missing(n, r, w).0, 0, "n = {n}, r = {r}, w = {w}");
                }
            }
        }
    }

    #[test]
    fn random_quorums_miss_as_often_as_the_formula_says() {
        let mut random = Random::from_seed(11);
        for (n, r, w, k) in [(3, 1, 1, 1), (3, 1, 1, 3), (5, 2, 2, 2), (7, 2, 3, 1)] {
            let (exact, found) = (
                missed_all(n, r, w, k),
                measured(n, r, w, k, 50_000, &mut random),
            );
            let four_errors = 4.0 * (exact * (1.0 - exact) / 50_000.0).sqrt();
            assert!(
                (found.value - exact).abs() < four_errors,
                "{exact}: {found:?}"
            );
        }
    }

    #[test]
    fn a_quorum_has_its_size_and_only_replicas_that_exist() {
        let mut random = Random::from_seed(4);
        for (n, size) in [(1, 1), (7, 3), (7, 7), (32, 5)] {
            for _ in 0..100 {
                let chosen = quorum(n, size, &mut random);
                assert_eq!((chosen.count_ones(), chosen >> n), (size, 0));
            }
        }
    }

    #[test]
    fn sizes_out_of_range_become_the_nearest() {
        assert_eq!(missing(0, 0, 9), (0, 1));
        assert_eq!(missing(3, 0, 1), missing(3, 1, 1));
        assert!((missed_all(3, 1, 1, 0) - 1.0).abs() < f64::EPSILON);
    }
}
