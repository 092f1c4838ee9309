//! The stamps of an event by every clock at once, and how they are compared and written.

use std::cmp::Ordering;

use serde::Serialize;

use crate::sim::causality::{
    EventId, HybridRule, LamportRule, Moment, Rule, VectorRule, VectorStamp,
};
use crate::sim::clocks::{Hybrid, Lamport, Reading};
use crate::sim::config::Config;

/// Which stamp the reader looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Shown {
    /// Lamport's counter alone.
    Lamport,
    /// Lamport's counter, ties broken by the number of the process: a total order.
    Total,
    /// A counter for each process.
    Vector,
    /// The hybrid logical clock.
    Hybrid,
}

impl Shown {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Lamport, Self::Total, Self::Vector, Self::Hybrid];

    /// Its name in links.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Lamport => "lamport",
            Self::Total => "lamport-process",
            Self::Vector => "vector",
            Self::Hybrid => "hlc",
        }
    }

    /// Its name on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lamport => "Lamport",
            Self::Total => "Lamport, then process",
            Self::Vector => "vector",
            Self::Hybrid => "hybrid (HLC)",
        }
    }

    /// The one that a configuration shows.
    pub fn of(config: &Config) -> Self {
        let chosen = config.choice("stamp");
        Self::ALL
            .into_iter()
            .find(|shown| shown.id() == chosen)
            .unwrap_or(Self::Lamport)
    }
}

/// The stamps of one event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stamps {
    /// The process, counted from 0.
    pub process: usize,
    /// What its physical clock shows.
    pub reading: Reading,
    /// By Lamport's clock.
    pub lamport: Lamport,
    /// By a vector clock.
    pub vector: VectorStamp,
    /// By a hybrid logical clock.
    pub hybrid: Hybrid,
}

impl Stamps {
    /// Stamps an event of a process of `names`, whose physical clock shows `reading`. `own` are the
    /// stamps of the event before it on its process, `told` those of the messages that it receives.
    pub fn of(
        names: &[String],
        process: usize,
        reading: Reading,
        own: Option<&Self>,
        told: &[&Self],
    ) -> Self {
        let hybrid = HybridRule {
            readings: &[reading],
            show,
        };
        Self {
            process,
            reading,
            lamport: LamportRule.stamp(&moment(names, process, own, told, |s| s.lamport)),
            vector: VectorRule.stamp(&moment(names, process, own, told, |s| s.vector.clone())),
            hybrid: hybrid.stamp(&moment(names, process, own, told, |s| s.hybrid)),
        }
    }

    /// How this stamp stands to another of the same kind; nothing if they do not order their events.
    pub fn order(&self, other: &Self, shown: Shown) -> Option<Ordering> {
        match shown {
            Shown::Lamport => self.lamport.partial_cmp(&other.lamport),
            Shown::Total => self.total().partial_cmp(&other.total()),
            Shown::Vector => self.vector.partial_cmp(&other.vector),
            Shown::Hybrid => self.hybrid.partial_cmp(&other.hybrid),
        }
    }

    /// Lamport's stamp and, for ties, the process.
    pub fn total(&self) -> (Lamport, usize) {
        (self.lamport, self.process)
    }

    /// As it stands on the page: `3`, `(3, n2)`, `[2,1,0]`, `(40, 2)`.
    pub fn text(&self, shown: Shown, names: &[String]) -> String {
        match shown {
            Shown::Lamport => self.lamport.0.to_string(),
            Shown::Total => {
                let name = names.get(self.process).map_or("", String::as_str);
                format!("({}, {name})", self.lamport.0)
            }
            Shown::Vector => vector(&self.vector.0),
            Shown::Hybrid => hybrid(self.hybrid),
        }
    }
}

/// What a rule is given, from stamps of all kinds.
fn moment<'a, S>(
    names: &'a [String],
    process: usize,
    own: Option<&Stamps>,
    told: &[&Stamps],
    of: impl Fn(&Stamps) -> S,
) -> Moment<'a, S> {
    Moment {
        event: EventId(0),
        process,
        names,
        own: own.map(&of),
        messages: told.iter().map(|stamps| of(stamps)).collect(),
    }
}

/// Why an event has its stamp: what its clock becomes and out of what, part of a sentence.
pub(super) fn because(
    shown: Shown,
    stamps: &Stamps,
    names: &[String],
    own: Option<&Stamps>,
    told: &[Stamps],
) -> String {
    match shown {
        Shown::Lamport | Shown::Total => lamport_because(stamps, own, told),
        Shown::Vector => vector_because(stamps, own, told),
        Shown::Hybrid => {
            let told: Vec<&Stamps> = told.iter().collect();
            let readings = [stamps.reading];
            let rule = HybridRule {
                readings: &readings,
                show,
            };
            let why = rule.because(&moment(names, stamps.process, own, &told, |s| s.hybrid));
            format!("its hybrid clock becomes {}: {why}", hybrid(stamps.hybrid))
        }
    }
}

fn lamport_because(stamps: &Stamps, own: Option<&Stamps>, told: &[Stamps]) -> String {
    let had = own.map_or(0, |own| own.lamport.0);
    let got: Vec<String> = told.iter().map(|told| told.lamport.0.to_string()).collect();
    let from = if got.is_empty() {
        had.to_string()
    } else {
        format!("max({had}, {})", got.join(", "))
    };
    format!(
        "its Lamport clock becomes {from} + 1 = {}",
        stamps.lamport.0
    )
}

fn vector_because(stamps: &Stamps, own: Option<&Stamps>, told: &[Stamps]) -> String {
    let nothing = vec![0; stamps.vector.0.len()];
    let had = vector(own.map_or(&nothing, |own| &own.vector.0));
    let got: Vec<String> = told.iter().map(|told| vector(&told.vector.0)).collect();
    let becomes = vector(&stamps.vector.0);
    if got.is_empty() {
        format!("its vector becomes {becomes}: {had} and one more of its own")
    } else {
        format!(
            "its vector becomes {becomes}: entry by entry the larger of its own {had} and the message's {}, and one more of its own",
            got.join(" and ")
        )
    }
}

/// `[2,1,0]`.
pub fn vector(counts: &[u32]) -> String {
    let counts: Vec<String> = counts.iter().map(u32::to_string).collect();
    format!("[{}]", counts.join(","))
}

/// `(40, 2)`.
pub fn hybrid(stamp: Hybrid) -> String {
    format!("({}, {})", show(stamp.l), stamp.c)
}

/// A physical reading in milliseconds; a right clock shows 0 when the run begins.
pub fn show(reading: Reading) -> String {
    let micros = reading.0;
    let sign = if micros < 0 { "−" } else { "" };
    let size = micros.unsigned_abs();
    match size % 1_000 {
        0 => format!("{sign}{}", size / 1_000),
        rest => format!("{sign}{}.{rest:03}", size / 1_000),
    }
}
