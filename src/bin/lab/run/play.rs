//! Plays a run under many seeds, on all cores.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;
use std::thread;

use happens_before::sim::Run;

use crate::answer::Problem;

/// What came out of the runs. It does not depend on how they were shared out.
#[derive(Debug, Default)]
pub struct Played {
    /// For each probe of the lab, the numbers of the runs that have one, in the order of the seeds.
    pub numbers: Vec<Vec<i64>>,
    /// The promises that were broken.
    pub broken: BTreeMap<&'static str, Broken>,
}

/// What became of a promise.
#[derive(Debug)]
pub struct Broken {
    /// How many runs broke it.
    pub runs: u64,
    /// The seed of the first of them.
    pub seed: u64,
    /// How that one did.
    pub sentence: String,
}

/// Plays a run under `runs` seeds: its own, the next one, and so on.
pub fn play(run: &Run, runs: u64) -> Result<Played, Problem> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = u64::try_from(cores).unwrap_or(1).min(runs).max(1);
    let share = runs.div_ceil(threads);
    thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|part| part * share..((part + 1) * share).min(runs))
            .map(|places| scope.spawn(move || part(run, places)))
            .collect();
        let mut all = Played::default();
        for part in parts {
            let played = part.join().ok().ok_or_else(|| {
                Problem("a run came to no end; this is a fault of the program".to_owned())
            })?;
            all.take(played);
        }
        Ok(all)
    })
}

/// The runs of these places, counted from the first seed.
fn part(run: &Run, places: Range<u64>) -> Played {
    let probes: Vec<&str> = run.lab.probes.iter().map(|probe| probe.id).collect();
    let mut played = Played::default();
    for place in places {
        let seeded = Run {
            seed: run.seed.wrapping_add(place),
            ..run.clone()
        };
        let numbers = (run.lab.engine.probes)(&seeded, &probes);
        let broken = (run.lab.engine.broken)(&seeded).into_iter();
        played.take(Played {
            numbers: numbers
                .into_iter()
                .map(|n| n.into_iter().collect())
                .collect(),
            broken: broken
                .map(|(id, sentence)| {
                    let seed = seeded.seed;
                    (
                        id,
                        Broken {
                            runs: 1,
                            seed,
                            sentence,
                        },
                    )
                })
                .collect(),
        });
    }
    played
}

impl Played {
    /// Adds the runs that come after these.
    fn take(&mut self, later: Self) {
        self.numbers
            .resize_with(self.numbers.len().max(later.numbers.len()), Vec::new);
        for (numbers, more) in self.numbers.iter_mut().zip(later.numbers) {
            numbers.extend(more);
        }
        for (id, more) in later.broken {
            match self.broken.entry(id) {
                Entry::Occupied(mut broken) => broken.get_mut().runs += more.runs,
                Entry::Vacant(place) => {
                    place.insert(more);
                }
            }
        }
    }
}
