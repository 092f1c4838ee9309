//! The smallest protocol there is, for tests: a node that is asked to greets all others.

use super::{Cluster, Label, NodeId, Protocol, Turn, faults};
use crate::sim::action::{Action, ActionKind, Target};
use crate::sim::config::Config;
use crate::sim::lab::Lab;
use crate::sim::random::Random;
use crate::sim::time::Micros;

const GREET: ActionKind = ActionKind::new("greet", "Greet", "Greets all others.", Target::Node);

static ACTIONS: [ActionKind; 19] = faults::with::<19>(&[GREET]);

static LAB: Lab = Lab {
    actions: &ACTIONS,
    nodes: |_| 3,
    node_name: |_, node| format!("node {node}"),
    ..Lab::of::<Cluster<Greeting>>("greeting", "Greeting", "One greets, the others hear it.")
};

/// The rules.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Greeting;

impl Protocol for Greeting {
    type Node = u32;
    type Message = u16;
    type Timer = ();
    type Note = u32;

    fn lab() -> &'static Lab {
        &LAB
    }

    fn new(_config: &Config) -> Self {
        Self
    }

    fn nodes(&self) -> Vec<u32> {
        vec![0; 3]
    }

    fn on_message(
        &self,
        heard: &mut u32,
        _from: NodeId,
        _greeting: u16,
        turn: &mut Turn<'_, Self>,
    ) {
        *heard += 1;
        turn.note(*heard);
    }

    fn on_action(&self, heard: &mut u32, _action: &Action, turn: &mut Turn<'_, Self>) {
        for other in turn.others() {
            turn.send(other, turn.me());
        }
        turn.note(*heard);
    }

    fn delay(&self, _: NodeId, _: NodeId, _: &u16, _: &mut Random) -> Option<Micros> {
        Some(Micros::from_millis(10))
    }

    fn label(&self, greeting: &u16) -> Label {
        Label::request(format!("hello from n{greeting}"))
    }

    fn sentence(&self, heard: &u32) -> String {
        format!("it has heard {heard}")
    }

    fn name(&self, node: NodeId) -> String {
        format!("node {node}")
    }
}
