//! The slot of a key in Redis Cluster: CRC16 of the key, or of its hash tag, modulo 16384.
//!
//! From the Redis Cluster specification, "Key distribution model" and "Hash tags"; the CRC is
//! CRC-16/XMODEM (polynomial 0x1021, from 0, not reflected).

/// The number of slots in a Redis Cluster.
pub const SLOTS: u16 = 16_384;

/// What each value of the upper byte adds to the rest.
const TABLE: [u16; 256] = table();

/// CRC-16/XMODEM.
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc: u16, byte| {
        let [upper, lower] = crc.to_be_bytes();
        u16::from_be_bytes([lower, 0]) ^ TABLE[usize::from(upper ^ byte)]
    })
}

/// The slot, 0 to 16383, that Redis Cluster keeps a key in.
pub fn slot(key: &[u8]) -> u16 {
    crc16(hash_tag(key)) % SLOTS
}

/// What of a key is hashed: what stands between the first `{` and the first `}` after it, if that
/// is not empty, so that keys with the same tag share a slot; otherwise the whole key.
pub fn hash_tag(key: &[u8]) -> &[u8] {
    let Some(open) = key.iter().position(|byte| *byte == b'{') else {
        return key;
    };
    let rest = &key[open + 1..];
    match rest.iter().position(|byte| *byte == b'}') {
        None | Some(0) => key,
        Some(close) => &rest[..close],
    }
}

const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut upper: u16 = 0;
    while upper < 256 {
        let mut crc = upper << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 == 0 {
                crc << 1
            } else {
                (crc << 1) ^ 0x1021
            };
            bit += 1;
        }
        table[upper as usize] = crc;
        upper += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, tag: &str) {
        assert_eq!(hash_tag(key.as_bytes()), tag.as_bytes(), "{key}");
    }

    #[test]
    fn the_check_word_has_the_specified_crc() {
        assert_eq!(crc16(b"123456789"), 0x31C3);
    }

    #[test]
    fn keys_have_the_documented_slots() {
        assert_eq!(slot(b"somekey"), 11_058);
        assert_eq!(slot(b"foo{hash_tag}"), 2_515);
        assert_eq!(slot(b"bar{hash_tag}"), 2_515);
    }

    #[test]
    fn a_tag_is_what_stands_between_the_first_braces() {
        check("{user1000}.following", "user1000");
        check("foo{bar}{zap}", "bar");
        check("foo{{bar}}zap", "{bar");
    }

    #[test]
    fn without_a_whole_tag_the_key_itself_is_hashed() {
        check("", "");
        check("foo{}{bar}", "foo{}{bar}");
        check("foo{bar", "foo{bar");
        check("foo}bar{", "foo}bar{");
    }
}
