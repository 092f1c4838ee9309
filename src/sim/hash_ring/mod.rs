//! Consistent hashing (chapter 8): nodes join, leave, fail and are weighed, and keys move.
//!
//! [`world`] is the ring with what the reader does to it, [`effect`] says what a change moves,
//! [`counting`] places up to a million keys under every scheme a slice at a time, and [`study`]
//! looks at many rings. The schemes themselves are in [`hashing`](crate::sim::hashing).

pub mod counting;
mod declaration;
pub mod effect;
pub mod event;
mod parameters;
mod promises;
mod scenarios;
pub mod setting;
pub mod share;
pub mod study;
mod tasks;
mod tests;
pub mod theory;
pub mod world;

pub use counting::{Counting, Load, Row, Tally};
pub use declaration::LAB;
pub use effect::Effect;
pub use event::{Event, Refusal, What};
pub use setting::Setting;
pub use share::{Fraction, Share, grouped};
pub use world::HashRing;
