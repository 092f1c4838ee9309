//! Happens-before over the events of processes (Lamport, *Time, Clocks, and the Ordering of Events
//! in a Distributed System*, 1978): what could have caused what, and how far each logical clock
//! tells it.
//!
//! A [`Computation`] is the whole space-time diagram as data; everything else here is a question to
//! it. Nothing moves: an edited diagram is a new computation.

pub mod check;
pub mod compare;
pub mod computation;
pub mod event;
pub mod mistake;
pub mod order;
pub mod rules;
pub mod shiviz;

#[cfg(test)]
mod tests;

pub use check::{Judgement, Mark, check};
pub use compare::{Comparison, Pair, compare, pairs};
pub use computation::Computation;
pub use event::{Event, EventId, Kind, MessageId};
pub use mistake::Mistake;
pub use order::{Hop, Link, Orphan, PairCounts, Relation};
pub use rules::{HybridRule, LamportRule, Moment, Rule, VectorRule, VectorStamp, stamps};
