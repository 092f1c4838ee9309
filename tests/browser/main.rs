//! Readers with a real browser: Chromium, driven through ChromeDriver, on the built site in `dist/`.
//!
//! A test waits for conditions, never for time. One that fails says what the browser showed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

// What the tests stand on.
mod commands;
mod driver;
#[allow(
    dead_code,
    reason = "tests only need a part of what the prerenderer does"
)]
#[path = "../../src/bin/prerender/offline.rs"]
mod edition;
mod host;
mod lab;
mod reader;
#[path = "../../tools/server.rs"]
mod server;
mod site;

// The tests.
mod accessible;
mod around;
mod break_it;
mod choices;
mod embed;
mod every_page;
mod files;
mod lab_arrives;
mod lab_controls;
mod lab_hash_ring;
mod lab_keyboard;
mod lab_links;
mod lab_logical_clocks;
mod lab_on_a_phone;
mod lab_player;
mod lab_quorum;
mod lab_saga;
mod lab_same_everywhere;
mod lab_shell;
mod lab_tasks;
mod many_runs;
mod navigation;
mod offline;
mod print;
mod projector;
mod questions;
mod safety;
mod search;
mod self_test;
mod serving;
mod slices;
mod study;
mod takeover;
mod unknown_address;
mod without_program;
mod your_data;
