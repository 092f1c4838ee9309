//! `lab analyse-log`: what a ShiViz log orders and what it leaves concurrent.

use std::fmt::Write as _;

use happens_before::sim::causality::shiviz::{Layout, Log, MOST_BYTES, parse};
use serde_json::json;

use super::answer::{Answer, Problem};
use super::arguments::{Argument, Arguments};
use super::{input, table};

/// What the command takes.
pub const HELP: &str = "\
lab analyse-log FILE [--json]

Reads a ShiViz log (- for the standard input) and says how many events, processes and messages it
has, and of how many pairs of events one happened before the other. Such a log comes from
lab trace LAB --format shiviz, or from a system that writes vector clocks.
";

/// Does it.
pub fn command(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let mut file = None;
    let mut as_json = false;
    while let Some(argument) = arguments.next()? {
        match &argument {
            Argument::Option(name) if name == "--json" => as_json = true,
            Argument::Value(name) if file.is_none() => file = Some(name.clone()),
            _ => return Err(arguments.unexpected(&argument)),
        }
    }
    let file = file.ok_or_else(|| arguments.problem("no file is named"))?;
    let log = parse(&input::bytes(&file, MOST_BYTES)?)
        .map_err(|wrong| Problem(format!("{file}: {wrong}")))?;
    if as_json {
        as_json_of(&log)
    } else {
        Ok(Answer::text(in_words(&log)))
    }
}

fn messages(log: &Log) -> usize {
    let events = log.computation.events().iter();
    events.filter(|event| event.sends.is_some()).count()
}

fn layout(log: &Log) -> &'static str {
    match log.layout {
        Layout::DescriptionFirst => "description-first",
        Layout::ClockFirst => "clock-first",
        Layout::OneLine => "one-line",
    }
}

fn as_json_of(log: &Log) -> Result<Answer, Problem> {
    let pairs = log.computation.pair_counts();
    Answer::json(&json!({
        "events": log.computation.events().len(),
        "processes": log.computation.names(),
        "messages": messages(log),
        "ordered_pairs": pairs.ordered,
        "concurrent_pairs": pairs.concurrent,
        "layout": layout(log),
        "skipped_lines": log.skipped,
    }))
}

fn in_words(log: &Log) -> String {
    let pairs = log.computation.pair_counts();
    let names = log.computation.names();
    let counted = |name: &str, count: u64| vec![name.to_owned(), count.to_string()];
    let size = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let mut text = table::numbers([
        counted("events", size(log.computation.events().len())),
        counted("processes", size(names.len())),
        counted("messages", size(messages(log))),
        counted("ordered pairs", pairs.ordered),
        counted("concurrent pairs", pairs.concurrent),
    ]);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\nProcesses: {}.", names.join(", "));
    if !log.skipped.is_empty() {
        let lines: Vec<String> = log.skipped.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            text,
            "Lines that belong to no event and were passed over: {}.",
            lines.join(", ")
        );
    }
    text
}
