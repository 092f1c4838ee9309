//! Many keys under one scheme, a slice at a time, so that a page can place a million of them
//! without standing still.

use super::bounded::Bounded;
use super::node::{Among, serving};
use super::rendezvous::Rendezvous;
use super::ring::Ring;
use super::spread::Spread;
use super::{jump, modulo};

/// How keys are given to nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Consistent hashing on the ring.
    Ring,
    /// The hash modulo the number of nodes ([`modulo`]).
    Modulo,
    /// The highest random weight ([`Rendezvous`]).
    Rendezvous,
    /// Jump consistent hash ([`jump`]).
    Jump,
    /// The ring with bounded loads ([`Bounded`]).
    Bounded {
        /// ε in percent: how much of room each node has to spare.
        slack: u32,
    },
}

/// How often keys are asked for: key 0 is the most popular, of rank 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Popularity {
    /// All equally often.
    Uniform,
    /// In proportion to 1/rankˢ (Zipf).
    Zipf {
        /// s; 0 or less, or not a number, is as [`Popularity::Uniform`].
        exponent: f64,
    },
}

impl Popularity {
    /// How often the key of a rank, from 1, is asked for, when that of rank 1 is once.
    pub fn weight(self, rank: u32) -> f64 {
        match self {
            Self::Zipf { exponent } if exponent > 0.0 => {
                libm::pow(f64::from(rank.max(1)), -exponent)
            }
            _ => 1.0,
        }
    }
}

/// Which node each key is on. Either every key is on one, or, when there was none that could take
/// keys, no key is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    /// The nodes, in ascending order of their names; also those that serve nothing.
    pub nodes: Vec<u16>,
    /// The node of each key; empty when there was no node for them.
    pub owners: Vec<u16>,
    /// For each node, in the order of `nodes`, how many keys it has.
    pub keys: Vec<u64>,
    /// For each node how much it is asked, in requests per request for the most popular key.
    pub requests: Vec<f64>,
}

impl Placement {
    /// The node of a key.
    pub fn owner(&self, key: usize) -> Option<u16> {
        self.owners.get(key).copied()
    }

    /// How evenly keys are spread over these of its nodes: those that are up, say.
    pub fn spread_of_keys(&self, among: impl Fn(u16) -> bool) -> Spread {
        let loads: Vec<f64> = self.keys.iter().map(|keys| *keys as f64).collect();
        self.spread(&loads, among)
    }

    /// How evenly requests are spread over these of its nodes.
    pub fn spread_of_requests(&self, among: impl Fn(u16) -> bool) -> Spread {
        self.spread(&self.requests, among)
    }

    fn spread(&self, loads: &[f64], among: impl Fn(u16) -> bool) -> Spread {
        let nodes = self.nodes.iter().zip(loads);
        let chosen: Vec<f64> = nodes
            .filter(|(id, _)| among(**id))
            .map(|(_, load)| *load)
            .collect();
        Spread::of(&chosen)
    }
}

/// Work under way: keys 0 to K − 1 are placed in this order.
#[derive(Clone, Debug)]
pub struct Placing {
    ring: Ring,
    rule: Rule,
    keys: u32,
    next: u32,
    popularity: Popularity,
    /// Where each node is in the placement's lists, by its name.
    places: Vec<u16>,
    placement: Placement,
}

/// A scheme with what it needs; the ring itself is in [`Placing`].
#[derive(Clone, Debug)]
enum Rule {
    Ring,
    Modulo(Vec<u16>),
    Rendezvous(Rendezvous),
    Jump(Vec<u16>),
    Bounded(Bounded),
}

impl Placing {
    /// Sets out to place `keys` keys on the nodes of a ring, under any scheme: it says which nodes
    /// there are, how heavy they are and whether they are up. The same ring gives the same hashes
    /// to all schemes.
    pub fn new(scheme: Scheme, ring: &Ring, keys: u32, popularity: Popularity) -> Self {
        let rule = match scheme {
            Scheme::Ring => Rule::Ring,
            Scheme::Modulo => Rule::Modulo(serving(ring.nodes())),
            Scheme::Rendezvous => Rule::Rendezvous(Rendezvous::new(ring.nodes(), ring.seed())),
            Scheme::Jump => Rule::Jump(serving(ring.nodes())),
            Scheme::Bounded { slack } => Rule::Bounded(Bounded::new(ring.clone(), keys, slack)),
        };
        let nodes: Vec<u16> = ring.nodes().iter().map(|node| node.id).collect();
        Self {
            ring: ring.clone(),
            rule,
            keys,
            next: 0,
            popularity,
            places: places(&nodes),
            placement: Placement {
                owners: Vec::new(),
                keys: vec![0; nodes.len()],
                requests: vec![0.0; nodes.len()],
                nodes,
            },
        }
    }

    /// Places up to `budget` more keys, and says whether all are placed.
    pub fn advance(&mut self, budget: usize) -> bool {
        let left = usize::try_from(self.keys - self.next).unwrap_or(usize::MAX);
        self.placement.owners.reserve(budget.min(left));
        for _ in 0..budget.min(left) {
            let hash = self.ring.hash(u64::from(self.next));
            let Some(owner) = self.owner(hash) else {
                // No node takes this key, so none takes any.
                self.next = self.keys;
                break;
            };
            self.next += 1;
            let place = usize::from(self.places[usize::from(owner)]);
            self.placement.owners.push(owner);
            self.placement.keys[place] += 1;
            self.placement.requests[place] += self.popularity.weight(self.next);
        }
        self.next == self.keys
    }

    /// The share of the work that is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        if self.keys == 0 {
            return 1.0;
        }
        f64::from(self.next) / f64::from(self.keys)
    }

    /// The keys placed so far.
    pub fn placement(&self) -> &Placement {
        &self.placement
    }

    /// Places the rest, however long that takes.
    pub fn finish(mut self) -> Placement {
        while !self.advance(usize::MAX) {}
        self.placement
    }

    fn owner(&mut self, hash: u64) -> Option<u16> {
        match &mut self.rule {
            Rule::Ring => self.ring.owner(hash, Among::Up),
            Rule::Modulo(nodes) => modulo::owner(hash, nodes),
            Rule::Rendezvous(rendezvous) => rendezvous.owner(hash),
            Rule::Jump(nodes) => jump::owner(hash, nodes),
            Rule::Bounded(bounded) => bounded.place(hash),
        }
    }
}

/// Where each name is in an ascending list, by name: a table, for it is asked for every key.
pub(super) fn places(names: &[u16]) -> Vec<u16> {
    let length = names.last().map_or(0, |last| usize::from(*last) + 1);
    let mut places = vec![0; length];
    for (place, name) in (0..=u16::MAX).zip(names) {
        places[usize::from(*name)] = place;
    }
    places
}

#[cfg(test)]
mod tests;
