//! What a reader can do to a world while it runs.

use serde::Serialize;

use super::parameter::Parameter;
use super::time::Micros;

/// One kind of action that a lab offers.
#[derive(Clone, Copy, Debug)]
pub struct ActionKind {
    /// Its name in links: `jump`.
    pub id: &'static str,
    /// What the button says.
    pub label: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// What it is done to.
    pub on: Target,
    /// How much, where that is asked: a [`Parameter`] whose kind is a number.
    pub amount: Option<Parameter>,
}

impl ActionKind {
    /// An action that asks for no amount.
    pub const fn new(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        on: Target,
    ) -> Self {
        Self {
            id,
            label,
            help,
            on,
            amount: None,
        }
    }

    /// The same action, which also asks how much.
    #[must_use]
    pub const fn by(self, amount: Parameter) -> Self {
        Self {
            amount: Some(amount),
            ..self
        }
    }
}

/// What an action is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One node: `n2`.
    Node,
    /// One direction of the way between two nodes: `n1-n2`.
    Link,
    /// Some of the nodes: `n1.n2`.
    Nodes,
    /// One message on its way: `m7`.
    Message,
    /// The world as a whole.
    None,
}

/// What one action was done to. Nodes are numbered from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum On {
    /// The world as a whole.
    #[default]
    World,
    /// One node.
    Node(u16),
    /// The way from one node to another.
    Link(u16, u16),
    /// Some nodes: bit 0 stands for n1. Only the first 64 nodes can be named so.
    Nodes(u64),
    /// The message of that number.
    Message(u32),
}

impl On {
    /// The node, where it is one node; 0 where it is not.
    pub const fn node(self) -> u16 {
        match self {
            Self::Node(number) => number,
            _ => 0,
        }
    }

    /// Whether everything it names is among `nodes` nodes. Messages have to be looked for in the run.
    pub const fn is_within(self, nodes: u16) -> bool {
        match self {
            Self::World | Self::Message(_) => true,
            Self::Node(number) => 1 <= number && number <= nodes,
            Self::Link(from, to) => {
                1 <= from && from <= nodes && 1 <= to && to <= nodes && from != to
            }
            Self::Nodes(set) => set != 0 && (nodes >= 64 || set >> nodes == 0),
        }
    }
}

/// One thing that the reader did, at its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
    /// When, in virtual time. It happens at the first free microsecond from there on.
    pub at: Micros,
    /// The [`ActionKind::id`].
    pub kind: &'static str,
    /// What it is done to.
    pub on: On,
    /// How much, in the unit of [`ActionKind::amount`]; 0 where none is asked.
    pub amount: i64,
}

impl Action {
    /// An action on one node that asks for no amount, `at` given in milliseconds: for scenarios.
    pub const fn on_node(millis: u64, kind: &'static str, node: u16) -> Self {
        Self {
            at: Micros::from_millis(millis),
            kind,
            on: On::Node(node),
            amount: 0,
        }
    }

    /// The same action with an amount.
    #[must_use]
    pub const fn by(self, amount: i64) -> Self {
        Self { amount, ..self }
    }
}
