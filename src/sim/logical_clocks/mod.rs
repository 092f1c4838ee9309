//! A space-time diagram that the reader draws: events and messages of two to six processes, stamped
//! by Lamport, vector and hybrid logical clocks (chapter 2).
//!
//! The drawing is the run: every event and every message is one of the run's actions, and an edit
//! gives another run. [`world`] plays the actions and stamps, [`edit`] changes them, [`report`] says
//! what the stamps tell of the order, and [`file`](mod@file) reads and writes ShiViz logs.

mod answers;
mod declaration;
mod drawn;
pub mod edit;
pub mod event;
pub mod file;
mod parameters;
mod promises;
pub mod report;
mod scenarios;
pub mod stamps;
mod tasks;
#[cfg(test)]
mod tests;
pub mod world;

pub use answers::{Answered, mark};
pub use declaration::LAB;
pub use edit::{Edited, Place};
pub use event::{Deed, Event};
pub use stamps::{Shown, Stamps};
pub use world::{End, Happening, LogicalClocks, Part, Source};
