//! Clocks that disagree: what a log and a register make of them.

mod declaration;
mod world;

pub use declaration::LAB;
pub use world::{ClockSkew, Event};
