//! Logs in the format of ShiViz (Beschastnikh, Wang, Brun and Ernst, *Debugging Distributed
//! Systems*, 2016): each event is a line of text and a vector clock. Read into a computation, and
//! written from one.

mod clock;
mod layout;
mod parse;
mod rebuild;
mod write;

pub use layout::Layout;
pub use parse::{Log, MOST_BYTES, Wrong, parse};
pub use write::write;
