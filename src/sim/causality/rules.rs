//! The logical clocks as rules over a computation: each event's stamp from those of its causes.

use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;

use super::computation::Computation;
use super::event::EventId;
use crate::sim::clocks::{Hybrid, Lamport, Reading, vector};

/// A logical clock: how an event is stamped, and how that is said.
pub trait Rule {
    /// Its stamp.
    type Stamp: Clone + fmt::Debug + PartialEq;

    /// The stamp of an event.
    fn stamp(&self, moment: &Moment<'_, Self::Stamp>) -> Self::Stamp;

    /// Why the event has that stamp: part of a sentence, without a full stop.
    fn because(&self, moment: &Moment<'_, Self::Stamp>) -> String;

    /// A stamp as it is written on the page.
    fn text(&self, stamp: &Self::Stamp) -> String;
}

/// What a process knows when it stamps an event.
#[derive(Clone, Debug)]
pub struct Moment<'a, S> {
    /// The event.
    pub event: EventId,
    /// Its process, counted from 0.
    pub process: usize,
    /// The processes' names.
    pub names: &'a [String],
    /// The stamp of the event before it on its process; nothing if it is the first.
    pub own: Option<S>,
    /// The stamps of the messages that it receives.
    pub messages: Vec<S>,
}

impl<'a, S: Clone> Moment<'a, S> {
    /// The moment of an event, with the stamps of its direct causes.
    pub(super) fn of(
        computation: &'a Computation,
        event: EventId,
        stamp: impl Fn(EventId) -> Option<S>,
    ) -> Self {
        let sources = computation.sources(event);
        Self {
            event,
            process: computation.event(event).map_or(0, |event| event.process),
            names: computation.names(),
            own: computation.previous(event).and_then(&stamp),
            messages: sources.filter_map(|(_, from)| stamp(from)).collect(),
        }
    }
}

/// The stamps of all events by one rule, in the order of the list.
pub fn stamps<R: Rule>(computation: &Computation, rule: &R) -> Vec<R::Stamp> {
    let mut found: Vec<Option<R::Stamp>> = vec![None; computation.events().len()];
    for id in computation.in_causal_order() {
        let moment = Moment::of(computation, *id, |of| found.get(of.0).cloned().flatten());
        let stamp = rule.stamp(&moment);
        if let Some(place) = found.get_mut(id.0) {
            *place = Some(stamp);
        }
    }
    // Every event stands in the causal order, so none is left out.
    found.into_iter().flatten().collect()
}

/// Lamport's clock: [`Lamport`].
#[derive(Clone, Copy, Debug)]
pub struct LamportRule;

impl Rule for LamportRule {
    type Stamp = Lamport;

    fn stamp(&self, moment: &Moment<'_, Lamport>) -> Lamport {
        let mut clock = moment.own.unwrap_or_default();
        match moment.messages.iter().max() {
            None => clock.local(),
            Some(latest) => clock.receive(*latest),
        }
    }

    fn because(&self, moment: &Moment<'_, Lamport>) -> String {
        let own = moment.own.unwrap_or_default();
        let stamp = self.stamp(moment).0;
        if moment.messages.is_empty() {
            let takes = if moment.own.is_some() {
                "an event that receives nothing takes one more than the last on its process"
            } else {
                "the first event of a process that receives nothing takes 1"
            };
            return format!("{takes}: {} + 1 = {stamp}", own.0);
        }
        let told = listed(&moment.messages, |message| message.0.to_string());
        format!(
            "a receive takes the larger of its own and the message's, plus one: max({}, {told}) + 1 = {stamp}",
            own.0
        )
    }

    fn text(&self, stamp: &Lamport) -> String {
        stamp.0.to_string()
    }
}

/// A vector stamp: how many events of each process are known, the event itself included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VectorStamp(pub Vec<u32>);

impl PartialOrd for VectorStamp {
    /// Less: happened before; none: concurrent, or not of the same length.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.0.len() == other.0.len())
            .then(|| vector::order(&self.0, &other.0))
            .flatten()
    }
}

