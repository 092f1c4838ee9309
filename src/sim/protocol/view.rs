//! A cluster as a picture needs it, without the protocol's types.

use super::{Cluster, NodeId, Protocol, Status};
use crate::sim::time::Micros;

/// A message in a few words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// What it says: `write x = 7`.
    pub text: String,
    /// Whether it answers another; drawn hollow.
    pub reply: bool,
    /// Which attempt it is, from 1, where the sender tries again; 0 where it does not.
    pub attempt: u32,
}

impl Label {
    /// A message that asks or tells something.
    pub fn request(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A message that answers another.
    pub fn reply(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            reply: true,
            ..Self::default()
        }
    }

    /// The same, as the attempt of that number.
    #[must_use]
    pub fn attempt(self, attempt: u32) -> Self {
        Self { attempt, ..self }
    }
}

/// Where the nodes stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// All on one circle, the first at the top, clockwise; two side by side, very many in rows.
    Circle,
    /// In rows, from the top.
    Rows(Vec<Vec<NodeId>>),
}

/// A node in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeView {
    /// Its number.
    pub node: NodeId,
    /// What it is called.
    pub name: String,
    /// Its state in one line.
    pub state: String,
    /// The word for leading or coordinating, if it does.
    pub role: Option<&'static str>,
    /// Whether it runs.
    pub status: Status,
    /// What its clock shows, in words, where clocks differ.
    pub clock: Option<String>,
    /// How many messages and timers wait for it while it stands still.
    pub waiting: usize,
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageView {
    /// Its number.
    pub id: u32,
    /// Who sent it.
    pub from: NodeId,
    /// Who it is for.
    pub to: NodeId,
    /// What it says.
    pub label: Label,
    /// Whether it is a second copy.
    pub copy: bool,
    /// When it was sent.
    pub sent: Micros,
    /// When it will arrive or be lost.
    pub arrives: Micros,
    /// Whether it will be lost then.
    pub lost: bool,
}

impl<P: Protocol> Cluster<P> {
    /// All nodes, n1 first.
    pub fn node_views(&self) -> Vec<NodeView> {
        let clocks_differ = self
            .members()
            .iter()
            .any(|member| member.clock.error(self.now()) != 0);
        (1..)
            .zip(self.members())
            .map(|(node, member)| NodeView {
                node,
                name: self.protocol().name(node),
                state: self.protocol().state(&member.state),
                role: self.protocol().role(&member.state),
                status: member.status,
                clock: clocks_differ.then(|| member.clock.reading(self.now()).to_string()),
                waiting: self.waiting_for(node),
            })
            .collect()
    }

    /// All messages on their way, in the order of sending.
    pub fn message_views(&self) -> Vec<MessageView> {
        let mut views: Vec<MessageView> = self
            .in_flight()
            .map(|(arrives, flight)| MessageView {
                id: flight.id,
                from: flight.from,
                to: flight.to,
                label: self.protocol().label(&flight.message),
                copy: flight.copy,
                sent: flight.sent,
                arrives,
                lost: flight.lost.is_some(),
            })
            .collect();
        views.sort_unstable_by_key(|view| view.id);
        views
    }

    /// The ways on which no message passes: from, to.
    pub fn cuts(&self) -> Vec<(NodeId, NodeId)> {
        self.network().cuts()
    }
}
