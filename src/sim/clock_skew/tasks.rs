//! What a reader can try to bring about in the lab, and what they can predict.

use crate::sim::lab::{Challenge, Outcome, Prediction};

/// Things to bring about; `tests/tasks.rs` plays the solutions.
pub(super) const CHALLENGES: &[Challenge] = &[
    Challenge {
        id: "small-error-lost-update",
        name: "Ten milliseconds are enough",
        task: "Lose an update although no clock is ever wrong by more than 10 ms, with the register ordered by wall clocks.",
        from: "scenario=fast-clock",
        hint: "An update is lost when the later write has the smaller stamp. How close together must the two writes be?",
        solution: "scenario=fast-clock;offset=10ms;do=100ms:write:n2,105ms:write:n1",
        judge: lost_with_small_error,
    },
    Challenge {
        id: "truetime-without-a-jump",
        name: "Make TrueTime lie",
        task: "Break the promise that every machine’s interval contains true time, without making any clock jump.",
        from: "scenario=truetime",
        hint: "The interval grows by an assumed 200 ppm between two polls. What if a clock does not keep to that?",
        solution: "scenario=truetime;drift=500ppm",
        judge: lying_interval,
    },
];

/// Questions about two runs that differ in one setting.
pub(super) const PREDICTIONS: &[Prediction] = &[
    Prediction {
        id: "kept-by-wall-clock",
        question: "n2’s clock is 50 ms fast. At 90 ms n2 writes 1, and 40 ms later n1, who has received the 1 by then, writes 2. Which value will both machines keep?",
        run: "scenario=fast-clock;at=89ms",
        answers: &[
            (1, "1, the value that n2 wrote first"),
            (2, "2, the value that n1 wrote last"),
            (0, "none: the machines disagree or keep nothing"),
        ],
        probe: "final-value",
        why: "The last write wins by stamp, not by time. n2’s fast clock stamps the first write 140 ms; n1’s right one stamps the second 130 ms, so the second is discarded on both machines.",
    },
    Prediction {
        id: "kept-by-hybrid-clock",
        question: "The same two writes with the same wrong clock, but the register now goes by hybrid logical clocks. Which value will both machines keep?",
        run: "scenario=fast-clock;order=hlc;at=89ms",
        answers: &[
            (1, "1, the value that n2 wrote first"),
            (2, "2, the value that n1 wrote last"),
            (0, "none: the machines disagree or keep nothing"),
        ],
        probe: "final-value",
        why: "n1 received the first write at 95 ms, with its stamp of 140 ms. A hybrid clock is never behind what it has received, so n1’s own write is stamped just after it and wins.",
    },
];

fn lost_with_small_error(outcome: &Outcome<'_>) -> Result<(), String> {
    let (error, lost) = (
        outcome.number("largest-error-ms"),
        outcome.number("lost-updates"),
    );
    if outcome.run.config.choice("order") != "wall" {
        return Err("The register does not go by wall clocks in this run.".to_owned());
    }
    match (error <= 10, lost > 0) {
        (true, true) => Ok(()),
        (false, _) => Err(format!(
            "A clock is wrong by {error} ms in this run; 10 ms are allowed."
        )),
        (true, false) => Err("No update is lost in this run.".to_owned()),
    }
}

fn lying_interval(outcome: &Outcome<'_>) -> Result<(), String> {
    if outcome
        .run
        .actions
        .iter()
        .any(|action| action.kind == "jump")
    {
        return Err("A clock jumps in this run; take that back.".to_owned());
    }
    if outcome.broke("interval-holds-truth") {
        Ok(())
    } else {
        Err("Every machine’s interval contains true time to the end of this run.".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::clock_skew::LAB;
    use crate::sim::link;

    #[test]
    fn the_two_predictions_come_out_differently() {
        let answers: Vec<_> = PREDICTIONS
            .iter()
            .map(|asked| {
                LAB.engine
                    .probe(&link::decode(&LAB, asked.run).run, asked.probe)
            })
            .collect();
        assert_eq!(answers, [Some(1), Some(2)]);
    }
}
