//! The search for an order of the operations at one object.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::timeline::Timeline;
use super::{Attempt, Bound, MOST_ATTEMPTS};
use crate::sim::histories::operation::{Moment, Operation};
use crate::sim::histories::specification::Specification;

/// About how many bytes a configuration takes, with its node, beside its state and what is ahead.
const CONFIGURATION: usize = 160;

/// What a search comes to. Operations are named by their place in the history.
#[derive(Clone, Debug)]
pub(super) enum Outcome<State> {
    /// An order.
    Found(Vec<usize>),
    /// There is none: the operation that cannot be placed, and how far the longest orders go.
    Refuted(usize, Vec<Attempt<State>>),
    /// The bound was reached.
    Exceeded,
}

/// A depth-first search over orders.
///
/// At any moment some operations have been placed, one after the other, and are taken out of the
/// timeline. Any that is called before the first return that is left may come next. Once that
/// return itself comes first, nothing can be added: the last placed operation is put back and the
/// next candidate tried instead.
///
/// An unanswered operation is not placed where it leaves the state as it is: whatever could follow
/// it there can follow without it.
pub(super) struct Search<'a, S: Specification> {
    specification: &'a S,
    bound: Bound,
    candidates: Vec<Candidate<'a, S>>,
    /// The candidates that returned, in that order.
    returns: Vec<usize>,
    timeline: Timeline,
    placed: Vec<bool>,
    /// How many of `returns` are placed without a gap from the first.
    front: usize,
    /// The other candidates that are placed, sorted. With `front` this names the set of all that
    /// are placed, and stays as small as there are operations under way at a time.
    ahead: Vec<usize>,
    /// The configurations that were reached.
    reached: BTreeSet<Configuration<S::State>>,
    /// A node for each configuration, in the order in which they were first reached.
    nodes: Vec<Node<S::State>>,
    current: usize,
    /// The nodes with the highest front at which nothing could be added, by their state.
    stuck: BTreeMap<Rc<S::State>, usize>,
    stuck_front: usize,
    states: u64,
    bytes: usize,
}

/// Front, what is ahead, and the state.
type Configuration<State> = (usize, Box<[usize]>, Rc<State>);

/// An operation at this object.
struct Candidate<'a, S: Specification> {
    /// Its place in the history.
    operation: usize,
    input: &'a S::Input,
    output: Option<&'a S::Output>,
    /// The places of its call and its return in the timeline.
    call: usize,
    returned: Option<usize>,
}

/// How a configuration was first reached.
struct Node<State> {
    /// The candidate that was placed last, and the node it was placed at; nothing at the beginning.
    step: Option<(usize, usize)>,
    /// How many are placed.
    depth: usize,
    front: usize,
    state: Rc<State>,
}

impl<'a, S: Specification> Search<'a, S> {
    /// A search among the operations of which these are the calls and returns.
    pub(super) fn new(
        specification: &'a S,
        operations: &'a [Operation<S::Input, S::Output>],
        moments: &[Moment],
        bound: Bound,
    ) -> Self {
        let mut candidates: Vec<Candidate<'a, S>> = Vec::new();
        let mut returns = Vec::new();
        let mut numbers = BTreeMap::new();
        let mut renamed = Vec::new();
        for (place, moment) in (1..).zip(moments) {
            match *moment {
                Moment::Call(operation) => {
                    let Operation {
                        input, returned, ..
                    } = &operations[operation];
                    numbers.insert(operation, candidates.len());
                    renamed.push(Moment::Call(candidates.len()));
                    candidates.push(Candidate {
                        operation,
                        input,
                        output: returned.as_ref().map(|returned| &returned.output),
                        call: place,
                        returned: None,
                    });
                }
                Moment::Return(operation) => {
                    let number = numbers[&operation];
                    candidates[number].returned = Some(place);
                    renamed.push(Moment::Return(number));
                    returns.push(number);
                }
            }
        }
        let root = Node {
            step: None,
            depth: 0,
            front: 0,
            state: Rc::new(specification.init()),
        };
        Self {
            specification,
            bound,
            placed: vec![false; candidates.len()],
            candidates,
            reached: BTreeSet::new(),
            returns,
            timeline: Timeline::new(renamed),
            front: 0,
            ahead: Vec::new(),
            nodes: vec![root],
            current: 0,
            stuck: BTreeMap::new(),
            stuck_front: 0,
            states: 0,
            bytes: 0,
        }
    }

