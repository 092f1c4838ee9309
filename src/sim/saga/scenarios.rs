//! Named runs of the lab; their transcripts are in `tests/transcripts/`.

use crate::sim::action::{Action, On};
use crate::sim::lab::{Cursor, Scenario};
use crate::sim::time::Micros;

/// The reply to the first refund, in the runs where shipping refuses and no message was lost before.
const REFUND_REPLY: u32 = 10;

const fn drop(millis: u64, message: u32) -> Action {
    Action {
        at: Micros::from_millis(millis),
        kind: "drop",
        on: On::Message(message),
        amount: 0,
    }
}

/// All of them; the lab opens with the first.
pub(super) const ALL: &[Scenario] = &[
    Scenario {
        id: "no-car",
        name: "No car to be had",
        try_first: "Flight and hotel are booked, and there is no car: look in which order the bookings are taken back.",
        seed: 1,
        values: &[("jitter", "0%"), ("t3", "refuses")],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "checkout",
        name: "A checkout that goes well",
        try_first: "Three steps, each committed on its own: look what the customer has paid for while the saga is half-way.",
        seed: 1,
        values: &[("saga", "checkout"), ("jitter", "0%")],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "crash",
        name: "A crash after the charge",
        try_first: "The card is charged, and the orchestrator crashes before it hears of it; it comes up 260 ms later. Look what its log knows, and what payment does when it is asked again.",
        seed: 1,
        values: &[("saga", "checkout"), ("jitter", "0%")],
        actions: &[
            Action::on_node(45, "crash", 2),
            Action::on_node(305, "restart", 2),
        ],
        cursor: Cursor::End,
    },
    Scenario {
        id: "double-refund",
        name: "A double refund",
        try_first: "Shipping refuses, the refund is made, and the answer to it gets lost: look at what payment holds when the refund is tried again. Then switch the keys on.",
        seed: 1,
        values: &[
            ("saga", "checkout"),
            ("jitter", "0%"),
            ("t3", "refuses"),
            ("keys", "off"),
        ],
        actions: &[drop(85, REFUND_REPLY)],
        cursor: Cursor::End,
    },
    Scenario {
        id: "stuck-refund",
        name: "A refund that keeps failing",
        try_first: "Shipping refuses and so does every refund: look where the saga stands after the last attempt, and what is not taken back because of it.",
        seed: 1,
        values: &[
            ("saga", "checkout"),
            ("jitter", "0%"),
            ("t3", "refuses"),
            ("c2", "fails"),
        ],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "last-item",
        name: "The last item",
        try_first: "Two orders want the last item. Order 2 is refused for the sake of order 1, which then gives it back: look at the stock at the end. Then switch the semantic lock on.",
        seed: 1,
        values: &[
            ("saga", "checkout"),
            ("jitter", "0%"),
            ("stock", "1"),
            ("second", "30ms"),
            ("t3", "refuses-first"),
        ],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "choreography",
        name: "The same, choreographed",
        try_first: "No orchestrator: look which service knows what, and count the messages against those of the first scenario.",
        seed: 1,
        values: &[
            ("jitter", "0%"),
            ("style", "choreography"),
            ("t3", "refuses"),
        ],
        actions: &[],
        cursor: Cursor::End,
    },
    Scenario {
        id: "silence",
        name: "Nobody is waiting",
        try_first: "The hotel has the event and hangs: look who notices. Then set a deadline of 500 ms.",
        seed: 1,
        values: &[("jitter", "0%"), ("style", "choreography"), ("t2", "hangs")],
        actions: &[],
        cursor: Cursor::End,
    },
];
