//! The nodes that keys are given to.

/// One node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name. It stays the same while others join and leave.
    pub id: u16,
    /// Its size in percent of an ordinary node: 200 is meant to get twice as many keys, 0 none.
    pub weight: u32,
    /// False while the node has failed: it keeps its place, and others serve its keys.
    pub up: bool,
}

impl Node {
    /// An ordinary node that is up.
    pub fn new(id: u16) -> Self {
        Self {
            id,
            weight: 100,
            up: true,
        }
    }

    /// Whether keys can be given to it now.
    pub fn serves(self) -> bool {
        self.up && self.weight > 0
    }
}

/// Which nodes a look-up may answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// All, also those that have failed: where a key is at home.
    All,
    /// Those that are up: who serves a key now.
    Up,
}

/// The names of the nodes that keys can be given to, in ascending order.
pub(super) fn serving(nodes: &[Node]) -> Vec<u16> {
    let mut ids: Vec<u16> = nodes
        .iter()
        .filter(|node| node.serves())
        .map(|node| node.id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
