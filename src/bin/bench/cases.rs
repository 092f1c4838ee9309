//! What is measured, each at two sizes, one ten times the other.

use std::hint::black_box;

use happens_before::sim::hashing::{Among, Node, Placing, Popularity, Ring, Scheme};
use happens_before::sim::pbs::{self, Quorums, Setting, Study};
use happens_before::sim::protocol::Cluster;
use happens_before::sim::search::{Explore as _, Finding, Limits, Search};
use happens_before::sim::specs::{Mutex, SPECS};
use happens_before::sim::{History, Micros, Random, Run, World as _};

use crate::clock;
use crate::replicate::{LAB, Replicate};

/// Something to measure.
pub struct Case {
    /// Its name.
    pub name: &'static str,
    /// What is counted.
    pub of: &'static str,
    /// How much of it is done, smaller first.
    pub sizes: &'static [u64],
    /// Does it and says how much it did, and other figures.
    work: fn(u64) -> Done,
}

/// What was done.
struct Done {
    count: u64,
    milliseconds: f64,
    also: Vec<(&'static str, f64)>,
}

/// All cases.
pub const ALL: &[Case] = &[
    Case {
        name: "protocol of 5 nodes, a write every 50 ms, no history",
        of: "messages",
        sizes: &[200_000, 2_000_000],
        work: without_history,
    },
    Case {
        name: "the same with full history",
        of: "events",
        sizes: &[100_000, 1_000_000],
        work: with_history,
    },
    Case {
        name: "seek to any moment of that many events (200 looks)",
        of: "looks",
        sizes: &[10_000, 100_000],
        work: seeks,
    },
    Case {
        name: "PBS trials, N = 3, R = W = 1, LNKD-DISK",
        of: "trials",
        sizes: &[500_000, 5_000_000],
        work: trials,
    },
    Case {
        name: "ring look-ups, 100 nodes of 160 virtual nodes",
        of: "look-ups",
        sizes: &[2_000_000, 20_000_000],
        work: look_ups,
    },
    Case {
        name: "keys placed on that ring, in slices of 20,000",
        of: "keys",
        sizes: &[100_000, 1_000_000],
        work: placements,
    },
    Case {
        name: "states of LamportMutex searched, 3 processes, clock to 4 and to 5",
        of: "states",
        sizes: &[4, 5],
        work: states,
    },
];

/// Measures a case, the best of three times, as a JSON line. Other figures are the largest of the
/// three: memory is taken the first time only.
pub fn measure(case: &Case, size: u64) -> String {
    let mut best = (case.work)(size);
    for _ in 0..2 {
        let again = (case.work)(size);
        best.milliseconds = best.milliseconds.min(again.milliseconds);
        for ((_, largest), (_, figure)) in best.also.iter_mut().zip(again.also) {
            *largest = largest.max(figure);
        }
    }
    let second = best.count as f64 / (best.milliseconds / 1_000.0).max(1e-9);
    let mut line = serde_json::json!({
        "case": case.name,
        "of": case.of,
        "count": best.count,
        "milliseconds": best.milliseconds,
        "per_second": second,
    });
    for (name, figure) in best.also {
        line[name] = figure.into();
    }
    line.to_string()
}

fn timed(work: impl FnOnce() -> u64) -> Done {
    let begun = clock::now();
    let count = work();
    Done {
        count,
        milliseconds: clock::now() - begun,
        also: Vec::new(),
    }
}

fn run(length: u64) -> Run {
    let mut run = Run::of(&LAB);
    // The range is a day; no size here is longer.
    let _within = run.config.set("length", Micros(length).signed());
    run
}

/// 160 messages a second.
fn without_history(messages: u64) -> Done {
    let run = run(0);
    timed(|| {
        let mut world = Cluster::<Replicate>::start(&run.config, run.seed);
        while u64::from(world.messages_sent()) < messages {
            let Some((_, planned, duty)) = world.queue_mut().pop() else {
                break;
            };
            black_box(world.happen(planned, duty));
        }
        u64::from(world.messages_sent())
    })
}

/// 180 events a second.
fn history(events: u64) -> History<Cluster<Replicate>> {
    let run = run(events * 1_000_000 / 180);
    History::up_to(&run, usize::MAX)
}

fn with_history(events: u64) -> Done {
    let before = clock::memory();
    let begun = clock::now();
    let history = black_box(history(events));
    let milliseconds = clock::now() - begun;
    let count = history.entries().len() as u64;
    // Zero where memory taken by an earlier case was used again.
    let bytes = (clock::memory() - before) / count as f64;
    let entry = size_of_val(history.entries()) as f64 / count as f64;
    Done {
        count,
        milliseconds,
        also: vec![("bytes_taken_each", bytes), ("bytes_of_an_entry", entry)],
    }
}

fn seeks(events: u64) -> Done {
    let history = history(events);
    let mut random = Random::from_seed(1);
    let mut worst: f64 = 0.0;
    let mut total = 0.0;
    for _ in 0..200 {
        let at = Micros(random.below(history.end().0));
        let begun = clock::now();
        black_box(history.world_at(at));
        let took = clock::now() - begun;
        worst = worst.max(took);
        total += took;
    }
    Done {
        count: 200,
        milliseconds: total,
        also: vec![("worst_milliseconds", worst)],
    }
}

fn trials(count: u64) -> Done {
    let Some(model) = pbs::model("lnkd-disk") else {
        return timed(|| 0);
    };
    let setting = Setting::new(3, Quorums::One { r: 1, w: 1 }, model.delays());
    let mut study = Study::new(setting, 1);
    timed(|| {
        study.advance(u32::try_from(count).unwrap_or(u32::MAX));
        count
    })
}

fn ring() -> Ring {
    let nodes: Vec<Node> = (0..100).map(Node::new).collect();
    Ring::new(&nodes, 160, 1)
}

fn look_ups(count: u64) -> Done {
    let ring = ring();
    timed(|| {
        for key in 0..count {
            black_box(ring.owner(ring.hash(key), Among::Up));
        }
        count
    })
}

fn placements(keys: u64) -> Done {
    let ring = ring();
    let count = u32::try_from(keys).unwrap_or(u32::MAX);
    let mut placing = Placing::new(Scheme::Ring, &ring, count, Popularity::Uniform);
    let mut longest: f64 = 0.0;
    let mut done = timed(|| {
        loop {
            let begun = clock::now();
            let finished = placing.advance(20_000);
            longest = longest.max(clock::now() - begun);
            if finished {
                return keys;
            }
        }
    });
    done.also.push(("longest_slice_milliseconds", longest));
    done
}

fn states(clock: u64) -> Done {
    let Some(lab) = SPECS.iter().find(|lab| lab.id == "lamport-mutex") else {
        return timed(|| 0);
    };
    let mut run = Run::of(lab).with("clock", Micros(clock).signed());
    run.cursor = Micros(100);
    timed(|| {
        let mut search = Search::<Mutex>::new(&run, None, Limits::EVERYTHING);
        while search.finding() == Finding::Searching {
            search.advance(1_000);
        }
        search.states() as u64
    })
}
