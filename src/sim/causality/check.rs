//! The reader's own stamps, marked.

use super::computation::Computation;
use super::event::EventId;
use super::rules::{Moment, Rule, stamps};

/// What a reader's stamp is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// There is none.
    Missing,
    /// It is the event's stamp.
    Right,
    /// The rule was applied rightly, to a stamp of the reader's that is not right.
    Follows,
    /// It is not.
    Wrong,
}

/// A reader's stamp of one event, marked.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark<S> {
    /// The event.
    pub event: EventId,
    /// What it is worth.
    pub judgement: Judgement,
    /// What it should be.
    pub expected: S,
    /// One sentence that says why. It gives nothing away where there is no answer yet.
    pub sentence: String,
}

/// Marks the reader's stamps, one for each event in the order of the list, by the rule of one clock.
/// An answer missing or `None` is none yet; answers beyond the last event are ignored.
pub fn check<R: Rule>(
    computation: &Computation,
    rule: &R,
    answers: &[Option<R::Stamp>],
) -> Vec<Mark<R::Stamp>> {
    let truth = stamps(computation, rule);
    let answer = |of: EventId| answers.get(of.0).cloned().flatten();
    let right = |of: EventId| truth.get(of.0).cloned();
    let mark = |(event, expected): (EventId, &R::Stamp)| {
        let moment = Moment::of(computation, event, right);
        // What the reader goes on from: the reader's own stamps, and the true ones where there are
        // none.
        let theirs = Moment::of(computation, event, |of| answer(of).or_else(|| right(of)));
        let (judgement, sentence) = match answer(event) {
            None => (Judgement::Missing, "No stamp yet.".to_owned()),
            Some(given) if given == *expected => (
                Judgement::Right,
                format!("Right: {}.", rule.because(&moment)),
            ),
            Some(given) if given == rule.stamp(&theirs) => (
                Judgement::Follows,
                format!(
                    "The rule is right, but not a stamp before it: {}; with the right ones it is {}.",
                    rule.because(&theirs),
                    rule.text(expected)
                ),
            ),
            Some(given) => (
                Judgement::Wrong,
                format!("Not {}: {}.", rule.text(&given), rule.because(&moment)),
            ),
        };
        Mark {
            event,
            judgement,
            expected: expected.clone(),
            sentence,
        }
    };
    computation.ids().zip(&truth).map(mark).collect()
}
