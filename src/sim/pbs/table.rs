//! A fast sampler of a [`Delay`]: its quantile function as a table of straight lines.
//!
//! The cells are those of floating point: the upper probability q is cut into octaves (1 to 1/2,
//! 1/2 to 1/4, …), and each octave into 512 cells of equal width. So the cells grow finer towards
//! the tail just as the quantile grows steeper, and the first bits of q's own representation number
//! the cell: no logarithm, no search. Nearly all draws fall in the first few octaves, 8 KB each,
//! which stay in a fast cache.
//!
//! **Error.** Within a cell h/q ≤ 1/512, so a straight line through both ends is off by at most
//! q²·Q″(q)/(8·512²): a Pareto's quantile by (1 + 1/α)/α · 4.8·10⁻⁷ of itself, an exponential's by
//! 4.8·10⁻⁷ of its mean. A part of a mixture with weight w is passed through 1/w times as fast, and
//! where one part takes over from another the curvature is greater. Over the paper's
//! [`MODELS`](super::MODELS) the error is below 10⁻⁴ of the quantile plus 0.1 µs (the tests hold it).
//! Where the quantile bends or jumps (a Pareto begins, a constant), the cell is split there. Beyond
//! the last octave, for q < 2⁻¹⁶, the exact inverse answers: one draw in 65,536.
//!
//! There are two of them, which give the same numbers to the last bit: a [`Table`] has all its cells
//! from the beginning, for studies; a [`SparseTable`] makes a cell when it is first asked for, for a
//! run, which asks for a few hundred.

use std::sync::OnceLock;

use super::delay::Delay;
use crate::sim::Random;

/// How many octaves of q have cells, and how many cells each.
const OCTAVES: u16 = 16;
const PER_OCTAVE: u16 = 1 << 9;
/// The bits of q that do not number the cell: 52 of the fraction, less 9.
const REST: u32 = 43;
/// How many cells there are.
const CELLS: u16 = OCTAVES * PER_OCTAVE;
/// Into how many lines each piece of a split cell is cut.
const PER_PIECE: u8 = 8;

/// The quantile function of a delay, ready for many draws.
#[derive(Clone, Debug)]
pub struct Table {
    /// The cells from q = 1 down; one that is split is not a number.
    cells: Vec<Line>,
    /// The cells that are split: each piece, from high q to low, each with its lower end.
    pieces: Vec<(f64, Line)>,
    exact: Delay,
}

/// A quantile function made ready for drawing.
pub trait Quantiles {
    /// Of this delay.
    fn of(delay: &Delay) -> Self;

    /// The length, in ms, that is exceeded with probability `q`; `q` in (0, 1].
    fn upper_quantile(&self, q: f64) -> f64;

    /// A delay in ms. Draws one number, and takes it as [`Delay::sample`] does: from the same
    /// stream both give the same delay, but for the error of the table.
    #[inline(always)]
    fn sample(&self, random: &mut Random) -> f64 {
        // The same number as 1 − `Random::unit`, made without an unsigned conversion, which
        // WebAssembly is slow at.
        let below = (1_u64 << 53) - (random.next_u64() >> 11);
        self.upper_quantile(below.cast_signed() as f64 / (1_u64 << 53) as f64)
    }
}

/// The quantile function of a delay, ready for few draws. Making it takes no time.
#[derive(Clone, Debug)]
pub struct SparseTable {
    cells: Vec<OnceLock<Cell>>,
    bends: Vec<f64>,
    exact: Delay,
}

/// What the quantile is within a cell.
#[derive(Clone, Debug)]
enum Cell {
    Whole(Line),
    /// The pieces from high q to low, each with its lower end.
    Split(Vec<(f64, Line)>),
}

/// x = at + slope · q.
#[derive(Clone, Copy, Debug)]
struct Line {
    at: f64,
    slope: f64,
}

impl Quantiles for Table {
    /// Takes some 8,000 exact quantiles, a few hundredths of a second.
    fn of(delay: &Delay) -> Self {
        let bends = delay.bends();
        let mut table = Self {
            cells: Vec::with_capacity(usize::from(CELLS)),
            pieces: Vec::new(),
            exact: delay.clone(),
        };
        let mut x_of_high = delay.upper_quantile(1.0);
        for cell in 0..CELLS {
            let (high, low) = ends(cell);
            let x_of_low = delay.upper_quantile(low);
            match Cell::between(delay, &bends, (high, x_of_high), (low, x_of_low)) {
                Cell::Whole(line) => table.cells.push(line),
                Cell::Split(pieces) => {
                    table.cells.push(Line::NONE);
                    table.pieces.extend(pieces);
                }
            }
            x_of_high = x_of_low;
        }
        table
    }

