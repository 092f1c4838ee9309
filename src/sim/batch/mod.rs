//! Many runs: what a lab does in thousands of runs, as plots and tables, with a run behind every
//! point.
//!
//! A [`Batch`] advances in slices, so that whoever drives it (a web worker, the command line, a
//! test) can show what there is so far and stop at any time. What it has found does not depend on
//! how it was sliced.

mod bench;
mod figures;
mod hunt;
mod message;
mod seeds;
mod sweep;
mod tally;
#[cfg(test)]
mod tests;

pub use bench::{Bench, Clock};
pub use figures::{Bin, Curve, Figures, Hunted, Mark, Outcome, Plot, Point, Table};
pub use hunt::Hunt;
pub use message::{Job, Report, Request, Work};
pub use seeds::Seeds;
pub use sweep::Sweep;

use std::fmt::Debug;

/// Many runs in the making.
pub trait Batch: Debug + Send {
    /// What is studied, a few words for a button. Read when the page is made, so making a batch
    /// has to be cheap.
    fn title(&self) -> String {
        "all seeds".to_owned()
    }

    /// How many runs there will be in all.
    fn total(&self) -> u64;

    /// How many have been made.
    fn done(&self) -> u64;

    /// Makes that many more, or as many as are left. Whoever drives it chooses the number by the
    /// time that the ones before took, so it may be one or millions.
    fn advance(&mut self, runs: u64);

    /// What they show so far.
    fn figures(&self) -> Figures;
}
