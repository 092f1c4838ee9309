//! The order of a computation: happens-before, the paths that prove it, cones and cuts.

use serde::Serialize;

use super::computation::Computation;
use super::event::{EventId, MessageId};

/// How one event stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Relation {
    /// It happened before the other: it could have caused it.
    Before,
    /// It happened after the other.
    After,
    /// Neither could have caused the other.
    Concurrent,
    /// They are one event.
    Same,
}

/// Why an event comes after the one before it on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Link {
    /// It is the next on the same process.
    Process,
    /// It receives this message, which the one before it sent.
    Message(MessageId),
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Hop {
    /// How it is reached.
    pub by: Link,
    /// The event reached.
    pub to: EventId,
}

/// How many pairs of events there are of each sort; every pair counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PairCounts {
    /// Pairs of which one event happened before the other.
    pub ordered: u64,
    /// Pairs of concurrent events.
    pub concurrent: u64,
}

/// A message that a cut has received but not sent: why it is not consistent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Orphan {
    /// The message.
    pub message: MessageId,
    /// Where it is sent, after the cut.
    pub sent: EventId,
    /// Where it is received, before the cut.
    pub received: EventId,
}

impl Computation {
    /// Whether `a` happened before `b`. Never for one and the same event, or one that does not
    /// exist.
    pub fn happens_before(&self, a: EventId, b: EventId) -> bool {
        // Mattern 1989: b's stamp counts the events of a's process in b's past, and those are the
        // first so many. One entry of the stamp is enough.
        let known = self
            .event(a)
            .and_then(|event| self.vector(b).get(event.process));
        let place = self.place(a).map(u32::try_from);
        match (known, place) {
            (Some(known), Some(Ok(place))) => a != b && *known > place,
            _ => false,
        }
    }

    /// How `a` stands to `b`; nothing if one of them does not exist.
    pub fn relation(&self, a: EventId, b: EventId) -> Option<Relation> {
        self.event(a).and(self.event(b))?;
        Some(if a == b {
            Relation::Same
        } else if self.happens_before(a, b) {
            Relation::Before
        } else if self.happens_before(b, a) {
            Relation::After
        } else {
            Relation::Concurrent
        })
    }

    /// What proves that `a` happened before `b`: the fewest steps along processes and messages that
    /// lead from `a` to `b`, whose last is `b`. Nothing if it did not. Of several equally short
    /// ones, always the same.
    pub fn path(&self, a: EventId, b: EventId) -> Option<Vec<Hop>> {
        if !self.happens_before(a, b) {
            return None;
        }
        // Breadth first from a, within b's past.
        let mut reached: Vec<Option<(EventId, Link)>> = vec![None; self.events().len()];
        let mut front = vec![a];
        while reached.get(b.0) == Some(&None) && !front.is_empty() {
            let mut further = Vec::new();
            for from in front {
                for Hop { by, to } in self.hops(from) {
                    if to != b && !self.happens_before(to, b) {
                        continue;
                    }
                    if let Some(unseen @ None) = reached.get_mut(to.0) {
                        *unseen = Some((from, by));
                        further.push(to);
                    }
                }
            }
            front = further;
        }
        let mut hops = Vec::new();
        let mut to = b;
        while to != a {
            let (from, by) = (*reached.get(to.0)?)?;
            hops.push(Hop { by, to });
            to = from;
        }
        hops.reverse();
        Some(hops)
    }

    /// How many pairs of events are ordered, and how many concurrent.
    pub fn pair_counts(&self) -> PairCounts {
        let events = self.events().len() as u64;
        let all = events * events.saturating_sub(1) / 2;
        // A stamp counts its event's past, the event itself included.
        let pasts = self.ids().map(|id| {
            let past: u64 = self.vector(id).iter().copied().map(u64::from).sum();
            past.saturating_sub(1)
        });
        let ordered = pasts.sum();
        PairCounts {
            ordered,
            concurrent: all.saturating_sub(ordered),
        }
    }

    /// Everything that happened before an event: what could have influenced it. Without the event
    /// itself; in the order of the list.
    pub fn past(&self, id: EventId) -> Vec<EventId> {
        self.ids()
            .filter(|other| self.happens_before(*other, id))
            .collect()
    }

    /// Everything that an event happened before: what it could influence. Without the event itself;
    /// in the order of the list.
    pub fn future(&self, id: EventId) -> Vec<EventId> {
        self.ids()
            .filter(|other| self.happens_before(id, *other))
            .collect()
    }

    /// Whether a cut is consistent: whether it has sent all that it has received.
    ///
    /// A cut is given by how many events of each process lie before it. A number missing counts as
    /// 0, one too large as all. The smallest consistent cut that contains an event is the event's
    /// vector stamp.
    pub fn is_consistent(&self, cut: &[u32]) -> bool {
        self.orphan(cut).is_none()
    }

    /// A message that the cut has received but not sent: the first, in causal order. Nothing if the
    /// cut is consistent, see [`Self::is_consistent`].
    pub fn orphan(&self, cut: &[u32]) -> Option<Orphan> {
        let inside = |id: EventId| {
            let counted = self.event(id).and_then(|event| cut.get(event.process));
            let place = self.place(id).map(u32::try_from);
            matches!((counted, place), (Some(counted), Some(Ok(place))) if place < *counted)
        };
        let received = self.in_causal_order().iter().filter(|id| inside(**id));
        received
            .flat_map(|received| {
                self.sources(*received).map(|(message, sent)| Orphan {
                    message,
                    sent,
                    received: *received,
                })
            })
            .find(|orphan| !inside(orphan.sent))
    }

    /// The steps that lead away from an event.
    fn hops(&self, from: EventId) -> impl Iterator<Item = Hop> {
        let next = self.next(from).map(|to| Hop {
            by: Link::Process,
            to,
        });
        let received = self.targets(from).map(|(message, to)| Hop {
            by: Link::Message(message),
            to,
        });
        next.into_iter().chain(received)
    }
}
