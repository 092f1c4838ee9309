//! Whether a history is linearizable: whether each operation can be given one moment, between
//! its call and its return, so that taking effect at those moments, one after the other, the
//! operations give what they gave (Herlihy and Wing, TOPLAS 1990).
//!
//! The search is Wing and Gong's (*Testing and Verifying Concurrent Objects*, JPDC 1993) with
//! Lowe's memory of configurations that lead nowhere (*Testing for Linearizability*, CCPE 2017),
//! as in porcupine (`checker.go`). Each object is checked by itself: a history is linearizable if
//! and only if its part at each object is (Herlihy and Wing, theorem 1; Horn and Kroening, *Faster
//! Linearizability Checking via P-Compositionality*, FORTE 2015). Memory and time are bounded.

mod search;
mod timeline;

use std::collections::BTreeMap;

use serde::Serialize;

use self::search::{Outcome, Search};
use super::operation::{History, Moment, Operation};
use super::specification::Specification;
use crate::sim::time::Micros;

/// How far a search goes before it gives up, for each object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bound {
    /// The most states it computes. One may come up many times; each time counts.
    pub states: u64,
    /// About the most bytes that it remembers.
    pub bytes: usize,
}

impl Default for Bound {
    /// 10 million states and 256 MB: a few seconds.
    fn default() -> Self {
        Self {
            states: 10_000_000,
            bytes: 256_000_000,
        }
    }
}

/// A verdict, and what it took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked<State> {
    /// Whether the history is linearizable.
    pub verdict: Verdict<State>,
    /// How many states were computed.
    pub states: u64,
}

/// Whether a history is linearizable. Operations are named by their place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict<State> {
    /// It is: in this order. An operation that never returned is missing if it need not have taken
    /// effect.
    Linearizable(Vec<Effect>),
    /// It is not.
    NotLinearizable(Refutation<State>),
    /// The bound was reached at the object of this key, and at no other object was anything wrong.
    Unknown(Option<String>),
}

/// A moment at which an operation may have taken effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The operation.
    pub operation: usize,
    /// When: between its call and its return, both included. Several operations may share a
    /// moment; their order stands.
    pub at: Micros,
}

/// Why a history is not linearizable: no order holds beyond the return of one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refutation<State> {
    /// The object at which it fails.
    pub key: Option<String>,
    /// The operation that cannot be placed: there are orders that hold of all that returned before
    /// it, and none that has this one as well.
    pub operation: usize,
    /// The longest orders that hold, one for each state in which they leave the object; at most
    /// [`MOST_ATTEMPTS`].
    pub attempts: Vec<Attempt<State>>,
}

/// The most orders that a refutation shows.
pub const MOST_ATTEMPTS: usize = 8;

/// An order that holds, and to which nothing can be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt<State> {
    /// The operations that are placed, in this order.
    pub order: Vec<usize>,
    /// The object's state after them.
    pub state: State,
}

/// Whether a history is linearizable, each object by itself starting as `specification` says.
/// Deterministic: the same history gives the same answer and the same count of states.
pub fn check<S: Specification>(
    specification: &S,
    history: &History<S::Input, S::Output>,
    bound: Bound,
) -> Checked<S::State> {
    let operations = history.operations();
    let mut states = 0;
    let mut effects = Vec::new();
    let mut unknown = None;
    for (key, moments) in by_object(history) {
        let search = Search::new(specification, operations, &moments, bound);
        let (outcome, computed) = search.run();
        states += computed;
        match outcome {
            Outcome::Found(order) => effects.extend(timed(operations, order)),
            Outcome::Refuted(operation, attempts) => {
                let key = key.map(str::to_owned);
                let refutation = Refutation {
                    key,
                    operation,
                    attempts,
                };
                let verdict = Verdict::NotLinearizable(refutation);
                return Checked { verdict, states };
            }
            Outcome::Exceeded => unknown = unknown.or(Some(key.map(str::to_owned))),
        }
    }
    // Stable: each object's operations stay in the order found for it.
    effects.sort_by_key(|effect| effect.at);
    let verdict = unknown.map_or(Verdict::Linearizable(effects), Verdict::Unknown);
    Checked { verdict, states }
}

/// Calls and returns at each object.
fn by_object<I, O>(history: &History<I, O>) -> BTreeMap<Option<&str>, Vec<Moment>> {
    let operations = history.operations();
    let mut objects: BTreeMap<Option<&str>, Vec<Moment>> = BTreeMap::new();
    for moment in history.moments() {
        let (Moment::Call(place) | Moment::Return(place)) = moment;
        if let Some(operation) = operations.get(place) {
            let moments = objects.entry(operation.key.as_deref()).or_default();
            moments.push(moment);
        }
    }
    objects
}

/// Gives the operations of an order the earliest moments that keep to it: each takes effect when
/// it and all before it have been called. None of them has returned by then, or the order would
/// not hold.
fn timed<I, O>(operations: &[Operation<I, O>], order: Vec<usize>) -> Vec<Effect> {
    let mut at = Micros::ZERO;
    let called = |operation: usize| operations.get(operation).map_or(Micros::ZERO, |o| o.call);
    order
        .into_iter()
        .map(|operation| {
            at = at.max(called(operation));
            Effect { operation, at }
        })
        .collect()
}

#[cfg(test)]
mod tests;
