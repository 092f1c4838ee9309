//! Things to bring about, and questions that the engine answers.

use crate::sim::lab::{Challenge, Outcome, Prediction};

pub(super) const CHALLENGES: &[Challenge] = &[
    Challenge {
        id: "back-in-time",
        name: "Back in time",
        task: "W + R > N, nobody crashes, no spares: let a read return an older version than a read that ended before it began.",
        from: "scenario=majority;reads=0;do=",
        hint: "Delay a write on its way to two of the replicas. Then let one reader find the third replica, and the other not.",
        solution: "scenario=unfinished-write",
        judge: back_in_time,
    },
    Challenge {
        id: "acknowledged-and-lost",
        name: "Acknowledged and lost",
        task: "W + R > N and strict quorums: let a read miss a write that was acknowledged before it began.",
        from: "scenario=majority;after=20ms",
        hint: "Overlap is about who was asked. What must the replica that was asked twice still know?",
        solution: "scenario=majority;after=20ms;do=10ms:crash:n4,10ms:crash:n5,10ms:crash:n6,11ms:restart:n4,11ms:restart:n5,11ms:restart:n6",
        judge: acknowledged_and_lost,
    },
    Challenge {
        id: "two-down",
        name: "Two of five down",
        task: "Five replicas, of which r1 and r2 are down: choose W and R so that the write is acknowledged and the read is fresh for certain, not by luck.",
        from: "scenario=partial;n=5;w=5;do=0ms:crash-keep:n4,0ms:crash-keep:n5",
        hint: "Three are left to answer: that bounds W and R from above. Overlap bounds their sum from below.",
        solution: "scenario=partial;n=5;w=3;r=3;do=0ms:crash-keep:n4,0ms:crash-keep:n5",
        judge: two_down,
    },
];

fn strict_overlap(outcome: &Outcome<'_>) -> Result<(), String> {
    let value = |id| outcome.value(id);
    let n = value("n");
    let (w, r) = (value("w").min(n), value("r").min(n));
    if w + r <= n {
        return Err(format!("W + R = {} is not more than N = {n}.", w + r));
    }
    if value("sloppy") != 0 {
        return Err("Spares stand in here; switch the sloppy quorum off.".to_owned());
    }
    if value("compare") == 0 {
        return Err("Replicas have to compare versions; switch that on.".to_owned());
    }
    Ok(())
}

fn back_in_time(outcome: &Outcome<'_>) -> Result<(), String> {
    strict_overlap(outcome)?;
    if outcome
        .run
        .actions
        .iter()
        .any(|action| action.kind.starts_with("crash"))
    {
        return Err("A node crashes in this run; it has to be done without.".to_owned());
    }
    if outcome.number("went-back") == 0 {
        return Err("No read returned an older version than one that ended before it.".to_owned());
    }
    Ok(())
}

fn acknowledged_and_lost(outcome: &Outcome<'_>) -> Result<(), String> {
    strict_overlap(outcome)?;
    if outcome.number("stale-reads") == 0 {
        return Err("Every read saw what was acknowledged before it began.".to_owned());
    }
    Ok(())
}

fn two_down(outcome: &Outcome<'_>) -> Result<(), String> {
    let value = |id| outcome.value(id);
    if value("n") != 5 {
        return Err("There have to be five replicas.".to_owned());
    }
    let is_down = |node| {
        outcome.run.actions.iter().any(|action| {
            action.kind.starts_with("crash") && action.on.node() == node && action.at.0 <= 1_000
        }) && !outcome
            .run
            .actions
            .iter()
            .any(|action| action.kind == "restart" && action.on.node() == node)
    };
    if !(is_down(4) && is_down(5)) {
        return Err("r1 and r2 have to be down from the start to the end.".to_owned());
    }
    strict_overlap(outcome)?;
    if outcome.number("acknowledged-writes") == 0 {
        return Err("The write was not acknowledged.".to_owned());
    }
    if outcome.number("fresh-reads") == 0 {
        return Err("No read was finished.".to_owned());
    }
    Ok(())
}

pub(super) const PREDICTIONS: &[Prediction] = &[
    Prediction {
        id: "right-after",
        question: "The write of x = 1 has just been acknowledged by r3, and the reader asks all three replicas. W = R = 1. What does it get?",
        run: "scenario=partial;at=2165us",
        answers: &[(1, "x = 1: it is acknowledged"), (0, "nothing")],
        probe: "last-read",
        why: "r1 answers first, and the write reaches r1 only milliseconds later. With R = 1 the first answer is the result.",
    },
    Prediction {
        id: "second-reader",
        question: "The reader has just returned x = 2. Reader 2 begins now, with W = R = 2 of N = 3. What does it get?",
        run: "scenario=unfinished-write;at=180ms",
        answers: &[
            (2, "x = 2, as the reader before it"),
            (1, "x = 1, the older value"),
        ],
        probe: "last-read",
        why: "The write is on r1 alone and not acknowledged, so there is no write quorum that a read quorum would have to meet. Reader 2 hears from r2 and r3 first.",
    },
    Prediction {
        id: "two-of-which",
        question: "The write was acknowledged twice, W = 2, and the reader is going to wait for two answers, R = 2. N = 3. What does it get?",
        run: "scenario=sloppy;at=80ms",
        answers: &[(0, "x = 1: 2 + 2 > 3"), (1, "nothing")],
        probe: "stale-reads",
        why: "One of the two acknowledgements came from a spare. The quorums were drawn from five nodes, and 2 + 2 is less than 5.",
    },
];
