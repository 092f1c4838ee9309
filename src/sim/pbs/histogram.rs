//! A histogram of lengths of time with bins of the same relative width, and what it tells.
//!
//! Each power of two is cut into 1,024 bins, which the first bits of the floating-point number
//! itself name. So a bin is 0.049 % to 0.098 % of its values wide, and a value read back is wrong by
//! less than 0.1 %. Zero has a bin of its own and is exact. What is below 10⁻⁶ ms or above 10¹² ms
//! counts in the first or the last bin. Memory grows only over the octaves that occur, 16 KB each
//! and 960 KB at the most, however many values there are.

use serde::Serialize;

use super::estimate::{Estimate, ranks, share};

/// Bins of an octave, and the bits that do not name the bin.
const PER_OCTAVE: u64 = 1 << 10;
const REST: u32 = 42;
/// The bins of 2⁻²⁰ and just below 2⁴⁰, by the first bits of the numbers.
const FIRST: u64 = (1_023 - 20) * PER_OCTAVE;
const LAST: u64 = (1_023 + 40) * PER_OCTAVE - 1;

/// How often a value fell into a bin, and the first trial whose value did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cell {
    count: u64,
    trial: u64,
}

impl Cell {
    fn add(&mut self, other: Self) {
        if other.count > 0 {
            self.trial = if self.count == 0 {
                other.trial
            } else {
                self.trial.min(other.trial)
            };
            self.count += other.count;
        }
    }
}

/// A bin with what fell into it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// From this length on, in ms.
    pub low: f64,
    /// Up to this, in ms, not included; 0 for the bin that holds exactly 0.
    pub high: f64,
    /// How many values.
    pub count: u64,
    /// The number of the first trial among them:
    /// [`Study::seed_of`](super::study::Study::seed_of) turns it into the trial's seed.
    pub trial: u64,
}

/// Counts of lengths of time, in ms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    zero: Cell,
    /// The bin of the first cell. Cells cover whole octaves, from the lowest that occurs to the
    /// highest.
    first: u64,
    cells: Vec<Cell>,
}

impl Histogram {
    /// Counts a value, in ms, of that trial. What is not above 0 counts as 0.
    #[inline(always)]
    pub fn add(&mut self, value: f64, trial: u64) {
        let cell = if value > 0.0 {
            let bin = value.to_bits() >> REST;
            let place = index(bin.wrapping_sub(self.first));
            if place < self.cells.len() {
                &mut self.cells[place]
            } else {
                self.grow(bin)
            }
        } else {
            &mut self.zero
        };
        if cell.count == 0 {
            cell.trial = trial;
        }
        cell.count += 1;
    }

    /// Counts all that the other has counted.
    pub fn merge(&mut self, other: &Self) {
        self.zero.add(other.zero);
        for (bin, cell) in (other.first..).zip(&other.cells) {
            if cell.count > 0 {
                self.grow(bin).add(*cell);
            }
        }
    }

    /// The bins that are not empty, from short to long, so many an octave: the nearest power of two
    /// below `per_octave`, from 1 to 1,024.
    pub fn bins(&self, per_octave: u16) -> Vec<Bin> {
        let wanted = u64::from(per_octave.max(1)).min(PER_OCTAVE);
        let together = PER_OCTAVE >> wanted.ilog2();
        let mut bins = Vec::new();
        if self.zero.count > 0 {
            bins.push(bin_of(0.0, 0.0, self.zero));
        }
        for (group, cells) in (0..).zip(self.cells.chunks(index(together).max(1))) {
            let mut sum = Cell::default();
            for cell in cells {
                sum.add(*cell);
            }
            if sum.count > 0 {
                let from = self.first + group * together;
                bins.push(bin_of(edge(from), edge(from + together), sum));
            }
        }
        bins
    }

    /// What it tells about the distribution, ready to be asked.
    pub fn summed(&self) -> Summed {
        let mut sum = self.zero.count;
        let mut sums = Vec::with_capacity(self.cells.len() + 1);
        sums.push(sum);
        for cell in &self.cells {
            sum += cell.count;
            sums.push(sum);
        }
        Summed {
            first: self.first,
            sums,
        }
    }

    /// The cell of a bin, made if there is none.
    #[cold]
    fn grow(&mut self, bin: u64) -> &mut Cell {
        let bin = bin.clamp(FIRST, LAST);
        let octave = bin - bin % PER_OCTAVE;
        if self.cells.is_empty() {
            self.first = octave;
        }
        if octave < self.first {
            let missing = index(self.first - octave);
            self.cells
                .splice(0..0, std::iter::repeat_n(Cell::default(), missing));
            self.first = octave;
        }
        let end = index(octave + PER_OCTAVE - self.first);
        if self.cells.len() < end {
            self.cells.resize(end, Cell::default());
        }
        &mut self.cells[index(bin - self.first)]
    }
}

/// A histogram's running sums: how many values are at most so long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summed {
    first: u64,
    /// The number of zeros; then that of all values up to the end of each cell.
    sums: Vec<u64>,
}

impl Summed {
    /// How many values there are.
    pub fn total(&self) -> u64 {
        self.sums.last().copied().unwrap_or(0)
    }

