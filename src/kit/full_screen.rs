//! The lab on the whole screen: for a projector, or to see more of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::browser;

/// Whether a lab fills the screen. The style sheet lets it cover the window; where the browser has
/// the Fullscreen API, the window becomes the screen.
#[derive(Clone, Copy, Debug)]
pub struct FullScreen {
    /// The lab's element.
    pub element: NodeRef<leptos::html::Section>,
    is_on: RwSignal<bool>,
    button: NodeRef<leptos::html::Button>,
}

impl Default for FullScreen {
    fn default() -> Self {
        Self::new()
    }
}

impl FullScreen {
    /// A lab that does not fill the screen yet. To be called once for a lab.
    #[must_use]
    pub fn new() -> Self {
        let full = Self {
            element: NodeRef::new(),
            is_on: RwSignal::new(false),
            button: NodeRef::new(),
        };
        full.follow_the_browser();
        full
    }

    /// Whether it does now.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.is_on.get()
    }

    /// Fills the screen, or leaves it.
    fn toggle(&self) {
        if self.is_on.get_untracked() {
            self.leave();
            return;
        }
        self.is_on.set(true);
        if let Some(element) = self.element.get_untracked() {
            spawn_local(async move { browser::fill_screen(&element).await });
        }
    }

    fn leave(&self) {
        self.is_on.set(false);
        browser::leave_screen();
        let button = self.button.get_untracked();
        request_animation_frame(move || {
            if let Some(button) = button {
                let _ = button.focus();
                button.scroll_into_view_with_bool(false);
            }
        });
    }

    /// Escape leaves; true if it did.
    pub fn escape(&self, event: &leptos::ev::KeyboardEvent) -> bool {
        let leaves = event.key() == "Escape" && self.is_on.get_untracked();
        if leaves {
            self.leave();
        }
        leaves
    }

    /// What lies behind the lab is covered, so the focus comes back before it goes there.
    pub fn keep_focus(&self, event: &leptos::ev::FocusEvent) {
        if !self.is_on.get_untracked() {
            return;
        }
        let (Some(element), Some(next)) = (self.element.get_untracked(), event.related_target())
        else {
            return;
        };
        let is_outside = next
            .dyn_ref::<web_sys::Node>()
            .is_some_and(|next| !element.contains(Some(next)));
        if let Some(button) = self.button.get_untracked().filter(|_| is_outside) {
            let _ = button.focus();
        }
    }

    /// The browser leaves by keys of its own.
    fn follow_the_browser(self) {
        Effect::new(move |_| {
            let was_full = StoredValue::new(false);
            let changes = window_event_listener_untyped("fullscreenchange", move |_| {
                let is_full = browser::is_screen_filled();
                if was_full.get_value() && !is_full {
                    self.is_on.set(false);
                }
                was_full.set_value(is_full);
            });
            on_cleanup(move || changes.remove());
        });
    }
}

/// The button for it.
#[component]
pub fn FullScreenButton(
    /// The lab's screen.
    full: FullScreen,
) -> impl IntoView {
    let word = move || {
        if full.is_on() {
            "Leave full screen"
        } else {
            "Full screen"
        }
    };
    view! {
        <button
            type="button"
            data-do="full-screen"
            node_ref=full.button
            aria-pressed=move || full.is_on().to_string()
            on:click=move |_| full.toggle()
        >
            {word}
        </button>
    }
}
