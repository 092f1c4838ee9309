//! A web worker as the page has it: text goes in, text comes out.

use std::time::Duration;

use leptos::prelude::set_timeout;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::browser;

/// A worker. It ends when this is dropped.
#[derive(Debug)]
pub struct Port {
    worker: web_sys::Worker,
    /// What hears it, and what hears that it failed; dropped with it.
    _hear: Closure<dyn Fn(web_sys::MessageEvent)>,
    _fault: Closure<dyn Fn(web_sys::Event)>,
}

impl Port {
    /// Begins to load the worker whose script the page's head names (`<meta name="search">`).
    /// What it says goes to `hear`; `fault` is called when it could not be loaded, or broke.
    /// None where there is no such script, or the browser refuses.
    pub fn open(
        name: &str,
        hear: impl Fn(&str) + 'static,
        fault: impl Fn() + Clone + 'static,
    ) -> Option<Self> {
        let hear = Closure::<dyn Fn(_)>::new(move |event: web_sys::MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(&text);
            }
        });
        let fault = Closure::<dyn Fn(_)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            // Later, because what may be dropped then is what runs now.
            set_timeout(fault.clone(), Duration::ZERO);
        });
        let worker = web_sys::Worker::new(&browser::meta(name)?).ok()?;
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fault.as_ref().unchecked_ref()));
        Some(Self {
            worker,
            _hear: hear,
            _fault: fault,
        })
    }

    /// Says something to it. What is said before it listens is lost.
    pub fn send(&self, text: &str) {
        // Fails only for what cannot be copied; text can.
        let _ = self.worker.post_message(&JsValue::from_str(text));
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
