//! The browser's program: takes over the prerendered page, nothing else.

use std::time::Duration;

fn main() {
    // A task of its own, so that compiling the program and taking over the page are not one long one.
    leptos::prelude::set_timeout(happens_before::app::hydrate, Duration::ZERO);
}
