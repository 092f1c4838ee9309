//! MurmurHash3 (Appleby 2011), all three variants, as in `MurmurHash3.cpp` of SMHasher.

/// `MurmurHash3_x86_32`: 32 bits, made for 32-bit machines.
pub fn x86_32(bytes: &[u8], seed: u32) -> u32 {
    const C1: u32 = 0xCC9E_2D51;
    const C2: u32 = 0x1B87_3593;
    let scramble = |k: u32| k.wrapping_mul(C1).rotate_left(15).wrapping_mul(C2);

    let (blocks, tail) = bytes.as_chunks::<4>();
    let mut hash = seed;
    for block in blocks {
        hash ^= scramble(u32::from_le_bytes(*block));
        hash = hash
            .rotate_left(13)
            .wrapping_mul(5)
            .wrapping_add(0xE654_6B64);
    }
    let [last] = words_32(tail);
    fmix32(hash ^ scramble(last) ^ length_32(bytes))
}

/// `MurmurHash3_x86_128`: 128 bits as four words, made for 32-bit machines.
pub fn x86_128(bytes: &[u8], seed: u32) -> [u32; 4] {
    const C: [u32; 4] = [0x239B_961B, 0xAB0E_9789, 0x38B3_4AE5, 0xA1E3_8B93];
    const TURN: [u32; 4] = [15, 16, 17, 18];
    const STEP: [u32; 4] = [19, 17, 15, 13];
    const ADD: [u32; 4] = [0x561C_CD1B, 0x0BCA_A747, 0x96CD_1C35, 0x32AC_3B17];
    let scramble = |k: u32, i: usize| {
        k.wrapping_mul(C[i])
            .rotate_left(TURN[i])
            .wrapping_mul(C[(i + 1) % 4])
    };

    let (blocks, tail) = bytes.as_chunks::<16>();
    let mut hash = [seed; 4];
    for block in blocks {
        for (i, k) in words_32::<4>(block).into_iter().enumerate() {
            hash[i] ^= scramble(k, i);
            hash[i] = hash[i].rotate_left(STEP[i]).wrapping_add(hash[(i + 1) % 4]);
            hash[i] = hash[i].wrapping_mul(5).wrapping_add(ADD[i]);
        }
    }
    for (i, k) in words_32::<4>(tail).into_iter().enumerate() {
        hash[i] ^= scramble(k, i) ^ length_32(bytes);
    }
    add_to_each_other_32(&mut hash);
    hash = hash.map(fmix32);
    add_to_each_other_32(&mut hash);
    hash
}

/// `MurmurHash3_x64_128`: 128 bits as two words, made for 64-bit machines.
pub fn x64_128(bytes: &[u8], seed: u32) -> [u64; 2] {
    const C1: u64 = 0x87C3_7B91_1142_53D5;
    const C2: u64 = 0x4CF5_AD43_2745_937F;
    let first = |k: u64| k.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2);
    let second = |k: u64| k.wrapping_mul(C2).rotate_left(33).wrapping_mul(C1);

    let (blocks, tail) = bytes.as_chunks::<16>();
    let [mut h1, mut h2] = [u64::from(seed); 2];
    for block in blocks {
        let [k1, k2] = words_64(block);
        h1 = (h1 ^ first(k1)).rotate_left(27).wrapping_add(h2);
        h1 = h1.wrapping_mul(5).wrapping_add(0x52DC_E729);
        h2 = (h2 ^ second(k2)).rotate_left(31).wrapping_add(h1);
        h2 = h2.wrapping_mul(5).wrapping_add(0x3849_5AB5);
    }
    let [k1, k2] = words_64(tail);
    let length = bytes.len() as u64;
    h1 ^= first(k1) ^ length;
    h2 ^= second(k2) ^ length;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = fmix64(h1);
    h2 = fmix64(h2);
    h1 = h1.wrapping_add(h2);
    [h1, h2.wrapping_add(h1)]
}

