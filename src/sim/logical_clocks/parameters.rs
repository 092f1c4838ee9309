//! What the lab can be set to, and what a reader draws.

use crate::sim::action::{ActionKind, Target};
use crate::sim::parameter::{Choice, Parameter, Unit};

const MS: i64 = 1_000;

/// How long a message may be under way, at the least and at the most, in microseconds.
pub(super) const TRAVEL: (i64, i64) = (MS, 2_000 * MS);

/// All parameters, in the order of the page.
pub(super) const ALL: &[Parameter] = &[
    Parameter::number("processes", "Processes", Unit::Count, (2, 6), 3, 1)
        .help("How many lines the diagram has.")
        .group("Processes"),
    Parameter::number("skew", "Clock skew", Unit::Time, (-100 * MS, 100 * MS), 20 * MS, MS)
        .help("How far n2's physical clock is ahead; n3's is as far behind, n4's and n5's half as far. Only hybrid stamps look at it.")
        .group("Processes")
        .zero("none"),
    Parameter::choice(
        "stamp",
        "Stamps",
        &[
            Choice::new("lamport", "Lamport", "One counter for each process, carried by messages."),
            Choice::new("lamport-process", "Lamport, then process", "The counter, and the process where two are equal: a total order."),
            Choice::new("vector", "vector", "How many events of each process are known."),
            Choice::new("hlc", "hybrid (HLC)", "The physical clock in ms, never behind anything received, with a counter."),
        ],
        0,
    )
    .help("What stands at the events.")
    .group("Stamps"),
    Parameter::number("random", "Random events", Unit::Count, (0, 40), 0, 1)
        .help("How many events and messages are drawn from the seed, beside those that you draw.")
        .group("Random events")
        .zero("none"),
    Parameter::number("messages", "Share of messages", Unit::Percent, (0, 100), 50, 1)
        .help("How many of those are messages.")
        .group("Random events"),
];

/// What a reader draws.
pub(super) const ACTIONS: &[ActionKind] = &[
    ActionKind::new(
        "event",
        "Event",
        "The process has an event of its own at this moment.",
        Target::Node,
    ),
    ActionKind::new(
        "message",
        "Message",
        "The first process sends a message to the second at this moment.",
        Target::Link,
    )
    .by(
        Parameter::number("takes", "Under way for", Unit::Time, TRAVEL, 20 * MS, MS)
            .help("How long the message takes, such as 20ms."),
    ),
];
