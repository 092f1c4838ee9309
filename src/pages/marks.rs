//! The marks of what is read: ticks at links and headings, and the button that sets one.

use leptos::prelude::*;

use crate::kit::{browser, study};
use crate::study::Document;

/// What the style sheet draws as a tick. It takes no room, so that nothing moves.
pub const TICK: &str = "read-mark";
/// How far a list of chapters is read.
const PROGRESS: &str = "read-progress";

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
            study::mark(|kept, now| kept.mark_chapter(slug, is_read, now));
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

/// Keeps the marks of what is read true, in all that the page shows: the ticks of lists (`text::lists`),
/// and in the learning paths a tick at each chapter, and at each step how many of its chapters are read.
/// `shown` changes when another page has come.
pub fn keep(shown: impl Fn() + 'static) {
    Effect::new(move |_| {
        shown();
        study::open();
        study::with(|kept| {
            for tick in browser::all(".read-mark[data-read]") {
                let what = tick.get_attribute("data-read").unwrap_or_default();
                let _ = tick.toggle_attribute_with_force("hidden", !is_read(kept, &what));
            }
            for step in browser::all(".path > ol > li") {
                mark_step(kept, &step);
            }
        });
    });
}

/// Whether a chapter is read, or a section of one (`chapter/section`).
fn is_read(kept: &Document, what: &str) -> bool {
    match what.split_once('/') {
        Some((chapter, section)) => kept.is_section_read(chapter, section),
        None => kept.is_read(what),
    }
}

fn mark_step(kept: &Document, step: &web_sys::Element) {
    let (mut read, mut chapters) = (0, 0);
    for link in browser::all_in(step, "a[href^='chapter/']") {
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

/// The chapter that an address leads to, if it leads to its beginning.
fn chapter_of(address: &str) -> Option<&str> {
    address.strip_prefix("chapter/")?.strip_suffix('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_read_by_itself() {
        let kept = Document::default().see_section("crdts", "sets", 1);
        assert!(is_read(&kept, "crdts/sets"));
        assert!(!is_read(&kept, "crdts/maps") && !is_read(&kept, "crdts"));
    }

    #[test]
    fn only_a_link_to_a_whole_chapter_is_one() {
        assert_eq!(chapter_of("chapter/crdts/"), Some("crdts"));
        assert_eq!(chapter_of("chapter/crdts/#sets"), None);
        assert_eq!(chapter_of("questions/"), None);
    }
}
