//! What to expect of the schemes: closed forms for nodes of equal weight.

use super::bounded;

/// The coefficient of variation of the nodes' shares of a ring: √((N−1)/(N·V+1)).
///
/// N·V points cut the circle into N·V arcs that are uniform on the simplex; V of them together have
/// the variance (1/N)(1 − 1/N)/(N·V+1). Exact for the mean square over all rings.
pub fn variation_of_arcs(nodes: u32, virtual_nodes: u32) -> f64 {
    if nodes == 0 {
        return 0.0;
    }
    let (n, v) = (f64::from(nodes), f64::from(virtual_nodes));
    libm::sqrt((n - 1.0) / (n * v + 1.0))
}

/// The coefficient of variation of the numbers of keys on a ring's nodes.
///
/// Given the shares, the numbers are multinomial: c² = a²·(1 − 1/K) + (N−1)/K, where a is the
/// variation of the shares ([`variation_of_arcs`]; 0 for a scheme that treats all alike) and K
/// counts the keys.
pub fn variation_of_keys(variation_of_shares: f64, nodes: u32, keys: u32) -> f64 {
    if nodes == 0 || keys == 0 {
        return 0.0;
    }
    let (n, k) = (f64::from(nodes), f64::from(keys));
    let squared = variation_of_shares * variation_of_shares * (1.0 - 1.0 / k) + (n - 1.0) / k;
    libm::sqrt(squared)
}

/// The share of keys that move when a node joins `nodes` others, on a ring, with rendezvous or with
/// jump hashing: 1/(N+1), the least that gives the new node its share.
pub fn moved_by_join(nodes: u32) -> f64 {
    1.0 / (f64::from(nodes) + 1.0)
}

/// The share of keys that move when one of `nodes` leaves or fails: its own, 1/N; 0 when there is
/// none.
pub fn moved_by_leave(nodes: u32) -> f64 {
    if nodes == 0 {
        0.0
    } else {
        1.0 / f64::from(nodes)
    }
}

/// The share of keys that modulo moves when `from` nodes become `to`: 1 − min/lcm, for one more
/// node N/(N+1).
///
/// Over lcm(from, to) successive hashes each pair of remainders that can be equal is so once, and
/// there are as many as the smaller number of nodes. With no nodes before or after, but not both,
/// every key moves.
pub fn moved_by_modulo(from: u32, to: u32) -> f64 {
    if from == to {
        return 0.0;
    }
    if from == 0 || to == 0 {
        return 1.0;
    }
    // min/lcm = gcd/max.
    1.0 - f64::from(common_divisor(from, to)) / f64::from(from.max(to))
}

/// The most keys on a node with bounded loads: ⌈(1+ε)·keys/nodes⌉, ε in percent (`slack`).
pub fn bounded_load(keys: u32, nodes: u32, slack: u32) -> u64 {
    bounded::capacity(keys, 1, u64::from(nodes), slack)
}

/// The greatest common divisor (Euclid).
fn common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() < 0.000_5,
            "{found}, not {expected}"
        );
    }

    #[test]
    fn the_variation_has_the_published_figures() {
        near(variation_of_arcs(1_000, 1), 0.999);
        near(variation_of_arcs(1_000, 10), 0.316);
        near(variation_of_arcs(1_000, 100), 0.100);
        near(variation_of_arcs(1_000, 1_000), 0.031_6);
    }

    #[test]
    fn a_node_alone_varies_from_nobody() {
        near(variation_of_arcs(1, 1), 0.0);
        near(variation_of_arcs(0, 1), 0.0);
        near(variation_of_keys(0.0, 1, 10), 0.0);
    }

    #[test]
    fn few_keys_vary_more_than_the_shares() {
        near(variation_of_keys(0.1, 101, 10_000), 0.141_4);
        near(variation_of_keys(0.1, 101, u32::MAX), 0.1);
    }

    #[test]
    fn modulo_moves_all_but_one_key_in_n_plus_one() {
        for nodes in 1..50 {
            let n = f64::from(nodes);
            near(moved_by_modulo(nodes, nodes + 1), n / (n + 1.0));
            near(moved_by_modulo(nodes + 1, nodes), n / (n + 1.0));
        }
    }

    #[test]
    fn modulo_moves_half_of_the_keys_when_nodes_double() {
        near(moved_by_modulo(7, 14), 0.5);
        near(moved_by_modulo(7, 7), 0.0);
        near(moved_by_modulo(0, 7), 1.0);
    }

    #[test]
    fn the_modulo_formula_is_what_counting_gives() {
        for (from, to) in [(4_u32, 6_u32), (5, 7), (12, 8), (9, 3)] {
            let hashes = from * to;
            let moved = (0..hashes).filter(|hash| hash % from != hash % to).count();
            near(moved_by_modulo(from, to), moved as f64 / f64::from(hashes));
        }
    }
}
