//! The network between the nodes: how long a message takes, whether it arrives, and how often.

use super::{NodeId, Why};
use crate::sim::config::Config;
use crate::sim::parameter::{Parameter, Unit};
use crate::sim::random::Random;
use crate::sim::time::Micros;

const MS: i64 = 1_000;

/// How long a message takes.
pub const DELAY: Parameter = Parameter::stops(
    "delay",
    "Network delay",
    Unit::Time,
    &[
        100,
        200,
        500,
        MS,
        2 * MS,
        5 * MS,
        10 * MS,
        20 * MS,
        50 * MS,
        100 * MS,
        200 * MS,
        500 * MS,
    ],
    10 * MS,
)
.help("Mean time that a message takes one way.")
.group("Network");

/// How much that varies.
pub const JITTER: Parameter = Parameter::number("jitter", "Jitter", Unit::Percent, (0, 100), 20, 5)
    .help("How far a delay may be from its mean, either way; messages can overtake each other.")
    .group("Network");

/// How many messages are lost.
pub const LOSS: Parameter = Parameter::number("loss", "Loss", Unit::Percent, (0, 100), 0, 1)
    .help("Chance that a message never arrives.")
    .group("Network");

/// How many messages arrive twice.
pub const DUPLICATES: Parameter =
    Parameter::number("duplicates", "Duplicates", Unit::Percent, (0, 100), 0, 1)
        .help("Chance that a message arrives twice.")
        .group("Network");

/// Whether messages may overtake each other.
pub const REORDER: Parameter = Parameter::switch("reorder", "Overtaking", true)
    .help("Off: messages on one way arrive in the order of sending, as on one TCP connection.")
    .group("Network");

/// The state of the network.
#[derive(Clone, Debug)]
pub struct Network {
    nodes: usize,
    delay: i64,
    spread: i64,
    loss: i64,
    duplicates: i64,
    /// For every way, its own random numbers: what happens on one changes nothing on another.
    ways: Vec<Random>,
    /// For every way, when the last message on it arrives; kept only where they stay in order.
    last: Vec<Micros>,
    /// For every node, the nodes that its messages do not reach; bit 0 is n1.
    blocked: Vec<u64>,
}

/// What the network does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// When it arrives, or is lost on the way.
    pub arrives: Micros,
    /// Whether it is lost, and why.
    pub lost: Option<Why>,
    /// When a second copy arrives, if there is one.
    pub copy: Option<Micros>,
}

impl Network {
    /// The network that a configuration describes, by the parameters of this module that the lab
    /// has; what it has not is as if there were no such trouble.
    pub fn new(config: &Config, nodes: usize, seed: u64) -> Self {
        let delay = config.get(DELAY.id);
        let has_reorder = config
            .iter()
            .any(|(parameter, _)| parameter.id == REORDER.id);
        let in_order = has_reorder && !config.is_on(REORDER.id);
        let ways = nodes * nodes;
        Self {
            nodes,
            delay,
            spread: delay / 100 * config.get(JITTER.id) + delay % 100 * config.get(JITTER.id) / 100,
            loss: config.get(LOSS.id),
            duplicates: config.get(DUPLICATES.id),
            ways: (0_u64..)
                .take(ways)
                .map(|way| Random::stream(seed, 1_000 + way))
                .collect(),
            last: if in_order {
                vec![Micros::ZERO; ways]
            } else {
                Vec::new()
            },
            blocked: vec![0; nodes],
        }
    }

    /// Decides what becomes of a message that is sent now. `own` draws a delay of the protocol's
    /// own, if it has one. The same numbers are drawn whatever the settings, so that a run with a
    /// little more loss is otherwise the same run.
    pub fn send(
        &mut self,
        from: NodeId,
        to: NodeId,
        now: Micros,
        own: impl Fn(&mut Random) -> Option<Micros>,
    ) -> Fate {
        let passes = self.passes(from, to);
        let (delay, spread, loss, duplicates) =
            (self.delay, self.spread, self.loss, self.duplicates);
        let way = self.way(from, to);
        let Some(random) = self.ways.get_mut(way) else {
            return Fate {
                arrives: now,
                lost: Some(Why::Network),
                copy: None,
            };
        };
        let lost = random.chance(loss);
        let twice = random.chance(duplicates);
        let mut draw = || {
            let length = own(random).unwrap_or_else(|| {
                Micros::from_signed(random.between(delay - spread, delay + spread))
            });
            now.plus(length.max(Micros(1)))
        };
        let (mut arrives, mut copy) = (draw(), draw());
        let lost = match (lost, passes) {
            (_, false) => Some(Why::Partition),
            (true, true) => Some(Why::Network),
            (false, true) => None,
        };
        let twice = twice && lost.is_none();
        if let Some(last) = self.last.get_mut(way) {
            arrives = arrives.max(last.next());
            copy = copy.max(arrives.next());
            *last = if twice { copy } else { arrives };
        }
        if lost.is_some() {
            // It gets half of the way.
            arrives = now.plus(Micros((arrives.minus(now).0 / 2).max(1)));
        }
        Fate {
            arrives,
            lost,
            copy: twice.then_some(copy),
        }
    }

    /// Whether messages on one way arrive in the order of sending.
    pub fn keeps_order(&self) -> bool {
        !self.last.is_empty()
    }

    /// Whether messages pass from one node to another.
    pub fn passes(&self, from: NodeId, to: NodeId) -> bool {
        self.blocked
            .get(index(from))
            .is_none_or(|blocked| blocked & bit(to) == 0)
    }

    /// Lets no message pass from one node to another.
    pub fn cut(&mut self, from: NodeId, to: NodeId) {
        if let Some(blocked) = self.blocked.get_mut(index(from)) {
            *blocked |= bit(to);
        }
    }

    /// Lets no message pass from a set of nodes to the others and, unless `one_way`, back.
    pub fn part(&mut self, side: u64, one_way: bool) {
        for (node, blocked) in (1..).zip(&mut self.blocked) {
            if side & bit(node) != 0 {
                *blocked |= !side;
            } else if !one_way {
                *blocked |= side;
            }
        }
    }

    /// Lets all messages pass.
    pub fn heal(&mut self) {
        self.blocked.fill(0);
    }

    /// The ways on which no message passes: from, to.
    pub fn cuts(&self) -> Vec<(NodeId, NodeId)> {
        let nodes = || 1..=NodeId::try_from(self.nodes).unwrap_or(64);
        nodes()
            .flat_map(|from| nodes().map(move |to| (from, to)))
            .filter(|(from, to)| from != to && !self.passes(*from, *to))
            .collect()
    }

    fn way(&self, from: NodeId, to: NodeId) -> usize {
        index(from) * self.nodes + index(to)
    }
}

fn index(node: NodeId) -> usize {
    usize::from(node).wrapping_sub(1)
}

fn bit(node: NodeId) -> u64 {
    1_u64
        .checked_shl(u32::from(node.wrapping_sub(1)))
        .unwrap_or(0)
}
