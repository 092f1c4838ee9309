//! The lab `hash-ring` as data, and what it is checked against.

use super::setting::last_name;
use super::study::Rings;
use super::world::HashRing;
use super::{parameters, scenarios, tasks};
use crate::sim::lab::{Lab, Probe, Reference};

/// The lab.
pub static LAB: Lab = Lab {
    parameters: parameters::ALL,
    actions: parameters::ACTIONS,
    scenarios: scenarios::ALL,
    challenges: tasks::CHALLENGES,
    predictions: tasks::PREDICTIONS,
    probes: PROBES,
    references: REFERENCES,
    nodes: last_name,
    study: Some(|run| Box::new(Rings::new(run))),
    ..Lab::of::<HashRing>(
        "hash-ring",
        "The hash ring",
        "Keys find their nodes on a ring. Let nodes join, leave, fail and grow, and see which keys move, how evenly they are spread, and what modulo, rendezvous, jump and bounded-load hashing do with the same keys.",
    )
};

const PROBES: &[Probe] = &[
    Probe {
        id: "nodes",
        label: "Nodes",
        help: "How many nodes there are at the end, also those that have failed.",
    },
    Probe {
        id: "serving",
        label: "Nodes that serve",
        help: "How many of them are up and have a weight.",
    },
    Probe {
        id: "moved-permille",
        label: "Moved by the last change (‰)",
        help: "The share of keys on another node than before: of the circle for the ring, else of the first 10,000 keys.",
    },
    Probe {
        id: "largest-share-permille",
        label: "Largest share (‰)",
        help: "The share of keys that the fullest node serves: of the circle for the ring, else of the first 10,000 keys.",
    },
    Probe {
        id: "variation-permille",
        label: "Variation (‰)",
        help: "The standard deviation of the keys per node as a share of the mean, over the first 10,000 keys.",
    },
    Probe {
        id: "without-copy-permille",
        label: "Keys without a copy (‰)",
        help: "The share of the first 10,000 keys all of whose copies are on failed nodes; for the ring.",
    },
    Probe {
        id: "hottest-permille",
        label: "Hottest node (‰)",
        help: "The largest share of the requests for the first 10,000 keys that one node answers.",
    },
];

const REFERENCES: &[Reference] = &[
    Reference {
        what: "Coefficient of variation of the shares of 1,000 nodes with 1, 10, 100, 1,000 virtual nodes",
        source: "Variance of uniform spacings: √((N−1)/(N·V+1))",
        published: "0.999, 0.316, 0.100, 0.0316",
        reached: "0.9994, 0.3165, 0.0995, 0.0312",
        tolerance: "3 %",
    },
    Reference {
        what: "Keys that move when a node joins ten, on a ring",
        source: "Karger et al. 1997: 1/(N+1)",
        published: "9.09 %",
        reached: "9.07 %",
        tolerance: "3 % of it, mean of 200 rings",
    },
    Reference {
        what: "The same with modulo",
        source: "Counting remainders: N/(N+1)",
        published: "90.9 %",
        reached: "91.0 %",
        tolerance: "four standard errors of 10,000 keys",
    },
    Reference {
        what: "Jump hash buckets of (10863919174838991, 11), (2, 100001), (42, 57), (3735883980, 666)",
        source: "Lamping and Veach 2014, figure 1",
        published: "6, 80343, 43, 361",
        reached: "the same",
        tolerance: "equal",
    },
    Reference {
        what: "Redis Cluster slots of somekey and foo{hash_tag}",
        source: "Redis Cluster specification; CLUSTER KEYSLOT",
        published: "11058, 2515",
        reached: "the same",
        tolerance: "equal",
    },
    Reference {
        what: "MurmurHash3, verification values of all three variants",
        source: "SMHasher: B0F57EE3, B3ECE62A, 6384BA69",
        published: "B0F57EE3, B3ECE62A, 6384BA69",
        reached: "the same",
        tolerance: "equal",
    },
    Reference {
        what: "Ketama’s continuum of libketama’s eight example servers",
        source: "libketama, ketama.c",
        published: "the points and servers of the C program",
        reached: "the same",
        tolerance: "equal",
    },
    Reference {
        what: "Largest load under bounded loads",
        source: "Mirrokni, Thorup and Zadimoghaddam 2016",
        published: "⌈(1+ε)·keys/nodes⌉",
        reached: "never more",
        tolerance: "none",
    },
];
