//! Where the reader is in a chapter, and the way back there when they return.

use std::time::Duration;

use leptos::prelude::*;

use super::frame::chapter_address;
use super::library::Library;
use crate::kit::{browser, slices, study};
use crate::study::age;

/// While the window scrolls it is looked at so often. What flies past in between is not read.
const LOOK: Duration = Duration::from_millis(400);

/// A heading is passed when it is above this part of the window.
const PASSED: f64 = 0.33;

/// A way back.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Way {
    address: String,
    title: String,
    age: String,
}

/// Under a chapter's head: where the reader was when they left it. Its line is there from the start.
#[component]
pub fn Return(
    /// The chapter.
    chapter: String,
) -> impl IntoView {
    let way = RwSignal::new(None::<Way>);
    Effect::new(move |_| {
        study::open();
        // As it was when the chapter was opened: from now on the place follows the reader.
        way.set(study::with_untracked(|kept| {
            let place = kept.places.get(&chapter)?;
            let heading = headings()
                .into_iter()
                .find(|h| h.id() == place.value.text())?;
            Some(Way {
                address: format!("{}#{}", chapter_address(&chapter), heading.id()),
                title: heading.text_content().unwrap_or_default(),
                age: age(place.at, study::now()),
            })
        }));
    });
    view! { <p class="return">{move || way.get().map(|way| line("You were at ", way))}</p> }
}

/// On the start page: the chapter in which the reader was last.
#[component]
pub fn Continue() -> impl IntoView {
    let library = expect_context::<Library>();
    let way = move || {
        study::with(|kept| {
            // A newer edition may have chapters that this one has not.
            let (chapter, place) = kept.last_place(|chapter| library.card(chapter).is_some())?;
            let card = library.card(chapter)?;
            Some(Way {
                address: format!("{}#{}", chapter_address(chapter), place.value.text()),
                title: card.title.clone(),
                age: age(place.at, study::now()),
            })
        })
    };
    view! { <p class="return">{move || way().map(|way| line("You were reading ", way))}</p> }
}

fn line(words: &'static str, way: Way) -> impl IntoView {
    let label = format!("Continue at {}", way.title);
    view! {
        <span class="return-place">{words} <em>{way.title}</em></span>
        <span class="return-age">{way.age}</span>
        <a href=way.address aria-label=label>"Continue"</a>
    }
}

/// Follows the reader through a chapter for as long as the view lives.
pub fn follow(chapter: &str) {
    let follower = StoredValue::new(chapter.to_owned());
    let is_waiting = StoredValue::new(false);
    let scrolled = move || {
        if is_waiting.try_get_value() == Some(false) {
            is_waiting.set_value(true);
            look_later(follower, is_waiting);
        }
    };
    Effect::new(move |_| {
        study::open();
        let listener = window_event_listener(leptos::ev::scroll, move |_| scrolled());
        on_cleanup(move || listener.remove());
    });
}

/// Looks after a while; not while the page is still laid out.
fn look_later(follower: StoredValue<String>, is_waiting: StoredValue<bool>) {
    let end = move || {
        // The chapter may have left the page meanwhile.
        if !is_waiting.is_disposed() {
            is_waiting.set_value(false);
            follower.with_value(|chapter| look(chapter));
        }
    };
    set_timeout(move || slices::when_laid(end), LOOK);
}

/// The headings of the text, down to the third level.
fn headings() -> Vec<web_sys::Element> {
    browser::all(".chapter-body > .prose > :is(h2, h3)[id]")
}

/// Looks where the window is, and keeps it.
fn look(chapter: &str) {
    let (_, height) = browser::window_size();
    // Where the text ends: at what follows it.
    let end = document().query_selector(".chapter-body > .callout-insight");
    let Some(end) = end.ok().flatten() else {
        return;
    };
    let end = end.get_bounding_client_rect().top();
    let headings = headings();
    if let Some(heading) = last_passed(&tops(&headings), height).and_then(|at| headings.get(at)) {
        study::change(|kept, now| kept.come_to(chapter, &heading.id(), now));
    }
    let sections = headings
        .into_iter()
        .filter(|heading| heading.tag_name() == "H2");
    let sections: Vec<_> = sections.collect();
    for place in ended(&tops(&sections), end, height) {
        if let Some(section) = sections.get(place) {
            study::change(|kept, now| kept.see_section(chapter, &section.id(), now));
        }
    }
    if is_in(end, height) {
        study::change(|kept, now| kept.see_chapter(chapter, now));
    }
}

/// How far below the window's top they are.
fn tops(headings: &[web_sys::Element]) -> Vec<f64> {
    let top = |heading: &web_sys::Element| heading.get_bounding_client_rect().top();
    headings.iter().map(top).collect()
}

/// The last heading that is above the upper part of the window, by its place.
fn last_passed(tops: &[f64], height: f64) -> Option<usize> {
    tops.iter().rposition(|top| *top < height * PASSED)
}

/// The sections whose end is in the window: each ends where the next begins, the last where the text
/// does.
fn ended(starts: &[f64], end: f64, height: f64) -> Vec<usize> {
    let ends = starts.iter().skip(1).chain([&end]);
    let places = ends.enumerate().filter(|(_, end)| is_in(**end, height));
    places.map(|(place, _)| place).take(starts.len()).collect()
}

fn is_in(top: f64, height: f64) -> bool {
    (0.0..=height).contains(&top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_heading_in_the_upper_third_is_the_place() {
        assert_eq!(last_passed(&[-900.0, -10.0, 200.0, 400.0], 900.0), Some(2));
        assert_eq!(last_passed(&[350.0, 800.0], 900.0), None);
        assert_eq!(last_passed(&[], 900.0), None);
    }

    #[test]
    fn a_section_is_read_when_its_end_is_in_the_window() {
        assert_eq!(ended(&[-900.0, 300.0, 800.0], 2_000.0, 900.0), [0, 1]);
        assert_eq!(ended(&[-900.0, -500.0], 899.0, 900.0), [1]);
    }

    #[test]
    fn a_section_that_was_jumped_over_is_not_read() {
        assert!(ended(&[-900.0, -500.0, -1.0], 2_000.0, 900.0).is_empty());
        assert!(ended(&[], 2_000.0, 900.0).is_empty());
    }
}
