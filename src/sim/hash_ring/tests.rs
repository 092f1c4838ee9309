//! What a run of the lab promises, whatever the reader does.

#![cfg(test)]

use proptest::prelude::*;

use super::*;
use crate::sim::action::{Action, On};
use crate::sim::hashing::{Among, Node, Ring};
use crate::sim::history::History;
use crate::sim::link;
use crate::sim::run::Run;
use crate::sim::time::Micros;

fn run(text: &str) -> Run {
    let decoded = link::decode(&LAB, text);
    assert_eq!(decoded.notices, [], "{text}");
    decoded.run
}

fn history(text: &str) -> History<HashRing> {
    History::of(&run(text))
}

/// The last sentence of a run.
fn check(text: &str, expected: &str) {
    let history = history(text);
    let last = history.entries().last().unwrap();
    assert_eq!(last.event.sentence(history.last().setting()), expected);
}

fn number(text: &str, probe: &str) -> i64 {
    LAB.engine.probe(&run(text), probe).unwrap()
}

fn broken(text: &str) -> Vec<&'static str> {
    (LAB.engine.broken)(&run(text))
        .into_iter()
        .map(|broken| broken.0)
        .collect()
}

#[test]
fn a_node_that_is_not_there_is_refused() {
    check("do=1s:fail:n15", "n15 is not there: nothing changes.");
    check(
        "do=1s:remove:n3,2s:weigh:n3:200%",
        "n3 is not there: nothing changes.",
    );
}

#[test]
fn a_node_fails_once_and_comes_back_once() {
    check(
        "do=1s:fail:n3,2s:fail:n3",
        "n3 has failed already: nothing changes.",
    );
    check("do=1s:recover:n3", "n3 has not failed: nothing changes.");
    check(
        "do=1s:weigh:n3:100%",
        "n3 has that weight already: nothing changes.",
    );
}

#[test]
fn a_ring_may_be_emptied_and_filled_again() {
    check(
        "nodes=1;do=1s:remove:n1",
        "n1 leaves: nobody is left to serve a key.",
    );
    assert_eq!(number("nodes=1;do=1s:remove:n1", "serving"), 0);
    assert_eq!(
        number(
            "nodes=1;do=1s:remove:n1,2s:add:100%",
            "largest-share-permille"
        ),
        1_000
    );
    assert_eq!(broken("nodes=1;do=1s:remove:n1"), ["copy-up"]);
}

#[test]
fn a_new_node_gets_a_name_that_nobody_has_had() {
    let text = "do=1s:remove:n10,2s:add:100%";
    let last = history(text).entries().last().unwrap().event.node;
    assert_eq!(last, 11);
}

#[test]
fn when_all_names_are_given_the_first_free_one_is_taken_and_then_none() {
    let full = "nodes=200;vnodes=1;keys=100;do=1s:add:100%";
    check(
        full,
        "Nobody joins: the run has no free name left; begin with more nodes.",
    );
    let freed = "nodes=200;vnodes=1;keys=100;do=1s:remove:n7,2s:add:100%";
    assert_eq!(history(freed).entries().last().unwrap().event.node, 7);
}

#[test]
fn a_drained_node_moves_nothing_when_it_leaves() {
    assert_eq!(number("scenario=weights", "moved-permille"), 0);
    assert_eq!(number("scenario=weights", "nodes"), 9);
}

#[test]
fn modulo_breaks_the_least_movement_and_the_ring_keeps_it() {
    assert!(broken("scenario=modulo").contains(&"least-movement"));
    assert!(!broken("scenario=join").contains(&"least-movement"));
}

#[test]
fn two_failures_leave_keys_without_a_copy_when_there_are_two_copies_but_not_when_three() {
    assert!(broken("scenario=two-fail").contains(&"copy-up"));
    assert!(!broken("scenario=two-fail;copies=3").contains(&"copy-up"));
}

#[test]
fn bounded_loads_keep_their_bound_and_the_ring_alone_does_not() {
    assert_eq!(broken("scenario=bounded"), ["least-movement"]);
    assert!(broken("scenario=bounded;scheme=ring").contains(&"within-bound"));
}

#[test]
fn every_challenge_begins_unsolved_and_its_solution_solves_it() {
    for challenge in LAB.challenges {
        let judge = |text| (LAB.engine.judge)(&run(text), challenge);
        assert!(judge(challenge.from).is_err(), "{}", challenge.id);
        assert_eq!(judge(challenge.solution), Ok(()), "{}", challenge.id);
    }
}

#[test]
fn every_prediction_has_the_engines_answer_once() {
    for prediction in LAB.predictions {
        let answer = number(prediction.run, prediction.probe);
        let right = prediction
            .answers
            .iter()
            .filter(|option| option.0 == answer);
        assert_eq!(right.count(), 1, "{}: {answer}", prediction.id);
    }
}

#[test]
fn the_study_is_that_of_the_runs_nodes() {
    let mut study = (LAB.study.unwrap())(&run("nodes=3;vnodes=7"));
    study.advance(11);
    let figures = study.figures();
    assert_eq!(
        (figures.runs, figures.tables[0].title.as_str()),
        (11, "Rings of 3 nodes")
    );
    assert!(figures.plots[2].title.ends_with("7 virtual nodes"));
}

