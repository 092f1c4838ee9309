//! Clocks: the physical ones that drift, the protocol that sets them, and the logical ones.

pub mod hybrid;
pub mod lamport;
pub mod ntp;
pub mod physical;
pub mod truetime;
pub mod vector;

pub use hybrid::Hybrid;
pub use lamport::Lamport;
pub use ntp::{Exchange, marzullo};
pub use physical::{Clock, Reading};
pub use truetime::{Bound, Interval};
pub use vector::Vector;
