//! What the nodes know, and who is who: clients first, then replicas, then spares, so that clients
//! and replicas keep their numbers when N changes.

use std::collections::{BTreeMap, BTreeSet};

use super::Quorum;
use super::settings::Settings;
use crate::sim::clocks::Reading;
use crate::sim::protocol::{Layout, NodeId};
use crate::sim::time::Micros;

/// The client that writes.
pub const WRITER: NodeId = 1;
/// The client that reads.
pub const READER: NodeId = 2;
/// Another client that reads.
pub const READER_2: NodeId = 3;
/// How many clients there are.
pub const CLIENTS: NodeId = 3;
/// How many spares there are, where there are any.
pub const SPARES: NodeId = 2;

/// A node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// Coordinates its own operations.
    Client(Client),
    /// Keeps the newest version that it has heard of; 0 for nothing.
    Replica(u32),
    /// Keeps versions for replicas that could not be reached.
    Spare(Spare),
}

/// A client.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Client {
    /// How many of the script's writes are begun.
    pub scripted: u32,
    /// The version that was written last.
    pub version: u32,
    /// What it waits for.
    pub pending: Option<Pending>,
    /// Everything that it did, in order: the record that promises are judged by. Not a part of the
    /// protocol, so a crash does not touch it.
    pub log: Vec<Operation>,
}

/// An operation as its client saw it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operation {
    /// Whether it is a write.
    pub is_write: bool,
    /// The version that was written, or the one that the read returned; 0 for nothing (yet).
    pub version: u32,
    /// When it began. Clocks are right in this lab, so this is true time.
    pub called: Reading,
    /// When it was finished, if it was.
    pub returned: Option<Reading>,
    /// For a finished write those that had acknowledged, for a finished read those that had
    /// answered, in order.
    pub quorum: Vec<Heard>,
}

/// An acknowledgement or an answer that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Heard {
    /// The replica that it counts for, from 1.
    pub replica: u8,
    /// The version that was taken or given.
    pub version: u32,
    /// The node that sent it: the replica itself, or a spare.
    pub from: NodeId,
}

impl Operation {
    /// When it began, in the time of the run.
    pub fn began(&self) -> Micros {
        moment(self.called)
    }

    /// When it was finished, in the time of the run.
    pub fn ended(&self) -> Option<Micros> {
        self.returned.map(moment)
    }
}

fn moment(reading: Reading) -> Micros {
    Micros::from_signed(reading.since(Reading::START))
}

/// An operation under way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pending {
    /// What it waits for.
    pub phase: Phase,
    /// Whether the script began it.
    pub scripted: bool,
    /// What has come so far, one for each replica, in order.
    pub heard: Vec<Heard>,
}

/// What an operation waits for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Acknowledgements of a write of this version.
    Acks(u32),
    /// Answers to a read.
    Answers,
    /// That this version, which a read is going to return, is on enough replicas: those known to
    /// have it.
    Back(u32, BTreeSet<u8>),
}

/// A node that stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spare {
    /// For which replica which version.
    pub hints: BTreeMap<u8, u32>,
    /// How often it has tried to hand over.
    pub tries: u8,
}

impl Client {
    /// The number of its last operation, from 1; 0 before the first.
    pub fn op(&self) -> u32 {
        u32::try_from(self.log.len()).unwrap_or(u32::MAX)
    }
}

impl Quorum {
    /// The replica that a node is, from 1.
    pub fn replica_of(&self, node: NodeId) -> Option<u8> {
        let number = u8::try_from(node.checked_sub(CLIENTS)?).ok()?;
        (1..=self.settings.n).contains(&number).then_some(number)
    }

    /// The node that a replica is.
    pub fn node_of(&self, replica: u8) -> NodeId {
        CLIENTS + NodeId::from(replica)
    }

    /// The nodes of all replicas.
    pub(super) fn replicas(&self) -> impl Iterator<Item = (u8, NodeId)> + use<> {
        (1..=self.settings.n).map(|replica| (replica, CLIENTS + NodeId::from(replica)))
    }

    /// The nodes of all spares; none unless quorums are sloppy.
    pub(super) fn spares(&self) -> impl Iterator<Item = NodeId> + use<> {
        let first = CLIENTS + NodeId::from(self.settings.n) + 1;
        (first..).take(usize::from(spares(&self.settings)))
    }

    pub(super) fn is_spare(&self, node: NodeId) -> bool {
        node > CLIENTS + NodeId::from(self.settings.n)
    }

    pub(super) fn all_nodes(&self) -> Vec<Node> {
        let clients = (0..CLIENTS).map(|_| Node::Client(Client::default()));
        let replicas = self.replicas().map(|_| Node::Replica(0));
        let spares = self.spares().map(|_| Node::Spare(Spare::default()));
        clients.chain(replicas).chain(spares).collect()
    }

    pub(super) fn name_of(&self, node: NodeId) -> String {
        match (node, self.replica_of(node)) {
            (WRITER, _) => "writer".to_owned(),
            (READER, _) => "reader".to_owned(),
            (READER_2, _) => "reader 2".to_owned(),
            (_, Some(replica)) => format!("r{replica}"),
            (node, None) => {
                let before = CLIENTS + NodeId::from(self.settings.n);
                format!("s{}", node.saturating_sub(before))
            }
        }
    }

    pub(super) fn rows(&self) -> Layout {
        let replicas = self.replicas().map(|(_, node)| node).collect();
        let mut rows = vec![vec![WRITER, READER, READER_2], replicas];
        if self.settings.sloppy {
            rows.push(self.spares().collect());
        }
        Layout::Rows(rows)
    }
}

fn spares(settings: &Settings) -> NodeId {
    if settings.sloppy { SPARES } else { 0 }
}
