//! How wide a picture may be, measured where it stands.

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The width before anything has been measured, and on the host.
pub const USUAL_WIDTH: f64 = 720.0;

/// The width of an element in pixels, as it changes.
pub fn width_of<E>(element: NodeRef<E>) -> Signal<f64>
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    let width = RwSignal::new(USUAL_WIDTH);
    Effect::new(move |_| {
        let Some(element) = element.get() else {
            return;
        };
        let element: web_sys::Element = element.unchecked_into();
        observe(&element, width);
    });
    width.into()
}

fn observe(element: &web_sys::Element, width: RwSignal<f64>) {
    let seen = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries.pop().dyn_into::<web_sys::ResizeObserverEntry>();
        let Ok(measured) = last.map(|entry| entry.content_rect().width().round()) else {
            return;
        };
        // A folded or hidden picture has no width; it keeps the one it had.
        let changed = width
            .try_get_untracked()
            .is_some_and(|before| (before - measured).abs() >= 1.0);
        if measured > 0.0 && changed {
            width.set(measured);
        }
    });
    let Ok(observer) = web_sys::ResizeObserver::new(seen.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    // Dropped with the view; the observer lets go of the element then.
    let kept = StoredValue::new_local((observer, seen));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}
