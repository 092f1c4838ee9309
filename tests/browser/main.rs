//! Readers with a real browser: Chromium, driven through ChromeDriver, on the built site in `dist/`.
//!
//! A test waits for conditions, never for time. One that fails says what the browser showed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod commands;
mod driver;
mod reader;
#[path = "../../tools/server.rs"]
mod server;
mod site;

mod files;
