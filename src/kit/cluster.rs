//! Pictures of a cluster, the same for every protocol: nodes with the messages between them, and a
//! space-time diagram.

use leptos::prelude::*;

use super::deck::Player;
use super::shell::Shell;
use crate::sim::protocol::{Cluster, Protocol};

/// A whole lab for a protocol: the shell with both pictures. A lab that has more to show builds its
/// own from [`stage`] and [`diagram`].
#[must_use]
pub fn view<P: Protocol>(run: &str, caption: AnyView) -> AnyView {
    let player = Player::<Cluster<P>>::open(run);
    view! {
        <Shell deck=player.deck caption stage=stage(player)>
            {diagram(player)}
        </Shell>
    }
    .into_any()
}

/// Nodes, and messages travelling between them, at the moment of the cursor.
#[must_use]
pub fn stage<P: Protocol>(player: Player<Cluster<P>>) -> AnyView {
    let words = move || {
        let world = player.world();
        let states = world.node_views().into_iter();
        states
            .map(|node| format!("{}: {}", node.name, node.state))
            .collect::<Vec<_>>()
            .join("; ")
    };
    view! { <p>{words}</p> }.into_any()
}

/// The whole run as a space-time diagram.
#[must_use]
pub fn diagram<P: Protocol>(player: Player<Cluster<P>>) -> AnyView {
    let count = move || player.deck.count();
    view! { <p>{count}</p> }.into_any()
}
