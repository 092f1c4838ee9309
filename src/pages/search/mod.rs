//! Search: the button in the header, and the dialog in which one types and chooses.
//!
//! The dialog is the browser's own (`<dialog>`): it keeps the focus in, closes with Escape, and
//! gives the focus back. In it stands a combobox with a list of options, in groups; the focus
//! stays in the field, and the option that is meant is named by `aria-activedescendant`
//! (WAI-ARIA Authoring Practices, *Combobox*).

mod desk;
mod hits;
mod mark;

use std::time::Duration;

use leptos::ev;
use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use self::desk::{Desk, Phase};
use self::hits::Hits;
use self::mark::{Sought, Way, clear};
use super::library::Library;
use crate::kit::storage;

/// The name of the worker, in files and in the page's head.
pub const SEARCH: &str = "search";

/// The id of the list, and of an option in it.
const LIST: &str = "search-hits";
fn option_id(number: usize) -> String {
    format!("search-hit-{number}")
}

/// The key under which is kept that `/` is left alone.
const KEY: &str = "search-key";

/// So many letters may be typed.
const LONGEST: usize = 200;

/// A reader who has not typed for so long listens.
const PAUSE: Duration = Duration::from_millis(500);

/// The button, and the dialog that it opens.
#[component]
pub fn Search() -> impl IntoView {
    let desk = Desk::new(expect_context::<Library>().contents.search.clone());
    let way = Way::new();
    let dialog = NodeRef::<Dialog>::new();
    let field = NodeRef::<Input>::new();
    // The host draws the dialog empty, and so does the browser until it is first opened.
    let is_drawn = RwSignal::new(false);
    let by_key = RwSignal::new(true);
    let open = move || {
        clear();
        is_drawn.set(true);
        desk.begin();
        // The field has to be there.
        request_animation_frame(move || {
            if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
                let _ = dialog.show_modal();
            }
            if let Some(field) = field.get_untracked() {
                let _ = field.focus();
                field.select();
            }
        });
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    Effect::new(move |_| {
        by_key.set(storage::read(KEY).is_none());
        watch(dialog, by_key, open, close);
    });
    // On what stands around the panel.
    let beside = move |event: ev::MouseEvent| {
        let panel = dialog.get_untracked();
        if event.target().as_ref() == panel.as_ref().map(AsRef::as_ref) {
            close();
        }
    };
    view! {
        <button
            type="button"
            class="search-button needs-program"
            aria-haspopup="dialog"
            on:click=move |_| open()
        >
            <Sign />
            "Search"
            <kbd aria-hidden="true" hidden=move || !by_key.get()>"/"</kbd>
        </button>
        <dialog
            class="search"
            aria-label="Search the book"
            node_ref=dialog
            on:click=beside
            on:close=move |_| { desk.forget_first(); }
        >
            {move || is_drawn.get().then(|| view! { <Panel desk way field by_key close=Callback::new(move |()| close()) /> })}
        </dialog>
    }
}

/// A magnifying glass.
#[component]
fn Sign() -> impl IntoView {
    view! {
        <svg class="search-sign" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="6.5" cy="6.5" r="4.5" />
            <path d="M10 10l4.5 4.5" />
        </svg>
    }
}

/// What is in the dialog.
#[component]
fn Panel(
    desk: Desk,
    way: Way,
    field: NodeRef<Input>,
    by_key: RwSignal<bool>,
    close: Callback<()>,
) -> impl IntoView {
    // The option that the arrows have come to.
    let active = RwSignal::new(None::<usize>);
    Effect::new(move |_| {
        desk.answer.track();
        active.set(None);
        if desk.is_answered() && desk.forget_first() {
            // When the list is drawn.
            request_animation_frame(|| click(0));
        }
    });
    let shown = move || {
        desk.answer
            .with(|answer| answer.as_ref().map_or(0, |answer| answer.shown()))
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        // The list is still that of what was typed before.
        if event.key() == "Enter" && !desk.is_answered() {
            desk.want_first();
            event.prevent_default();
            return;
        }
        let Some(last) = untrack(shown).checked_sub(1) else {
            return;
        };
        let now = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => active.set(Some(now.map_or(0, |at| if at < last { at + 1 } else { 0 }))),
            "ArrowUp" => active.set(Some(
                now.map_or(last, |at| at.checked_sub(1).unwrap_or(last)),
            )),
            "Enter" => click(now.unwrap_or_default()),
            _ => return,
        }
        event.prevent_default();
        if let Some(option) = active.get_untracked().and_then(option) {
            nearest(&option);
        }
    };
    let follow = Callback::new(move |sought: Sought| {
        close.run(());
        way.go(sought);
    });
    view! {
        <div class="search-panel">
            <div class="search-line">
                <input
                    type="text"
                    role="combobox"
                    aria-label="Search the book"
                    aria-autocomplete="list"
                    aria-controls=LIST
                    aria-expanded=move || (shown() > 0).to_string()
                    aria-activedescendant=move || active.get().map(option_id)
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="go"
                    placeholder="A term, a name, a few words"
                    node_ref=field
                    maxlength=LONGEST.to_string()
                    on:input=move |event| {
                        desk.forget_first();
                        desk.ask(&event_target_value(&event));
                    }
                    on:keydown=key
                />
                <button type="button" on:click=move |_| close.run(())>"Close"</button>
            </div>
            <State desk field />
            <Hits answer=desk.answer active follow />
            <Keys by_key />
        </div>
    }
}

