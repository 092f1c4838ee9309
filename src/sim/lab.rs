//! What a lab is, declared as data: everything around the simulation is made from it.

use std::fmt;
use std::sync::Arc;

use super::action::{Action, ActionKind};
use super::batch::Batch;
use super::config::Config;
use super::export::{self, Format};
use super::history::{History, Told, Verdict};
use super::parameter::Parameter;
use super::protocol::{Cluster, NodeId, Protocol, faults};
use super::run::Run;
use super::search::{Explore, Limits, Search};
use super::time::Micros;
use super::world::World;

/// A lab: its parameters, actions, scenarios, tasks, probes and references, and the engine behind them.
#[derive(Clone, Copy)]
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
    /// Things to bring about; the engine says whether they came about.
    pub challenges: &'static [Challenge],
    /// Questions about a run that the engine answers by playing it.
    pub predictions: &'static [Prediction],
    /// Numbers that a finished run gives.
    pub probes: &'static [Probe],
    /// What it is checked against.
    pub references: &'static [Reference],
    /// How many nodes a configuration has; they are numbered from 1.
    pub nodes: fn(&Config) -> u16,
    /// What a node is called on the page, for labs whose nodes are not just numbered.
    pub node_name: fn(&Config, u16) -> String,
    /// Many runs at once, for labs that have a quicker way than to play each; see [`Batch`].
    pub study: Option<Study>,
    /// Looks for a run that breaks a promise (the named one, or any), for labs that have a protocol.
    pub search: Option<Searcher>,
    /// What a search tries unless told otherwise.
    pub limits: Limits,
    /// Plays runs without knowing the world's type.
    pub engine: Engine,
}

impl fmt::Debug for Lab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lab({})", self.id)
    }
}

impl Lab {
    /// A lab of a protocol, in the same way: it has the faults, and can be searched.
    pub const fn of_protocol<P: Protocol>(
        id: &'static str,
        title: &'static str,
        about: &'static str,
    ) -> Self {
        Self {
            actions: &faults::ALL,
            nodes: |config| NodeId::try_from(P::new(config).nodes().len()).unwrap_or(64),
            node_name: |config, node| P::new(config).name(node),
            search: Some(|run, property, limits| Box::new(Search::<P>::new(run, property, limits))),
            ..Self::of::<Cluster<P>>(id, title, about)
        }
    }

    /// A lab of that world with nothing around it yet: no parameters, no actions, no scenarios.
    ///
    /// Declarations name what they have and take the rest from here:
    /// `Lab { scenarios: ALL, ..Lab::of::<Ping>("ping", "Ping", "…") }`.
    pub const fn of<W: World>(id: &'static str, title: &'static str, about: &'static str) -> Self {
        Self {
            id,
            title,
            version: 1,
            about,
            parameters: &[],
            actions: &[],
            scenarios: &[],
            challenges: &[],
            predictions: &[],
            probes: &[],
            references: &[],
            nodes: |_| 0,
            node_name: |_, node| format!("n{node}"),
            study: None,
            search: None,
            limits: Limits::USUAL,
            engine: Engine::of::<W>(),
        }
    }
}

/// Begins a lab's own study of many runs.
pub type Study = fn(&Run) -> Box<dyn Batch>;

/// Begins a search from a run's cursor for a run that breaks the named promise, or any.
pub type Searcher = fn(&Run, Option<&str>, Limits) -> Box<dyn Explore>;

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

/// A published result that a lab is held to; a test in `tests/references/` holds it.
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

/// Something to bring about, and how the engine tells whether it came about.
#[derive(Clone, Copy, Debug)]
pub struct Challenge {
    /// Its name: `stale-despite-overlap`.
    pub id: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    /// What to bring about, and under which rules; one or two sentences.
    pub task: &'static str,
    /// The run to start from, as a link without the lab's name: `scenario=overlap`.
    pub from: &'static str,
    /// One step towards a solution, shown when asked for.
    pub hint: &'static str,
    /// A run that solves it, as a link without the lab's name; a test plays it, and the page shows
    /// it to those who give up.
    pub solution: &'static str,
    /// Whether a run brings it about, or what is still missing, one sentence.
    pub judge: fn(&Outcome<'_>) -> Result<(), String>,
}

/// A question about a run, asked before it is played.
#[derive(Clone, Copy, Debug)]
pub struct Prediction {
    /// Its name: `what-is-read`.
    pub id: &'static str,
    /// What is asked.
    pub question: &'static str,
    /// The run that it is asked about, as a link without the lab's name. Its cursor is where the
    /// run stands while the reader thinks.
    pub run: &'static str,
    /// What can be answered: the number, and how it reads.
    pub answers: &'static [(i64, &'static str)],
    /// The probe whose value is the right answer.
    pub probe: &'static str,
    /// Why it comes out so, shown after answering; the figures stand in the run.
    pub why: &'static str,
}

