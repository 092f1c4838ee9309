//! The picture of the lab `logical-clocks`: a space-time diagram that the reader draws, what two of
//! its events have to do with each other, what stamps make of all pairs, stamping by hand, and logs.

mod compare;
mod desk;
mod diagram;
mod editor;
mod fill_in;
mod form;
mod geometry;
mod logs;

use leptos::prelude::*;

use crate::kit::deck::Player;
use crate::kit::shell::Shell;
use crate::sim::logical_clocks::LogicalClocks;
use compare::{Pair, Pairs};
use desk::Desk;
use editor::Editor;
use fill_in::FillIn;
use form::{Add, Picked};
use logs::Logs;

/// The lab, opened with a run.
#[must_use]
pub fn view(run: &str, caption: AnyView) -> AnyView {
    let desk = Desk::of(Player::<LogicalClocks>::open(run));
    view! {
        <Shell deck=desk.deck() caption stage=view! { <Stage desk /> }.into_any()>
            <Panels desk />
        </Shell>
    }
    .into_any()
}

/// The diagram and what is said of the events picked in it.
#[component]
fn Stage(desk: Desk) -> impl IntoView {
    view! {
        <figure class="panel" data-filling=move || desk.filling.get().to_string()>
            <Editor desk />
            <figcaption class="needs-program">
                "Press on a line to add an event; pull from a line or an event to another line to "
                "send a message; pull an event along its line to move it. Press on two events to compare them."
            </figcaption>
            <Pair desk />
            <Picked desk />
            <Add desk />
        </figure>
    }
}

/// What stamps make of the whole run, and what else can be done with it.
#[component]
fn Panels(desk: Desk) -> impl IntoView {
    view! {
        <section class="panel panel-wide">
            <p class="panel-title">"What each kind of stamp makes of all pairs"</p>
            <Pairs desk />
        </section>
        <section class="panel panel-wide">
            <FillIn desk />
        </section>
        <details class="panel panel-wide panel-fold">
            <summary>"ShiViz logs: load one, save this run as one"</summary>
            <Logs desk />
        </details>
    }
}
