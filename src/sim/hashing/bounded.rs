//! Consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing
//! with Bounded Loads", 2016): a key goes forward along the ring to the first node with room.

use super::node::Among;
use super::ring::Ring;

/// A ring whose nodes take no more than their capacity.
#[derive(Clone, Debug)]
pub struct Bounded {
    ring: Ring,
    /// In the order of the ring's nodes.
    capacities: Vec<u64>,
    loads: Vec<u64>,
}

impl Bounded {
    /// An empty ring that is to hold `keys` keys, with ε in percent (`slack`) of room to spare. A
    /// node that has failed takes none; each other one's capacity is in proportion to its weight.
    pub fn new(ring: Ring, keys: u32, slack: u32) -> Self {
        let weights: Vec<u32> = ring
            .nodes()
            .iter()
            .map(|node| if node.up { node.weight } else { 0 })
            .collect();
        let total = weights.iter().map(|weight| u64::from(*weight)).sum();
        let capacities = weights
            .iter()
            .map(|weight| capacity(keys, *weight, total, slack))
            .collect();
        Self {
            capacities,
            loads: vec![0; weights.len()],
            ring,
        }
    }

    /// Puts the next key on the first node clockwise from its hash that has room. Nobody when none
    /// has: there are no nodes, or more keys than were announced.
    pub fn place(&mut self, hash: u64) -> Option<u16> {
        let index = self
            .ring
            .clockwise(hash)
            .find(|index| self.loads[*index] < self.capacities[*index])?;
        self.loads[index] += 1;
        Some(self.ring.nodes()[index].id)
    }

    /// The most keys that each node takes, in the order of the ring's nodes.
    pub fn capacities(&self) -> &[u64] {
        &self.capacities
    }

    /// The keys on each node, in the order of the ring's nodes.
    pub fn loads(&self) -> &[u64] {
        &self.loads
    }

    /// Where the key would be if nobody were full.
    pub fn home(&self, hash: u64) -> Option<u16> {
        self.ring.owner(hash, Among::Up)
    }
}

/// The capacity of a node with `weight` of the weight of all: ⌈(1 + slack/100)·keys·weight/all⌉.
/// In whole numbers, because 1.1·1000/10 is a little more than 110 in floating point.
pub fn capacity(keys: u32, weight: u32, all: u64, slack: u32) -> u64 {
    let room = (100 + u128::from(slack)) * u128::from(keys) * u128::from(weight);
    let capacity = room.div_ceil(100 * u128::from(all.max(1)));
    u64::try_from(capacity).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::node::Node;
    use super::*;

    #[test]
    fn the_capacity_is_rounded_up_and_exact() {
        assert_eq!(capacity(1_000, 1, 10, 10), 110);
        assert_eq!(capacity(1_000, 1, 10, 25), 125);
        assert_eq!(capacity(1_001, 1, 10, 0), 101);
        assert_eq!(capacity(1_000, 3, 10, 0), 300);
        assert_eq!(capacity(1_000, 0, 0, 25), 0);
    }

    #[test]
    fn a_key_stays_at_home_while_there_is_room() {
        let nodes: Vec<Node> = (0..5).map(Node::new).collect();
        let mut bounded = Bounded::new(Ring::new(&nodes, 20, 1), 1_000, 400);
        for key in 0..1_000 {
            let hash = bounded.ring.hash(key);
            assert_eq!(bounded.place(hash), bounded.home(hash));
        }
    }

    #[test]
    fn a_key_that_finds_its_node_full_goes_to_the_next_with_room() {
        let nodes: Vec<Node> = (0..4).map(Node::new).collect();
        // Capacity 2 each: the same hash fills one node after the other, clockwise.
        let ring = Ring::new(&nodes, 8, 1);
        let order = ring.owners(77, 4, Among::All);
        let mut bounded = Bounded::new(ring, 8, 0);
        let placed: Vec<u16> = (0..8).filter_map(|_| bounded.place(77)).collect();
        let expected: Vec<u16> = order.into_iter().flat_map(|id| [id, id]).collect();
        assert_eq!(placed, expected);
        assert_eq!(bounded.place(77), None);
    }

    proptest! {
        #[test]
        fn no_load_is_above_its_capacity_and_no_key_is_lost(
            nodes in proptest::collection::vec((0..300_u32, any::<bool>()), 1..12),
            keys in 0..2_000_u32,
            slack in 0..100_u32,
        ) {
            let nodes: Vec<Node> = (0..)
                .zip(nodes)
                .map(|(id, (weight, up))| Node { id, weight, up })
                .collect();
            let ring = Ring::new(&nodes, 10, 3);
            let serves = nodes.iter().any(|node| node.serves());
            let mut bounded = Bounded::new(ring, keys, slack);
            for key in 0..u64::from(keys) {
                let hash = bounded.ring.hash(key);
                prop_assert_eq!(bounded.place(hash).is_some(), serves);
            }
            for (load, capacity) in bounded.loads().iter().zip(bounded.capacities()) {
                prop_assert!(load <= capacity);
            }
            let total: u64 = bounded.loads().iter().sum();
            prop_assert_eq!(total, if serves { u64::from(keys) } else { 0 });
        }
    }
}
