//! What the lab can be set to, and what a reader can do while it runs.

use super::setting::MOST_NODES;
use crate::sim::action::{ActionKind, Target};
use crate::sim::parameter::{Choice, Parameter, Unit};

/// Everything that can be set, in the order of the page.
pub(super) const ALL: &[Parameter] = &[
    Parameter::choice("scheme", "Scheme", SCHEMES, 0)
        .help("How a key finds its node. The table compares all of them on the same keys.")
        .group("Placement"),
    Parameter::number("nodes", "Nodes", Unit::Count, (1, MOST_NODES as i64), 10, 1)
        .help("How many nodes the run begins with: n1, n2, …")
        .group("Placement"),
    Parameter::stops(
        "vnodes",
        "Virtual nodes",
        Unit::Count,
        &[
            1, 2, 3, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 150, 200, 256, 320, 500, 700, 1_000,
        ],
        100,
    )
    .help("How many points on the circle a node of weight 100 % has.")
    .group("Placement"),
    Parameter::number("copies", "Copies", Unit::Count, (1, 5), 3, 1)
        .help("How many different nodes, clockwise, keep each key; counted for the ring.")
        .group("Placement"),
    Parameter::number("slack", "Slack ε", Unit::Percent, (0, 200), 25, 5)
        .help("Bounded loads: how far above its fair part of the keys a node may be.")
        .group("Placement"),
    Parameter::stops(
        "keys",
        "Keys",
        Unit::Count,
        &[
            100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
            1_000_000,
        ],
        10_000,
    )
    .help("How many keys are placed and counted.")
    .group("Keys"),
    Parameter::choice("popularity", "Popularity", POPULARITIES, 0)
        .help("How unevenly the keys are asked for.")
        .group("Keys"),
];

const SCHEMES: &[Choice] = &[
    Choice::new(
        "ring",
        "Ring",
        "A key belongs to the first point clockwise from its hash.",
    ),
    Choice::new(
        "modulo",
        "Modulo",
        "A key belongs to the node at place hash mod N of the list.",
    ),
    Choice::new(
        "rendezvous",
        "Rendezvous",
        "Every node bids a hash of key and node; the highest has the key.",
    ),
    Choice::new(
        "jump",
        "Jump",
        "A few multiplications give the place in the list; no table.",
    ),
    Choice::new(
        "bounded",
        "Bounded loads",
        "The ring, but a full node passes the key on clockwise.",
    ),
];

const POPULARITIES: &[Choice] = &[
    Choice::new("uniform", "All alike", "Every key is asked for as often."),
    Choice::new(
        "zipf-0.6",
        "Zipf 0.6",
        "The key of rank r in proportion to 1/r^0.6.",
    ),
    Choice::new(
        "zipf-0.8",
        "Zipf 0.8",
        "The key of rank r in proportion to 1/r^0.8.",
    ),
    Choice::new(
        "zipf-0.99",
        "Zipf 0.99",
        "The default skew of the benchmark YCSB.",
    ),
    Choice::new(
        "zipf-1.2",
        "Zipf 1.2",
        "The key of rank r in proportion to 1/r^1.2.",
    ),
];

/// How heavy a node is, in percent of an ordinary one.
const fn weight(least: i64, help: &'static str) -> Parameter {
    Parameter::number("weight", "Weight", Unit::Percent, (least, 400), 100, 25).help(help)
}

/// What a reader can do, in the order of the page.
pub(super) const ACTIONS: &[ActionKind] = &[
    ActionKind::new(
        "add",
        "Add a node",
        "A node with the next free name joins.",
        Target::None,
    )
    .by(weight(25, "its size in percent of an ordinary node")),
    ActionKind::new(
        "remove",
        "Take off",
        "The node leaves for good, and its points with it.",
        Target::Node,
    ),
    ActionKind::new(
        "fail",
        "Let fail",
        "The node stops; it keeps its place, and others serve its keys.",
        Target::Node,
    ),
    ActionKind::new(
        "recover",
        "Bring back",
        "A node that has failed serves its keys again.",
        Target::Node,
    ),
    ActionKind::new(
        "weigh",
        "Weigh",
        "The node becomes larger or smaller; at 0 % it is drained.",
        Target::Node,
    )
    .by(weight(0, "its new size in percent of an ordinary node")),
];
