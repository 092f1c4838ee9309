//! Rendezvous hashing (Thaler and Ravishankar 1998): every node bids for a key, the highest random
//! weight has it, and the next highest have its copies.
//!
//! Nodes of different sizes bid −w/ln(h), the logarithmic method (Schindelhauer and Schomaker
//! 2005, "Weighted distributed hash tables"): a node wins in proportion to its weight, and when one
//! weight changes, keys move from or to that node only.

use super::node::Node;
use super::splitmix;

/// The nodes that bid.
#[derive(Clone, Debug)]
pub struct Rendezvous {
    bidders: Vec<Bidder>,
    /// All weights are equal, so that the hash alone decides: no logarithm is needed.
    equal: bool,
}

#[derive(Clone, Copy, Debug)]
struct Bidder {
    id: u16,
    seed: u64,
    weight: u32,
}

impl Rendezvous {
    /// The nodes among which keys are given out: those that are up and have a weight.
    pub fn new(nodes: &[Node], seed: u64) -> Self {
        let mut bidders: Vec<Bidder> = nodes
            .iter()
            .filter(|node| node.serves())
            .map(|node| Bidder {
                id: node.id,
                seed: splitmix::nth(seed, u64::from(node.id)),
                weight: node.weight,
            })
            .collect();
        bidders.sort_unstable_by_key(|bidder| bidder.id);
        bidders.dedup_by_key(|bidder| bidder.id);
        let equal = bidders.windows(2).all(|two| two[0].weight == two[1].weight);
        Self { bidders, equal }
    }

    /// The node with the highest bid; of equal bids the one with the smaller name wins.
    pub fn owner(&self, hash: u64) -> Option<u16> {
        let (first, rest) = self.bidders.split_first()?;
        let mut best = *first;
        if self.equal {
            let mut highest = first.draw(hash);
            for bidder in rest {
                let draw = bidder.draw(hash);
                if draw > highest {
                    (highest, best) = (draw, *bidder);
                }
            }
        } else {
            let mut highest = first.bid(first.draw(hash));
            for bidder in rest {
                let draw = bidder.draw(hash);
                if bidder.limit(draw) <= highest {
                    continue;
                }
                let bid = bidder.bid(draw);
                if bid > highest {
                    (highest, best) = (bid, *bidder);
                }
            }
        }
        Some(best.id)
    }

    /// The `replicas` nodes with the highest bids, the highest first; all when there are fewer.
    pub fn owners(&self, hash: u64, replicas: usize) -> Vec<u16> {
        let mut bids: Vec<(f64, u64, u16)> = self
            .bidders
            .iter()
            .map(|bidder| {
                let draw = bidder.draw(hash);
                if self.equal {
                    (0.0, draw, bidder.id)
                } else {
                    (bidder.bid(draw), 0, bidder.id)
                }
            })
            .collect();
        bids.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
        bids.iter().take(replicas).map(|bid| bid.2).collect()
    }
}

impl Bidder {
    /// The random number of this key and this node.
    fn draw(self, hash: u64) -> u64 {
        splitmix::mix(hash ^ self.seed)
    }

    /// −w/ln(h), where h in (0, 1) is the draw.
    fn bid(self, draw: u64) -> f64 {
        -f64::from(self.weight) / libm::log(fraction(draw))
    }

    /// What the bid cannot exceed, because −ln(h) ≥ 1 − h: most bidders are out of the running by
    /// this, and need no logarithm. The margin is for rounding.
    fn limit(self, draw: u64) -> f64 {
        1.000_001 * f64::from(self.weight) / (1.0 - fraction(draw))
    }
}

/// The draw as a number in (0, 1).
fn fraction(draw: u64) -> f64 {
    ((draw >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(weights: &[u32]) -> Vec<Node> {
        (0..)
            .zip(weights)
            .map(|(id, weight)| Node {
                weight: *weight,
                ..Node::new(id)
            })
            .collect()
    }

    fn hashes() -> impl Iterator<Item = u64> {
        (0..20_000).map(|n| splitmix::nth(7, n))
    }

    #[test]
    fn the_owner_is_the_first_of_the_owners_and_all_differ() {
        for weights in [&[100; 9][..], &[100, 50, 300, 100]] {
            let rendezvous = Rendezvous::new(&nodes(weights), 1);
            for hash in hashes().take(2_000) {
                let mut owners = rendezvous.owners(hash, 3);
                assert_eq!(owners.first().copied(), rendezvous.owner(hash));
                owners.sort_unstable();
                owners.dedup();
                assert_eq!(owners.len(), 3);
            }
        }
    }

    #[test]
    fn there_are_no_more_owners_than_nodes() {
        let rendezvous = Rendezvous::new(&nodes(&[100; 2]), 1);
        assert_eq!(rendezvous.owners(5, 3).len(), 2);
        assert_eq!(Rendezvous::new(&[], 1).owner(5), None);
        assert_eq!(Rendezvous::new(&nodes(&[0]), 1).owner(5), None);
    }

    #[test]
    fn a_failed_node_leaves_its_keys_to_the_next_bidder_and_no_other_key_moves() {
        let mut nodes = nodes(&[100; 5]);
        let before = Rendezvous::new(&nodes, 1);
        nodes[2].up = false;
        let after = Rendezvous::new(&nodes, 1);
        for hash in hashes() {
            let owners = before.owners(hash, 2);
            let heir = if owners[0] == 2 { owners[1] } else { owners[0] };
            assert_eq!(after.owner(hash), Some(heir));
        }
    }

    #[test]
    fn a_node_wins_in_proportion_to_its_weight() {
        let weights = [100, 200, 300, 400];
        let rendezvous = Rendezvous::new(&nodes(&weights), 1);
        let mut won = [0_u32; 4];
        for hash in hashes() {
            won[usize::from(rendezvous.owner(hash).unwrap())] += 1;
        }
        for (won, weight) in won.iter().zip(weights) {
            let expected = f64::from(weight) / 1_000.0;
            let share = f64::from(*won) / 20_000.0;
            // Four standard errors of a share of 20,000 keys are at most 0.014.
            assert!((share - expected).abs() < 0.014, "{share}, not {expected}");
        }
    }

    #[test]
    fn a_node_that_grows_takes_keys_from_others_and_gives_none_away() {
        let before = Rendezvous::new(&nodes(&[100, 200, 100]), 1);
        let after = Rendezvous::new(&nodes(&[100, 300, 100]), 1);
        for hash in hashes() {
            let (old, new) = (before.owner(hash), after.owner(hash));
            assert!(old == new || new == Some(1), "{old:?} to {new:?}");
        }
    }
}
