//! `hash-ring`: spread, moved keys, hash functions.

use happens_before::sim::hash_ring::{self, HashRing};
use happens_before::sim::hashing::{
    Among, Continuum, Node, Placing, Popularity, Ring, Scheme, Spread, crc16, jump, ketama, moved,
    murmur3, theory,
};
use happens_before::sim::{History, Run};

fn nodes(count: u16) -> Vec<Node> {
    (1..=count).map(Node::new).collect()
}

/// √((N−1)/(N·V+1)) for 1,000 nodes; the mean square over the rings with seeds 1, 2, …, whose
/// number is fixed so that four standard errors are below the 3 % asked for.
#[test]
fn the_shares_of_a_ring_vary_as_published() {
    for (virtual_nodes, rings, published) in [
        (1, 64_u32, 0.999),
        (10, 32, 0.316),
        (100, 16, 0.100),
        (1_000, 8, 0.0316),
    ] {
        let squares = (1..=u64::from(rings)).map(|seed| {
            let ring = Ring::new(&nodes(1_000), virtual_nodes, seed);
            Spread::of(&ring.shares(Among::All)).variation.powi(2)
        });
        let reached = (squares.sum::<f64>() / f64::from(rings)).sqrt();
        println!("variation with {virtual_nodes} virtual nodes: {reached:.4}");
        assert!(
            (reached / published - 1.0).abs() <= 0.03,
            "{virtual_nodes}: {reached}, not {published}"
        );
    }
}

/// 1/(N+1) on a ring, the mean of 200 rings; N/(N+1) with modulo, four standard errors of 10,000
/// keys. As the lab's own event tells it.
#[test]
fn a_join_moves_the_published_shares() {
    let told = |scheme: &str, seed: u64| {
        let mut run = Run::scenario(&hash_ring::LAB, "join").unwrap();
        run.config.set_text("scheme", scheme).unwrap();
        run.seed = seed;
        let history: History<HashRing> = History::of(&run);
        let last = history.entries().last().unwrap();
        f64::from(last.event.effect.unwrap().moved.0) / 1e6
    };
    let ring = (1..=200).map(|seed| told("ring", seed)).sum::<f64>() / 200.0;
    let modulo = told("modulo", 1);
    println!("moved by a join: ring {ring:.4}, modulo {modulo:.4}");
    assert!(
        (ring / theory::moved_by_join(10) - 1.0).abs() <= 0.03,
        "{ring}"
    );
    assert!((modulo - 10.0 / 11.0).abs() <= 0.0115, "{modulo}");
}

/// Lamping and Veach 2014; the Redis Cluster specification; SMHasher.
#[test]
fn hash_functions_give_the_published_values() {
    let buckets = [
        (10_863_919_174_838_991, 11),
        (2, 100_001),
        (42, 57),
        (3_735_883_980, 666),
    ]
    .map(|(key, buckets)| jump::bucket(key, buckets).unwrap());
    assert_eq!(buckets, [6, 80_343, 43, 361]);
    assert_eq!(crc16::slot(b"somekey"), 11_058);
    assert_eq!(crc16::slot(b"foo{hash_tag}"), 2_515);
    // The vectors that go round with the reference implementation; the verification values of all
    // three variants are held in `sim::hashing::murmur3`.
    assert_eq!(murmur3::x86_32(b"", 1), 0x514E_28B7);
    assert_eq!(murmur3::x86_32(b"Hello, world!", 0x9747_B28C), 0x2488_4CBA);
}

/// libketama gives a server of average size 160 points; its test of a million keys is held in
/// `sim::hashing::ketama`.
#[test]
fn ketama_has_the_points_of_libketama() {
    let continuum = Continuum::new(&[("10.0.1.1:11211", 600), ("10.0.1.2:11211", 600)]);
    assert_eq!(continuum.points().count(), 320);
    let (point, _) = continuum.server(b"key").unwrap();
    assert!(
        point >= ketama::hash(b"key") || continuum.points().all(|p| p.0 < ketama::hash(b"key"))
    );
}

/// Mirrokni, Thorup and Zadimoghaddam 2016: never above ⌈(1+ε)·keys/nodes⌉, whatever happens.
#[test]
fn no_node_is_above_the_published_bound() {
    for (count, slack, keys) in [(10, 10, 10_000), (7, 25, 9_999), (200, 0, 20_000)] {
        let mut ring = Ring::new(&nodes(count), 10, 1);
        let place = |ring: &Ring| {
            Placing::new(Scheme::Bounded { slack }, ring, keys, Popularity::Uniform).finish()
        };
        let before = place(&ring);
        ring.set_up(3, false);
        let after = place(&ring);
        for (placement, serving) in [(&before, count), (&after, count - 1)] {
            let most = placement.keys.iter().max().copied().unwrap();
            let bound = theory::bounded_load(keys, u32::from(serving), slack);
            assert!(most <= bound, "{most} of {bound}");
        }
        assert!(moved(&before, &after).share() > 0.0);
    }
}
