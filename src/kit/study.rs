//! Where the reader's document is kept: one key of the browser's storage.
//!
//! Several tabs write to it, and each page has two programs that do. So none of them writes what it
//! has: each merges its own change into what is kept by then. What is kept is the truth; deleted
//! there, it is gone everywhere, and what another tab was about to write goes with it. Tabs hear of
//! each other by the event `storage`, the programs of one page by an event of this file.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::storage;
use crate::study::{Document, Read, read};

/// The key of the document.
pub const KEY: &str = "happens-before";
/// What the keys of damaged texts begin with; the moment in milliseconds follows.
pub const DAMAGED: &str = "happens-before.damaged.";
/// The key of the latest damage that the reader has been told of.
const TOLD: &str = "happens-before.told";
/// Tells the other program of the page that something was written.
const WRITTEN: &str = "happens-before-written";
/// A change is written after this time, together with those that came since.
const PAUSE: Duration = Duration::from_secs(1);

/// What hinders keeping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// The browser refuses to keep anything, or has no room.
    pub is_refused: bool,
    /// The reader has marked something by hand that is not kept.
    pub is_missed: bool,
    /// A newer edition has written the document, of this version; it is left as it is.
    pub newer: Option<u64>,
    /// Something damaged is in the document's place and so large that it cannot be set aside.
    pub is_stuck: bool,
    /// When damage was found, for each text that was set aside.
    pub damaged: Vec<u64>,
    /// The reader has not been told of the last of them.
    pub is_news: bool,
}

/// One for each program.
#[derive(Clone)]
struct Keeper {
    /// What is kept, with what is to be written.
    document: ArcRwSignal<Document>,
    health: ArcRwSignal<Health>,
    /// What is to be written.
    change: Rc<RefCell<Document>>,
    is_open: Rc<Cell<bool>>,
    is_waiting: Rc<Cell<bool>>,
}

thread_local! {
    static KEEPER: Keeper = Keeper {
        document: ArcRwSignal::default(),
        health: ArcRwSignal::default(),
        change: Rc::default(),
        is_open: Rc::default(),
        is_waiting: Rc::default(),
    };
}

fn keeper() -> Keeper {
    KEEPER.with(Clone::clone)
}

/// Reads what is kept, and listens from then on. To be called by effects, as often as they like.
/// Until then the document is empty, as it is on the host.
pub fn open() {
    let keeper = keeper();
    if keeper.is_open.replace(true) {
        return;
    }
    keeper.refresh();
    let other = keeper.clone();
    let _ = window_event_listener(leptos::ev::storage, move |event| {
        if is_deletion(event.key().as_deref(), event.new_value().as_deref()) {
            other.change.take();
        }
        other.refresh();
    });
    for event in ["pageshow", WRITTEN] {
        let keeper = keeper.clone();
        // For as long as there is the page.
        let _ = window_event_listener_untyped(event, move |_| keeper.refresh());
    }
    for event in ["pagehide", "visibilitychange"] {
        let keeper = keeper.clone();
        let _ = window_event_listener_untyped(event, move |_| keeper.write());
    }
}

/// Looks at the document, and follows it.
pub fn with<T>(look: impl FnOnce(&Document) -> T) -> T {
    keeper().document.with(look)
}

/// Looks at the document as it is now.
pub fn with_untracked<T>(look: impl FnOnce(&Document) -> T) -> T {
    keeper().document.with_untracked(look)
}

/// What hinders keeping; followed.
#[must_use]
pub fn health() -> Health {
    keeper().health.get()
}

/// What hinders keeping now.
#[must_use]
pub fn health_untracked() -> Health {
    keeper().health.get_untracked()
}

/// Changes the document: `make` gives the change, from the document and the time.
pub fn change(make: impl FnOnce(&Document, u64) -> Document) {
    open();
    let keeper = keeper();
    let made = keeper
        .document
        .with_untracked(|document| make(document, now()));
    if made.is_empty() {
        return;
    }
    keeper
        .document
        .update(|document| *document = document.merged(&made));
    keeper.change.replace_with(|change| change.merged(&made));
    if !keeper.is_waiting.replace(true) {
        set_timeout(move || keeper.write(), PAUSE);
    }
}

/// Changes the document as the reader says by hand. It is written at once, so that they hear of it
/// where it cannot be kept.
pub fn mark(make: impl FnOnce(&Document, u64) -> Document) {
    change(make);
    let keeper = keeper();
    if !write_now() {
        keeper
            .health
            .update(|health| health.is_missed = health.is_refused);
    }
}

/// Writes at once what is to be written; what cannot be written stays for the next time. Whether
/// everything is written.
pub fn write_now() -> bool {
    let keeper = keeper();
    keeper.write();
    keeper.change.borrow().is_empty()
}

