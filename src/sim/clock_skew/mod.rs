//! Clocks that disagree: what a log and a register make of them (chapter 2).
//!
//! Machines are replicas of one register x in which the last write wins, and each logs what it does
//! by its own clock. [`world`] says what happens, [`report`] what the log and the register make of
//! it; [`entry`] keeps beside every stamp what was true.

mod chart;
mod declaration;
pub mod entry;
pub mod event;
pub mod machine;
mod parameters;
mod planned;
mod promises;
pub mod report;
mod rules;
mod scenarios;
mod setting;
mod tasks;
#[cfg(test)]
mod tests;
pub mod world;

pub use declaration::LAB;
pub use entry::{LogEntry, Order, Stamp, Stamps, Tag, What};
pub use event::{Answer, Correction, Event};
pub use machine::{Machine, Question, Waiting};
pub use planned::InFlight;
pub use world::ClockSkew;
