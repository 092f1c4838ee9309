//! What a lab is, declared as data: everything around the simulation is made from it.

use super::action::{Action, ActionKind};
use super::config::Config;
use super::history::History;
use super::parameter::Parameter;
use super::run::Run;
use super::time::Micros;
use super::world::World;

/// A lab: its parameters, actions, scenarios, probes and references, and the engine behind them.
#[derive(Clone, Copy, Debug)]
pub struct Lab {
    /// Its one name, for links, files, anchors and tests: `clock-skew`.
    pub id: &'static str,
    /// Its title on the page.
    pub title: &'static str,
    /// Raised when a link would give another run than before.
    pub version: u16,
    /// What it shows, one or two sentences.
    pub about: &'static str,
    /// What it can be set to, in the order of the page.
    pub parameters: &'static [Parameter],
    /// What a reader can do while it runs.
    pub actions: &'static [ActionKind],
    /// Named runs; the first is the one the lab opens with.
    pub scenarios: &'static [Scenario],
    /// Numbers that a finished run gives.
    pub probes: &'static [Probe],
    /// What it is checked against.
    pub references: &'static [Reference],
    /// How many nodes a configuration has; they are numbered from 1.
    pub nodes: fn(&Config) -> u8,
    /// Plays runs without knowing the world's type.
    pub engine: Engine,
}

/// A named run.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Its name in links: `fast-clock`.
    pub id: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    /// One sentence: what to look for.
    pub try_first: &'static str,
    /// The run's seed.
    pub seed: u64,
    /// What differs from the defaults, as in a link: `("offset", "50ms")`.
    pub values: &'static [(&'static str, &'static str)],
    /// What happens by script, in order.
    pub actions: &'static [Action],
    /// Where the reader begins to look.
    pub cursor: Cursor,
}

/// A place in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// Where the run ends.
    End,
    /// That moment.
    At(Micros),
}

/// A number that a finished run gives.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    /// Its name in content files: `lost-updates`.
    pub id: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// One line: how it is counted.
    pub help: &'static str,
}

/// A published result that a lab is held to; a test in `tests/references.rs` holds it.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// What was compared.
    pub what: &'static str,
    /// Where it was published.
    pub source: &'static str,
    /// The published figure.
    pub published: &'static str,
    /// The figure reached here.
    pub reached: &'static str,
    /// How close it has to be.
    pub tolerance: &'static str,
}

/// Plays a lab's runs for those who have only its [`Lab`].
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    /// One line for each event, see [`History::transcript`].
    pub transcript: fn(&Run) -> String,
    /// The number of that name at the end of the run, see [`World::probe`].
    pub probe: fn(&Run, &str) -> Option<i64>,
    /// Where the run ends.
    pub end: fn(&Run) -> Micros,
}

impl Engine {
    /// The engine of a world.
    pub const fn of<W: World>() -> Self {
        Self {
            transcript: |run| History::<W>::of(run).transcript(),
            probe: |run, probe| W::probe(&History::<W>::of(run), probe),
            end: |run| History::<W>::of(run).end(),
        }
    }
}

impl Lab {
    /// The scenario of that name.
    pub fn scenario(&self, id: &str) -> Option<&'static Scenario> {
        self.scenarios.iter().find(|scenario| scenario.id == id)
    }

    /// The action of that name.
    pub fn action(&self, id: &str) -> Option<&'static ActionKind> {
        self.actions.iter().find(|action| action.id == id)
    }
}
