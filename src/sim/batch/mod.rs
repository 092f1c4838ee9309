//! Many runs: what a lab does in thousands of runs, as plots and tables, with a run behind every
//! point.
//!
//! A [`Batch`] advances in slices, so that whoever drives it (a web worker, the command line, a
//! test) can show what there is so far and stop at any time. What it has found does not depend on
//! how it was sliced.

mod figures;
mod seeds;

pub use figures::{Bin, Curve, Figures, Mark, Plot, Point, Table};
pub use seeds::{Seeds, Sweep};

use std::fmt::Debug;

/// Many runs in the making.
pub trait Batch: Debug + Send {
    /// How many runs there will be in all.
    fn total(&self) -> u64;

    /// How many have been made.
    fn done(&self) -> u64;

    /// Makes some more: about so many milliseconds' work on a slow machine divided by ten, but at
    /// least one run. Does nothing once all are made.
    fn advance(&mut self, runs: u64);

    /// What they show so far.
    fn figures(&self) -> Figures;
}
