//! Things to bring about in the lab, and questions about its runs.

use crate::sim::lab::{Challenge, Outcome, Prediction};

/// All challenges.
pub(super) const CHALLENGES: &[Challenge] = &[
    Challenge {
        id: "refund-twice",
        name: "Pay 80, get back 160",
        task: "Shipping refuses and the services have no idempotency keys. Without touching the parameters, have the customer's 80 € refunded twice.",
        from: "scenario=double-refund;do=;at=0ms",
        hint: "The orchestrator tries a refund again when it has no answer to the first one.",
        solution: "scenario=double-refund",
        judge: refund_twice,
    },
    Challenge {
        id: "crash-and-commit",
        name: "Two crashes, and all is well",
        task: "Crash the orchestrator twice while an order is under way, and have the order committed all the same, with no promise broken.",
        from: "scenario=checkout;at=0ms",
        hint: "A node that is down comes up when you restart it; the log does the rest. Leave the client time to be heard.",
        solution: "scenario=checkout;do=35ms:crash:n2,60ms:restart:n2,75ms:crash:n2,120ms:restart:n2",
        judge: crash_and_commit,
    },
    Challenge {
        id: "unstick",
        name: "Call in the people",
        task: "A refund fails at every attempt, and the saga is stuck. Bring it to its end without changing the parameters.",
        from: "scenario=stuck-refund",
        hint: "The cause has to be removed first, and then somebody has to start the stuck compensation again.",
        solution: "scenario=stuck-refund;do=600ms:repair:n4,650ms:redrive:n2",
        judge: unstick,
    },
];

fn refund_twice(outcome: &Outcome<'_>) -> Result<(), String> {
    if outcome.value("keys") != 0 || outcome.value("loss") + outcome.value("duplicates") > 0 {
        return Err("The parameters have to stay as they were.".to_owned());
    }
    match outcome.number("refunds") {
        0 => Err("There is no refund yet.".to_owned()),
        1 => Err("There is one refund: the one that is due.".to_owned()),
        _ => Ok(()),
    }
}

fn crash_and_commit(outcome: &Outcome<'_>) -> Result<(), String> {
    let crashes = outcome.run.actions.iter();
    let crashes = crashes.filter(|action| action.kind == "crash" && action.on.node() == 2);
    match (crashes.count(), outcome.number("outcome")) {
        (0 | 1, _) => Err("The orchestrator has to crash twice.".to_owned()),
        (_, 1)
            if outcome
                .verdicts
                .iter()
                .any(|verdict| verdict.broken.is_some()) =>
        {
            Err("The order is committed, but a promise is broken.".to_owned())
        }
        (_, 1) => Ok(()),
        _ => Err("The order is not committed.".to_owned()),
    }
}

fn unstick(outcome: &Outcome<'_>) -> Result<(), String> {
    if outcome.value("c2") != 2 || outcome.value("t3") != 1 {
        return Err("The parameters have to stay as they were.".to_owned());
    }
    match (outcome.number("outcome"), outcome.number("stuck")) {
        (2, 0) => Ok(()),
        (3, _) => Err("The refund is still given up.".to_owned()),
        _ => Err("The saga has not come to its end.".to_owned()),
    }
}

/// All predictions.
pub(super) const PREDICTIONS: &[Prediction] = &[
    Prediction {
        id: "lost-answer",
        question: "The refund of 80 € has been made, its answer is lost, and services have no keys. What does payment hold of this customer's money in the end?",
        run: "scenario=double-refund;at=86ms",
        answers: &[
            (0, "0 €: it has been paid back"),
            (80, "80 €: the refund is not confirmed"),
            (-80, "−80 €: more is paid back than was taken"),
        ],
        probe: "kept",
        why: "The orchestrator cannot tell a lost question from a lost answer, so it asks again, and payment refunds another 80 €.",
    },
    Prediction {
        id: "who-waits",
        question: "No orchestrator and no deadline. The hotel hangs; that it has the event, it has already acknowledged. How does the order end?",
        run: "scenario=silence;at=35ms",
        answers: &[
            (0, "It does not: flight booked, nobody waiting"),
            (2, "Compensated: the flight notices and cancels"),
            (3, "Stuck, in a list for people to look at"),
        ],
        probe: "outcome",
        why: "The flight's event was acknowledged, so nobody waits for anything any more. Only somebody who expects the end can miss it: that is what the deadline of the orders is for.",
    },
];
