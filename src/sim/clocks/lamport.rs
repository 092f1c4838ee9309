//! Lamport's clock (1978): a counter that no cause and effect can put in the wrong order.

use serde::Serialize;

/// The counter of one process, and the stamp of its last event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Lamport(pub u64);

impl Lamport {
    /// Stamps an event of the process itself (rule IR1): one more than the last.
    pub fn local(&mut self) -> Self {
        self.0 = self.0.saturating_add(1);
        *self
    }

    /// Stamps the receipt of a message (rule IR2): more than the last and than the message's.
    pub fn receive(&mut self, message: Self) -> Self {
        *self = (*self).max(message);
        self.local()
    }
}
