//! The run as a link: made, copied, and opened.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use super::browser;
use super::deck::Deck;
use crate::sim::link;

/// What stands before a run in the address: `#run=clock-skew;…`.
pub const FRAGMENT: &str = "run=";

/// Copies the run's link, and shows it where the clipboard is refused.
#[component]
pub fn CopyLink(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let address = RwSignal::new(None::<String>);
    let told = RwSignal::new("");
    let copy = move |_| {
        let run = untrack(|| deck.run());
        let link = link::encode_with_note(&run, &deck.note.get_untracked());
        let made = browser::address_with_fragment(&format!("{FRAGMENT}{}", link));
        address.set(Some(made.clone()));
        spawn_local(async move {
            let done = browser::copy(&made).await;
            told.set(if done {
                "Copied."
            } else {
                "Copy it from here:"
            });
        });
    };
    view! {
        <div class="lab-share needs-program">
            <label class="lab-note-field">
                "Note "
                <input
                    type="text"
                    data-do="note"
                    maxlength=link::LONGEST_NOTE.to_string()
                    placeholder="for whoever opens the link"
                    prop:value=move || deck.note.get()
                    on:change=move |event| deck.note.set(link::clean_note(&event_target_value(&event)))
                />
            </label>
            <button type="button" data-do="copy" on:click=copy>"Copy link to this run"</button>
            <span role="status">{move || told.get()}</span>
            <span class="lab-link" hidden=move || address.get().is_none()>
                <input
                    type="text"
                    readonly
                    aria-label="Link to this run"
                    prop:value=move || address.get().unwrap_or_default()
                    on:focus=|event| select_all(&event)
                />
            </span>
        </div>
    }
}

fn select_all(event: &leptos::ev::FocusEvent) {
    let field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(field) = field {
        field.select();
    }
}

/// What a link said that made no sense. Nothing of it is ever put into the page as HTML.
#[component]
pub fn Notices(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let lines = move || {
        let lines = deck.notices.get().into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! {
        <div class="lab-notices" role="alert" hidden=move || deck.notices.with(Vec::is_empty)>
            <p>"The link was not taken as it stands:"</p>
            <ul>{lines}</ul>
            <button type="button" on:click=move |_| deck.notices.set(Vec::new())>"Understood"</button>
        </div>
    }
}

/// What somebody wrote to the run that is open, as plain text.
#[component]
pub fn Note(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    view! {
        <p class="lab-note" role="note" hidden=move || deck.note.with(String::is_empty)>
            <strong>"Note to this run: "</strong>
            <span>{move || deck.note.get()}</span>
        </p>
    }
}

/// Opens the runs that addresses and links in the text name. To be called once for a deck.
pub fn follow_links(deck: Deck) {
    let fragment = use_location().hash;
    Effect::new(move |_| {
        let fragment = fragment.get();
        if let Some(run) = run_for(deck, &fragment) {
            open(deck, run);
        }
    });
    // A click on the link of the run that is open already changes no address, and still means it.
    Effect::new(move |_| {
        let clicks = window_event_listener(leptos::ev::click, move |event| {
            if let Some(run) = clicked_run(&event)
                .as_deref()
                .and_then(|href| run_for(deck, href))
            {
                open(deck, run);
            }
        });
        on_cleanup(move || clicks.remove());
    });
}

/// The run in an address or fragment, if it is one of this lab.
fn run_for(deck: Deck, address: &str) -> Option<&str> {
    run_in(address).filter(|run| link::lab_id(run) == Some(deck.lab.id))
}

/// The run in an address or fragment, whichever lab it is of.
fn run_in(address: &str) -> Option<&str> {
    let (_, fragment) = address.split_once('#')?;
    fragment.strip_prefix(FRAGMENT)
}

/// Whether an address or fragment names a run of none of these labs.
#[must_use]
pub fn is_stray(address: &str, labs: &[String]) -> bool {
    run_in(address).is_some_and(|run| {
        let named = link::lab_id(run);
        !labs.iter().any(|lab| named == Some(lab))
    })
}

fn clicked_run(event: &leptos::ev::MouseEvent) -> Option<String> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let anchor = target.closest("a.run-link").ok()??;
    anchor.get_attribute("href")
}

fn open(deck: Deck, run: &str) {
    deck.open_link(run);
    let id = format!("lab-{}", deck.lab.id);
    request_animation_frame(move || browser::scroll_to_id(&id));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_another_lab_is_stray() {
        let labs = ["clock-skew".to_owned()];
        assert!(is_stray("#run=nonsense;v=1", &labs));
        assert!(is_stray("#run=", &labs));
        assert!(!is_stray("chapter/x/#run=clock-skew;seed=1", &labs));
        assert!(!is_stray("#ntp", &labs));
        assert!(!is_stray("", &labs));
    }
}
