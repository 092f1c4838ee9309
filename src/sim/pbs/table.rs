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

use super::delay::Delay;
use crate::sim::Random;

/// How many octaves of q have cells, and how many cells each.
const OCTAVES: u16 = 16;
const PER_OCTAVE: u16 = 1 << 9;
/// The bits of q that do not number the cell: 52 of the fraction, less 9.
const REST: u32 = 43;
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

/// x = at + slope · q.
#[derive(Clone, Copy, Debug)]
struct Line {
    at: f64,
    slope: f64,
}

impl Table {
    /// The table of a delay. Takes some 4,000 exact quantiles, a few hundredths of a second.
    pub fn of(delay: &Delay) -> Self {
        let bends = delay.bends();
        let mut table = Self {
            cells: Vec::with_capacity(usize::from(OCTAVES * PER_OCTAVE)),
            pieces: Vec::new(),
            exact: delay.clone(),
        };
        let (mut high, mut x_of_high) = (1.0, delay.upper_quantile(1.0));
        for cell in 1..=OCTAVES * PER_OCTAVE {
            let low = f64::from_bits(1.0_f64.to_bits() - (u64::from(cell) << REST));
            let x_of_low = delay.upper_quantile(low);
            let inside: Vec<f64> = bends
                .iter()
                .copied()
                .filter(|bend| (low..=high).contains(bend))
                .collect();
            if inside.is_empty() {
                let line = Line::through((high, x_of_high), (low, x_of_low));
                table.cells.push(line);
            } else {
                table.cells.push(Line::NONE);
                table.split(high, low, &inside);
            }
            (high, x_of_high) = (low, x_of_low);
        }
        table
    }

    /// The length, in ms, that is exceeded with probability `q`; `q` in (0, 1].
    #[inline(always)]
    pub fn upper_quantile(&self, q: f64) -> f64 {
        let cell = 1.0_f64.to_bits().wrapping_sub(q.to_bits()) >> REST;
        if let Some(line) = usize::try_from(cell)
            .ok()
            .and_then(|cell| self.cells.get(cell))
        {
            let x = line.x(q);
            if !x.is_nan() {
                return x;
            }
        }
        self.rare(q)
    }

    /// A delay in ms. Draws one number, and takes it as [`Delay::sample`] does: from the same
    /// stream both give the same delay, but for the error of the table.
    #[inline(always)]
    pub fn sample(&self, random: &mut Random) -> f64 {
        // The same number as 1 − `Random::unit`, made without an unsigned conversion, which
        // WebAssembly is slow at.
        let below = (1_u64 << 53) - (random.next_u64() >> 11);
        self.upper_quantile(below.cast_signed() as f64 / (1_u64 << 53) as f64)
    }

    /// Cuts the cell from `high` down to `low` at its bends. The ends of a piece are taken a little
    /// inside it, because the quantile may jump at the bend itself.
    fn split(&mut self, high: f64, low: f64, bends: &[f64]) {
        const INSIDE: f64 = 1e-6;
        let mut from = high;
        for to in bends.iter().copied().chain([low]) {
            let width = (from - to) / f64::from(PER_PIECE);
            for piece in 0..PER_PIECE {
                let top = from - f64::from(piece) * width;
                let (a, b) = (top - INSIDE * width, top - (1.0 - INSIDE) * width);
                let ends = [a, b].map(|q| (q, self.exact.upper_quantile(q)));
                let last = piece + 1 == PER_PIECE;
                let low = if last { to } else { top - width };
                self.pieces.push((low, Line::through(ends[0], ends[1])));
            }
            from = to;
        }
    }

    /// A cell that is split, or beyond the last.
    #[cold]
    fn rare(&self, q: f64) -> f64 {
        let last = self.cells.len();
        let cell = 1.0_f64.to_bits().wrapping_sub(q.to_bits()) >> REST;
        let piece = usize::try_from(cell)
            .ok()
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
