//! Consistent hashing (Karger et al. 1997) with virtual nodes: nodes have many points on a circle
//! of 2⁶⁴ places, and a key belongs to the first point at or after its hash.

use super::node::{Among, Node};
use super::splitmix;

/// The most points a node gets, so that no weight can exhaust the memory.
pub const MAX_POINTS: u32 = 1 << 16;

/// Purpose of the stream that keys are hashed with; those of the nodes are their names.
const KEYS: u64 = 1 << 32;

/// The circle with its nodes.
#[derive(Clone, Debug)]
pub struct Ring {
    seed: u64,
    key_seed: u64,
    virtual_nodes: u32,
    /// In ascending order of their names, each once.
    nodes: Vec<Node>,
    /// Where the points are, in ascending order.
    positions: Vec<u64>,
    /// For each point the index of its node.
    homes: Vec<u16>,
    /// For each point the index of the node that serves it: the first from there on that is up.
    /// Empty when no node is.
    serving: Vec<u16>,
    index: Index,
}

impl Ring {
    /// A ring of nodes with `virtual_nodes` points for each of weight 100, and in proportion for
    /// the others (rounded, but at least one for a weight above 0 and at most [`MAX_POINTS`]).
    /// Where the points are follows from the seed and the names. Of nodes with the same name the
    /// first counts.
    pub fn new(nodes: &[Node], virtual_nodes: u32, seed: u64) -> Self {
        let mut nodes = nodes.to_vec();
        nodes.sort_by_key(|node| node.id);
        nodes.dedup_by_key(|node| node.id);
        let mut ring = Self {
            seed,
            key_seed: splitmix::nth(seed, KEYS),
            virtual_nodes: virtual_nodes.clamp(1, MAX_POINTS),
            nodes,
            positions: Vec::new(),
            homes: Vec::new(),
            serving: Vec::new(),
            index: Index::new(&[]),
        };
        ring.build();
        ring
    }

    /// The nodes, in ascending order of their names.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The points of a node of weight 100.
    pub fn virtual_nodes(&self) -> u32 {
        self.virtual_nodes
    }

    /// The seed that the points and the hashes of keys follow from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Puts a node on the ring. One with the same name is replaced.
    pub fn add(&mut self, node: Node) {
        match self.find(node.id) {
            Ok(place) => self.nodes[place] = node,
            Err(place) => self.nodes.insert(place, node),
        }
        self.build();
    }

    /// Takes a node off the ring, and says whether it was there.
    pub fn remove(&mut self, id: u16) -> bool {
        let Ok(place) = self.find(id) else {
            return false;
        };
        self.nodes.remove(place);
        self.build();
        true
    }

    /// Lets a node fail or come back, and says whether it is on the ring. Its points stay.
    pub fn set_up(&mut self, id: u16, up: bool) -> bool {
        let Ok(place) = self.find(id) else {
            return false;
        };
        self.nodes[place].up = up;
        self.serving = serving(&self.homes, &self.nodes);
        true
    }

    /// The hash of a key that is a number.
    pub fn hash(&self, key: u64) -> u64 {
        splitmix::nth(self.key_seed, key)
    }

    /// The node of a hash; nobody when no such node has a point.
    pub fn owner(&self, hash: u64, among: Among) -> Option<u16> {
        let nodes = match among {
            Among::All => &self.homes,
            Among::Up => &self.serving,
        };
        let node = nodes.get(self.first(hash))?;
        Some(self.nodes[usize::from(*node)].id)
    }

    /// The first `replicas` different nodes clockwise from a hash, the owner first; all when there
    /// are fewer.
    pub fn owners(&self, hash: u64, replicas: usize, among: Among) -> Vec<u16> {
        let counts = |node: &Node| node.weight > 0 && (node.up || among == Among::All);
        let wanted = replicas.min(self.nodes.iter().filter(|node| counts(node)).count());
        let mut owners = Vec::with_capacity(wanted);
        if wanted == 0 {
            return owners;
        }
        for node in self.clockwise(hash).map(|index| &self.nodes[index]) {
            if counts(node) && !owners.contains(&node.id) {
                owners.push(node.id);
                if owners.len() == wanted {
                    break;
                }
            }
        }
        owners
    }

    /// The points in ascending order: where they are, and whose they are.
    pub fn points(&self) -> impl ExactSizeIterator<Item = (u64, u16)> {
        let homes = self
            .homes
            .iter()
            .map(|home| self.nodes[usize::from(*home)].id);
        self.positions.iter().copied().zip(homes)
    }

