//! Edits of the diagram. Each takes a run and gives another; what cannot be done is refused with a
//! sentence.

use std::collections::BTreeSet;

use super::drawn::{Drawn, drawn};
use super::event::Deed;
use super::parameters::TRAVEL;
use super::world::{End, Happening, LogicalClocks, Source};
use crate::sim::action::{Action, On};
use crate::sim::history::History;
use crate::sim::run::Run;
use crate::sim::time::Micros;

/// No event is put later than this.
pub const LATEST: Micros = Micros::from_secs(10);
/// Events are put on whole milliseconds, and never two on one: then no two become one by accident.
const GRID: u64 = 1_000;

/// Where an event stands. Events move, and this says which is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The process, counted from 0.
    pub process: usize,
    /// When it happens.
    pub at: Micros,
}

impl Place {
    /// Where an event stands.
    pub const fn of(happening: &Happening) -> Self {
        Self {
            process: happening.process,
            at: happening.at,
        }
    }

    /// The number of the event that stands here: the one at this very moment, or else the first in
    /// this millisecond.
    pub fn find(self, happenings: &[Happening]) -> Option<usize> {
        let find = |is_it: &dyn Fn(Micros) -> bool| {
            happenings
                .iter()
                .position(|other| other.process == self.process && is_it(other.at))
        };
        find(&|at| at == self.at).or_else(|| find(&|at| at.0 / GRID == self.at.0 / GRID))
    }
}

/// An edited run, and the event that was edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The run.
    pub run: Run,
    /// Where the event that was added or moved stands now; of a message, its receipt.
    pub place: Place,
}

/// The same run with its random events as actions of the reader, so that they can be edited.
///
/// # Errors
/// If there would be more actions than a run may have.
pub fn frozen(run: &Run) -> Result<Run, String> {
    if run.config.get("random") == 0 {
        return Ok(run.clone());
    }
    let mut frozen = run.with("random", 0);
    for Drawn {
        process,
        message,
        at,
    } in drawn(&run.config, run.seed)
    {
        let action = match message {
            None => event(process, at),
            Some((to, takes)) => sending(process, to, at, takes),
        };
        add(&mut frozen, action)?;
    }
    Ok(frozen)
}

/// Adds an event of a process, counted from 0, at the free millisecond that is nearest to `at`.
///
/// # Errors
/// If the run is full.
pub fn add_event(run: &Run, process: usize, at: Micros) -> Result<Edited, String> {
    let mut run = frozen(run)?;
    let at = free(&busy(&played(&run)), at, Micros::ZERO, LATEST).ok_or(NO_ROOM)?;
    add(&mut run, event(process, at))?;
    Ok(Edited {
        run,
        place: Place { process, at },
    })
}

/// Adds a message. It leaves with the event that stands at `from`, or makes one there; it arrives on
/// process `to` at the free millisecond that is nearest to `arrives`.
///
/// # Errors
/// If it would arrive before it is sent, stay on its process, or the run is full.
pub fn add_message(run: &Run, from: Place, to: usize, arrives: Micros) -> Result<Edited, String> {
    if from.process == to {
        return Err("A message goes to another process.".to_owned());
    }
    let mut run = frozen(run)?;
    let world = played(&run);
    let mut busy = busy(&world);
    let sender = from
        .find(world.happenings())
        .and_then(|number| world.happenings().get(number));
    let sent = match sender {
        Some(sender) => sender.at,
        None => {
            let sent = free(&busy, from.at, Micros::ZERO, LATEST).ok_or(NO_ROOM)?;
            busy.insert(sent.0 / GRID);
            sent
        }
    };
    if arrives <= sent {
        return Err(
            "A message arrives after it is sent: let it end further to the right.".to_owned(),
        );
    }
    let (soonest, latest) = (sent.plus(least()), sent.plus(most()));
    let at = free(&busy, arrives, soonest, latest).ok_or(NO_ROOM)?;
    add(&mut run, sending(from.process, to, sent, at.minus(sent)))?;
    Ok(Edited {
        run,
        place: Place { process: to, at },
    })
}

