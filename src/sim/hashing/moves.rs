//! Which keys change their node between two placements.

use super::placement::{Placement, places};

/// How many keys went from which node to which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    /// All nodes of both placements, in ascending order of their names.
    nodes: Vec<u16>,
    /// Rows are where keys were, columns where they are.
    counts: Vec<u32>,
    keys: usize,
    moved: usize,
}

/// Compares two placements of the same keys; of different numbers of keys, those that both have.
///
/// Where one of them has no node for its keys, every key has moved, from or to nobody.
pub fn moved(before: &Placement, after: &Placement) -> Moves {
    let mut nodes: Vec<u16> = before.nodes.iter().chain(&after.nodes).copied().collect();
    nodes.sort_unstable();
    nodes.dedup();
    let places = places(&nodes);
    let place = |id: u16| usize::from(places[usize::from(id)]);

    let mut counts = vec![0_u32; nodes.len() * nodes.len()];
    let mut moved = 0;
    for (from, to) in before.owners.iter().zip(&after.owners) {
        counts[place(*from) * nodes.len() + place(*to)] += 1;
        moved += usize::from(from != to);
    }
    let (was, is) = (before.owners.len(), after.owners.len());
    let (keys, moved) = if was.min(is) == 0 {
        (was.max(is), was.max(is))
    } else {
        (was.min(is), moved)
    };
    Moves {
        nodes,
        counts,
        keys,
        moved,
    }
}

impl Moves {
    /// The share of keys, 0 to 1, that changed their node.
    pub fn share(&self) -> f64 {
        self.moved as f64 / self.keys.max(1) as f64
    }

    /// How many keys changed their node.
    pub fn moved(&self) -> usize {
        self.moved
    }

    /// How many keys were on the one and are on the other; on the same, how many stayed.
    pub fn between(&self, from: u16, to: u16) -> u32 {
        let place = |id: u16| self.nodes.binary_search(&id).ok();
        match (place(from), place(to)) {
            (Some(from), Some(to)) => self.counts[from * self.nodes.len() + to],
            _ => 0,
        }
    }

    /// From which node to which other one how many keys went, where any did.
    pub fn iter(&self) -> impl Iterator<Item = (u16, u16, u32)> {
        let pairs = self
            .nodes
            .iter()
            .flat_map(|from| self.nodes.iter().map(|to| (*from, *to)));
        pairs
            .zip(&self.counts)
            .filter(|((from, to), count)| from != to && **count > 0)
            .map(|((from, to), count)| (from, to, *count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placement(nodes: &[u16], owners: &[u16]) -> Placement {
        Placement {
            nodes: nodes.to_vec(),
            owners: owners.to_vec(),
            ..Placement::default()
        }
    }

    #[test]
    fn keys_are_counted_from_node_to_node() {
        let before = placement(&[1, 4], &[1, 1, 4, 4, 4]);
        let after = placement(&[1, 4, 9], &[1, 9, 9, 9, 4]);
        let moves = moved(&before, &after);
        let all: Vec<(u16, u16, u32)> = moves.iter().collect();
        assert_eq!(all, [(1, 9, 1), (4, 9, 2)]);
        assert_eq!((moves.moved(), moves.share()), (3, 0.6));
        assert_eq!((moves.between(1, 1), moves.between(4, 9)), (1, 2));
        assert_eq!(moves.between(9, 77), 0);
    }

    #[test]
    fn every_key_moves_from_nobody() {
        let (none, some) = (placement(&[], &[]), placement(&[2], &[2, 2]));
        assert_eq!(moved(&none, &some).share(), 1.0);
        assert_eq!(moved(&some, &none).share(), 1.0);
        assert_eq!(moved(&none, &none).share(), 0.0);
    }
}
