//! Hashing: the functions, and the schemes that give keys to nodes with them.
//!
//! [`Ring`] is consistent hashing with virtual nodes; [`modulo`], [`rendezvous`], [`jump`] and
//! [`bounded`] are what it is compared with. [`Placing`] puts many keys under one of them a slice
//! at a time, [`moved`] says which keys change their node, and [`theory`] what to expect.

pub mod bounded;
pub mod crc16;
pub mod fnv;
pub mod jump;
pub mod ketama;
pub mod md5;
pub mod modulo;
pub mod moves;
pub mod murmur3;
pub mod node;
pub mod placement;
pub mod rendezvous;
pub mod ring;
pub mod splitmix;
pub mod spread;
pub mod theory;

pub use bounded::Bounded;
pub use ketama::Continuum;
pub use moves::{Moves, moved};
pub use node::{Among, Node};
pub use placement::{Placement, Placing, Popularity, Scheme};
pub use rendezvous::Rendezvous;
pub use ring::Ring;
pub use spread::Spread;
