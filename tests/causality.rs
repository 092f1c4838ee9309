//! What holds of every computation of `sim::causality`, on random ones: order, stamps, cuts, logs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;

use happens_before::sim::causality::shiviz::{parse, write};
use happens_before::sim::causality::{
    Computation, Event, EventId, HybridRule, LamportRule, Link, MessageId, Relation, VectorRule,
    compare, stamps,
};
use happens_before::sim::clocks::Reading;

/// What one event does: its process, how many messages it receives and which, and whether it sends.
type Drawn = (Index, Vec<Index>, bool, String);

fn drawn() -> impl Strategy<Value = Drawn> {
    let received = prop_oneof![
        2 => Just(0_usize),
        3 => Just(1),
        1 => Just(2),
    ];
    (
        any::<Index>(),
        received.prop_flat_map(|number| prop::collection::vec(any::<Index>(), number)),
        any::<bool>(),
        "[ -~é]{0,6}",
    )
}

/// Builds a computation event by event; messages are lost, doubled and overtaken.
fn built(processes: usize, drawn: Vec<Drawn>) -> Computation {
    let names = (0..processes).map(|number| format!("p{number}"));
    let mut computation = Computation::new(names).unwrap();
    let mut sent: Vec<MessageId> = Vec::new();
    for (number, (process, received, sends, label)) in (0..).zip(drawn) {
        let mut receives: Vec<MessageId> = Vec::new();
        if !sent.is_empty() {
            receives.extend(received.iter().map(|index| sent[index.index(sent.len())]));
            receives.dedup();
        }
        let event = Event {
            process: process.index(processes),
            receives,
            sends: sends.then_some(MessageId(number)),
            label,
        };
        computation.push(event).unwrap();
        sent.extend(sends.then_some(MessageId(number)));
    }
    computation
}

fn computation() -> impl Strategy<Value = Computation> {
    let events = prop::collection::vec(drawn(), 0..40);
    (1_usize..6, events).prop_map(|(processes, drawn)| built(processes, drawn))
}

