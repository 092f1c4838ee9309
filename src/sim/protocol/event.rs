//! What happens in a cluster, and how it is told.

use serde::Serialize;

use super::{NodeId, Protocol};
use crate::sim::time::{Micros, signed_span, span};

/// What happened at one moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(bound = "")]
pub struct Event<P: Protocol> {
    /// The node that it happened to; 0 for what happens to no single one.
    pub node: NodeId,
    /// What it was.
    pub what: What<P>,
    /// What the node's rules did about it, and why.
    pub note: Option<P::Note>,
}

/// The kinds of events.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(bound = "")]
pub enum What<P: Protocol> {
    /// The node began.
    Started,
    /// A message arrived.
    Received(Arrival<P>),
    /// A message was lost; the event's node is the one that it was for.
    Lost(Arrival<P>, Why),
    /// A timer ran out.
    Timer(P::Timer),
    /// The reader had the node do one of the lab's own actions.
    Asked(&'static str),
    /// The node went down, and lost what it had only in memory, or not.
    Crashed {
        /// Whether it kept what it had in memory.
        kept: bool,
    },
    /// The node came up again.
    Restarted,
    /// The node stands still.
    Paused,
    /// The node goes on; so many things waited for it.
    Resumed(u32),
    /// The node's clock jumped by so many microseconds.
    Skewed(i64),
    /// A message on its way was made slower by so much.
    Delayed(u32, Micros),
    /// A second copy of a message is on its way, with a number of its own.
    Duplicated(u32, u32),
    /// Two messages on one way changed places.
    Reordered(u32, u32),
    /// No message passes from these nodes to the others or, if so told, back.
    Partitioned {
        /// The nodes on one side; bit 0 is n1.
        side: u64,
        /// Whether messages back still pass.
        one_way: bool,
    },
    /// No message passes from one node to another.
    Cut(NodeId, NodeId),
    /// All messages pass again.
    Healed,
    /// From now on nothing happens by itself.
    Held,
    /// Everything goes on by itself again.
    Released,
    /// What the reader wanted could not be done.
    Refused(&'static str),
}

/// A message and its way.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(bound = "")]
pub struct Arrival<P: Protocol> {
    /// Its number, from 1, in the order of sending.
    pub id: u32,
    /// Who sent it.
    pub from: NodeId,
    /// When it was sent.
    pub sent: Micros,
    /// Whether it is a second copy.
    pub copy: bool,
    /// What it says.
    pub message: P::Message,
}

/// Why a message did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Why {
    /// The network lost it.
    Network,
    /// The reader dropped it.
    Dropped,
    /// There was no way through.
    Partition,
    /// The node that it was for is down.
    Down,
}

impl<P: Protocol> Event<P> {
    /// One plain sentence.
    pub fn sentence(&self, protocol: &P) -> String {
        let what = self.words(protocol);
        match (&self.note, what) {
            (Some(note), Some(what)) => format!("{what}: {}", protocol.sentence(note)),
            (Some(note), None) => {
                format!("{} {}", protocol.name(self.node), protocol.sentence(note))
            }
            (None, Some(what)) => what,
            (None, None) => format!("{} does what was asked of it", protocol.name(self.node)),
        }
    }

    /// What happened, without what the rules did about it.
    fn words(&self, protocol: &P) -> Option<String> {
        let name = |node: NodeId| protocol.name(node);
        let me = name(self.node);
        let text = |arrival: &Arrival<P>| protocol.label(&arrival.message).text;
        Some(match &self.what {
            What::Started | What::Asked(_) => return None,
            What::Received(arrival) => {
                let copy = if arrival.copy {
                    "a second copy of "
                } else {
                    ""
                };
                format!(
                    "{me} receives {copy}{} from {}",
                    text(arrival),
                    name(arrival.from)
                )
            }
            What::Lost(arrival, why) => format!(
                "{} from {} to {me} is lost: {}",
                text(arrival),
                name(arrival.from),
                match why {
                    Why::Network => "the network dropped it".to_owned(),
                    Why::Dropped => "you dropped it".to_owned(),
                    Why::Partition => "there is no way through the partition".to_owned(),
                    Why::Down => format!("{me} is down"),
                }
            ),
            What::Timer(timer) => format!("{me}: {} runs out", protocol.timer(*timer)),
            What::Crashed { kept: false } => {
                format!("{me} crashes and loses what it had only in memory")
            }
            What::Crashed { kept: true } => {
                format!("{me} crashes, and will find everything again on its disk")
            }
            What::Restarted => format!("{me} starts again"),
            What::Paused => format!("{me} stands still; what reaches it waits"),
            What::Resumed(0) => format!("{me} goes on; nothing was waiting for it"),
            What::Resumed(1) => format!("{me} goes on, with 1 thing that waited for it"),
            What::Resumed(count) => format!("{me} goes on, with {count} things that waited for it"),
            What::Skewed(by) => format!("{me}’s clock jumps by {}", signed_span(*by)),
            What::Delayed(id, by) => {
                format!("message m{id} is made slower by {}", span(by.signed()))
            }
            What::Duplicated(id, copy) => {
                format!("message m{id} is on its way twice; the copy is m{copy}")
            }
            What::Reordered(a, b) => format!("messages m{a} and m{b} change places on their way"),
            What::Partitioned { side, one_way } => {
                let names: Vec<String> = (1..=64)
                    .filter(|node| side >> (node - 1) & 1 == 1)
                    .map(name)
                    .collect();
                let names = names.join(", ");
                if *one_way {
                    format!("no message passes from {names} to the others; the way back is open")
                } else {
                    format!("the network is parted: {names} on one side, the others on the other")
                }
            }
            What::Cut(from, to) => format!(
                "no message passes from {} to {} any more",
                name(*from),
                name(*to)
            ),
            What::Healed => "the network is whole again".to_owned(),
            What::Held => "from here on nothing happens by itself".to_owned(),
            What::Released => "everything goes on by itself again".to_owned(),
            What::Refused(why) => (*why).to_owned(),
        })
    }
}
