//! Rules and worlds: pure Rust, deterministic, no browser.