    /// Searches, and says how many states it computed.
    pub(super) fn run(mut self) -> (Outcome<S::State>, u64) {
        let mut place = self.timeline.first();
        while self.front < self.returns.len() {
            let next = match self.timeline.at(place) {
                Some(Moment::Call(candidate)) => {
                    if self.states == self.bound.states || self.bytes > self.bound.bytes {
                        return (Outcome::Exceeded, self.states);
                    }
                    if self.place(candidate) {
                        Some(self.timeline.first())
                    } else {
                        Some(self.timeline.after(place))
                    }
                }
                Some(Moment::Return(_)) | None => {
                    self.note();
                    self.back()
                }
            };
            match next {
                Some(next) => place = next,
                None => return (self.refuted(), self.states),
            }
        }
        (Outcome::Found(self.order(self.current)), self.states)
    }

    /// Places a candidate next, if it fits and leads somewhere new. Says whether it did.
    fn place(&mut self, number: usize) -> bool {
        let candidate = &self.candidates[number];
        let Node { state, depth, .. } = &self.nodes[self.current];
        let (before, depth) = (Rc::clone(state), depth + 1);
        self.states += 1;
        let after = self
            .specification
            .step(&before, candidate.input, candidate.output);
        let Some(after) = after else {
            return false;
        };
        let unchanged = after == *before;
        if unchanged && candidate.output.is_none() {
            return false;
        }
        let state = if unchanged { before } else { Rc::new(after) };
        let front = self.front;
        self.advance(number);
        let ahead = self.ahead.as_slice().into();
        if !self.reached.insert((self.front, ahead, Rc::clone(&state))) {
            self.retreat(number, front);
            return false;
        }
        self.bytes += CONFIGURATION + size_of_val(self.ahead.as_slice());
        if !unchanged {
            self.bytes += self.specification.size(&state);
        }
        self.nodes.push(Node {
            step: Some((number, self.current)),
            depth,
            front: self.front,
            state,
        });
        self.current = self.nodes.len() - 1;
        self.take(number);
        true
    }

    /// Undoes the last placing, and gives the place in the timeline from which to try on; nothing
    /// if nothing is placed.
    fn back(&mut self) -> Option<usize> {
        let (number, before) = self.nodes[self.current].step?;
        self.put_back(number);
        self.retreat(number, self.nodes[before].front);
        self.current = before;
        Some(self.timeline.after(self.candidates[number].call))
    }

    /// Remembers the current node, if no order went further.
    fn note(&mut self) {
        if self.front > self.stuck_front {
            self.stuck.clear();
            self.stuck_front = self.front;
        }
        let Node { state, depth, .. } = &self.nodes[self.current];
        let full = self.stuck.len() == MOST_ATTEMPTS;
        if self.front < self.stuck_front || full && !self.stuck.contains_key(state) {
            return;
        }
        let longest = self.stuck.entry(Rc::clone(state)).or_insert(self.current);
        if self.nodes[*longest].depth < *depth {
            *longest = self.current;
        }
    }

    fn refuted(&self) -> Outcome<S::State> {
        let number = self.returns[self.stuck_front];
        let attempts = self.stuck.iter().map(|(state, node)| Attempt {
            order: self.order(*node),
            state: S::State::clone(state),
        });
        Outcome::Refuted(self.candidates[number].operation, attempts.collect())
    }

    /// The operations placed at a node, in order.
    fn order(&self, node: usize) -> Vec<usize> {
        let mut order = Vec::new();
        let mut node = &self.nodes[node];
        while let Some((number, before)) = node.step {
            order.push(self.candidates[number].operation);
            node = &self.nodes[before];
        }
        order.reverse();
        order
    }

    /// Adds a candidate to the set of those placed.
    fn advance(&mut self, number: usize) {
        self.placed[number] = true;
        self.add_ahead(number);
        while let Some(next) = self.returns.get(self.front).copied() {
            if !self.placed[next] {
                return;
            }
            self.drop_ahead(next);
            self.front += 1;
        }
    }

    /// Undoes [`Self::advance`]; the front was there before.
    fn retreat(&mut self, number: usize, front: usize) {
        while self.front > front {
            self.front -= 1;
            self.add_ahead(self.returns[self.front]);
        }
        self.drop_ahead(number);
        self.placed[number] = false;
    }

    fn add_ahead(&mut self, number: usize) {
        if let Err(at) = self.ahead.binary_search(&number) {
            self.ahead.insert(at, number);
        }
    }

    fn drop_ahead(&mut self, number: usize) {
        if let Ok(at) = self.ahead.binary_search(&number) {
            self.ahead.remove(at);
        }
    }

    /// Takes a candidate's call and return out of the timeline.
    fn take(&mut self, number: usize) {
        let Candidate { call, returned, .. } = self.candidates[number];
        self.timeline.take(call);
        if let Some(returned) = returned {
            self.timeline.take(returned);
        }
    }

    /// Undoes [`Self::take`].
    fn put_back(&mut self, number: usize) {
        let Candidate { call, returned, .. } = self.candidates[number];
        if let Some(returned) = returned {
            self.timeline.put_back(returned);
        }
        self.timeline.put_back(call);
    }
}