/// All that can be reached from an event along processes and messages.
fn reachable(computation: &Computation, from: EventId) -> BTreeSet<EventId> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        let event = &computation.events()[at.0];
        let place = computation.place(at).unwrap();
        let next = computation.on(event.process).get(place + 1).copied();
        let received = computation.ids().filter(|id| {
            let receives = &computation.events()[id.0].receives;
            event.sends.is_some_and(|sent| receives.contains(&sent))
        });
        for to in received.chain(next) {
            if found.insert(to) {
                open.push(to);
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1978),
        ..ProptestConfig::default()
    })]

    #[test]
    fn vector_stamps_say_what_a_search_of_the_graph_says(computation in computation()) {
        let mut ordered = 0;
        for a in computation.ids() {
            let reachable = reachable(&computation, a);
            ordered += reachable.len() as u64;
            for b in computation.ids() {
                prop_assert_eq!(computation.happens_before(a, b), reachable.contains(&b));
            }
            prop_assert_eq!(computation.future(a), reachable.into_iter().collect::<Vec<_>>());
        }
        prop_assert_eq!(computation.pair_counts().ordered, ordered);
        let counts = compare(&computation, &stamps(&computation, &VectorRule));
        let exact = (counts.agreeing, counts.recognised);
        let pairs = computation.pair_counts();
        prop_assert_eq!(exact, (pairs.ordered, pairs.concurrent));
    }

    #[test]
    fn relations_are_antisymmetric_and_transitive(computation in computation()) {
        let before = |a, b| computation.relation(a, b) == Some(Relation::Before);
        for a in computation.ids() {
            for b in computation.ids() {
                let back = match computation.relation(a, b).unwrap() {
                    Relation::Before => Relation::After,
                    Relation::After => Relation::Before,
                    same => same,
                };
                prop_assert_eq!(computation.relation(b, a), Some(back));
                for c in computation.ids().filter(|c| before(a, b) && before(b, *c)) {
                    prop_assert!(before(a, c));
                }
            }
        }
    }

    #[test]
    fn lamport_and_hybrid_stamps_never_contradict_causality(
        computation in computation(),
        readings in prop::collection::vec(1_i64..20, 40),
    ) {
        let readings: Vec<Reading> = readings.into_iter().map(Reading).collect();
        let hybrid = HybridRule { readings: &readings, show: |reading| reading.to_string() };
        let ordered = computation.pair_counts().ordered;
        let lamport = compare(&computation, &stamps(&computation, &LamportRule));
        prop_assert_eq!(lamport.agreeing, ordered);
        let hybrid = compare(&computation, &stamps(&computation, &hybrid));
        prop_assert_eq!(hybrid.agreeing, ordered);
    }

    #[test]
    fn a_path_follows_processes_and_messages(computation in computation()) {
        for a in computation.ids() {
            for b in computation.ids() {
                let path = computation.path(a, b);
                prop_assert_eq!(path.is_some(), computation.happens_before(a, b));
                let mut at = a;
                for hop in path.iter().flatten() {
                    match hop.by {
                        Link::Process => prop_assert_eq!(computation.next(at), Some(hop.to)),
                        Link::Message(message) => {
                            prop_assert_eq!(computation.sender(message), Some(at));
                            prop_assert!(computation.receivers(message).contains(&hop.to));
                        }
                    }
                    at = hop.to;
                }
                prop_assert!(path.is_none() || at == b);
            }
        }
    }

    #[test]
    fn no_way_is_shorter_than_the_path(computation in computation()) {
        let ids: Vec<EventId> = computation.ids().collect();
        let far = ids.len() + 1;
        let mut steps = vec![vec![far; ids.len()]; ids.len()];
        for a in &ids {
            let targets = computation.targets(*a).map(|(_, to)| to);
            for to in targets.chain(computation.next(*a)) {
                steps[a.0][to.0] = 1;
            }
        }
        for via in 0..ids.len() {
            for a in 0..ids.len() {
                for b in 0..ids.len() {
                    steps[a][b] = steps[a][b].min(steps[a][via] + steps[via][b]);
                }
            }
        }
        for a in &ids {
            for b in &ids {
                let shortest = Some(steps[a.0][b.0]).filter(|steps| *steps < far);
                let path = computation.path(*a, *b);
                prop_assert_eq!(path.map(|path| path.len()), shortest);
            }
        }
    }

    #[test]
    fn the_list_s_interleaving_does_not_matter(computation in computation()) {
        let by_process: Vec<EventId> = (0..computation.names().len())
            .flat_map(|process| computation.on(process).iter().copied())
            .collect();
        let events = by_process.iter().map(|id| computation.event(*id).unwrap().clone());
        let regrouped = Computation::of(computation.names().to_vec(), events).unwrap();
        for (new, old) in regrouped.ids().zip(by_process) {
            prop_assert_eq!(regrouped.vector(new), computation.vector(old));
        }
        let mut stamped = BTreeSet::new();
        for id in regrouped.in_causal_order() {
            prop_assert!(regrouped.past(*id).iter().all(|before| stamped.contains(before)));
            stamped.insert(*id);
        }
    }

    #[test]
    fn a_stamp_is_the_smallest_consistent_cut_around_its_event(computation in computation()) {
        for id in computation.ids() {
            let cut = computation.vector(id).to_vec();
            prop_assert!(computation.is_consistent(&cut));
            let process = computation.event(id).unwrap().process;
            for other in (0..cut.len()).filter(|other| *other != process && cut[*other] > 0) {
                let mut smaller = cut.clone();
                smaller[other] -= 1;
                prop_assert!(!computation.is_consistent(&smaller));
            }
        }
    }

    #[test]
    fn a_cut_is_consistent_if_it_holds_the_past_of_all_that_it_holds(
        computation in computation(),
        cut in prop::collection::vec(0_u32..12, 6),
    ) {
        let inside = |id: EventId| {
            let process = computation.event(id).unwrap().process;
            computation.place(id).unwrap() < usize::try_from(cut[process]).unwrap()
        };
        let closed = computation
            .ids()
            .filter(|id| inside(*id))
            .all(|id| computation.past(id).into_iter().all(inside));
        prop_assert_eq!(computation.is_consistent(&cut), closed);
    }

    #[test]
    fn a_written_log_reads_back_as_the_same_computation(computation in computation()) {
        let text = write(&computation);
        if computation.events().is_empty() {
            prop_assert!(text.is_empty());
            return Ok(());
        }
        let log = parse(text.as_bytes()).unwrap();
        prop_assert_eq!(write(&log.computation), text);
        prop_assert!(log.skipped.is_empty());
        let name = |of: &Computation, id: EventId| of.names()[of.event(id).unwrap().process].clone();
        for a in computation.ids() {
            prop_assert_eq!(name(&log.computation, a), name(&computation, a));
            let label = computation.event(a).unwrap().label.trim();
            if !label.is_empty() {
                prop_assert_eq!(&log.computation.event(a).unwrap().label, label);
            }
            for b in computation.ids() {
                prop_assert_eq!(log.computation.relation(a, b), computation.relation(a, b));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn any_text_that_is_nearly_a_log_is_read_or_refused(
        text in "([abc ]{0,2}\\{?\"?[abc]?\"?:?[0-9]{0,2},?\"?[abc]\"?:?[0-9-]{0,2}\\}?\n?){0,12}",
    ) {
        if let Err(wrong) = parse(text.as_bytes()) {
            prop_assert!(wrong.line <= text.lines().count().max(1));
        }
    }

    #[test]
    fn clocks_with_any_counts_are_read_as_they_stand_or_refused(
        counts in prop::collection::vec((0_usize..3, prop::array::uniform3(0_u32..4)), 1..7),
    ) {
        let names = ["a", "b", "c"];
        let lines = counts.iter().map(|(host, clock)| {
            let [a, b, c] = clock;
            format!("x\n{} {{\"a\":{a},\"b\":{b},\"c\":{c}}}\n", names[*host])
        });
        let text: String = lines.collect();
        if let Ok(log) = parse(text.as_bytes()) {
            for (id, line) in log.computation.ids().zip(&log.lines) {
                let (_, clock) = counts[line / 2 - 1];
                for (name, count) in log.computation.names().iter().zip(log.computation.vector(id)) {
                    let column = names.iter().position(|n| n == name).unwrap();
                    prop_assert_eq!(clock[column], *count);
                }
            }
        }
    }

    #[test]
    fn a_damaged_log_is_read_or_refused(
        computation in computation(),
        at in any::<Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = write(&computation).into_bytes();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes.truncate(if cut { at } else { bytes.len() });
        }
        let _ = parse(&bytes);
    }
}
