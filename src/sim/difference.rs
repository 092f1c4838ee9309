//! Where two runs part: the first event that one of them has otherwise than the other.

use super::history::Told;
use super::time::Micros;

/// Where two runs part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The event's place in both runs, from 0; all before it are the same in both.
    pub place: usize,
    /// The moment from which they differ: the earlier of the two events.
    pub at: Micros,
}

/// The first place at which two runs have another sentence or another moment, or at which one of
/// them has ended; nothing if they have the same events.
pub fn first_difference(one: &dyn Told, other: &dyn Told) -> Option<Difference> {
    (0..one.count().max(other.count())).find_map(|place| {
        let at = match (one.when(place), other.when(place)) {
            (Some(a), Some(b)) if a == b && one.sentence(place) == other.sentence(place) => {
                return None;
            }
            (Some(a), Some(b)) => a.min(b),
            (a, b) => a.or(b)?,
        };
        Some(Difference { place, at })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::clock_skew::LAB;
    use crate::sim::{link, run::Run};

    /// Where the runs of two links part.
    fn check(one: &str, other: &str, expected: Option<(usize, u64)>) {
        let told = |text: &str| (LAB.engine.told)(&link::decode(&LAB, text).run);
        let found = first_difference(told(one).as_ref(), told(other).as_ref());
        let expected = expected.map(|(place, at)| Difference {
            place,
            at: Micros(at),
        });
        assert_eq!(found, expected, "{one} and {other}");
        let back = first_difference(told(other).as_ref(), told(one).as_ref());
        assert_eq!(back, expected, "the other way round");
    }

    #[test]
    fn a_run_does_not_differ_from_itself() {
        check("scenario=drift", "scenario=drift", None);
    }

    #[test]
    fn runs_part_where_a_sentence_or_a_moment_is_another() {
        check(
            "scenario=fast-clock",
            "scenario=fast-clock;offset=60ms",
            Some((0, 90_000)),
        );
        check(
            "scenario=fast-clock",
            "scenario=fast-clock;delay=10ms",
            Some((1, 95_000)),
        );
    }

    #[test]
    fn a_run_that_has_ended_differs_from_one_that_goes_on() {
        let longer = "scenario=fast-clock;do=90ms:write:n2,130ms:write:n1,500ms:write:n1";
        let events = (LAB.engine.told)(&Run::of(&LAB)).count();
        check("scenario=fast-clock", longer, Some((events, 500_000)));
    }
}
