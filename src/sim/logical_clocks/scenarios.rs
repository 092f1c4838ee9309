//! Named runs of the lab; their transcripts are in `tests/transcripts/`.

use crate::sim::action::{Action, On};
use crate::sim::lab::{Cursor, Scenario};
use crate::sim::time::Micros;

/// A message from one node to another, sent at a moment and under way for so long, both in
/// milliseconds.
const fn message(at: u64, from: u16, to: u16, takes: i64) -> Action {
    Action {
        at: Micros::from_millis(at),
        kind: "message",
        on: On::Link(from, to),
        amount: takes * 1_000,
    }
}

const fn event(at: u64, node: u16) -> Action {
    Action::on_node(at, "event", node)
}

/// All of them; the lab opens with the first.
pub(super) const ALL: &[Scenario] = &[
    Scenario {
        id: "three-processes",
        name: "The figure of the chapter",
        try_first: "Pick d and e: the picture shows e to the right of d, and no path leads from one to the other.",
        seed: 1,
        values: &[("stamp", "lamport"), ("skew", "0ms")],
        actions: &[
            message(10, 2, 1, 25),
            event(25, 3),
            message(55, 1, 3, 40),
            event(70, 3),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "smaller-not-first",
        name: "A smaller stamp that did not happen first",
        try_first: "Compare c and f: the larger Lamport stamp belongs to the event that is earlier in true time. Then look at the vectors.",
        seed: 1,
        values: &[("processes", "2"), ("stamp", "lamport"), ("skew", "0ms")],
        actions: &[
            event(10, 1),
            event(20, 1),
            event(30, 1),
            event(40, 1),
            event(55, 2),
            event(70, 2),
            message(85, 1, 2, 15),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "slow-message",
        name: "A slow message is overtaken",
        try_first: "n1 sends m1 to n3 and then m2 to n2, which writes to n3: look what n3's vector knows at e, while m1 is still under way.",
        seed: 1,
        values: &[("stamp", "vector"), ("skew", "0ms")],
        actions: &[
            message(10, 1, 3, 85),
            message(25, 1, 2, 15),
            message(55, 2, 3, 20),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "fast-clock",
        name: "Hybrid stamps and a fast clock",
        try_first: "n2's clock is 50 ms fast, and n1 hears from it: look how long n1's stamps keep the 60, and what the counter does meanwhile.",
        seed: 1,
        values: &[("processes", "2"), ("stamp", "hlc"), ("skew", "50ms")],
        actions: &[
            message(10, 2, 1, 5),
            event(35, 1),
            event(50, 1),
            event(61, 1),
            event(80, 2),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "exercise",
        name: "To stamp yourself",
        try_first: "The run of the exercise: open “Stamp it yourself” below, and fill in all eight stamps.",
        seed: 1,
        values: &[("stamp", "vector"), ("skew", "0ms")],
        actions: &[
            event(5, 1),
            event(10, 3),
            message(20, 1, 2, 20),
            message(30, 3, 1, 65),
            message(60, 2, 3, 25),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "random",
        name: "A random computation",
        try_first: "Twelve events and messages, drawn from the seed: compare in the table what each kind of stamp says of the concurrent pairs.",
        seed: 7,
        values: &[("processes", "4"), ("stamp", "lamport"), ("random", "12")],
        actions: &[],
        cursor: Cursor::End,
    },
];
