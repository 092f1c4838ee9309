//! The order of small computations, and what is no computation.

use super::relay;
use crate::sim::causality::{
    Computation, Event, EventId, Hop, Kind, Link, MessageId, Mistake, Orphan, PairCounts, Relation,
};

const M1: MessageId = MessageId(1);
const M2: MessageId = MessageId(2);

fn check(a: usize, b: usize, expected: Relation) {
    assert_eq!(relay().relation(EventId(a), EventId(b)), Some(expected));
}

fn check_mistake(events: Vec<Event>, expected: &Mistake, part: &str) {
    let mistake = Computation::of(["a", "b"], events).unwrap_err();
    assert_eq!(mistake, *expected);
    assert!(mistake.to_string().contains(part), "{mistake}");
}

#[test]
fn a_process_orders_its_events() {
    check(0, 5, Relation::Before);
    check(5, 0, Relation::After);
}

#[test]
fn messages_carry_the_order_on() {
    check(0, 6, Relation::Before);
    check(6, 1, Relation::After);
}

#[test]
fn without_a_path_events_are_concurrent() {
    check(4, 3, Relation::Concurrent);
    check(5, 6, Relation::Concurrent);
}

#[test]
fn an_event_is_the_same_as_itself_and_not_before() {
    check(3, 3, Relation::Same);
    assert!(!relay().happens_before(EventId(3), EventId(3)));
}

#[test]
fn an_event_that_does_not_exist_has_no_relation() {
    let relay = relay();
    let (some, none) = (EventId(0), EventId(7));
    assert_eq!(relay.relation(some, none), None);
    assert!(!relay.happens_before(none, some) && !relay.happens_before(some, none));
    assert_eq!(relay.path(some, none), None);
    assert!(relay.past(none).is_empty() && relay.vector(EventId(usize::MAX)).is_empty());
}

#[test]
fn a_path_names_its_processes_and_messages() {
    let hop = |by, to| Hop {
        by,
        to: EventId(to),
    };
    assert_eq!(
        relay().path(EventId(0), EventId(6)),
        Some(vec![
            hop(Link::Process, 1),
            hop(Link::Message(M1), 2),
            hop(Link::Process, 3),
            hop(Link::Message(M2), 6),
        ])
    );
    assert_eq!(relay().path(EventId(6), EventId(0)), None);
    assert_eq!(relay().path(EventId(5), EventId(6)), None);
}

#[test]
fn of_two_paths_the_shorter_is_given() {
    let mut computation = Computation::new(["a", "b"]).unwrap();
    let first = computation.push(Event::send(0, M1, "")).unwrap();
    computation.push(Event::local(0, "")).unwrap();
    computation.push(Event::send(0, M2, "")).unwrap();
    computation.push(Event::receive(1, M2, "")).unwrap();
    let last = computation.push(Event::receive(1, M1, "")).unwrap();
    let path = computation.path(first, last).unwrap();
    assert_eq!(
        path,
        [Hop {
            by: Link::Message(M1),
            to: last
        }]
    );
}

#[test]
fn every_pair_is_ordered_or_concurrent() {
    let expected = PairCounts {
        ordered: 13,
        concurrent: 8,
    };
    assert_eq!(relay().pair_counts(), expected);
    let empty = Computation::new(["a"]).unwrap();
    assert_eq!(empty.pair_counts(), PairCounts::default());
}

#[test]
fn the_cones_of_an_event_are_its_past_and_its_future() {
    assert_eq!(relay().past(EventId(3)), [0, 1, 2].map(EventId));
    assert_eq!(relay().future(EventId(3)), [EventId(6)]);
}

#[test]
fn a_cut_that_received_what_it_did_not_send_is_not_consistent() {
    let relay = relay();
    assert!(relay.is_consistent(&[2, 1, 0]));
    assert!(relay.is_consistent(&[]));
    assert!(relay.is_consistent(&[9, 9, 9]));
    let orphan = Orphan {
        message: M1,
        sent: EventId(1),
        received: EventId(2),
    };
    assert_eq!(relay.orphan(&[1, 1, 0]), Some(orphan));
    assert!(!relay.is_consistent(&[3, 1, 2]));
}

#[test]
fn a_message_may_arrive_at_several_processes_or_at_none() {
    let events = [
        Event::send(0, M1, ""),
        Event::receive(1, M1, ""),
        Event::receive(2, M1, ""),
        Event::send(2, M2, ""),
    ];
    let computation = Computation::of(["a", "b", "c"], events).unwrap();
    assert_eq!(computation.receivers(M1), [1, 2].map(EventId));
    assert!(computation.receivers(M2).is_empty());
}

