//! A cluster as Stateright sees it: the same steps, and whole keys instead of fingerprints.

use std::hash::{Hash, Hasher};

use happens_before::sim::protocol::{Cluster, Protocol, faults};
use happens_before::sim::search::{KeyOf, Limits, Spent, steps};
use happens_before::sim::{Action, History, Micros, On, Run, World as _};
use stateright::{Model, Property};

/// A protocol from a moment of a run on.
#[derive(Clone, Debug)]
pub struct Checked<P: Protocol> {
    start: Cluster<P>,
    limits: Limits,
}

/// A state: two are the same if their keys are.
#[derive(Clone, Debug)]
pub struct State<P: Protocol> {
    cluster: Cluster<P>,
    spent: Spent,
    key: KeyOf<P>,
}

impl<P: Protocol> PartialEq for State<P> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<P: Protocol> Hash for State<P> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl<P: Protocol> Checked<P> {
    /// From the run's cursor on, within these limits.
    pub fn new(run: &Run, limits: Limits) -> Self {
        let mut start = History::<Cluster<P>>::of(run).world_at(run.cursor);
        let hold = Action {
            at: run.cursor.next(),
            kind: faults::HOLD.id,
            on: On::World,
            amount: 0,
        };
        act(&mut start, &hold);
        Self { start, limits }
    }

    fn state(&self, cluster: Cluster<P>, spent: Spent) -> State<P> {
        State {
            key: KeyOf::<P>::of(&cluster, spent, self.limits.kept),
            cluster,
            spent,
        }
    }
}

impl<P: Protocol> Model for Checked<P> {
    type State = State<P>;
    type Action = Action;

    fn init_states(&self) -> Vec<Self::State> {
        vec![self.state(self.start.clone(), Spent::default())]
    }

    fn actions(&self, state: &Self::State, actions: &mut Vec<Action>) {
        let at = state.cluster.now().plus(Micros(2));
        actions.extend(steps(&state.cluster, state.spent, &self.limits, at));
    }

    fn next_state(&self, state: &Self::State, action: Action) -> Option<Self::State> {
        let mut cluster = state.cluster.clone();
        if self.limits.kept && action.kind == faults::DELIVER.id {
            let copy = Action {
                at: Micros(action.at.0 - 1),
                kind: faults::DUPLICATE.id,
                ..action
            };
            act(&mut cluster, &copy);
        }
        act(&mut cluster, &action);
        Some(self.state(cluster, state.spent.after(&action)))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("every promise", |_, state: &State<P>| {
            let mut properties = P::properties().iter();
            properties.all(|property| (property.check)(&state.cluster).is_ok())
        })]
    }

    fn within_boundary(&self, state: &Self::State) -> bool {
        state.cluster.protocol().is_within_bounds(&state.cluster)
    }
}

fn act<P: Protocol>(cluster: &mut Cluster<P>, action: &Action) {
    cluster.queue_mut().pass(action.at);
    cluster.act(action);
}
