//! "Did you mean": the known name that is closest to an unknown one.

/// How many names a hint lists at most.
const LISTED: usize = 20;

/// How to mend an unknown name: the one that was probably meant, or else all there are.
/// `kind` is the plural: "labs".
pub(super) fn hint<S: AsRef<str>>(kind: &str, name: &str, known: &[S]) -> String {
    if let Some(near) = nearest(name, known) {
        return format!("did you mean `{near}`?");
    }
    if known.is_empty() {
        return format!("{kind}: there are none yet");
    }
    let names: Vec<&str> = known.iter().take(LISTED).map(S::as_ref).collect();
    let more = if known.len() > LISTED { ", …" } else { "" };
    format!("{kind} are: {}{more}", names.join(", "))
}

/// The known name that differs least, if it differs by no more than a slip of the hand.
pub(super) fn nearest<'k, S: AsRef<str>>(name: &str, known: &'k [S]) -> Option<&'k str> {
    let slips = (name.chars().count() / 3).max(1);
    let distances = known.iter().map(S::as_ref).map(|k| (distance(name, k), k));
    let (least, near) = distances.min()?;
    (least <= slips).then_some(near)
}

/// Edits (insert, delete, replace, swap of neighbours) from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.chars().collect();
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let replace = above[j] + usize::from(a != b);
            let mut least = replace.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABS: [&str; 2] = ["clock-skew", "quorum"];

    fn check(name: &str, hint_for_it: &str) {
        assert_eq!(hint("labs", name, &LABS), hint_for_it);
    }

    #[test]
    fn a_slip_of_the_hand_is_recognised() {
        check("quorom", "did you mean `quorum`?");
        check("qourum", "did you mean `quorum`?");
        check("clockskew", "did you mean `clock-skew`?");
    }

    #[test]
    fn what_resembles_nothing_gets_the_list() {
        check("raft", "labs are: clock-skew, quorum");
    }

    #[test]
    fn without_known_names_the_hint_says_so() {
        let none: [&str; 0] = [];
        assert_eq!(hint("labs", "raft", &none), "labs: there are none yet");
    }

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
        assert_eq!(distance("abcd", "abdc"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