#[test]
fn an_event_may_receive_and_send_at_once() {
    let events = [
        Event::send(0, M1, ""),
        Event {
            sends: Some(M2),
            ..Event::receive(1, M1, "")
        },
        Event::receive(0, M2, ""),
    ];
    let computation = Computation::of(["a", "b"], events).unwrap();
    let kind = computation.event(EventId(1)).map(Event::kind);
    assert_eq!(kind, Some(Kind::ReceiveAndSend));
    assert_eq!(computation.vector(EventId(2)), [2, 1]);
}

#[test]
fn a_list_may_go_process_by_process() {
    let events = vec![
        Event::receive(0, M2, ""),
        Event::send(1, M1, ""),
        Event::receive(1, M2, ""),
        Event {
            sends: Some(M2),
            ..Event::receive(2, M1, "")
        },
    ];
    let computation = Computation::of(["a", "b", "c"], events).unwrap();
    assert_eq!(computation.vector(EventId(0)), [1, 1, 1]);
    assert_eq!(computation.in_causal_order(), [1, 3, 0, 2].map(EventId));
}

#[test]
fn a_message_that_arrives_before_it_is_sent_is_a_circle() {
    let events = vec![
        Event::local(0, ""),
        Event::receive(0, M2, ""),
        Event::send(0, M1, ""),
        Event::receive(1, M1, ""),
        Event::send(1, M2, ""),
        Event::local(1, ""),
    ];
    check_mistake(
        events,
        &Mistake::Circle([2, 3, 4, 1].map(EventId).to_vec()),
        "#3 #4 #5 #2 #3 again",
    );
}

#[test]
fn an_event_cannot_receive_what_it_sends() {
    let event = Event {
        sends: Some(M1),
        ..Event::receive(0, M1, "")
    };
    check_mistake(vec![event], &Mistake::Circle(vec![EventId(0)]), "again");
}

#[test]
fn a_message_that_nobody_sends_is_a_mistake() {
    check_mistake(
        vec![Event::local(0, ""), Event::receive(1, M1, "")],
        &Mistake::NeverSent {
            message: M1,
            event: EventId(1),
        },
        "Event #2 receives message m1",
    );
}

#[test]
fn a_message_that_two_events_send_is_a_mistake() {
    check_mistake(
        vec![Event::send(0, M1, ""), Event::send(1, M1, "")],
        &Mistake::SentTwice {
            message: M1,
            first: EventId(0),
            second: EventId(1),
        },
        "another number",
    );
}

#[test]
fn an_event_on_no_process_is_a_mistake() {
    check_mistake(
        vec![Event::local(2, "")],
        &Mistake::NoSuchProcess {
            event: EventId(0),
            process: 2,
            processes: 2,
        },
        "counted from 0",
    );
}

#[test]
fn a_refused_event_leaves_the_computation_as_it_was() {
    let mut computation = relay();
    let before = format!("{computation:?}");
    let refused = [
        Event::receive(0, MessageId(9), ""),
        Event::send(0, M1, ""),
        Event::local(3, ""),
    ];
    for event in refused {
        assert!(computation.push(event).is_err());
    }
    assert_eq!(format!("{computation:?}"), before);
}

#[test]
fn processes_have_names_of_their_own() {
    let check = |names: &[&str], expected| {
        assert_eq!(
            Computation::new(names.iter().copied()).map(|_| ()),
            expected
        );
    };
    check(&["a", "b"], Ok(()));
    check(&[], Err(Mistake::NoProcess));
    check(&[""], Err(Mistake::Name(String::new())));
    check(&["a b"], Err(Mistake::Name("a b".into())));
    check(&["a", "a"], Err(Mistake::NameTwice("a".into())));
    check(&["x"; 65], Err(Mistake::TooManyProcesses));
}

#[test]
fn there_is_room_for_5000_events_and_no_more() {
    let events = |number| (0..number).map(|_| Event::local(0, ""));
    let full = Computation::of(["a"], events(5_000)).unwrap();
    assert_eq!(full.pair_counts().ordered, 5_000 * 4_999 / 2);
    let mistake = Computation::of(["a"], events(5_001)).unwrap_err();
    assert_eq!(mistake, Mistake::TooManyEvents);
}
