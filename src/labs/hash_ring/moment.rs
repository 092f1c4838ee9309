//! What the pictures are made from: the ring at the cursor, and the one before the last change.

use std::sync::Arc;

use leptos::prelude::*;

use crate::kit::deck::Player;
use crate::kit::shared::Shared;
use crate::sim::History;
use crate::sim::hash_ring::{Event, HashRing, Setting};
use crate::sim::hashing::{Node, Ring};

/// The ring after some of the events of a run.
#[derive(Clone, Debug)]
pub struct Moment {
    /// What the run is set to.
    pub setting: Setting,
    /// What happened last; nothing before the run has begun.
    pub event: Option<Event>,
    /// The ring before that, if it changed the nodes.
    pub before: Option<Arc<Ring>>,
    /// The ring now.
    pub ring: Arc<Ring>,
}

impl Moment {
    /// The moment at which so many events have happened.
    ///
    /// Rings are made from the nodes that the events carry, only those that are looked at: stepping
    /// through a run plays nothing again.
    pub fn of(history: &History<HashRing>, count: usize) -> Self {
        let setting = *history.start().setting();
        let ring = |nodes: &[Node]| Arc::new(Ring::new(nodes, setting.virtual_nodes, setting.seed));
        let event = |count: usize| {
            let entry = history.entries().get(count.checked_sub(1)?)?;
            Some(&entry.event)
        };
        let last = event(count);
        let changed = last.filter(|last| last.changed());
        let before = changed.and_then(|_| event(count - 1));
        Self {
            setting,
            event: last.cloned(),
            before: before.map(|before| ring(&before.nodes)),
            ring: last.map_or_else(
                || Arc::new(history.start().ring().clone()),
                |last| ring(&last.nodes),
            ),
        }
    }

    /// What was said of the last event.
    pub fn sentence(&self) -> Option<String> {
        let event = self.event.as_ref()?;
        Some(event.sentence(&self.setting))
    }

    /// The node of that name.
    pub fn node(&self, id: u16) -> Option<Node> {
        self.ring.nodes().iter().find(|node| node.id == id).copied()
    }
}

/// The moment that the reader looks at. It changes with the events, not with every frame.
pub fn at_cursor(player: Player<HashRing>) -> Memo<Shared<Moment>> {
    let count = Memo::new(move |_| player.deck.count());
    Memo::new(move |_| {
        let count = count.get();
        Shared::new(player.history.with(|history| Moment::of(history, count)))
    })
}

/// Which of the eight colours a node has.
pub fn colour(id: u16) -> u16 {
    id.saturating_sub(1) % 8 + 1
}

/// Nodes of one colour differ in the width of their arcs: how often the colours were gone through.
pub fn round(id: u16) -> u16 {
    id.saturating_sub(1) / 8 % 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::hash_ring::LAB;
    use crate::sim::link;

    fn moment(text: &str, count: usize) -> Moment {
        Moment::of(&History::of(&link::decode(&LAB, text).run), count)
    }

    #[test]
    fn a_change_has_the_ring_before_it_and_the_beginning_has_none() {
        let join = moment("scenario=join", 2);
        assert_eq!(join.ring.nodes().len(), 11);
        assert_eq!(join.before.map(|ring| ring.nodes().len()), Some(10));
        assert!(moment("scenario=join", 1).before.is_none());
        assert!(moment("scenario=join", 0).event.is_none());
    }

    #[test]
    fn what_was_refused_has_moved_nothing() {
        let refused = moment("do=1s:recover:n1", 2);
        assert!(refused.before.is_none() && refused.event.is_some());
    }

    #[test]
    fn neighbours_in_the_list_differ_in_colour_and_the_ninth_in_width() {
        assert_eq!((colour(1), round(1)), (1, 0));
        assert_eq!((colour(8), round(8)), (8, 0));
        assert_eq!((colour(9), round(9)), (1, 1));
    }
}
