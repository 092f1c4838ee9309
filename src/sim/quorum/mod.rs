//! Leaderless replication with quorums: N replicas, writes that wait for W of them, reads that wait
//! for R (chapter 7).
//!
//! The rules and their names are those of Dynamo (DeCandia et al., SOSP 2007, sections 4.5 to 4.7);
//! the delays and the study are those of Bailis et al. (VLDB 2012), see [`pbs`](super::pbs); a read
//! that writes back is that of Attiya, Bar-Noy and Dolev (JACM 1995). Clients coordinate their own
//! operations, and there is one writer, so that a version is a number.

mod client;
mod declaration;
mod delays;
pub mod glance;
mod message;
mod nodes;
mod parameters;
mod promises;
pub mod report;
mod scenarios;
mod settings;
mod store;
mod study;
mod tasks;
#[cfg(test)]
mod tests;

pub use declaration::LAB;
pub use message::{Message, Note, Timer, chip};
pub use nodes::{
    CLIENTS, Client, Heard, Node, Operation, Pending, Phase, READER, READER_2, SPARES, Spare,
    WRITER,
};
pub use settings::{Model, Settings};
pub use study::study;

use super::action::Action;
use super::config::Config;
use super::export::Format;
use super::history::History;
use super::lab::Lab;
use super::protocol::{Cluster, Label, Layout, NodeId, Protocol, Turn};
use super::random::Random;
use super::time::Micros;
use super::world::Property;

/// The rules with the settings of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Quorum {
    settings: Settings,
    /// The run's seed, from which the delays of the operations follow.
    seed: u64,
}

impl Quorum {
    /// The settings of the run.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Protocol for Quorum {
    type Node = Node;
    type Message = Message;
    type Timer = Timer;
    type Note = Note;

    fn lab() -> &'static Lab {
        &LAB
    }

    fn new(config: &Config) -> Self {
        Self::seeded(config, 1)
    }

    fn seeded(config: &Config, seed: u64) -> Self {
        let settings = Settings::of(config);
        Self { settings, seed }
    }

    fn nodes(&self) -> Vec<Node> {
        self.all_nodes()
    }

    fn on_start(&self, node: &mut Node, turn: &mut Turn<'_, Self>) {
        match node {
            Node::Client(client) => {
                let n = self.settings.n;
                let (w, r) = self.settings.asked;
                match turn.me() {
                    WRITER if w > n => turn.note(Note::Clamped(w, n)),
                    READER | READER_2 if r > n => turn.note(Note::Clamped(r, n)),
                    _ => {}
                }
                self.plan_script(client, turn);
            }
            Node::Replica(_) => self.plan_anti_entropy(turn),
            Node::Spare(spare) if spare.hints.is_empty() => {}
            Node::Spare(spare) => {
                spare.tries = 0;
                turn.set(Timer::HandOff, self.settings.hand_off);
            }
        }
    }

    fn on_message(
        &self,
        node: &mut Node,
        from: NodeId,
        message: Message,
        turn: &mut Turn<'_, Self>,
    ) {
        match node {
            Node::Client(client) => self.client_hears(client, from, message, turn),
            Node::Replica(stored) => {
                let me = self.replica_of(turn.me()).unwrap_or(0);
                self.replica_hears(stored, me, from, message, turn);
            }
            Node::Spare(spare) => self.spare_hears(spare, from, message, turn),
        }
    }

    fn on_timer(&self, node: &mut Node, timer: Timer, turn: &mut Turn<'_, Self>) {
        match (node, timer) {
            (Node::Client(client), Timer::Script) => {
                client.scripted += 1;
                self.write(client, true, turn);
                self.plan_script(client, turn);
            }
            (Node::Client(client), Timer::Patience) => self.loses_patience(client, turn),
            (Node::Client(client), _) => self.times_out(client, turn),
            (Node::Replica(stored), _) => {
                let me = self.replica_of(turn.me()).unwrap_or(0);
                self.compares(*stored, me, turn);
            }
            (Node::Spare(spare), _) => self.hands_over(spare, turn),
        }
    }

    fn on_action(&self, node: &mut Node, action: &Action, turn: &mut Turn<'_, Self>) {
        match (node, action.kind) {
            (Node::Client(client), "write") if turn.me() == WRITER => {
                self.write(client, false, turn);
            }
            (Node::Client(_), "write") => turn.note(Note::OnlyTheWriter),
            (Node::Client(client), "read") => self.read(client, turn),
            _ => turn.note(Note::NoClient),
        }
    }

    fn forget(&self, node: &mut Node) {
        match node {
            Node::Client(client) => client.pending = None,
            Node::Replica(stored) => *stored = 0,
            Node::Spare(spare) => *spare = Spare::default(),
        }
    }

    fn label(&self, message: &Message) -> Label {
        self.label_of(message)
    }

    fn sentence(&self, note: &Note) -> String {
        self.words(note)
    }

    fn name(&self, node: NodeId) -> String {
        self.name_of(node)
    }

    fn timer(&self, timer: Timer) -> String {
        match timer {
            Timer::Script => "its pause before the next write",
            Timer::Patience => "its patience",
            Timer::Timeout => "the time of its operation",
            Timer::HandOff => "its pause before the next hand-off",
            Timer::AntiEntropy => "its pause before the next comparison",
        }
        .to_owned()
    }

    fn state(&self, node: &Node) -> String {
        match node {
            Node::Client(client) => report::state_of(client, &self.settings),
            Node::Replica(stored) => chip(*stored),
            Node::Spare(spare) if spare.hints.is_empty() => "keeps nothing".to_owned(),
            Node::Spare(spare) => {
                let hints = spare.hints.iter();
                let hints = hints.map(|(replica, version)| format!("v{version} for r{replica}"));
                format!("keeps {}", hints.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn role(&self, node: &Node) -> Option<&'static str> {
        match node {
            Node::Client(client) => client.pending.as_ref().map(|_| "coordinates"),
            _ => None,
        }
    }

    fn layout(&self) -> Layout {
        self.rows()
    }

    fn is_routine(&self, timer: Timer) -> bool {
        timer == Timer::AntiEntropy
    }

    fn delay(
        &self,
        from: NodeId,
        to: NodeId,
        message: &Message,
        random: &mut Random,
    ) -> Option<Micros> {
        Some(self.message_delay(from, to, message, random))
    }

    /// With anti-entropy on, long enough to see each replica compare itself some times.
    fn shortest(&self) -> Micros {
        Micros(self.settings.anti_entropy.0.saturating_mul(4))
    }

    fn properties() -> &'static [Property<Cluster<Self>>] {
        promises::ALL
    }

    fn probe(history: &History<Cluster<Self>>, probe: &str) -> Option<i64> {
        report::probe(history, probe)
    }

    fn export(history: &History<Cluster<Self>>, format: Format) -> Option<String> {
        match format {
            Format::Operations => report::operations(history.last()).map(|history| {
                super::histories::write::edn::<super::histories::Register>(&history)
            }),
            _ => None,
        }
    }
}
