//! The run as a link: made, copied, and opened when the page asks for it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::browser;
use super::deck::Deck;
use super::run_address::FRAGMENT;
use crate::sim::{Lab, link};

/// Copies the run's link, and shows it where the clipboard is refused.
#[component]
pub fn CopyLink(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let address = RwSignal::new(None::<String>);
    let told = RwSignal::new("");
    let give = move |made: String| {
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
    let fragment = move || {
        let run = untrack(|| deck.run());
        let link = link::encode_with_note(&run, &deck.note.get_untracked());
        format!("{FRAGMENT}{link}")
    };
    let copy = move |_| give(browser::address_with_fragment(&fragment()));
    let copy_frame = move |_| {
        let site = browser::site_address().unwrap_or_default();
        give(frame(&site, deck.lab, &fragment()));
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
            <button type="button" data-do="copy-frame" on:click=copy_frame>"Copy as a frame"</button>
            <span role="status">{move || told.get()}</span>
            <span class="lab-link" hidden=move || address.get().is_none()>
                <input
                    type="text"
                    readonly
                    aria-label="What was copied"
                    prop:value=move || address.get().unwrap_or_default()
                    on:focus=|event| select_all(&event)
                />
            </span>
        </div>
    }
}

/// The lab alone, with the run that a fragment names, as HTML for another page.
fn frame(site: &str, lab: &Lab, fragment: &str) -> String {
    let address = format!("{site}embed/{}/#{fragment}", lab.id);
    let quoted = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"900\" loading=\"lazy\" allow=\"fullscreen; clipboard-write\" style=\"border: 0\"></iframe>",
        quoted(&address),
        quoted(lab.title)
    )
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
    let understand = move |_| {
        browser::focus_on(&format!("#lab-{}-title", deck.lab.id));
        deck.notices.set(Vec::new());
    };
    view! {
        <div class="lab-notices" role="alert" hidden=move || deck.notices.with(Vec::is_empty)>
            <p>"The link was not taken as it stands:"</p>
            <ul>{lines}</ul>
            <button type="button" on:click=understand>"Understood"</button>
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

/// The run that the page asks a lab to show. In the lab's context, in the browser.
#[derive(Clone, Debug)]
pub struct Asked(ArcRwSignal<Option<String>>);

impl Asked {
    /// What it asks for when the lab is opened: a link with the lab's name.
    #[must_use]
    pub fn new(run: Option<String>) -> Self {
        Self(ArcRwSignal::new(run))
    }

    /// Asks for a run, even for the one that is open.
    pub fn ask(&self, run: String) {
        self.0.set(Some(run));
    }
}

/// Opens the runs that the page asks for. To be called once for a deck.
pub fn follow_asked(deck: Deck) {
    let Some(Asked(asked)) = use_context::<Asked>() else {
        return;
    };
    Effect::new(move |_| {
        if let Some(run) = asked.get() {
            deck.open_link(&run);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim;

    #[test]
    fn a_frame_shows_the_lab_alone_with_the_run() {
        let lab = sim::labs().first().unwrap();
        let html = frame("https://example.org/book/", lab, "run=x;a=1&b=\"2\"");
        let address = format!(
            "https://example.org/book/embed/{}/#run=x;a=1&amp;b=&quot;2&quot;",
            lab.id
        );
        assert!(
            html.starts_with(&format!("<iframe src=\"{address}\"")),
            "{html}"
        );
    }
}