/// Moves an event to the free millisecond that is nearest to `at`. The other ends of its messages
/// stay where they are, so it goes no further than they allow. Where no event stands, nothing
/// changes.
///
/// # Errors
/// If random events cannot be made the reader's own, see [`frozen`].
pub fn move_to(run: &Run, place: Place, at: Micros) -> Result<Edited, String> {
    let mut run = frozen(run)?;
    let unmoved = |run: Run| Ok(Edited { run, place });
    let world = played(&run);
    let Some(happening) = place
        .find(world.happenings())
        .and_then(|number| world.happenings().get(number))
    else {
        return unmoved(run);
    };
    let (mut soonest, mut latest) = (Micros::ZERO, LATEST);
    let parts = parts(&world, happening, &run);
    for (_, end, other) in &parts {
        match end {
            End::Local => {}
            End::Send => {
                soonest = soonest.max(other.minus(most()));
                latest = latest.min(other.minus(least()));
            }
            End::Receive => {
                soonest = soonest.max(other.plus(least()));
                latest = latest.min(other.plus(most()));
            }
        }
    }
    let mut busy = busy(&world);
    busy.remove(&(happening.at.0 / GRID));
    let Some(at) = free(&busy, at, soonest, latest) else {
        return unmoved(run);
    };
    for (index, end, other) in parts {
        let Some(action) = run.actions.get_mut(index) else {
            continue;
        };
        match end {
            End::Local => action.at = at,
            End::Send => {
                action.at = at;
                action.amount = other.minus(at).signed();
            }
            End::Receive => action.amount = at.minus(other).signed(),
        }
    }
    run.actions.sort_by_key(|action| action.at);
    Ok(Edited {
        run,
        place: Place { at, ..place },
    })
}

/// Takes an event out, with all messages that it sends or receives. Where no event stands, nothing
/// changes.
///
/// # Errors
/// If random events cannot be made the reader's own, see [`frozen`].
pub fn remove(run: &Run, place: Place) -> Result<Run, String> {
    let mut run = frozen(run)?;
    let world = played(&run);
    let Some(number) = place.find(world.happenings()) else {
        return Ok(run);
    };
    let parts = world.happenings().get(number).into_iter();
    let gone: BTreeSet<usize> = parts
        .flat_map(|happening| &happening.parts)
        .filter_map(|part| match part.source {
            Source::Action(index) => Some(index),
            Source::Drawn(_) => None,
        })
        .collect();
    let mut index = 0;
    run.actions.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
    Ok(run)
}

/// The world at the end of a run.
pub fn played(run: &Run) -> LogicalClocks {
    History::<LogicalClocks>::of(run).last().clone()
}

const NO_ROOM: &str = "There is no free millisecond for it.";

/// The action that makes an event.
pub(super) fn event(process: usize, at: Micros) -> Action {
    Action {
        at,
        kind: "event",
        on: On::Node(node(process)),
        amount: 0,
    }
}

/// The action that makes a message.
pub(super) fn sending(from: usize, to: usize, at: Micros, takes: Micros) -> Action {
    Action {
        at,
        kind: "message",
        on: On::Link(node(from), node(to)),
        amount: takes.signed(),
    }
}

fn add(run: &mut Run, action: Action) -> Result<(), String> {
    if run.act(action) {
        return Ok(());
    }
    Err(format!(
        "A run has at most {} events and messages of yours: remove some first.",
        Run::MOST_ACTIONS
    ))
}

fn node(process: usize) -> u16 {
    u16::try_from(process).unwrap_or(u16::MAX).saturating_add(1)
}

const fn least() -> Micros {
    Micros::from_signed(TRAVEL.0)
}

const fn most() -> Micros {
    Micros::from_signed(TRAVEL.1)
}

/// The actions that an event consists of, by their places in the run, which end of each it is, and
/// when the other end is.
fn parts(world: &LogicalClocks, happening: &Happening, run: &Run) -> Vec<(usize, End, Micros)> {
    let parts = happening.parts.iter().filter_map(|part| {
        let Source::Action(index) = part.source else {
            return None;
        };
        let other = match part.deed {
            Deed::Local => happening.at,
            Deed::Sent { .. } => {
                let takes = run.actions.get(index)?.amount;
                happening.at.plus(Micros::from_signed(takes))
            }
            Deed::Received { message, .. } => world.happenings().get(world.sender(message)?)?.at,
        };
        Some((index, part.end, other))
    });
    parts.collect()
}

/// The milliseconds in which something happens.
fn busy(world: &LogicalClocks) -> BTreeSet<u64> {
    world
        .happenings()
        .iter()
        .map(|happening| happening.at.0 / GRID)
        .collect()
}

/// The whole millisecond nearest to `wanted` in which nothing happens, between two moments; nothing
/// if there is none.
fn free(busy: &BTreeSet<u64>, wanted: Micros, soonest: Micros, latest: Micros) -> Option<Micros> {
    let (low, high) = (soonest.0.div_ceil(GRID), latest.0 / GRID);
    if low > high {
        return None;
    }
    let wanted = ((wanted.0 + GRID / 2) / GRID).clamp(low, high);
    // There are at most 400 events, so a free one is within as many milliseconds, if at all.
    (0..=u64::try_from(busy.len()).unwrap_or(u64::MAX))
        .flat_map(|away| [wanted.checked_add(away), wanted.checked_sub(away)])
        .flatten()
        .find(|millis| (low..=high).contains(millis) && !busy.contains(millis))
        .map(Micros::from_millis)
}
