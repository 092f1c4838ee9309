//! From vector clocks to processes, events and messages.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::Raw;
use super::parse::Wrong;
use crate::sim::causality::{Computation, Event, EventId, MessageId, Mistake};

/// The computation with these events, numbered as they stand here; or the first thing that keeps
/// them from being one. First brings each host's events into the order of its clock, in the places
/// that they have: a log may have them in another.
pub(super) fn computation(raw: &mut [Raw]) -> Result<Computation, Wrong> {
    let hosts = Hosts::of(raw)?;
    hosts.sort(raw);
    hosts.counted(raw)?;
    let parents: Vec<Vec<usize>> = raw
        .iter()
        .map(|event| hosts.parents(raw, event))
        .collect::<Result<_, _>>()?;
    let senders: BTreeSet<usize> = parents.iter().flatten().copied().collect();
    let messages: BTreeMap<usize, MessageId> =
        senders.into_iter().zip((1..).map(MessageId)).collect();
    let events = raw.iter().zip(&parents).enumerate();
    let events = events.map(|(index, (raw, parents))| Event {
        process: hosts.number(&raw.host),
        receives: parents
            .iter()
            .filter_map(|parent| messages.get(parent).copied())
            .collect(),
        sends: messages.get(&index).copied(),
        label: raw.label.clone(),
    });
    let computation = Computation::of(hosts.names.iter().map(|name| (*name).to_owned()), events)
        .map_err(|mistake| translated(raw, &mistake))?;
    for id in computation.in_causal_order() {
        verify(raw, &computation, *id)?;
    }
    Ok(computation)
}

/// The hosts in the order in which the log names them, and where their events stand.
struct Hosts {
    names: Vec<String>,
    places: BTreeMap<String, (usize, Vec<usize>)>,
}

impl Hosts {
    fn of(raw: &[Raw]) -> Result<Self, Wrong> {
        let mut hosts = Self {
            names: Vec::new(),
            places: BTreeMap::new(),
        };
        let Some(last) = raw.get(Computation::MOST_EVENTS) else {
            for (index, event) in raw.iter().enumerate() {
                hosts.add(index, event)?;
            }
            return Ok(hosts);
        };
        Err(Wrong {
            line: last.line,
            what: format!(
                "this is one event more than the {} that are read",
                Computation::MOST_EVENTS
            ),
            mend: "take a part of the log".to_owned(),
        })
    }

    fn add(&mut self, index: usize, event: &Raw) -> Result<(), Wrong> {
        if let Some((_, places)) = self.places.get_mut(&event.host) {
            places.push(index);
            return Ok(());
        }
        if self.names.len() >= Computation::MOST_PROCESSES {
            return Err(Wrong {
                line: event.line,
                what: format!(
                    "{:?} is one host more than the {} that are read",
                    event.host,
                    Computation::MOST_PROCESSES
                ),
                mend: "leave some hosts out".to_owned(),
            });
        }
        let number = self.names.len();
        self.names.push(event.host.clone());
        self.places
            .insert(event.host.clone(), (number, vec![index]));
        Ok(())
    }

    fn number(&self, host: &str) -> usize {
        self.places.get(host).map_or(0, |(number, _)| *number)
    }

    /// Where the events of a host stand.
    fn events(&self, host: &str) -> Option<&[usize]> {
        self.places.get(host).map(|(_, places)| places.as_slice())
    }

    fn sort(&self, raw: &mut [Raw]) {
        for (_, places) in self.places.values() {
            let events = places.iter().filter_map(|place| raw.get(*place).cloned());
            let mut events: Vec<Raw> = events.collect();
            events.sort_by_key(own);
            for (place, event) in places.iter().zip(events) {
                if let Some(slot) = raw.get_mut(*place) {
                    *slot = event;
                }
            }
        }
    }

    /// Whether every host counts its own events 1, 2, 3, …
    fn counted(&self, raw: &[Raw]) -> Result<(), Wrong> {
        for (_, places) in self.places.values() {
            for (wanted, place) in (1..).zip(places) {
                let Some(event) = raw.get(*place) else {
                    continue;
                };
                if own(event) != wanted {
                    return Err(miscounted(event, wanted));
                }
            }
        }
        Ok(())
    }

