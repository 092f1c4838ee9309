//! A run as a value.

use super::action::Action;
use super::config::Config;
use super::lab::{Cursor, Lab, Scenario};
use super::time::Micros;

/// A run of a lab. Everything that is shown is a pure function of it.
#[derive(Clone, Debug)]
pub struct Run {
    /// Which lab.
    pub lab: &'static Lab,
    /// What the random numbers start from.
    pub seed: u64,
    /// What the lab is set to.
    pub config: Config,
    /// What the reader does, in the order of time.
    pub actions: Vec<Action>,
    /// Where the reader looks; [`Micros::END`] (or any later moment) is the end of the run.
    pub cursor: Micros,
}

impl PartialEq for Run {
    fn eq(&self, other: &Self) -> bool {
        self.cursor == other.cursor && self.same_history(other)
    }
}

impl Run {
    /// The most actions that a run may have.
    pub const MOST_ACTIONS: usize = 200;

    /// The lab's first scenario, or its defaults where it has none.
    pub fn of(lab: &'static Lab) -> Self {
        match lab.scenarios.first() {
            Some(scenario) => Self::from_scenario(lab, scenario),
            None => Self {
                lab,
                seed: 1,
                config: Config::defaults(lab.parameters),
                actions: Vec::new(),
                cursor: Micros::END,
            },
        }
    }

    /// The scenario of that name.
    pub fn scenario(lab: &'static Lab, id: &str) -> Option<Self> {
        lab.scenario(id)
            .map(|scenario| Self::from_scenario(lab, scenario))
    }

    fn from_scenario(lab: &'static Lab, scenario: &Scenario) -> Self {
        let mut config = Config::defaults(lab.parameters);
        for (id, text) in scenario.values {
            // A test walks all scenarios and finds the one whose values are not valid.
            let _rejected = config.set_text(id, text);
        }
        let cursor = match scenario.cursor {
            Cursor::End => Micros::END,
            Cursor::At(at) => at,
        };
        Self {
            lab,
            seed: scenario.seed,
            config,
            actions: scenario.actions.to_vec(),
            cursor,
        }
    }

    /// Whether two runs have the same history, wherever the reader looks.
    pub fn same_history(&self, other: &Self) -> bool {
        self.lab.id == other.lab.id
            && self.seed == other.seed
            && self.config == other.config
            && self.actions == other.actions
    }

    /// The scenario that this run is, wherever the reader looks.
    pub fn scenario_id(&self) -> Option<&'static str> {
        let same =
            |scenario: &&Scenario| Self::from_scenario(self.lab, scenario).same_history(self);
        self.lab
            .scenarios
            .iter()
            .find(same)
            .map(|scenario| scenario.id)
    }

    /// The same run with one parameter set to a value, or to the nearest in range. What the reader
    /// did to nodes that are then not there is left out.
    #[must_use]
    pub fn with(&self, parameter: &str, value: i64) -> Self {
        let mut run = self.clone();
        // Refused is only what was moved into range, or is no parameter of this lab.
        let _refused = run.config.set(parameter, value);
        let nodes = (run.lab.nodes)(&run.config);
        run.actions.retain(|action| action.on.is_within(nodes));
        run
    }

    /// The same run up to a moment: what the reader did later is left out, so that something else
    /// can be done from there on.
    #[must_use]
    pub fn fork(&self, at: Micros) -> Self {
        let mut run = self.clone();
        run.actions.retain(|action| action.at <= at);
        run.cursor = at;
        run
    }

    /// Adds what the reader does at `at`, after whatever else is done then. Returns false, and adds
    /// nothing, when the run has [`Run::MOST_ACTIONS`] already.
    pub fn act(&mut self, action: Action) -> bool {
        if self.actions.len() >= Self::MOST_ACTIONS {
            return false;
        }
        let place = self.actions.partition_point(|other| other.at <= action.at);
        self.actions.insert(place, action);
        true
    }
}
