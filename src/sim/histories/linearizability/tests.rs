//! Small histories whose verdict can be seen with the bare eye.

use super::*;
use crate::sim::histories::cas_register::{CasRegister, Input, Output};
use crate::sim::histories::operation::Returned;

type Seen = Operation<Input, Output>;

fn operation(process: u32, call: u64, input: Input, returned: Option<(u64, Output)>) -> Seen {
    Operation {
        process,
        key: None,
        call: Micros(call),
        input,
        returned: returned.map(|(at, output)| Returned {
            at: Micros(at),
            output,
        }),
    }
}

/// A write that was called and returned at these moments.
fn write(process: u32, (call, at): (u64, u64), value: i64) -> Seen {
    let returned = Some((at, Output::Written));
    operation(process, call, Input::Write(value), returned)
}

/// A write that never returned.
fn lost_write(process: u32, call: u64, value: i64) -> Seen {
    operation(process, call, Input::Write(value), None)
}

/// A read that was called and returned at these moments; `None` is what it gives at first.
fn read(process: u32, (call, at): (u64, u64), value: impl Into<Option<i64>>) -> Seen {
    let returned = Some((at, Output::Value(value.into())));
    operation(process, call, Input::Read, returned)
}

fn cas(process: u32, (call, at): (u64, u64), old: i64, new: i64, output: Output) -> Seen {
    operation(process, call, Input::Cas(old, new), Some((at, output)))
}

fn at(key: &str, operation: Seen) -> Seen {
    Operation {
        key: Some(key.to_owned()),
        ..operation
    }
}

fn verdict(operations: Vec<Seen>, bound: Bound) -> Verdict<Option<i64>> {
    let history = History::new(operations).unwrap();
    check(&CasRegister::default(), &history, bound).verdict
}

/// Is linearizable, in this order.
fn holds(operations: Vec<Seen>, order: &[usize]) {
    let Verdict::Linearizable(effects) = verdict(operations, Bound::default()) else {
        panic!("refuted");
    };
    let found: Vec<usize> = effects.iter().map(|effect| effect.operation).collect();
    assert_eq!(found, order);
}

/// Is not linearizable because of this operation, and the orders end in these states.
fn fails(operations: Vec<Seen>, operation: usize, states: &[Option<i64>]) {
    let Verdict::NotLinearizable(refutation) = verdict(operations, Bound::default()) else {
        panic!("not refuted");
    };
    assert_eq!(refutation.operation, operation);
    let found: Vec<_> = refutation.attempts.iter().map(|a| a.state).collect();
    assert_eq!(found, states);
}

#[test]
fn a_history_without_operations_is_linearizable() {
    holds(Vec::new(), &[]);
}

#[test]
fn a_read_during_a_write_may_give_the_new_value() {
    holds(vec![write(0, (0, 30), 1), read(1, (10, 20), 1)], &[0, 1]);
}

#[test]
fn a_read_during_a_write_may_give_the_old_value() {
    holds(vec![write(0, (0, 30), 1), read(1, (10, 20), None)], &[1, 0]);
}

#[test]
fn a_read_after_a_finished_write_must_not_give_the_old_value() {
    fails(
        vec![write(0, (0, 10), 1), read(1, (20, 30), None)],
        1,
        &[Some(1)],
    );
}

#[test]
fn reads_one_after_the_other_must_not_go_back_in_time() {
    fails(
        vec![
            write(0, (0, 100), 1),
            read(1, (10, 20), 1),
            read(2, (30, 40), None),
        ],
        2,
        &[Some(1)],
    );
}

#[test]
fn operations_that_touch_count_as_overlapping() {
    holds(vec![write(0, (0, 10), 1), read(1, (10, 20), None)], &[1, 0]);
}

#[test]
fn a_value_that_nobody_wrote_is_refuted() {
    fails(
        vec![write(0, (0, 10), 1), read(1, (5, 15), 7)],
        1,
        &[Some(1)],
    );
}

#[test]
fn a_write_that_never_returned_may_take_effect_long_after() {
    holds(
        vec![
            lost_write(0, 0, 1),
            write(1, (10, 20), 2),
            read(2, (30, 40), 2),
            read(2, (50, 60), 1),
        ],
        &[1, 2, 0, 3],
    );
}

#[test]
fn a_write_that_never_returned_need_not_take_effect() {
    holds(vec![lost_write(0, 0, 1), read(1, (10, 20), None)], &[1]);
}

#[test]
fn a_write_that_never_returned_takes_no_effect_before_its_call() {
    fails(vec![read(1, (0, 10), 1), lost_write(0, 20, 1)], 0, &[None]);
}

