//! The statistics of partial quorums: how stale a read may be, and what freshness costs.
//!
//! After Bailis, Venkataraman, Franklin, Hellerstein and Stoica, *Probabilistically Bounded
//! Staleness for Practical Partial Quorums*, VLDB 2012. [`delay`] and [`mod@model`] are the delays,
//! [`table`] draws them fast, [`wars`] is one write and one read, [`study`] millions of them,
//! [`histogram`] and [`estimate`] what they come to, [`sweep`] the authors' own way of measuring,
//! [`k_staleness`] the closed form without time.

pub mod delay;
pub mod estimate;
pub mod histogram;
pub mod k_staleness;
pub mod model;
pub mod study;
pub mod sweep;
pub mod table;
pub mod wars;

pub use delay::{Delay, Shape};
pub use estimate::Estimate;
pub use histogram::{Bin, Histogram, Summed};
pub use model::{Delays, MODELS, Model, model};
pub use study::{Outcome, Quorums, Setting, Study, Unlike, trial_seed};
pub use sweep::Sweep;
pub use table::{SparseTable, Table};
pub use wars::{MOST, Sampler, Trial};

#[cfg(test)]
mod tests;