/// Vector clocks, with one entry for each process of the computation.
#[derive(Clone, Copy, Debug)]
pub struct VectorRule;

impl VectorRule {
    /// What is known once the messages are taken in, before the event itself is counted. A stamp of
    /// the wrong length, as a reader may give, tells what it can.
    fn known(moment: &Moment<'_, VectorStamp>) -> Vec<u32> {
        let mut known = vec![0; moment.names.len()];
        for told in moment.own.iter().chain(&moment.messages) {
            vector::merge(&mut known, &told.0);
        }
        known
    }
}

impl Rule for VectorRule {
    type Stamp = VectorStamp;

    fn stamp(&self, moment: &Moment<'_, VectorStamp>) -> VectorStamp {
        let mut counts = Self::known(moment);
        vector::tick(&mut counts, moment.process);
        VectorStamp(counts)
    }

    fn because(&self, moment: &Moment<'_, VectorStamp>) -> String {
        let nothing = VectorStamp(vec![0; moment.names.len()]);
        let own = self.text(moment.own.as_ref().unwrap_or(&nothing));
        let name = moment.names.get(moment.process).map_or("", String::as_str);
        let stamp = self.text(&self.stamp(moment));
        if moment.messages.is_empty() {
            return format!(
                "an event that receives nothing adds one to its process's own entry ({name}): {own} gives {stamp}"
            );
        }
        let told = listed(&moment.messages, |message| self.text(message));
        let known = self.text(&VectorStamp(Self::known(moment)));
        format!(
            "a receive takes the larger of its own and the message's in every entry, then adds one to its process's own ({name}): {own} and {told} give {known}, then {stamp}"
        )
    }

    fn text(&self, stamp: &VectorStamp) -> String {
        let entries = listed(&stamp.0, u32::to_string);
        format!("[{entries}]")
    }
}

/// The hybrid logical clock: [`Hybrid`].
#[derive(Clone, Copy, Debug)]
pub struct HybridRule<'a> {
    /// What the physical clock of its process shows at each event. A missing one counts as
    /// `Reading(0)`.
    pub readings: &'a [Reading],
    /// How a reading is written on the page: a time of day, or a small number.
    pub show: fn(Reading) -> String,
}

impl HybridRule<'_> {
    fn reading(&self, event: EventId) -> Reading {
        self.readings.get(event.0).copied().unwrap_or_default()
    }
}

impl Rule for HybridRule<'_> {
    type Stamp = Hybrid;

    fn stamp(&self, moment: &Moment<'_, Hybrid>) -> Hybrid {
        let mut clock = moment.own.unwrap_or_default();
        let physical = self.reading(moment.event);
        // Of several messages only the latest counts: largest l, and largest c within it.
        match moment.messages.iter().max() {
            None => clock.local(physical),
            Some(latest) => clock.receive(*latest, physical),
        }
    }

    fn because(&self, moment: &Moment<'_, Hybrid>) -> String {
        let own = moment.own.unwrap_or_default();
        let physical = self.reading(moment.event);
        let stamp = self.stamp(moment);
        let latest = moment.messages.iter().max();
        let told = latest.map_or(String::new(), |message| {
            format!(", the message's {}", (self.show)(message.l))
        });
        let shared: Vec<String> = [Some(&own), latest]
            .into_iter()
            .flatten()
            .filter(|clock| clock.l == stamp.l)
            .map(|clock| clock.c.to_string())
            .collect();
        let count = match shared.as_slice() {
            [] => "the physical clock alone has it, so c is 0".to_owned(),
            [c] => format!("c counts on from {c}: {c} + 1 = {}", stamp.c),
            several => format!(
                "both have it, so c is max({}) + 1 = {}",
                several.join(", "),
                stamp.c
            ),
        };
        format!(
            "l is the largest of its own {}{told} and the physical clock's {}: {}; {count}",
            (self.show)(own.l),
            (self.show)(physical),
            (self.show)(stamp.l)
        )
    }

    fn text(&self, stamp: &Hybrid) -> String {
        format!("({}, {})", (self.show)(stamp.l), stamp.c)
    }
}

/// `3, 5, 7`.
fn listed<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(", ")
}