    #[inline(always)]
    fn upper_quantile(&self, q: f64) -> f64 {
        if let Some(line) = cell_of(q).and_then(|cell| self.cells.get(cell)) {
            let x = line.x(q);
            if !x.is_nan() {
                return x;
            }
        }
        self.rare(q)
    }
}

impl Quantiles for SparseTable {
    fn of(delay: &Delay) -> Self {
        Self {
            cells: vec![OnceLock::new(); usize::from(CELLS)],
            bends: delay.bends(),
            exact: delay.clone(),
        }
    }

    fn upper_quantile(&self, q: f64) -> f64 {
        let Some(cell) = cell_of(q) else {
            return self.exact.upper_quantile(q);
        };
        let (Some(place), Ok(number)) = (self.cells.get(cell), u16::try_from(cell)) else {
            return self.exact.upper_quantile(q);
        };
        let made = place.get_or_init(|| {
            let [high, low] =
                <[f64; 2]>::from(ends(number)).map(|q| (q, self.exact.upper_quantile(q)));
            Cell::between(&self.exact, &self.bends, high, low)
        });
        match made {
            Cell::Whole(line) => line.x(q),
            Cell::Split(pieces) => {
                let piece = pieces.iter().find(|(low, _)| *low <= q);
                piece.map_or_else(|| self.exact.upper_quantile(q), |(_, line)| line.x(q))
            }
        }
    }
}

/// The number of a probability's cell, from q = 1 down; beyond the last there is none.
#[inline(always)]
fn cell_of(q: f64) -> Option<usize> {
    usize::try_from(1.0_f64.to_bits().wrapping_sub(q.to_bits()) >> REST).ok()
}

/// The upper and the lower end of a cell.
fn ends(cell: u16) -> (f64, f64) {
    let end = |cell: u16| f64::from_bits(1.0_f64.to_bits() - (u64::from(cell) << REST));
    (end(cell), end(cell + 1))
}

impl Cell {
    /// The cell between two points (q, x) of the quantile function, the higher q first.
    fn between(delay: &Delay, bends: &[f64], high: (f64, f64), low: (f64, f64)) -> Self {
        let inside: Vec<f64> = bends
            .iter()
            .copied()
            .filter(|bend| (low.0..=high.0).contains(bend))
            .collect();
        if inside.is_empty() {
            Self::Whole(Line::through(high, low))
        } else {
            Self::Split(Self::split(delay, high.0, low.0, &inside))
        }
    }

    /// Cuts the cell from `high` down to `low` at its bends. The ends of a piece are taken a little
    /// inside it, because the quantile may jump at the bend itself.
    fn split(delay: &Delay, high: f64, low: f64, bends: &[f64]) -> Vec<(f64, Line)> {
        const INSIDE: f64 = 1e-6;
        let mut pieces = Vec::new();
        let mut from = high;
        for to in bends.iter().copied().chain([low]) {
            let width = (from - to) / f64::from(PER_PIECE);
            for piece in 0..PER_PIECE {
                let top = from - f64::from(piece) * width;
                let (a, b) = (top - INSIDE * width, top - (1.0 - INSIDE) * width);
                let ends = [a, b].map(|q| (q, delay.upper_quantile(q)));
                let last = piece + 1 == PER_PIECE;
                let low = if last { to } else { top - width };
                pieces.push((low, Line::through(ends[0], ends[1])));
            }
            from = to;
        }
        pieces
    }
}

impl Table {
    /// A cell that is split, or beyond the last.
    #[cold]
    fn rare(&self, q: f64) -> f64 {
        let last = self.cells.len();
        let piece = cell_of(q)
            .filter(|cell| *cell < last)
            .and_then(|_| self.pieces.iter().find(|(low, _)| *low <= q));
        match piece {
            Some((_, line)) => line.x(q),
            None => self.exact.upper_quantile(q),
        }
    }
}

impl Line {
    /// Of a cell that is split.
    const NONE: Self = Self {
        at: f64::NAN,
        slope: f64::NAN,
    };

