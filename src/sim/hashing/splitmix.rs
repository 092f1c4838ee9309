//! SplitMix64 (Steele, Lea and Flood 2014): a fast hash for whole numbers.
//!
//! The mixer is variant 13 of Stafford's, as in Vigna's `splitmix64.c`. It maps 64 bits one to one.

/// 2⁶⁴ divided by the golden ratio, made odd.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// The mixer alone (the finaliser). 0 stays 0; [`nth`] has no such point.
pub fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// The `n`-th number, counted from 0, of the generator with this seed: a hash of `n`.
pub fn nth(seed: u64, n: u64) -> u64 {
    mix(seed.wrapping_add(n.wrapping_add(1).wrapping_mul(GAMMA)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        let first: Vec<u64> = (0..5).map(|n| nth(1_234_567, n)).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn no_number_of_a_stream_is_left_unmixed() {
        assert_eq!(mix(0), 0);
        assert_ne!(nth(0, 0), 0);
    }
}