/// What is to be said: shown at once, and read aloud when the reader pauses.
#[component]
fn State(desk: Desk, field: NodeRef<Input>) -> impl IntoView {
    let said = move || match desk.phase.get() {
        Phase::Failed(why) => why,
        Phase::Idle | Phase::Coming => "The search data is on its way.".to_owned(),
        Phase::Here => desk.answer.with(|answer| match answer {
            Some(answer) => answer.sentence(),
            None => "Looks through chapters, terms, questions and sources.".to_owned(),
        }),
    };
    let aloud = RwSignal::new(String::new());
    let mut say = debounce(PAUSE, move |said| {
        let _ = aloud.try_set(said);
    });
    Effect::new(move |_| say(said()));
    let begin = move |_| {
        // Before the button that has the focus goes.
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
        }
        desk.begin();
    };
    let again = move || {
        let has_failed = matches!(desk.phase.get(), Phase::Failed(_));
        has_failed.then(|| {
            view! {
                <button type="button" on:click=begin>"Try again"</button>
            }
        })
    };
    view! {
        <div class="search-state">
            <p aria-hidden="true">{said}</p>
            <p class="visually-hidden" role="status">{move || aloud.get()}</p>
            {again}
        </div>
    }
}

/// Which keys do what. The one that opens search can be given back to the browser.
#[component]
fn Keys(by_key: RwSignal<bool>) -> impl IntoView {
    let choose = move |event| {
        let is_on = event_target_checked(&event);
        by_key.set(is_on);
        if is_on {
            storage::remove(KEY);
        } else {
            storage::write(KEY, "off");
        }
    };
    view! {
        <div class="search-keys">
            <span>
                <kbd>"↑"</kbd> " " <kbd>"↓"</kbd> " choose, " <kbd>"Enter"</kbd> " opens (without a choice the first), "
                <kbd>"Esc"</kbd> " closes"
            </span>
            <label>
                <input type="checkbox" prop:checked=move || by_key.get() on:change=choose />
                <span><kbd>"/"</kbd> " opens search"</span>
            </label>
        </div>
    }
}

/// Listens to the whole window: for `/`, for the way back, and for Escape where marks are shown.
fn watch(
    dialog: NodeRef<Dialog>,
    by_key: RwSignal<bool>,
    open: impl Fn() + 'static,
    close: impl Fn() + 'static,
) {
    let key = window_event_listener(ev::keydown, move |event| {
        let is_open = dialog.get_untracked().is_some_and(|dialog| dialog.open());
        let with_other = event.ctrl_key() || event.meta_key() || event.alt_key();
        if is_open || with_other || event.default_prevented() {
            return;
        }
        match event.key().as_str() {
            "/" if by_key.get_untracked() && !is_typing(&event) => {
                event.prevent_default();
                open();
            }
            "Escape" => clear(),
            _ => {}
        }
    });
    let back = window_event_listener(ev::popstate, move |_| close());
    on_cleanup(move || {
        key.remove();
        back.remove();
    });
}

/// Whether a key is meant for a field.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    target.is_some_and(|target| {
        let is_field = target
            .matches("input, textarea, select")
            .unwrap_or_default();
        is_field || target.is_content_editable()
    })
}

fn option(number: usize) -> Option<web_sys::HtmlElement> {
    let option = document().get_element_by_id(&option_id(number))?;
    option.dyn_into().ok()
}

/// Follows an option as a pointer would.
fn click(number: usize) {
    if let Some(option) = option(number) {
        option.click();
    }
}

/// Scrolls the list no further than it has to.
fn nearest(option: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    option.scroll_into_view_with_scroll_into_view_options(&options);
}
