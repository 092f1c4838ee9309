//! What the world promises, and whether it has kept it so far.

use leptos::prelude::*;

use super::deck::Deck;
use crate::sim::{Micros, Verdict};

/// One line for each promise.
#[component]
pub fn Verdicts(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let count = deck.tape.with_untracked(|tape| tape.verdicts.len());
    let lines = (0..count)
        .map(|index| view! { <VerdictLine deck index /> })
        .collect_view();
    view! { <ul class="lab-verdicts" aria-label="What is promised">{lines}</ul> }
}

#[component]
fn VerdictLine(deck: Deck, index: usize) -> impl IntoView {
    let verdict = Memo::new(move |_| deck.tape.with(|tape| tape.verdicts.get(index).cloned()));
    let name = move || verdict.get().map(|verdict| verdict.name);
    let promise = move || verdict.get().map(|verdict| verdict.promise);
    let id = verdict.get_untracked().map(|verdict| verdict.id);
    let broken = Memo::new(move |_| {
        let at = deck.at();
        verdict.with(|verdict| breach(verdict.as_ref()?, at))
    });
    let word = move || {
        if broken.get().is_some() {
            "broken"
        } else {
            "holds"
        }
    };
    let sentence = move || broken.get().map(|(_, sentence)| sentence);
    let show = move |_| {
        if let Some((at, _)) = broken.get_untracked() {
            deck.playing.set(false);
            deck.go_to(at);
        }
    };
    view! {
        <li data-property=id data-broken=move || broken.get().is_some().to_string()>
            <p class="verdict-name" title=promise>
                {name} ": " <strong>{word}</strong>
            </p>
            <div class="verdict-why" hidden=move || broken.get().is_none()>
                <p>{sentence}</p>
                <button type="button" on:click=show>"Show me"</button>
            </div>
        </li>
    }
}

/// When the promise was broken and how, if that has happened by now.
fn breach(verdict: &Verdict, now: Micros) -> Option<(Micros, String)> {
    let (at, broken) = verdict.broken.as_ref()?;
    (*at <= now).then(|| (*at, broken.sentence.clone()))
}
