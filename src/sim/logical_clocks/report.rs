//! What the stamps of a run tell of its order: pure functions on its last world.

use std::cmp::Ordering;

use super::event::letter;
use super::stamps::{Shown, Stamps};
use super::world::{Happening, LogicalClocks};
use crate::sim::causality::{Comparison, Computation, EventId, Hop, Relation, compare, pairs};

/// The computation of a world under its own names.
pub fn computation(world: &LogicalClocks) -> Option<Computation> {
    // Its names are n1, n2 and so on, and a message arrives after it is sent.
    world.computation(world.names(), |_| String::new()).ok()
}

/// How far one kind of stamp tells the order of all pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The name of the stamp.
    pub name: &'static str,
    /// The kind, where it is one that can be shown; physical clocks alone are not.
    pub shown: Option<Shown>,
    /// What it makes of the pairs.
    pub counts: Comparison,
}

/// Every kind of stamp, and physical clocks alone, on all pairs of a run.
pub fn accounts(world: &LogicalClocks) -> Vec<Account> {
    let Some(computation) = computation(world) else {
        return Vec::new();
    };
    let mut accounts: Vec<Account> = Shown::ALL
        .into_iter()
        .map(|shown| Account {
            name: shown.name(),
            shown: Some(shown),
            counts: counts(world, &computation, shown),
        })
        .collect();
    let readings: Vec<_> = world
        .happenings()
        .iter()
        .map(|happening| happening.stamps.reading)
        .collect();
    accounts.push(Account {
        name: "physical clocks alone",
        shown: None,
        counts: compare(&computation, &readings),
    });
    accounts
}

fn counts(world: &LogicalClocks, computation: &Computation, shown: Shown) -> Comparison {
    let all = world.happenings();
    let list = |of: &dyn Fn(&Stamps) -> Compared| -> Vec<Compared> {
        all.iter().map(|happening| of(&happening.stamps)).collect()
    };
    compare(
        computation,
        &list(&|stamps| Compared(stamps.clone(), shown)),
    )
}

/// Stamps that compare by one of their kinds.
#[derive(Debug)]
struct Compared(Stamps, Shown);

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Compared {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.order(&other.0, self.1)
    }
}

/// How two events stand to each other, with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    /// How the first stands to the second.
    pub relation: Relation,
    /// The path from the earlier to the later one, where there is one: its first event, and the
    /// steps from there.
    pub path: Option<(EventId, Vec<Hop>)>,
    /// The same as a sentence.
    pub sentence: String,
    /// What the stamps that are shown say of it, one sentence.
    pub stamps: String,
}

/// How event `a` stands to event `b`; nothing if one of them does not exist.
pub fn between(
    world: &LogicalClocks,
    computation: &Computation,
    a: usize,
    b: usize,
) -> Option<Between> {
    let (one, other) = (world.happenings().get(a)?, world.happenings().get(b)?);
    let relation = computation.relation(EventId(a), EventId(b))?;
    let (first, last) = match relation {
        Relation::After => (b, a),
        _ => (a, b),
    };
    let path = computation
        .path(EventId(first), EventId(last))
        .map(|hops| (EventId(first), hops));
    let sentence = match (relation, &path) {
        (Relation::Same, _) => format!("{} is one and the same event.", letter(a)),
        (_, Some((from, hops))) => {
            let mut names = vec![letter(from.0)];
            names.extend(hops.iter().map(|hop| letter(hop.to.0)));
            format!(
                "{} happened before {}: {}.",
                letter(first),
                letter(last),
                names.join(" → ")
            )
        }
        _ => format!(
            "{} and {} are concurrent: no path leads from one to the other.",
            letter(a),
            letter(b)
        ),
    };
    Some(Between {
        relation,
        path,
        sentence,
        stamps: stamps_say(world, (a, one), (b, other), relation),
    })
}

/// What the stamps that are shown make of a pair.
fn stamps_say(
    world: &LogicalClocks,
    (a, one): (usize, &Happening),
    (b, other): (usize, &Happening),
    relation: Relation,
) -> String {
    let (names, shown) = (world.names(), world.shown());
    let texts = (
        one.stamps.text(shown, names),
        other.stamps.text(shown, names),
    );
    let (sign, order) = match one.stamps.order(&other.stamps, shown) {
        Some(Ordering::Less) => ("<", Some(Relation::Before)),
        Some(Ordering::Greater) => (">", Some(Relation::After)),
        Some(Ordering::Equal) => ("=", Some(Relation::Same)),
        None => ("∥", None),
    };
    let verdict = match (relation, order) {
        (Relation::Same, _) => return String::new(),
        (Relation::Concurrent, None) => {
            "neither is smaller, so they show that the events are concurrent"
        }
        (Relation::Concurrent, Some(Relation::Same)) => {
            "they are equal, which between two processes always means concurrent"
        }
        (Relation::Concurrent, _) => "that looks like an order, and nothing caused it",
        (_, order) if order == Some(relation) => "the cause has the smaller one",
        _ => "that is not the order of cause and effect",
    };
    format!(
        "Stamps ({}): {} {} {sign} {} {}; {verdict}.",
        shown.name(),
        letter(a),
        texts.0,
        letter(b),
        texts.1
    )
}

/// What an event is, in words: `c: n1 receives m1 from n2 at 35 ms`.
pub fn described(names: &[String], number: usize, happening: &Happening) -> String {
    let process = names.get(happening.process).map_or("", String::as_str);
    let deeds: Vec<String> = happening
        .parts
        .iter()
        .map(|part| part.deed.text(names))
        .collect();
    format!(
        "{}: {process} {} at {}",
        letter(number),
        deeds.join(" and "),
        happening.at
    )
}

/// The number of that name in a finished run.
pub(super) fn probe(world: &LogicalClocks, probe: &str) -> Option<i64> {
    let computation = computation(world)?;
    let pair_counts = computation.pair_counts();
    let number = |count: u64| i64::try_from(count).ok();
    match probe {
        "events" => i64::try_from(world.happenings().len()).ok(),
        "ordered-pairs" => number(pair_counts.ordered),
        "concurrent-pairs" => number(pair_counts.concurrent),
        "lamport-false-orders" => number(counts(world, &computation, Shown::Lamport).invented),
        "hybrid-false-orders" => number(counts(world, &computation, Shown::Hybrid).invented),
        "lamport-against-time" => {
            let stamps: Vec<_> = world
                .happenings()
                .iter()
                .map(|happening| happening.stamps.lamport)
                .collect();
            // Of two concurrent events the first of a pair is the earlier one in true time.
            let against = pairs(&computation, &stamps)
                .filter(|pair| pair.concurrent && pair.stamps == Some(Ordering::Greater));
            i64::try_from(against.count()).ok()
        }
        "longest-path" => {
            let stamps = world.happenings().iter();
            let longest = stamps.map(|happening| happening.stamps.lamport.0).max();
            number(longest.unwrap_or(0))
        }
        _ => None,
    }
}
