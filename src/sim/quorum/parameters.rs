//! What the lab can be set to, and what a reader can do while it runs.

use crate::sim::action::{ActionKind, Target};
use crate::sim::parameter::{Choice, Parameter, Unit};
use crate::sim::protocol::{faults, network};

const MS: i64 = 1_000;
const S: i64 = 1_000_000;

/// All parameters, in the order of the page.
pub(super) const ALL: &[Parameter] = &[
    Parameter::number("n", "N: replicas", Unit::Count, (1, 7), 3, 1)
        .help("How many replicas keep x.")
        .group("Quorums"),
    Parameter::number("w", "W: write quorum", Unit::Count, (1, 7), 1, 1)
        .help("How many must acknowledge a write; above N it counts as N.")
        .group("Quorums"),
    Parameter::number("r", "R: read quorum", Unit::Count, (1, 7), 1, 1)
        .help("How many must answer a read; above N it counts as N.")
        .group("Quorums"),
    Parameter::choice("model", "Delays", MODELS, 2)
        .help("How long messages take: fits to production traffic, or any time between two bounds.")
        .group("Network"),
    network::DELAY.help("Mean time that a message takes one way; only with uniform delays."),
    network::JITTER.help("How far a delay may be from its mean; only with uniform delays."),
    Parameter::number("slow", "Slow replica", Unit::Count, (0, 7), 0, 1)
        .help("Which replica is slower than the others.")
        .group("Network")
        .zero("none"),
    Parameter::stops(
        "slow-by",
        "Slower by",
        Unit::Time,
        &[
            MS,
            2 * MS,
            5 * MS,
            10 * MS,
            20 * MS,
            50 * MS,
            100 * MS,
            500 * MS,
        ],
        20 * MS,
    )
    .help("How much longer each message to or from the slow replica takes.")
    .group("Network"),
    Parameter::number("writes", "Writes", Unit::Count, (0, 20), 1, 1)
        .help("How many writes the script has.")
        .group("Script"),
    Parameter::stops(
        "gap",
        "Time between writes",
        Unit::Time,
        &[
            MS,
            2 * MS,
            5 * MS,
            10 * MS,
            20 * MS,
            50 * MS,
            100 * MS,
            500 * MS,
            S,
        ],
        50 * MS,
    )
    .help("From the start of a write to the start of the next; a writer that still waits gives up.")
    .group("Script"),
    Parameter::number("reads", "Readers told", Unit::Count, (0, 2), 1, 1)
        .help("How many readers get word of each acknowledged write, and then read.")
        .group("Script"),
    Parameter::stops(
        "after",
        "Read after",
        Unit::Time,
        &[
            0,
            100,
            200,
            500,
            MS,
            2 * MS,
            5 * MS,
            10 * MS,
            20 * MS,
            50 * MS,
            100 * MS,
            200 * MS,
            500 * MS,
            S,
            2 * S,
            5 * S,
            10 * S,
        ],
        0,
    )
    .help("How long after the acknowledgement a reader gets word: t in t-visibility.")
    .group("Script")
    .zero("at once"),
    Parameter::stops(
        "timeout",
        "Timeout",
        Unit::Time,
        &[
            0,
            10 * MS,
            20 * MS,
            50 * MS,
            100 * MS,
            200 * MS,
            500 * MS,
            S,
            2 * S,
            5 * S,
            10 * S,
        ],
        0,
    )
    .help("When a client gives up on an operation.")
    .group("Script")
    .zero("never"),
    Parameter::switch("repair", "Read repair", false)
        .help("A read sends what it returned to replicas that answered with an older version.")
        .group("Repair"),
    Parameter::switch("write-back", "Write-back reads", false)
        .help("A read returns only when what it returns is on W replicas.")
        .group("Repair"),
    Parameter::stops(
        "anti-entropy",
        "Anti-entropy",
        Unit::Time,
        &[
            0,
            5 * MS,
            10 * MS,
            20 * MS,
            50 * MS,
            100 * MS,
            200 * MS,
            500 * MS,
            S,
        ],
        0,
    )
    .help("How often each replica compares itself with another.")
    .group("Repair")
    .zero("never"),
    Parameter::switch("compare", "Compare versions", true)
        .help("Off: a replica keeps what came last, even if it is older.")
        .group("Repair"),
    Parameter::switch("sloppy", "Sloppy quorum", false)
        .help("Two spare nodes stand in for replicas that do not answer, and keep hints for them.")
        .group("Sloppy quorum"),
    Parameter::stops(
        "patience",
        "Patience",
        Unit::Time,
        &[
            MS,
            2 * MS,
            5 * MS,
            10 * MS,
            20 * MS,
            50 * MS,
            100 * MS,
            200 * MS,
            500 * MS,
        ],
        20 * MS,
    )
    .help("How long a client waits for the replicas before it turns to the spares.")
    .group("Sloppy quorum"),
    Parameter::stops(
        "hand-off",
        "Hand-off",
        Unit::Time,
        &[
            5 * MS,
            10 * MS,
            20 * MS,
            50 * MS,
            100 * MS,
            200 * MS,
            500 * MS,
        ],
        50 * MS,
    )
    .help("How often a spare tries to hand over its hints; it tries 20 times.")
    .group("Sloppy quorum"),
];

const MODELS: &[Choice] = &[
    Choice::new(
        "uniform",
        "uniform",
        "Network delay, more or less by the jitter.",
    ),
    Choice::new(
        "lnkd-ssd",
        "LNKD-SSD",
        "LinkedIn’s store on solid-state disks: short and alike.",
    ),
    Choice::new(
        "lnkd-disk",
        "LNKD-DISK",
        "LinkedIn’s store on spinning disks: writes vary much.",
    ),
    Choice::new(
        "ymmr",
        "YMMR",
        "Yammer’s store: a few milliseconds, now and then a third of a second.",
    ),
    Choice::new(
        "wan",
        "WAN",
        "LNKD-DISK with one replica near and the others 75 ms away.",
    ),
];

/// The lab's own actions, and the faults but for one: clocks play no part in quorums, so there is
/// nothing to skew, and the record of what happened when can go by them.
pub(super) const ACTIONS: &[ActionKind] = &[
    ActionKind::new(
        "write",
        "Write",
        "The writer writes the next value.",
        Target::Node,
    ),
    ActionKind::new("read", "Read", "The client reads x.", Target::Node),
    faults::CRASH,
    faults::CRASH_KEEP,
    faults::RESTART,
    faults::PAUSE,
    faults::RESUME,
    faults::DROP,
    faults::DELAY,
    faults::DUPLICATE,
    faults::REORDER,
    faults::PARTITION,
    faults::PARTITION_OUT,
    faults::CUT,
    faults::HEAL,
    faults::HOLD,
    faults::RELEASE,
    faults::DELIVER,
    faults::FIRE,
];
