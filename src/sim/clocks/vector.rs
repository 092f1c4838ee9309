//! Vector clocks (Fidge 1988, Mattern 1989): exactly what happened before what.

use std::cmp::Ordering;

use serde::Serialize;

/// How many events of each process are known; the process's own last event included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Vector([u32; Self::PROCESSES]);

impl Vector {
    /// The most processes there can be.
    pub const PROCESSES: usize = 8;

    /// Stamps an event of a process, counted from 0. A process that does not exist changes nothing.
    pub fn local(&mut self, process: usize) -> Self {
        tick(&mut self.0, process);
        *self
    }

    /// Stamps the receipt of a message by a process, counted from 0.
    pub fn receive(&mut self, process: usize, message: &Self) -> Self {
        merge(&mut self.0, &message.0);
        self.local(process)
    }

    /// Whether the event with this stamp happened before the one with the other: it could have
    /// caused it.
    pub fn before(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Less)
    }

    /// The counts, process by process.
    pub fn counts(&self) -> &[u32] {
        &self.0
    }
}

impl PartialOrd for Vector {
    /// Less: happened before; greater: happened after; none: concurrent.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        order(&self.0, &other.0)
    }
}

/// Counts an event of a process in a stamp with any number of processes. A process that does not
/// exist changes nothing.
pub fn tick(counts: &mut [u32], process: usize) {
    if let Some(events) = counts.get_mut(process) {
        *events = events.saturating_add(1);
    }
}

/// Adds what a message tells to what is known: the larger of the two in every entry.
pub fn merge(known: &mut [u32], told: &[u32]) {
    for (known, told) in known.iter_mut().zip(told) {
        *known = (*known).max(*told);
    }
}

/// How two stamps of the same length stand. Less: happened before; greater: happened after; none:
/// concurrent.
pub fn order(one: &[u32], other: &[u32]) -> Option<Ordering> {
    let mut pairs = one.iter().zip(other);
    let (at_most, at_least) = (
        pairs.clone().all(|(a, b)| a <= b),
        pairs.all(|(a, b)| a >= b),
    );
    match (at_most, at_least) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_orders_two_processes_and_nothing_else_does() {
        let (mut a, mut b) = (Vector::default(), Vector::default());
        let sent = a.local(0);
        let aside = b.local(1);
        assert!(!sent.before(&aside) && !aside.before(&sent));
        let received = b.receive(1, &sent);
        assert!(sent.before(&received) && aside.before(&received) && !received.before(&sent));
        assert!(!sent.before(&sent));
    }
}
