//! The run with which a lab was left: kept, and offered when the lab is opened again.
//!
//! A lab opens as its chapter says, so that text and picture agree; the reader's own run is one
//! click away.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use leptos::prelude::*;

use super::deck::Deck;
use super::study;
use crate::sim::link;

/// A change of the run is kept after this time.
const PAUSE: Duration = Duration::from_secs(1);

/// The button that opens the kept run, where there is one that differs from the run on the page. Its
/// place is kept for it, so that nothing moves when it comes.
#[component]
pub fn LastRun(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let kept = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        study::open();
        let link = study::with_untracked(|document| document.runs.value(deck.lab.id).cloned());
        kept.set(link.filter(|link| link::lab_id(link) == Some(deck.lab.id)));
    });
    keep(deck);
    let is_offered = Memo::new(move |_| {
        kept.with(|kept| match kept {
            Some(kept) => !link::decode(deck.lab, kept).run.same_history(&deck.plan()),
            None => false,
        })
    });
    let open = move |_| {
        if let Some(link) = kept.get_untracked() {
            deck.open_link(&link);
            deck.say("Your last run is open.");
        }
    };
    view! {
        <button
            type="button"
            data-do="last-run"
            class="last-run"
            class:is-offered=move || is_offered.get()
            on:click=open
        >
            "Your last run"
        </button>
    }
}

/// Keeps the run whenever it has changed and does not play, unless it is the chapter's own.
fn keep(deck: Deck) {
    let of_chapter = deck.whole_run_untracked();
    let id = deck.lab.id;
    let unkept = Arc::new(Mutex::new(None::<String>));
    let take = move || {
        let link = unkept.lock().ok().and_then(|mut unkept| unkept.take());
        if let Some(link) = link {
            study::change(|document, now| document.leave_lab(id, &link, now));
        }
    };
    Effect::new({
        let take = take.clone();
        move |before: Option<bool>| {
            let plan = deck.plan();
            if deck.playing.get() || plan.same_history(&of_chapter) {
                return before.unwrap_or_default();
            }
            true
        }
    });
}
