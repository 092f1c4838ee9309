//! One machine: its clocks, its register, and the rules by which it stamps and keeps values.

use std::sync::Arc;

use super::entry::{LogEntry, Order, Stamps};
use crate::sim::clocks::{Bound, Clock, Exchange, Hybrid, Lamport, Reading, Vector};
use crate::sim::config::Config;
use crate::sim::random::Random;
use crate::sim::time::Micros;

/// A machine, one replica of the register x.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Its number, from 1.
    pub number: u8,
    /// Its clock.
    pub clock: Clock,
    /// What it believes its clock's error to be at most.
    pub bound: Bound,
    /// The write whose value its register holds; none before the first.
    pub register: Option<Arc<LogEntry>>,
    /// Entries that are stamped and wait until their stamp has certainly passed.
    pub waiting: Vec<Waiting>,
    /// The question to the time server that is not answered yet.
    pub asking: Option<Question>,
    /// How far its clock jumped since it was last set by the time server, in microseconds.
    pub jumped: i64,
    lamport: Lamport,
    hybrid: Hybrid,
    vector: Vector,
    /// Draws how long its messages are under way.
    pub(super) network: Random,
    /// Draws how long its questions to the time server, and the answers, are under way.
    pub(super) server: Random,
}

/// An entry in commit wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The entry; its `done` is the moment for which its release is planned.
    pub entry: LogEntry,
    /// The write that it applies; none if it is a write itself.
    pub write: Option<Arc<LogEntry>>,
}

/// A question on its way to the time server, or its answer on the way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// When it left, in true time.
    pub asked: Micros,
    /// When it left, by the machine's clock.
    pub t0: Reading,
    /// When it arrives at the server, in true time.
    pub arrives: Micros,
    /// When the answer leaves the server, in true time.
    pub leaves: Micros,
}

impl Machine {
    /// Machine `number` of a configuration at the beginning of a run.
    pub(super) fn start(number: u8, config: &Config, seed: u64) -> Self {
        let offset = share(number, config.get("offset"));
        let stream = |purpose: u64| Random::stream(seed, purpose * 16 + u64::from(number));
        Self {
            number,
            clock: Clock::new(offset, share(number, config.get("drift"))),
            bound: Bound::new(Micros::ZERO, offset.saturating_abs()),
            register: None,
            waiting: Vec::new(),
            asking: None,
            jumped: 0,
            lamport: Lamport::default(),
            hybrid: Hybrid::default(),
            vector: Vector::default(),
            network: stream(1),
            server: stream(2),
        }
    }

    /// The value that the register holds; 0 before the first.
    pub fn value(&self) -> u32 {
        self.register.as_ref().map_or(0, |write| write.what.value())
    }

    /// Stamps what happens now by all clocks; `message` is the write whose receipt it is.
    pub(super) fn stamp(&mut self, now: Micros, message: Option<&LogEntry>) -> (Stamps, Vector) {
        let (wall, process) = (
            self.clock.reading(now),
            usize::from(self.number.saturating_sub(1)),
        );
        let truetime = self.bound.interval(&self.clock, now);
        let (lamport, hybrid, vector) = match message {
            None => (
                self.lamport.local(),
                self.hybrid.local(wall),
                self.vector.local(process),
            ),
            Some(write) => (
                self.lamport.receive(write.stamps.lamport),
                self.hybrid.receive(write.stamps.hybrid, wall),
                self.vector.receive(process, &write.vector),
            ),
        };
        (
            Stamps {
                wall,
                lamport,
                hybrid,
                truetime,
            },
            vector,
        )
    }

    /// Last write wins: the register keeps the write with the larger stamp. Returns what it holds.
    pub(super) fn keep(&mut self, write: &Arc<LogEntry>) -> u32 {
        if self
            .register
            .as_ref()
            .is_none_or(|held| held.tag() < write.tag())
        {
            self.register = Some(Arc::clone(write));
        }
        self.value()
    }

    /// The exchange that an answer arriving now completes.
    pub(super) fn exchange(&self, question: &Question, now: Micros) -> Exchange {
        Exchange {
            t0: question.t0,
            t1: Reading::perfect(question.arrives),
            t2: Reading::perfect(question.leaves),
            t3: self.clock.reading(now),
        }
    }

    /// Corrects the clock by the estimate of an exchange, and knows again how wrong it can be.
    pub(super) fn correct(&mut self, exchange: &Exchange, now: Micros, slew: bool) {
        if slew {
            self.clock.slew(now, exchange.offset());
        } else {
            self.clock.step(now, exchange.offset());
        }
        self.bound = Bound::new(now, exchange.bound());
        self.jumped = 0;
    }

    /// When an entry stamped with `order` may be released, if the clock is left alone until then.
    pub(super) fn releases(
        &self,
        entry: &LogEntry,
        order: Order,
        wait: bool,
        now: Micros,
    ) -> Micros {
        if order == Order::TrueTime && wait {
            self.bound
                .passed_at(&self.clock, entry.stamps.truetime.latest, now)
        } else {
            now
        }
    }
}

/// How much of n2's offset or drift a machine has: n1 none, n3 the opposite, n4 and n5 half.
fn share(number: u8, of: i64) -> i64 {
    match number {
        2 => of,
        3 => -of,
        4 => of / 2,
        5 => -(of / 2),
        _ => 0,
    }
}
