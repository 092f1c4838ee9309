//! Operations as their clients saw them, and histories of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::sim::time::Micros;

/// The most operations that a history may have.
pub const MOST_OPERATIONS: usize = 100_000;

/// One use of a shared object, from its call to its return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Operation<I, O> {
    /// The client: it has at most one operation under way, or has given up on those before.
    pub process: u32,
    /// The object that is used, where there are several.
    pub key: Option<String>,
    /// When the client asked.
    pub call: Micros,
    /// What it asked for.
    pub input: I,
    /// The answer; nothing if none ever came. Such an operation may have taken effect at any
    /// moment after its call, or not at all.
    pub returned: Option<Returned<O>>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Returned<O> {
    /// When it came; not before the call.
    pub at: Micros,
    /// What it said.
    pub output: O,
}

/// Operations in the order of their calls, at most [`MOST_OPERATIONS`], each process with one at
/// a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct History<I, O> {
    operations: Vec<Operation<I, O>>,
}

impl<I, O> History<I, O> {
    /// The history of these operations, in whatever order they are given.
    ///
    /// # Errors
    /// When there are too many, when one returns before its call, or when a process calls before
    /// (or in the same microsecond as) its last operation returned.
    pub fn new(mut operations: Vec<Operation<I, O>>) -> Result<Self, Impossible> {
        if operations.len() > MOST_OPERATIONS {
            return Err(Impossible::TooMany(operations.len()));
        }
        operations.sort_by_key(|operation| operation.call);
        let mut busy_until: BTreeMap<u32, Micros> = BTreeMap::new();
        for Operation {
            process,
            call,
            returned,
            ..
        } in &operations
        {
            if busy_until.get(process).is_some_and(|until| call <= until) {
                return Err(Impossible::Overlap(*process, *call));
            }
            match returned {
                Some(Returned { at, .. }) if at < call => {
                    return Err(Impossible::Backwards(*process, *call));
                }
                Some(Returned { at, .. }) => busy_until.insert(*process, *at),
                None => busy_until.insert(*process, *call),
            };
        }
        Ok(Self { operations })
    }

    /// The operations in the order of their calls. Their places here are what verdicts name.
    pub fn operations(&self) -> &[Operation<I, O>] {
        &self.operations
    }

    /// Calls and returns in the order of time. In one microsecond calls come first: what touches
    /// counts as overlapping, since nothing says which came first.
    pub fn moments(&self) -> Vec<Moment> {
        let mut moments = Vec::new();
        for (place, operation) in self.operations.iter().enumerate() {
            moments.push((operation.call, Moment::Call(place)));
            if let Some(returned) = &operation.returned {
                moments.push((returned.at, Moment::Return(place)));
            }
        }
        moments.sort_unstable();
        moments.into_iter().map(|(_, moment)| moment).collect()
    }
}

/// A call or a return, with the operation's place in its history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// A client asks.
    Call(usize),
    /// It is answered.
    Return(usize),
}

/// Why operations are no history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// So many are more than [`MOST_OPERATIONS`].
    TooMany(usize),
    /// This process has an operation, called at this moment, that returns before its call.
    Backwards(u32, Micros),
    /// This process calls at this moment although its last operation has not returned.
    Overlap(u32, Micros),
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany(count) => write!(
                f,
                "{count} operations are too many; a history has at most {MOST_OPERATIONS}: check a part of it"
            ),
            Self::Backwards(process, call) => write!(
                f,
                "the operation that process {process} calls at {call} returns before its call; \
                 a return is not earlier than its call"
            ),
            Self::Overlap(process, call) => write!(
                f,
                "process {process} calls at {call} before its last operation has returned; \
                 give operations that overlap to different processes"
            ),
        }
    }
}

impl std::error::Error for Impossible {}

#[cfg(test)]
mod tests {
    use super::*;

    /// An operation without content.
    fn operation(process: u32, call: u64, returned: Option<u64>) -> Operation<(), ()> {
        Operation {
            process,
            key: None,
            call: Micros(call),
            input: (),
            returned: returned.map(|at| Returned {
                at: Micros(at),
                output: (),
            }),
        }
    }

    fn check(operations: Vec<Operation<(), ()>>, expected: Option<Impossible>) {
        assert_eq!(History::new(operations).err(), expected);
    }

    #[test]
    fn operations_are_kept_in_the_order_of_their_calls() {
        let history =
            History::new(vec![operation(1, 5, Some(6)), operation(2, 3, Some(9))]).unwrap();
        let calls: Vec<u64> = history.operations().iter().map(|o| o.call.0).collect();
        assert_eq!(calls, [3, 5]);
    }

    #[test]
    fn a_process_has_one_operation_at_a_time() {
        check(
            vec![operation(1, 0, Some(5)), operation(1, 5, Some(6))],
            Some(Impossible::Overlap(1, Micros(5))),
        );
        check(
            vec![operation(1, 0, Some(5)), operation(2, 3, Some(6))],
            None,
        );
    }

    #[test]
    fn a_process_may_give_up_and_go_on() {
        check(vec![operation(1, 0, None), operation(1, 5, Some(6))], None);
    }

    #[test]
    fn a_return_before_its_call_is_refused() {
        check(
            vec![operation(4, 7, Some(6))],
            Some(Impossible::Backwards(4, Micros(7))),
        );
    }

    #[test]
    fn a_history_is_bounded() {
        let call = |process| operation(process, 0, None);
        check((0..100_000).map(call).collect(), None);
        check(
            (0..100_001).map(call).collect(),
            Some(Impossible::TooMany(100_001)),
        );
    }
}
