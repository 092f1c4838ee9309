//! What a node has at hand while one of its rules is at work, and what the rule wants done.

use super::{NodeId, Protocol};
use crate::sim::clocks::Reading;
use crate::sim::random::Random;
use crate::sim::time::Micros;

/// One turn of one node: who it is, what its clock shows, and what it wants done.
#[derive(Debug)]
pub struct Turn<'a, P: Protocol> {
    me: NodeId,
    others: NodeId,
    now: Reading,
    random: &'a mut Random,
    effects: &'a mut Effects<P>,
}

/// What a turn wants done when it is over.
#[derive(Clone, Debug)]
pub struct Effects<P: Protocol> {
    /// Messages to send, in order.
    pub sends: Vec<(NodeId, P::Message)>,
    /// Timers to set (with the length by the node's own clock) or to stop, in order.
    pub timers: Vec<(P::Timer, Option<Micros>)>,
    /// What was done and why.
    pub note: Option<P::Note>,
}

impl<P: Protocol> Default for Effects<P> {
    fn default() -> Self {
        Self {
            sends: Vec::new(),
            timers: Vec::new(),
            note: None,
        }
    }
}

impl<'a, P: Protocol> Turn<'a, P> {
    /// A turn of node `me`, one of `count` nodes.
    pub fn new(
        me: NodeId,
        count: NodeId,
        now: Reading,
        random: &'a mut Random,
        effects: &'a mut Effects<P>,
    ) -> Self {
        Self {
            me,
            others: count,
            now,
            random,
            effects,
        }
    }

    /// The node whose turn it is.
    pub fn me(&self) -> NodeId {
        self.me
    }

    /// All other nodes.
    pub fn others(&self) -> impl Iterator<Item = NodeId> + use<P> {
        let me = self.me;
        (1..=self.others).filter(move |node| *node != me)
    }

    /// What the node's own clock shows; other nodes' clocks may show something else.
    pub fn now(&self) -> Reading {
        self.now
    }

    /// The world's random numbers.
    pub fn random(&mut self) -> &mut Random {
        self.random
    }

    /// Sends a message. One to a node that does not exist is not sent; one to the node itself
    /// arrives like any other.
    pub fn send(&mut self, to: NodeId, message: P::Message) {
        self.effects.sends.push((to, message));
    }

    /// Sets a timer, by the node's own clock; one of the same name is set anew.
    pub fn set(&mut self, timer: P::Timer, after: Micros) {
        self.effects.timers.push((timer, Some(after)));
    }

    /// Stops a timer; nothing happens if it does not run.
    pub fn stop(&mut self, timer: P::Timer) {
        self.effects.timers.push((timer, None));
    }

    /// Says what the rule did and why. The last word counts.
    pub fn note(&mut self, note: P::Note) {
        self.effects.note = Some(note);
    }
}
