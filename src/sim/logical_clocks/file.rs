//! ShiViz logs: read into a run, and written from one.

use std::collections::BTreeMap;

use super::declaration::LAB;
use super::edit::{Place, event, sending};
use super::world::LogicalClocks;
use crate::sim::action::Action;
use crate::sim::causality::{Computation, EventId, shiviz};
use crate::sim::run::Run;
use crate::sim::time::Micros;

/// The events of a log are put so far apart.
const APART: Micros = Micros::from_millis(10);

/// What a log says that a run cannot hold: the names of its hosts and what its events are. It stays
/// on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The hosts, in the order of the processes.
    pub hosts: Vec<String>,
    /// What the events are, by where they stand.
    pub labels: BTreeMap<Place, String>,
}

impl Names {
    /// The name of each of a world's processes; those that the log did not have keep their own.
    pub fn of(&self, world: &LogicalClocks) -> Vec<String> {
        let own = world.names().iter().enumerate();
        own.map(|(process, name)| match self.hosts.get(process) {
            Some(host) => host.clone(),
            None if self.hosts.contains(name) => format!("{name}'"),
            None => name.clone(),
        })
        .collect()
    }

    /// What the event at a place is; nothing if the log did not say.
    pub fn label(&self, place: Place) -> Option<&str> {
        self.labels.get(&place).map(String::as_str)
    }
}

/// A log as a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The run.
    pub run: Run,
    /// What it cannot hold.
    pub names: Names,
    /// The lines of the log that belong to no event.
    pub skipped: usize,
}

/// Reads a ShiViz log into a run that is otherwise set as `like`. A log has no times: its events
/// are put 10 ms apart, causes before effects.
///
/// # Errors
/// A sentence: what is wrong with the log, or that it is larger than a run can be, and what to do.
pub fn load(log: &[u8], like: &Run) -> Result<Loaded, String> {
    let log = shiviz::parse(log).map_err(|wrong| wrong.to_string())?;
    let computation = &log.computation;
    let hosts = computation.names().to_vec();
    let (fewest, most) = LAB
        .parameters
        .iter()
        .find(|parameter| parameter.id == "processes")
        .map_or((2, 6), |parameter| parameter.range());
    let count = i64::try_from(hosts.len()).unwrap_or(i64::MAX);
    if count > most {
        return Err(format!(
            "The log has {count} hosts, and the diagram has room for {most}: leave some out."
        ));
    }
    let when = moments(computation);
    let actions = actions(computation, &when);
    if actions.len() > Run::MOST_ACTIONS {
        return Err(format!(
            "The log has {} events, which takes {} events and messages; a run holds {}: take a part of the log.",
            computation.events().len(),
            actions.len(),
            Run::MOST_ACTIONS
        ));
    }
    let mut run = like.with("random", 0).with("processes", count.max(fewest));
    run.actions = actions;
    run.cursor = Micros::END;
    let labels = computation.ids().filter_map(|id| {
        let event = computation
            .event(id)
            .filter(|event| !event.label.is_empty())?;
        let place = Place {
            process: event.process,
            at: at(&when, id),
        };
        Some((place, event.label.clone()))
    });
    Ok(Loaded {
        names: Names {
            labels: labels.collect(),
            hosts,
        },
        run,
        skipped: log.skipped.len(),
    })
}

/// Writes a run as a ShiViz log; nothing if a host's name is none.
pub fn save(world: &LogicalClocks, names: &Names) -> Option<String> {
    let label = |happening: &super::Happening| {
        let label = names.label(Place::of(happening));
        label.unwrap_or_default().to_owned()
    };
    let computation = world.computation(&names.of(world), label).ok()?;
    Some(shiviz::write(&computation))
}

/// A moment for each event, in the order of the list.
fn moments(computation: &Computation) -> Vec<Micros> {
    let mut when = vec![Micros::ZERO; computation.events().len()];
    let mut now = Micros::ZERO;
    for id in computation.in_causal_order() {
        now = now.plus(APART);
        if let Some(moment) = when.get_mut(id.0) {
            *moment = now;
        }
    }
    when
}

fn at(when: &[Micros], id: EventId) -> Micros {
    when.get(id.0).copied().unwrap_or_default()
}

/// Every message, and every event that neither sends nor receives one.
fn actions(computation: &Computation, when: &[Micros]) -> Vec<Action> {
    let mut actions = Vec::new();
    for (id, made) in computation.ids().zip(computation.events()) {
        let sent = at(when, id);
        let messages = computation.targets(id).filter_map(|(_, to)| {
            let process = computation.event(to)?.process;
            let takes = at(when, to).minus(sent);
            Some(sending(made.process, process, sent, takes))
        });
        let before = actions.len();
        actions.extend(messages);
        if actions.len() == before && made.receives.is_empty() {
            actions.push(event(made.process, sent));
        }
    }
    actions.sort_by_key(|action| action.at);
    actions
}
