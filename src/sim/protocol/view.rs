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

    /// All messages on their way, each with its number and in words: `m7, n1 to n2: write x = 7`.
    pub fn messages_in_words(&self) -> Vec<(u32, String)> {
        let in_words = |view: MessageView| {
            let (from, to) = (
                self.protocol().name(view.from),
                self.protocol().name(view.to),
            );
            let copy = if view.copy { " (copy)" } else { "" };
            (
                view.id,
                format!("m{}, {from} to {to}: {}{copy}", view.id, view.label.text),
            )
        };
        self.message_views().into_iter().map(in_words).collect()
    }

    /// The ways on which no message passes: from, to.
    pub fn cuts(&self) -> Vec<(NodeId, NodeId)> {
        self.network().cuts()
    }
}

#[cfg(test)]
mod tests {
    use crate::sim::link;
    use crate::sim::protocol::sample::Greeting;
    use crate::sim::protocol::{Cluster, Protocol as _};
    use crate::sim::time::Micros;
    use crate::sim::{History, Told};

    #[test]
    fn messages_on_their_way_are_named_while_they_are() {
        let run = link::decode(
            Greeting::lab(),
            "do=5ms:greet:n1,6ms:duplicate:m1,6001us:drop:m2;at=end",
        );
        assert_eq!(run.notices, []);
        let history = History::<Cluster<Greeting>>::of(&run.run);
        let at = |millis| history.messages_at(Micros::from_millis(millis));
        assert_eq!(at(4), []);
        let hello = |words: &str| format!("{words}: hello from n1");
        let first = (1, hello("m1, node 1 to node 2"));
        assert_eq!(at(5), [first.clone(), (2, hello("m2, node 1 to node 3"))]);
        let copy = (3, hello("m3, node 1 to node 2") + " (copy)");
        assert_eq!(at(7), [first, copy]);
        assert_eq!(history.messages_at(Micros::END), []);
    }
}
