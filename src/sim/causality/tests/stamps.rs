//! The three clocks on small computations, what they order, and the marking of answers.

use super::relay;
use crate::sim::causality::{
    Comparison, Computation, Event, EventId, HybridRule, Judgement, LamportRule, MessageId, Rule,
    VectorRule, VectorStamp, check, compare, pairs, stamps,
};
use crate::sim::clocks::{Hybrid, Lamport, Reading};

fn number(reading: Reading) -> String {
    reading.0.to_string()
}

/// Marks one answer, all others being missing.
fn check_one<R: Rule>(
    computation: &Computation,
    rule: &R,
    (event, answer): (usize, R::Stamp),
    (judgement, sentence): (Judgement, &str),
) {
    let mut answers = vec![None; event];
    answers.push(Some(answer));
    let marks = check(computation, rule, &answers);
    assert_eq!(marks[event].judgement, judgement);
    assert_eq!(marks[event].sentence, sentence);
}

/// b has three events, then receives what a sends at its fifth.
fn late_receipt() -> Computation {
    let m = MessageId(1);
    let mut events = vec![Event::local(0, ""); 4];
    events.push(Event::send(0, m, ""));
    events.extend(vec![Event::local(1, ""); 3]);
    events.push(Event::receive(1, m, ""));
    Computation::of(["a", "b"], events).unwrap()
}

#[test]
fn lamport_stamps_count_along_the_longest_way() {
    let stamps: Vec<u64> = stamps(&relay(), &LamportRule).iter().map(|l| l.0).collect();
    assert_eq!(stamps, [1, 2, 3, 4, 1, 3, 5]);
}

#[test]
fn vector_stamps_are_those_of_the_computation() {
    let relay = relay();
    let found = stamps(&relay, &VectorRule);
    assert_eq!(found[6].0, [2, 2, 2]);
    for (id, stamp) in relay.ids().zip(&found) {
        assert_eq!(stamp.0, relay.vector(id));
    }
}

/// Kulkarni et al. 2014, figure 5: a process with physical readings 5, 6, 10, 7, 8, 10, 11, 11 and
/// received stamps (10,5), (10,4), (10,99), (10,31). Another process, whose physical clock stands at
/// 10, sends them: its first event has (10,0), the next (10,1), and so on.
#[test]
fn hybrid_stamps_are_those_of_the_paper() {
    let mut readings = Vec::new();
    let mut events = Vec::new();
    for count in 0..100 {
        let event = match count {
            4 | 5 | 31 | 99 => Event::send(1, MessageId(count), ""),
            _ => Event::local(1, ""),
        };
        events.push(event);
        readings.push(Reading(10));
    }
    let steps = [
        (5, None),
        (6, None),
        (10, Some(5)),
        (7, None),
        (8, Some(4)),
        (10, Some(99)),
        (11, Some(31)),
        (11, None),
    ];
    for (physical, message) in steps {
        readings.push(Reading(physical));
        events.push(match message {
            None => Event::local(0, ""),
            Some(count) => Event::receive(0, MessageId(count), ""),
        });
    }
    let computation = Computation::of(["p", "q"], events).unwrap();
    let rule = HybridRule {
        readings: &readings,
        show: number,
    };
    let found: Vec<(i64, u32)> = stamps(&computation, &rule)[100..]
        .iter()
        .map(|stamp| (stamp.l.0, stamp.c))
        .collect();
    let published = [
        (5, 0),
        (6, 0),
        (10, 6),
        (10, 7),
        (10, 8),
        (10, 100),
        (11, 0),
        (11, 1),
    ];
    assert_eq!(found, published);
}

#[test]
fn of_several_messages_the_latest_counts() {
    let (m1, m2) = (MessageId(1), MessageId(2));
    let events = [
        Event::send(0, m1, ""),
        Event::local(1, ""),
        Event::send(1, m2, ""),
        Event {
            receives: vec![m1, m2],
            ..Event::local(2, "")
        },
    ];
    let computation = Computation::of(["a", "b", "c"], events).unwrap();
    assert_eq!(stamps(&computation, &LamportRule)[3], Lamport(3));
    assert_eq!(stamps(&computation, &VectorRule)[3].0, [1, 2, 1]);
    let readings = [7, 9, 9, 8].map(Reading);
    let rule = HybridRule {
        readings: &readings,
        show: number,
    };
    let expected = Hybrid {
        l: Reading(9),
        c: 2,
    };
    assert_eq!(stamps(&computation, &rule)[3], expected);
}

#[test]
fn lamport_stamps_order_events_that_nothing_orders() {
    let relay = relay();
    let expected = Comparison {
        agreeing: 13,
        invented: 6,
        concurrent_tied: 2,
        ..Comparison::default()
    };
    let lamport = stamps(&relay, &LamportRule);
    assert_eq!(compare(&relay, &lamport), expected);
    let invented = pairs(&relay, &lamport)
        .find(|pair| pair.concurrent && pair.stamps.is_some_and(std::cmp::Ordering::is_ne));
    let invented = invented.map(|pair| (pair.first, pair.second));
    assert_eq!(invented, Some((EventId(1), EventId(4))));
}

