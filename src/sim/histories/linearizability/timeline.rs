//! The calls and returns that a search has not dealt with, in the order of time.

use crate::sim::histories::operation::Moment;

/// A doubly linked list of moments from which operations are taken out and put back in constant
/// time. Places count from 1; 0 is before the first and one beyond the last is the end.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    moments: Vec<Moment>,
    next: Vec<usize>,
    previous: Vec<usize>,
}

impl Timeline {
    /// All of these moments.
    pub(super) fn new(moments: Vec<Moment>) -> Self {
        let end = moments.len() + 1;
        Self {
            moments,
            next: (0..=end).map(|place| (place + 1).min(end)).collect(),
            previous: (0..=end).map(|place| place.saturating_sub(1)).collect(),
        }
    }

    /// The first place that is left.
    pub(super) fn first(&self) -> usize {
        self.after(0)
    }

    /// The place after this one, which is not the end.
    pub(super) fn after(&self, place: usize) -> usize {
        self.next[place]
    }

    /// What happens at a place; nothing at the end.
    pub(super) fn at(&self, place: usize) -> Option<Moment> {
        self.moments.get(place.checked_sub(1)?).copied()
    }

    /// Takes a place out; it keeps its neighbours, so that it can be put back.
    pub(super) fn take(&mut self, place: usize) {
        let (before, after) = (self.previous[place], self.next[place]);
        self.next[before] = after;
        self.previous[after] = before;
    }

    /// Puts a place back. What was taken out last has to be put back first.
    pub(super) fn put_back(&mut self, place: usize) {
        let (before, after) = (self.previous[place], self.next[place]);
        self.next[before] = place;
        self.previous[after] = place;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(timeline: &Timeline) -> Vec<usize> {
        let mut place = timeline.first();
        let mut places = Vec::new();
        while timeline.at(place).is_some() {
            places.push(place);
            place = timeline.after(place);
        }
        places
    }

    #[test]
    fn what_is_taken_out_comes_back_to_its_place() {
        let mut timeline = Timeline::new((0..4).map(Moment::Call).collect());
        assert_eq!(places(&timeline), [1, 2, 3, 4]);
        timeline.take(2);
        timeline.take(3);
        assert_eq!(places(&timeline), [1, 4]);
        timeline.put_back(3);
        assert_eq!(places(&timeline), [1, 3, 4]);
        timeline.put_back(2);
        assert_eq!(places(&timeline), [1, 2, 3, 4]);
    }

    #[test]
    fn an_empty_timeline_has_nothing_at_its_first_place() {
        let timeline = Timeline::new(Vec::new());
        assert_eq!(timeline.at(timeline.first()), None);
    }
}
