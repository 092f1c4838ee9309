//! What the lab promises, each checked against the last event while the run goes on.

use super::entry::LogEntry;
use super::event::{Correction, Event};
use super::world::ClockSkew;
use crate::sim::clocks::{Bound, Reading};
use crate::sim::time::span;
use crate::sim::world::{Broken, Property};

/// All of them.
pub(super) const ALL: &[Property<ClockSkew>] = &[
    Property {
        id: "cause-before-effect",
        name: "Causes come first",
        promise: "The log puts a cause before its effect.",
        check: cause_before_effect,
    },
    Property {
        id: "no-lost-update",
        name: "No update is lost",
        promise: "A write is not discarded for one that was finished before it began.",
        check: no_lost_update,
    },
    Property {
        id: "ntp-within-bound",
        name: "NTP keeps its bound",
        promise: "An estimated offset is within half the delay of the true offset at the moment the answer arrives.",
        check: ntp_within_bound,
    },
    Property {
        id: "interval-holds-truth",
        name: "TrueTime holds true time",
        promise: "Every machine's interval contains true time.",
        check: interval_holds_truth,
    },
];

/// The entry that was finished last, and all before it; nothing unless one was finished just now.
fn finished(world: &ClockSkew) -> Option<(&LogEntry, impl Iterator<Item = &LogEntry>)> {
    let Some(Event::Logged(_)) = world.last_event() else {
        return None;
    };
    let (last, before) = world.log().split_last()?;
    Some((last, before.iter().map(AsRef::as_ref)))
}

fn cause_before_effect(world: &ClockSkew) -> Result<(), Broken> {
    let Some((effect, mut before)) = finished(world) else {
        return Ok(());
    };
    let Some(cause) = before.find(|cause| cause.tag() > effect.tag() && cause.causes(effect))
    else {
        return Ok(());
    };
    let sentence = format!("the log puts {effect} before its cause, {cause}");
    Err(Broken {
        sentence,
        entries: vec![cause.id, effect.id],
    })
}

fn no_lost_update(world: &ClockSkew) -> Result<(), Broken> {
    let Some((lost, before)) = finished(world).filter(|(last, _)| last.what.is_write()) else {
        return Ok(());
    };
    let winner = before
        .filter(|write| write.what.is_write() && write.precedes(lost) && write.tag() > lost.tag())
        .max_by_key(|write| write.tag());
    let Some(winner) = winner else { return Ok(()) };
    let apart = span(lost.begun.minus(winner.done).signed());
    let sentence =
        format!("{lost} is discarded for {winner}, which was finished {apart} before it began");
    Err(Broken {
        sentence,
        entries: vec![winner.id, lost.id],
    })
}

fn ntp_within_bound(world: &ClockSkew) -> Result<(), Broken> {
    let Some(Event::Answered(answer)) = world.last_event() else {
        return Ok(());
    };
    if answer.keeps_its_bound() || answer.correction == Correction::Refused {
        return Ok(());
    }
    let sentence = format!(
        "n{}'s estimate errs by {}, more than half the delay, {}: its clock was set between the question and the answer",
        answer.machine,
        span(answer.error().saturating_abs()),
        span(answer.exchange.bound())
    );
    Err(Broken {
        sentence,
        entries: Vec::new(),
    })
}

fn interval_holds_truth(world: &ClockSkew) -> Result<(), Broken> {
    let truth = Reading::perfect(world.now());
    let interval =
        |machine: &super::machine::Machine| machine.bound.interval(&machine.clock, world.now());
    let Some(machine) = world
        .machines()
        .iter()
        .find(|machine| !interval(machine).holds(truth))
    else {
        return Ok(());
    };
    let why = if machine.jumped == 0 {
        format!(
            "its clock runs wrong by more than the {} ppm that the bound assumes, or was set while an answer was under way",
            Bound::DRIFT
        )
    } else {
        format!(
            "its clock jumped by {}, and the bound does not know of it",
            span(machine.jumped)
        )
    };
    let error = span(machine.clock.error(world.now()).saturating_abs());
    let bound = span(machine.bound.of(&machine.clock, world.now()));
    let sentence = format!(
        "n{}'s clock is wrong by {error}, beyond its bound of {bound}: {why}",
        machine.number
    );
    Err(Broken {
        sentence,
        entries: Vec::new(),
    })
}
