//! Two-phase commit as in Lamport's specification `TwoPhase` (Gray and Lamport, *Consensus on
//! Transaction Commit*, 2006, section 3): resource managers n1 to nN and the transaction manager.
//!
//! What a manager may do of its own accord is a timer that is free to run out. Messages are a set:
//! one that was sent can arrive at any time, and again (see [`Limits::kept`](crate::sim::search::Limits)).

use serde::Serialize;

use crate::sim::config::Config;
use crate::sim::lab::Lab;
use crate::sim::parameter::{Parameter, Unit};
use crate::sim::protocol::{Cluster, Label, NodeId, Protocol, Turn};
use crate::sim::search::Limits;
use crate::sim::time::Micros;
use crate::sim::world::{Broken, Property};

/// The specification's declaration.
pub static LAB: Lab = Lab {
    parameters: &[Parameter::number(
        "managers",
        "Resource managers",
        Unit::Count,
        (1, 8),
        3,
        1,
    )],
    limits: Limits {
        kept: true,
        ..Limits::EVERYTHING
    },
    ..Lab::of_protocol::<TwoPhase>(
        "two-phase",
        "TwoPhase",
        "Two-phase commit between resource managers, as in the TLA+ specification TwoPhase.",
    )
};

/// The rules.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoPhase {
    managers: NodeId,
}

/// A manager's state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A resource manager.
    Resource(Resource),
    /// The transaction manager: who has prepared (bit 0 is n1), and what it has decided.
    Transaction {
        /// Whose word it has.
        prepared: u64,
        /// Commit or abort.
        decided: Option<bool>,
    },
}

/// What a resource manager is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// Nothing is decided.
    Working,
    /// It has given its word.
    Prepared,
    /// It has committed.
    Committed,
    /// It has aborted.
    Aborted,
}

/// What managers say to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Message {
    /// A resource manager gives its word.
    Prepared,
    /// The transaction is committed.
    Commit,
    /// The transaction is aborted.
    Abort,
}

/// What a manager may do of its own accord.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Choice {
    /// A resource manager prepares.
    Prepare,
    /// The transaction manager commits.
    Commit,
    /// Either of them aborts.
    Abort,
}

const FREELY: Micros = Micros::from_secs(1);

impl TwoPhase {
    fn tell(&self, message: Message, turn: &mut Turn<'_, Self>) {
        for manager in 1..=self.managers {
            turn.send(manager, message);
        }
    }
}

impl Protocol for TwoPhase {
    type Node = Node;
    type Message = Message;
    type Timer = Choice;
    type Note = ();

    fn lab() -> &'static Lab {
        &LAB
    }

    fn new(config: &Config) -> Self {
        Self {
            managers: NodeId::try_from(config.get("managers")).unwrap_or(3),
        }
    }

    fn nodes(&self) -> Vec<Node> {
        let mut nodes = vec![Node::Resource(Resource::Working); usize::from(self.managers)];
        nodes.push(Node::Transaction {
            prepared: 0,
            decided: None,
        });
        nodes
    }

    /// After a crash, too, only what is undecided is free to be decided.
    fn on_start(&self, node: &mut Node, turn: &mut Turn<'_, Self>) {
        match node {
            Node::Resource(Resource::Working) => {
                turn.set(Choice::Abort, FREELY);
                turn.set(Choice::Prepare, FREELY);
            }
            Node::Transaction {
                prepared,
                decided: None,
            } => {
                turn.set(Choice::Abort, FREELY);
                if prepared.count_ones() == u32::from(self.managers) {
                    turn.set(Choice::Commit, FREELY);
                }
            }
            _ => {}
        }
    }

    fn on_message(
        &self,
        node: &mut Node,
        from: NodeId,
        message: Message,
        turn: &mut Turn<'_, Self>,
    ) {
        match (node, message) {
            (
                Node::Transaction {
                    prepared,
                    decided: None,
                },
                Message::Prepared,
            ) => {
                *prepared |= 1 << (from - 1);
                if prepared.count_ones() == u32::from(self.managers) {
                    turn.set(Choice::Commit, FREELY);
                }
            }
            (Node::Resource(state), Message::Commit) => settle(state, Resource::Committed, turn),
            (Node::Resource(state), Message::Abort) => settle(state, Resource::Aborted, turn),
            _ => {}
        }
    }

    fn on_timer(&self, node: &mut Node, choice: Choice, turn: &mut Turn<'_, Self>) {
        match (node, choice) {
            (Node::Resource(state @ Resource::Working), Choice::Prepare) => {
                *state = Resource::Prepared;
                turn.stop(Choice::Abort);
                turn.send(self.managers + 1, Message::Prepared);
            }
            (Node::Resource(state @ Resource::Working), Choice::Abort) => {
                settle(state, Resource::Aborted, turn);
            }
            (Node::Transaction { decided, .. }, Choice::Commit) => {
                *decided = Some(true);
                turn.stop(Choice::Abort);
                self.tell(Message::Commit, turn);
            }
            (Node::Transaction { decided, .. }, Choice::Abort) => {
                *decided = Some(false);
                turn.stop(Choice::Commit);
                self.tell(Message::Abort, turn);
            }
            _ => {}
        }
    }

    fn label(&self, message: &Message) -> Label {
        Label::request(match message {
            Message::Prepared => "prepared",
            Message::Commit => "commit",
            Message::Abort => "abort",
        })
    }

    fn sentence(&self, (): &()) -> String {
        String::new()
    }

    fn properties() -> &'static [Property<Cluster<Self>>] {
        &[Property {
            id: "consistent",
            name: "All or nothing",
            promise: "No resource manager commits while another aborts.",
            check: |world| {
                let is = |wanted| {
                    let nodes = world.states();
                    nodes
                        .filter(|node| **node == Node::Resource(wanted))
                        .count()
                        > 0
                };
                if is(Resource::Committed) && is(Resource::Aborted) {
                    return Err(Broken {
                        sentence: "one resource manager has committed and another aborted"
                            .to_owned(),
                        entries: Vec::new(),
                    });
                }
                Ok(())
            },
        }]
    }
}

fn settle(state: &mut Resource, outcome: Resource, turn: &mut Turn<'_, TwoPhase>) {
    *state = outcome;
    turn.stop(Choice::Prepare);
    turn.stop(Choice::Abort);
}
