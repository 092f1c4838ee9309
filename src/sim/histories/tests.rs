//! Published histories and their verdicts, and what holds for every history.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use super::cas_register::{Input, Output};
use super::linearizability::Effect;
use super::{
    Bound, CasRegister, History, Kv, Operation, Register, Returned, Specification, Verdict, check,
    kv, parse, write,
};
use crate::sim::time::Micros;

/// The folder of published histories; nothing, and a note, if it is not there.
fn references() -> Option<PathBuf> {
    let folder = std::env::var_os("REFERENCES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/references"),
        PathBuf::from,
    );
    let histories = folder.join("histories");
    if histories.is_dir() {
        return Some(histories);
    }
    eprintln!("skipped: {} is not there", histories.display());
    None
}

/// Whether a history is linearizable; that must be known.
fn linearizable<S: Specification>(
    specification: &S,
    history: &History<S::Input, S::Output>,
) -> bool {
    match check(specification, history, Bound::default()).verdict {
        Verdict::Linearizable(effects) => {
            replay(specification, history, &effects);
            true
        }
        Verdict::NotLinearizable(_) => false,
        Verdict::Unknown(_) => panic!("the bound was reached"),
    }
}

/// Holds an order against the definition: every answered operation once, within its interval, one
/// after the other, and each giving what the specification says.
fn replay<S: Specification>(
    specification: &S,
    history: &History<S::Input, S::Output>,
    effects: &[Effect],
) {
    let operations = history.operations();
    let mut states = BTreeMap::new();
    let mut placed = vec![false; operations.len()];
    assert!(effects.is_sorted_by_key(|effect| effect.at));
    for Effect { operation, at } in effects {
        assert!(!std::mem::replace(&mut placed[*operation], true));
        let Operation {
            key,
            call,
            input,
            returned,
            ..
        } = &operations[*operation];
        assert!(call <= at && returned.as_ref().is_none_or(|r| *at <= r.at));
        let state = states.entry(key).or_insert_with(|| specification.init());
        let output = returned.as_ref().map(|returned| &returned.output);
        *state = specification.step(state, input, output).unwrap();
    }
    for (operation, placed) in operations.iter().zip(placed) {
        assert!(placed || operation.returned.is_none());
    }
}

fn cas_register(history: &History<Input, Output>) -> bool {
    linearizable(&CasRegister::default(), history)
}

#[test]
fn the_histories_of_etcd_have_their_published_verdicts() {
    let Some(folder) = references() else { return };
    let folder = folder.join("etcd");
    let expected = fs::read_to_string(folder.join("expected.txt")).unwrap();
    let mut found = String::new();
    for line in expected.lines() {
        let number: u32 = line.split(' ').next().unwrap().parse().unwrap();
        let bytes = fs::read(folder.join(format!("etcd_{number:03}.log"))).unwrap();
        let verdict = cas_register(&parse::jepsen::<CasRegister>(&bytes).unwrap());
        found += &format!("{number} {verdict}\n");
    }
    assert_eq!(found.lines().count(), 68);
    assert_eq!(found, expected);
}

/// The files of a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn the_histories_of_a_store_have_the_verdict_in_their_name() {
    let Some(folder) = references() else { return };
    let files = files(&folder.join("kv"));
    assert_eq!(files.len(), 2);
    for file in files {
        let history = parse::porcupine_kv(&fs::read(&file).unwrap()).unwrap();
        let expected = file.to_string_lossy().ends_with("ok.txt");
        assert_eq!(linearizable(&Kv, &history), expected, "{}", file.display());
    }
}

#[test]
fn the_published_histories_of_a_cas_register_are_linearizable() {
    let Some(folder) = references() else { return };
    let files = files(&folder.join("cas-register"));
    assert_eq!(files.len(), 40);
    for file in files {
        let history = parse::edn::<CasRegister>(&fs::read(&file).unwrap()).unwrap();
        assert!(cas_register(&history), "{}", file.display());
        let written = write::edn::<CasRegister>(&history);
        let read = parse::edn::<CasRegister>(written.as_bytes());
        assert_eq!(read, Ok(history), "{}", file.display());
    }
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        Just(Input::Read),
        (0..3_i64).prop_map(Input::Write),
        (0..3_i64, 0..3_i64).prop_map(|(old, new)| Input::Cas(old, new)),
    ]
}

/// An input with an answer of its kind.
fn exchange() -> impl Strategy<Value = (Input, Output)> {
    let value = prop::option::of(0..3_i64);
    (input(), value, any::<bool>()).prop_map(|(input, value, found)| {
        let output = match input {
            Input::Read => Output::Value(value),
            Input::Cas(..) if !found => Output::Mismatch,
            Input::Write(_) | Input::Cas(..) => Output::Written,
        };
        (input, output)
    })
}

/// What a register answers to an input that comes alone, and the state after it.
fn answer(state: Option<i64>, input: Input) -> (Output, Option<i64>) {
    match input {
        Input::Read => (Output::Value(state), state),
        Input::Write(value) => (Output::Written, Some(value)),
        Input::Cas(old, new) if state == Some(old) => (Output::Written, Some(new)),
        Input::Cas(..) => (Output::Mismatch, state),
    }
}

