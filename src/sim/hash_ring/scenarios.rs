//! Named runs of the lab; their transcripts are in `tests/transcripts/`.

use crate::sim::action::{Action, On};
use crate::sim::lab::{Cursor, Scenario};
use crate::sim::time::Micros;

/// One whose rings are about as uneven as theory expects, with 1 and with 100 points a node.
const SEED: u64 = 47;

/// All of them; the lab opens with the first.
pub(super) const ALL: &[Scenario] = &[
    Scenario {
        id: "join",
        name: "A node joins a ring",
        try_first: "n11 joins ten nodes: look where its keys come from, and compare the share that moved with that of the other schemes.",
        seed: SEED,
        values: &[],
        actions: &[add(1_000)],
        cursor: Cursor::End,
    },
    Scenario {
        id: "modulo",
        name: "The same by modulo",
        try_first: "The same node joins, the same keys, but a key is on node hash mod N: look how few of the dots keep their colour.",
        seed: SEED,
        values: &[("scheme", "modulo")],
        actions: &[add(1_000)],
        cursor: Cursor::End,
    },
    Scenario {
        id: "one-point",
        name: "One point for each node",
        try_first: "Without virtual nodes the arcs are as uneven as chance makes them: look at the largest, and who gets its keys when it fails.",
        seed: SEED,
        values: &[("vnodes", "1"), ("copies", "1")],
        actions: &[Action::on_node(1_000, "fail", 6)],
        cursor: Cursor::End,
    },
    Scenario {
        id: "two-fail",
        name: "Two failures, two copies",
        try_first: "Each key has two copies and two of ten nodes fail: look for keys that had both copies on exactly those two.",
        seed: SEED,
        values: &[("copies", "2")],
        actions: &[
            Action::on_node(1_000, "fail", 3),
            Action::on_node(2_000, "fail", 7),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "jump-middle",
        name: "Jump hashing loses a node",
        try_first: "n10, the last of the list, leaves and comes back in the same place; then n3 leaves from the middle: compare what moves.",
        seed: SEED,
        values: &[("scheme", "jump")],
        actions: &[
            Action::on_node(1_000, "fail", 10),
            Action::on_node(2_000, "recover", 10),
            Action::on_node(3_000, "fail", 3),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "bounded",
        name: "Loads within a bound",
        try_first: "Few points, but no node may exceed its fair part by more than 10 %: look at the dots whose colour differs from the arc that they stand on.",
        seed: SEED,
        values: &[("scheme", "bounded"), ("vnodes", "10"), ("slack", "10%")],
        actions: &[Action::on_node(1_000, "fail", 3)],
        cursor: Cursor::End,
    },
    Scenario {
        id: "hot-key",
        name: "A key that everybody wants",
        try_first: "Keys are spread evenly, requests are not: look at the node of the most popular key, and try to help it with virtual nodes.",
        seed: SEED,
        values: &[("popularity", "zipf-1.2"), ("vnodes", "1000")],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "weights",
        name: "A node twice as large",
        try_first: "n1 goes to twice its weight, later n2 is drained before it leaves: look how many keys move when it is finally taken off.",
        seed: SEED,
        values: &[],
        actions: &[
            Action::on_node(1_000, "weigh", 1).by(200),
            Action::on_node(2_000, "weigh", 2).by(0),
            Action::on_node(3_000, "remove", 2),
        ],
        cursor: Cursor::End,
    },
];

/// An ordinary node joins.
const fn add(millis: u64) -> Action {
    Action {
        at: Micros::from_millis(millis),
        kind: "add",
        on: On::World,
        amount: 100,
    }
}
