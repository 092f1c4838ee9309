//! What the book may say of the labs. The book layer knows no simulation: whoever builds the
//! book hands it a catalogue.

/// The labs, as far as the content names them.
pub trait Catalog {
    /// The names of all labs.
    fn names(&self) -> Vec<String>;

    /// What a lab offers, or `None` if there is no such lab.
    fn lab(&self, name: &str) -> Option<LabCard>;

    /// Whether the lab accepts a run: what follows `lab:<name>;` in a link, such as
    /// `scenario=fast-clock;offset=80ms`. It is called for each `key=value` alone, with a key
    /// that the lab's card lists, and then for the whole. An empty run is the lab's own.
    fn check_run(&self, lab: &str, run: &str) -> Result<(), Refusal>;

    /// The number that the engine gives for a run.
    fn probe(&self, lab: &str, run: &str, probe: &str) -> Result<i64, Refusal>;
}

/// What the content may name of one lab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabCard {
    /// Its scenarios.
    pub scenarios: Vec<String>,
    /// What else may stand before a `=` in its runs: its parameters, and what every run knows
    /// (`seed`, `at`).
    pub keys: Vec<String>,
    /// The numbers that can be asked of a run.
    pub probes: Vec<String>,
}

/// Why a run was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong: "`offset` is 900ms, more than it may be".
    pub what: String,
    /// How to mend it: "choose a value from -500ms to 500ms".
    pub fix: String,
}
