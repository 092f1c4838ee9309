//! Things to bring about, and questions about a run; the engine judges both.

use crate::sim::lab::{Challenge, Outcome, Prediction};

/// All challenges.
pub(super) const CHALLENGES: &[Challenge] = &[
    Challenge {
        id: "against-time",
        name: "Against true time",
        task: "Make two concurrent events of which the later one, in true time, has the smaller Lamport stamp. Draw it yourself, with at most four events.",
        from: "processes=2;stamp=lamport;random=0;do=",
        hint: "A process that has done little counts little, however late it is.",
        solution: "processes=2;stamp=lamport;random=0;do=10ms:event:n1,30ms:event:n1,50ms:event:n2",
        judge: |outcome| {
            drawn_by_hand(outcome, 4)?;
            match outcome.number("lamport-against-time") {
                0 => Err(
                    "No two concurrent events have Lamport stamps against true time yet."
                        .to_owned(),
                ),
                _ => Ok(()),
            }
        },
    },
    Challenge {
        id: "seven-concurrent",
        name: "Exactly seven",
        task: "With three processes and at most six events make exactly seven concurrent pairs, at least one of them across a message.",
        from: "processes=3;stamp=vector;random=0;do=",
        hint: "Six events have 15 pairs, so eight must be ordered. Events of one process are ordered among themselves; a message orders what is before its sending and after its receipt.",
        solution: "processes=3;stamp=vector;random=0;do=10ms:event:n1,20ms:message:n1-n2:30ms,30ms:event:n1,60ms:event:n2,70ms:event:n3",
        judge: |outcome| {
            drawn_by_hand(outcome, 6)?;
            if outcome.value("processes") != 3 {
                return Err("There are to be three processes.".to_owned());
            }
            if !outcome
                .run
                .actions
                .iter()
                .any(|action| action.kind == "message")
            {
                return Err("There is no message yet.".to_owned());
            }
            match outcome.number("concurrent-pairs") {
                7 => Ok(()),
                pairs => Err(format!("There are {pairs} concurrent pairs, not seven.")),
            }
        },
    },
];

/// All predictions.
pub(super) const PREDICTIONS: &[Prediction] = &[
    Prediction {
        id: "orders-that-are-none",
        question: "Six of the 15 pairs of events in this run are concurrent. How many of the six do Lamport stamps put in an order all the same?",
        run: "scenario=three-processes;at=0ms",
        answers: &[
            (0, "None: they are concurrent"),
            (2, "Two"),
            (4, "Four"),
            (6, "All six"),
        ],
        probe: "lamport-false-orders",
        why: "a and b both have 1, c and e both have 2; the other four pairs have different stamps, and look like an order that nothing caused.",
    },
    Prediction {
        id: "one-more-message",
        question: "n1 and n2 have three events each and no message: nine concurrent pairs. Now n1's second event sends a message that n2's second receives. How many pairs are concurrent?",
        run: "processes=2;stamp=vector;random=0;do=10ms:event:n1,20ms:event:n2,30ms:message:n1-n2:20ms,70ms:event:n1,80ms:event:n2;at=0ms",
        answers: &[
            (8, "Eight: one pair is ordered"),
            (5, "Five"),
            (3, "Three"),
            (0, "None"),
        ],
        probe: "concurrent-pairs",
        why: "All that is before the sending, itself included (two events), comes before all that is after the receipt, itself included (two): four pairs are ordered at once.",
    },
];

/// Whether the reader drew the run, with at most so many events.
fn drawn_by_hand(outcome: &Outcome<'_>, most: i64) -> Result<(), String> {
    if outcome.value("random") > 0 {
        return Err("Random events do not count: set them to none.".to_owned());
    }
    match outcome.number("events") {
        events if events > most => Err(format!(
            "There are {events} events, and no more than {most} are allowed."
        )),
        _ => Ok(()),
    }
}
