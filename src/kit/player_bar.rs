//! The player: start, back, play, step, end, the scrubber, the clock, the speed.

use leptos::prelude::*;

use super::deck::{Deck, Speed};
use crate::sim::Micros;

// The signs of the buttons, drawn: the characters for them are missing from many fonts, and coloured
// pictures in others. Paths in a square of 16 units.
const START: &str = "M14 3v10L9 8zM9 3v10L4 8zM2 3h2v10H2z";
const BACK: &str = "M13 3v10L6 8zM3 3h2v10H3z";
const PLAY: &str = "M4 2v12l10-6z";
const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";
const STEP: &str = "M3 3v10l7-5zM11 3h2v10h-2z";
const END: &str = "M2 3v10l5-5zM7 3v10l5-5zM12 3h2v10h-2z";

/// The bar below a lab's picture.
#[component]
pub fn PlayerBar(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let playing = move || deck.playing.get();
    let word = move || if playing() { "Pause" } else { "Play" };
    let sign = move || if playing() { PAUSE } else { PLAY };
    view! {
        <div class="lab-player needs-program" role="group" aria-label="Player">
            <div class="lab-buttons">
                <button type="button" data-do="start" aria-label="To the start" on:click=move |_| deck.to_start()>{icon(|| START)}</button>
                <button type="button" data-do="back" aria-label="Back one event" on:click=move |_| deck.back()>{icon(|| BACK)}</button>
                <button type="button" data-do="play" aria-label=word on:click=move |_| deck.toggle()>{icon(sign)}</button>
                <button type="button" data-do="step" aria-label="On to the next event" on:click=move |_| step(deck)>{icon(|| STEP)}</button>
                <button type="button" data-do="end" aria-label="To the end" on:click=move |_| deck.to_end()>{icon(|| END)}</button>
            </div>
            <Scrubber deck />
            <Place deck />
            <SpeedMenu deck />
        </div>
    }
}

/// A button's sign; its name stands at the button.
fn icon(path: impl Fn() -> &'static str + Send + Sync + 'static) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=path />
        </svg>
    }
}

fn step(deck: Deck) {
    deck.playing.set(false);
    deck.step();
}

#[component]
fn Scrubber(deck: Deck) -> impl IntoView {
    let at = move || deck.at().0.to_string();
    let end = move || deck.tape.with(|tape| tape.end.0.to_string());
    let change = move |event: leptos::ev::Event| {
        if let Ok(at) = event_target_value(&event).parse() {
            deck.playing.set(false);
            deck.go_to(Micros(at));
        }
    };
    view! {
        <input
            class="scrub"
            type="range"
            aria-label="Moment of the run"
            min="0"
            max=end
            step="1"
            value=untrack(at)
            prop:value=at
            aria-valuetext=move || deck.at().to_string()
            on:input=change
        />
    }
}

/// Where the reader is: the moment, and how many events have happened.
#[component]
fn Place(deck: Deck) -> impl IntoView {
    let events = move || {
        let all = deck.tape.with(|tape| tape.count());
        format!("event {} of {all}", deck.count())
    };
    view! {
        <p class="lab-moment">
            <span class="lab-clock">{move || deck.at().to_string()}</span>
            " "
            <span class="muted">{events}</span>
        </p>
    }
}

#[component]
fn SpeedMenu(deck: Deck) -> impl IntoView {
    let items = Speed::ALL
        .into_iter()
        .map(|speed| {
            let is_chosen = move || deck.speed.get() == speed;
            view! {
                <option selected=untrack(is_chosen) prop:selected=is_chosen>
                    {speed.label()}
                </option>
            }
        })
        .collect_view();
    let change = move |event: leptos::ev::Event| {
        let wanted = event_target_value(&event);
        if let Some(speed) = Speed::ALL
            .into_iter()
            .find(|speed| speed.label() == wanted.trim())
        {
            deck.speed.set(speed);
        }
    };
    view! {
        <label class="lab-speed">
            "Speed "
            <select data-set="speed" on:change=change>{items}</select>
        </label>
    }
}
