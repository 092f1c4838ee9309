//! Named runs of the lab; their transcripts are in `tests/transcripts/`.

use crate::sim::action::Action;
use crate::sim::lab::{Cursor, Scenario};

/// The seed of the scenarios `lost-update` and `hybrid`, which are one run under two orders.
const CONVERSATION: u64 = 282;

/// All of them; the lab opens with the first.
pub(super) const ALL: &[Scenario] = &[
    Scenario {
        id: "fast-clock",
        name: "A fast clock",
        try_first: "n2 writes first and n1 writes 40 ms later: look which of them the log puts first, and which value the register keeps.",
        seed: 1,
        values: &[
            ("machines", "2"),
            ("offset", "50ms"),
            ("drift", "0ppm"),
            ("jitter", "0%"),
            ("writes", "0"),
            ("react", "0%"),
        ],
        actions: &[
            Action::on_node(90, "write", 2),
            Action::on_node(130, "write", 1),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "lost-update",
        name: "A lost update",
        try_first: "Look for a machine that has received a value, writes its own on top of it, and is overruled by the very value it built on.",
        seed: CONVERSATION,
        values: &[("writes", "6"), ("react", "40%"), ("order", "wall")],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "drift",
        name: "Drift between polls",
        try_first: "The clocks are set every 64 s: look when the log is right and when it is wrong again.",
        seed: 4,
        values: &[
            ("offset", "0ms"),
            ("drift", "200ppm"),
            ("sync", "64s"),
            ("gap", "8s"),
            ("writes", "24"),
        ],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "asymmetric-route",
        name: "A slow way out",
        try_first: "Questions take four times as long as answers: look at the error that stays after every poll, and at the bound that still holds.",
        seed: 6,
        values: &[
            ("sync", "1s"),
            ("delay", "20ms"),
            ("jitter", "5%"),
            ("asymmetry", "60%"),
            ("gap", "300ms"),
            ("writes", "12"),
        ],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "step-back",
        name: "A step back",
        try_first: "n2 writes, is set back by the time server and writes again: look at the order of the two lines in its own log.",
        seed: 1,
        values: &[
            ("machines", "2"),
            ("offset", "80ms"),
            ("drift", "0ppm"),
            ("jitter", "0%"),
            ("writes", "0"),
            ("react", "0%"),
        ],
        actions: &[
            Action::on_node(100, "write", 2),
            Action::on_node(120, "sync", 2),
            Action::on_node(150, "write", 2),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "hybrid",
        name: "The same under HLC",
        try_first: "The run of the lost update, stamped by hybrid logical clocks: look for a cause that is stamped after its effect.",
        seed: CONVERSATION,
        values: &[("writes", "6"), ("react", "40%"), ("order", "hlc")],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "truetime",
        name: "TrueTime and commit wait",
        try_first: "Every entry waits until its stamp has passed for certain: look how long, and whether any pair is in the wrong order.",
        seed: 7,
        values: &[
            ("offset", "1ms"),
            ("sync", "30s"),
            ("delay", "1ms"),
            ("jitter", "0%"),
            ("gap", "6s"),
            ("writes", "20"),
            ("order", "truetime"),
            ("wait", "on"),
        ],
        actions: &[],
        cursor: Cursor::End,
    },
];
