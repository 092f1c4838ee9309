//! Each scenario shows what its name says.

use super::{ClockSkew, Event, LAB, LogEntry, Order, report};
use crate::sim::action::Action;
use crate::sim::history::History;
use crate::sim::run::Run;
use crate::sim::time::Micros;

fn play(scenario: &str) -> History<ClockSkew> {
    History::of(&Run::scenario(&LAB, scenario).unwrap())
}

fn broken(history: &History<ClockSkew>) -> Vec<&'static str> {
    history
        .verdicts()
        .iter()
        .filter(|verdict| verdict.broken.is_some())
        .map(|verdict| verdict.id)
        .collect()
}

fn writes(history: &History<ClockSkew>) -> Vec<LogEntry> {
    history
        .last()
        .log()
        .iter()
        .filter(|entry| entry.what.is_write())
        .map(|entry| **entry)
        .collect()
}

#[test]
fn in_fast_clock_the_log_has_the_two_writes_the_wrong_way_round_and_the_first_is_kept() {
    let history = play("fast-clock");
    let seen: Vec<_> = writes(&history)
        .iter()
        .map(|write| (write.machine, write.begun, write.stamps.wall.to_string()))
        .collect();
    let (first, second) = (Micros::from_millis(90), Micros::from_millis(130));
    assert_eq!(
        seen,
        [
            (2, first, "14:00:00.040".to_owned()),
            (1, second, "14:00:00.030".to_owned())
        ]
    );
    assert_eq!(report::final_value(&history), Some(1));
    let lost = report::lost_updates(history.last().log(), Order::Wall);
    assert_eq!(
        lost.iter()
            .map(|lost| (lost.value, lost.winner_value))
            .collect::<Vec<_>>(),
        [(2, 1)]
    );
    let order = report::logged_order(history.last().log(), Order::Wall);
    let values: Vec<u32> = order
        .iter()
        .filter(|entry| entry.what.is_write())
        .map(|entry| entry.what.value())
        .collect();
    assert_eq!(values, [2, 1]);
}

#[test]
fn in_lost_update_what_was_written_on_top_of_another_value_is_lost_to_it_and_hybrid_loses_none() {
    let history = play("lost-update");
    let lost = report::lost_updates(history.last().log(), Order::Wall);
    assert!(
        lost.iter().all(|lost| lost.causal) && !lost.is_empty(),
        "{lost:?}"
    );
    let hybrid = play("hybrid");
    assert_eq!(report::lost_updates(hybrid.last().log(), Order::Hybrid), []);
    assert_eq!(report::account(&hybrid).wrong_causal_pairs, 0);
    assert_eq!(broken(&hybrid), [""; 0]);
    let truth = |history: &History<ClockSkew>| {
        history
            .last()
            .log()
            .iter()
            .map(|entry| (entry.begun, entry.what))
            .collect::<Vec<_>>()
    };
    assert_eq!(truth(&hybrid), truth(&history));
}

#[test]
fn in_drift_causes_are_in_order_after_a_poll_and_out_of_order_before_the_next() {
    let history = play("drift");
    let log = history.last().log();
    let pairs = report::wrong_pairs(log, Order::Wall);
    let wrong = log.iter().filter(|entry| {
        pairs
            .iter()
            .any(|pair| pair.causal && pair.first == entry.id)
    });
    let seconds: Vec<u64> = wrong.map(|entry| entry.begun.0 / 1_000_000 % 64).collect();
    assert!(
        seconds.iter().all(|second| *second >= 10) && seconds.len() > 10,
        "seconds after a poll: {seconds:?}"
    );
    assert!(report::exchanges(&history).len() >= 6);
}

#[test]
fn in_asymmetric_route_every_poll_leaves_the_same_error_within_the_bound() {
    let history = play("asymmetric-route");
    let errors: Vec<i64> = report::exchanges(&history)
        .iter()
        .map(super::Answer::error)
        .collect();
    // 20 ms of mean delay, 60 % asymmetry: half of 32 ms less 8 ms, give or take the jitter of 5 %.
    assert!(
        errors.iter().all(|error| (11_000..=13_000).contains(error)) && errors.len() >= 9,
        "{errors:?}"
    );
    assert!(!broken(&history).contains(&"ntp-within-bound"));
}

