//! Ketama (Jones 2007), point for point as in Last.fm's libketama: `libketama/ketama.c`.

use super::md5::md5;

/// A continuum of servers: many points for each on a circle of 32 bits.
#[derive(Clone, Debug)]
pub struct Continuum {
    servers: Vec<String>,
    /// Where each point is, in ascending order, and the index of its server.
    points: Vec<(u32, usize)>,
}

impl Continuum {
    /// The continuum of servers, each a name (`10.0.1.1:11211`) and its memory in any one unit.
    ///
    /// As `ketama_create_continuum` has it: `floor(share × 40 × servers)` digests of
    /// `name-0`, `name-1`, … with four points each. Servers without memory get no points, and a
    /// much smaller one than the rest may get none either.
    pub fn new(servers: &[(&str, u32)]) -> Self {
        let memory: u64 = servers.iter().map(|(_, memory)| u64::from(*memory)).sum();
        let mut points = Vec::new();
        for (index, (name, own)) in servers.iter().enumerate() {
            for k in 0..digests(*own, memory, servers.len()) {
                let digest = md5(format!("{name}-{k}").as_bytes());
                let four = digest.as_chunks::<4>().0;
                points.extend(four.iter().map(|bytes| (u32::from_le_bytes(*bytes), index)));
            }
        }
        // libketama's quicksort leaves points at the same place in any order; here the server
        // that was named first comes first.
        points.sort_unstable();
        Self {
            servers: servers.iter().map(|(name, _)| (*name).to_owned()).collect(),
            points,
        }
    }

    /// The points in ascending order, each with its server.
    pub fn points(&self) -> impl Iterator<Item = (u32, &str)> {
        self.points
            .iter()
            .map(|(point, server)| (*point, self.servers[*server].as_str()))
    }

    /// The point that a key belongs to, the first at or after its hash (`ketama_get_server`), and
    /// its server; none when there are no servers.
    pub fn server(&self, key: &[u8]) -> Option<(u32, &str)> {
        let hash = hash(key);
        let after = self.points.partition_point(|(point, _)| *point < hash);
        let (point, server) = self.points.get(after).or(self.points.first())?;
        Some((*point, self.servers[*server].as_str()))
    }
}

/// Where a key is on the circle (`ketama_hashi`): the first four bytes of its digest.
pub fn hash(key: &[u8]) -> u32 {
    let [a, b, c, d, ..] = md5(key);
    u32::from_le_bytes([a, b, c, d])
}

/// How many digests a server gets.
///
/// The steps are those of the C program, one of them in double precision between two in single
/// precision: with seven equal servers double precision alone would give 39 digests, not 40.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the C program rounds to single precision there, and the result is not negative"
)]
fn digests(memory: u32, all: u64, servers: usize) -> u32 {
    if all == 0 {
        return 0;
    }
    let share = memory as f32 / all as f32;
    let exact = f64::from(share) * 40.0 * f64::from(servers as f32);
    libm::floorf(exact as f32) as u32
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    /// `ketama.servers` of libketama.
    const SERVERS: [(&str, u32); 8] = [
        ("10.0.1.1:11211", 600),
        ("10.0.1.2:11211", 300),
        ("10.0.1.3:11211", 200),
        ("10.0.1.4:11211", 350),
        ("10.0.1.5:11211", 1_000),
        ("10.0.1.6:11211", 800),
        ("10.0.1.7:11211", 950),
        ("10.0.1.8:11211", 100),
    ];

    #[test]
    fn a_million_keys_go_where_libketama_sends_them() {
        // libketama's own `test.sh`: the digest of what `ketama_test` prints, an empty line first.
        let continuum = Continuum::new(&SERVERS);
        let mut printed = String::from("\n");
        for key in 0..1_000_000 {
            let key = key.to_string();
            let (point, server) = continuum.server(key.as_bytes()).unwrap();
            writeln!(printed, "{} {point} {server}", hash(key.as_bytes())).unwrap();
        }
        let digest = u128::from_be_bytes(md5(printed.as_bytes()));
        assert_eq!(digest, 0x5672_b131_391f_5aa2_b280_936a_ec1e_ea74);
    }

    #[test]
    fn equal_servers_have_160_points_each() {
        for servers in 1..=60 {
            let names: Vec<String> = (0..servers).map(|n| format!("s{n}")).collect();
            let list: Vec<(&str, u32)> = names.iter().map(|name| (name.as_str(), 1)).collect();
            assert_eq!(Continuum::new(&list).points().count(), servers * 160);
        }
    }

    #[test]
    fn without_memory_there_is_no_answer() {
        assert_eq!(Continuum::new(&[]).server(b"key"), None);
        assert_eq!(Continuum::new(&[("a", 0), ("b", 0)]).server(b"key"), None);
    }
}
