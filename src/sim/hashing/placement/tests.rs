//! What every scheme promises, and what each of them moves.

#![cfg(test)]

use super::super::moves::moved;
use super::super::node::Node;
use super::super::theory;
use super::*;

const SCHEMES: [Scheme; 5] = [
    Scheme::Ring,
    Scheme::Modulo,
    Scheme::Rendezvous,
    Scheme::Jump,
    Scheme::Bounded { slack: 25 },
];

/// Names with gaps, so that a place in a list is never a name.
fn ring(nodes: u16) -> Ring {
    let nodes: Vec<Node> = (0..nodes).map(|n| Node::new(3 * n + 5)).collect();
    Ring::new(&nodes, 100, 1)
}

fn place(scheme: Scheme, ring: &Ring, keys: u32) -> Placement {
    Placing::new(scheme, ring, keys, Popularity::Uniform).finish()
}

/// The share of 50,000 keys that a join moves; four standard errors of one are at most 0.009.
fn check_join(scheme: Scheme, expected: f64, tolerance: f64) {
    let mut ring = ring(10);
    let before = place(scheme, &ring, 50_000);
    ring.add(Node::new(100));
    let moves = moved(&before, &place(scheme, &ring, 50_000));
    let share = moves.share();
    assert!((share - expected).abs() < tolerance, "{scheme:?}: {share}");
    if scheme != Scheme::Modulo {
        assert!(moves.iter().all(|(_, to, _)| to == 100), "{scheme:?}");
    }
}

#[test]
fn slices_give_the_same_as_all_at_once() {
    let mut ring = ring(7);
    ring.set_up(8, false);
    for scheme in SCHEMES {
        let whole = place(scheme, &ring, 1_000);
        let mut placing = Placing::new(scheme, &ring, 1_000, Popularity::Uniform);
        let mut slices = 1;
        while !placing.advance(64) {
            slices += 1;
        }
        assert_eq!((slices, placing.progress()), (16, 1.0));
        assert_eq!(placing.placement(), &whole, "{scheme:?}");
    }
}

#[test]
fn loads_count_the_keys_of_each_node_and_a_failed_one_has_none() {
    let mut ring = ring(7);
    ring.set_up(8, false);
    for scheme in SCHEMES {
        let placement = place(scheme, &ring, 2_000);
        for (id, keys) in placement.nodes.iter().zip(&placement.keys) {
            let counted = placement.owners.iter().filter(|owner| *owner == id).count();
            assert_eq!(counted as u64, *keys);
            assert_eq!(*keys == 0, *id == 8, "{scheme:?}");
        }
    }
}

#[test]
fn without_a_node_that_serves_nobody_has_the_keys() {
    for scheme in SCHEMES {
        let placement = place(scheme, &ring(0), 10);
        assert_eq!((placement.owner(3), placement.owners.len()), (None, 0));
        let mut failed = ring(1);
        failed.set_up(5, false);
        assert_eq!(place(scheme, &failed, 10).keys, [0]);
    }
}

#[test]
fn a_join_moves_the_new_nodes_share_on_the_ring() {
    // The new node's own share varies by 9.5 % of itself from ring to ring: four times that.
    check_join(Scheme::Ring, theory::moved_by_join(10), 0.035);
}

#[test]
fn a_join_moves_one_key_in_n_plus_one_with_rendezvous_and_jump() {
    check_join(Scheme::Rendezvous, theory::moved_by_join(10), 0.009);
    check_join(Scheme::Jump, theory::moved_by_join(10), 0.009);
}

#[test]
fn a_join_moves_nearly_all_keys_with_modulo() {
    check_join(Scheme::Modulo, theory::moved_by_modulo(10, 11), 0.009);
}

#[test]
fn bounded_loads_stay_within_the_bound_that_theory_gives() {
    let placement = place(Scheme::Bounded { slack: 10 }, &ring(7), 10_000);
    let most = placement.keys.iter().max().copied();
    let bound = theory::bounded_load(10_000, 7, 10);
    assert!(most <= Some(bound), "{most:?} of {bound}");
    assert_eq!(placement.keys.iter().sum::<u64>(), 10_000);
}

#[test]
fn keys_on_a_ring_vary_as_theory_says() {
    // 100 nodes: one ring's variation deviates by about 7 %, so 40 rings have a standard error of
    // 1.1 %; the tolerance is four of them.
    let nodes: Vec<Node> = (0..100).map(Node::new).collect();
    let squares: f64 = (0..40)
        .map(|seed| {
            let ring = Ring::new(&nodes, 20, seed);
            let spread = place(Scheme::Ring, &ring, 5_000).spread_of_keys(|_| true);
            spread.variation * spread.variation
        })
        .sum();
    let found = libm::sqrt(squares / 40.0);
    let shares = theory::variation_of_arcs(100, 20);
    let expected = theory::variation_of_keys(shares, 100, 5_000);
    assert!(
        (found / expected - 1.0).abs() < 0.045,
        "{found}, {expected}"
    );
}

#[test]
fn popular_keys_make_requests_uneven_where_keys_are_even() {
    let zipf = Popularity::Zipf { exponent: 1.0 };
    let placement = Placing::new(Scheme::Jump, &ring(10), 100_000, zipf).finish();
    let keys = placement.spread_of_keys(|_| true);
    let requests = placement.spread_of_requests(|_| true);
    assert!(keys.max_over_mean < 1.05, "{keys:?}");
    assert!(requests.max_over_mean > 1.3, "{requests:?}");
}

#[test]
fn requests_follow_zipfs_law() {
    let zipf = Popularity::Zipf { exponent: 1.0 };
    let placement = Placing::new(Scheme::Ring, &ring(1), 4, zipf).finish();
    let expected = 1.0 + 1.0 / 2.0 + 1.0 / 3.0 + 1.0 / 4.0;
    assert!((placement.requests[0] - expected).abs() < 1e-12);
}

#[test]
fn an_exponent_that_makes_no_sense_is_uniform() {
    for exponent in [0.0, -1.0, f64::NAN] {
        assert_eq!(Popularity::Zipf { exponent }.weight(7), 1.0);
    }
}
