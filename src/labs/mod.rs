//! One view per simulation, and the one list of them.

#[cfg(not(target_arch = "wasm32"))]
pub mod catalog;
pub mod clock_skew;
pub mod hash_ring;
pub mod logical_clocks;
pub mod quorum;
pub mod saga;

use leptos::prelude::*;

use crate::kit::compare::Picture;
use crate::sim::{self, link};

/// Draws a lab that opens with a run, with a caption under its title.
type View = fn(&str, AnyView) -> AnyView;

/// A new lab adds its row here, and its `mod` line above.
const VIEWS: &[(&str, View)] = &[
    ("clock-skew", clock_skew::view),
    ("logical-clocks", logical_clocks::view),
    ("quorum", quorum::view),
    ("hash-ring", hash_ring::view),
    ("saga", saga::view),
];

/// The view of a lab that opens with this run (`scenario=fast-clock;seed=7`).
#[must_use]
pub fn view(lab: &str, run: &str, caption: AnyView) -> AnyView {
    match VIEWS.iter().find(|(id, _)| *id == lab) {
        Some((_, view)) => {
            provide_context(Picture(*view));
            view(run, caption)
        }
        // The book's build refuses a chapter that names a lab which is not there.
        None => ().into_any(),
    }
}

/// A number of a lab's run, computed by running it.
#[must_use]
pub fn probe(lab: &str, run: &str, probe: &str) -> Option<i64> {
    let lab = sim::lab(lab)?;
    lab.engine.probe(&link::decode(lab, run).run, probe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_simulation_has_a_view_of_its_name() {
        let simulated: Vec<_> = sim::labs().iter().map(|lab| lab.id).collect();
        let drawn: Vec<_> = VIEWS.iter().map(|(id, _)| *id).collect();
        assert_eq!(simulated, drawn);
    }
}
