//! The rules of the saga, in runs.

use std::collections::BTreeSet;

use super::report::{Standing, flows, ledger};
use super::{Deal, LAB, Message, Note, Saga};
use crate::sim::link;
use crate::sim::protocol::{Cluster, What as Happened};
use crate::sim::{History, Run};

/// A run; where it names no scenario, nothing in it fails but what it says.
fn read(run: &str) -> Run {
    let text = match (run.contains("scenario"), run.contains("t3=")) {
        (false, false) => format!("{run};t3=works"),
        _ => run.to_owned(),
    };
    let decoded = link::decode(&LAB, &text);
    assert!(decoded.notices.is_empty(), "{run}: {:?}", decoded.notices);
    decoded.run
}

fn play(run: &str) -> History<Cluster<Saga>> {
    History::of(&read(run))
}

/// What took effect, in order: `T1 T2 C2 C1`.
fn effects(history: &History<Cluster<Saga>>, order: u8) -> String {
    let mut effects = Vec::new();
    for entry in history.entries() {
        if let Some(Note::Deals {
            saga,
            step,
            deed,
            deal: Deal::Effect | Deal::EffectLate,
            ..
        }) = &entry.event.note
            && *saga == order
        {
            let letter = match deed {
                super::Deed::Do => 'T',
                _ => 'C',
            };
            effects.push(format!("{letter}{step}"));
        }
    }
    effects.join(" ")
}

fn check(run: &str, expected: &str) {
    assert_eq!(effects(&play(run), 1), expected, "{run}");
}

fn broken(run: &str) -> Vec<&'static str> {
    let history = play(run);
    let verdicts = history.verdicts().iter();
    verdicts
        .filter(|verdict| verdict.broken.is_some())
        .map(|verdict| verdict.id)
        .collect()
}

fn probe(run: &str, probe: &str) -> i64 {
    LAB.engine.probe(&read(run), probe).unwrap()
}

#[test]
fn all_steps_take_effect_in_order_where_nothing_fails() {
    check("saga=custom;steps=5", "T1 T2 T3 T4 T5");
}

#[test]
fn what_was_done_is_taken_back_in_the_opposite_order() {
    check("saga=custom;steps=5;t4=refuses", "T1 T2 T3 C3 C2 C1");
}

#[test]
fn nothing_is_taken_back_where_the_first_step_is_refused() {
    check("saga=custom;t1=refuses", "");
}

#[test]
fn a_step_that_fails_once_is_tried_again() {
    check("t2=fails-once", "T1 T2 T3");
}

#[test]
fn a_step_that_hangs_is_given_up_and_called_off() {
    check("t2=hangs", "T1 C1");
}

#[test]
fn a_late_answer_changes_nothing_where_services_know_the_key() {
    check("t2=late", "T1 T2 T3");
    check("t2=late;keys=off", "T1 T2 T2 T3");
}

#[test]
fn a_step_whose_outcome_is_unknown_is_taken_back_with_the_others() {
    check("t2=late;retries=0", "T1 T2 C2 C1");
}

#[test]
fn the_last_step_commits_the_saga_even_if_its_answer_comes_too_late() {
    check("t3=late;retries=0", "T1 T2 T3");
    assert_eq!(probe("t3=late;retries=0", "outcome"), 1);
}

#[test]
fn a_compensation_that_keeps_failing_stops_the_saga_there() {
    check("t3=refuses;c1=fails", "T1 T2 C2");
    check("t3=refuses;c2=fails", "T1 T2");
    assert_eq!(probe("t3=refuses;c2=fails", "outcome"), 3);
}

#[test]
fn a_compensation_that_fails_once_is_tried_again() {
    check("t3=refuses;c2=fails-once", "T1 T2 C2 C1");
}

#[test]
fn a_lost_answer_to_a_refund_is_a_second_refund_without_keys_and_none_with_them() {
    assert_eq!(probe("scenario=double-refund", "refunds"), 2);
    assert_eq!(probe("scenario=double-refund", "kept"), -80);
    assert_eq!(
        broken("scenario=double-refund"),
        ["no-double-effect", "money-is-conserved"]
    );
    assert_eq!(probe("scenario=double-refund;keys=on", "refunds"), 1);
    assert_eq!(broken("scenario=double-refund;keys=on"), [""; 0]);
}

#[test]
fn an_orchestrator_goes_on_where_its_log_ends() {
    check("scenario=crash", "T1 T2 T3");
    check("scenario=crash;keys=off", "T1 T2 T2 T3");
}

#[test]
fn backward_recovery_takes_back_what_the_log_says_is_done() {
    check("scenario=crash;recovery=backward", "T1 T2 C2 C1");
}

#[test]
fn an_order_that_was_refused_for_anothers_sake_waits_under_a_semantic_lock() {
    assert_eq!(broken("scenario=last-item"), ["isolation"]);
    assert_eq!(broken("scenario=last-item;lock=on"), [""; 0]);
    assert_eq!(effects(&play("scenario=last-item;lock=on"), 2), "T1 T2 T3");
    assert_eq!(probe("scenario=last-item;lock=on", "outcome-2"), 1);
}

