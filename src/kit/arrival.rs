//! What happens when another page has come: its title, the focus, and where the window scrolls.
//! The browser does this for pages it loads itself; for those that the app swaps in, we do.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{browser, slices};

/// One for the whole app, in its context.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    /// Nothing has been swapped in yet: the browser has done it all.
    first: StoredValue<bool>,
    /// The page was reached by the back or forward button.
    by_history: StoredValue<bool>,
    /// The path of the page that is shown.
    path: StoredValue<String>,
    /// Where the window stood when a page was left, by address.
    left_at: StoredValue<BTreeMap<String, f64>>,
    /// How many pages have been swapped in, counted when the focus is on them.
    pub shown: RwSignal<u32>,
}

impl Arrival {
    /// Begins to watch the window (in the browser).
    #[must_use]
    pub fn new() -> Self {
        let arrival = Self {
            first: StoredValue::new(true),
            by_history: StoredValue::new(false),
            path: StoredValue::new(String::new()),
            left_at: StoredValue::new(BTreeMap::new()),
            shown: RwSignal::new(0),
        };
        Effect::new(move |_| arrival.watch());
        arrival
    }

    /// To be called by a page when its content is there.
    pub fn page_shown(self, title: &str) {
        document().set_title(title);
        self.path.set_value(path());
        if self.first.get_value() {
            self.first.set_value(false);
            return;
        }
        let by_history = self.by_history.get_value();
        request_animation_frame(move || {
            // So that a screen reader reads on from there.
            browser::focus_on("main h1");
            if by_history || !browser::fragment().is_empty() {
                slices::lay_all();
            }
            if by_history {
                self.by_history.set_value(false);
                self.restore();
            } else {
                let anchor = browser::fragment();
                browser::scroll_to_id(&decoded(&anchor));
            }
            self.shown.update(|pages| *pages += 1);
        });
    }

    /// Whether the page that the address names is the one that is shown.
    pub fn is_here(self) -> bool {
        let is_first = self.first.get_value();
        is_first || self.path.with_value(|shown| *shown == path())
    }

    fn watch(self) {
        let scroll = window_event_listener(leptos::ev::scroll, move |_| self.remember());
        let back = window_event_listener(leptos::ev::popstate, move |_| {
            if self.path.with_value(|shown| *shown == path()) {
                self.restore();
            } else {
                self.by_history.set_value(true);
            }
        });
        // A page that is loaded again is the browser's to restore.
        let leave = window_event_listener(leptos::ev::pagehide, move |_| {
            restore_by(web_sys::ScrollRestoration::Auto);
        });
        restore_by(web_sys::ScrollRestoration::Manual);
        on_cleanup(move || {
            scroll.remove();
            back.remove();
            leave.remove();
        });
    }

    /// Not while the content of an earlier page is on its way: the window may jump then.
    fn remember(self) {
        if self.by_history.get_value() {
            return;
        }
        if let (Ok(address), Ok(y)) = (window().location().href(), window().scroll_y()) {
            self.left_at.update_value(|kept| {
                kept.insert(address, y);
            });
        }
    }

    fn restore(self) {
        let Ok(address) = window().location().href() else {
            return;
        };
        let y = self.left_at.with_value(|kept| kept.get(&address).copied());
        window().scroll_to_with_x_and_y(0.0, y.unwrap_or(0.0));
    }
}

impl Default for Arrival {
    fn default() -> Self {
        Self::new()
    }
}

/// Tells the context's [`Arrival`] that a page is there, as soon as `ready` gives its title.
pub fn arrive(ready: impl Fn() -> Option<String> + Send + Sync + 'static) {
    let Some(arrival) = use_context::<Arrival>() else {
        return;
    };
    Effect::new(move |_| {
        if let Some(title) = ready() {
            arrival.page_shown(&title);
        }
    });
}

fn restore_by(who: web_sys::ScrollRestoration) {
    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(who);
    }
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// An anchor as it stands in an address, with its percent signs resolved.
pub fn decoded(anchor: &str) -> String {
    js_sys::decode_uri_component(anchor)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| anchor.to_owned())
}
