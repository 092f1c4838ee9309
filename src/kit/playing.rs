//! The clock behind the play button.

use std::time::Duration;

use leptos::prelude::*;

use super::browser;
use super::deck::Deck;
use crate::sim::Micros;

/// With reduced motion the run goes from event to event, this far apart.
const CALM_STEP: Duration = Duration::from_millis(900);

/// Moves the run while it plays. To be called once for a deck.
pub fn drive(deck: Deck) {
    Effect::new(move |_| {
        if !deck.playing.get() {
            return;
        }
        if browser::wants_less_motion() {
            calm_step(deck);
        } else {
            frame(deck, browser::milliseconds());
        }
    });
}

/// One frame, and the next one after it.
fn frame(deck: Deck, before: f64) {
    request_animation_frame(move || {
        // The lab may have left the page meanwhile.
        if deck.playing.try_get_untracked() != Some(true) {
            return;
        }
        let now = browser::milliseconds();
        if advance(deck, now - before) {
            frame(deck, now);
        } else {
            deck.playing.set(false);
        }
    });
}

/// Moves the cursor by so many milliseconds of the reader's time; false at the end of the run.
fn advance(deck: Deck, milliseconds: f64) -> bool {
    let end = deck.tape.with_untracked(|tape| tape.end);
    let passed = deck.speed.get_untracked().passes(end, milliseconds);
    let at = deck.at_untracked().plus(passed);
    if at >= end {
        deck.go_to(Micros::END);
        return false;
    }
    deck.go_to(at);
    true
}

fn calm_step(deck: Deck) {
    set_timeout(
        move || {
            if deck.playing.try_get_untracked() != Some(true) {
                return;
            }
            if deck.step() {
                calm_step(deck);
            } else {
                deck.playing.set(false);
            }
        },
        CALM_STEP,
    );
}
