//! The program `lab`, called as a person or a script calls it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod program;

mod arguments;
mod explore;
mod histories;
mod link;
mod models;
mod run;
mod show;
mod trace;
