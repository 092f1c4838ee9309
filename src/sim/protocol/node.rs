//! A node as the world sees it: its state, whether it runs, its timers and its clock.

use serde::Serialize;

use super::Protocol;
use crate::sim::clocks::Clock;
use crate::sim::time::Micros;

/// A node of a [`Cluster`](super::Cluster).
#[derive(Clone, Debug)]
pub struct Member<P: Protocol> {
    /// What the protocol's rules know and change.
    pub state: P::Node,
    /// Whether it runs.
    pub status: Status,
    /// Its clock.
    pub clock: Clock,
    /// Its running timers and the microsecond at which each runs out, in the order of setting.
    pub timers: Vec<(P::Timer, Micros)>,
}

impl<P: Protocol> Member<P> {
    pub(super) fn new(state: P::Node, clock: Clock) -> Self {
        Self {
            state,
            status: Status::Up,
            clock,
            timers: Vec::new(),
        }
    }
}

/// Whether a node runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Status {
    /// It runs.
    Up,
    /// It stands still, as in a long garbage collection: what reaches it waits.
    Paused,
    /// It is down: what reaches it is lost, and its timers are gone.
    Crashed,
}
