//! The labs' challenges and predictions: each can be done, and none is done already.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use happens_before::sim::{Challenge, Lab, Micros, Prediction, Run, labs, link};

fn challenges() -> impl Iterator<Item = (&'static Lab, &'static Challenge)> {
    labs()
        .iter()
        .flat_map(|lab| lab.challenges.iter().map(move |task| (*lab, task)))
}

fn predictions() -> impl Iterator<Item = (&'static Lab, &'static Prediction)> {
    labs()
        .iter()
        .flat_map(|lab| lab.predictions.iter().map(move |task| (*lab, task)))
}

/// The run of a task; it has to be right as it stands.
fn run(lab: &'static Lab, id: &str, text: &str) -> Run {
    assert_eq!(link::lab_id(text), None, "{id}: a task's run has no lab");
    let decoded = link::decode(lab, text);
    assert_eq!(decoded.notices, [], "{id}: {text}");
    decoded.run
}

fn assert_sentence(id: &str, text: &str) {
    assert!(
        text.ends_with(['.', '?', '!']),
        "{id}: these are to be whole sentences: {text}"
    );
}

#[test]
fn a_challenge_is_not_met_by_the_run_that_it_starts_from_and_what_is_missing_is_said() {
    for (lab, task) in challenges() {
        let from = run(lab, task.id, task.from);
        let missing = (lab.engine.judge)(&from, task);
        assert_sentence(task.id, &missing.unwrap_err());
    }
}

#[test]
fn a_challenge_is_met_by_its_solution() {
    for (lab, task) in challenges() {
        let solution = run(lab, task.id, task.solution);
        assert_eq!((lab.engine.judge)(&solution, task), Ok(()), "{}", task.id);
    }
}

#[test]
fn what_the_engine_answers_is_among_the_answers_to_a_prediction() {
    for (lab, task) in predictions() {
        let asked = run(lab, task.id, task.run);
        let answer = lab.engine.probe(&asked, task.probe).unwrap();
        assert!(
            task.answers.iter().any(|(number, _)| *number == answer),
            "{}: {answer} comes out",
            task.id
        );
        let different: BTreeSet<i64> = task.answers.iter().map(|(number, _)| *number).collect();
        assert!(
            different.len() == task.answers.len() && different.len() > 1,
            "{}: there is a choice between answers",
            task.id
        );
    }
}

#[test]
fn a_prediction_is_asked_before_its_run_has_ended() {
    for (lab, task) in predictions() {
        let asked = run(lab, task.id, task.run);
        let end = (lab.engine.end)(&asked);
        // In a run without events there is nothing to give away.
        assert!(asked.cursor < end || end == Micros::ZERO, "{}", task.id);
    }
}

#[test]
fn tasks_have_names_of_their_own_and_speak_in_sentences() {
    for lab in labs() {
        let mut ids = BTreeSet::new();
        for task in lab.challenges {
            assert!(ids.insert(task.id), "{} stands twice", task.id);
            assert_sentence(task.id, task.task);
            assert_sentence(task.id, task.hint);
        }
        for task in lab.predictions {
            assert!(ids.insert(task.id), "{} stands twice", task.id);
            assert_sentence(task.id, task.question);
            assert_sentence(task.id, task.why);
        }
    }
}
