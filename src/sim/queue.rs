//! What is going to happen, in order.

use std::collections::BTreeMap;

use super::time::Micros;

/// Future events of a world, each at a microsecond of its own, and the present moment.
///
/// Because no two share one, a cursor in microseconds names exactly one state, and the moment an
/// event got is also its name, by which it can be cancelled.
///
/// An event is work, which a run goes on for until it is done, or routine, which would go on for
/// ever (a heartbeat, a poll) and alone keeps no run going.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue<E> {
    events: BTreeMap<Micros, (E, Duty)>,
    /// The first microsecond that is still to come.
    open: Micros,
    /// When the last planned work is.
    last_work: Micros,
}

/// Whether a run goes on for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// The run goes on until it has happened.
    Work,
    /// It happens only while the run goes on for other reasons.
    Routine,
}

impl<E> Default for Queue<E> {
    fn default() -> Self {
        Self {
            events: BTreeMap::new(),
            open: Micros::ZERO,
            last_work: Micros::ZERO,
        }
    }
}

impl<E> Queue<E> {
    /// An empty queue at the beginning of a run.
    pub fn new() -> Self {
        Self::default()
    }

    /// The present: when the last event was; zero before the first.
    pub fn now(&self) -> Micros {
        self.open.minus(Micros(1))
    }

    /// Plans work for the first free microsecond at or after `at` that has not passed yet.
    /// Returns that microsecond.
    pub fn schedule(&mut self, at: Micros, event: E) -> Micros {
        let free = self.put(at, event, Duty::Work);
        self.last_work = self.last_work.max(free);
        free
    }

    /// Plans routine in the same way.
    pub fn schedule_routine(&mut self, at: Micros, event: E) -> Micros {
        self.put(at, event, Duty::Routine)
    }

    fn put(&mut self, at: Micros, event: E, duty: Duty) -> Micros {
        let mut free = at.max(self.open);
        for taken in self.events.range(free..).map(|(at, _)| *at) {
            if taken != free {
                break;
            }
            free = free.next();
        }
        self.events.insert(free, (event, duty));
        free
    }

    /// Takes an event back. Returns it, or nothing when none is planned for that microsecond.
    pub fn cancel(&mut self, at: Micros) -> Option<(E, Duty)> {
        let cancelled = self.events.remove(&at)?;
        if at == self.last_work {
            let work = self
                .events
                .iter()
                .rev()
                .find(|(_, (_, duty))| *duty == Duty::Work);
            self.last_work = work.map_or(self.now(), |(at, _)| *at);
        }
        Some(cancelled)
    }

    /// Takes the next event; what is planned from now on comes after it.
    pub fn pop(&mut self) -> Option<(Micros, E, Duty)> {
        let (at, (event, duty)) = self.events.pop_first()?;
        self.pass(at);
        Some((at, event, duty))
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

    /// When the last planned work is; if none is planned, no later than now.
    pub fn last_work(&self) -> Micros {
        self.last_work
    }

    /// The event planned for a microsecond.
    pub fn get(&self, at: Micros) -> Option<&E> {
        self.events.get(&at).map(|(event, _)| event)
    }

    /// All planned events, the next one first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Micros, &E)> {
        self.events.iter().map(|(at, (event, _))| (*at, event))
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
            .map(|(_, event, _)| event)
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
        assert_eq!(queue.cancel(Micros(6)), Some(('b', Duty::Work)));
        assert_eq!(queue.next_at(), Some(Micros(10)));
    }

    #[test]
    fn a_run_goes_on_for_work_and_not_for_routine() {
        let mut queue = Queue::new();
        queue.schedule(Micros(5), 'a');
        queue.schedule(Micros(9), 'b');
        queue.schedule_routine(Micros(20), 'r');
        assert_eq!(queue.last_work(), Micros(9));
        queue.cancel(Micros(9));
        assert_eq!(queue.last_work(), Micros(5));
        queue.pop();
        assert_eq!(queue.now(), Micros(5));
        assert!(queue.last_work() <= queue.now());
    }
}
