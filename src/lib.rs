//! *Happens Before*: an interactive textbook of distributed systems.
//!
//! `sim`, `book` and `study` are pure and build without Leptos; `kit`, `labs`, `pages` and
//! `app` draw them. ARCHITECTURE.md says which may name which.

pub mod book;
pub mod sim;
