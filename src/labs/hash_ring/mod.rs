//! The picture of the lab `hash-ring`: the ring with its keys, what each node has to carry, and the
//! same keys under every scheme.

mod circle;
mod comparison;
mod controls;
mod loads;
mod moment;
mod stage;
mod work;

use leptos::prelude::*;

use crate::kit::deck::{Deck, Player};
use crate::kit::shared::Shared;
use crate::kit::shell::Shell;
use crate::sim::hash_ring::HashRing;
use comparison::Comparison;
use controls::{Controls, KeyField};
use loads::{LoadTable, Loads};
use moment::Moment;
use stage::Ring;
use work::Work;

/// The lab, opened with a run.
#[must_use]
pub fn view(run: &str, caption: AnyView) -> AnyView {
    let player = Player::<HashRing>::open(run);
    let deck = player.deck;
    let moment = moment::at_cursor(player);
    let work = Work::on(moment);
    view! {
        <Shell deck caption stage=view! { <Stage deck moment /> }.into_any()>
            <Panels deck moment work />
        </Shell>
    }
    .into_any()
}

/// The ring, what can be done to it, and what has just moved.
#[component]
fn Stage(deck: Deck, moment: Memo<Shared<Moment>>) -> impl IntoView {
    let key = RwSignal::new(0_u32);
    let said = move || moment.with(|moment| moment.sentence());
    let advice = move || {
        moment.with(|moment| {
            if circle::has_arcs(moment.setting.scheme) {
                "A key belongs to the first point clockwise from its hash: an arc has the colour of its node, the short lines inside are keys. What the last change moved is marked outside."
            } else {
                "Each line is a key at its hash, with the colour of its node; longer ones have just moved. This scheme has no arcs: a node’s keys lie anywhere."
            }
        })
    };
    view! {
        <figure class="panel ring-stage">
            <Ring deck moment key />
            <div class="ring-side">
                <p class="ring-said"><strong>{said}</strong></p>
                <Controls deck moment />
                <KeyField moment key />
                <figcaption>{advice}</figcaption>
            </div>
        </figure>
    }
}

/// What the nodes carry, and the schemes beside each other.
#[component]
fn Panels(deck: Deck, moment: Memo<Shared<Moment>>, work: Work) -> impl IntoView {
    view! {
        <figure class="panel panel-wide">
            <figcaption>
                <strong>"Keys on each node. "</strong>
                "Against the mean, with the band in which theory expects two nodes of three; where keys are unevenly popular, requests stand beside as outlines."
            </figcaption>
            <Loads deck moment work />
        </figure>
        <section class="panel panel-wide">
            <p class="panel-title">"The same keys under every scheme"</p>
            <Comparison moment work />
        </section>
        <details class="panel panel-wide panel-fold">
            <summary>"The numbers, node by node"</summary>
            <LoadTable work />
        </details>
    }
}