#[test]
fn a_choreography_takes_back_what_an_orchestrator_would() {
    check("style=choreography;t3=refuses", "T1 T2 C2 C1");
    check("style=choreography", "T1 T2 T3");
    check("style=choreography;t2=fails-once", "T1 T2 T3");
    check("style=choreography;t2=late", "T1 T2 T3");
}

#[test]
fn nobody_misses_an_order_in_a_choreography_without_a_deadline() {
    check("scenario=silence", "T1");
    assert_eq!(probe("scenario=silence", "outcome"), 0);
    check("scenario=silence;deadline=500ms", "T1 C1");
    assert_eq!(probe("scenario=silence;deadline=500ms", "outcome"), 2);
}

#[test]
fn a_choreography_goes_on_after_any_service_has_been_down() {
    for node in 2..=5 {
        let run = format!(
            "style=choreography;t3=refuses;jitter=0%;do=25ms:crash:n{node},200ms:restart:n{node}"
        );
        check(&run, "T1 T2 C2 C1");
    }
}

#[test]
fn orders_that_complete_make_their_reservation_final_under_a_semantic_lock() {
    for style in ["orchestration", "choreography"] {
        let history = play(&format!("style={style};lock=on"));
        let services = super::promises::services(history.last());
        assert!(services.map(|service| service.pending.len()).sum::<usize>() == 0);
    }
}

#[test]
fn an_answer_that_comes_when_nobody_waits_for_it_is_ignored() {
    let history = play("t2=late;jitter=0%;timeout=30ms;retries=0");
    let ignored = history.entries().iter();
    assert!(
        ignored
            .filter(|entry| matches!(entry.event.note, Some(Note::Ignores(..))))
            .count()
            > 0
    );
}

#[test]
fn the_flow_shows_how_every_step_stands() {
    let history = play("scenario=stuck-refund");
    let flow = flows(history.last()).remove(0);
    let forward: Vec<Standing> = flow.cells.iter().map(|cell| cell.forward.0).collect();
    let backward: Vec<Standing> = flow.cells.iter().map(|cell| cell.backward.0).collect();
    assert_eq!(forward, [Standing::Done, Standing::Done, Standing::Failed]);
    assert_eq!(
        backward,
        [Standing::Pending, Standing::Stuck, Standing::Pending]
    );
    assert_eq!(flow.outcome, "stuck");
}

#[test]
fn the_ledger_shows_what_a_service_should_hold() {
    let history = play("scenario=double-refund");
    let payment = &ledger(history.last())[1];
    assert_eq!((payment.balance, payment.right), (-80, 0));
}

#[test]
fn every_challenge_is_open_where_it_starts_and_met_by_its_solution() {
    for challenge in LAB.challenges {
        let judge = |run: &str| (LAB.engine.judge)(&read(run), challenge);
        assert!(judge(challenge.from).is_err(), "{}", challenge.id);
        assert_eq!(judge(challenge.solution), Ok(()), "{}", challenge.id);
    }
}

#[test]
fn every_prediction_has_the_engines_answer_once() {
    for prediction in LAB.predictions {
        let number = probe(prediction.run, prediction.probe);
        let right = prediction.answers.iter();
        let right = right.filter(|(answer, _)| *answer == number).count();
        assert_eq!(right, 1, "{}: {number}", prediction.id);
    }
}

#[test]
fn a_reader_can_place_more_orders() {
    let history = play("saga=checkout;do=20ms:order:n1,25ms:order:n1");
    assert_eq!(flows(history.last()).len(), 3);
}

#[test]
fn the_lost_message_of_the_double_refund_is_the_answer_to_the_refund() {
    let run = Run::scenario(&LAB, "double-refund").unwrap();
    let history: History<Cluster<Saga>> = History::of(&run);
    let lost: BTreeSet<Message> = history
        .entries()
        .iter()
        .filter_map(|entry| match &entry.event.what {
            Happened::Lost(arrival, _) => Some(arrival.message),
            _ => None,
        })
        .collect();
    let reply = Message::Reply(1, 2, super::Deed::Undo, super::Answer::Done);
    assert_eq!(lost, BTreeSet::from([reply]));
}

#[test]
fn a_step_that_comes_after_its_compensation_is_refused() {
    let run = "scenario=checkout;retries=0;do=35ms:delay:m5:500ms";
    check(run, "T1 C1");
    let history = play(run);
    let barred = |entry: &&crate::sim::Entry<_>| entry_deal(entry) == Some(Deal::Barred);
    let entry = history.entries().iter().find(barred).unwrap();
    assert_eq!(entry.at.0 / 1_000, 540);
    assert_eq!(probe(run, "kept"), 0);
}

fn entry_deal(entry: &crate::sim::Entry<crate::sim::protocol::Event<Saga>>) -> Option<Deal> {
    match entry.event.note {
        Some(Note::Deals { deal, .. }) => Some(deal),
        _ => None,
    }
}

#[test]
fn messages_are_as_many_as_the_chapter_counts() {
    let runs = [
        ("scenario=no-car;t3=works", 9),
        ("scenario=choreography;t3=works", 11),
        ("scenario=no-car", 13),
        ("scenario=choreography", 15),
    ];
    for (run, messages) in runs {
        assert_eq!(probe(run, "messages"), messages, "{run}");
    }
}