    /// Through two points (q, x).
    fn through(a: (f64, f64), b: (f64, f64)) -> Self {
        let slope = if a.0 > b.0 {
            (a.1 - b.1) / (a.0 - b.0)
        } else {
            0.0
        };
        Self {
            at: a.1 - slope * a.0,
            slope,
        }
    }

    fn x(&self, q: f64) -> f64 {
        self.at + self.slope * q
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::pbs::delay::Shape;
    use crate::sim::pbs::model::{MODELS, Model};

    /// The table against the exact quantile at 20,000 probabilities, most of them in the tail.
    fn check(delay: &Delay, relative: f64, absolute: f64) {
        let table = Table::of(delay);
        let mut probabilities: Vec<f64> = (1..10_000).map(|i| f64::from(i) / 10_000.0).collect();
        probabilities.extend((1..10_000).map(|i| libm::exp(f64::from(i) * -0.0023)));
        probabilities.extend([0.999, 0.99, 0.9, 0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1.0]);
        for q in probabilities {
            let (found, exact) = (table.upper_quantile(q), delay.upper_quantile(q));
            assert!(
                (found - exact).abs() <= relative * exact + absolute,
                "q = {q}: {found}, exactly {exact}, of {delay:?}"
            );
        }
    }

    #[test]
    fn the_models_tables_are_right_to_a_ten_thousandth_and_a_tenth_of_a_microsecond() {
        let [ssd, disk, yammer, _] = MODELS.each_ref().map(Model::delays);
        for delay in [ssd.write, disk.write, yammer.write, yammer.answer] {
            check(&delay, 1e-4, 1e-4);
        }
    }

    #[test]
    fn a_single_shape_is_right_to_a_few_millionths() {
        check(&Delay::of(Shape::Exponential { rate: 1.0 }), 2e-6, 2e-6);
        let heavy = Shape::Pareto {
            least: 1.0,
            alpha: 1.0,
        };
        check(&Delay::of(heavy).shifted(75.0), 4e-6, 0.0);
    }

    #[test]
    fn jumps_and_bends_are_kept() {
        let constant = |length| Shape::Constant { length };
        let uniform = |low, high| Shape::Uniform { low, high };
        check(&Delay::of(constant(3.0)), 1e-14, 0.0);
        check(&Delay::of(uniform(1.0, 2.0)), 1e-12, 0.0);
        // Weights that put the jump between two cells and inside one.
        for weight in [0.5, 0.3] {
            let parts = [(weight, constant(3.0)), (1.0 - weight, uniform(5.0, 6.0))];
            check(&Delay::mixture(&parts), 1e-9, 0.0);
        }
        let many = [
            (0.2, constant(1.0)),
            (0.3, uniform(0.5, 2.0)),
            (0.5, uniform(1.5, 9.0)),
        ];
        check(&Delay::mixture(&many), 1e-9, 0.0);
    }

    #[test]
    fn both_tables_give_the_same_to_the_last_bit() {
        let parts = [
            (0.3, Shape::Constant { length: 3.0 }),
            (0.7, Shape::Exponential { rate: 0.5 }),
        ];
        let mut delays: Vec<Delay> = MODELS.iter().map(|model| model.delays().write).collect();
        delays.push(Delay::mixture(&parts).shifted(2.0));
        for delay in delays {
            let (table, sparse) = (Table::of(&delay), SparseTable::of(&delay));
            let mut random = Random::from_seed(9);
            for _ in 0..20_000 {
                let q = 1.0 - random.unit();
                // Two of three far out in the tail.
                for q in [q, q * q * q * q, q.powi(40).max(1e-17)] {
                    assert_eq!(
                        table.upper_quantile(q).to_bits(),
                        sparse.upper_quantile(q).to_bits(),
                        "{q} of {delay:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_table_gives_what_the_exact_sampler_gives_from_the_same_stream() {
        let delay = MODELS[2].delays().write;
        let table = Table::of(&delay);
        let (mut one, mut other) = (Random::from_seed(1), Random::from_seed(1));
        for _ in 0..10_000 {
            let (fast, exact) = (table.sample(&mut one), delay.sample(&mut other));
            assert!(
                (fast - exact).abs() <= 1e-4 * exact + 1e-4,
                "{fast}, exactly {exact}"
            );
        }
        assert_eq!(one, other);
    }
}
