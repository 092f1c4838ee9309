//! The search worker: holds the index beside the page, so that typing never waits for it.
//!
//! It takes [requests](Request) and posts [reports](Report), both as text. The book's places are
//! fetched when it is told to; asked for anything before they are here, it says nothing.

use std::cell::RefCell;
use std::rc::Rc;

use happens_before::book::search::{Index, Report, Request};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Response};

fn main() {
    let worker = Rc::new(Worker {
        scope: js_sys::global().unchecked_into(),
        index: RefCell::new(None),
    });
    let hearing = Rc::clone(&worker);
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        if let Some(request) = Request::read(&text) {
            hearing.take(request);
        }
    });
    worker
        .scope
        .set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // It lives as long as the worker does.
    hear.forget();
    worker.post(&Report::Ready);
}

/// The worker's side of the browser, and what it holds.
struct Worker {
    scope: DedicatedWorkerGlobalScope,
    index: RefCell<Option<Index>>,
}

impl Worker {
    fn take(self: &Rc<Self>, request: Request) {
        match request {
            Request::Load(path) => {
                let worker = Rc::clone(self);
                spawn_local(async move { worker.load(&path).await });
            }
            Request::Find { id, query } => {
                // Never held while the event loop runs, so nobody else has it.
                let index = self.index.borrow();
                if let Some(index) = index.as_ref() {
                    self.post(&index.find(id, &query));
                }
            }
        }
    }

    async fn load(&self, path: &str) {
        let read = match self.fetch(path).await {
            Some(text) => Index::read(&text),
            None => Err("The search data could not be fetched: is the network there?".to_owned()),
        };
        let report = match read {
            Ok(index) => {
                self.index.replace(Some(index));
                Report::Loaded
            }
            Err(why) => Report::Failed(why),
        };
        self.post(&report);
    }

    /// A file of the site; the worker's script stands at its root.
    async fn fetch(&self, path: &str) -> Option<String> {
        let answer = JsFuture::from(self.scope.fetch_with_str(path)).await.ok()?;
        let answer: Response = answer.dyn_into().ok()?;
        if !answer.ok() {
            return None;
        }
        let text = JsFuture::from(answer.text().ok()?).await.ok()?;
        text.as_string()
    }

    fn post(&self, report: &Report) {
        // Fails only for what cannot be copied; text can.
        let _ = self.scope.post_message(&JsValue::from_str(&report.write()));
    }
}
