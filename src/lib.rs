//! *Happens Before*: an interactive textbook of distributed systems.
//!
//! `sim`, `book` and `study` are pure and build without Leptos; `kit`, `labs`, `pages` and `app` draw
//! them. ARCHITECTURE.md says which may name which.

// Views are deeply nested types.
#![recursion_limit = "256"]

#[cfg(feature = "app")]
pub mod app;
pub mod book;
#[cfg(feature = "app")]
pub mod kit;
#[cfg(feature = "app")]
pub mod labs;
#[cfg(feature = "app")]
pub mod pages;
pub mod sim;
pub mod study;
