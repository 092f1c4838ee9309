//! Small computations, their stamps, and logs. What holds of every computation stands in
//! `tests/causality.rs`.

mod logs;
mod order;
mod stamps;

use super::{Computation, Event, MessageId};

/// Three processes; a sends m1 to b, which sends m2 on to c, and c has an event before that.
///
/// ```text
/// a   0 ── 1(m1) ───────── 5
/// b           └─ 2 ─ 3(m2)
/// c   4 ───────────────└─ 6
/// ```
fn relay() -> Computation {
    let events = [
        Event::local(0, "a1"),
        Event::send(0, MessageId(1), "a2"),
        Event::receive(1, MessageId(1), "b1"),
        Event::send(1, MessageId(2), "b2"),
        Event::local(2, "c1"),
        Event::local(0, "a3"),
        Event::receive(2, MessageId(2), "c2"),
    ];
    Computation::of(["a", "b", "c"], events).unwrap()
}
