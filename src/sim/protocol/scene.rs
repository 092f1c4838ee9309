//! A cluster and its run as pictures need them, without the protocol's types: what is drawn from
//! this is compiled once for all protocols.

use super::event::{Arrival, What, Why};
use super::{Cluster, Event, Label, Layout, MessageView, NodeId, NodeView, Protocol};
use crate::sim::history::{Entry, History};
use crate::sim::time::Micros;

/// A cluster at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// Where the nodes stand.
    pub layout: Layout,
    /// The nodes, n1 first.
    pub nodes: Vec<NodeView>,
    /// The messages on their way, in the order of sending.
    pub messages: Vec<MessageView>,
    /// The ways on which no message passes: from, to.
    pub cuts: Vec<(NodeId, NodeId)>,
    /// The node that the last event happened to.
    pub touched: Option<NodeId>,
}

impl<P: Protocol> Cluster<P> {
    /// The cluster as it is now.
    pub fn scene(&self) -> Scene {
        let happened = self.last_event().filter(|event| {
            event.node > 0 && !matches!(event.what, What::Lost(..) | What::Refused(_))
        });
        Scene {
            layout: self.protocol().layout(),
            nodes: self.node_views(),
            messages: self.message_views(),
            cuts: self.cuts(),
            touched: happened.map(|event| event.node),
        }
    }
}

/// A message that was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// When.
    pub at: Micros,
    /// The message as it was just before.
    pub message: MessageView,
}

/// The last messages lost after `after` and not after `until`, at most eight.
pub fn losses<P: Protocol>(
    history: &History<Cluster<P>>,
    after: Micros,
    until: Micros,
) -> Vec<Loss> {
    const MOST: usize = 8;
    let past = history
        .entries()
        .get(..history.count_until(until))
        .unwrap_or_default();
    let lost = past.iter().rev().take_while(|entry| entry.at > after);
    let mut losses: Vec<Loss> = lost
        .filter_map(|entry| match &entry.event.what {
            What::Lost(arrival, _) => Some((entry.at, arrival.id)),
            _ => None,
        })
        .take(MOST)
        .filter_map(|(at, id)| {
            let before = history.world_at(at.minus(Micros(1)));
            let mut messages = before.message_views().into_iter();
            let message = messages.find(|message| message.id == id)?;
            Some(Loss { at, message })
        })
        .collect();
    losses.reverse();
    losses
}

/// A whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// What the nodes are called, n1 first.
    pub names: Vec<String>,
    /// What happened, in order; one for each entry of the history.
    pub steps: Vec<Step>,
    /// The messages that are on their way at the end of the run.
    pub unfinished: Vec<MessageView>,
    /// Where the run ends.
    pub end: Micros,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Micros,
    /// The node that it happened to; 0 for what happens to no single one.
    pub node: NodeId,
    /// What it was.
    pub what: Deed,
}

/// The kinds of what happened that a picture tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A message arrived.
    Received(Travel),
    /// A message was lost.
    Lost(Travel, Why),
    /// The node acted by itself or was asked to.
    Acted,
    /// The node went down.
    Crashed,
    /// The node came up.
    Restarted,
    /// The node stands still.
    Paused,
    /// The node goes on.
    Resumed,
    /// From here on some messages do not pass.
    Parted,
    /// From here on all messages pass.
    Healed,
    /// Anything else.
    Other,
}

/// A message and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Travel {
    /// Who sent it.
    pub from: NodeId,
    /// When.
    pub sent: Micros,
    /// Whether it is a second copy.
    pub copy: bool,
    /// What it says.
    pub label: Label,
}

impl Story {
    /// The run of a history.
    pub fn of<P: Protocol>(history: &History<Cluster<P>>) -> Self {
        let protocol = history.start().protocol();
        let count = NodeId::try_from(history.start().members().len()).unwrap_or(NodeId::MAX);
        let step = |entry: &Entry<Event<P>>| Step {
            at: entry.at,
            node: entry.event.node,
            what: deed(protocol, &entry.event.what),
        };
        Self {
            names: (1..=count).map(|node| protocol.name(node)).collect(),
            steps: history.entries().iter().map(step).collect(),
            unfinished: history.last().message_views(),
            end: history.end(),
        }
    }

    /// The pairs of nodes between which a message ever goes, the smaller number first.
    pub fn links(&self) -> Vec<(NodeId, NodeId)> {
        let told = self.steps.iter().filter_map(|step| match &step.what {
            Deed::Received(travel) | Deed::Lost(travel, _) => Some((travel.from, step.node)),
            _ => None,
        });
        let unfinished = self.unfinished.iter();
        let mut links: Vec<(NodeId, NodeId)> = told
            .chain(unfinished.map(|message| (message.from, message.to)))
            .map(|(from, to)| (from.min(to), from.max(to)))
            .collect();
        links.sort_unstable();
        links.dedup();
        links
    }

    /// When which node came up again.
    pub fn restarts(&self) -> Vec<(NodeId, Micros)> {
        let restarted = self
            .steps
            .iter()
            .filter(|step| step.what == Deed::Restarted);
        restarted.map(|step| (step.node, step.at)).collect()
    }
}

fn deed<P: Protocol>(protocol: &P, what: &What<P>) -> Deed {
    let travel = |arrival: &Arrival<P>| Travel {
        from: arrival.from,
        sent: arrival.sent,
        copy: arrival.copy,
        label: protocol.label(&arrival.message),
    };
    match what {
        What::Received(arrival) => Deed::Received(travel(arrival)),
        What::Lost(arrival, why) => Deed::Lost(travel(arrival), *why),
        What::Started | What::Timer(_) | What::Asked(_) => Deed::Acted,
        What::Crashed { .. } => Deed::Crashed,
        What::Restarted => Deed::Restarted,
        What::Paused => Deed::Paused,
        What::Resumed(_) => Deed::Resumed,
        What::Partitioned { .. } | What::Cut(..) => Deed::Parted,
        What::Healed => Deed::Healed,
        What::Skewed(_)
        | What::Delayed(..)
        | What::Duplicated(..)
        | What::Reordered(..)
        | What::Held
        | What::Released
        | What::Refused(_) => Deed::Other,
    }
}
