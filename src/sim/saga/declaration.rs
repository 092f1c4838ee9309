//! The lab `saga` as data, and what it is checked against.

use super::protocol::Saga;
use super::{parameters, scenarios, tasks};
use crate::sim::lab::{Lab, Probe, Reference};

/// The lab.
pub static LAB: Lab = Lab {
    parameters: parameters::ALL,
    actions: parameters::ACTIONS,
    scenarios: scenarios::ALL,
    challenges: tasks::CHALLENGES,
    predictions: tasks::PREDICTIONS,
    probes: PROBES,
    references: REFERENCES,
    ..Lab::of_protocol::<Saga>(
        "saga",
        "Sagas: all of it, or taken back",
        "A booking or a checkout as a saga: several services change one after the other, and take back what they changed when one of them cannot. Make any step or compensation fail, hang or answer late, lose messages, and crash the orchestrator anywhere.",
    )
};

const PROBES: &[Probe] = &[
    Probe {
        id: "outcome",
        label: "Outcome of order 1",
        help: "0: it has not ended; 1: committed; 2: compensated; 3: stuck.",
    },
    Probe {
        id: "outcome-2",
        label: "Outcome of order 2",
        help: "The same of the second order; 0 where there is none.",
    },
    Probe {
        id: "refunds",
        label: "Refunds",
        help: "How often money was paid back.",
    },
    Probe {
        id: "compensations",
        label: "Compensations",
        help: "How often a compensation took effect.",
    },
    Probe {
        id: "kept",
        label: "Money kept",
        help: "What all services together hold of the customer's money at the end, in euros.",
    },
    Probe {
        id: "messages",
        label: "Messages",
        help: "How many messages were sent.",
    },
    Probe {
        id: "stuck",
        label: "Given up",
        help: "How many things were given up and wait for people.",
    },
    Probe {
        id: "dirty-reads",
        label: "Refused for another's sake",
        help: "Orders that were refused for what another one held and then gave back.",
    },
];

const REFERENCES: &[Reference] = &[Reference {
    what: "What takes effect in a saga's execution: every fate of every step and compensation of sagas of two and three steps; the orchestrator crashed before and after every event, with forward and with backward recovery; 44 thousand runs",
    source: "Garcia-Molina and Salem 1987, section 1",
    published: "T1 … Tn, or T1 … Tj Cj … C1 for some 0 ≤ j < n",
    reached: "the same in every run",
    tolerance: "no exception",
}];
