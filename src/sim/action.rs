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

/// What an action is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One node.
    Node,
    /// The world as a whole.
    None,
}

/// One thing that the reader did, at its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
    /// When, in virtual time. It happens at the first free microsecond from there on.
    pub at: Micros,
    /// The [`ActionKind::id`].
    pub kind: &'static str,
    /// The node's number, from 1; 0 for an action on no node.
    pub node: u8,
    /// How much, in the unit of [`ActionKind::amount`]; 0 where none is asked.
    pub amount: i64,
}
