//! Noticing that the reader comes near a place of the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Sets `near` when the element comes into the window, or within `margin` around it, written as in CSS
/// (`50% 0px`); for as long as the calling view or effect lives. Where the browser cannot tell, it is
/// near at once.
pub fn watch(element: &web_sys::Element, margin: &str, near: RwSignal<bool>) {
    let seen = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let is_near = |entry: wasm_bindgen::JsValue| {
            let entry = entry.dyn_into::<web_sys::IntersectionObserverEntry>();
            entry.is_ok_and(|entry| entry.is_intersecting())
        };
        if entries.iter().any(is_near) {
            come(near);
        }
    });
    let options = web_sys::IntersectionObserverInit::new();
    options.set_root_margin(margin);
    let function = seen.as_ref().unchecked_ref();
    let Ok(observer) = web_sys::IntersectionObserver::new_with_options(function, &options) else {
        come(near);
        return;
    };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, seen));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}

/// Somebody has come near. They come once: what follows it is not told again.
pub fn come(near: RwSignal<bool>) {
    if near.try_get_untracked() == Some(false) {
        near.set(true);
    }
}
