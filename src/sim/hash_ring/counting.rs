//! All keys under every scheme, a slice at a time: what the page counts while it stays usable.

use std::sync::Arc;

use super::setting::{Setting, schemes};
use super::theory;
use crate::sim::hashing::{Moves, Node, Placement, Placing, Ring, Scheme, Spread, moved};

/// Counting under way. The scheme of the run comes first, then the others; each places the keys on
/// the nodes as they were before the last change, and as they are.
#[derive(Debug)]
pub struct Counting {
    setting: Setting,
    before: Option<Arc<Ring>>,
    after: Arc<Ring>,
    /// The schemes in the order in which they are counted.
    order: Vec<Scheme>,
    /// Which of them is being counted.
    at: usize,
    placing: Option<Placing>,
    was: Option<Placement>,
    tally: Tally,
}

/// What has been counted so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// One for each scheme that is counted to the end, in the order of counting.
    pub rows: Vec<Row>,
    /// The nodes under the scheme of the run; empty until that is counted.
    pub loads: Vec<Load>,
    /// The share of all the work that is done, 0 to 1.
    pub progress: f64,
}

/// All keys under one scheme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The scheme.
    pub scheme: Scheme,
    /// How evenly keys are spread over the nodes that serve.
    pub keys: Spread,
    /// How evenly requests are.
    pub requests: Spread,
    /// The share of keys, 0 to 1, that the last change moved; nothing where there was none.
    pub moved: Option<f64>,
    /// The coefficient of variation of the keys to expect; nothing where there is no closed form,
    /// or nodes of different weights.
    pub expected: Option<f64>,
}

/// A node under the scheme of the run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// The node.
    pub node: Node,
    /// How many keys it serves.
    pub keys: u64,
    /// What part of all requests it answers, 0 to 1.
    pub requests: f64,
    /// How many keys the last change brought it.
    pub gained: u64,
    /// How many keys the last change took from it.
    pub lost: u64,
}

impl Counting {
    /// Sets out to count the keys of a setting on a ring, and on the one before the last change.
    pub fn new(setting: Setting, before: Option<Arc<Ring>>, after: Arc<Ring>) -> Self {
        let mut order = vec![setting.scheme];
        let others = schemes(setting.slack).into_iter();
        order.extend(others.filter(|scheme| *scheme != setting.scheme));
        Self {
            setting,
            before,
            after,
            order,
            at: 0,
            placing: None,
            was: None,
            tally: Tally::default(),
        }
    }

    /// The scheme that is being counted; nothing when all are.
    pub fn scheme(&self) -> Option<Scheme> {
        self.order.get(self.at).copied()
    }

    /// What has been counted so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Does so much more work, at most to the end of a placement, and says whether all is done. One
    /// unit is about one key on a ring; a key costs more where all nodes bid for it.
    pub fn advance(&mut self, work: u32) -> bool {
        let Some(scheme) = self.scheme() else {
            return true;
        };
        let budget = usize::try_from((work / self.cost(scheme)).max(1)).unwrap_or(1);
        let mut placing = match self.placing.take() {
            Some(placing) => placing,
            None => self.next_placing(scheme),
        };
        if placing.advance(budget) {
            self.finish(scheme, placing.finish());
        } else {
            self.placing = Some(placing);
        }
        self.tally.progress = self.progress();
        self.scheme().is_none()
    }

    /// The work that one key costs.
    fn cost(&self, scheme: Scheme) -> u32 {
        let nodes = u32::try_from(self.after.nodes().len()).unwrap_or(u32::MAX);
        match scheme {
            Scheme::Rendezvous => 1 + nodes / 4,
            Scheme::Ring | Scheme::Modulo | Scheme::Jump => 1,
            Scheme::Bounded { .. } => 2,
        }
    }

    /// First the nodes as they were, then as they are.
    fn next_placing(&self, scheme: Scheme) -> Placing {
        let ring = match &self.before {
            Some(before) if self.was.is_none() => before,
            _ => &self.after,
        };
        Placing::new(scheme, ring, self.setting.keys, self.setting.popularity)
    }

    fn finish(&mut self, scheme: Scheme, placement: Placement) {
        if self.before.is_some() && self.was.is_none() {
            self.was = Some(placement);
            return;
        }
        let moves = self.was.take().map(|was| moved(&was, &placement));
        let row = self.row(scheme, &placement, moves.as_ref());
        self.tally.rows.push(row);
        if self.at == 0 {
            self.tally.loads = loads(&self.after, &placement, moves.as_ref());
        }
        self.at += 1;
    }

