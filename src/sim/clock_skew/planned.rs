//! What is going to happen in the world.

use std::sync::Arc;

use super::entry::LogEntry;
use crate::sim::time::Micros;

/// What is going to happen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Planned {
    /// A machine writes of its own accord, and these machines will react.
    Write { machine: u8, reactors: u8 },
    /// A machine writes on top of a value that it received.
    React { machine: u8, upon: u32 },
    /// A write reaches another machine.
    Deliver { to: u8, write: Arc<LogEntry> },
    /// Commit wait is over.
    Release { machine: u8, entry: u32 },
    /// It is time to ask the time server.
    Poll { machine: u8 },
    /// The time server's answer arrives.
    Answer { machine: u8 },
}

impl Planned {
    /// Whether it would go on for ever.
    pub(super) fn is_routine(&self) -> bool {
        matches!(self, Self::Poll { .. })
    }
}

/// A write on its way to a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// The write; it left its machine at `write.done`.
    pub write: Arc<LogEntry>,
    /// The machine that it goes to.
    pub to: u8,
    /// When it arrives, in true time.
    pub arrives: Micros,
}
