//! What the lab promises of the stamps that it shows, each checked against the event that was
//! stamped last.

use std::cmp::Ordering;

use super::event::letter;
use super::stamps::show;
use super::world::{Happening, LogicalClocks};
use crate::sim::world::{Broken, Property};

/// All of them.
pub(super) const ALL: &[Property<LogicalClocks>] = &[
    Property {
        id: "cause-has-smaller-stamp",
        name: "A cause has the smaller stamp",
        promise: "If one event happened before another, its stamp is the smaller one.",
        check: cause_has_smaller_stamp,
    },
    Property {
        id: "smaller-stamp-means-before",
        name: "A smaller stamp means: happened before",
        promise: "If one event's stamp is smaller than another's, it happened before it. Only vectors keep this.",
        check: smaller_stamp_means_before,
    },
    Property {
        id: "hybrid-near-clock",
        name: "A hybrid stamp is near its clock",
        promise: "l is never behind the process's own clock, and not further ahead of it than clocks differ.",
        check: hybrid_near_clock,
    },
];

/// The pairs of the event that was stamped last with all others: the other's number, the other,
/// the last one's number, the last one.
fn pairs(world: &LogicalClocks) -> impl Iterator<Item = (usize, &Happening, usize, &Happening)> {
    world
        .last_changed()
        .into_iter()
        .flat_map(move |(number, last)| {
            let others = world.happenings().iter().enumerate();
            others
                .filter(move |(other, _)| *other != number)
                .map(move |(other, happening)| (other, happening, number, last))
        })
}

/// Whether one event happened before another, told from what they know and not from the stamp that
/// is shown: the vectors are checked against paths by the tests.
fn happened_before(one: &Happening, other: &Happening) -> bool {
    one.stamps.vector < other.stamps.vector
}

fn named(world: &LogicalClocks, number: usize, happening: &Happening) -> String {
    let names = world.names();
    let process = names.get(happening.process).map_or("", String::as_str);
    let stamp = happening.stamps.text(world.shown(), names);
    format!("{} of {process}, stamped {stamp}", letter(number))
}

fn broken(
    world: &LogicalClocks,
    pair: (usize, &Happening, usize, &Happening),
    what: &str,
) -> Broken {
    let (one_number, one, other_number, other) = pair;
    let entry = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Broken {
        sentence: format!(
            "{} {what} {}",
            named(world, one_number, one),
            named(world, other_number, other)
        ),
        entries: vec![entry(one_number), entry(other_number)],
    }
}

fn cause_has_smaller_stamp(world: &LogicalClocks) -> Result<(), Broken> {
    let wrong = pairs(world).find(|(_, cause, _, effect)| {
        happened_before(cause, effect)
            && cause.stamps.order(&effect.stamps, world.shown()) != Some(Ordering::Less)
    });
    match wrong {
        Some(pair) => Err(broken(world, pair, "happened before")),
        None => Ok(()),
    }
}

fn smaller_stamp_means_before(world: &LogicalClocks) -> Result<(), Broken> {
    let swapped = |(a, one, b, other)| (b, other, a, one);
    let wrong = pairs(world)
        .flat_map(|pair| [pair, swapped(pair)])
        .find(|(_, small, _, large)| {
            small.stamps.order(&large.stamps, world.shown()) == Some(Ordering::Less)
                && !happened_before(small, large)
        });
    match wrong {
        Some(pair) => Err(broken(world, pair, "did not happen before")),
        None => Ok(()),
    }
}

fn hybrid_near_clock(world: &LogicalClocks) -> Result<(), Broken> {
    let Some((number, last)) = world.last_changed() else {
        return Ok(());
    };
    let skews = || (0..world.names().len()).map(|process| world.skew(process));
    let apart = skews().max().unwrap_or(0) - skews().min().unwrap_or(0);
    // A clock counts whole milliseconds, so two may differ by one more than they are apart. The 0 at
    // which hybrid clocks begin is what a right clock shows then, and n1's is right.
    let allowed = apart.saturating_add(1_000);
    let ahead = last.stamps.hybrid.l.since(last.stamps.reading);
    if (0..=allowed).contains(&ahead) {
        return Ok(());
    }
    Err(Broken {
        sentence: format!(
            "{} has l = {} while its own clock shows {}",
            letter(number),
            show(last.stamps.hybrid.l),
            show(last.stamps.reading)
        ),
        entries: vec![u32::try_from(number).unwrap_or(u32::MAX)],
    })
}