/// A finished run, for those who judge it.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its probes, see [`Outcome::number`].
    numbers: &'a dyn Fn(&str) -> Option<i64>,
    /// What became of its world's promises.
    pub verdicts: &'a [Verdict],
}

impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("run", self.run)
            .finish_non_exhaustive()
    }
}

impl Outcome<'_> {
    /// The value of a parameter.
    pub fn value(&self, parameter: &str) -> i64 {
        self.run.config.get(parameter)
    }

    /// The value of a probe; 0 where the run has no such number.
    pub fn number(&self, probe: &str) -> i64 {
        (self.numbers)(probe).unwrap_or(0)
    }

    /// Whether the run broke that promise.
    pub fn broke(&self, property: &str) -> bool {
        self.verdicts
            .iter()
            .any(|verdict| verdict.id == property && verdict.broken.is_some())
    }
}

/// What a world promises, for those who do not know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Its name in tests and searches: `no-lost-update`.
    pub id: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    /// The promise, one sentence.
    pub promise: &'static str,
}

/// Plays a lab's runs for those who have only its [`Lab`].
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    /// The run in one of the forms that can be taken away; nothing if the lab has not that form.
    pub export: fn(&Run, Format) -> Option<String>,
    /// The numbers of these names at the end of the run, see [`World::probe`].
    pub probes: fn(&Run, &[&str]) -> Vec<Option<i64>>,
    /// Where the run ends.
    pub end: fn(&Run) -> Micros,
    /// Whether the run meets a challenge, or what is missing.
    pub judge: fn(&Run, &Challenge) -> Result<(), String>,
    /// What the world promises: the id, the name and the promise.
    pub properties: fn() -> Vec<Promise>,
    /// The promises that the run breaks: the id, and how.
    pub broken: fn(&Run) -> Vec<(&'static str, String)>,
    /// The run's history.
    pub told: fn(&Run) -> Arc<dyn Told>,
}

impl Engine {
    /// The engine of a world.
    pub const fn of<W: World>() -> Self {
        Self {
            export: |run, format| export::export(run, &History::<W>::of(run), format),
            probes: |run, probes| {
                let history = History::<W>::of(run);
                probes
                    .iter()
                    .map(|probe| W::probe(&history, probe))
                    .collect()
            },
            end: |run| History::<W>::of(run).end(),
            judge: |run, challenge| {
                let history = History::<W>::of(run);
                (challenge.judge)(&Outcome {
                    run,
                    numbers: &|probe| W::probe(&history, probe),
                    verdicts: history.verdicts(),
                })
            },
            properties: || {
                let promise = |property: &super::world::Property<W>| Promise {
                    id: property.id,
                    name: property.name,
                    promise: property.promise,
                };
                W::properties().iter().map(promise).collect()
            },
            broken: |run| {
                let history = History::<W>::of(run);
                let broken = history.verdicts().iter().filter_map(|verdict| {
                    let (_, broken) = verdict.broken.as_ref()?;
                    Some((verdict.id, broken.sentence.clone()))
                });
                broken.collect()
            },
            told: |run| Arc::new(History::<W>::of(run)),
        }
    }

    /// One line for each event, see [`History::transcript`].
    pub fn transcript(&self, run: &Run) -> String {
        (self.export)(run, Format::Text).unwrap_or_default()
    }

    /// The number of that name at the end of the run.
    pub fn probe(&self, run: &Run, probe: &str) -> Option<i64> {
        (self.probes)(run, &[probe]).into_iter().next().flatten()
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
