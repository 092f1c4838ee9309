//! A chapter is laid out in slices: first those in the window, by the style sheet
//! (`content-visibility: auto`), then one after the other while the browser has nothing better to do.
//! Laid out at once, a chapter holds up a phone for half a second.
//!
//! Until a slice is laid out its height is an estimate. Where the window is to be at a certain place,
//! everything is laid out first: the page's own script sees to that when the browser loads the page
//! (`data-whole` on the root), and [`lay_all`] when the app swaps it in.

use std::time::Duration;

use leptos::prelude::*;

use super::browser;

/// What is a slice, and has not been laid out yet. A lab has several. `style/page.css` and
/// `style/labs.css` know them, too.
const WAITING: &str = ".chapter-body > :not([data-laid]), .chapter-body \
    .lab :is(.lab-stage, .lab-side, .lab-panels, .lab-parameters):not([data-laid])";
/// On a slice that is laid out, or about to be; on the root when all of them are.
const LAID: &str = "data-laid";
/// How often those look who wait until everything has its place.
const LOOK: Duration = Duration::from_millis(200);
/// On the root of a page in which nothing is to wait.
const WHOLE: &str = "data-whole";

/// Lays out what `shown` says has come; then calls back, when all of it has its place.
pub fn watch(shown: impl Fn() + 'static, laid: fn()) {
    Effect::new(move |_| {
        shown();
        let root = document().document_element();
        if root.is_some_and(|root| {
            let _ = root.remove_attribute(LAID);
            root.has_attribute(WHOLE)
        }) {
            lay_all();
        }
        browser::when_idle(move || lay_next(laid));
    });
}

/// Whether everything has its place. Until then to ask where something is means to lay out all that is
/// before it.
fn is_laid() -> bool {
    let root = document().document_element();
    root.is_some_and(|root| root.has_attribute(LAID))
}

/// Calls back when everything has its place, and the browser has nothing better to do.
pub fn when_laid(call: impl Fn() + 'static) {
    if is_laid() {
        return browser::when_idle(call);
    }
    set_timeout(move || when_laid(call), LOOK);
}

/// Lays out all that still waits.
pub fn lay_all() {
    for slice in browser::all(WAITING) {
        lay(&slice);
    }
    if let Some(root) = document().document_element() {
        let _ = root.remove_attribute(WHOLE);
    }
}

fn lay_next(laid: fn()) {
    if let Some(slice) = document().query_selector(WAITING).ok().flatten() {
        lay(&slice);
        return browser::when_idle(move || lay_next(laid));
    }
    // After the frame in which the last of them gets its place.
    let end = move || {
        laid();
        if let Some(root) = document().document_element() {
            lay(&root);
        }
    };
    request_animation_frame(move || set_timeout(end, Duration::ZERO));
}

fn lay(slice: &web_sys::Element) {
    let _ = slice.set_attribute(LAID, "");
}
