//! A run in the forms that other programs read.

use super::history::History;
use super::link;
use super::run::Run;
use super::world::World;
use serde::Serialize;

/// A form in which a run can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One line for each event: [`History::transcript`].
    Text,
    /// The run, its link, its events with all that belongs to them, and the verdicts, as JSON.
    Json,
    /// A log for ShiViz: every event with its vector clock.
    Shiviz,
    /// The operations on the data and what they returned, one a line, as Jepsen writes them; for a
    /// linearizability checker.
    Operations,
}

impl Format {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Text, Self::Json, Self::Shiviz, Self::Operations];

    /// Its name for the command line: `text`, `json`, `shiviz`, `operations`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Shiviz => "shiviz",
            Self::Operations => "operations",
        }
    }

    /// Its name on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "Transcript (text)",
            Self::Json => "Run with all events (JSON)",
            Self::Shiviz => "ShiViz log",
            Self::Operations => "Operation history (EDN)",
        }
    }

    /// How the name of a file with it ends.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::Shiviz => "log",
            Self::Operations => "edn",
        }
    }
}

/// The name of a file with this run, without its ending: `clock-skew-drift`, or `clock-skew-seed-7`
/// for a run of the reader's own.
pub fn file_stem(run: &Run) -> String {
    match run.scenario_id() {
        Some(scenario) => format!("{}-{scenario}", run.lab.id),
        None => format!("{}-seed-{}", run.lab.id, run.seed),
    }
}

/// A run as a whole, as it stands in a JSON file.
#[derive(Serialize)]
#[serde(bound = "")]
struct Whole<'a, W: World> {
    lab: &'static str,
    version: u16,
    link: String,
    end: u64,
    cut_short: bool,
    broken: Vec<BrokenPromise<'a>>,
    events: Vec<Told<'a, W>>,
}

#[derive(Serialize)]
struct BrokenPromise<'a> {
    id: &'static str,
    at: u64,
    sentence: &'a str,
}

#[derive(Serialize)]
#[serde(bound = "")]
struct Told<'a, W: World> {
    at: u64,
    sentence: String,
    event: &'a W::Event,
}

/// A run in that form; nothing if this lab has nothing to say in it.
pub fn export<W: World>(run: &Run, history: &History<W>, format: Format) -> Option<String> {
    match format {
        Format::Text => Some(history.transcript()),
        Format::Json => serde_json::to_string_pretty(&whole(run, history)).ok(),
        Format::Shiviz | Format::Operations => W::export(history, format),
    }
}

fn whole<'a, W: World>(run: &Run, history: &'a History<W>) -> Whole<'a, W> {
    let broken = history.verdicts().iter().filter_map(|verdict| {
        let (at, broken) = verdict.broken.as_ref()?;
        Some(BrokenPromise {
            id: verdict.id,
            at: at.0,
            sentence: &broken.sentence,
        })
    });
    let events = history.entries().iter().map(|entry| Told {
        at: entry.at.0,
        sentence: history.start().sentence(&entry.event),
        event: &entry.event,
    });
    Whole {
        lab: run.lab.id,
        version: run.lab.version,
        link: link::encode(run),
        end: history.end().0,
        cut_short: history.cut_short(),
        broken: broken.collect(),
        events: events.collect(),
    }
}
