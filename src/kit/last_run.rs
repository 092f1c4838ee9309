//! The run with which a lab was left: kept, and offered when the lab is opened again.
//!
//! A lab opens as its chapter says, so that text and picture agree; the reader's own run is one
//! click away.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use leptos::prelude::*;

use super::deck::Deck;
use super::study;
use crate::sim::{Run, link};

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
        let link =
            study::with_untracked(|document| document.runs.text(deck.lab.id).map(str::to_owned));
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
    let unkept = Unkept::new(deck.lab.id);
    let (on_change, on_leave, on_end) = (unkept.clone(), unkept.clone(), unkept);
    Effect::new(move |_| {
        let plan = deck.plan();
        if deck.playing.get() || plan.same_history(&of_chapter) {
            return;
        }
        let cursor = deck.at_untracked();
        on_change.set(link::encode(&Run { cursor, ..plan }));
        let later = on_change.clone();
        set_timeout(move || later.keep(), PAUSE);
    });
    Effect::new(move |_| {
        let unkept = on_leave.clone();
        let leave = window_event_listener(leptos::ev::pagehide, move |_| {
            unkept.keep();
            study::write_now();
        });
        on_cleanup(move || leave.remove());
    });
    on_cleanup(move || on_end.keep());
}

/// The link that is to be kept. It needs nothing of the lab, which may have left the page.
#[derive(Clone)]
struct Unkept {
    lab: &'static str,
    link: Arc<Mutex<Option<String>>>,
}

impl Unkept {
    fn new(lab: &'static str) -> Self {
        let link = Arc::default();
        Self { lab, link }
    }

    fn set(&self, link: String) {
        if let Ok(mut kept) = self.link.lock() {
            *kept = Some(link);
        }
    }

    fn keep(&self) {
        let link = self.link.lock().ok().and_then(|mut link| link.take());
        if let Some(link) = link {
            study::change(|document, now| document.leave_lab(self.lab, &link, now));
        }
    }
}