    /// Where the messages come from that an event receives: what its clock has news of, without what
    /// other such news explains.
    fn parents(&self, raw: &[Raw], event: &Raw) -> Result<Vec<usize>, Wrong> {
        let last = own(event)
            .checked_sub(1)
            .and_then(|count| self.find(raw, &event.host, count));
        let known = |host: &str| {
            let last = last.and_then(|(_, last)| last.clock.get(host));
            last.copied().unwrap_or(0)
        };
        let mut news: Vec<(usize, &Raw)> = Vec::new();
        for (host, count) in &event.clock {
            if *host != event.host && *count > known(host) {
                let found = self.find(raw, host, *count);
                news.push(found.ok_or_else(|| self.unknown(event, host, *count))?);
            }
        }
        let explained = |of: &Raw| {
            news.iter().any(|(_, by)| {
                by.host != of.host && by.clock.get(&of.host).is_some_and(|told| *told >= own(of))
            })
        };
        let parents = news.iter().filter(|(_, of)| !explained(of));
        Ok(parents.map(|(index, _)| *index).collect())
    }

    /// Event `count`, counted from 1, of a host.
    fn find<'a>(&self, raw: &'a [Raw], host: &str, count: u32) -> Option<(usize, &'a Raw)> {
        let place = usize::try_from(count.checked_sub(1)?).ok()?;
        let index = *self.events(host)?.get(place)?;
        Some((index, raw.get(index)?))
    }

    fn unknown(&self, event: &Raw, host: &str, count: u32) -> Wrong {
        let logged = self.events(host).map_or(0, <[usize]>::len);
        Wrong {
            line: event.line,
            what: format!(
                "the clock counts {count} events of {host:?}, but the log has {logged} of that host"
            ),
            mend: "add the missing events, or correct the clock".to_owned(),
        }
    }
}

/// The event's number on its host; 0 if the clock does not say.
fn own(event: &Raw) -> u32 {
    event.clock.get(&event.host).copied().unwrap_or(0)
}

fn miscounted(event: &Raw, wanted: u32) -> Wrong {
    let (host, found) = (&event.host, own(event));
    let (what, mend) = if found == 0 {
        (
            format!("the clock does not count the events of {host:?} itself"),
            format!("add the entry {host:?}, with 1 for its first event"),
        )
    } else if found < wanted {
        (
            format!("{host:?} has two events with number {found}"),
            "every event adds 1 to its host's own entry: correct one of them".to_owned(),
        )
    } else {
        (
            format!("this is event {found} of {host:?}, but event {wanted} is missing"),
            "add its lines, or count from 1 without gaps".to_owned(),
        )
    };
    Wrong {
        line: event.line,
        what,
        mend,
    }
}

/// Whether an event's clock is the one that its causes give it.
fn verify(raw: &[Raw], computation: &Computation, id: EventId) -> Result<(), Wrong> {
    let Some(event) = raw.get(id.0) else {
        return Ok(());
    };
    for (name, counted) in computation.names().iter().zip(computation.vector(id)) {
        let written = event.clock.get(name).copied().unwrap_or(0);
        if written == *counted {
            continue;
        }
        let tells = |from: &EventId| raw.get(from.0)?.clock.get(name).copied();
        let sources = computation.sources(id).map(|(_, from)| from);
        let teller = computation
            .previous(id)
            .into_iter()
            .chain(sources)
            .find(|from| tells(from) == Some(*counted))
            .and_then(|from| raw.get(from.0));
        let what = match teller {
            Some(teller) => format!(
                "the clock counts {written} events of {name:?}, but it knows of event {} of {:?} (line {}), whose clock counts {counted}",
                own(teller),
                teller.host,
                teller.line
            ),
            None => format!(
                "the clock counts {written} events of {name:?}, but no event that it knows of tells it so: some clocks count each other"
            ),
        };
        return Err(Wrong {
            line: event.line,
            what,
            mend: "a clock never knows less than those it has heard of: correct one of them"
                .to_owned(),
        });
    }
    Ok(())
}

/// A mistake in the computation, as one in the log.
fn translated(raw: &[Raw], mistake: &Mistake) -> Wrong {
    let line = |id: &EventId| raw.get(id.0).map_or(1, |event| event.line);
    match mistake {
        Mistake::Circle(events) => {
            let lines = events.iter().chain(events.first()).map(line);
            let lines: Vec<String> = lines.map(|line| line.to_string()).collect();
            Wrong {
                line: events.iter().map(line).min().unwrap_or(1),
                what: format!(
                    "the clocks go round in a circle, each event before the next: lines {}",
                    lines.join(", ")
                ),
                mend: "correct the clock that knows of something later than itself".to_owned(),
            }
        }
        Mistake::Name(name) => Wrong {
            line: raw
                .iter()
                .find(|event| event.host == *name)
                .map_or(1, |event| event.line),
            what: format!("{name:?} cannot be the name of a host"),
            mend: "use at least one character, and no blanks".to_owned(),
        },
        other => Wrong {
            line: 1,
            what: other.to_string(),
            mend: "correct the log".to_owned(),
        },
    }
}
