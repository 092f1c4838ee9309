//! Many runs: how likely a fresh read is, and what freshness costs, for every R and W.
//!
//! A script of one write and one read without anything out of the ordinary is the WARS model, and
//! [`pbs::Study`](crate::sim::pbs::Study) makes millions of its trials; every point has a run with
//! the seed of a trial behind it. Any other run is played under many seeds.

mod figures;

use crate::sim::batch::{Batch, Figures, Seeds};
use crate::sim::pbs::{Quorums, Setting, Study};
use crate::sim::run::Run;
use crate::sim::time::Micros;

use super::settings::Settings;

/// How many trials a study has.
const TRIALS: u64 = 300_000;
/// How many seeds any other run is played with.
const SEEDS: u64 = 2_000;

/// The study of a run.
pub fn study(run: &Run) -> Box<dyn Batch> {
    if is_wars(run) {
        Box::new(Wars::new(run.clone()))
    } else {
        Box::new(Seeds::new(run.clone(), SEEDS, None))
    }
}

/// Whether a run is a write and a read of the WARS model.
pub(super) fn is_wars(run: &Run) -> bool {
    let settings = Settings::of(&run.config);
    run.actions.is_empty()
        && (settings.writes, settings.reads) == (1, 1)
        && settings.slow == 0
        && !settings.sloppy
        && !settings.write_back
        && settings.anti_entropy == Micros::ZERO
        && settings.timeout == Micros::ZERO
}

/// The study of the WARS model.
#[derive(Debug)]
struct Wars {
    run: Run,
    settings: Settings,
    study: Study,
}

impl Wars {
    fn new(run: Run) -> Self {
        let settings = Settings::of(&run.config);
        let setting = Setting::new(
            usize::from(settings.n),
            Quorums::All,
            settings.model.delays(),
        );
        Self {
            study: Study::new(setting, run.seed),
            settings,
            run,
        }
    }
}

impl Batch for Wars {
    fn total(&self) -> u64 {
        TRIALS
    }

    fn done(&self) -> u64 {
        self.study.trials()
    }

    fn advance(&mut self, runs: u64) {
        let left = TRIALS.saturating_sub(self.done());
        self.study
            .advance(u32::try_from(runs.min(left)).unwrap_or(u32::MAX));
    }

    fn figures(&self) -> Figures {
        figures::of(&self.run, &self.settings, &self.study)
    }
}
