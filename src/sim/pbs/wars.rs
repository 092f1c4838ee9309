//! One trial of the WARS model (Bailis et al., VLDB 2012, section 4.1): a write, and a read after
//! it, to the same N replicas.
//!
//! The write reaches replica i after `W_i` and its acknowledgement is back after `W_i + A_i`; the
//! write commits at C, the w-th smallest of these. A read that starts t later reaches replica i
//! after `R_i` and has its answer after `R_i + S_i`; it takes the first r answers. It is stale if
//! every one of those replicas was asked before the write had reached it: C + t + R_i < W_i.
//!
//! Solved for t, the read is fresh from t = min(W_i − R_i) − C on, the minimum over the r replicas
//! that answer first. Which these are does not depend on t, so one trial gives the whole curve.
//!
//! What every trial goes through is `#[inline(always)]`: the browser's program is optimised for
//! size, and a call for each draw would cost as much as the draw.

use std::sync::Arc;

use serde::Serialize;

use super::model::Delays;
use super::table::{Quantiles, Table};
use crate::sim::Random;

/// The most replicas that a trial has.
pub const MOST: usize = 7;

/// Four delays made ready for many draws, or for few. A clone shares the tables.
#[derive(Clone, Debug)]
pub struct Sampler<T = Table> {
    write: Arc<T>,
    acknowledge: Arc<T>,
    read: Arc<T>,
    answer: Arc<T>,
    away: f64,
}

impl<T: Quantiles> Sampler<T> {
    /// The sampler of these delays. Equal ones share a table.
    pub fn of(delays: &Delays) -> Self {
        let mut made = Vec::new();
        let mut table = |delay| {
            let known = made.iter().find(|(of, _)| *of == delay);
            let table =
                known.map_or_else(|| Arc::new(T::of(delay)), |(_, table)| Arc::clone(table));
            made.push((delay, Arc::clone(&table)));
            table
        };
        Self {
            write: table(&delays.write),
            acknowledge: table(&delays.acknowledge),
            read: table(&delays.read),
            answer: table(&delays.answer),
            away: delays.away,
        }
    }
}

/// All that is drawn for one write and one read. Times are in ms; only the first `n` places of each
/// array count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trial {
    /// How many replicas, 1 to [`MOST`].
    pub n: usize,
    /// W: how long the write is under way to each replica.
    pub write: [f64; MOST],
    /// A: how long its acknowledgement is.
    pub acknowledge: [f64; MOST],
    /// R: how long the read is under way to each replica.
    pub read: [f64; MOST],
    /// S: how long its answer is.
    pub answer: [f64; MOST],
    /// The replicas that are near for the write and for the read, where the others are away.
    pub near: Option<(usize, usize)>,
}

impl Trial {
    /// The trial of a seed, with `n` replicas (the nearest number from 1 to [`MOST`]).
    ///
    /// Drawn in this order: where replicas are away, the one near for the write, then the one near
    /// for the read, each one number below n; then for each replica in turn W, A, R, S, one number
    /// each. So, where none is away, another replica leaves the delays of the first ones as they
    /// are.
    #[inline(always)]
    pub fn draw(sampler: &Sampler<impl Quantiles>, n: usize, seed: u64) -> Self {
        Self::draw_from(sampler, n, &mut Random::from_seed(seed))
    }

    /// The same from a stream: the next trial that it gives.
    #[inline(always)]
    pub fn draw_from(sampler: &Sampler<impl Quantiles>, n: usize, random: &mut Random) -> Self {
        let mut trial = Self {
            n: n.clamp(1, MOST),
            write: [0.0; MOST],
            acknowledge: [0.0; MOST],
            read: [0.0; MOST],
            answer: [0.0; MOST],
            near: None,
        };
        if sampler.away > 0.0 {
            trial.near = Some((any(trial.n, random), any(trial.n, random)));
        }
        for replica in 0..trial.n {
            trial.write[replica] = sampler.write.sample(random);
            trial.acknowledge[replica] = sampler.acknowledge.sample(random);
            trial.read[replica] = sampler.read.sample(random);
            trial.answer[replica] = sampler.answer.sample(random);
        }
        if let Some((write, read)) = trial.near {
            put_away(&mut trial.write[..trial.n], write, sampler.away);
            put_away(&mut trial.acknowledge[..trial.n], write, sampler.away);
            put_away(&mut trial.read[..trial.n], read, sampler.away);
            put_away(&mut trial.answer[..trial.n], read, sampler.away);
        }
        trial
    }

