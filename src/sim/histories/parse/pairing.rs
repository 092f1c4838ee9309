//! Brings calls and returns together: what all formats have in common.

use std::collections::BTreeMap;

use super::{Malformed, excerpt};
use crate::sim::histories::notation::Notation;
use crate::sim::histories::operation::{History, MOST_OPERATIONS, Operation, Returned};
use crate::sim::histories::value::Value;
use crate::sim::time::Micros;

pub(super) const KINDS: &str = ":invoke, :ok, :fail or :info";

/// What a line says of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is called.
    Invoke,
    /// It took effect.
    Ok,
    /// It took no effect.
    Fail,
    /// Nothing is known of it.
    Info,
}

impl Kind {
    /// The kind of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "invoke" => Some(Self::Invoke),
            "ok" => Some(Self::Ok),
            "fail" => Some(Self::Fail),
            "info" => Some(Self::Info),
            _ => None,
        }
    }
}

/// A line of a history.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// Where it stands.
    pub(super) line: usize,
    /// Which client it concerns.
    pub(super) process: u32,
    /// What it says.
    pub(super) kind: Kind,
    /// What the client asks for.
    pub(super) function: String,
    /// What it asks with, or is answered.
    pub(super) value: Value,
    /// The object it uses, where there are several.
    pub(super) key: Option<String>,
    /// Why it failed.
    pub(super) error: Option<Value>,
    /// When, if the file says so.
    pub(super) time: Option<Micros>,
}

/// Operations under construction. Until the end their times are places among the events.
pub(super) struct Pairing<M: Notation> {
    operations: Vec<Operation<M::Input, M::Output>>,
    /// The operation under way in each process, and its line.
    open: BTreeMap<u32, (usize, usize)>,
    /// What took no effect.
    failed: Vec<bool>,
    /// The time that the file gives for each call and return.
    times: Vec<Option<Micros>>,
}

impl<M: Notation> Pairing<M> {
    pub(super) const fn new() -> Self {
        Self {
            operations: Vec::new(),
            open: BTreeMap::new(),
            failed: Vec::new(),
            times: Vec::new(),
        }
    }

    /// Takes the next event.
    pub(super) fn take(&mut self, event: Event) -> Result<(), Malformed> {
        if event.kind == Kind::Invoke {
            return self.call(event);
        }
        let Some((place, _)) = self.open.remove(&event.process) else {
            return Err(Malformed::new(
                event.line,
                format!("process {} has nothing under way", event.process),
                "an :invoke of this process first",
            ));
        };
        let operation = &mut self.operations[place];
        let called = M::call(&operation.input).0;
        if called != event.function || operation.key != event.key {
            return Err(Malformed::new(
                event.line,
                format!("the end of another operation, {}", excerpt(event.function)),
                format!(
                    "that of process {}'s last :invoke, `{called}`, with the same key",
                    event.process
                ),
            ));
        }
        let output = match event.kind {
            Kind::Invoke | Kind::Info => return Ok(()),
            Kind::Ok => Some(
                M::output(&operation.input, &event.value)
                    .map_err(|expected| refused(event.line, called, &event.value, expected))?,
            ),
            Kind::Fail => M::refusal(&operation.input, event.error.as_ref()),
        };
        let at = place_among(&mut self.times, event.time);
        self.failed[place] = output.is_none();
        operation.returned = output.map(|output| Returned { at, output });
        Ok(())
    }

    fn call(&mut self, event: Event) -> Result<(), Malformed> {
        if let Some((_, line)) = self.open.get(&event.process) {
            return Err(Malformed::new(
                event.line,
                format!(
                    "process {} calls although its operation of line {line} is under way",
                    event.process
                ),
                "its :ok, :fail or :info first",
            ));
        }
        if self.operations.len() == MOST_OPERATIONS {
            return Err(Malformed::new(
                event.line,
                "too many operations",
                format!("at most {MOST_OPERATIONS}: give a part of the history"),
            ));
        }
        let input = M::input(&event.function, &event.value)
            .map_err(|expected| refused(event.line, &event.function, &event.value, expected))?;
        let call = place_among(&mut self.times, event.time);
        self.open
            .insert(event.process, (self.operations.len(), event.line));
        self.failed.push(false);
        self.operations.push(Operation {
            process: event.process,
            key: event.key,
            call,
            input,
            returned: None,
        });
        Ok(())
    }

    /// The history of all that may have taken effect.
    ///
    /// It has the file's times if every call and return has one, each later than the one before by
    /// a microsecond or more; otherwise the event's place, so that the order of the lines holds.
    pub(super) fn finish(self) -> Result<History<M::Input, M::Output>, Malformed> {
        let times: Option<Vec<Micros>> = self.times.into_iter().collect();
        let times = times.filter(|times| times.is_sorted_by(|a, b| a < b));
        let real = |place: Micros| {
            let index = usize::try_from(place.0).ok();
            let time = index.zip(times.as_ref()).map(|(index, times)| times[index]);
            time.unwrap_or(place)
        };
        let kept = self.operations.into_iter().zip(self.failed);
        let operations = kept
            .filter(|(_, failed)| !failed)
            .map(|(mut operation, _)| {
                operation.call = real(operation.call);
                if let Some(returned) = &mut operation.returned {
                    returned.at = real(returned.at);
                }
                operation
            })
            .collect();
        History::new(operations).map_err(|impossible| {
            Malformed::new(1, impossible.to_string(), "calls and returns in order")
        })
    }
}

/// Notes an event's time and gives its place.
fn place_among(times: &mut Vec<Option<Micros>>, time: Option<Micros>) -> Micros {
    // At most two for each operation.
    let place = Micros(u64::try_from(times.len()).unwrap_or(u64::MAX));
    times.push(time);
    place
}

fn refused(line: usize, function: &str, value: &Value, expected: &str) -> Malformed {
    let wrong = format!("{} with {}", excerpt(function), excerpt(value));
    Malformed::new(line, wrong, expected)
}
