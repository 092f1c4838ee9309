//! What is going to happen in the world.

use std::sync::Arc;

use super::entry::LogEntry;
use crate::sim::time::Micros;

/// What is going to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Planned {
    /// A machine writes of its own accord, and these machines will react.
    Write {
        /// The machine's number.
        machine: u8,
        /// Who will react, one bit for each machine.
        reactors: u8,
    },
    /// A machine writes on top of a value that it received.
    React {
        /// The machine's number.
        machine: u8,
        /// The value that it builds on.
        upon: u32,
    },
    /// A write reaches another machine.
    Deliver {
        /// The machine that it goes to.
        to: u8,
        /// The write.
        write: Arc<LogEntry>,
    },
    /// Commit wait is over.
    Release {
        /// The machine's number.
        machine: u8,
        /// The entry's number.
        entry: u32,
    },
    /// It is time to ask the time server.
    Poll {
        /// The machine's number.
        machine: u8,
    },
    /// The time server's answer arrives.
    Answer {
        /// The machine's number.
        machine: u8,
    },
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
