//! What a log and a register made of a run: pure functions on its entries or its history.

use std::sync::Arc;

use serde::Serialize;

use super::entry::{LogEntry, Order};
use super::event::{Answer, Event};
use super::machine::Machine;
use super::world::ClockSkew;
use crate::sim::history::History;
use crate::sim::run::Run;
use crate::sim::time::Micros;

pub use super::chart::{ErrorCurve, ErrorPoint, clock_error, largest_error};

/// Two entries that the log puts in the wrong order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WrongPair {
    /// The id of the entry that was finished before the other began, but has the larger stamp.
    pub first: u32,
    /// The id of the other.
    pub second: u32,
    /// Whether the first could have caused the second.
    pub causal: bool,
    /// How long after the first was finished the second began, in true time.
    pub apart: Micros,
    /// How far the log has the first after the second: microseconds, or counts for Lamport stamps.
    pub reversed_by: i64,
}

/// A write that was discarded although it was the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LostUpdate {
    /// The id of the write that was discarded.
    pub write: u32,
    /// Its value.
    pub value: u32,
    /// Who wrote it.
    pub machine: u8,
    /// The id of the write that was kept instead: finished before the other began, but with a larger
    /// stamp; the one of the largest stamp if there are several.
    pub winner: u32,
    /// Its value.
    pub winner_value: u32,
    /// Whether the discarded write was based on such a write: it had been seen before it was made.
    pub causal: bool,
}

/// One order's account of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The stamp that the run went by; under TrueTime with commit wait.
    pub order: Order,
    /// How many entries there are.
    pub entries: usize,
    /// How many pairs the log puts in the wrong order.
    pub wrong_pairs: usize,
    /// How many of them are cause and effect.
    pub wrong_causal_pairs: usize,
    /// How many writes were lost.
    pub lost_updates: usize,
    /// The mean commit wait of an entry.
    pub mean_wait: Micros,
    /// The longest commit wait of an entry.
    pub longest_wait: Micros,
}

/// The log as somebody reads it who has only the stamps.
pub fn logged_order(entries: &[Arc<LogEntry>], order: Order) -> Vec<Arc<LogEntry>> {
    let mut log = entries.to_vec();
    log.sort_by_key(|entry| entry.tag_by(order));
    log
}

/// Every pair of entries that the log puts in the wrong order: one was finished before the other
/// began, in true time, and yet has the larger stamp.
pub fn wrong_pairs(entries: &[Arc<LogEntry>], order: Order) -> Vec<WrongPair> {
    let log = logged_order(entries, order);
    let mut pairs = Vec::new();
    for (place, second) in log.iter().enumerate() {
        let later_in_log = log.get(place + 1..).unwrap_or_default();
        pairs.extend(
            later_in_log
                .iter()
                .filter(|first| first.precedes(second))
                .map(|first| WrongPair {
                    first: first.id,
                    second: second.id,
                    causal: first.causes(second),
                    apart: second.begun.minus(first.done),
                    reversed_by: first.stamps.by(order).after(&second.stamps.by(order)),
                }),
        );
    }
    pairs.sort_by_key(|pair| (pair.first, pair.second));
    pairs
}

/// Every write that was discarded for one that was finished before it began.
pub fn lost_updates(entries: &[Arc<LogEntry>], order: Order) -> Vec<LostUpdate> {
    let writes: Vec<&Arc<LogEntry>> = entries
        .iter()
        .filter(|entry| entry.what.is_write())
        .collect();
    let lost = writes.iter().filter_map(|write| {
        let earlier = writes
            .iter()
            .filter(|other| other.precedes(write) && other.tag_by(order) > write.tag_by(order));
        let winner = earlier.clone().max_by_key(|other| other.tag_by(order))?;
        Some(LostUpdate {
            write: write.id,
            value: write.what.value(),
            machine: write.machine,
            winner: winner.id,
            winner_value: winner.what.value(),
            causal: earlier.into_iter().any(|other| other.causes(write)),
        })
    });
    lost.collect()
}

/// What each machine's register holds at the end, n1 first; 0 where nothing was ever written.
pub fn final_values(history: &History<ClockSkew>) -> Vec<u32> {
    history
        .last()
        .machines()
        .iter()
        .map(Machine::value)
        .collect()
}

/// The value that all machines hold at the end; nothing if they disagree.
pub fn final_value(history: &History<ClockSkew>) -> Option<u32> {
    let values = final_values(history);
    let first = *values.first()?;
    values.iter().all(|value| *value == first).then_some(first)
}

/// What the order of a run made of it.
pub fn account(history: &History<ClockSkew>) -> Account {
    let (log, order) = (history.last().log(), history.last().order());
    let pairs = wrong_pairs(log, order);
    let total: u64 = log.iter().map(|entry| entry.waited().0).sum();
    Account {
        order,
        entries: log.len(),
        wrong_pairs: pairs.len(),
        wrong_causal_pairs: pairs.iter().filter(|pair| pair.causal).count(),
        lost_updates: lost_updates(log, order).len(),
        mean_wait: Micros(total.checked_div(log.len() as u64).unwrap_or(0)),
        longest_wait: log
            .iter()
            .map(|entry| entry.waited())
            .max()
            .unwrap_or_default(),
    }
}

/// The same seed, configuration and actions under each order; TrueTime with commit wait.
pub fn compare(run: &Run) -> Vec<Account> {
    let under = |order: Order| {
        let mut run = run.clone();
        // The declaration has all four, and the switch; a test of this function would show it.
        let _rejected = run.config.set_text("order", order.id());
        let _rejected = run.config.set_text("wait", "on");
        account(&History::of(&run))
    };
    Order::ALL.into_iter().map(under).collect()
}

/// Every exchange with the time server that was completed.
pub fn exchanges(history: &History<ClockSkew>) -> Vec<Answer> {
    let answers = history
        .entries()
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Answered(answer) => Some(*answer),
            _ => None,
        });
    answers.collect()
}

/// The number of that name in a finished run.
pub(super) fn probe(history: &History<ClockSkew>, probe: &str) -> Option<i64> {
    let account = account(history);
    let count = |number: usize| i64::try_from(number).ok();
    match probe {
        "final-value" => final_value(history).map(i64::from),
        "lost-updates" => count(account.lost_updates),
        "wrong-pairs" => count(account.wrong_pairs),
        "wrong-causal-pairs" => count(account.wrong_causal_pairs),
        "largest-error-ms" => Some((largest_error(history) + 500) / 1_000),
        _ => None,
    }
}
