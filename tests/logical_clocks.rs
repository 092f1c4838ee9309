//! What holds of every run of the lab `logical-clocks`: its stamps, its edits, its links, its logs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use happens_before::sim::causality::EventId;
use happens_before::sim::logical_clocks::edit::{
    add_event, add_message, frozen, move_to, played, remove,
};
use happens_before::sim::logical_clocks::file::{Names, load, save};
use happens_before::sim::logical_clocks::report::computation;
use happens_before::sim::logical_clocks::{LAB, LogicalClocks, Place, mark};
use happens_before::sim::{Action, Config, Micros, On, Run, link};

/// Any run: up to six processes, events and messages at any moment, some at the same one, and some
/// drawn at random.
fn run() -> impl Strategy<Value = Run> {
    let action = (
        0..60_u64,
        0..6_u16,
        1..6_u16,
        1..40_i64,
        any::<bool>(),
        0..3_u64,
    );
    (
        2..7_i64,
        prop_oneof![2 => Just(0_i64), 1 => 1..20_i64],
        -60..60_i64,
        any::<u64>(),
        prop::collection::vec(action, 0..40),
    )
        .prop_map(|(processes, random, skew, seed, drawn)| {
            let mut config = Config::defaults(LAB.parameters);
            config.set("processes", processes).unwrap();
            config.set("random", random).unwrap();
            config.set("skew", skew * 1_000).unwrap();
            let mut run = Run {
                lab: &LAB,
                seed,
                config,
                actions: Vec::new(),
                cursor: Micros::END,
            };
            let count = u16::try_from(processes).unwrap();
            for (millis, from, other, takes, is_message, micros) in drawn {
                let from = from % count;
                let to = (from + 1 + other % (count - 1)) % count;
                let (kind, on, amount) = if is_message {
                    ("message", On::Link(from + 1, to + 1), takes * 1_000)
                } else {
                    ("event", On::Node(from + 1), 0)
                };
                assert!(run.act(Action {
                    at: Micros(millis * 1_000 + micros),
                    kind,
                    on,
                    amount,
                }));
            }
            run
        })
}

fn place() -> impl Strategy<Value = Place> {
    (0..7_usize, 0..120_000_u64).prop_map(|(process, at)| Place {
        process,
        at: Micros(at),
    })
}

