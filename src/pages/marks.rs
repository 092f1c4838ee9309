//! The marks of what is read: ticks at links and headings, and the button that sets one.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::kit::study;
use crate::study::Document;

/// What the style sheet draws as a tick.
const TICK: &str = "read-mark";
/// How far a list of chapters is read.
const PROGRESS: &str = "read-progress";

/// A tick that is there when something is read. It takes no room, so that nothing moves.
#[component]
pub fn ReadMark(
    /// Whether it is read.
    is_read: impl Fn(&Document) -> bool + Send + Sync + 'static,
) -> impl IntoView {
    let is_read = Arc::new(is_read);
    let is_read = Memo::new(move |_| study::with(|kept| is_read(kept)));
    view! { <span class=TICK role="img" aria-label="read" hidden=move || !is_read.get()></span> }
}

/// At the end of a chapter: the reader says that it is read, or takes it back.
#[component]
pub fn ChapterMark(
    /// The chapter.
    chapter: String,
) -> impl IntoView {
    let slug = StoredValue::new(chapter);
    let is_read =
        Memo::new(move |_| slug.with_value(|slug| study::with(|kept| kept.is_read(slug))));
    let mark = move |_| {
        let is_read = !is_read.get_untracked();
        slug.with_value(|slug| {
            study::change(|kept, now| kept.mark_chapter(slug, is_read, now));
        });
    };
    view! {
        <p class="chapter-mark needs-program">
            <button type="button" data-do="mark-chapter" on:click=mark>
                {move || if is_read.get() { "Read: unmark" } else { "Mark as read" }}
            </button>
            <span role="status">{move || is_read.get().then_some("You have read this chapter.")}</span>
        </p>
    }
}

/// Marks the chapters that are read in text that the book's build has written: a tick at each link to
/// one, and at the head of each step of a learning path how many of its chapters are read.
pub fn mark_links() {
    Effect::new(move |_| {
        study::open();
        study::with(|kept| {
            for step in all(".path > ol > li") {
                mark_step(kept, &step);
            }
        });
    });
}

fn mark_step(kept: &Document, step: &web_sys::Element) {
    let (mut read, mut chapters) = (0, 0);
    for link in list(step.query_selector_all("a[href^='chapter/']")) {
        let address = link.get_attribute("href").unwrap_or_default();
        let Some(slug) = chapter_of(&address) else {
            continue;
        };
        chapters += 1;
        read += usize::from(kept.is_read(slug));
        let Some(item) = link.closest("li").ok().flatten() else {
            continue;
        };
        set_child(&item, TICK, kept.is_read(slug), |mark| {
            let _ = mark.set_attribute("role", "img");
            let _ = mark.set_attribute("aria-label", "read");
        });
    }
    let Some(head) = step.query_selector("p").ok().flatten() else {
        return;
    };
    set_child(&head, PROGRESS, read > 0, |progress| {
        progress.set_text_content(Some(&format!("{read} of {chapters} read")));
    });
}

/// Gives an element a last child of this class, or takes it away.
fn set_child(
    parent: &web_sys::Element,
    class: &str,
    is_there: bool,
    fill: impl Fn(&web_sys::Element),
) {
    let child = parent
        .query_selector(&format!(":scope > .{class}"))
        .ok()
        .flatten();
    match (child, is_there) {
        (Some(child), true) => fill(&child),
        (Some(child), false) => child.remove(),
        (None, true) => {
            if let Ok(child) = document().create_element("span") {
                child.set_class_name(class);
                fill(&child);
                let _ = parent.append_child(&child);
            }
        }
        (None, false) => {}
    }
}

fn all(selector: &str) -> Vec<web_sys::Element> {
    list(document().query_selector_all(selector))
}

fn list(found: Result<web_sys::NodeList, wasm_bindgen::JsValue>) -> Vec<web_sys::Element> {
    let Ok(found) = found else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|place| found.item(place));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

/// The chapter that an address leads to, if it leads to its beginning.
fn chapter_of(address: &str) -> Option<&str> {
    address.strip_prefix("chapter/")?.strip_suffix('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_link_to_a_whole_chapter_is_one() {
        assert_eq!(chapter_of("chapter/crdts/"), Some("crdts"));
        assert_eq!(chapter_of("chapter/crdts/#sets"), None);
        assert_eq!(chapter_of("questions/"), None);
    }
}
