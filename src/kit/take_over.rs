//! Taking over what the host has drawn, in two tasks of the browser instead of one long one: in the
//! first the elements get their listeners, in the second the effects run for the first time. In
//! between the browser may paint, or answer the reader.

use std::cell::RefCell;
use std::time::Duration;

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use leptos::prelude::set_timeout;
use wasm_bindgen_futures::spawn_local;

thread_local! {
    /// What waits for the second task; none while there is no waiting.
    static WAITING: RefCell<Option<Vec<PinnedLocalFuture<()>>>> = const { RefCell::new(None) };
}

/// Runs everything at once, unless it has to wait for the second task.
struct Tasks;

impl CustomExecutor for Tasks {
    fn spawn(&self, future: PinnedFuture<()>) {
        self.spawn_local(future);
    }

    fn spawn_local(&self, future: PinnedLocalFuture<()>) {
        let at_once = WAITING.with_borrow_mut(|waiting| match waiting {
            Some(waiting) => {
                waiting.push(future);
                None
            }
            None => Some(future),
        });
        if let Some(future) = at_once {
            spawn_local(future);
        }
    }

    fn poll_local(&self) {}
}

/// Calls `elements`, and returns what that returns; `taken` is called when the effects that it has
/// made have run.
pub fn take_over<T>(elements: impl FnOnce() -> T, taken: impl FnOnce() + 'static) -> T {
    // The second time it is set already.
    let _ = Executor::init_custom_executor(Tasks);
    WAITING.with_borrow_mut(|waiting| {
        waiting.get_or_insert_default();
    });
    let result = elements();
    set_timeout(
        move || {
            let waiting = WAITING.with_borrow_mut(Option::take);
            waiting.into_iter().flatten().for_each(spawn_local);
            spawn_local(async move { taken() });
        },
        Duration::ZERO,
    );
    result
}