/// The places of a world's events.
fn places(world: &LogicalClocks) -> Vec<Place> {
    world.happenings().iter().map(Place::of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1978),
        ..ProptestConfig::default()
    })]

    #[test]
    fn vectors_are_smaller_exactly_where_a_path_leads(run in run()) {
        let world = played(&run);
        let computation = computation(&world).unwrap();
        for (a, one) in world.happenings().iter().enumerate() {
            prop_assert_eq!(&one.stamps.vector.0, computation.vector(EventId(a)));
            for (b, other) in world.happenings().iter().enumerate() {
                let path = computation.path(EventId(a), EventId(b)).is_some();
                prop_assert_eq!(one.stamps.vector < other.stamps.vector, path);
            }
        }
    }

    #[test]
    fn a_cause_has_the_smaller_lamport_and_hybrid_stamp(run in run()) {
        let world = played(&run);
        let computation = computation(&world).unwrap();
        for (a, one) in world.happenings().iter().enumerate() {
            for b in computation.future(EventId(a)) {
                let other = &world.happenings()[b.0];
                prop_assert!(one.stamps.lamport < other.stamps.lamport);
                prop_assert!(one.stamps.hybrid < other.stamps.hybrid);
                prop_assert!(one.at < other.at);
            }
        }
    }

    #[test]
    fn only_the_popular_belief_is_ever_broken(run in run(), stamp in 0..4_i64) {
        for (id, why) in (LAB.engine.broken)(&run.with("stamp", stamp)) {
            prop_assert_eq!(id, "smaller-stamp-means-before", "{}", why);
            prop_assert_ne!(stamp, 2, "{}", why);
        }
    }

    #[test]
    fn a_link_gives_back_the_run_that_it_was_made_from(run in run()) {
        let decoded = link::decode(&LAB, &link::encode(&run));
        prop_assert_eq!(&decoded.notices, &[]);
        prop_assert_eq!(decoded.run, run);
    }

    #[test]
    fn making_random_events_one_s_own_changes_nothing_that_happens(
        seed in any::<u64>(),
        random in 0..40_i64,
        messages in 0..=100_i64,
        processes in 2..7_i64,
    ) {
        let mut run = Run::of(&LAB);
        run.actions.clear();
        run.seed = seed;
        let run = run.with("random", random).with("messages", messages).with("processes", processes);
        let own = frozen(&run).unwrap();
        prop_assert_eq!(LAB.engine.transcript(&own), LAB.engine.transcript(&run));
    }

    /// Edits one after the other, at places where there is something and where there is nothing.
    #[test]
    fn edits_give_runs_in_range_and_say_where_the_event_is(
        run in run(),
        edits in prop::collection::vec((0..4_u8, place(), place(), any::<bool>()), 1..12),
    ) {
        let mut run = run;
        for (what, place, other, hit) in edits {
            let there = places(&played(&run));
            let place = match there.get(usize::try_from(place.at.0).unwrap() % there.len().max(1)) {
                Some(existing) if hit => *existing,
                _ => Place { process: place.process % 2, ..place },
            };
            let edited = match what {
                0 => add_event(&run, place.process, place.at),
                1 => add_message(&run, place, other.process % 2, other.at),
                2 => move_to(&run, place, other.at),
                _ => {
                    run = remove(&run, place).unwrap();
                    continue;
                }
            };
            if let Ok(edited) = edited {
                run = edited.run;
                if what < 2 || hit {
                    let now = places(&played(&run));
                    prop_assert!(edited.place.find(played(&run).happenings()).is_some(), "{:?} in {now:?}", edited.place);
                }
            }
            let decoded = link::decode(&LAB, &link::encode(&run));
            prop_assert_eq!(&decoded.notices, &[]);
            prop_assert_eq!(&decoded.run, &run);
            prop_assert!(run.actions.is_sorted_by_key(|action| action.at));
        }
    }

    /// Of a diagram that was drawn with the editor, whose events share no millisecond.
    #[test]
    fn a_moved_event_moves_alone(
        events in prop::collection::vec((place(), place()), 1..15),
        which in any::<prop::sample::Index>(),
        to in 0..200_000_u64,
    ) {
        let mut run = Run::of(&LAB);
        run.actions.clear();
        for (from, to) in events {
            let from = Place { process: from.process % 3, ..from };
            if let Ok(edited) = add_message(&run, from, to.process % 3, to.at) {
                run = edited.run;
            } else {
                run = add_event(&run, from.process, from.at).unwrap().run;
            }
        }
        let before = places(&played(&run));
        let place = before[which.index(before.len())];
        let edited = move_to(&run, place, Micros(to)).unwrap();
        let mut expected: Vec<Place> = before.into_iter().filter(|other| *other != place).collect();
        expected.push(edited.place);
        expected.sort();
        let mut after = places(&played(&edited.run));
        after.sort();
        prop_assert_eq!(after, expected);
    }

    #[test]
    fn a_saved_run_is_loaded_with_the_same_order(run in run()) {
        let world = played(&run);
        prop_assume!(!world.happenings().is_empty());
        let text = save(&world, &Names::default()).unwrap();
        match load(text.as_bytes(), &run) {
            Ok(loaded) => for probe in ["events", "ordered-pairs", "concurrent-pairs", "longest-path"] {
                prop_assert_eq!(LAB.engine.probe(&loaded.run, probe), LAB.engine.probe(&run, probe));
            },
            Err(why) => prop_assert!(why.contains("a run holds 200"), "{why}"),
        }
    }

    #[test]
    fn any_texts_are_marked_one_for_each_event(run in run(), texts in prop::collection::vec(".{0,12}", 0..60), stamp in 0..4_i64) {
        let world = played(&run.with("stamp", stamp));
        prop_assert_eq!(mark(&world, &texts).len(), world.happenings().len());
    }
}
