//! Histories of operations on shared objects, and whether they are linearizable.
//!
//! A history is what clients saw: what each asked for and when, what it was answered and when. A
//! lab's run gives one, and so do published test logs (see [`parse`]). [`check`] asks whether
//! all of it can be explained by operations that took effect one at a time.

pub mod cas_register;
pub mod kv;
pub mod linearizability;
pub mod notation;
pub mod operation;
pub mod parse;
pub mod register;
pub mod specification;
pub mod value;
pub mod write;

pub use cas_register::CasRegister;
pub use kv::Kv;
pub use linearizability::{Bound, Checked, Refutation, Verdict, check};
pub use operation::{History, Operation, Returned};
pub use register::Register;
pub use specification::Specification;
pub use value::Value;

// Compiled for tests only, as the file itself says.
mod tests;
