//! Events and messages, and how they are numbered.

use std::fmt;

use serde::Serialize;

/// An event of a computation: its place in the list of events, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EventId(pub usize);

impl fmt::Display for EventId {
    /// `#1` is the first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0.saturating_add(1))
    }
}

/// A message; any number, as long as no two messages share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MessageId(pub u32);

impl fmt::Display for MessageId {
    /// `m7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "m{}", self.0)
    }
}

/// What an event does with messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Kind {
    /// Neither sends nor receives.
    Local,
    /// Sends a message.
    Send,
    /// Receives one message or more.
    Receive,
    /// Receives, and sends in the same step.
    ReceiveAndSend,
}

/// Something that happens on one process.
///
/// Most events do one thing: [`Event::local`], [`Event::send`] and [`Event::receive`] make those.
/// Logs of real systems also have events that receive several messages, or receive and send in one
/// step. A message may be received by several processes, or by none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Where it happens; processes are counted from 0.
    pub process: usize,
    /// The messages that it receives.
    pub receives: Vec<MessageId>,
    /// The message that it sends.
    pub sends: Option<MessageId>,
    /// What it is, for people. May be empty.
    pub label: String,
}

impl Event {
    /// An event that concerns no other process.
    pub fn local(process: usize, label: impl Into<String>) -> Self {
        Self {
            process,
            receives: Vec::new(),
            sends: None,
            label: label.into(),
        }
    }

    /// The sending of a message.
    pub fn send(process: usize, message: MessageId, label: impl Into<String>) -> Self {
        Self {
            sends: Some(message),
            ..Self::local(process, label)
        }
    }

    /// The receipt of a message.
    pub fn receive(process: usize, message: MessageId, label: impl Into<String>) -> Self {
        Self {
            receives: vec![message],
            ..Self::local(process, label)
        }
    }

    /// What it does with messages.
    pub fn kind(&self) -> Kind {
        match (self.receives.is_empty(), self.sends) {
            (true, None) => Kind::Local,
            (true, Some(_)) => Kind::Send,
            (false, None) => Kind::Receive,
            (false, Some(_)) => Kind::ReceiveAndSend,
        }
    }
}
