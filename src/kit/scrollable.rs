//! What is wider than a narrow page scrolls by itself, and has to be reached by the tab key. Not all
//! browsers see to that; where nothing scrolls, there is nothing to stop at.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::browser;

/// What may scroll sideways.
const MAY: &str =
    "main :is(figure [role=img], math, p.math, .math-long, pre, .formula-math, .concept-map)";
/// Says that the stop is ours.
const MARK: &str = "data-scrolls";

/// Looks after the page from now on: `shown` changes when another page has come.
pub fn watch(shown: impl Fn() + 'static) {
    Effect::new(move |_| {
        shown();
        browser::when_idle(mark_all);
    });
    Effect::new(move |_| {
        let resize = window_event_listener(leptos::ev::resize, |_| browser::when_idle(mark_all));
        on_cleanup(move || resize.remove());
    });
}

fn mark_all() {
    let Ok(found) = document().query_selector_all(MAY) else {
        return;
    };
    let elements: Vec<web_sys::Element> = (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect();
    // All is measured before anything is changed, so that the page is laid out once.
    let scrolls: Vec<bool> = elements
        .iter()
        .map(|element| element.scroll_width() > element.client_width() + 1)
        .collect();
    for (element, scrolls) in elements.iter().zip(scrolls) {
        let is_marked = element.has_attribute(MARK);
        if scrolls && !element.has_attribute("tabindex") {
            let _ = element.set_attribute("tabindex", "0");
            let _ = element.set_attribute(MARK, "");
        } else if !scrolls && is_marked {
            let _ = element.remove_attribute("tabindex");
            let _ = element.remove_attribute(MARK);
        }
    }
}
