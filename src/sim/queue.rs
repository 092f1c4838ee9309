//! What is going to happen, in order.

use std::collections::BTreeMap;

use super::time::Micros;

/// Future events of a world, each at a microsecond of its own.
///
/// Because no two share one, a cursor in microseconds names exactly one state, and the moment an
/// event got is also its name, by which it can be cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue<E> {
    events: BTreeMap<Micros, E>,
    /// The first microsecond that is still to come.
    open: Micros,
}

impl<E> Default for Queue<E> {
    fn default() -> Self {
        Self {
            events: BTreeMap::new(),
            open: Micros::ZERO,
        }
    }
}

impl<E> Queue<E> {
    /// An empty queue at the beginning of a run.
    pub fn new() -> Self {
        Self::default()
    }

    /// Plans an event for the first free microsecond at or after `at` that has not passed yet.
    /// Returns that microsecond.
    pub fn schedule(&mut self, at: Micros, event: E) -> Micros {
        let mut free = at.max(self.open);
        for taken in self.events.range(free..).map(|(at, _)| *at) {
            if taken != free {
                break;
            }
            free = free.next();
        }
        self.events.insert(free, event);
        free
    }

    /// Takes an event back. Returns it, or nothing when none is planned for that microsecond.
    pub fn cancel(&mut self, at: Micros) -> Option<E> {
        self.events.remove(&at)
    }

    /// Takes the next event; what is planned from now on comes after it.
    pub fn pop(&mut self) -> Option<(Micros, E)> {
        let (at, event) = self.events.pop_first()?;
        self.pass(at);
        Some((at, event))
    }

    /// Says that something happened at `at` that was not in the queue: what is planned from now on
    /// comes after it.
    pub fn pass(&mut self, at: Micros) {
        self.open = self.open.max(at.next());
    }

    /// When the next event is.
    pub fn next_at(&self) -> Option<Micros> {
        self.events.first_key_value().map(|(at, _)| *at)
    }

    /// All planned events, the next one first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Micros, &E)> {
        self.events.iter().map(|(at, event)| (*at, event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_planned_for_one_moment_keep_their_order_a_microsecond_apart() {
        let mut queue = Queue::new();
        assert_eq!(queue.schedule(Micros(5), 'a'), Micros(5));
        assert_eq!(queue.schedule(Micros(6), 'b'), Micros(6));
        assert_eq!(queue.schedule(Micros(5), 'c'), Micros(7));
        let order: Vec<char> = std::iter::from_fn(|| queue.pop())
            .map(|(_, event)| event)
            .collect();
        assert_eq!(order, ['a', 'b', 'c']);
    }

    #[test]
    fn nothing_is_planned_into_the_past() {
        let mut queue = Queue::new();
        queue.schedule(Micros(5), 'a');
        queue.pop();
        assert_eq!(queue.schedule(Micros(2), 'b'), Micros(6));
        queue.pass(Micros(9));
        assert_eq!(queue.schedule(Micros(2), 'c'), Micros(10));
        assert_eq!(queue.cancel(Micros(6)), Some('b'));
        assert_eq!(queue.next_at(), Some(Micros(10)));
    }
}
