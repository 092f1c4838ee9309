//! When two states of a cluster are taken for one.

use std::hash::{Hash, Hasher};

use super::steps::Spent;
use crate::sim::protocol::{Cluster, NodeId, Protocol, Status};

/// What counts of a state: everything but times, numbers of messages and random numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key<N, T, M> {
    nodes: Vec<(N, Status, Vec<T>)>,
    messages: Vec<(NodeId, NodeId, M)>,
    cuts: Vec<(NodeId, NodeId)>,
    spent: Spent,
}

/// The key of a protocol's states.
pub type KeyOf<P> = Key<<P as Protocol>::Node, <P as Protocol>::Timer, <P as Protocol>::Message>;

impl<N: Clone + Hash, T: Copy + Ord + Hash, M: Clone + Ord + Hash> Key<N, T, M> {
    /// The key of a state in which so much has been spent. Messages on one way count in their order
    /// only where they have to keep it; where they are `kept`, how many are equal does not count.
    pub fn of<P>(cluster: &Cluster<P>, spent: Spent, kept: bool) -> Self
    where
        P: Protocol<Node = N, Timer = T, Message = M>,
    {
        let nodes = cluster.members().iter().map(|member| {
            let mut timers: Vec<T> = member.timers.iter().map(|(timer, _)| *timer).collect();
            timers.sort_unstable();
            (member.state.clone(), member.status, timers)
        });
        let mut flights: Vec<_> = cluster.in_flight().map(|(_, flight)| flight).collect();
        if cluster.network().keeps_order() {
            flights.sort_by_key(|flight| (flight.from, flight.to, flight.id));
        } else {
            flights.sort_by(|a, b| (a.from, a.to, &a.message).cmp(&(b.from, b.to, &b.message)));
        }
        let mut messages: Vec<_> = flights
            .into_iter()
            .map(|flight| (flight.from, flight.to, flight.message.clone()))
            .collect();
        if kept {
            messages.dedup();
        }
        Self {
            nodes: nodes.collect(),
            messages,
            cuts: cluster.cuts(),
            spent,
        }
    }

    /// The key in 128 bits.
    pub fn fingerprint(&self) -> Fingerprint {
        let half = |start| {
            let mut mixer = Mixer(start);
            self.hash(&mut mixer);
            mixer.finish()
        };
        Fingerprint(half(0x9E37_79B9_7F4A_7C15), half(0xC2B2_AE3D_27D4_EB4F))
    }
}

/// 128 bits that stand for a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64, u64);

/// A hash that is the same on every machine: every word is mixed in by the finaliser of splitmix64
/// (Steele, Lea and Flood 2014).
#[derive(Debug)]
struct Mixer(u64);

impl Mixer {
    fn mix(&mut self, word: u64) {
        let mut z = (self.0 ^ word).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        self.0 = (z ^ (z >> 31)).wrapping_add(self.0.rotate_left(23));
    }
}

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.mix(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let word = chunk
                .iter()
                .rev()
                .fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            self.mix(word);
        }
    }

    fn write_u8(&mut self, word: u8) {
        self.mix(u64::from(word));
    }

    fn write_u16(&mut self, word: u16) {
        self.mix(u64::from(word));
    }

    fn write_u32(&mut self, word: u32) {
        self.mix(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.mix(word);
    }

    // A length is as wide as a pointer, which differs between host and browser.
    fn write_usize(&mut self, word: usize) {
        self.mix(word as u64);
    }

    fn write_isize(&mut self, word: isize) {
        self.mix((word as i64).cast_unsigned());
    }
}
