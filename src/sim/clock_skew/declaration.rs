//! The lab `clock-skew` as data, and what it is checked against.

use super::ClockSkew;
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
    nodes: |config| u16::from(machines(config)),
    ..Lab::of::<ClockSkew>(
        "clock-skew",
        "Clocks that disagree",
        "Two to five machines write to one register and log what they do, each by its own clock. See what the log puts in the wrong order, which update is lost, and what other stamps change.",
    )
};

/// How many machines a configuration has.
pub(super) fn machines(config: &Config) -> u8 {
    u8::try_from(config.get("machines")).unwrap_or(2)
}

const PROBES: &[Probe] = &[
    Probe {
        id: "final-value",
        label: "Final value",
        help: "The value that all replicas keep at the end; 0 if nothing was written.",
    },
    Probe {
        id: "lost-updates",
        label: "Lost updates",
        help: "Writes that were discarded although an earlier write was finished before they began.",
    },
    Probe {
        id: "wrong-pairs",
        label: "Wrong pairs",
        help: "Pairs of log entries that the log puts in the wrong order.",
    },
    Probe {
        id: "wrong-causal-pairs",
        label: "Wrong causal pairs",
        help: "Those of them in which the first caused the second.",
    },
    Probe {
        id: "largest-error-ms",
        label: "Largest clock error",
        help: "The farthest that any clock was from true time, in whole milliseconds.",
    },
];

const REFERENCES: &[Reference] = &[
    Reference {
        what: "Stamps of a hybrid logical clock for eight events, four of them receipts",
        source: "Kulkarni et al. 2014, algorithm of figure 5",
        published: "(5,0) (6,0) (10,6) (10,7) (10,8) (10,100) (11,0) (11,1)",
        reached: "the same",
        tolerance: "equal",
    },
    Reference {
        what: "Offset and delay of an NTP exchange, and the bound on the error of the offset",
        source: "Mills et al. 2010, RFC 5905, section 8",
        published: "θ = ((t1 − t0) + (t2 − t3)) / 2, δ = (t3 − t0) − (t2 − t1), |error| ≤ δ / 2",
        reached: "the same; no exchange beyond its bound",
        tolerance: "equal",
    },
    Reference {
        what: "Marzullo's algorithm on [8,12], [11,13], [10,12]",
        source: "Marzullo 1984",
        published: "[11,12]",
        reached: "[11,12]",
        tolerance: "equal",
    },
    Reference {
        what: "TrueTime's uncertainty ε with a poll every 30 s and 200 µs/s assumed drift",
        source: "Corbett et al. 2012, section 3",
        published: "1 to 7 ms, mean 4 ms",
        reached: "1.000 to 7.001 ms, mean 4.000 ms",
        tolerance: "1 %",
    },
    Reference {
        what: "Mean commit wait under that uncertainty, one write a second",
        source: "Corbett et al. 2012, section 4.2.1: at least twice the mean ε",
        published: "8 ms",
        reached: "8.003 ms",
        tolerance: "1 %",
    },
];
