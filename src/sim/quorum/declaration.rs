//! The lab `quorum` as data, and what it is checked against.

use super::Quorum;
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
    study: Some(super::study),
    ..Lab::of_protocol::<Quorum>(
        "quorum",
        "Quorums of replicas",
        "A write goes to N replicas and waits for W of them, a read waits for R. See which read is stale and why, what repairs it, and how likely it is over many runs.",
    )
};

const fn probe(id: &'static str, label: &'static str, help: &'static str) -> Probe {
    Probe { id, label, help }
}

const PROBES: &[Probe] = &[
    probe(
        "fresh-reads",
        "Fresh reads",
        "Reads that returned the newest version acknowledged before they began, or a newer one.",
    ),
    probe(
        "stale-reads",
        "Stale reads",
        "Reads that missed a version acknowledged before they began.",
    ),
    probe(
        "versions-behind",
        "Versions behind",
        "The most versions by which a read was behind the newest acknowledged before it began.",
    ),
    probe(
        "went-back",
        "Reads that went back",
        "Reads that returned an older version than a read that ended before they began.",
    ),
    probe(
        "last-read",
        "Last value read",
        "What the last finished read returned; 0 for nothing.",
    ),
    probe(
        "acknowledged-writes",
        "Acknowledged writes",
        "Writes that got their W acknowledgements.",
    ),
    probe(
        "write-latency-us",
        "Write latency",
        "How long the first finished write took, in microseconds.",
    ),
    probe(
        "read-latency-us",
        "Read latency",
        "How long the first finished read took, in microseconds.",
    ),
    probe("repairs", "Repairs", "Repairs that reached a replica."),
    probe(
        "hints",
        "Hints",
        "Versions that a spare kept for a replica.",
    ),
    probe(
        "stale-replicas",
        "Replicas behind",
        "Replicas that lack the newest acknowledged version at the end.",
    ),
];

const PBS: &str = "Bailis et al. 2012 (VLDB 5(8))";

const REFERENCES: &[Reference] = &[
    Reference {
        what: "Reads at R = W = 1 of N = 3 that are fresh at once: LNKD-SSD, LNKD-DISK, YMMR, WAN",
        source: PBS,
        published: "97.4 %, 43.9 %, 89.3 %, 33 %",
        reached: "97.4 %, 43.9 %, 89.3 %, 33.3 %",
        tolerance: "0.5 percentage points",
    },
    Reference {
        what: "99.9th percentile of read and write latency at R = W = 1, LNKD-SSD, LNKD-DISK, YMMR, WAN (ms)",
        source: PBS,
        published: "0.66/0.66, 0.66/10.99, 5.58/10.83, 3.4/55.1",
        reached: "the same within tolerance",
        tolerance: "2 %, WAN writes 5 %",
    },
    Reference {
        what: "Chance that a read at N = 3, R = W = 1 gives one of the last 2 or 3 versions",
        source: PBS,
        published: "0.556, 0.704",
        reached: "0.556, 0.704",
        tolerance: "0.0005",
    },
    Reference {
        what: "A single run and the trial of the same seed: latencies, and whether the read is stale",
        source: "Bailis et al. 2012, section 4.1 (WARS)",
        published: "stale if C + t + R < W for every replica among the first R to answer",
        reached: "the same in 2,000 runs of four settings",
        tolerance: "15 µs, the resolution of a run; what is decided by less may differ",
    },
    Reference {
        what: "Two readers around an unfinished write, N = 3, W = R = 2: is the history linearizable?",
        source: "Attiya, Bar-Noy and Dolev 1995, section 1: not without the write-back; with it, yes",
        published: "no; yes",
        reached: "no; yes",
        tolerance: "equal",
    },
];
