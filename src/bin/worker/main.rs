//! The web worker: makes many runs beside the page, so that the page never waits for them.
//!
//! It takes [requests](happens_before::sim::batch::Request) and posts
//! [reports](happens_before::sim::batch::Report), both as text. After each slice of runs it goes
//! back to its event loop, so that a cancellation is heard.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use happens_before::sim::batch::{Bench, Report};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, Performance};

/// How long a slice of runs takes, in milliseconds: long enough that going back to the event loop
/// costs nothing, short enough that a cancellation is heard at once.
const SLICE: f64 = 30.0;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let (Some(performance), Ok(channel)) = (scope.performance(), MessageChannel::new()) else {
        post(
            &scope,
            &Report::Failed {
                id: None,
                why: "This browser lacks what many runs need; use a newer one.".to_owned(),
            },
        );
        return;
    };
    let worker = Rc::new(Worker {
        scope,
        performance,
        channel,
        bench: RefCell::new(Bench::new(SLICE)),
        called: Cell::new(false),
    });
    worker.listen();
    worker.post(&Report::Ready);
}

/// The worker's side of the browser, and the bench on which it makes runs.
struct Worker {
    scope: DedicatedWorkerGlobalScope,
    performance: Performance,
    /// A message to itself comes back without the wait that browsers put between timers.
    channel: MessageChannel,
    bench: RefCell<Bench>,
    /// Whether such a message is on its way.
    called: Cell<bool>,
}

impl Worker {
    fn listen(self: &Rc<Self>) {
        let worker = Rc::clone(self);
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            worker.hear(&event.data().as_string().unwrap_or_default());
        });
        self.scope
            .set_onmessage(Some(hear.as_ref().unchecked_ref()));
        let worker = Rc::clone(self);
        let turn = Closure::<dyn Fn()>::new(move || worker.turn());
        let inside = self.channel.port1();
        inside.set_onmessage(Some(turn.as_ref().unchecked_ref()));
        // Both live as long as the worker does.
        hear.forget();
        turn.forget();
    }

    fn hear(&self, text: &str) {
        // Never held while the event loop runs, so nobody else has it.
        let mut bench = self.bench.borrow_mut();
        let refusal = bench.hear(text, &|| self.performance.now()).err();
        let goes_on = bench.is_busy();
        drop(bench);
        if let Some(report) = refusal {
            self.post(&report);
        }
        if goes_on {
            self.turn_again();
        }
    }

    /// One slice, and the next one after whatever has arrived meanwhile.
    fn turn(&self) {
        self.called.set(false);
        let mut bench = self.bench.borrow_mut();
        let reports = bench.work(&|| self.performance.now());
        let goes_on = bench.is_busy();
        drop(bench);
        for report in &reports {
            self.post(report);
        }
        if goes_on {
            self.turn_again();
        }
    }

    fn turn_again(&self) {
        if self.called.replace(true) {
            return;
        }
        // Fails only for what cannot be copied.
        let _ = self.channel.port2().post_message(&JsValue::NULL);
    }

    fn post(&self, report: &Report) {
        post(&self.scope, report);
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, report: &Report) {
    // Fails only for what cannot be copied; text can.
    let _ = scope.post_message(&JsValue::from_str(&report.write()));
}