/// Forgets everything, what was set aside too.
pub fn delete_all() {
    let keeper = keeper();
    for key in storage::keys(KEY) {
        storage::remove(&key);
    }
    keeper.change.take();
    keeper.refresh();
    announce();
}

/// The text in the document's place, whatever it is.
#[must_use]
pub fn kept_text() -> Option<String> {
    storage::read(KEY)
}

/// The damaged text that was set aside at that moment, or the one that could not be.
#[must_use]
pub fn damaged_text(when: Option<u64>) -> Option<String> {
    match when {
        Some(when) => storage::read(&format!("{DAMAGED}{when}")),
        None => kept_text(),
    }
}

/// The reader has been told of the damage.
pub fn set_told() {
    let keeper = keeper();
    if let Some(last) = keeper
        .health
        .with_untracked(|health| health.damaged.last().copied())
    {
        storage::write(TOLD, &last.to_string());
    }
    keeper.refresh();
    announce();
}

/// The time, in milliseconds since 1970 (UTC).
#[must_use]
pub fn now() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time before 1970 becomes 1970"
    )]
    let now = js_sys::Date::now() as u64;
    now
}

/// By how many minutes the reader's clocks are ahead of UTC.
#[must_use]
pub fn minutes_ahead() -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole minutes, less than a day of them"
    )]
    let behind = js_sys::Date::new_0().get_timezone_offset() as i32;
    -behind
}

impl Keeper {
    /// Takes over what is kept by now.
    fn refresh(&self) {
        let (kept, mut health) = self.kept();
        health.is_refused =
            !storage::is_there() || self.health.with_untracked(|before| before.is_refused);
        let document = kept.merged(&self.change.borrow());
        if self.document.with_untracked(|before| *before != document) {
            self.document.set(document);
        }
        self.set_health(health);
    }

    /// Merges the change into what is kept by now.
    fn write(&self) {
        self.is_waiting.set(false);
        if self.change.borrow().is_empty() {
            return;
        }
        let (kept, mut health) = self.kept();
        let document = kept.merged(&self.change.borrow());
        if health.newer.is_none() && !health.is_stuck {
            health.is_refused = !storage::write(KEY, &document.to_text());
            if !health.is_refused {
                self.change.take();
            }
        }
        let has_written = self.change.borrow().is_empty();
        if self.document.with_untracked(|before| *before != document) {
            self.document.set(document);
        }
        self.set_health(health);
        if has_written {
            announce();
        }
    }

    fn set_health(&self, health: Health) {
        if self.health.with_untracked(|before| *before != health) {
            self.health.set(health);
        }
    }

    /// What is kept. Damage is set aside.
    fn kept(&self) -> (Document, Health) {
        let mut health = Health {
            is_missed: self.health.with_untracked(|before| before.is_missed),
            ..Health::default()
        };
        let mut document = Document::default();
        if let Some(text) = storage::read(KEY) {
            let Read {
                document: found,
                damage,
                newer,
                ..
            } = read(&text);
            document = found;
            health.newer = newer;
            health.is_stuck = damage.is_some() && !set_aside(&text, &document);
        }
        let moment = |key: &String| key.strip_prefix(DAMAGED)?.parse().ok();
        let damaged: Vec<u64> = storage::keys(DAMAGED).iter().filter_map(moment).collect();
        let told = storage::read(TOLD).and_then(|told| told.parse().ok());
        health.is_news = health.is_stuck || damaged.iter().copied().max() > told;
        health.damaged = damaged;
        (document, health)
    }
}

/// Puts a damaged text under a key of its own, and what could be read of it in its place. False, and
/// nothing is changed, if the browser has no room for that.
fn set_aside(text: &str, readable: &Document) -> bool {
    let key = format!("{DAMAGED}{}", now());
    // A large text has no room twice. It is moved only where anything can be written at all.
    if !storage::write(&key, text) {
        if !storage::write(&key, "") {
            return false;
        }
        storage::remove(KEY);
        if !storage::write(&key, text) {
            storage::remove(&key);
            storage::write(KEY, text);
            return false;
        }
    }
    if readable.is_empty() || !storage::write(KEY, &readable.to_text()) {
        storage::remove(KEY);
    }
    true
}

/// Whether what another tab did to the storage took the document away. Without a key it emptied all
/// of it.
fn is_deletion(key: Option<&str>, new: Option<&str>) -> bool {
    key.is_none_or(|key| key == KEY) && new.is_none()
}

fn announce() {
    if let Ok(event) = web_sys::Event::new(WRITTEN) {
        let _ = window().dispatch_event(&event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_takes_the_document_away_is_a_deletion() {
        assert!(is_deletion(None, None));
        assert!(is_deletion(Some(KEY), None));
        assert!(!is_deletion(Some(KEY), Some("{}")));
        assert!(!is_deletion(Some("theme"), None));
        assert!(!is_deletion(Some("happens-before.damaged.1"), None));
    }
}
