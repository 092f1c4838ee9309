//! What the lab can be set to, and what a reader can do while it runs.

use crate::sim::action::{ActionKind, Target};
use crate::sim::parameter::{Choice, Kind, Parameter, Scale, Unit};

const MS: i64 = 1_000;
const S: i64 = 1_000_000;

const fn number(unit: Unit, min: i64, max: i64, default: i64, scale: Scale) -> Kind {
    Kind::Number {
        unit,
        min,
        max,
        default,
        scale,
        zero: None,
    }
}

/// All parameters, in the order of the page.
pub(super) const ALL: &[Parameter] = &[
    Parameter {
        id: "machines",
        label: "Machines",
        help: "How many replicas there are; n1's clock is right.",
        group: "Clocks",
        kind: number(Unit::Count, 2, 5, 3, Scale::Linear { step: 1 }),
    },
    Parameter {
        id: "offset",
        label: "Clock offset",
        help: "How far n2 is ahead at the start; n3 is as far behind, n4 and n5 half as far.",
        group: "Clocks",
        kind: number(
            Unit::Time,
            -500 * MS,
            500 * MS,
            50 * MS,
            Scale::Linear { step: MS },
        ),
    },
    Parameter {
        id: "drift",
        label: "Clock drift",
        help: "How much too fast n2's clock runs; n3's runs as much too slow, n4's and n5's half as much.",
        group: "Clocks",
        kind: number(Unit::Ppm, -500, 500, 40, Scale::Linear { step: 10 }),
    },
    Parameter {
        id: "sync",
        label: "NTP poll",
        help: "How often each machine asks the time server.",
        group: "Synchronisation",
        kind: Kind::Number {
            unit: Unit::Time,
            min: 0,
            max: 1_024 * S,
            default: 0,
            scale: Scale::Stops(&[
                0,
                100 * MS,
                250 * MS,
                500 * MS,
                S,
                2 * S,
                5 * S,
                10 * S,
                16 * S,
                30 * S,
                64 * S,
                128 * S,
                256 * S,
                512 * S,
                1_024 * S,
            ]),
            zero: Some("never"),
        },
    },
    Parameter {
        id: "correction",
        label: "Correction",
        help: "What a machine does with the offset it estimates.",
        group: "Synchronisation",
        kind: Kind::Choice {
            options: &[
                Choice {
                    id: "step",
                    label: "step",
                    help: "Sets the clock at once; time may run backwards.",
                },
                Choice {
                    id: "slew",
                    label: "slew",
                    help: "Runs the clock faster or slower by 500 ppm until it is right.",
                },
            ],
            default: 0,
        },
    },
    Parameter {
        id: "delay",
        label: "Network delay",
        help: "Mean time a message takes one way.",
        group: "Network",
        kind: number(
            Unit::Time,
            100,
            500 * MS,
            5 * MS,
            Scale::Stops(&[
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
            ]),
        ),
    },
    Parameter {
        id: "jitter",
        label: "Jitter",
        help: "How far a delay may be from its mean, either way.",
        group: "Network",
        kind: number(Unit::Percent, 0, 90, 20, Scale::Linear { step: 5 }),
    },
    Parameter {
        id: "asymmetry",
        label: "Asymmetry",
        help: "How much slower messages are on the way out (to the time server, to a machine with a higher number) and faster on the way back.",
        group: "Network",
        kind: number(Unit::Percent, -90, 90, 0, Scale::Linear { step: 5 }),
    },
    Parameter {
        id: "gap",
        label: "Time between writes",
        help: "Mean time from one spontaneous write to the next.",
        group: "Writes",
        kind: number(
            Unit::Time,
            MS,
            60 * S,
            30 * MS,
            Scale::Stops(&[
                MS,
                2 * MS,
                5 * MS,
                10 * MS,
                20 * MS,
                30 * MS,
                50 * MS,
                100 * MS,
                200 * MS,
                500 * MS,
                S,
                2 * S,
                5 * S,
                10 * S,
                20 * S,
                60 * S,
            ]),
        ),
    },
    Parameter {
        id: "writes",
        label: "Writes",
        help: "How many spontaneous writes there are, each by a machine drawn at random.",
        group: "Writes",
        kind: number(Unit::Count, 0, 40, 12, Scale::Linear { step: 1 }),
    },
    Parameter {
        id: "react",
        label: "Reactions",
        help: "Chance that a machine which has just received an update writes its own value on top of it.",
        group: "Writes",
        kind: number(Unit::Percent, 0, 100, 30, Scale::Linear { step: 5 }),
    },
    Parameter {
        id: "order",
        label: "Order by",
        help: "Which stamp the register and the log go by.",
        group: "Stamps",
        kind: Kind::Choice {
            options: &[
                Choice {
                    id: "wall",
                    label: "wall clock",
                    help: "What the machine's own clock read.",
                },
                Choice {
                    id: "lamport",
                    label: "Lamport",
                    help: "A counter that every message carries forward.",
                },
                Choice {
                    id: "hlc",
                    label: "hybrid (HLC)",
                    help: "The wall clock, never behind anything received, with a counter.",
                },
                Choice {
                    id: "truetime",
                    label: "TrueTime",
                    help: "The latest moment it can be by the machine's own bound.",
                },
            ],
            default: 0,
        },
    },
    Parameter {
        id: "wait",
        label: "Commit wait",
        help: "Under TrueTime: an entry is released only when its stamp has certainly passed.",
        group: "Stamps",
        kind: Kind::Switch { default: true },
    },
];

/// What a reader can do while the lab runs.
pub(super) const ACTIONS: &[ActionKind] = &[
    ActionKind {
        id: "write",
        label: "Write",
        help: "The machine writes the next value now.",
        on: Target::Node,
        amount: None,
    },
    ActionKind {
        id: "jump",
        label: "Jump",
        help: "The machine's clock jumps, and nobody tells the machine.",
        on: Target::Node,
        amount: Some(Parameter {
            id: "jump",
            label: "Jump by",
            help: "How far the clock jumps, such as -30ms.",
            group: "",
            kind: number(
                Unit::Time,
                -500 * MS,
                500 * MS,
                -30 * MS,
                Scale::Linear { step: MS },
            ),
        }),
    },
    ActionKind {
        id: "sync",
        label: "Sync",
        help: "The machine asks the time server now.",
        on: Target::Node,
        amount: None,
    },
];
