//! Rules and worlds: pure Rust, deterministic, no browser.
//!
//! A run of a lab is a value ([`Run`]): seed, configuration, the reader's actions and a cursor.
//! A [`World`] turns it into a [`History`], and everything shown is a function of that. The same
//! run gives the same events on every machine: time is whole microseconds, random numbers come from
//! a named generator, and nothing here asks a clock, a hash map or the browser anything.

pub mod action;
pub mod batch;
pub mod causality;
pub mod clock_skew;
pub mod clocks;
pub mod config;
pub mod difference;
pub mod export;
pub mod hash_ring;
pub mod hashing;
pub mod histories;
pub mod history;
pub mod lab;
pub mod link;
pub mod logical_clocks;
pub mod parameter;
pub mod pbs;
pub mod protocol;
pub mod queue;
pub mod quorum;
pub mod random;
pub mod run;
pub mod saga;
pub mod search;
pub mod specs;
pub mod time;
pub mod unit;
pub mod world;

pub use action::{Action, ActionKind, On, Target};
pub use batch::Batch;
pub use config::Config;
pub use difference::{Difference, first_difference};
pub use export::Format;
pub use history::{Entry, History, Told, Verdict};
pub use lab::{
    Challenge, Cursor, Engine, Lab, Outcome, Prediction, Probe, Promise, Reference, Scenario,
};
pub use link::{Decoded, Notice};
pub use parameter::{Choice, Kind, Parameter, Rejected, Scale, Unit};
pub use queue::{Duty, Queue};
pub use random::Random;
pub use run::Run;
pub use time::Micros;
pub use world::{Broken, Property, World};

/// A new lab adds its row here.
static LABS: &[&Lab] = &[
    &clock_skew::LAB,
    &logical_clocks::LAB,
    &quorum::LAB,
    &hash_ring::LAB,
    &saga::LAB,
];

/// All labs, in the order of the book.
pub fn labs() -> &'static [&'static Lab] {
    LABS
}

/// The lab of that name.
pub fn lab(id: &str) -> Option<&'static Lab> {
    labs().iter().copied().find(|lab| lab.id == id)
}
