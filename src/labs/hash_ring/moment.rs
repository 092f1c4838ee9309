//! What the pictures are made from: the ring at the cursor, and the one before the last change.

use std::sync::Arc;

use leptos::prelude::*;

use crate::kit::deck::Player;
use crate::kit::shared::Shared;
use crate::sim::History;
use crate::sim::hash_ring::{Event, HashRing, Setting, What};
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
    /// Rings are made from the nodes that the events carry, and only where the moment that was
    /// looked at before has not got them: stepping through a run plays nothing again.
    pub fn of(history: &History<HashRing>, count: usize, previous: Option<&Self>) -> Self {
        let setting = *history.start().setting();
        let last_ring = history.last().shared_ring();
        let ring = |nodes: &[Node]| {
            let is_it = |ring: &&Arc<Ring>| {
                ring.nodes() == nodes
                    && ring.virtual_nodes() == setting.virtual_nodes
                    && ring.seed() == setting.seed
            };
            let known = previous.into_iter().flat_map(|moment| {
                let before = moment.before.iter();
                before.chain(std::iter::once(&moment.ring))
            });
            let known = known.chain(std::iter::once(&last_ring)).find(is_it);
            known.map_or_else(
                || Arc::new(Ring::new(nodes, setting.virtual_nodes, setting.seed)),
                Arc::clone,
            )
        };
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
                || ring(history.start().ring().nodes()),
                |last| ring(&last.nodes),
            ),
        }
    }

    /// What was said of the last event.
    pub fn sentence(&self) -> Option<String> {
        let event = self.event.as_ref()?;
        Some(event.sentence(&self.setting))
    }

    /// The node that the last event brought keys, if it did.
    pub fn winner(&self) -> Option<u16> {
        let event = self.event.as_ref().filter(|event| event.changed())?;
        let gains = match event.what {
            What::Joined { .. } | What::Recovered => true,
            What::Weighed { from, to } => to > from,
            _ => false,
        };
        gains.then_some(event.node)
    }

    /// The node of that name.
    pub fn node(&self, id: u16) -> Option<Node> {
        self.ring.nodes().iter().find(|node| node.id == id).copied()
    }
}

/// The moment that the reader looks at. It changes with the events, not with every frame.
pub fn at_cursor(player: Player<HashRing>) -> Memo<Shared<Moment>> {
    let count = Memo::new(move |_| player.deck.count());
    Memo::new(move |previous: Option<&Shared<Moment>>| {
        let (count, previous) = (count.get(), previous.map(|previous| &**previous));
        Shared::new(
            player
                .history
                .with(|history| Moment::of(history, count, previous)),
        )
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
        Moment::of(&History::of(&link::decode(&LAB, text).run), count, None)
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
    fn stepping_back_makes_no_ring_that_is_there_already() {
        let history = History::of(&link::decode(&LAB, "scenario=two-fail").run);
        let end = Moment::of(&history, 3, None);
        let before = Moment::of(&history, 2, Some(&end));
        assert!(Arc::ptr_eq(&before.ring, end.before.as_ref().unwrap()));
        assert!(Arc::ptr_eq(&end.ring, &history.last().shared_ring()));
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
