//! Named runs of the lab; their transcripts are in `tests/transcripts/`.
//!
//! Nodes: n1 is the writer, n2 and n3 are the readers, r1 is n4; with a sloppy quorum of three
//! replicas s1 is n7. Messages are numbered in the order of sending.

use crate::sim::action::{Action, On};
use crate::sim::lab::{Cursor, Scenario};
use crate::sim::protocol::faults::{CRASH_KEEP, CUT, DELAY, HEAL, PARTITION};
use crate::sim::time::Micros;

/// The seed of the scenarios that are one write and one read of LNKD-DISK: r3 has the write first
/// and r1 last, and r1 answers the read first.
const DISK: u64 = 1;

/// Between the end of the read and the arrival of the write at r1.
const BEFORE_R1: Micros = Micros::from_millis(4);

const fn act(millis: u64, kind: &'static str, on: On, amount: i64) -> Action {
    Action {
        at: Micros::from_millis(millis),
        kind,
        on,
        amount,
    }
}

const fn delay(millis: u64, message: u32, by_millis: i64) -> Action {
    act(millis, DELAY.id, On::Message(message), by_millis * 1_000)
}

/// 10 ms for every message, and no script of reads: for runs that are arranged by hand.
const UNFINISHED: &[(&str, &str)] = &[
    ("w", "2"),
    ("r", "2"),
    ("model", "uniform"),
    ("jitter", "0%"),
    ("writes", "2"),
    ("gap", "100ms"),
    ("reads", "0"),
];

/// All of them; the lab opens with the first.
pub(super) const ALL: &[Scenario] = &[
    Scenario {
        id: "partial",
        name: "One and one",
        try_first: "The write is acknowledged, and the very next read does not see it: look which replica answered first.",
        seed: DISK,
        values: &[],
        actions: &[],
        cursor: Cursor::At(BEFORE_R1),
    },
    Scenario {
        id: "majority",
        name: "Two and two",
        try_first: "The same delays with W = R = 2: look for the replica that is in both quorums.",
        seed: DISK,
        values: &[("w", "2"), ("r", "2")],
        actions: &[],
        cursor: Cursor::At(BEFORE_R1),
    },
    Scenario {
        id: "write-all",
        name: "Three and one",
        try_first: "The same delays with W = 3 and R = 1: any single answer is fresh now; look what the write waits for.",
        seed: DISK,
        values: &[("w", "3")],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "blocked",
        name: "Three, and one is down",
        try_first: "r1 is down, so a write that needs all three is never acknowledged: look what a read returns meanwhile.",
        seed: DISK,
        values: &[("w", "3")],
        actions: &[
            act(0, CRASH_KEEP.id, On::Node(4), 0),
            act(20, "read", On::Node(2), 0),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "unfinished-write",
        name: "Back in time",
        try_first: "W + R > N, and nobody crashes: look what the two readers see while the second write is under way.",
        seed: 1,
        values: UNFINISHED,
        actions: &[
            delay(102, 8, 200),
            delay(102, 9, 200),
            act(130, "read", On::Node(2), 0),
            delay(131, 13, 60),
            act(180, "read", On::Node(3), 0),
            delay(181, 16, 60),
        ],
        cursor: Cursor::At(Micros::from_millis(205)),
    },
    Scenario {
        id: "write-back",
        name: "Back in time, mended",
        try_first: "The same with reads that write back: look what the first reader does before it returns, and what the second then finds.",
        seed: 1,
        values: &[
            ("w", "2"),
            ("r", "2"),
            ("model", "uniform"),
            ("jitter", "0%"),
            ("writes", "2"),
            ("gap", "100ms"),
            ("reads", "0"),
            ("write-back", "on"),
        ],
        actions: &[
            delay(102, 8, 200),
            delay(102, 9, 200),
            act(130, "read", On::Node(2), 0),
            delay(131, 13, 60),
            act(180, "read", On::Node(3), 0),
            delay(181, 20, 60),
        ],
        cursor: Cursor::At(Micros::from_millis(205)),
    },
    Scenario {
        id: "sloppy",
        name: "Sloppy quorum",
        try_first: "A partition leaves the writer with r1 and two spares: look which two nodes acknowledge, which two answer the reader, and what happens when the network heals.",
        seed: 1,
        values: &[
            ("w", "2"),
            ("r", "2"),
            ("model", "uniform"),
            ("jitter", "0%"),
            ("reads", "0"),
            ("sloppy", "on"),
            ("patience", "30ms"),
        ],
        actions: &[
            // writer, r1, s1 and s2 on one side.
            act(0, PARTITION.id, On::Nodes(0b1100_1001), 0),
            act(80, "read", On::Node(2), 0),
            act(150, HEAL.id, On::World, 0),
            act(230, "read", On::Node(3), 0),
        ],
        cursor: Cursor::At(Micros::from_millis(110)),
    },
    Scenario {
        id: "repair",
        name: "Read repair",
        try_first: "A read of two replicas finds that one is behind: look what reaches r1 first, the write or the repair.",
        seed: DISK,
        values: &[("r", "2"), ("repair", "on")],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "anti-entropy",
        name: "Anti-entropy",
        try_first: "The write never reaches r3, and nobody reads: look how r3 gets it all the same.",
        seed: 1,
        values: &[
            ("w", "2"),
            ("model", "uniform"),
            ("reads", "0"),
            ("anti-entropy", "50ms"),
        ],
        actions: &[act(0, CUT.id, On::Link(1, 6), 0)],
        cursor: Cursor::End,
    },
];
