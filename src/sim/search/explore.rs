//! The search itself, in slices.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Debug;

use super::Limits;
use super::fingerprint::{Fingerprint, KeyOf};
use super::steps::{Spent, steps};
use crate::sim::action::{Action, On};
use crate::sim::history::History;
use crate::sim::protocol::{Cluster, Protocol, faults};
use crate::sim::run::Run;
use crate::sim::time::Micros;
use crate::sim::world::World;

/// A search in the making, whatever the protocol.
pub trait Explore: Debug + Send {
    /// Looks at some more states.
    fn advance(&mut self, states: usize);

    /// How it stands.
    fn finding(&self) -> Finding;

    /// How many distinct states were found so far.
    fn states(&self) -> usize;

    /// How many steps the farthest of them is away.
    fn depth(&self) -> usize;
}

/// How a search stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// There is more to look at.
    Searching,
    /// A promise can be broken.
    Broken(Box<Found>),
    /// All states within the limits on steps, faults and requests were looked at, and every promise
    /// holds in all of them.
    Holds,
    /// As many states as allowed were looked at, and every promise holds in them; there are more.
    GaveUp,
}

/// A run that breaks a promise; none is shorter.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The promise.
    pub property: &'static str,
    /// What happened and why it breaks it.
    pub sentence: String,
    /// The run, to be opened in the player.
    pub run: Run,
    /// How many steps it takes from where the search began.
    pub steps: usize,
}

/// A search through the states of a protocol.
#[derive(Debug)]
pub struct Search<P: Protocol> {
    /// The run up to where the search begins, with the action that holds it.
    base: Run,
    limits: Limits,
    /// Which promise is to be broken; nothing for any of them.
    property: Option<String>,
    seen: BTreeSet<Fingerprint>,
    /// States whose steps are still to be tried, nearest first.
    frontier: VecDeque<Place<P>>,
    /// How each state in the frontier or behind it was come by: the step, and the place before.
    trail: Vec<(u32, Action)>,
    depth: usize,
    finding: Finding,
}

/// A state in the frontier.
#[derive(Debug)]
struct Place<P: Protocol> {
    cluster: Cluster<P>,
    spent: Spent,
    depth: usize,
    /// Its last step, in the trail; nothing at the beginning.
    came_by: Option<u32>,
}

impl<P: Protocol> Search<P> {
    /// How far apart the steps of a found run are, so that they can be watched.
    const PACE: Micros = Micros::from_millis(10);

    /// A search from the run's cursor for a state that breaks a promise: the named one, or any.
    pub fn new(run: &Run, property: Option<&str>, limits: Limits) -> Self {
        let history = History::<Cluster<P>>::of(run);
        let at = run.cursor.min(history.end());
        let mut base = run.fork(at);
        let hold = Action {
            at: at.next(),
            kind: faults::HOLD.id,
            on: On::World,
            amount: 0,
        };
        base.act(hold);
        let mut cluster = history.world_at(at);
        act(&mut cluster, &hold);
        let key = KeyOf::<P>::of(&cluster, Spent::default(), limits.kept).fingerprint();
        let first = Place {
            cluster,
            spent: Spent::default(),
            depth: 0,
            came_by: None,
        };
        Self {
            base,
            limits: limits.bounded(),
            property: property.map(str::to_owned),
            seen: BTreeSet::from([key]),
            frontier: VecDeque::from([first]),
            trail: Vec::new(),
            depth: 0,
            finding: Finding::Searching,
        }
    }

    fn look_at(&mut self, place: &Place<P>) {
        if place.depth >= self.limits.depth {
            return;
        }
        let at = self.moment(place.depth);
        for step in steps(&place.cluster, place.spent, &self.limits, at) {
            let mut cluster = place.cluster.clone();
            for action in self.actions(step) {
                act(&mut cluster, &action);
            }
            if !cluster.protocol().is_within_bounds(&cluster) {
                continue;
            }
            let spent = place.spent.after(&step);
            if !self
                .seen
                .insert(KeyOf::<P>::of(&cluster, spent, self.limits.kept).fingerprint())
            {
                continue;
            }
            let Ok(number) = u32::try_from(self.trail.len()) else {
                self.finding = Finding::GaveUp;
                return;
            };
            self.trail.push((place.came_by.unwrap_or(u32::MAX), step));
            if let Some(found) = self.judge(&cluster, number, place.depth + 1) {
                self.finding = Finding::Broken(Box::new(found));
                return;
            }
            self.depth = self.depth.max(place.depth + 1);
            self.frontier.push_back(Place {
                cluster,
                spent,
                depth: place.depth + 1,
                came_by: Some(number),
            });
            if self.seen.len() >= self.limits.states {
                self.finding = Finding::GaveUp;
                return;
            }
        }
    }

    fn judge(&self, cluster: &Cluster<P>, number: u32, depth: usize) -> Option<Found> {
        let wanted = self.property.as_deref();
        let properties = P::properties()
            .iter()
            .filter(|property| wanted.is_none_or(|wanted| wanted == property.id));
        for property in properties {
            if let Err(broken) = (property.check)(cluster) {
                return Some(Found {
                    property: property.id,
                    sentence: broken.sentence,
                    run: self.run_to(number, depth),
                    steps: depth,
                });
            }
        }
        None
    }

    fn moment(&self, depth: usize) -> Micros {
        let steps = Self::PACE.0.saturating_mul(depth as u64 + 1);
        let begun = self.base.actions.last().map(|hold| hold.at);
        begun.unwrap_or_default().plus(Micros(steps))
    }

    /// A step as actions: where messages are kept, one that arrives leaves a copy.
    fn actions(&self, step: Action) -> impl Iterator<Item = Action> + use<P> {
        let kept = self.limits.kept && step.kind == faults::DELIVER.id;
        let copy = kept.then_some(Action {
            at: Micros(step.at.0.saturating_sub(1)),
            kind: faults::DUPLICATE.id,
            ..step
        });
        copy.into_iter().chain([step])
    }

    /// The run that leads to a step of the trail.
    fn run_to(&self, number: u32, depth: usize) -> Run {
        let mut taken = Vec::with_capacity(depth);
        let mut next = Some(number);
        while let Some(number) = next {
            let entry = usize::try_from(number)
                .ok()
                .and_then(|place| self.trail.get(place));
            next = entry.map(|(before, _)| *before);
            taken.extend(entry.map(|(_, step)| *step));
        }
        let mut run = self.base.clone();
        for step in taken.into_iter().rev() {
            for action in self.actions(step) {
                run.act(action);
            }
        }
        // Where it begins, so that it can be watched from there.
        run.cursor = self
            .base
            .actions
            .last()
            .map(|hold| hold.at)
            .unwrap_or_default();
        run
    }
}

impl<P: Protocol> Explore for Search<P> {
    fn advance(&mut self, states: usize) {
        for _ in 0..states {
            if self.finding != Finding::Searching {
                return;
            }
            match self.frontier.pop_front() {
                Some(place) => self.look_at(&place),
                None => self.finding = Finding::Holds,
            }
        }
    }

    fn finding(&self) -> Finding {
        self.finding.clone()
    }

    fn states(&self) -> usize {
        self.seen.len()
    }

    fn depth(&self) -> usize {
        self.depth
    }
}

/// Lets an action happen as in a run.
fn act<P: Protocol>(cluster: &mut Cluster<P>, action: &Action) {
    cluster.queue_mut().pass(action.at);
    cluster.act(action);
}
