//! The picture of the lab `saga`: the steps and their compensations, who holds what money, the
//! nodes and their messages, and the log that a crash leaves.

mod books;
mod flow;

use leptos::prelude::*;

use crate::kit::cluster;
use crate::kit::deck::Player;
use crate::kit::shell::Shell;
use crate::sim::protocol::Cluster;
use crate::sim::saga::Saga;
use books::{Ledger, LogTable};
use flow::Flows;

/// The lab, opened with a run.
#[must_use]
pub fn view(run: &str, caption: AnyView) -> AnyView {
    let player = Player::<Cluster<Saga>>::open(run);
    view! {
        <Shell deck=player.deck caption stage=view! { <Stage player /> }.into_any()>
            <figure class="panel panel-wide">
                <figcaption>
                    <strong>"Who says what to whom. "</strong>
                    "The nodes, and the messages between them at this moment."
                </figcaption>
                {cluster::stage(player)}
            </figure>
            <figure class="panel panel-wide">
                <figcaption>
                    <strong>"The whole run. "</strong>
                    "Every node is a line, time runs to the right."
                </figcaption>
                {cluster::diagram(player)}
            </figure>
            <section class="panel panel-wide">
                <p class="panel-title">"The orchestrator’s log, which outlives a crash"</p>
                <LogTable player />
            </section>
        </Shell>
    }
    .into_any()
}

/// A run of this lab.
type Run = Player<Cluster<Saga>>;

/// The orders' steps, and the services' books.
#[component]
fn Stage(player: Run) -> impl IntoView {
    view! {
        <figure class="panel">
            <Flows player />
            <Ledger player />
            <figcaption>
                <strong>"Forward above, backward below. "</strong>
                "Each Tⱼ is a transaction of one service, committed on its own; each Cⱼ takes it back. "
                "The last step has no compensation: with it the order is complete."
            </figcaption>
        </figure>
    }
}
