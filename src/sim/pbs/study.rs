//! Many trials of one setting, in slices, and what they tell.
//!
//! Trial number i of a study has a seed of its own, a function of the study's seed and i, and
//! [`Trial::draw`] gives the trial back from it. So the result depends on setting, seed and number
//! of trials alone, not on how they were cut into slices or shared between workers, and any trial
//! behind a figure can be opened as a single run.

use super::estimate::Estimate;
use super::histogram::{Histogram, Summed};
use super::model::Delays;
use super::wars::{MOST, Sampler, Trial, needed};
use crate::sim::Random;

/// Which quorums a study measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quorums {
    /// One read quorum and one write quorum, each from 1 to n.
    One {
        /// How many answers a read waits for.
        r: usize,
        /// How many acknowledgements a write waits for.
        w: usize,
    },
    /// Every pair from 1 to n, on the same trials.
    All,
}

/// What a study measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    n: usize,
    quorums: Quorums,
    delays: Delays,
}

impl Setting {
    /// `n` replicas, 1 to [`MOST`]. Sizes out of range are taken as the nearest in range.
    pub fn new(n: usize, quorums: Quorums, delays: Delays) -> Self {
        let n = n.clamp(1, MOST);
        let quorums = match quorums {
            Quorums::One { r, w } => Quorums::One {
                r: r.clamp(1, n),
                w: w.clamp(1, n),
            },
            Quorums::All => Quorums::All,
        };
        Self { n, quorums, delays }
    }

    /// How many replicas.
    pub const fn n(&self) -> usize {
        self.n
    }

    /// Which quorums.
    pub const fn quorums(&self) -> Quorums {
        self.quorums
    }

    /// The four delays.
    pub const fn delays(&self) -> &Delays {
        &self.delays
    }

    /// The pairs (r, w) that are measured.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        match self.quorums {
            Quorums::One { r, w } => vec![(r, w)],
            Quorums::All => (1..=self.n)
                .flat_map(|r| (1..=self.n).map(move |w| (r, w)))
                .collect(),
        }
    }
}

/// Why two studies cannot be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// They differ in setting or seed.
    Study,
    /// The other does not begin with the trial after this one's last: merge in order.
    Place,
}

impl std::fmt::Display for Unlike {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Study => {
                "these studies have different settings or seeds: merge only parts of one study"
            }
            Self::Place => {
                "the other part does not begin where this one ends: merge the parts in order"
            }
        })
    }
}

/// A study, or the part of one that a worker does.
#[derive(Clone, Debug)]
pub struct Study {
    setting: Setting,
    seed: u64,
    /// The part of the seed that is the same for all trials.
    base: u64,
    sampler: Sampler,
    from: u64,
    next: u64,
    /// By r and by w; one each where only one pair is measured.
    reads: Vec<Histogram>,
    writes: Vec<Histogram>,
    /// The needed delays: for each r, each w.
    needed: Vec<Histogram>,
}

impl Study {
    /// A study without trials yet. Making the tables of the delays takes a few hundredths of a
    /// second each.
    pub fn new(setting: Setting, seed: u64) -> Self {
        Self::part(setting, seed, 0)
    }

    /// A part of a study that begins with trial number `from`, to be [merged](Self::merge).
    pub fn part(setting: Setting, seed: u64, from: u64) -> Self {
        let each = match setting.quorums {
            Quorums::One { .. } => 1,
            Quorums::All => setting.n,
        };
        Self {
            sampler: Sampler::of(&setting.delays),
            base: base(seed),
            reads: vec![Histogram::default(); each],
            writes: vec![Histogram::default(); each],
            needed: vec![Histogram::default(); each * each],
            setting,
            seed,
            from,
            next: from,
        }
    }

    /// What is measured.
    pub const fn setting(&self) -> &Setting {
        &self.setting
    }

    /// How many trials it has.
    pub const fn trials(&self) -> u64 {
        self.next - self.from
    }

    /// The seed of a trial by its number: [`Trial::draw`] with the study's sampler and n gives the
    /// trial back.
    pub const fn seed_of(&self, trial: u64) -> u64 {
        seed_of(self.base, trial)
    }

    /// The study's delays, ready to draw single trials from.
    pub const fn sampler(&self) -> &Sampler {
        &self.sampler
    }

    /// Runs that many more trials.
    pub fn advance(&mut self, trials: u32) {
        let end = self.next.saturating_add(u64::from(trials));
        match self.setting.quorums {
            Quorums::One { r: 1, w: 1 } => self.run(end, |study, trial, number| {
                let (read, write, needed) = trial.first();
                study.record(number, read, write, needed);
            }),
            Quorums::One { r, w } => self.run(end, |study, trial, number| {
                let (answer, write) = (trial.answers()[r - 1], trial.commits()[w - 1]);
                study.record(number, answer.at, write, needed(answer.seen, write));
            }),
            Quorums::All => self.run(end, Self::record_all),
        }
    }

