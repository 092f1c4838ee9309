//! The labs' published references, each with its tolerance. `cargo test --test references --
//! --nocapture` prints the figures reached.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod clock_skew;
mod hash_ring;
mod logical_clocks;
mod quorum;
mod saga;
