//! How long each message takes, so that a trial of the study is the very run that is animated.
//!
//! What a write and a read send first, and the answers to it, take what a [`Trial`] says: that of
//! the run's own seed for the writer's first write and the reader's first read, and one of its own
//! for each other operation. So they do not depend on W, R, or anything that happens. Everything
//! else (repairs, hints, digests) draws from the random numbers of its way.

use std::sync::OnceLock;

use super::Quorum;
use super::message::Message;
use super::nodes::{READER, WRITER};
use super::settings::{Model, between};
use crate::sim::pbs::delay::micros;
use crate::sim::pbs::{MODELS, MOST, Sampler, SparseTable, Trial, trial_seed};
use crate::sim::protocol::NodeId;
use crate::sim::random::Random;
use crate::sim::time::Micros;

/// One for each model, made when it is first needed. To make all of their tables' cells would take a
/// tenth of a second.
static SAMPLERS: [OnceLock<Sampler<SparseTable>>; MODELS.len()] =
    [const { OnceLock::new() }; MODELS.len()];

impl Quorum {
    /// The delays of an operation: those of the client with that number, its `op`-th.
    pub fn trial(&self, client: NodeId, op: u32) -> Trial {
        let seed = match (client, op) {
            (WRITER | READER, 1) => self.seed,
            _ => trial_seed(self.seed, (u64::from(client) << 32) | u64::from(op)),
        };
        self.draw(&mut Random::from_seed(seed))
    }

    fn draw(&self, random: &mut Random) -> Trial {
        let n = usize::from(self.settings.n);
        match self.settings.model {
            Model::Fitted(place) => match (SAMPLERS.get(place), MODELS.get(place)) {
                (Some(sampler), Some(model)) => {
                    let sampler = sampler.get_or_init(|| Sampler::of(&model.delays()));
                    Trial::draw_from(sampler, n, random)
                }
                _ => uniform(0, 0, n, random),
            },
            Model::Uniform(low, high) => uniform(low, high, n, random),
        }
    }

    /// How long a message takes.
    pub(super) fn message_delay(
        &self,
        from: NodeId,
        to: NodeId,
        message: &Message,
        random: &mut Random,
    ) -> Micros {
        if matches!(message, Message::Told { .. }) {
            return self.settings.after;
        }
        let place = [from, to]
            .into_iter()
            .find_map(|node| self.replica_of(node))
            .map_or(0, |replica| usize::from(replica) - 1);
        let is_spare = self.is_spare(from) || self.is_spare(to);
        let length = match message {
            Message::Write { op, .. } => self.trial(from, *op).write.get(place).copied(),
            Message::Ack { op, .. } if !is_spare => {
                self.trial(to, *op).acknowledge.get(place).copied()
            }
            Message::Read { op } => self.trial(from, *op).read.get(place).copied(),
            Message::Answer { op, .. } if !is_spare => {
                self.trial(to, *op).answer.get(place).copied()
            }
            Message::Ack { .. } | Message::Backed { .. } | Message::Handed { .. } => {
                self.draw(random).acknowledge.get(place).copied()
            }
            Message::Answer { .. } | Message::Digest { .. } => {
                self.draw(random).answer.get(place).copied()
            }
            _ => self.draw(random).write.get(place).copied(),
        };
        let length = micros(length.unwrap_or(0.0));
        let slow = [from, to]
            .into_iter()
            .filter_map(|node| self.replica_of(node))
            .any(|replica| replica == self.settings.slow);
        if slow {
            length.plus(self.settings.slow_by)
        } else {
            length
        }
    }
}

/// A trial with uniform delays, drawn in the order of [`Trial::draw`].
fn uniform(low: u64, high: u64, n: usize, random: &mut Random) -> Trial {
    let delay = between(low, high);
    let mut trial = Trial {
        n: n.clamp(1, MOST),
        write: [0.0; MOST],
        acknowledge: [0.0; MOST],
        read: [0.0; MOST],
        answer: [0.0; MOST],
        near: None,
    };
    for place in 0..trial.n {
        for lengths in [
            &mut trial.write,
            &mut trial.acknowledge,
            &mut trial.read,
            &mut trial.answer,
        ] {
            lengths[place] = delay.sample(random);
        }
    }
    trial
}
