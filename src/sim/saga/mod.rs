//! Sagas: several services that change together, or take back what they changed (chapter 13).
//!
//! A saga is a sequence of transactions T1 … Tn, each of one service and committed on its own, with
//! compensations C1 … Cn−1 that take them back (Garcia-Molina and Salem 1987). [`Log`] and
//! [`orchestrator`] are the execution component that keeps a log and sends commands;
//! [`choreography`] is the same without one: the services pass events to each other. [`service`] is
//! what both have in common; what is promised is checked while a run goes on.

pub mod choreography;
mod client;
mod declaration;
mod logbook;
pub mod message;
pub mod note;
pub mod orchestrator;
mod parameters;
mod promises;
mod protocol;
pub mod report;
mod scenarios;
pub mod service;
pub mod setting;
mod tasks;
#[cfg(test)]
mod tests;

pub use client::Client;
pub use declaration::LAB;
pub use logbook::{Entry, Log, Position};
pub use message::{Answer, Deed, Message, Timer, What};
pub use note::Note;
pub use orchestrator::Orchestrator;
pub use protocol::{Node, Saga};
pub use service::{Deal, Service};
pub use setting::{Fate, Setting, Step, UndoFate};
