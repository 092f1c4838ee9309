//! Why a list of events is no computation.

use std::fmt;

use super::computation::Computation;
use super::event::{EventId, MessageId};

/// What is wrong with processes or events, and, as text, how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// There is no process.
    NoProcess,
    /// There are more than [`Computation::MOST_PROCESSES`].
    TooManyProcesses,
    /// There are more than [`Computation::MOST_EVENTS`] events.
    TooManyEvents,
    /// A process's name is empty, or has a blank or a control character.
    Name(String),
    /// Two processes have this name.
    NameTwice(String),
    /// An event happens on a process that does not exist.
    NoSuchProcess {
        /// The event.
        event: EventId,
        /// Its process.
        process: usize,
        /// How many there are.
        processes: usize,
    },
    /// Two events send the same message.
    SentTwice {
        /// The message.
        message: MessageId,
        /// The one that sends it.
        first: EventId,
        /// The other.
        second: EventId,
    },
    /// A message is received that no event sends, or none that is there already.
    NeverSent {
        /// The message.
        message: MessageId,
        /// Where it is received.
        event: EventId,
    },
    /// Each of these would have to happen before the next, and the last before the first.
    Circle(Vec<EventId>),
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoProcess => write!(f, "There is no process: name at least one."),
            Self::TooManyProcesses => write!(
                f,
                "There are more than {} processes: leave some out.",
                Computation::MOST_PROCESSES
            ),
            Self::TooManyEvents => write!(
                f,
                "There are more than {} events: take a part of the run.",
                Computation::MOST_EVENTS
            ),
            Self::Name(name) => write!(
                f,
                "{name:?} is no name for a process: use at least one character, and no blanks."
            ),
            Self::NameTwice(name) => write!(
                f,
                "Two processes are called {name:?}: give each a name of its own."
            ),
            Self::NoSuchProcess {
                event,
                process,
                processes,
            } => write!(
                f,
                "Event {event} is on process {process}, but there are {processes}, counted from 0."
            ),
            Self::SentTwice {
                message,
                first,
                second,
            } => write!(
                f,
                "Message {message} is sent by event {first} and by event {second}: give one of them another number."
            ),
            Self::NeverSent { message, event } => write!(
                f,
                "Event {event} receives message {message}, which nothing has sent: add the event that sends it."
            ),
            Self::Circle(events) => {
                write!(
                    f,
                    "Each of these events would have to happen before the next: "
                )?;
                for event in events.iter().chain(events.first()) {
                    write!(f, "{event} ")?;
                }
                write!(f, "again. Let every message arrive after it is sent.")
            }
        }
    }
}

impl std::error::Error for Mistake {}