    /// How many values are at most `value`, in ms; inside a bin, the part of it that lies below.
    /// Exact at 0; elsewhere it is as if `value` were up to 0.1 % longer or shorter.
    pub fn at_most(&self, value: f64) -> f64 {
        let zeros = self.sums.first().copied().unwrap_or(0);
        if value.is_nan() || value < 0.0 {
            return 0.0;
        }
        let bin = value.to_bits() >> REST;
        if bin < self.first {
            return zeros as f64;
        }
        let place = index(bin - self.first);
        match (self.sums.get(place), self.sums.get(place + 1)) {
            (Some(before), Some(after)) => {
                let (low, high) = (edge(bin), edge(bin + 1));
                let part = (value - low) / (high - low);
                *before as f64 + part * (after - before) as f64
            }
            _ => self.total() as f64,
        }
    }

    /// The share of values that are at most `value`, in ms.
    pub fn share_at_most(&self, value: f64) -> Estimate {
        share(self.at_most(value), self.total() as f64)
    }

    /// The p-quantile in ms, with the interval that the order statistics give; nothing where there
    /// are no values. Each of the three is wrong by less than 0.1 % besides.
    pub fn quantile(&self, p: f64) -> Option<Estimate> {
        if self.total() == 0 {
            return None;
        }
        let ranks = ranks(p, self.total());
        Some(Estimate {
            value: self.value(ranks.at),
            low: self.value(ranks.low),
            high: ranks.high.map_or(f64::INFINITY, |rank| self.value(rank)),
        })
    }

    /// The value of that rank, counted from 1: the values of a bin are taken as evenly spread.
    fn value(&self, rank: u64) -> f64 {
        let place = self.sums.partition_point(|sum| *sum < rank);
        let Some(cell) = place.checked_sub(1) else {
            return 0.0;
        };
        let bin = self.first + u64::try_from(cell).unwrap_or(0);
        let before = self.sums.get(cell).copied().unwrap_or(0);
        let within = self.sums.get(place).copied().unwrap_or(rank) - before;
        let part = ((rank - before) as f64 - 0.5) / within.max(1) as f64;
        edge(bin) + part * (edge(bin + 1) - edge(bin))
    }
}

fn bin_of(low: f64, high: f64, cell: Cell) -> Bin {
    Bin {
        low,
        high,
        count: cell.count,
        trial: cell.trial,
    }
}

/// Where a bin begins, in ms.
fn edge(bin: u64) -> f64 {
    f64::from_bits(bin << REST)
}

/// A place in the cells; what has none is beyond all of them.
#[inline(always)]
fn index(bin: u64) -> usize {
    usize::try_from(bin).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Random;

    /// So many values that grow evenly from just above 0 to 1,000 ms.
    fn even(count: u32) -> Histogram {
        let mut histogram = Histogram::default();
        for i in 1..=count {
            histogram.add(f64::from(i) * 1_000.0 / f64::from(count), u64::from(i));
        }
        histogram
    }

    #[test]
    fn a_quantile_is_right_to_a_thousandth() {
        let summed = even(100_000).summed();
        for p in [0.001, 0.25, 0.5, 0.9, 0.999, 1.0] {
            let found = summed.quantile(p).unwrap().value;
            assert!((found - 1_000.0 * p).abs() <= p, "{p}: {found}");
        }
        assert!((summed.at_most(123.0) - 12_300.0).abs() < 12.3);
    }

    #[test]
    fn zero_is_exact_and_has_its_own_bin() {
        let mut histogram = even(10);
        for trial in 20..50 {
            histogram.add(0.0, trial);
        }
        let summed = histogram.summed();
        assert!((summed.at_most(0.0) - 30.0).abs() < f64::EPSILON);
        assert!((summed.at_most(f64::INFINITY) - 40.0).abs() < f64::EPSILON);
        assert_eq!(summed.quantile(0.75).map(|found| found.value), Some(0.0));
        let zeros = histogram.bins(1)[0];
        assert_eq!((zeros.count, zeros.trial), (30, 20));
    }

    #[test]
    fn coarse_bins_hold_the_same_values_and_name_the_first_trial() {
        let histogram = even(1_000);
        let total = |per_octave| -> u64 {
            let bins = histogram.bins(per_octave);
            bins.iter().map(|bin| bin.count).sum()
        };
        assert_eq!(
            (total(1), total(8), total(1_024), total(0)),
            (1_000, 1_000, 1_000, 1_000)
        );
        let bin = histogram.bins(1).into_iter().find(|bin| bin.low == 256.0);
        assert_eq!(
            bin.map(|bin| (bin.high, bin.count, bin.trial)),
            Some((512.0, 256, 256))
        );
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order() {
        let mut random = Random::from_seed(2);
        let (mut whole, mut a, mut b) = Default::default();
        for trial in 0..5_000 {
            let value = libm::exp(40.0 * random.unit() - 20.0);
            let part: &mut Histogram = if trial < 1_000 { &mut a } else { &mut b };
            part.add(value, trial);
            Histogram::add(&mut whole, value, trial);
        }
        let mut backwards = b.clone();
        backwards.merge(&a);
        a.merge(&b);
        assert_eq!((&a, &backwards), (&whole, &whole));
    }

    #[test]
    fn extreme_values_stay_within_bounded_memory() {
        let mut histogram = Histogram::default();
        for (trial, value) in (0..).zip([1e-300, 1e300, f64::INFINITY, -1.0, f64::NAN]) {
            histogram.add(value, trial);
        }
        assert_eq!(histogram.summed().total(), 5);
        assert_eq!(histogram.cells.len(), 60 * 1_024);
        assert!(histogram.summed().quantile(1.0).unwrap().value.is_finite());
        assert_eq!(Histogram::default().summed().quantile(0.5), None);
    }
}
