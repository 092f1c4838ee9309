//! What an object does when it is used by one client at a time.

use std::fmt;

/// A sequential specification: the object's states, and which answer an operation may give in
/// which state (Herlihy and Wing, *Linearizability: A Correctness Condition for Concurrent
/// Objects*, TOPLAS 1990, section 2.2).
pub trait Specification {
    /// What a client asks for.
    type Input;
    /// What it is answered.
    type Output;
    /// What the object remembers.
    type State: Clone + Ord + fmt::Debug;

    /// The state before the first operation.
    fn init(&self) -> Self::State;

    /// The state after an operation that took effect in `state`, or nothing if it could not have
    /// given this output there. An output of `None` is not known: any will do.
    fn step(
        &self,
        state: &Self::State,
        input: &Self::Input,
        output: Option<&Self::Output>,
    ) -> Option<Self::State>;

    /// About how many bytes a state takes, so that a search can keep within its bound.
    fn size(&self, _state: &Self::State) -> usize {
        size_of::<Self::State>()
    }
}