#[test]
fn in_step_back_a_machines_own_log_runs_backwards_and_under_slew_it_does_not() {
    let own = |history: &History<ClockSkew>| -> Vec<i64> {
        writes(history)
            .iter()
            .filter(|write| write.machine == 2)
            .map(|write| write.stamps.wall.0)
            .collect()
    };
    assert!(!own(&play("step-back")).is_sorted());
    let mut run = Run::scenario(&LAB, "step-back").unwrap();
    run.config.set_text("correction", "slew").unwrap();
    assert!(own(&History::of(&run)).is_sorted());
}

#[test]
fn in_truetime_no_pair_is_in_the_wrong_order_and_without_the_wait_some_are() {
    let history = play("truetime");
    assert_eq!(
        report::wrong_pairs(history.last().log(), Order::TrueTime),
        []
    );
    assert_eq!(broken(&history), [""; 0]);
    let account = report::account(&history);
    assert!((7_000..9_000).contains(&account.mean_wait.0), "{account:?}");
    let mut run = Run::scenario(&LAB, "truetime").unwrap();
    run.config.set_text("wait", "off").unwrap();
    assert!(report::account(&History::of(&run)).wrong_pairs > 0);
}

#[test]
fn the_comparison_has_one_account_for_each_order_of_the_same_true_history() {
    let accounts = report::compare(&Run::scenario(&LAB, "lost-update").unwrap());
    assert_eq!(
        accounts
            .iter()
            .map(|account| account.order)
            .collect::<Vec<_>>(),
        Order::ALL
    );
    assert!(
        accounts
            .iter()
            .all(|account| account.entries == accounts[0].entries)
    );
    let causal: Vec<bool> = accounts
        .iter()
        .map(|account| account.wrong_causal_pairs > 0)
        .collect();
    assert_eq!(causal, [true, false, false, false]);
    let waits: Vec<bool> = accounts
        .iter()
        .map(|account| account.longest_wait > Micros::ZERO)
        .collect();
    assert_eq!(waits, [false, false, false, true]);
}

#[test]
fn an_answer_that_came_before_its_question_is_refused() {
    let mut run = Run::scenario(&LAB, "step-back").unwrap();
    let jump = Action {
        at: Micros::from_millis(125),
        kind: "jump",
        on: crate::sim::On::Node(2),
        amount: -300_000,
    };
    run.act(jump);
    let history: History<ClockSkew> = History::of(&run);
    let sentences: String = history
        .entries()
        .iter()
        .map(|entry| Event::sentence(&entry.event))
        .collect();
    assert!(
        sentences.contains("the answer came before the question"),
        "{sentences}"
    );
    assert!(!broken(&history).contains(&"ntp-within-bound"));
}

#[test]
fn a_clock_set_back_while_an_entry_waits_puts_its_release_off() {
    let released = |jump: i64| {
        let mut run = Run::scenario(&LAB, "fast-clock").unwrap();
        run.config.set_text("order", "truetime").unwrap();
        let at = Micros::from_millis(100);
        run.act(Action {
            at,
            kind: "jump",
            on: crate::sim::On::Node(2),
            amount: jump,
        });
        writes(&History::of(&run))
            .iter()
            .find(|write| write.machine == 2)
            .unwrap()
            .done
    };
    // Written at 90 ms with ε = 50.018 ms: 100.036 ms of waiting, and what ε grows meanwhile.
    assert_eq!(released(0), Micros(190_058));
    let (back, forward) = (released(-30_000).0 - 190_058, 190_058 - released(30_000).0);
    assert!(
        (30_000..30_010).contains(&back) && (30_000..30_010).contains(&forward),
        "{back} and {forward}"
    );
}

#[test]
fn an_action_at_the_microsecond_of_an_event_happens_right_after_it() {
    let mut run = Run::scenario(&LAB, "fast-clock").unwrap();
    let at = Micros::from_millis(95);
    run.act(Action {
        at,
        kind: "write",
        on: crate::sim::On::Node(1),
        amount: 0,
    });
    let history: History<ClockSkew> = History::of(&run);
    let moments: Vec<u64> = history.entries().iter().map(|entry| entry.at.0).collect();
    assert_eq!(moments, [90_000, 95_000, 95_001, 100_001, 130_000, 135_000]);
}
