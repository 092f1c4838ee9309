//! Pictures of a cluster, the same for every protocol: nodes with the messages between them, and a
//! space-time diagram.
//!
//! Only this file knows the protocol's type. What it hands on has lost it, so the pictures are
//! compiled once.

mod place;
mod record;
mod stage;
mod words;

use leptos::prelude::*;

use super::deck::Player;
use super::present::present;
use super::shared::Shared;
use super::shell::Shell;
use super::space_time::SpaceTime;
use crate::sim::Micros;
use crate::sim::protocol::{Cluster, Protocol, Story, losses};
use stage::{Film, Stage};

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
    let present = present(player);
    let story = story(player);
    let film = Film {
        scene: Memo::new(move |_| {
            let scene = present.with(|present| present.world.scene());
            Shared::new(scene)
        }),
        links: Memo::new(move |_| Shared::new(story.with(|story| story.links()))),
        restarts: Memo::new(move |_| Shared::new(story.with(|story| story.restarts()))),
        losses: Memo::new(move |_| {
            let until = present.with(|present| present.from);
            Shared::new(player.history.with(|history| {
                let after = until.minus(stage::linger(history.end()).plus(Micros(1)));
                losses(history, after, until)
            }))
        }),
    };
    view! { <Stage deck=player.deck film /> }.into_any()
}

/// The whole run as a space-time diagram.
#[must_use]
pub fn diagram<P: Protocol>(player: Player<Cluster<P>>) -> AnyView {
    let story = story(player);
    let diagram = Memo::new(move |_| Shared::new(story.with(|story| record::diagram(story))));
    let label = Signal::derive(move || story.with(|story| record::in_words(story)));
    view! {
        <figure class="panel panel-wide">
            <SpaceTime deck=player.deck diagram label />
            <figcaption>
                <strong>"Who knew what when. "</strong>
                "Left to right is true time. A line falls or rises from the sending of a message to "
                "its arrival; answers are dashed, and a cross ends what was lost."
            </figcaption>
        </figure>
    }
    .into_any()
}

fn story<P: Protocol>(player: Player<Cluster<P>>) -> Memo<Shared<Story>> {
    Memo::new(move |_| Shared::new(player.history.with(|history| Story::of(history))))
}
