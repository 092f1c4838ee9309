//! What happened, in sentences: beside the picture, and aloud.

use leptos::prelude::*;

use super::deck::Deck;

/// So many events before the current one are listed; earlier ones are counted.
const LISTED: usize = 200;

/// The event log. A click on a sentence goes to its moment.
#[component]
pub fn EventLog(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    // The cursor moves with every frame, this only with an event.
    let count = Memo::new(move |_| deck.count());
    let listed = Memo::new(move |_| (count.get().saturating_sub(LISTED), count.get()));
    let lines = move || {
        let (from, to) = listed.get();
        deck.tape.with(|tape| {
            (from..to)
                .rev()
                .filter_map(|index| {
                    Some(Line {
                        index,
                        at: tape.when(index)?,
                        sentence: tape.sentence(index)?,
                    })
                })
                .collect::<Vec<_>>()
        })
    };
    let cut_short = move || {
        deck.tape
            .with(|tape| tape.cut_short())
            .then_some("This run has more events than can be shown; it is stopped here.")
    };
    let empty = move || (listed.get().1 == 0).then_some("Nothing has happened yet.");
    view! {
        <p class="muted">{empty} {cut_short}</p>
        <ol class="lab-log" tabindex="0" aria-label="What happened, newest first">
            <For each=lines key=Line::key let:line>
                <LineView deck count line />
            </For>
        </ol>
    }
}

/// A line of the log.
#[derive(Clone, Debug)]
struct Line {
    index: usize,
    at: crate::sim::Micros,
    sentence: String,
}

impl Line {
    /// Another run may have another sentence at the same place.
    fn key(&self) -> (usize, u64, String) {
        (self.index, self.at.0, self.sentence.clone())
    }
}

#[component]
fn LineView(deck: Deck, count: Memo<usize>, line: Line) -> impl IntoView {
    let at = line.at;
    let is_current = move || (count.get() == line.index + 1).then_some("true");
    let go = move |_| {
        deck.playing.set(false);
        deck.go_to(at);
    };
    view! {
        <li aria-current=is_current>
            <button type="button" on:click=go>
                <span class="log-time">{at.to_string()}</span>
                " "
                <span class="log-sentence">{line.sentence}</span>
            </button>
        </li>
    }
}

/// What a screen reader hears when the reader steps.
#[component]
pub fn Said(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    view! {
        <p class="lab-said visually-hidden" role="status">{move || deck.said.get()}</p>
    }
}
