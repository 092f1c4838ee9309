//! The histories of a key-value store that come with porcupine, a linearizability checker: one
//! EDN map a line, `{:process 0, :type :invoke, :f :append, :key "4", :value "x"}`.

use super::{Malformed, edn};
use crate::sim::histories::kv::{Input, Kv, Output};
use crate::sim::histories::operation::History;

/// Reads a history; every operation names its key.
///
/// # Errors
/// On the first line that makes no sense.
pub fn porcupine_kv(bytes: &[u8]) -> Result<History<Input, Output>, Malformed> {
    edn::read::<Kv>(bytes, true)
}
