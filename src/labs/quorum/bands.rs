//! A band over a row of replicas: from the first that counts to the last.

/// What a band does at a replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The replica counts.
    In,
    /// It does not, but the band passes it.
    Between,
    /// The band does not reach it.
    Out,
}

impl Place {
    /// Its name in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Between => "between",
            Self::Out => "out",
        }
    }
}

/// The band that ties those that count.
pub(super) fn places(counts: &[bool]) -> Vec<Place> {
    let first = counts.iter().position(|counts| *counts);
    let last = counts.iter().rposition(|counts| *counts);
    let reached = |place: usize| first <= Some(place) && first.is_some() && Some(place) <= last;
    counts
        .iter()
        .enumerate()
        .map(|(place, counts)| match (counts, reached(place)) {
            (true, _) => Place::In,
            (false, true) => Place::Between,
            (false, false) => Place::Out,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(counts: &[bool], expected: &str) {
        let letters: String = places(counts)
            .into_iter()
            .map(|place| match place {
                Place::In => '#',
                Place::Between => '-',
                Place::Out => '.',
            })
            .collect();
        assert_eq!(letters, expected, "{counts:?}");
    }

    #[test]
    fn a_band_reaches_from_the_first_that_counts_to_the_last() {
        check(&[true, false, true, false], "#-#.");
        check(&[false, true, true], ".##");
        check(&[false, false], "..");
        check(&[true], "#");
        check(&[], "");
    }
}
