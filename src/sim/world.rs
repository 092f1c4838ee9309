//! What a simulation must be able to do; player, history, log and verdicts come from it.

use std::fmt::Debug;

use serde::Serialize;

use super::action::Action;
use super::config::Config;
use super::history::History;
use super::lab::Lab;
use super::time::Micros;

/// A simulated world: plain state that moves from event to event.
///
/// It owns its random numbers and its queue. The same configuration, seed and actions give the
/// same events, everywhere and always.
pub trait World: Clone + Debug + Send + Sync + 'static {
    /// What happened, with everything needed to say it in a sentence.
    type Event: Clone + Debug + PartialEq + Serialize + Send + Sync + 'static;

    /// Its declaration.
    fn lab() -> &'static Lab;

    /// The world at the beginning of a run.
    fn start(config: &Config, seed: u64) -> Self;

    /// When the next event is; nothing if none is planned. No two events share a microsecond.
    fn next_at(&self) -> Option<Micros>;

    /// Lets the next event happen and says what it was; nothing if none is planned.
    fn step(&mut self) -> Option<Self::Event>;

    /// Lets the reader's action happen at `action.at`, a microsecond at which nothing else does.
    /// An action that makes no sense (on a node that does not exist) changes nothing and says so.
    fn act(&mut self, action: &Action) -> Self::Event;

    /// How far the run goes at the least. It moves on while there is work to be finished, and stays
    /// where it is when only routine is left that would go on for ever.
    fn horizon(&self) -> Micros;

    /// One plain sentence: what happened and why.
    fn sentence(event: &Self::Event) -> String;

    /// What the world promises, checked at every event.
    fn properties() -> &'static [Property<Self>];

    /// The number of that name, one of [`Lab::probes`], at the end of the run. Nothing if there is
    /// no such probe, or no such number in this run.
    fn probe(history: &History<Self>, probe: &str) -> Option<i64>;
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
