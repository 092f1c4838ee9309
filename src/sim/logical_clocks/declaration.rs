//! The lab `logical-clocks` as data, and what it is checked against.

use super::LogicalClocks;
use crate::sim::config::Config;
use crate::sim::lab::{Lab, Probe, Reference};

/// The lab.
pub static LAB: Lab = Lab {
    parameters: super::parameters::ALL,
    actions: super::parameters::ACTIONS,
    scenarios: super::scenarios::ALL,
    challenges: super::tasks::CHALLENGES,
    predictions: super::tasks::PREDICTIONS,
    probes: PROBES,
    references: REFERENCES,
    nodes: |config| u16::try_from(processes(config)).unwrap_or(2),
    ..Lab::of::<LogicalClocks>(
        "logical-clocks",
        "Before, after, concurrent",
        "A space-time diagram to draw yourself: events and messages of two to six processes, stamped by Lamport, vector and hybrid clocks. See what happened before what, and what each kind of stamp makes of it.",
    )
};

/// How many processes a configuration has.
pub(super) fn processes(config: &Config) -> usize {
    usize::try_from(config.get("processes")).unwrap_or(2)
}

const PROBES: &[Probe] = &[
    Probe {
        id: "events",
        label: "Events",
        help: "How many events there are; what a process does within one millisecond is one.",
    },
    Probe {
        id: "ordered-pairs",
        label: "Ordered pairs",
        help: "Pairs of events of which one happened before the other.",
    },
    Probe {
        id: "concurrent-pairs",
        label: "Concurrent pairs",
        help: "Pairs of events of which neither happened before the other.",
    },
    Probe {
        id: "lamport-false-orders",
        label: "Orders that Lamport invents",
        help: "Concurrent pairs whose Lamport stamps differ, so that one looks earlier.",
    },
    Probe {
        id: "lamport-against-time",
        label: "Lamport against true time",
        help: "Those of them in which the event with the smaller stamp is the later one in true time.",
    },
    Probe {
        id: "hybrid-false-orders",
        label: "Orders that HLC invents",
        help: "Concurrent pairs whose hybrid stamps differ.",
    },
    Probe {
        id: "longest-path",
        label: "Longest path",
        help: "The most events on one path; it is the largest Lamport stamp.",
    },
];

const REFERENCES: &[Reference] = &[
    Reference {
        what: "Pairs of events in the log facebook.log of ShiViz, loaded and played",
        source: "ShiViz, example logs (Beschastnikh et al. 2016)",
        published: "47 events, 1,013 ordered and 68 concurrent pairs",
        reached: "the same",
        tolerance: "equal",
    },
    Reference {
        what: "Pairs of events in simple-reliable-broadcast.log, loaded and played",
        source: "ShiViz, example logs (Beschastnikh et al. 2016)",
        published: "39 events, 546 ordered and 195 concurrent pairs",
        reached: "the same",
        tolerance: "equal",
    },
    Reference {
        what: "Stamps of a hybrid logical clock for eight events, four of them receipts",
        source: "Kulkarni et al. 2014, algorithm of figure 5",
        published: "(5,0) (6,0) (10,6) (10,7) (10,8) (10,100) (11,0) (11,1)",
        reached: "the same",
        tolerance: "equal",
    },
];
