//! Published specifications: as many states, and as deep, as TLC finds. TLC counts the beginning as
//! depth 1, the search counts steps.

use happens_before::sim::search::{Explore as _, Finding, Limits};
use happens_before::sim::specs::{Mutex, SPECS, TCommit, TwoPhase};
use happens_before::sim::{History, Lab, World as _, link};

use super::{agree, run, search};

fn spec(id: &str) -> &'static Lab {
    SPECS.iter().find(|lab| lab.id == id).unwrap()
}

/// Messages are a set in `TwoPhase`.
const KEPT: Limits = Limits {
    kept: true,
    ..Limits::EVERYTHING
};

#[test]
fn two_phase_commit_with_three_managers_has_288_states_in_11_levels() {
    let found = search::<TwoPhase>(&run(spec("two-phase"), &[]), KEPT);
    assert_eq!(found.finding(), Finding::Holds);
    assert_eq!((found.states(), found.depth() + 1), (288, 11));
}

#[test]
fn transaction_commit_with_three_managers_has_34_states_in_7_levels() {
    let found = search::<TCommit>(&run(spec("t-commit"), &[]), Limits::EVERYTHING);
    assert_eq!(found.finding(), Finding::Holds);
    assert_eq!((found.states(), found.depth() + 1), (34, 7));
}

#[test]
fn stateright_finds_the_same_states() {
    agree::<TwoPhase>(&run(spec("two-phase"), &[]), KEPT);
    agree::<TCommit>(&run(spec("t-commit"), &[]), Limits::EVERYTHING);
    // The published 724,274 states, clock to 6, take minutes without optimisation;
    // `lab explore lamport-mutex` finds them in seconds.
    agree::<Mutex>(
        &run(spec("lamport-mutex"), &[("clock", 3)]),
        Limits::EVERYTHING,
    );
}

#[test]
fn crashes_and_losses_are_explored_as_stateright_explores_them() {
    let limits = Limits {
        drops: 1,
        crashes: 1,
        duplicates: 1,
        ..Limits::EVERYTHING
    };
    agree::<TwoPhase>(&run(spec("two-phase"), &[("managers", 2)]), limits);
}

#[test]
fn with_a_rule_switched_off_the_shortest_violation_is_found_and_plays() {
    let found = search::<Mutex>(
        &run(spec("lamport-mutex"), &[("wait", 0)]),
        Limits::EVERYTHING,
    );
    let Finding::Broken(found) = found.finding() else {
        panic!("{:?}", found.finding());
    };
    // Two requests, two entries.
    assert_eq!((found.property, found.steps), ("mutual-exclusion", 4));
    let decoded = link::decode(spec("lamport-mutex"), &link::encode(&found.run));
    assert_eq!(decoded.notices, []);
    let history = History::<happens_before::sim::protocol::Cluster<Mutex>>::of(&decoded.run);
    let verdict = &history.verdicts()[0];
    assert!(verdict.broken.is_some(), "{}", history.transcript());
    assert!(!history.last().members().is_empty());
    assert_eq!(
        history.last().queue().next_at(),
        None,
        "nothing happens by itself"
    );
}

#[test]
fn a_search_that_may_look_at_few_states_says_that_it_gave_up() {
    let few = Limits {
        states: 100,
        ..Limits::EVERYTHING
    };
    let found = search::<Mutex>(&run(spec("lamport-mutex"), &[]), few);
    assert_eq!((found.finding(), found.states()), (Finding::GaveUp, 100));
}
