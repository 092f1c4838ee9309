//! A search for a run that breaks a promise, as a batch: its runs are the states that it looks at.

use super::Batch;
use super::figures::{Figures, Hunted, Outcome};
use crate::sim::link;
use crate::sim::run::Run;
use crate::sim::search::{Explore, Finding, Limits};

/// A [search](crate::sim::search) in slices.
#[derive(Debug)]
pub struct Hunt {
    search: Box<dyn Explore>,
    limits: Limits,
    looked_at: u64,
}

impl Hunt {
    /// A search from the run's cursor; nothing if the lab has no protocol to search.
    pub fn new(run: &Run, property: Option<&str>, limits: Limits) -> Option<Self> {
        let limits = limits.bounded();
        Some(Self {
            search: (run.lab.search?)(run, property, limits),
            limits,
            looked_at: 0,
        })
    }
}

impl Batch for Hunt {
    fn title(&self) -> String {
        "search".to_owned()
    }

    /// The most states; once the search has come to its end, as many as there were.
    fn total(&self) -> u64 {
        match self.search.finding() {
            Finding::Searching => self.limits.states as u64,
            _ => self.looked_at,
        }
    }

    fn done(&self) -> u64 {
        self.looked_at
    }

    fn advance(&mut self, runs: u64) {
        let states = usize::try_from(runs).unwrap_or(usize::MAX);
        // A state has several successors: fewer are taken from the frontier than are found.
        self.search.advance(states.div_ceil(4));
        self.looked_at = self.search.states() as u64;
    }

    fn figures(&self) -> Figures {
        let outcome = match self.search.finding() {
            Finding::Searching => Outcome::Searching,
            Finding::Holds => Outcome::Holds,
            Finding::GaveUp => Outcome::GaveUp,
            Finding::Broken(found) => Outcome::Broken {
                property: found.property.to_owned(),
                sentence: found.sentence.clone(),
                steps: found.steps as u64,
                run: link::encode(&found.run),
            },
        };
        Figures {
            runs: self.looked_at,
            hunted: Some(Box::new(Hunted {
                states: self.search.states() as u64,
                depth: self.search.depth() as u64,
                outcome,
            })),
            ..Figures::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::specs::SPECS;
    use crate::sim::time::Micros;

    /// The mutual exclusion, with a setting, from when all processes have begun.
    fn hunt(setting: (&str, i64), slice: u64) -> Figures {
        let spec = SPECS.iter().find(|lab| lab.id == "lamport-mutex").unwrap();
        let mut run = Run::of(spec).with("clock", 3).with(setting.0, setting.1);
        run.cursor = Micros(3);
        let mut hunt = Hunt::new(&run, None, Limits::EVERYTHING).unwrap();
        while hunt.done() < hunt.total() {
            hunt.advance(slice);
        }
        hunt.figures()
    }

    #[test]
    fn a_hunt_comes_to_the_same_end_however_it_is_sliced() {
        let all = hunt(("wait", 1), u64::MAX);
        assert_eq!(all, hunt(("wait", 1), 7));
        let hunted = all.hunted.unwrap();
        assert_eq!((hunted.states, hunted.outcome), (10_209, Outcome::Holds));
    }

    #[test]
    fn what_it_finds_can_be_opened() {
        let Outcome::Broken { run, steps, .. } = hunt(("wait", 0), 1).hunted.unwrap().outcome
        else {
            panic!("nothing was found");
        };
        assert_eq!(steps, 4);
        assert!(run.starts_with("lamport-mutex;v=1;"), "{run}");
    }
}
