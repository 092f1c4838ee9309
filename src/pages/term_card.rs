//! The card with a term's glossary entry, shown over the text where a term is pointed at, has the
//! focus, or is tapped.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::library::{Library, Shelf};
use super::markup::Block;
use crate::book::GlossaryEntry;
use crate::kit::browser::{self, closest, target};

/// The class of links to terms, as the book's build writes them.
const TERM: &str = "a.term";
/// The id of the card, for the link that it explains.
const CARD: &str = "term-card";
/// How wide the card is at most, how much room it may need, and how far it stays from the edge,
/// in pixels; `style/pages.css` has the width too.
const WIDTH: f64 = 352.0;
const ROOM: f64 = 240.0;
const EDGE: f64 = 8.0;

/// The term whose card is shown.
#[derive(Clone, Debug, PartialEq)]
struct Pointed {
    /// The concept's id.
    id: String,
    /// Where the link leads, from the site's root.
    address: String,
    /// Where the card stands in the window, in pixels.
    left: f64,
    top: f64,
    /// Below the term, or above it.
    is_below: bool,
}

/// One for the whole app.
#[component]
pub fn TermCard() -> impl IntoView {
    let library = StoredValue::new(expect_context::<Library>());
    let pointed = RwSignal::new(None::<Pointed>);
    Effect::new(move |_| watch(pointed));
    let entry = move || {
        let pointed = pointed.get()?;
        let Shelf::Here(entries) = library.with_value(Library::glossary) else {
            return None;
        };
        let entry = find(&entries, &pointed.id)?;
        Some(view! { <Card pointed entry /> })
    };
    view! { <div class="term-card-place" aria-live="off">{entry}</div> }
}

fn find(entries: &Arc<Vec<GlossaryEntry>>, id: &str) -> Option<GlossaryEntry> {
    entries.iter().find(|entry| entry.id == id).cloned()
}

#[component]
fn Card(pointed: Pointed, entry: GlossaryEntry) -> impl IntoView {
    view! {
        <div
            class="term-card"
            class:term-card-above=!pointed.is_below
            id=CARD
            role="tooltip"
            style:left=format!("{}px", pointed.left)
            style:top=format!("{}px", pointed.top)
        >
            <Block markup=entry.text />
            <p class="muted"><a href=pointed.address tabindex="-1">"Where it is explained"</a></p>
        </div>
    }
}

/// Listens to the whole window: terms stand in finished HTML, which has no listeners.
fn watch(pointed: RwSignal<Option<Pointed>>) {
    let by_touch = StoredValue::new(false);
    let down = window_event_listener(ev::pointerdown, move |event| {
        by_touch.set_value(event.pointer_type() == "touch");
    });
    let over = window_event_listener(ev::pointerover, move |event| {
        let target = target(&event).filter(|_| event.pointer_type() != "touch");
        let Some(target) = target else { return };
        match closest(&target, TERM) {
            Some(link) => show(pointed, &link),
            None if closest(&target, ".term-card").is_some() => {}
            None => hide(pointed),
        }
    });
    let focus = window_event_listener(ev::focusin, move |event| {
        let link = target(&event).and_then(|target| closest(&target, TERM));
        if let Some(link) = link.filter(|_| !by_touch.get_value()) {
            show(pointed, &link);
        }
    });
    let blur = window_event_listener(ev::focusout, move |_| hide(pointed));
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            hide(pointed);
        }
    });
    // The card stays at its term; when that has left the window, it goes.
    let scroll = window_event_listener(ev::scroll, move |_| match described() {
        Some(link) if is_in_window(&link) => show(pointed, &link),
        _ => hide(pointed),
    });
    browser::before("click", move |event| {
        let target = target(event);
        let link = target.as_ref().and_then(|target| closest(target, TERM));
        let Some(link) = link.filter(|_| by_touch.get_value()) else {
            return hide(pointed);
        };
        // The first tap asks what the word means, the second one follows it.
        let is_shown = pointed.with_untracked(|shown| {
            let address = link.get_attribute("href");
            shown.as_ref().map(|shown| &shown.address) == address.as_ref()
        });
        if !is_shown {
            event.prevent_default();
            show(pointed, &link);
        }
    });
    on_cleanup(move || {
        down.remove();
        over.remove();
        focus.remove();
        blur.remove();
        escape.remove();
        scroll.remove();
    });
}

/// The link that the card explains.
fn described() -> Option<web_sys::Element> {
    let described = document().query_selector(&format!("[aria-describedby={CARD}]"));
    described.ok().flatten()
}

fn is_in_window(link: &web_sys::Element) -> bool {
    let place = link.get_bounding_client_rect();
    place.bottom() > 0.0 && place.top() < browser::window_size().1
}

fn hide(pointed: RwSignal<Option<Pointed>>) {
    if let Some(link) = described() {
        let _ = link.remove_attribute("aria-describedby");
    }
    if pointed.with_untracked(Option::is_some) {
        pointed.set(None);
    }
}

fn show(pointed: RwSignal<Option<Pointed>>, link: &web_sys::Element) {
    let address = link.get_attribute("href").unwrap_or_default();
    let Some((_, id)) = address.split_once('#') else {
        return;
    };
    let place = link.get_bounding_client_rect();
    let (width, height) = browser::window_size();
    let is_below = place.bottom() + ROOM < height || place.top() < ROOM;
    let shown = Pointed {
        id: id.to_owned(),
        left: place.left().min(width - WIDTH - EDGE).max(EDGE),
        top: if is_below {
            place.bottom()
        } else {
            place.top()
        },
        is_below,
        address,
    };
    if pointed.with_untracked(|before| before.as_ref() == Some(&shown)) {
        return;
    }
    if described().as_ref() != Some(link) {
        hide(pointed);
        let _ = link.set_attribute("aria-describedby", CARD);
    }
    pointed.set(Some(shown));
}
