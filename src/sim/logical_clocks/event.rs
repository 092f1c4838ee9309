//! What happens on a process, and how it is told.

use serde::Serialize;

use super::stamps::{Shown, Stamps, because};
use crate::sim::causality::MessageId;

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Which event of the run it belongs to, counted from 0 in the order of time.
    pub happening: usize,
    /// What was done.
    pub deed: Deed,
    /// Whether it is part of an event that had begun already, in the same millisecond.
    pub joined: bool,
    /// The stamps of the event.
    pub stamps: Stamps,
    /// The stamps of the event before it on its process.
    pub own: Option<Stamps>,
    /// The stamps of the messages that it has received.
    pub told: Vec<Stamps>,
}

/// What a process did. Processes are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Deed {
    /// Something that concerns no other process.
    Local,
    /// It sent a message.
    Sent {
        /// The message.
        message: MessageId,
        /// Where it goes.
        to: usize,
    },
    /// It received a message.
    Received {
        /// The message.
        message: MessageId,
        /// Where it comes from.
        from: usize,
    },
}

impl Deed {
    /// What was done, part of a sentence: `sends m3 to n2`.
    pub fn text(self, names: &[String]) -> String {
        let name = |process: usize| names.get(process).map_or("", String::as_str);
        match self {
            Self::Local => "has an event of its own".to_owned(),
            Self::Sent { message, to } => format!("sends {message} to {}", name(to)),
            Self::Received { message, from } => format!("receives {message} from {}", name(from)),
        }
    }
}

impl Event {
    /// One plain sentence: what happened, and why its stamp is what it is.
    pub fn sentence(&self, names: &[String], shown: Shown) -> String {
        let process = names.get(self.stamps.process).map_or("", String::as_str);
        let (letter, deed) = (letter(self.happening), self.deed.text(names));
        if self.joined && matches!(self.deed, Deed::Sent { .. }) {
            return format!(
                "{letter}: {process} also {deed} in the same step; the stamp is still {}",
                self.stamps.text(shown, names)
            );
        }
        let also = if self.joined { "also " } else { "" };
        let why = because(shown, &self.stamps, names, self.own.as_ref(), &self.told);
        format!("{letter}: {process} {also}{deed}: {why}")
    }
}

/// The name of an event: a to z in the order of time, then aa, ab and so on.
pub fn letter(happening: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = happening;
    loop {
        let digit = u8::try_from(rest % 26).unwrap_or(0);
        letters.push(char::from(b'a' + digit));
        match (rest / 26).checked_sub(1) {
            Some(more) => rest = more,
            None => break,
        }
    }
    letters.iter().rev().collect()
}
