//! Transaction commit as in Lamport's specification `TCommit` (Gray and Lamport 2006, section 2):
//! what any commit protocol has to achieve. The managers' states are one node's, because every step
//! may look at all of them; each possible step is a timer that is free to run out.

use serde::Serialize;

use crate::sim::config::Config;
use crate::sim::lab::Lab;
use crate::sim::parameter::{Parameter, Unit};
use crate::sim::protocol::{Cluster, Label, NodeId, Protocol, Turn};
use crate::sim::search::Limits;
use crate::sim::time::Micros;
use crate::sim::world::{Broken, Property};

/// The specification's declaration.
pub static LAB: Lab = Lab {
    parameters: &[Parameter::number(
        "managers",
        "Resource managers",
        Unit::Count,
        (1, 8),
        3,
        1,
    )],
    limits: Limits::EVERYTHING,
    ..Lab::of_protocol::<TCommit>(
        "t-commit",
        "TCommit",
        "What any commit protocol has to achieve, as in the TLA+ specification TCommit.",
    )
};

/// The rules.
#[derive(Clone, Debug, PartialEq)]
pub struct TCommit {
    managers: u8,
}

/// What a resource manager is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum State {
    /// Nothing is decided.
    Working,
    /// Ready to commit.
    Prepared,
    /// Committed.
    Committed,
    /// Aborted.
    Aborted,
}

const FREELY: Micros = Micros::from_secs(1);

/// Whether a manager may go into a state: `Prepare(r)` and `Decide(r)` of the specification.
fn may(all: &[State], manager: usize, next: State) -> bool {
    let Some(own) = all.get(manager) else {
        return false;
    };
    let none = |state| !all.contains(&state);
    match (own, next) {
        (State::Working, State::Prepared) => true,
        (State::Prepared, State::Committed) => none(State::Working) && none(State::Aborted),
        (State::Working | State::Prepared, State::Aborted) => none(State::Committed),
        _ => false,
    }
}

fn offer(all: &[State], turn: &mut Turn<'_, TCommit>) {
    for (manager, number) in (0..all.len()).zip(0_u8..) {
        for next in [State::Prepared, State::Committed, State::Aborted] {
            if may(all, manager, next) {
                turn.set((number, next), FREELY);
            } else {
                turn.stop((number, next));
            }
        }
    }
}

impl Protocol for TCommit {
    type Node = Vec<State>;
    type Message = ();
    type Timer = (u8, State);
    type Note = ();

    fn lab() -> &'static Lab {
        &LAB
    }

    fn new(config: &Config) -> Self {
        Self {
            managers: u8::try_from(config.get("managers")).unwrap_or(3),
        }
    }

    fn nodes(&self) -> Vec<Self::Node> {
        vec![vec![State::Working; usize::from(self.managers)]]
    }

    fn on_start(&self, all: &mut Self::Node, turn: &mut Turn<'_, Self>) {
        offer(all, turn);
    }

    fn on_message(&self, _: &mut Self::Node, _: NodeId, (): (), _: &mut Turn<'_, Self>) {}

    fn on_timer(
        &self,
        all: &mut Self::Node,
        (manager, next): (u8, State),
        turn: &mut Turn<'_, Self>,
    ) {
        if let Some(state) = all.get_mut(usize::from(manager)) {
            *state = next;
        }
        offer(all, turn);
    }

    fn label(&self, (): &()) -> Label {
        Label::default()
    }

    fn sentence(&self, (): &()) -> String {
        String::new()
    }

    fn properties() -> &'static [Property<Cluster<Self>>] {
        &[Property {
            id: "consistent",
            name: "All or nothing",
            promise: "No resource manager commits while another aborts.",
            check: |world| {
                let has = |state| world.states().any(|all| all.contains(&state));
                if has(State::Committed) && has(State::Aborted) {
                    return Err(Broken {
                        sentence: "one resource manager has committed and another aborted"
                            .to_owned(),
                        entries: Vec::new(),
                    });
                }
                Ok(())
            },
        }]
    }
}
