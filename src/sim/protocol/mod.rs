//! Protocols: nodes that exchange messages, as rules on plain state.
//!
//! A [`Protocol`] says what a node does when a message arrives, when a timer runs out, and when the
//! reader asks it to do something. It has no clock, no network and no randomness but what its
//! [`Turn`] hands it. The same rules run in three places: in a [`Cluster`], which is the world that
//! is animated and run thousands of times; in the bounded [`search`](crate::sim::search) for a
//! violation; and in the tests' model checker.

mod causes;
mod cluster;
mod event;
pub mod faults;
pub mod network;
mod node;
#[cfg(test)]
pub(crate) mod sample;
mod scene;
mod steering;
#[cfg(test)]
mod tests;
mod turn;
mod view;

pub use cluster::{Cluster, Flight, Planned};
pub use event::{Arrival, Event, What, Why};
pub use network::{Fate, Network};
pub use node::{Member, Status};
pub use scene::{Deed, Loss, Scene, Step, Story, Travel, losses};
pub use turn::{Effects, Turn};
pub use view::{Label, Layout, MessageView, NodeView};

use std::fmt::Debug;
use std::hash::Hash;

use serde::Serialize;

use super::action::Action;
use super::clocks::Clock;
use super::config::Config;
use super::export::Format;
use super::history::History;
use super::lab::Lab;
use super::random::Random;
use super::time::Micros;
use super::world::Property;

/// A node's number, from 1.
pub type NodeId = u16;

/// The rules of a protocol, with their settings.
///
/// Only `lab`, `new`, `nodes`, `on_message`, `label` and `sentence` have to be written; the rest
/// has a default.
pub trait Protocol: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// What a node knows.
    type Node: Clone + Debug + Ord + Hash + Send + Sync + 'static;
    /// What nodes say to each other.
    type Message: Clone + Debug + Ord + Hash + Serialize + Send + Sync + 'static;
    /// A timer's name. A node has at most one timer of a name.
    type Timer: Copy + Debug + Ord + Hash + Serialize + Send + Sync + 'static;
    /// What a rule did and why, with the values that it went by.
    type Note: Clone + Debug + PartialEq + Serialize + Send + Sync + 'static;

    /// Its declaration.
    fn lab() -> &'static Lab;

    /// The rules with the settings of a configuration.
    fn new(config: &Config) -> Self;

    /// The same for a run of that seed, for rules that draw something before the run begins.
    fn seeded(config: &Config, _seed: u64) -> Self {
        Self::new(config)
    }

    /// The nodes at the beginning, n1 first. At most 64.
    fn nodes(&self) -> Vec<Self::Node>;

    /// A node begins, or begins again after a crash.
    fn on_start(&self, _node: &mut Self::Node, _turn: &mut Turn<'_, Self>) {}

    /// A message arrives.
    fn on_message(
        &self,
        node: &mut Self::Node,
        from: NodeId,
        message: Self::Message,
        turn: &mut Turn<'_, Self>,
    );

    /// A timer runs out.
    fn on_timer(&self, _node: &mut Self::Node, _timer: Self::Timer, _turn: &mut Turn<'_, Self>) {}

    /// The reader asks the node to do something: one of the lab's own actions.
    fn on_action(&self, _node: &mut Self::Node, _action: &Action, _turn: &mut Turn<'_, Self>) {}

    /// A crash takes what the node had only in memory. By default it has all of it on disk.
    fn forget(&self, _node: &mut Self::Node) {}

    /// A message in a few words, as it stands on its mark.
    fn label(&self, message: &Self::Message) -> Label;

    /// What a rule did and why: a sentence without its subject's name and without a full stop, which
    /// follows "n2 receives write x = 7 from n1:" or stands for itself.
    fn sentence(&self, note: &Self::Note) -> String;

    /// What a node is called: `n2`, `orders`.
    fn name(&self, node: NodeId) -> String {
        format!("n{node}")
    }

    /// A timer in words: "its retry timer".
    fn timer(&self, _timer: Self::Timer) -> String {
        "its timer".to_owned()
    }

    /// A node's state in one line.
    fn state(&self, _node: &Self::Node) -> String {
        String::new()
    }

    /// Whether a node leads or coordinates just now; the word for it.
    fn role(&self, _node: &Self::Node) -> Option<&'static str> {
        None
    }

    /// Where the nodes stand in the picture.
    fn layout(&self) -> Layout {
        Layout::Circle
    }

    /// Whether a timer goes on for ever (a heartbeat), so that no run waits for it.
    fn is_routine(&self, _timer: Self::Timer) -> bool {
        false
    }

    /// How long a message takes, if not what the network's own parameters say.
    fn delay(
        &self,
        _from: NodeId,
        _to: NodeId,
        _message: &Self::Message,
        _random: &mut Random,
    ) -> Option<Micros> {
        None
    }

    /// A node's clock at the beginning: its offset and its drift.
    fn clock(&self, _node: NodeId) -> Clock {
        Clock::new(0, 0)
    }

    /// How long a run is at the least.
    fn shortest(&self) -> Micros {
        Micros::ZERO
    }

    /// Whether a search looks at this state, and beyond it; for protocols that have endless ones.
    fn is_within_bounds(&self, _cluster: &Cluster<Self>) -> bool {
        true
    }

    /// What the protocol promises, checked at every event.
    fn properties() -> &'static [Property<Cluster<Self>>] {
        &[]
    }

    /// The number of that name at the end of a run, see [`World::probe`](super::world::World::probe).
    fn probe(_history: &History<Cluster<Self>>, _probe: &str) -> Option<i64> {
        None
    }

    /// Forms of export that only this protocol has; the transcript, JSON and the ShiViz log are
    /// there for all.
    fn export(_history: &History<Cluster<Self>>, _format: Format) -> Option<String> {
        None
    }
}
