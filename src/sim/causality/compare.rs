//! How far stamps tell the order of events: every pair, causally and by stamp.

use std::cmp::Ordering;

use serde::Serialize;

use super::computation::Computation;
use super::event::EventId;

/// Two events, and how their stamps order them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The cause; of two concurrent events the one that stands first in the list.
    pub first: EventId,
    /// The effect; of two concurrent events the other.
    pub second: EventId,
    /// Whether the two are concurrent.
    pub concurrent: bool,
    /// How the first's stamp stands to the second's; nothing if the stamps do not order them.
    #[serde(skip)]
    pub stamps: Option<Ordering>,
}

/// How many pairs there are of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Cause and effect, and the cause has the smaller stamp.
    pub agreeing: u64,
    /// Cause and effect, and the effect has the smaller stamp: the clock contradicts causality.
    pub contradicting: u64,
    /// Cause and effect with equal stamps.
    pub tied: u64,
    /// Cause and effect that the stamps leave unordered.
    pub missed: u64,
    /// Concurrent, and yet one stamp is smaller: an order that nothing caused.
    pub invented: u64,
    /// Concurrent with equal stamps.
    pub concurrent_tied: u64,
    /// Concurrent, and the stamps say so.
    pub recognised: u64,
}

/// Every pair of events once. `stamps` has one for each event, in the order of the list; where one is
/// missing its pairs are left out.
///
/// Pairs are made one by one, since there may be twelve million: take as many as can be shown.
/// Any stamps will do that can be compared: Lamport's, or Lamport's with the process's number as a tie
/// break, hybrid ones, vectors, and physical readings.
pub fn pairs<'a, S: PartialOrd>(
    computation: &'a Computation,
    stamps: &'a [S],
) -> impl Iterator<Item = Pair> + use<'a, S> {
    let later = |one: EventId| (one.0.saturating_add(1)..computation.events().len()).map(EventId);
    computation
        .ids()
        .flat_map(move |one| later(one).map(move |other| (one, other)))
        .filter_map(move |(one, other)| {
            let backwards = computation.happens_before(other, one);
            let (first, second) = if backwards {
                (other, one)
            } else {
                (one, other)
            };
            Some(Pair {
                first,
                second,
                concurrent: !backwards && !computation.happens_before(one, other),
                stamps: stamps.get(first.0)?.partial_cmp(stamps.get(second.0)?),
            })
        })
}

/// Counts the pairs of each sort; `stamps` as for [`pairs`].
pub fn compare<S: PartialOrd>(computation: &Computation, stamps: &[S]) -> Comparison {
    let mut counts = Comparison::default();
    for pair in pairs(computation, stamps) {
        let count = match (pair.concurrent, pair.stamps) {
            (false, Some(Ordering::Less)) => &mut counts.agreeing,
            (false, Some(Ordering::Greater)) => &mut counts.contradicting,
            (false, Some(Ordering::Equal)) => &mut counts.tied,
            (false, None) => &mut counts.missed,
            (true, Some(Ordering::Equal)) => &mut counts.concurrent_tied,
            (true, Some(_)) => &mut counts.invented,
            (true, None) => &mut counts.recognised,
        };
        *count = count.saturating_add(1);
    }
    counts
}