/// Operations that took effect one after the other, 10 µs apart, on one of two keys; called and
/// answered up to 40 µs before and after; so many of ten are never answered.
fn executed(lost: i32) -> impl Strategy<Value = History<Input, Output>> {
    let step = (input(), select(vec!["a", "b"]), 0..40_u64, 1..40_u64, 0..10);
    vec(step, 0..40).prop_map(move |steps| {
        let mut states = BTreeMap::new();
        let mut operations = Vec::new();
        for (process, (input, key, before, after, luck)) in (0..).zip(steps) {
            let at = 50 + 10 * u64::from(process);
            let state = states.entry(key).or_insert(None);
            let (output, next) = answer(*state, input);
            *state = next;
            operations.push(Operation {
                process,
                key: Some(key.to_owned()),
                call: Micros(at - before),
                input,
                returned: (luck >= lost).then_some(Returned {
                    at: Micros(at + after),
                    output,
                }),
            });
        }
        History::new(operations).unwrap()
    })
}

/// Up to seven operations at any times with any answers.
fn anything() -> impl Strategy<Value = History<Input, Output>> {
    let length = prop::option::weighted(0.8, 0..8_u64);
    vec((exchange(), 0..12_u64, length), 0..8).prop_map(|drawn| {
        let operations = (0..)
            .zip(drawn)
            .map(|(process, ((input, output), call, length))| Operation {
                process,
                key: None,
                call: Micros(call),
                input,
                returned: length.map(|length| Returned {
                    at: Micros(call + length),
                    output,
                }),
            });
        History::new(operations.collect()).unwrap()
    })
}

/// The definition, tried out: whether the operations that are left can be put in an order.
fn some_order(left: &[&Operation<Input, Output>], state: Option<i64>) -> bool {
    let returns = left
        .iter()
        .filter_map(|operation| operation.returned.as_ref());
    let Some(deadline) = returns.map(|returned| returned.at).min() else {
        return true;
    };
    left.iter().enumerate().any(|(place, next)| {
        let output = next.returned.as_ref().map(|returned| &returned.output);
        let after = CasRegister::default().step(&state, &next.input, output);
        let mut rest = left.to_vec();
        rest.remove(place);
        next.call <= deadline && after.is_some_and(|after| some_order(&rest, after))
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_happened_one_after_the_other_is_linearizable(history in executed(1)) {
        prop_assert!(cas_register(&history));
    }

    #[test]
    fn the_search_agrees_with_trying_every_order(history in anything()) {
        let all: Vec<_> = history.operations().iter().collect();
        prop_assert_eq!(cas_register(&history), some_order(&all, None));
    }

    #[test]
    fn a_stale_read_after_a_finished_write_never_is(
        history in executed(0),
        stale in prop::option::of(0..3_i64),
    ) {
        let mut operations = history.operations().to_vec();
        let last = |process, call, input, output| Operation {
            process,
            key: Some("a".to_owned()),
            call: Micros(call),
            input,
            returned: Some(Returned { at: Micros(call + 10), output }),
        };
        operations.push(last(100, 1_000, Input::Write(3), Output::Written));
        operations.push(last(101, 1_020, Input::Read, Output::Value(stale)));
        let place = operations.len() - 1;
        let history = History::new(operations).unwrap();
        let verdict = check(&CasRegister::default(), &history, Bound::default()).verdict;
        let Verdict::NotLinearizable(refutation) = verdict else {
            return Err(TestCaseError::fail("the stale read was not found"));
        };
        prop_assert_eq!(refutation.operation, place);
        let states: Vec<_> = refutation.attempts.iter().map(|attempt| attempt.state).collect();
        prop_assert_eq!(states, [Some(3)]);
    }

    #[test]
    fn a_written_history_has_the_verdict_it_had(history in anything()) {
        let written = write::edn::<CasRegister>(&history);
        let read = parse::edn::<CasRegister>(written.as_bytes()).unwrap();
        prop_assert_eq!(cas_register(&read), cas_register(&history));
    }

    #[test]
    fn readers_never_panic_on_bytes(bytes in vec(any::<u8>(), 0..300)) {
        read_all(&bytes);
    }

    #[test]
    fn readers_never_panic_on_pieces_of_histories(pieces in vec(select(PIECES), 0..60)) {
        read_all(pieces.concat().as_bytes());
    }

    #[test]
    fn texts_of_a_store_are_read_back(texts in vec((any::<String>(), any::<String>()), 0..10)) {
        let operations = (0..).zip(texts).map(|(process, (key, text))| Operation {
            process,
            key: Some(key),
            call: Micros(u64::from(process)),
            input: kv::Input::Append(text),
            returned: None,
        });
        let history = History::new(operations.collect()).unwrap();
        let written = write::edn::<Kv>(&history);
        prop_assert_eq!(parse::porcupine_kv(written.as_bytes()), Ok(history));
    }
}

const PIECES: &[&str] = &[
    "INFO  jepsen.util - ",
    "1",
    "-2",
    "99999999999999999999",
    "\t",
    " ",
    "\n",
    ":invoke",
    ":ok",
    ":fail",
    ":info",
    ":read",
    ":write",
    ":cas",
    ":get",
    ":append",
    "nil",
    "[1 2]",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "#",
    "#{",
    "#_",
    "\"",
    "\\",
    "\"x\"",
    ";",
    ",",
    ":process ",
    ":type ",
    ":f ",
    ":value ",
    ":key ",
    ":time ",
    ":",
    "é",
    "{:process 1, :type :invoke, :f :read, :value nil, :key \"a\"}",
    "{:process 1, :type :ok, :f :read, :value 1, :key \"a\"}",
];

fn read_all(bytes: &[u8]) {
    let _register = parse::jepsen::<Register>(bytes);
    let _cas = parse::jepsen::<CasRegister>(bytes);
    let _register = parse::edn::<Register>(bytes);
    let _cas = parse::edn::<CasRegister>(bytes);
    let _kv = parse::edn::<Kv>(bytes);
    let _kv = parse::porcupine_kv(bytes);
}