    /// How long the write takes until `w` replicas (1 to n, the nearest) have acknowledged it, in
    /// ms.
    pub fn write_latency(&self, w: usize) -> f64 {
        self.commits()[self.place(w)]
    }

    /// How long the read takes until `r` replicas (1 to n, the nearest) have answered, in ms.
    pub fn read_latency(&self, r: usize) -> f64 {
        self.answers()[self.place(r)].at
    }

    /// The replicas whose answers the read takes, the first answer first; of two at the same
    /// moment, the replica with the lower number. `r` as in [`read_latency`](Self::read_latency).
    pub fn answered(&self, r: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.n).collect();
        let at = |replica: &usize| self.read[*replica] + self.answer[*replica];
        order.sort_by(|a, b| at(a).total_cmp(&at(b)));
        order.truncate(self.place(r) + 1);
        order
    }

    /// The smallest t ≥ 0, in ms, such that a read that starts t after the write's commit sees it.
    /// `r` and `w` as above. It comes out as 0 where r + w > n: a replica in both quorums has
    /// W ≤ C.
    pub fn needed_delay(&self, r: usize, w: usize) -> f64 {
        needed(self.answers()[self.place(r)].seen, self.write_latency(w))
    }

    /// Does a read that starts `t` ms after the write's commit miss it?
    pub fn is_stale(&self, r: usize, w: usize, t: f64) -> bool {
        t < self.needed_delay(r, w)
    }

    /// The write's latency for each w, from 1 on, in the first n places.
    #[inline(always)]
    pub(super) fn commits(&self) -> [f64; MOST] {
        let mut sorted = [f64::INFINITY; MOST];
        for i in 0..self.n {
            sorted[i] = self.write[i] + self.acknowledge[i];
            for j in (1..=i).rev() {
                if sorted[j] < sorted[j - 1] {
                    sorted.swap(j, j - 1);
                }
            }
        }
        sorted
    }

    /// What a read of each r sees, from 1 on, in the first n places.
    #[inline(always)]
    pub(super) fn answers(&self) -> [Answered; MOST] {
        let mut sorted = [Answered::NONE; MOST];
        for i in 0..self.n {
            sorted[i] = Answered {
                at: self.read[i] + self.answer[i],
                seen: self.write[i] - self.read[i],
            };
            for j in (1..=i).rev() {
                if sorted[j].at < sorted[j - 1].at {
                    sorted.swap(j, j - 1);
                }
            }
        }
        let mut earliest = f64::INFINITY;
        for answer in &mut sorted[..self.n] {
            earliest = earliest.min(answer.seen);
            answer.seen = earliest;
        }
        sorted
    }

    /// The latencies of read and write and the needed delay for r = w = 1, without sorting.
    #[inline(always)]
    pub(super) fn first(&self) -> (f64, f64, f64) {
        let (mut commit, mut answer) = (f64::INFINITY, Answered::NONE);
        for i in 0..self.n {
            let acknowledged = self.write[i] + self.acknowledge[i];
            commit = if acknowledged < commit {
                acknowledged
            } else {
                commit
            };
            let at = self.read[i] + self.answer[i];
            if at < answer.at {
                let seen = self.write[i] - self.read[i];
                answer = Answered { at, seen };
            }
        }
        (answer.at, commit, needed(answer.seen, commit))
    }

    fn place(&self, quorum: usize) -> usize {
        quorum.clamp(1, self.n) - 1
    }
}

/// What the r-th answer to a read brings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answered {
    /// When it is there, in ms after the read began.
    pub at: f64,
    /// The smallest W − R of this and the earlier answers: the read sees the write if it starts at
    /// this moment after the write's own start, or later.
    pub seen: f64,
}

impl Answered {
    const NONE: Self = Self {
        at: f64::INFINITY,
        seen: f64::INFINITY,
    };
}

/// How long after the commit a read has to start, which sees the write from `seen` on.
#[inline(always)]
pub(super) fn needed(seen: f64, commit: f64) -> f64 {
    let needed = seen - commit;
    if needed > 0.0 { needed } else { 0.0 }
}

fn any(n: usize, random: &mut Random) -> usize {
    let n = u64::try_from(n).unwrap_or(1);
    usize::try_from(random.below(n)).unwrap_or(0)
}

fn put_away(delays: &mut [f64], near: usize, away: f64) {
    for (replica, delay) in delays.iter_mut().enumerate() {
        if replica != near {
            *delay += away;
        }
    }
}