    /// How many of the 2⁶⁴ places each node has, in the order of [`Ring::nodes`]. Exact.
    pub fn arcs(&self, among: Among) -> Vec<u128> {
        let owners = match among {
            Among::All => &self.homes,
            Among::Up => &self.serving,
        };
        let mut arcs = vec![0; self.nodes.len()];
        let mut last = self.positions.last().copied().unwrap_or(0);
        for (position, owner) in self.positions.iter().zip(owners) {
            arcs[usize::from(*owner)] += u128::from(position.wrapping_sub(last));
            last = *position;
        }
        // From the only point there is once round to itself it is the whole circle, not nothing.
        if self.positions.first() == self.positions.last()
            && let Some(owner) = owners.first()
        {
            arcs[usize::from(*owner)] = 1 << 64;
        }
        arcs
    }

    /// Each node's share of the circle, 0 to 1, in the order of [`Ring::nodes`].
    pub fn shares(&self, among: Among) -> Vec<f64> {
        let circle = (1_u128 << 64) as f64;
        let arcs = self.arcs(among);
        arcs.into_iter().map(|arc| arc as f64 / circle).collect()
    }

    /// A node's share of the circle; none when it is not on the ring.
    pub fn share(&self, id: u16, among: Among) -> Option<f64> {
        let place = self.find(id).ok()?;
        self.shares(among).get(place).copied()
    }

    /// The indices of the points' nodes, once round from the point of a hash.
    pub(super) fn clockwise(&self, hash: u64) -> impl Iterator<Item = usize> {
        let (before, after) = self.homes.split_at(self.first(hash));
        after.iter().chain(before).map(|home| usize::from(*home))
    }

    /// The index of the first point at or after a hash, once round the circle; 0 on an empty ring.
    fn first(&self, hash: u64) -> usize {
        let at = self.index.search(&self.positions, hash);
        if at == self.positions.len() { 0 } else { at }
    }

    fn find(&self, id: u16) -> Result<usize, usize> {
        self.nodes.binary_search_by_key(&id, |node| node.id)
    }

    fn build(&mut self) {
        let mut points = Vec::new();
        for (index, node) in (0..=u16::MAX).zip(&self.nodes) {
            let own = splitmix::nth(self.seed, u64::from(node.id));
            let count = points_of(*node, self.virtual_nodes);
            points.extend((0..count).map(|n| (splitmix::nth(own, u64::from(n)), index)));
        }
        points.sort_unstable();
        (self.positions, self.homes) = points.into_iter().unzip();
        self.index = Index::new(&self.positions);
        self.serving = serving(&self.homes, &self.nodes);
    }
}

/// Where in the sorted positions to begin: the circle is cut into two to four equal stretches for
/// each point, so that what is looked for is nearly always the first point looked at. Twice as fast
/// as a binary search of 16,000 points, in WebAssembly built for size.
#[derive(Clone, Debug)]
struct Index {
    /// 64 less the number of a hash's upper bits that name its stretch.
    shift: u32,
    /// For each stretch the index of the first point in it or after it.
    first: Vec<u32>,
}

impl Index {
    fn new(positions: &[u64]) -> Self {
        let bits = 1 + positions.len().next_power_of_two().ilog2();
        let shift = u64::BITS - bits;
        let mut first = Vec::with_capacity(1 << bits);
        for (at, position) in (0..).zip(positions) {
            while first.len() <= stretch(*position, shift) {
                first.push(at);
            }
        }
        let end = u32::try_from(positions.len()).unwrap_or(u32::MAX);
        first.resize(1 << bits, end);
        Self { shift, first }
    }

    /// The index of the first position at or after a hash; the number of positions if none is.
    fn search(&self, positions: &[u64], hash: u64) -> usize {
        let start = self.first[stretch(hash, self.shift)] as usize;
        let passed = positions[start..].iter().take_while(|at| **at < hash);
        start + passed.count()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a stretch is one of at most 2^32, and fewer than fit into memory"
)]
fn stretch(hash: u64, shift: u32) -> usize {
    (hash >> shift) as usize
}

/// How many points a node has.
fn points_of(node: Node, virtual_nodes: u32) -> u32 {
    if node.weight == 0 {
        return 0;
    }
    let points = (u64::from(virtual_nodes) * u64::from(node.weight) + 50) / 100;
    u32::try_from(points)
        .unwrap_or(MAX_POINTS)
        .clamp(1, MAX_POINTS)
}

/// For each point the first node from there on that is up; nothing when none is.
fn serving(homes: &[u16], nodes: &[Node]) -> Vec<u16> {
    let up = |home: &u16| nodes[usize::from(*home)].up;
    let Some(first) = homes.iter().copied().find(up) else {
        return Vec::new();
    };
    let mut serving = homes.to_vec();
    let mut next = first;
    for home in serving.iter_mut().rev() {
        if up(home) {
            next = *home;
        } else {
            *home = next;
        }
    }
    serving
}

#[cfg(test)]
mod tests;
