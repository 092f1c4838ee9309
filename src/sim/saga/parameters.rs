//! What the lab can be set to, and what a reader can do.

use crate::sim::action::{ActionKind, Target};
use crate::sim::parameter::{Choice, Parameter, Unit};
use crate::sim::protocol::{faults, network};

const MS: i64 = 1_000;

/// The fate of a step.
const fn fate(id: &'static str, label: &'static str, help: &'static str) -> Parameter {
    Parameter::choice(id, label, FATES, 0)
        .help(help)
        .group("Steps")
}

/// The fate of a compensation.
const fn undo(id: &'static str, label: &'static str, help: &'static str) -> Parameter {
    Parameter::choice(id, label, UNDO_FATES, 0)
        .help(help)
        .group("Compensations")
}

const FATES: &[Choice] = &[
    Choice::new("works", "works", "It takes effect and answers."),
    Choice::new("refuses", "refuses", "A final no: declined, sold out."),
    Choice::new(
        "refuses-first",
        "refuses order 1",
        "A final no to the first order only.",
    ),
    Choice::new("hangs", "hangs", "No effect, and no answer ever."),
    Choice::new(
        "late",
        "answers late",
        "It takes effect and answers after the timeout.",
    ),
    Choice::new(
        "fails-once",
        "fails first, then works",
        "The first attempt fails; the next one works.",
    ),
];

const UNDO_FATES: &[Choice] = &[
    Choice::new("works", "works", "It takes effect and answers."),
    Choice::new(
        "fails-once",
        "fails first, then works",
        "The first attempt fails; the next one works.",
    ),
    Choice::new(
        "fails",
        "fails always",
        "Every attempt fails until somebody repairs the service.",
    ),
];

/// All parameters, in the order of the page.
pub(super) const ALL: &[Parameter] = &[
    Parameter::choice(
        "saga",
        "Saga",
        &[
            Choice::new("booking", "booking", "Flight 400 €, hotel 300 €, car 100 €."),
            Choice::new("checkout", "checkout", "Reserve an item, charge 80 €, ship it."),
            Choice::new("custom", "your own", "Two to five steps of 100 € each."),
        ],
        0,
    )
    .help("Which steps there are.")
    .group("Saga"),
    Parameter::number("steps", "Steps of your own saga", Unit::Count, (2, 5), 4, 1)
        .help("How many steps a saga of your own has.")
        .group("Saga"),
    Parameter::choice(
        "style",
        "Style",
        &[
            Choice::new(
                "orchestration",
                "orchestration",
                "One node with a log asks the services, one after the other.",
            ),
            Choice::new(
                "choreography",
                "choreography",
                "Each service tells the next one what it did.",
            ),
        ],
        0,
    )
    .help("Who knows what comes next.")
    .group("Saga"),
    Parameter::number("second", "Second order after", Unit::Time, (0, 2_000 * MS), 0, 5 * MS)
        .zero("never")
        .help("How long after the first order the client places another one.")
        .group("Saga"),
    Parameter::number("stock", "Stock", Unit::Count, (1, 6), 5, 1)
        .help("How many orders the first service can serve: seats, items.")
        .group("Saga"),
    fate("t1", "T1", "What becomes of the first step."),
    fate("t2", "T2", "What becomes of the second step."),
    fate("t3", "T3", "What becomes of the third step."),
    fate("t4", "T4", "Only where your own saga has a fourth step."),
    fate("t5", "T5", "Only where your own saga has a fifth step."),
    undo("c1", "C1", "What becomes of taking back the first step."),
    undo("c2", "C2", "What becomes of taking back the second step, if it is not the last."),
    undo("c3", "C3", "Only where your own saga has more than three steps."),
    undo("c4", "C4", "Only where your own saga has five steps."),
    Parameter::switch("keys", "Idempotency keys", true)
        .help("On: a service knows a request that it has carried out, and gives the same answer again.")
        .group("Safeguards"),
    Parameter::switch("lock", "Semantic lock", false)
        .help("On: the last item of an unfinished order counts as pending, and others have to ask again.")
        .group("Safeguards"),
    Parameter::number("timeout", "Timeout", Unit::Time, (5 * MS, 1_000 * MS), 100 * MS, 5 * MS)
        .help("How long a sender waits before it tries again.")
        .group("Safeguards"),
    Parameter::number("retries", "Retries", Unit::Count, (0, 6), 3, 1)
        .help("How often it tries again; after that a step is given up, and a compensation goes to people.")
        .group("Safeguards"),
    Parameter::number("deadline", "Deadline", Unit::Time, (0, 5_000 * MS), 0, 50 * MS)
        .zero("none")
        .help("In choreography: how long after it was placed an order is called off.")
        .group("Safeguards"),
    Parameter::choice(
        "recovery",
        "After a crash",
        &[
            Choice::new("forward", "go on", "Forward recovery: the saga goes on where the log ends."),
            Choice::new("backward", "take back", "Backward recovery: what is done is compensated."),
        ],
        0,
    )
    .help("What an orchestrator does with unfinished sagas when it comes up again.")
    .group("Safeguards"),
    network::DELAY,
    network::JITTER,
    network::LOSS,
    network::DUPLICATES,
    network::REORDER,
];

const ORDER: ActionKind = ActionKind::new(
    "order",
    "Order",
    "The client places one more order.",
    Target::Node,
);
const REPAIR: ActionKind = ActionKind::new(
    "repair",
    "Repair",
    "Somebody repairs the service: what it is asked for works from then on.",
    Target::Node,
);
const REDRIVE: ActionKind = ActionKind::new(
    "redrive",
    "Try again by hand",
    "What the node has given up is tried again.",
    Target::Node,
);

/// What a reader can do: the lab's own, and all faults.
pub(super) const ACTIONS: &[ActionKind] = &faults::with::<21>(&[ORDER, REPAIR, REDRIVE]);
