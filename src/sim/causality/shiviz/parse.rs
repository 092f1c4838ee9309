//! Reads a ShiViz log.

use std::fmt;

use super::layout::{self, Layout};
use super::rebuild;
use crate::sim::causality::{Computation, EventId};

/// The longest log that is read, in bytes: room for the largest computation with names of some
/// fifteen characters.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;

/// A log that was read.
#[derive(Clone, Debug)]
pub struct Log {
    /// The computation. Its processes are in the order of their first events in the log; its events
    /// are in the order of the log, but a host's own events go by its clock.
    pub computation: Computation,
    /// How the log is written.
    pub layout: Layout,
    /// The line of each event's clock, counted from 1.
    pub lines: Vec<usize>,
    /// The lines that belong to no event, blank ones aside. They were passed over, as ShiViz does.
    pub skipped: Vec<usize>,
}

impl Log {
    /// The line of an event's clock, counted from 1; nothing if there is no such event.
    pub fn line(&self, event: EventId) -> Option<usize> {
        self.lines.get(event.0).copied()
    }
}

/// Why a log cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where, counted from 1.
    pub line: usize,
    /// What is wrong, part of a sentence.
    pub what: String,
    /// What to do, part of a sentence.
    pub mend: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: {}; {}.", self.line, self.what, self.mend)
    }
}

impl std::error::Error for Wrong {}

/// Reads a log of ShiViz in any [`Layout`], and rebuilds processes and messages from its clocks: an
/// event receives a message from another host when its clock has news of that host which no other
/// news explains, and the message was sent by the event of that number there.
///
/// Every host's own entry must count its events from 1 without gaps, and every clock must tell what
/// the clocks that it knows of tell. What ShiViz cannot see is not rebuilt: a message that brings no
/// news, or one that never arrives, leaves an event that looks local.
///
/// # Errors
/// If the bytes are not UTF-8, if there are more than [`MOST_BYTES`], more than
/// [`Computation::MOST_EVENTS`] events or [`Computation::MOST_PROCESSES`] hosts, or if the clocks are
/// not those of any computation.
pub fn parse(log: &[u8]) -> Result<Log, Wrong> {
    if log.len() > MOST_BYTES {
        return Err(Wrong {
            line: 1,
            what: format!(
                "the log has {} bytes, and no more than {MOST_BYTES} are read",
                log.len()
            ),
            mend: "take a part of it".to_owned(),
        });
    }
    let text = std::str::from_utf8(log).map_err(|error| {
        let readable = log.get(..error.valid_up_to()).unwrap_or(&[]);
        let before = readable.iter().filter(|byte| **byte == b'\n').count();
        Wrong {
            line: before + 1,
            what: "there are bytes that are no text".to_owned(),
            mend: "save the log as UTF-8".to_owned(),
        }
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (layout, mut found) = layout::events(text)?;
    let computation = rebuild::computation(&mut found.events)?;
    Ok(Log {
        computation,
        layout,
        lines: found.events.iter().map(|event| event.line).collect(),
        skipped: found.skipped,
    })
}
