//! FNV-1a (Fowler, Noll and Vo; RFC 9923): a small hash for bytes, a byte at a time.

/// The 32-bit hash.
pub fn fnv1a_32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// The 64-bit hash.
pub fn fnv1a_64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, in_32_bits: u32, in_64_bits: u64) {
        assert_eq!(fnv1a_32(text.as_bytes()), in_32_bits, "{text:?}");
        assert_eq!(fnv1a_64(text.as_bytes()), in_64_bits, "{text:?}");
    }

    #[test]
    fn nothing_hashes_to_the_offset_basis() {
        check("", 0x811C_9DC5, 0xCBF2_9CE4_8422_2325);
    }

    #[test]
    fn texts_hash_to_the_authors_vectors() {
        check("a", 0xE40C_292C, 0xAF63_DC4C_8601_EC8C);
        check("foobar", 0xBF9C_F968, 0x8594_4171_F739_67E8);
    }
}