    fn row(&self, scheme: Scheme, placement: &Placement, moves: Option<&Moves>) -> Row {
        let nodes: Vec<Node> = serving(&self.after).collect();
        let serves = |id: u16| nodes.iter().any(|node| node.id == id);
        let count = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
        let alike = nodes.iter().all(|node| node.weight == 100);
        let (points, keys) = (self.after.virtual_nodes(), self.setting.keys);
        let expected = alike.then(|| theory::variation(scheme, count, points, keys));
        Row {
            scheme,
            keys: placement.spread_of_keys(serves),
            requests: placement.spread_of_requests(serves),
            moved: moves.map(Moves::share),
            expected: expected.flatten(),
        }
    }

    fn progress(&self) -> f64 {
        let placements = if self.before.is_some() { 2 } else { 1 };
        let half = usize::from(self.was.is_some());
        let finished = (self.at * placements + half) as f64;
        let part = self.placing.as_ref().map_or(0.0, Placing::progress);
        (finished + part) / (self.order.len() * placements) as f64
    }
}

fn serving(ring: &Ring) -> impl Iterator<Item = Node> + '_ {
    ring.nodes().iter().copied().filter(|node| node.serves())
}

/// Every node with what it serves, and what the last change brought and took.
fn loads(ring: &Ring, placement: &Placement, moves: Option<&Moves>) -> Vec<Load> {
    let all: f64 = placement.requests.iter().sum();
    let counts = placement.keys.iter().zip(&placement.requests);
    let mut loads: Vec<Load> = ring
        .nodes()
        .iter()
        .zip(counts)
        .map(|(node, (keys, requests))| Load {
            node: *node,
            keys: *keys,
            requests: if all > 0.0 { requests / all } else { 0.0 },
            gained: 0,
            lost: 0,
        })
        .collect();
    for (from, to, count) in moves.into_iter().flat_map(Moves::iter) {
        let mut add = |id: u16, gained: u64, lost: u64| {
            if let Ok(place) = loads.binary_search_by_key(&id, |load| load.node.id)
                && let Some(load) = loads.get_mut(place)
            {
                load.gained += gained;
                load.lost += lost;
            }
        };
        add(from, 0, u64::from(count));
        add(to, u64::from(count), 0);
    }
    loads
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::config::Config;
    use crate::sim::hash_ring::LAB;

    fn setting() -> Setting {
        let mut config = Config::defaults(LAB.parameters);
        config.set("keys", 1_000).unwrap();
        Setting::of(&config, 1)
    }

    fn ring(nodes: u16) -> Arc<Ring> {
        let nodes: Vec<Node> = (1..=nodes).map(Node::new).collect();
        Arc::new(Ring::new(&nodes, 100, 1))
    }

    fn count(before: Option<Arc<Ring>>, after: Arc<Ring>, work: u32) -> Tally {
        let mut counting = Counting::new(setting(), before, after);
        while !counting.advance(work) {}
        counting.tally().clone()
    }

    #[test]
    fn slices_count_the_same_as_one_go() {
        let whole = count(Some(ring(10)), ring(11), u32::MAX);
        assert_eq!(count(Some(ring(10)), ring(11), 64), whole);
        assert_eq!((whole.rows.len(), whole.progress), (5, 1.0));
    }

    #[test]
    fn the_scheme_of_the_run_is_counted_first_and_progress_never_falls() {
        let mut counting = Counting::new(setting(), Some(ring(10)), ring(11));
        let mut last = 0.0;
        while !counting.advance(100) {
            assert!(counting.tally().progress >= last);
            last = counting.tally().progress;
        }
        let order: Vec<Scheme> = counting.tally().rows.iter().map(|row| row.scheme).collect();
        assert_eq!(order[0], Scheme::Ring);
        assert_eq!(order.len(), 5);
    }

    #[test]
    fn a_join_brings_keys_to_the_new_node_and_takes_as_many_from_the_others() {
        let tally = count(Some(ring(10)), ring(11), u32::MAX);
        let (newest, others) = tally.loads.split_last().unwrap();
        assert_eq!((newest.gained, newest.lost), (newest.keys, 0));
        assert_eq!(
            others.iter().map(|load| load.lost).sum::<u64>(),
            newest.keys
        );
        assert!(others.iter().all(|load| load.gained == 0));
        assert_eq!(tally.loads.iter().map(|load| load.keys).sum::<u64>(), 1_000);
    }

    #[test]
    fn without_a_change_nothing_is_said_of_moves() {
        let tally = count(None, ring(3), 50);
        assert!(tally.rows.iter().all(|row| row.moved.is_none()));
        assert!(tally.loads.iter().all(|load| load.gained + load.lost == 0));
    }

    #[test]
    fn a_ring_without_nodes_is_counted_too() {
        let tally = count(Some(ring(1)), ring(0), 50);
        assert_eq!((tally.rows.len(), tally.loads.len()), (5, 0));
        assert!(tally.rows.iter().all(|row| row.moved == Some(1.0)));
    }
}
