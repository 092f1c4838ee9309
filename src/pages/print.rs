//! A chapter on paper: what of the folded text is printed with it, by the reader's choice.
//!
//! The choice stands on the root of the document as attributes, and `style/print.css` goes by
//! them. What is folded is unfolded while the browser prints, and folded again afterwards: not all
//! browsers can do that by style alone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::kit::browser;

/// Where the whole book is, from the site's root: a page on which no program runs, so that links to
/// it are not the router's.
pub const WHOLE_BOOK: &str = "book/";

/// What can be printed with a chapter: the attribute on the root, the words, and what is folded.
const EXTRAS: [(&str, &str, &str); 3] = [
    (
        "data-print-solutions",
        "with solutions of the exercises",
        ".exercise > details:not([open])",
    ),
    (
        "data-print-answers",
        "with answers of the interview questions",
        "details.question:not([open])",
    ),
    (
        "data-print-quiz",
        "with explanations of quizzes and predictions",
        "",
    ),
];

/// On a `<details>` that is open only because the page is being printed.
const UNFOLDED: &str = "data-unfolded";

/// Tells the style sheet where the site is before the page is printed: on paper an address that
/// leads from the site's root leads nowhere.
pub fn name_site() {
    Effect::new(|_| {
        let printing = window_event_listener_untyped("beforeprint", |_| {
            if let Some(site) = browser::site_address() {
                // Browsers give addresses without quotes in them.
                set_on_root("--site", &format!("\"{site}\""));
            }
        });
        on_cleanup(move || printing.remove());
    });
}

/// The piece at the end of a chapter.
#[component]
pub fn PrintPiece(
    /// What stands at the head of each page.
    title: String,
) -> impl IntoView {
    Effect::new(move |_| {
        let head = format!("\"{}\"", title.replace(['"', '\\'], ""));
        let before = window_event_listener_untyped("beforeprint", move |_| unfold(&head));
        let after = window_event_listener_untyped("afterprint", |_| fold());
        on_cleanup(move || {
            before.remove();
            after.remove();
            for (attribute, ..) in EXTRAS {
                choose(attribute, false);
            }
        });
    });
    let boxes = EXTRAS.map(|(attribute, words, _)| {
        view! {
            <label>
                <input
                    type="checkbox"
                    data-set=attribute
                    on:change=move |event| choose(attribute, event_target_checked(&event))
                />
                {words}
            </label>
        }
    });
    view! {
        <form class="print-piece needs-program" on:submit=|event| event.prevent_default()>
            <fieldset>
                <legend>"On paper"</legend>
                {boxes}
                <button type="button" data-do="print" on:click=|_| drop(window().print())>
                    "Print this chapter"
                </button>
                <p>"Labs print as they stand, with the link to their run."</p>
            </fieldset>
        </form>
    }
}

fn choose(attribute: &str, is_chosen: bool) {
    if let Some(root) = document().document_element() {
        let _ = root.toggle_attribute_with_force(attribute, is_chosen);
    }
}

/// Opens what is folded and chosen, and names the chapter for the pages' heads.
fn unfold(head: &str) {
    let Some(root) = document().document_element() else {
        return;
    };
    set_on_root("--chapter", head);
    for (attribute, _, folded) in EXTRAS {
        if !folded.is_empty() && root.has_attribute(attribute) {
            each(folded, |details| {
                let _ = details.set_attribute(UNFOLDED, "");
                let _ = details.set_attribute("open", "");
            });
        }
    }
}

/// Sets a property that the style sheet goes by.
fn set_on_root(property: &str, value: &str) {
    let root = document().document_element();
    if let Some(root) = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = root.style().set_property(property, value);
    }
}

fn fold() {
    each(&format!("[{UNFOLDED}]"), |details| {
        let _ = details.remove_attribute("open");
        let _ = details.remove_attribute(UNFOLDED);
    });
}

fn each(selector: &str, change: impl Fn(&web_sys::Element)) {
    browser::all(selector).iter().for_each(change);
}
