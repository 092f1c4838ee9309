//! The picture of the lab `hash-ring`.

use leptos::prelude::*;

use crate::kit::deck::Player;
use crate::kit::shell::Shell;
use crate::sim::hash_ring::HashRing;

/// The lab, opened with a run.
#[must_use]
pub fn view(run: &str, caption: AnyView) -> AnyView {
    let player = Player::<HashRing>::open(run);
    view! {
        <Shell deck=player.deck caption stage=().into_any()>
            ""
        </Shell>
    }
    .into_any()
}