/// Any small configuration with any actions: at most 40 nodes, 30 points and 300 keys, so that a
/// case takes milliseconds.
fn any_run() -> impl Strategy<Value = Run> {
    let actions = prop::collection::vec((0..5_usize, 1..60_u16, 0..=400_i64), 0..8);
    let sizes = (1..=40_i64, 1..=30_i64, 1..=5_i64, 100..=300_i64);
    (
        any::<u64>(),
        sizes,
        0..5_i64,
        0..=200_i64,
        0..5_i64,
        actions,
    )
        .prop_map(
            |(seed, (nodes, vnodes, copies, keys), scheme, slack, popularity, actions)| {
                let mut run = Run::of(&LAB);
                run.seed = seed;
                run.actions.clear();
                for (id, value) in [
                    ("nodes", nodes),
                    ("vnodes", vnodes),
                    ("copies", copies),
                    ("keys", keys),
                    ("scheme", scheme),
                    ("slack", slack),
                    ("popularity", popularity),
                ] {
                    run.config.set(id, value).unwrap();
                }
                for (at, (kind, node, amount)) in (1..).zip(actions) {
                    let kind = &LAB.actions[kind];
                    run.act(Action {
                        at: Micros::from_secs(at),
                        kind: kind.id,
                        on: if kind.id == "add" {
                            On::World
                        } else {
                            On::Node(node)
                        },
                        amount,
                    });
                }
                run
            },
        )
}

/// The rings before and after each change, rebuilt from the events as the page does it.
fn rings(history: &History<HashRing>) -> Vec<(Event, Ring, Ring)> {
    let setting = history.start().setting();
    let ring = |nodes: &[Node]| Ring::new(nodes, setting.virtual_nodes, setting.seed);
    let entries = history.entries();
    let pairs = entries.windows(2).map(|two| {
        let (before, after) = (&two[0].event, &two[1].event);
        (after.clone(), ring(&before.nodes), ring(&after.nodes))
    });
    pairs.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_run_is_played_to_its_end_and_every_event_says_something(run in any_run()) {
        let history: History<HashRing> = History::of(&run);
        prop_assert_eq!(history.entries().len(), run.actions.len() + 1);
        for entry in history.entries() {
            let sentence = entry.event.sentence(history.last().setting());
            prop_assert!(sentence.ends_with('.') && sentence.len() > 10, "{sentence}");
        }
        for probe in LAB.probes {
            prop_assert!(LAB.engine.probe(&run, probe.id).is_some_and(|number| number >= 0));
        }
    }

    #[test]
    fn on_a_ring_keys_move_only_to_the_node_that_gains_and_from_the_one_that_loses(run in any_run()) {
        let run = run.with("scheme", 0);
        let history: History<HashRing> = History::of(&run);
        for (event, before, after) in rings(&history) {
            let gains = match event.what {
                What::Joined { .. } | What::Recovered => true,
                What::Weighed { from, to } => to > from,
                _ => false,
            };
            let mut moved = 0_u32;
            for key in 0..500 {
                let (was, is) = (before.owner(before.hash(key), Among::Up), after.owner(after.hash(key), Among::Up));
                if was != is {
                    moved += 1;
                    prop_assert_eq!(if gains { is } else { was }, Some(event.node), "{:?}", event.what);
                }
            }
            // Five standard errors of a share of 500 keys are at most 0.112.
            let told = event.effect.map_or(0.0, |effect| f64::from(effect.moved.0) / 1e6);
            prop_assert!((f64::from(moved) / 500.0 - told).abs() < 0.12, "{told}: {:?}", event.what);
        }
    }

    #[test]
    fn rendezvous_hashing_never_moves_a_key_between_two_other_nodes(run in any_run()) {
        let run = run.with("scheme", 2);
        let history: History<HashRing> = History::of(&run);
        for entry in history.entries() {
            prop_assert!(entry.event.effect.is_none_or(|effect| effect.astray == Share::NONE));
        }
    }

    #[test]
    fn bounded_loads_never_exceed_their_bound(run in any_run()) {
        let run = run.with("scheme", 4);
        let broken = (LAB.engine.broken)(&run);
        prop_assert!(broken.iter().all(|(id, _)| *id != "within-bound"), "{broken:?}");
    }

    #[test]
    fn a_link_gives_back_the_run_that_it_was_made_from(run in any_run()) {
        let mut run = run;
        run.actions.retain(|action| action.on.is_within((LAB.nodes)(&run.config)));
        for action in &mut run.actions {
            let range = LAB.action(action.kind).and_then(|kind| kind.amount).map(|amount| amount.range());
            action.amount = range.map_or(0, |(least, most)| action.amount.clamp(least, most));
        }
        let decoded = link::decode(&LAB, &link::encode(&run));
        prop_assert_eq!(&decoded.notices, &[]);
        prop_assert_eq!(decoded.run, run);
    }
}