/// The 32-bit finaliser: every bit of the input reaches every bit of the output.
fn fmix32(h: u32) -> u32 {
    let h = (h ^ (h >> 16)).wrapping_mul(0x85EB_CA6B);
    let h = (h ^ (h >> 13)).wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 16)
}

/// The 64-bit finaliser.
fn fmix64(h: u64) -> u64 {
    let h = (h ^ (h >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    let h = (h ^ (h >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    h ^ (h >> 33)
}

/// The first word becomes the sum of all, and is then added to each of the others.
fn add_to_each_other_32(hash: &mut [u32; 4]) {
    hash[0] = hash.iter().fold(0, |sum, word| sum.wrapping_add(*word));
    for i in 1..4 {
        hash[i] = hash[i].wrapping_add(hash[0]);
    }
}

/// Bytes as little-endian words; missing ones are 0, and a word of 0 changes no hash.
fn words_32<const N: usize>(bytes: &[u8]) -> [u32; N] {
    let mut words = [0; N];
    for (i, byte) in bytes.iter().enumerate() {
        words[i / 4] |= u32::from(*byte) << (8 * (i % 4));
    }
    words
}

/// As [`words_32`], in words of 64 bits.
fn words_64(bytes: &[u8]) -> [u64; 2] {
    let mut words = [0; 2];
    for (i, byte) in bytes.iter().enumerate() {
        words[i / 8] |= u64::from(*byte) << (8 * (i % 8));
    }
    words
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the source takes the length modulo 2^32 as well"
)]
fn length_32(bytes: &[u8]) -> u32 {
    bytes.len() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOX: &[u8] = b"The quick brown fox jumps over the lazy dog";

    /// SMHasher's `VerificationTest`: keys 0, 01, 012, … of 0 to 255 bytes under seed 256 − length,
    /// their hashes one after the other hashed under seed 0, the first four bytes of that.
    fn check(hash: impl Fn(&[u8], u32) -> Vec<u8>, expected: u32) {
        let key: Vec<u8> = (0..=255).collect();
        let hashes: Vec<u8> = (0..256_usize)
            .flat_map(|n| hash(&key[..n], 256 - u32::try_from(n).unwrap()))
            .collect();
        let last = hash(&hashes, 0);
        let found = u32::from_le_bytes(last[..4].try_into().unwrap());
        assert_eq!(found, expected, "{found:#x} is not {expected:#x}");
    }

    #[test]
    fn x86_32_has_the_verification_value_of_smhasher() {
        check(|b, s| x86_32(b, s).to_le_bytes().to_vec(), 0xB0F5_7EE3);
    }

    #[test]
    fn x86_128_has_the_verification_value_of_smhasher() {
        check(
            |b, s| x86_128(b, s).iter().flat_map(|w| w.to_le_bytes()).collect(),
            0xB3EC_E62A,
        );
    }

    #[test]
    fn x64_128_has_the_verification_value_of_smhasher() {
        check(
            |b, s| x64_128(b, s).iter().flat_map(|w| w.to_le_bytes()).collect(),
            0x6384_BA69,
        );
    }

    #[test]
    fn x86_32_gives_the_published_vectors() {
        assert_eq!(x86_32(b"", 0), 0);
        assert_eq!(x86_32(b"", 1), 0x514E_28B7);
        assert_eq!(x86_32(b"", u32::MAX), 0x81F1_6F39);
        assert_eq!(x86_32(b"test", 0), 0xBA6B_D213);
        assert_eq!(x86_32(FOX, 0), 0x2E4F_F723);
        assert_eq!(x86_32(FOX, 0x9747_B28C), 0x2FA8_26CD);
    }

    #[test]
    fn x64_128_gives_the_published_vector() {
        assert_eq!(
            x64_128(FOX, 0),
            [0xE34B_BC7B_BC07_1B6C, 0x7A43_3CA9_C49A_9347]
        );
    }
}
