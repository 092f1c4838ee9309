//! Writes a computation as a ShiViz log.

use super::clock;
use super::layout::bare;
use crate::sim::causality::{Computation, EventId, Kind};

/// The computation as a log that ShiViz reads with its default expression: for each event, in the
/// order of the list, a line with its label and a line with its process and its vector stamp.
///
/// [`super::parse()`] gives back the same events with the same labels, the same relations between them
/// and the same names; processes are then numbered by their first events, and those without an event
/// are gone. A label has to be one line of text: blanks around it and control characters in it are
/// lost, an empty one is replaced by what the event does, and one that could be taken for a host
/// with its clock gets its braces replaced.
pub fn write(computation: &Computation) -> String {
    let mut text = String::new();
    for id in computation.ids() {
        text.push_str(&label(computation, id));
        text.push('\n');
        text.push_str(&stamp(computation, id));
        text.push('\n');
    }
    text
}

fn label(computation: &Computation, id: EventId) -> String {
    let given = computation.event(id).map_or("", |event| &event.label);
    let blanks = |c: char| c.is_control() || c == '\u{FEFF}';
    let cleaned = given.replace(blanks, " ").trim().to_owned();
    if cleaned.is_empty() {
        return deed(computation, id);
    }
    if bare(&cleaned).is_some() {
        return cleaned.replace('{', "(").replace('}', ")");
    }
    cleaned
}

/// What an event does, for want of a label.
fn deed(computation: &Computation, id: EventId) -> String {
    let Some(event) = computation.event(id) else {
        return String::new();
    };
    let received: Vec<String> = event.receives.iter().map(ToString::to_string).collect();
    let received = received.join(", ");
    let sent = event.sends.map_or(String::new(), |sent| sent.to_string());
    match event.kind() {
        Kind::Local => "local event".to_owned(),
        Kind::Send => format!("sends {sent}"),
        Kind::Receive => format!("receives {received}"),
        Kind::ReceiveAndSend => format!("receives {received}, sends {sent}"),
    }
}

/// `host {"host":1, "other":2}`; names in alphabetical order.
fn stamp(computation: &Computation, id: EventId) -> String {
    let names = computation.names();
    let counts = computation.vector(id).iter();
    let mut known: Vec<(&String, &u32)> =
        names.iter().zip(counts).filter(|(_, n)| **n > 0).collect();
    known.sort_unstable();
    let entries: Vec<String> = known
        .into_iter()
        .map(|(name, count)| format!("{}:{count}", clock::quoted(name)))
        .collect();
    let process = computation.event(id).map_or(0, |event| event.process);
    let host = names.get(process).map_or("", String::as_str);
    format!("{host} {{{}}}", entries.join(", "))
}
