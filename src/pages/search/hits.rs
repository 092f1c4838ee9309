//! The list of what was found, in groups.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::desk::Answer;
use super::mark::Sought;
use super::{LIST, option_id};
use crate::book::search::{Group, Hit, Kind, Piece};

/// The list. It is there, empty, while nothing is found: the field names it.
#[component]
pub(super) fn Hits(
    answer: RwSignal<Option<Answer>>,
    active: RwSignal<Option<usize>>,
    follow: Callback<Sought>,
) -> impl IntoView {
    let groups = move || {
        let answer = answer.get()?;
        let mut first = 0;
        let group = |group: &Group| {
            let from = first;
            first += group.hits.len();
            view! { <GroupView group=group.clone() from active follow /> }
        };
        Some(answer.groups.iter().map(group).collect_view())
    };
    view! {
        <div class="search-hits" id=LIST role="listbox" aria-label="What was found">
            {groups}
        </div>
    }
}

/// The hits of a kind; the first of them has the number `from`.
#[component]
fn GroupView(
    group: Group,
    from: usize,
    active: RwSignal<Option<usize>>,
    follow: Callback<Sought>,
) -> impl IntoView {
    let Group { kind, total, hits } = group;
    let name = word(kind);
    let count = match hits.len() {
        shown if shown < total => format!("{shown} of {total}"),
        shown => shown.to_string(),
    };
    let hits = hits
        .into_iter()
        .zip(from..)
        .map(|(hit, number)| view! { <HitView hit number active follow /> })
        .collect_view();
    view! {
        <div role="group" aria-label=name>
            <p class="search-kind" aria-hidden="true">{name} " · " {count}</p>
            {hits}
        </div>
    }
}

#[component]
fn HitView(
    hit: Hit,
    number: usize,
    active: RwSignal<Option<usize>>,
    follow: Callback<Sought>,
) -> impl IntoView {
    let is_active = move || active.get() == Some(number);
    let words = StoredValue::new(hit.words);
    let go = move |event: ev::MouseEvent| {
        // Into another tab or window: this page stays as it is.
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
            return;
        }
        let link = event.current_target();
        let link = link.and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok());
        if let Some(link) = link {
            follow.run(Sought {
                path: link.pathname(),
                anchor: link.hash().trim_start_matches('#').to_owned(),
                words: words.get_value(),
            });
        }
    };
    let of =
        (!hit.of.is_empty()).then(|| view! { <span class="search-of">{pieces(hit.of)}</span> });
    view! {
        <a
            class="search-hit"
            role="option"
            tabindex="-1"
            id=option_id(number)
            aria-selected=move || is_active().to_string()
            href=hit.address
            on:click=go
        >
            <span class="search-title">{pieces(hit.title)}</span>
            " "
            {of}
            <span class="search-sentence">{pieces(hit.sentence)}</span>
        </a>
    }
}

/// Text, with what was looked for marked.
fn pieces(pieces: Vec<Piece>) -> Vec<AnyView> {
    let piece = |Piece(is_word, text): Piece| match is_word {
        true => view! { <mark>{text}</mark> }.into_any(),
        false => text.into_any(),
    };
    pieces.into_iter().map(piece).collect()
}

/// What a group is called.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Section => "Chapters and sections",
        Kind::Term => "Terms",
        Kind::Question => "Questions",
        Kind::Source => "Sources",
    }
}
