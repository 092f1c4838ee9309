//! What is wider than a narrow page scrolls by itself, and has to be reached by the tab key. Not all
//! browsers see to that; where nothing scrolls, there is nothing to stop at.

use leptos::prelude::*;

use super::browser;

/// What may scroll sideways. What is folded has no size yet: to ask for it would have the browser lay
/// it out.
const MAY: &str = "main :is(figure [role=img], math, p.math, .math-long, pre, .formula-math, \
    .concept-map):not(details:not([open]) *)";
/// Says that the stop is ours.
const MARK: &str = "data-scrolls";

/// Looks after the page when its window changes, and when something is unfolded. When another page
/// has come, and all of it is laid out, [`mark_all`] is for others to call.
pub fn watch() {
    Effect::new(move |_| {
        let resize = window_event_listener(leptos::ev::resize, |_| browser::when_idle(mark_all));
        on_cleanup(move || resize.remove());
        // Which does not bubble.
        browser::before("toggle", |event| {
            if let Some(fold) = browser::target(event) {
                browser::when_idle(move || mark(&browser::all_in(&fold, MAY)));
            }
        });
    });
}

/// Makes a stop of everything that scrolls, and of nothing else. It asks the browser for sizes, and so
/// comes best when the page is laid out.
pub fn mark_all() {
    mark(&browser::all(MAY));
}

fn mark(elements: &[web_sys::Element]) {
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