#[test]
fn vector_stamps_order_exactly_what_is_ordered() {
    let relay = relay();
    let expected = Comparison {
        agreeing: 13,
        recognised: 8,
        ..Comparison::default()
    };
    assert_eq!(compare(&relay, &stamps(&relay, &VectorRule)), expected);
}

#[test]
fn a_physical_clock_may_contradict_causality() {
    let computation = Computation::of(
        ["a", "b"],
        [
            Event::send(0, MessageId(1), ""),
            Event::receive(1, MessageId(1), ""),
            Event::local(1, ""),
        ],
    )
    .unwrap();
    let expected = Comparison {
        contradicting: 1,
        agreeing: 1,
        tied: 1,
        ..Comparison::default()
    };
    let readings = [20, 10, 20].map(Reading);
    assert_eq!(compare(&computation, &readings), expected);
    let hybrid = HybridRule {
        readings: &readings,
        show: number,
    };
    let hybrid = compare(&computation, &stamps(&computation, &hybrid));
    assert_eq!(hybrid.agreeing, 3);
}

#[test]
fn a_right_stamp_is_told_why() {
    check_one(
        &late_receipt(),
        &LamportRule,
        (8, Lamport(6)),
        (
            Judgement::Right,
            "Right: a receive takes the larger of its own and the message's, plus one: max(3, 5) + 1 = 6.",
        ),
    );
}

#[test]
fn a_wrong_stamp_is_told_the_rule_with_its_numbers() {
    check_one(
        &late_receipt(),
        &LamportRule,
        (8, Lamport(4)),
        (
            Judgement::Wrong,
            "Not 4: a receive takes the larger of its own and the message's, plus one: max(3, 5) + 1 = 6.",
        ),
    );
    check_one(
        &late_receipt(),
        &LamportRule,
        (0, Lamport(0)),
        (
            Judgement::Wrong,
            "Not 0: the first event of a process that receives nothing takes 1: 0 + 1 = 1.",
        ),
    );
    check_one(
        &late_receipt(),
        &VectorRule,
        (8, VectorStamp(vec![5, 3])),
        (
            Judgement::Wrong,
            "Not [5, 3]: a receive takes the larger of its own and the message's in every entry, then adds one to its process's own (b): [0, 3] and [5, 0] give [5, 3], then [5, 4].",
        ),
    );
    check_one(
        &late_receipt(),
        &VectorRule,
        (1, VectorStamp(vec![2])),
        (
            Judgement::Wrong,
            "Not [2]: an event that receives nothing adds one to its process's own entry (a): [1, 0] gives [2, 0].",
        ),
    );
}

#[test]
fn a_wrong_hybrid_stamp_is_told_where_l_and_c_come_from() {
    let computation = late_receipt();
    let readings = [10, 10, 10, 10, 10, 7, 8, 10, 9].map(Reading);
    let rule = HybridRule {
        readings: &readings,
        show: number,
    };
    let wrong = |event, sentence| {
        let answer = Hybrid {
            l: Reading(1),
            c: 0,
        };
        check_one(
            &computation,
            &rule,
            (event, answer),
            (Judgement::Wrong, sentence),
        );
    };
    wrong(
        0,
        "Not (1, 0): l is the largest of its own 0 and the physical clock's 10: 10; the physical clock alone has it, so c is 0.",
    );
    wrong(
        1,
        "Not (1, 0): l is the largest of its own 10 and the physical clock's 10: 10; c counts on from 0: 0 + 1 = 1.",
    );
    wrong(
        8,
        "Not (1, 0): l is the largest of its own 10, the message's 10 and the physical clock's 9: 10; both have it, so c is max(0, 4) + 1 = 5.",
    );
}

#[test]
fn the_rule_applied_to_a_wrong_stamp_is_said_to_follow() {
    let answers: Vec<Option<Lamport>> = [2, 3].map(|l| Some(Lamport(l))).to_vec();
    let marks = check(&late_receipt(), &LamportRule, &answers);
    assert_eq!(marks[0].judgement, Judgement::Wrong);
    assert_eq!(marks[1].judgement, Judgement::Follows);
    assert_eq!(marks[1].expected, Lamport(2));
    assert!(marks[1].sentence.ends_with("with the right ones it is 2."));
}

#[test]
fn where_there_is_no_answer_nothing_is_given_away() {
    let marks = check(&late_receipt(), &VectorRule, &[]);
    assert_eq!(marks.len(), 9);
    for mark in marks {
        assert_eq!(mark.judgement, Judgement::Missing);
        assert_eq!(mark.sentence, "No stamp yet.");
    }
}