#[test]
fn a_write_takes_effect_only_once() {
    fails(
        vec![
            lost_write(0, 0, 1),
            read(1, (10, 20), 1),
            write(1, (30, 40), 2),
            read(1, (50, 60), 1),
        ],
        3,
        &[Some(2)],
    );
}

#[test]
fn a_write_of_the_value_that_is_held_may_still_come_later() {
    holds(
        vec![
            write(0, (0, 10), 2),
            write(1, (20, 50), 2),
            write(2, (30, 40), 0),
            read(0, (60, 70), 2),
        ],
        &[0, 2, 1, 3],
    );
}

#[test]
fn of_two_that_set_from_the_same_value_one_finds_another() {
    let pair = |output| {
        vec![
            write(0, (0, 10), 1),
            cas(1, (20, 40), 1, 2, Output::Written),
            cas(2, (30, 50), 1, 3, output),
        ]
    };
    holds(pair(Output::Mismatch), &[0, 1, 2]);
    fails(pair(Output::Written), 2, &[Some(2)]);
}

#[test]
fn a_refutation_shows_an_order_for_each_state_that_can_be_reached() {
    let operations = vec![
        write(0, (0, 20), 1),
        write(1, (5, 25), 2),
        read(2, (30, 40), 3),
    ];
    let Verdict::NotLinearizable(refutation) = verdict(operations, Bound::default()) else {
        panic!("not refuted");
    };
    let attempt = |order: [usize; 2], state| Attempt {
        order: order.to_vec(),
        state: Some(state),
    };
    assert_eq!(
        refutation,
        Refutation {
            key: None,
            operation: 2,
            attempts: vec![attempt([1, 0], 1), attempt([0, 1], 2)],
        }
    );
}

#[test]
fn each_key_is_an_object_of_its_own() {
    holds(
        vec![
            at("a", write(0, (0, 10), 1)),
            at("b", write(0, (20, 30), 2)),
            at("a", read(1, (40, 50), 1)),
            at("b", read(1, (60, 70), 2)),
        ],
        &[0, 1, 2, 3],
    );
}

#[test]
fn a_refutation_names_its_key() {
    let operations = vec![
        at("a", write(0, (0, 10), 1)),
        at("b", write(0, (20, 30), 2)),
        at("b", read(1, (40, 50), 1)),
    ];
    let Verdict::NotLinearizable(refutation) = verdict(operations, Bound::default()) else {
        panic!("not refuted");
    };
    assert_eq!(
        (refutation.key.as_deref(), refutation.operation),
        (Some("b"), 2)
    );
}

/// Writes that all overlap, and a read of a value that none of them wrote.
fn hard() -> Vec<Seen> {
    let mut operations: Vec<Seen> = (0..10)
        .map(|process| write(process, (u64::from(process), 100), i64::from(process)))
        .collect();
    operations.push(read(10, (200, 300), -1));
    operations
}

#[test]
fn beyond_its_bound_a_search_says_that_it_does_not_know() {
    let few = Bound {
        states: 1_000,
        ..Bound::default()
    };
    assert_eq!(verdict(hard(), few), Verdict::Unknown(None));
    let small = Bound {
        bytes: 10_000,
        ..Bound::default()
    };
    assert_eq!(verdict(hard(), small), Verdict::Unknown(None));
    fails(hard(), 10, &(2..10).map(Some).collect::<Vec<_>>());
}

#[test]
fn an_object_that_is_refuted_outweighs_one_that_is_unknown() {
    let mut operations: Vec<Seen> = hard().into_iter().map(|o| at("a", o)).collect();
    operations.push(at("b", read(11, (0, 10), 5)));
    let bound = Bound {
        states: 1_000,
        ..Bound::default()
    };
    assert!(matches!(
        verdict(operations.clone(), bound),
        Verdict::NotLinearizable(Refutation { key: Some(key), .. }) if key == "b"
    ));
    operations.pop();
    assert_eq!(
        verdict(operations, bound),
        Verdict::Unknown(Some("a".to_owned()))
    );
}

#[test]
fn the_longest_history_is_checked_without_deep_recursion() {
    let operations: Vec<Seen> = (0..100_000_u32)
        .map(|place| {
            let call = u64::from(place) * 10;
            write(place % 5, (call, call + 15), i64::from(place))
        })
        .collect();
    assert!(matches!(
        verdict(operations, Bound::default()),
        Verdict::Linearizable(effects) if effects.len() == 100_000
    ));
}
