//! What a change has to move, and what each scheme is expected to move.

use super::event::What;
use super::share::Fraction;
use crate::sim::hashing::{Node, Scheme, theory};

/// The share of keys that a scheme moves when the nodes change in the way that `what` says of
/// `node`, over all rings; nothing where there is no closed form.
///
/// The ring and rendezvous hashing move what the node's part of the weight gains or loses, which is
/// the least that can move. Modulo and jump hashing know places in a list, and no weights. Jump
/// hashing is made for the end of the list: a node that goes from the middle shifts all after it.
pub fn moved(
    scheme: Scheme,
    before: &[Node],
    after: &[Node],
    node: u16,
    what: What,
) -> Option<Fraction> {
    let (was, is) = (serving(before), serving(after));
    if was == is && !matches!(what, What::Weighed { .. }) {
        return Some(Fraction::of(0, 1));
    }
    match scheme {
        Scheme::Ring | Scheme::Rendezvous => Some(least(before, after, node)),
        Scheme::Modulo => Some(by_modulo(was.len() as u64, is.len() as u64)),
        Scheme::Jump => Some(by_jump(&was, &is, node)),
        Scheme::Bounded { .. } => None,
    }
}

/// What a node's part of all weight gains or loses.
fn least(before: &[Node], after: &[Node], node: u16) -> Fraction {
    let (was, all_was) = part(before, node);
    let (is, all_is) = part(after, node);
    // Without any weight nobody has anything.
    match (all_was, all_is) {
        (0, 0) => Fraction::of(0, 1),
        (0, _) | (_, 0) => Fraction::of(1, 1),
        _ => Fraction::of((was * all_is).abs_diff(is * all_was), all_was * all_is),
    }
}

/// A node's weight among those that serve, and the weight of all of them.
fn part(nodes: &[Node], node: u16) -> (u64, u64) {
    let serving = || nodes.iter().filter(|other| other.serves());
    let own = serving().find(|other| other.id == node);
    (
        own.map_or(0, |own| u64::from(own.weight)),
        serving().map(|other| u64::from(other.weight)).sum(),
    )
}

/// 1 − gcd/max: see [`theory::moved_by_modulo`].
fn by_modulo(from: u64, to: u64) -> Fraction {
    if from == to {
        return Fraction::of(0, 1);
    }
    // One node more or fewer: the numbers have no divisor in common.
    let most = from.max(to);
    if from.min(to) == 0 {
        return Fraction::of(1, 1);
    }
    Fraction::of(most - 1, most)
}

/// With N nodes before or after, whichever is more, and the node at place p of those, from 0.
///
/// The keys of the last place change their bucket, 1/N; those of the places p … N − 2 stay in
/// theirs, whose node is another. Of the first, one in N − 1 happens to find its old node there.
fn by_jump(was: &[u16], is: &[u16], node: u16) -> Fraction {
    let longer = if was.len() > is.len() { was } else { is };
    let n = longer.len() as u64;
    let Some(place) = longer.iter().position(|id| *id == node) else {
        return Fraction::of(0, 1);
    };
    let after = n - 1 - place as u64;
    if after == 0 {
        return Fraction::of(1, n);
    }
    Fraction::of(after * (n - 1) + n - 2, n * (n - 1))
}

/// The coefficient of variation to expect of the keys per node, for nodes of equal weight: none for
/// bounded loads, where there is no closed form.
pub fn variation(scheme: Scheme, nodes: u32, virtual_nodes: u32, keys: u32) -> Option<f64> {
    let of_shares = match scheme {
        Scheme::Ring => theory::variation_of_arcs(nodes, virtual_nodes),
        Scheme::Modulo | Scheme::Rendezvous | Scheme::Jump => 0.0,
        Scheme::Bounded { .. } => return None,
    };
    Some(theory::variation_of_keys(of_shares, nodes, keys))
}

/// The names of the nodes that serve, in ascending order.
fn serving(nodes: &[Node]) -> Vec<u16> {
    nodes
        .iter()
        .filter(|node| node.serves())
        .map(|node| node.id)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(count: u16) -> Vec<Node> {
        (1..=count).map(Node::new).collect()
    }

    fn without(gone: u16) -> Vec<Node> {
        let mut left = nodes(10);
        left.retain(|node| node.id != gone);
        left
    }

    /// What theory says of a node that leaves ten.
    fn check_leave(scheme: Scheme, gone: u16, expected: &str) {
        let found = moved(scheme, &nodes(10), &without(gone), gone, What::Left);
        assert_eq!(
            found.map(|found| found.to_string()).as_deref(),
            Some(expected)
        );
    }

    #[test]
    fn a_join_moves_one_key_in_n_plus_one_and_by_modulo_all_but_that() {
        let join = |scheme| {
            let what = What::Joined { weight: 100 };
            moved(scheme, &nodes(10), &nodes(11), 11, what).map(|found| found.to_string())
        };
        assert_eq!(join(Scheme::Ring).as_deref(), Some("1/11 = 9.1 %"));
        assert_eq!(join(Scheme::Rendezvous).as_deref(), Some("1/11 = 9.1 %"));
        assert_eq!(join(Scheme::Jump).as_deref(), Some("1/11 = 9.1 %"));
        assert_eq!(join(Scheme::Modulo).as_deref(), Some("10/11 = 90.9 %"));
        assert_eq!(join(Scheme::Bounded { slack: 25 }), None);
    }

    #[test]
    fn jump_hashing_loses_the_last_node_cheaply_and_a_middle_one_dearly() {
        check_leave(Scheme::Jump, 10, "1/10 = 10.0 %");
        check_leave(Scheme::Jump, 3, "71/90 = 78.9 %");
        check_leave(Scheme::Ring, 3, "1/10 = 10.0 %");
    }

    #[test]
    fn a_heavier_node_takes_what_its_part_of_the_weight_gains() {
        let mut after = nodes(10);
        after[0].weight = 200;
        let what = What::Weighed { from: 100, to: 200 };
        let found = moved(Scheme::Ring, &nodes(10), &after, 1, what);
        // 2/11 − 1/10.
        assert_eq!(found, Some(Fraction::of(9, 110)));
    }

    #[test]
    fn nothing_is_to_move_when_a_node_leaves_that_did_not_serve() {
        let mut before = nodes(10);
        before[2].up = false;
        let found = moved(Scheme::Modulo, &before, &without(3), 3, What::Left);
        assert_eq!(found, Some(Fraction::of(0, 1)));
    }

    #[test]
    fn everything_moves_when_the_last_node_goes() {
        for scheme in [Scheme::Ring, Scheme::Modulo, Scheme::Jump] {
            let found = moved(scheme, &nodes(1), &[], 1, What::Left);
            assert_eq!(found, Some(Fraction::of(1, 1)), "{scheme:?}");
        }
    }
}
