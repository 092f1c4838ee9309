//! The protocols under a model checker: the rules that are animated keep their promises in every
//! state that can be reached within stated bounds, and the book's own search finds the same states.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod model;
mod published;

use happens_before::sim::protocol::Protocol;
use happens_before::sim::search::{Explore as _, Finding, Limits, Search};
use happens_before::sim::{Lab, Micros, Run};
use model::Checked;
use stateright::{Checker as _, Model as _};

/// The lab's default run with some settings, looked at once all nodes have begun.
fn run(lab: &'static Lab, settings: &[(&str, i64)]) -> Run {
    let mut run = Run::of(lab);
    for (parameter, value) in settings {
        run.config.set(parameter, *value).unwrap();
    }
    run.cursor = Micros(100);
    run
}

/// Searches to the end.
fn search<P: Protocol>(run: &Run, limits: Limits) -> Search<P> {
    let mut search = Search::<P>::new(run, None, limits);
    while search.finding() == Finding::Searching {
        search.advance(10_000);
    }
    search
}

/// The search and Stateright find the same number of states, and both find every promise kept.
fn agree<P: Protocol>(run: &Run, limits: Limits) {
    let own = search::<P>(run, limits);
    assert_eq!(own.finding(), Finding::Holds);
    let checker = Checked::<P>::new(run, limits).checker().spawn_bfs().join();
    checker.assert_properties();
    assert_eq!(own.states(), checker.unique_state_count());
}
