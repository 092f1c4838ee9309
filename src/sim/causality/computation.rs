//! A computation: processes, their events, and the messages between them.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Event, EventId, MessageId};
use super::mistake::Mistake;
use crate::sim::clocks::vector;

/// Processes, events and messages, with the vector stamp of every event.
///
/// Memory grows with events times processes, never with pairs of events.
#[derive(Clone, Debug)]
pub struct Computation {
    names: Vec<String>,
    events: Vec<Event>,
    /// The events of each process in their order.
    lines: Vec<Vec<EventId>>,
    /// The place of each event on its process, counted from 0.
    places: Vec<usize>,
    messages: BTreeMap<MessageId, Travel>,
    /// All events, causes before effects.
    order: Vec<EventId>,
    /// The vector stamps, one after the other; each has one entry for each process.
    counts: Vec<u32>,
}

impl Computation {
    /// The most events there can be.
    pub const MOST_EVENTS: usize = 5_000;
    /// The most processes there can be.
    pub const MOST_PROCESSES: usize = 64;

    /// Processes without an event yet.
    ///
    /// # Errors
    /// If there are none or more than [`Self::MOST_PROCESSES`], or if a name is empty, contains a
    /// blank or a control character, or is given twice.
    pub fn new<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Result<Self, Mistake> {
        let names: Vec<String> = names
            .into_iter()
            .map(Into::into)
            .take(Self::MOST_PROCESSES.saturating_add(1))
            .collect();
        if names.is_empty() {
            return Err(Mistake::NoProcess);
        }
        if names.len() > Self::MOST_PROCESSES {
            return Err(Mistake::TooManyProcesses);
        }
        let mut seen = BTreeSet::new();
        for name in &names {
            if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control()) {
                return Err(Mistake::Name(name.clone()));
            }
            if !seen.insert(name) {
                return Err(Mistake::NameTwice(name.clone()));
            }
        }
        Ok(Self {
            lines: vec![Vec::new(); names.len()],
            names,
            events: Vec::new(),
            places: Vec::new(),
            messages: BTreeMap::new(),
            order: Vec::new(),
            counts: Vec::new(),
        })
    }

    /// A whole computation. The list gives the order of events within each process and nothing
    /// else: a receipt may stand before the sending, as when the list goes process by process.
    ///
    /// # Errors
    /// As [`Self::new`] and [`Self::push`]; and if events would each have to happen before the
    /// others, in a circle.
    pub fn of<N: Into<String>>(
        names: impl IntoIterator<Item = N>,
        events: impl IntoIterator<Item = Event>,
    ) -> Result<Self, Mistake> {
        let mut computation = Self::new(names)?;
        for event in events {
            computation.admit(event)?;
        }
        for id in computation.ids() {
            computation.sources_known(id)?;
        }
        computation.sort()?;
        computation.counts = vec![0; computation.events.len() * computation.names.len()];
        for id in computation.order.clone() {
            computation.stamp(id);
        }
        Ok(computation)
    }

    /// Adds an event after all others of its process. A message that it receives must have been
    /// sent by an event that is there already.
    ///
    /// # Errors
    /// If the process does not exist, there are [`Self::MOST_EVENTS`] events already, the message
    /// that it sends was sent by another event, or one that it receives was not sent. The
    /// computation is then as it was.
    pub fn push(&mut self, event: Event) -> Result<EventId, Mistake> {
        let id = EventId(self.events.len());
        let unknown = |message: &&MessageId| self.sender(**message).is_none();
        if let Some(&message) = event.receives.iter().find(unknown) {
            return Err(Mistake::NeverSent { message, event: id });
        }
        let id = self.admit(event)?;
        self.order.push(id);
        self.counts.resize(self.events.len() * self.names.len(), 0);
        self.stamp(id);
        Ok(id)
    }

    /// The processes' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// All events, in the order in which they were given.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// An event; nothing if there is none of that number.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.events.get(id.0)
    }

    /// The numbers of all events.
    pub fn ids(&self) -> impl Iterator<Item = EventId> + use<> {
        (0..self.events.len()).map(EventId)
    }

    /// All events, causes before effects.
    pub fn in_causal_order(&self) -> &[EventId] {
        &self.order
    }

    /// The events of a process in their order; none if it does not exist.
    pub fn on(&self, process: usize) -> &[EventId] {
        self.lines.get(process).map_or(&[], Vec::as_slice)
    }

    /// The place of an event on its process, counted from 0; nothing if there is no such event.
    pub fn place(&self, id: EventId) -> Option<usize> {
        self.places.get(id.0).copied()
    }

    /// The vector stamp of an event: how many events of each process are in its past, itself
    /// included. Empty if there is no such event.
    pub fn vector(&self, id: EventId) -> &[u32] {
        let width = self.names.len();
        id.0.checked_mul(width)
            .and_then(|from| self.counts.get(from..from.checked_add(width)?))
            .unwrap_or(&[])
    }

    /// Where a message is sent; nothing if it is not.
    pub fn sender(&self, message: MessageId) -> Option<EventId> {
        self.messages.get(&message)?.sent
    }

    /// Where a message arrives.
    pub fn receivers(&self, message: MessageId) -> &[EventId] {
        self.messages
            .get(&message)
            .map_or(&[], |travel| travel.received.as_slice())
    }

    /// The event before this one on its process; nothing if it is the first.
    pub fn previous(&self, id: EventId) -> Option<EventId> {
        let line = self.on(self.event(id)?.process);
        line.get(self.place(id)?.checked_sub(1)?).copied()
    }

    /// The event after this one on its process; nothing if it is the last.
    pub fn next(&self, id: EventId) -> Option<EventId> {
        let line = self.on(self.event(id)?.process);
        line.get(self.place(id)?.checked_add(1)?).copied()
    }

    /// The sendings of the messages that an event receives.
    pub fn sources(&self, id: EventId) -> impl Iterator<Item = (MessageId, EventId)> {
        let received = self.event(id).map_or(&[][..], |event| &event.receives);
        received
            .iter()
            .filter_map(|message| Some((*message, self.sender(*message)?)))
    }

    /// The receipts of the message that an event sends.
    pub fn targets(&self, id: EventId) -> impl Iterator<Item = (MessageId, EventId)> {
        let sent = self.event(id).and_then(|event| event.sends);
        sent.into_iter()
            .flat_map(|message| self.receivers(message).iter().map(move |to| (message, *to)))
    }

    /// Takes an event into the lists, unstamped.
    fn admit(&mut self, event: Event) -> Result<EventId, Mistake> {
        let id = EventId(self.events.len());
        if self.events.len() >= Self::MOST_EVENTS {
            return Err(Mistake::TooManyEvents);
        }
        if let Some(message) = event.sends
            && let Some(first) = self.sender(message)
        {
            return Err(Mistake::SentTwice {
                message,
                first,
                second: id,
            });
        }
        let Some(line) = self.lines.get_mut(event.process) else {
            return Err(Mistake::NoSuchProcess {
                event: id,
                process: event.process,
                processes: self.names.len(),
            });
        };
        self.places.push(line.len());
        line.push(id);
        if let Some(message) = event.sends {
            self.messages.entry(message).or_default().sent = Some(id);
        }
        for message in &event.receives {
            self.messages.entry(*message).or_default().received.push(id);
        }
        self.events.push(event);
        Ok(id)
    }

    fn sources_known(&self, id: EventId) -> Result<(), Mistake> {
        let received = self.event(id).map_or(&[][..], |event| &event.receives);
        match received.iter().find(|m| self.sender(**m).is_none()) {
            Some(&message) => Err(Mistake::NeverSent { message, event: id }),
            None => Ok(()),
        }
    }

    /// Finds an order with causes before effects (Kahn 1962); the one nearest to the list's.
    fn sort(&mut self) -> Result<(), Mistake> {
        let mut missing: Vec<usize> = self.ids().map(|id| self.causes(id).count()).collect();
        let mut ready: BTreeSet<EventId> = self
            .ids()
            .filter(|id| missing.get(id.0) == Some(&0))
            .collect();
        let mut order = Vec::with_capacity(self.events.len());
        while let Some(id) = ready.pop_first() {
            order.push(id);
            let effects = self.next(id).into_iter();
            for effect in effects.chain(self.targets(id).map(|(_, to)| to)) {
                if let Some(left) = missing.get_mut(effect.0) {
                    *left = left.saturating_sub(1);
                    if *left == 0 {
                        ready.insert(effect);
                    }
                }
            }
        }
        if order.len() < self.events.len() {
            return Err(Mistake::Circle(self.circle(&missing)));
        }
        self.order = order;
        Ok(())
    }

    /// A circle among the events that wait for causes: from any of them, back to a cause that waits
    /// too, until one comes round again.
    fn circle(&self, missing: &[usize]) -> Vec<EventId> {
        let waits = |id: &EventId| missing.get(id.0).is_some_and(|left| *left > 0);
        let mut back: Vec<EventId> = Vec::new();
        let mut at = self.ids().find(waits);
        while let Some(id) = at {
            if let Some(from) = back.iter().position(|seen| *seen == id) {
                let mut circle = back.split_off(from);
                circle.reverse();
                return circle;
            }
            back.push(id);
            at = self.causes(id).find(waits);
        }
        Vec::new()
    }

    /// The direct causes of an event.
    fn causes(&self, id: EventId) -> impl Iterator<Item = EventId> {
        let sources = self.sources(id).map(|(_, from)| from);
        self.previous(id).into_iter().chain(sources)
    }

    /// Stamps an event whose direct causes are stamped.
    fn stamp(&mut self, id: EventId) {
        let width = self.names.len();
        let mut counts = vec![0; width];
        for cause in self.causes(id) {
            vector::merge(&mut counts, self.vector(cause));
        }
        if let Some(event) = self.event(id) {
            vector::tick(&mut counts, event.process);
        }
        let from = id.0.saturating_mul(width);
        if let Some(row) = self.counts.get_mut(from..from.saturating_add(width)) {
            row.copy_from_slice(&counts);
        }
    }
}

/// Where a message is sent and where it arrives.
#[derive(Clone, Debug, Default)]
struct Travel {
    sent: Option<EventId>,
    received: Vec<EventId>,
}
