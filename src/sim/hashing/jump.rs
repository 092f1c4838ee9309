//! Jump consistent hash (Lamping and Veach 2014, "A Fast, Minimal Memory, Consistent Hash
//! Algorithm"): no table at all, but buckets can only come and go at the end of the list.

/// The bucket, 0 to `buckets − 1`, of a key; none when there are no buckets.
///
/// Figure 1 of the paper: the key jumps from the bucket it is in to the next that it would move to
/// as buckets are added, until that lies beyond the last.
pub fn bucket(key: u64, buckets: u32) -> Option<u32> {
    let mut key = key;
    let mut here = None;
    let mut next = 0;
    while next < u64::from(buckets) {
        here = u32::try_from(next).ok();
        key = key.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
        next = jump(next, key);
    }
    here
}

/// The node of a hash: nodes are buckets in the order given. Their weights do not count.
pub fn owner(hash: u64, nodes: &[u16]) -> Option<u16> {
    let bucket = bucket(hash, u32::try_from(nodes.len()).unwrap_or(u32::MAX))?;
    nodes.get(usize::try_from(bucket).ok()?).copied()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the paper rounds down; the product is not negative and below 2^63"
)]
fn jump(here: u64, random: u64) -> u64 {
    let step = (1_u64 << 31) as f64 / ((random >> 33) + 1) as f64;
    ((here + 1) as f64 * step) as u64
}

#[cfg(test)]
mod tests {
    use super::super::splitmix;
    use super::*;

    fn check(key: u64, buckets: u32, expected: u32) {
        assert_eq!(bucket(key, buckets), Some(expected));
    }

    #[test]
    fn keys_land_in_the_published_buckets() {
        check(10_863_919_174_838_991, 11, 6);
        check(2, 100_001, 80_343);
        check(42, 57, 43);
        check(3_735_883_980, 666, 361);
    }

    #[test]
    fn without_buckets_there_is_no_answer() {
        assert_eq!(bucket(1, 0), None);
        assert_eq!(owner(1, &[]), None);
    }

    #[test]
    fn keys_move_to_the_new_bucket_only_and_to_it_one_in_n_plus_one() {
        let keys = 100_000;
        for buckets in [1, 2, 10, 50] {
            let mut moved = 0;
            for key in (0..keys).map(|n| splitmix::nth(1, n)) {
                let (before, after) = (bucket(key, buckets), bucket(key, buckets + 1));
                if before != after {
                    moved += 1;
                    assert_eq!(after, Some(buckets));
                }
            }
            let share = f64::from(moved) / keys as f64;
            let expected = 1.0 / f64::from(buckets + 1);
            // Four standard errors of a share of 100,000 keys.
            let error = 4.0 * (expected * (1.0 - expected) / keys as f64).sqrt();
            assert!((share - expected).abs() < error, "{share} of {buckets}");
        }
    }
}
