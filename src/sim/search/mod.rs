//! "Break it": a bounded search, breadth first, for the shortest run that breaks a promise.
//!
//! It starts from any moment of a run of a [`Cluster`](super::protocol::Cluster), holds it there,
//! and then tries everything that can happen next: each message delivered, each timer run out, and
//! as many faults and requests as the [`Limits`] allow. What is searched is the very world that is
//! animated, moved by the very actions that a reader has at hand; so what is found is a run that
//! opens in the player.
//!
//! Two states are taken for one when nodes, timers, messages on their way and cuts are equal. Of each
//! state only 128 bits are kept, as TLC keeps 64 (Lamport, *Specifying Systems*, section 14.2.3): two
//! different states among ten million are taken for one with a chance below 10⁻²⁴.

mod explore;
mod fingerprint;
mod steps;

pub use explore::{Explore, Finding, Found, Search};
pub use fingerprint::{Fingerprint, Key, KeyOf};
pub use steps::{Spent, steps};

use serde::{Deserialize, Serialize};

/// What a search may try, and where it stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The most states that are looked at.
    pub states: usize,
    /// The most steps from the beginning.
    pub depth: usize,
    /// The most messages that are lost.
    pub drops: u8,
    /// The most messages that arrive twice.
    pub duplicates: u8,
    /// The most crashes, each of which may be followed by a restart.
    pub crashes: u8,
    /// The most requests: the lab's own actions on nodes.
    pub requests: u8,
    /// Whether a message that was sent may arrive at any later time, and again, as in
    /// specifications whose messages are a set that only grows.
    pub kept: bool,
}

impl Limits {
    /// What a page tries unless told otherwise.
    pub const USUAL: Self = Self {
        states: 100_000,
        depth: 30,
        drops: 1,
        duplicates: 0,
        crashes: 1,
        requests: 2,
        kept: false,
    };

    /// No faults and no requests, and no bound but memory: for specifications.
    pub const EVERYTHING: Self = Self {
        drops: 0,
        duplicates: 0,
        crashes: 0,
        requests: 0,
        kept: false,
        ..Self::MOST
    };

    /// The most that can be asked for: what the memory of a browser's page holds.
    pub const MOST: Self = Self {
        states: 5_000_000,
        depth: 100,
        drops: 5,
        duplicates: 5,
        crashes: 5,
        requests: 5,
        kept: true,
    };

    /// The same, with everything beyond [`Limits::MOST`] moved there.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self {
            states: self.states.clamp(1, Self::MOST.states),
            depth: self.depth.min(Self::MOST.depth),
            drops: self.drops.min(Self::MOST.drops),
            duplicates: self.duplicates.min(Self::MOST.duplicates),
            crashes: self.crashes.min(Self::MOST.crashes),
            requests: self.requests.min(Self::MOST.requests),
            kept: self.kept,
        }
    }
}