    /// Takes in a part of the same study that begins where this one ends.
    ///
    /// # Errors
    /// [`Unlike`] says what does not fit; then nothing has changed.
    pub fn merge(&mut self, other: &Self) -> Result<(), Unlike> {
        if self.seed != other.seed || self.setting != other.setting {
            return Err(Unlike::Study);
        }
        if self.next != other.from {
            return Err(Unlike::Place);
        }
        self.next = other.next;
        for (own, others) in [
            (&mut self.reads, &other.reads),
            (&mut self.writes, &other.writes),
            (&mut self.needed, &other.needed),
        ] {
            for (own, other) in own.iter_mut().zip(others) {
                own.merge(other);
            }
        }
        Ok(())
    }

    /// The latencies of reads that wait for `r` answers; nothing if that is not measured.
    pub fn reads(&self, r: usize) -> Option<&Histogram> {
        self.reads.get(self.place(r, |(r, _)| r)?)
    }

    /// The latencies of writes that wait for `w` acknowledgements; nothing if that is not measured.
    pub fn writes(&self, w: usize) -> Option<&Histogram> {
        self.writes.get(self.place(w, |(_, w)| w)?)
    }

    /// The needed delays of a pair; nothing if that is not measured.
    pub fn needed(&self, r: usize, w: usize) -> Option<&Histogram> {
        let (row, column) = (self.place(r, |(r, _)| r)?, self.place(w, |(_, w)| w)?);
        self.needed.get(row * self.writes.len() + column)
    }

    /// What the study tells about a pair; nothing if that is not measured.
    pub fn outcome(&self, r: usize, w: usize) -> Option<Outcome> {
        Some(Outcome {
            read: self.reads(r)?.summed(),
            write: self.writes(w)?.summed(),
            needed: self.needed(r, w)?.summed(),
        })
    }

    /// Where a quorum's figures stand, if its size is measured; `own` takes that size from a pair.
    fn place(&self, size: usize, own: impl Fn((usize, usize)) -> usize) -> Option<usize> {
        match self.setting.quorums {
            Quorums::One { r, w } => (own((r, w)) == size).then_some(0),
            Quorums::All => size.checked_sub(1).filter(|place| *place < self.setting.n),
        }
    }

    #[inline(always)]
    fn run(&mut self, end: u64, record: impl Fn(&mut Self, &Trial, u64)) {
        let (sampler, n) = (self.sampler.clone(), self.setting.n);
        for number in self.next..end {
            let trial = Trial::draw(&sampler, n, self.seed_of(number));
            record(self, &trial, number);
        }
        self.next = end;
    }

    /// Counts a trial where one pair is measured.
    fn record(&mut self, number: u64, read: f64, write: f64, needed: f64) {
        self.reads[0].add(read, number);
        self.writes[0].add(write, number);
        self.needed[0].add(needed, number);
    }

    fn record_all(&mut self, trial: &Trial, number: u64) {
        let (commits, answers) = (trial.commits(), trial.answers());
        for (histogram, commit) in self.writes.iter_mut().zip(commits) {
            histogram.add(commit, number);
        }
        for (histogram, answer) in self.reads.iter_mut().zip(answers) {
            histogram.add(answer.at, number);
        }
        for (row, answer) in self.needed.chunks_mut(self.setting.n).zip(answers) {
            for (histogram, commit) in row.iter_mut().zip(commits) {
                histogram.add(needed(answer.seen, commit), number);
            }
        }
    }
}

/// What a study tells about one pair of quorums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How long reads take, in ms.
    pub read: Summed,
    /// How long writes take, in ms.
    pub write: Summed,
    /// How long after the commit a read has to start to see the write, in ms. A
    /// [`Sweep`](super::sweep::Sweep) tells what the paper's authors would have found.
    pub needed: Summed,
}

impl Outcome {
    /// The share of reads that see the write when they start `t` ms after its commit. Exact at
    /// t = 0, elsewhere as if t were up to 0.1 % off.
    pub fn consistent(&self, t: f64) -> Estimate {
        self.needed.share_at_most(t)
    }

    /// The same for a list of moments.
    pub fn curve(&self, moments: &[f64]) -> Vec<Estimate> {
        moments.iter().map(|t| self.consistent(*t)).collect()
    }

    /// t-visibility: the t, in ms, from which on a share `level` of reads see the write, the
    /// quantile of the needed delays; 0 if that many do at once. Nothing where there are no trials.
    pub fn visibility(&self, level: f64) -> Option<Estimate> {
        self.needed.quantile(level)
    }
}

/// The seed of trial number `trial` of the study with that seed.
pub fn trial_seed(study: u64, trial: u64) -> u64 {
    seed_of(base(study), trial)
}

/// The study's seed goes through the generator once, so that studies with neighbouring seeds do not
/// share trials.
fn base(seed: u64) -> u64 {
    Random::stream(seed, 1).next_u64()
}

/// SplitMix64 (Steele, Lea and Flood 2014) as a counter: one to one, so that no two trials of a
/// study share a seed. It is mixed before [`Random::from_seed`] mixes it again; without that, the
/// generators of neighbouring trials would begin with three of four words in common.
const fn seed_of(base: u64, trial: u64) -> u64 {
    let z = base.wrapping_add(trial.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
