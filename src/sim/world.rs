//! What a simulation must be able to do; player, history, log and verdicts come from it.

use std::fmt::Debug;

use serde::Serialize;

use super::action::Action;
use super::config::Config;
use super::export::Format;
use super::history::History;
use super::lab::Lab;
use super::queue::{Duty, Queue};
use super::time::Micros;

/// A simulated world: plain state that moves from event to event.
///
/// It owns its random numbers and its queue. The same configuration, seed and actions give the
/// same events, everywhere and always. A world that consists of nodes and messages does not
/// implement this itself: see [`Protocol`](super::protocol::Protocol).
pub trait World: Clone + Debug + Send + Sync + 'static {
    /// What is going to happen.
    type Planned: Clone + Debug + Send + Sync + 'static;
    /// What happened, with everything needed to say it in a sentence.
    type Event: Clone + Debug + PartialEq + Serialize + Send + Sync + 'static;

    /// Its declaration.
    fn lab() -> &'static Lab;

    /// The world at the beginning of a run.
    fn start(config: &Config, seed: u64) -> Self;

    /// What is going to happen, and the present moment.
    fn queue(&self) -> &Queue<Self::Planned>;

    /// The same, for the one who takes the next event out of it.
    fn queue_mut(&mut self) -> &mut Queue<Self::Planned>;

    /// Lets what was planned for now happen and says what it was; nothing if, as things are now,
    /// nothing comes of it. `duty` is what it was planned as.
    fn happen(&mut self, planned: Self::Planned, duty: Duty) -> Option<Self::Event>;

    /// Lets the reader's action happen now. An action that makes no sense (on a node that does not
    /// exist) changes nothing and says so, or gives nothing.
    fn act(&mut self, _action: &Action) -> Option<Self::Event> {
        None
    }

    /// How long a run is at the least. It goes on while there is work to be finished.
    fn shortest(&self) -> Micros {
        Micros::ZERO
    }

    /// One plain sentence: what happened and why.
    fn sentence(&self, event: &Self::Event) -> String;

    /// The messages on their way, by number, each in a few words: what the reader can drop, delay
    /// or deliver. Worlds without messages have none.
    fn on_its_way(&self) -> Vec<(u32, String)> {
        Vec::new()
    }

    /// What the world promises, checked at every event.
    fn properties() -> &'static [Property<Self>] {
        &[]
    }

    /// The number of that name, one of [`Lab::probes`], at the end of the run. Nothing if there is
    /// no such probe, or no such number in this run.
    fn probe(_history: &History<Self>, _probe: &str) -> Option<i64> {
        None
    }

    /// What the reader can export besides the transcript, one of [`Format`].
    fn export(_history: &History<Self>, _format: Format) -> Option<String> {
        None
    }
}

/// A promise, and how to tell whether it holds.
#[derive(Clone, Copy, Debug)]
pub struct Property<W> {
    /// Its name in tests: `no-lost-update`.
    pub id: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    /// The promise, one sentence.
    pub promise: &'static str,
    /// Whether the last event kept it; called after every event until it is broken.
    pub check: fn(&W) -> Result<(), Broken>,
}

/// How a promise was broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// What happened and why it breaks the promise, one sentence.
    pub sentence: String,
    /// The entries concerned, in the world's own numbering.
    pub entries: Vec<u32>,
}
