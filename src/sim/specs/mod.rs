//! Published specifications as protocols, at the same level of abstraction, so that the search can
//! be held to their published numbers of states. They are no labs: nothing in them takes time.

mod mutex;
mod t_commit;
mod two_phase;

pub use mutex::Mutex;
pub use t_commit::TCommit;
pub use two_phase::TwoPhase;

use super::lab::Lab;

/// All of them.
pub static SPECS: &[&Lab] = &[&two_phase::LAB, &t_commit::LAB, &mutex::LAB];
