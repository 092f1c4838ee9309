//! What holds for every run: links, histories, clocks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use happens_before::sim::clock_skew::{ClockSkew, Event, LAB, LogEntry, Order, report};
use happens_before::sim::clocks::Reading;
use happens_before::sim::saga;
use happens_before::sim::{
    Action, Config, Format, History, Kind, Lab, Micros, On, Parameter, Run, Target, World as _,
    first_difference, labs, link,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A value of a parameter: its ends, or anything between.
fn value(parameter: &'static Parameter) -> BoxedStrategy<i64> {
    let (min, max) = parameter.range();
    prop_oneof![4 => min..=max, 1 => select(vec![min, max, parameter.default_value()])].boxed()
}

fn config(lab: &'static Lab) -> impl Strategy<Value = Config> {
    let values: Vec<_> = lab.parameters.iter().map(value).collect();
    values.prop_map(|values| {
        let mut config = Config::defaults(lab.parameters);
        for (parameter, value) in lab.parameters.iter().zip(values) {
            config.set(parameter.id, value).unwrap();
        }
        config
    })
}

/// A moment, and what decides kind, node and amount of an action.
fn action() -> impl Strategy<Value = (Micros, Index, Index, Index)> {
    (
        0..3_000_000_u64,
        any::<Index>(),
        any::<Index>(),
        any::<Index>(),
    )
        .prop_map(|(at, kind, node, amount)| (Micros(at), kind, node, amount))
}

/// What an action is done to, drawn by a number; nothing where there are too few nodes for it.
fn drawn_on(target: Target, nodes: u16, drawn: Index) -> Option<On> {
    if target == Target::None {
        return Some(On::World);
    }
    if target == Target::Message {
        return Some(On::Message(u32::try_from(drawn.index(40)).unwrap()));
    }
    let node = |index: usize| u16::try_from(index).unwrap() + 1;
    let count = usize::from(nodes);
    match target {
        Target::Node if count > 0 => Some(On::Node(node(drawn.index(count)))),
        Target::Nodes if count > 0 => Some(On::Nodes(1 << drawn.index(count.min(64)))),
        Target::Link if count > 1 => {
            let pair = drawn.index(count * (count - 1));
            let (from, to) = (pair / (count - 1), pair % (count - 1));
            Some(On::Link(node(from), node(to + usize::from(to >= from))))
        }
        _ => None,
    }
}

/// Any run of a lab.
fn run(lab: &'static Lab) -> impl Strategy<Value = Run> {
    let cursor = prop_oneof![Just(Micros::END), (0..=Micros::LATEST.0).prop_map(Micros)];
    (
        any::<u64>(),
        config(lab),
        prop::collection::vec(action(), 0..6),
        cursor,
    )
        .prop_map(move |(seed, config, drawn, cursor)| {
            let nodes = (lab.nodes)(&config);
            let mut run = Run {
                lab,
                seed,
                config,
                actions: Vec::new(),
                cursor,
            };
            for (at, kind, on, amount) in drawn {
                if lab.actions.is_empty() {
                    break;
                }
                let kind = &lab.actions[kind.index(lab.actions.len())];
                let Some(on) = drawn_on(kind.on, nodes, on) else {
                    continue;
                };
                let amount = kind.amount.map_or(0, |parameter| {
                    let (min, max) = parameter.range();
                    min + i64::try_from(amount.index(usize::try_from(max - min + 1).unwrap()))
                        .unwrap()
                });
                assert!(run.act(Action {
                    at,
                    kind: kind.id,
                    on,
                    amount
                }));
            }
            run
        })
}

/// Any run of any lab.
fn any_run() -> impl Strategy<Value = Run> {
    select(labs().to_vec()).prop_flat_map(run)
}

/// A run whose clocks nobody sets by hand, with its writes close together.
fn undisturbed() -> impl Strategy<Value = Run> {
    (run(&LAB), 1_000..200_000_i64).prop_map(|(mut run, gap)| {
        run.actions.retain(|action| action.kind != "jump");
        run.config.set("gap", gap).unwrap();
        run
    })
}

fn history(run: &Run) -> History<ClockSkew> {
    History::of(run)
}

fn set(run: &Run, values: &[(&str, &str)]) -> Run {
    let mut run = run.clone();
    for (id, text) in values {
        run.config.set_text(id, text).unwrap();
    }
    run
}

fn pairs(history: &History<ClockSkew>) -> impl Iterator<Item = (&LogEntry, &LogEntry)> {
    let log = history.last().log();
    log.iter()
        .flat_map(move |a| log.iter().map(move |b| (a.as_ref(), b.as_ref())))
}

fn assert_valid(run: &Run) {
    for (parameter, value) in run.config.iter() {
        assert!(
            parameter.within(value).is_ok(),
            "{} = {value}",
            parameter.id
        );
    }
    assert!(
        run.actions.is_sorted_by_key(|action| action.at) && run.actions.len() <= Run::MOST_ACTIONS
    );
    for action in &run.actions {
        assert!(
            action.on.is_within((run.lab.nodes)(&run.config))
                && run.lab.action(action.kind).is_some()
                && action.at <= Micros::LATEST
        );
    }
}

/// Legal unescaped in a URL's fragment (RFC 3986, section 3.5), without the quotation mark.
fn is_legal(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&()*+,;=:@/?".contains(c)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_link_gives_back_the_run_that_it_was_made_from(run in any_run()) {
        let text = link::encode(&run);
        prop_assert!(text.chars().all(is_legal), "{text}");
        prop_assert_eq!(link::lab_id(&text), Some(run.lab.id));
        let decoded = link::decode(run.lab, &text);
        prop_assert_eq!(&decoded.notices, &[]);
        prop_assert_eq!(decoded.run, run);
    }

    #[test]
    fn any_text_gives_a_run_in_range_and_short_notices(lab in select(labs().to_vec()), text in ".{0,300}") {
        let decoded = link::decode(lab, &text);
        assert_valid(&decoded.run);
        prop_assert!(decoded.notices.len() <= link::MOST_NOTICES + 1);
    }

    #[test]
    fn a_link_with_a_damaged_place_gives_a_run_in_range(run in any_run(), place in any::<Index>(), other in any::<char>()) {
        let text = link::encode(&run);
        let place = place.index(text.len());
        let damaged: String = text.chars().enumerate().map(|(index, c)| if index == place { other } else { c }).collect();
        assert_valid(&link::decode(run.lab, &damaged).run);
    }

    #[test]
    fn keys_with_any_values_give_a_run_in_range(parts in prop::collection::vec((select(vec!["v", "seed", "scenario", "machines", "offset", "sync", "order", "wait", "do", "at", "nonsense"]), "[-−+]?[0-9]{0,25}(\\.[0-9]{0,8})?(us|ms|s|ppm|%|pct|e999)?(:(write|jump|sync))?(:n[0-9]{1,4})?(:-?[0-9]{1,20}ms)?"), 0..30)) {
        let text: Vec<String> = parts.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let decoded = link::decode(&LAB, &text.join(";"));
        assert_valid(&decoded.run);
        prop_assert!(decoded.notices.iter().all(|notice| notice.0.chars().count() < 400));
    }

    #[test]
    fn a_value_that_is_written_or_shown_is_read_back(lab in select(labs().to_vec()), which in any::<Index>(), at in any::<Index>()) {
        prop_assume!(!lab.parameters.is_empty());
        let parameter = &lab.parameters[which.index(lab.parameters.len())];
        let (min, max) = parameter.range();
        let value = min + i64::try_from(at.index(usize::try_from(max - min + 1).unwrap())).unwrap();
        prop_assert_eq!(parameter.read(&parameter.write(value)), Ok(value));
        if !matches!(parameter.kind, Kind::Choice { .. }) {
            prop_assert_eq!(parameter.read(&parameter.show(value)), Ok(value));
        }
    }

    #[test]
    fn a_causal_pair_never_gets_a_smaller_lamport_or_hybrid_stamp(run in run(&LAB)) {
        let history = history(&run);
        for (cause, effect) in pairs(&history).filter(|(a, b)| a.vector.before(&b.vector)) {
            prop_assert!(cause.stamps.lamport < effect.stamps.lamport, "{cause} and {effect}");
            prop_assert!(cause.stamps.hybrid < effect.stamps.hybrid, "{cause} and {effect}");
        }
    }

    #[test]
    fn replicas_agree_when_everything_has_arrived(run in run(&LAB)) {
        let history = history(&run);
        prop_assume!(!history.cut_short());
        prop_assert!(report::final_value(&history).is_some(), "{:?}", report::final_values(&history));
    }

    #[test]
    fn no_update_that_was_seen_is_lost_under_lamport_or_hybrid_stamps(run in run(&LAB)) {
        let history = history(&run);
        for order in [Order::Lamport, Order::Hybrid] {
            let lost = report::lost_updates(history.last().log(), order);
            prop_assert!(lost.iter().all(|lost| !lost.causal), "{lost:?}");
        }
    }

    #[test]
    fn the_true_history_is_the_same_whichever_stamp_it_goes_by(run in run(&LAB)) {
        let truth = |order| {
            let history = history(&set(&run, &[("order", order), ("wait", "off")]));
            history.last().log().iter().map(|entry| (entry.what, entry.begun, entry.stamps)).collect::<Vec<_>>()
        };
        let wall = truth("wall");
        for order in ["lamport", "hlc", "truetime"] {
            prop_assert_eq!(&truth(order), &wall);
        }
    }

    #[test]
    fn no_two_events_share_a_microsecond_and_time_never_runs_back(run in run(&LAB)) {
        let history = history(&run);
        prop_assert!(history.entries().is_sorted_by(|a, b| a.at < b.at));
        prop_assert!(history.entries().last().is_none_or(|entry| entry.at <= history.end()));
    }

    #[test]
    fn an_ntp_estimate_never_errs_by_more_than_half_the_delay(run in undisturbed(), sync in 100_000..3_000_000_i64) {
        let run = set(&run, &[("sync", &format!("{sync}us")), ("gap", "200ms")]);
        let history = history(&run);
        for answer in report::exchanges(&history) {
            prop_assert!(answer.error().abs() <= answer.exchange.bound(), "{answer:?}");
        }
        prop_assert!(history.verdicts().iter().all(|verdict| verdict.id != "ntp-within-bound" || verdict.broken.is_none()));
    }

    #[test]
    fn truetime_with_commit_wait_puts_what_does_not_overlap_in_order(run in undisturbed(), drift in -200..=200_i64, sync in select(vec!["0", "100ms", "700ms", "5s"])) {
        let run = set(&run, &[("order", "truetime"), ("wait", "on"), ("drift", &format!("{drift}ppm")), ("sync", sync)]);
        let history = history(&run);
        prop_assert_eq!(report::wrong_pairs(history.last().log(), Order::TrueTime), []);
        let broken: Vec<_> = history.verdicts().iter().filter(|verdict| verdict.broken.is_some()).collect();
        prop_assert!(broken.is_empty(), "{broken:?}");
    }

    #[test]
    fn a_hybrid_stamp_is_no_farther_from_its_clock_than_clocks_are_from_each_other(run in run(&LAB)) {
        let history = history(&run);
        let farthest = 2 * report::largest_error(&history);
        for entry in history.last().log() {
            let ahead = entry.stamps.hybrid.l.since(entry.stamps.wall);
            prop_assert!((0..=farthest).contains(&ahead), "{entry}: {ahead} µs, at most {farthest} µs");
            prop_assert!(entry.stamps.hybrid.c <= entry.id, "{entry}");
        }
    }

    #[test]
    fn the_error_curve_is_the_clocks_error_at_every_event(run in run(&LAB), at in any::<Index>()) {
        let history = history(&run);
        let curves = report::clock_error(&history);
        let at = Micros(at.index(usize::try_from(history.end().0).unwrap() + 1) as u64);
        let world = history.world_at(at);
        for (curve, machine) in curves.iter().zip(world.machines()) {
            let after = curve.points.partition_point(|point| point.at <= at);
            let (Some(from), to) = (curve.points[..after].last(), curve.points.get(after)) else { panic!("the curve begins late") };
            let drawn = to.map_or(from.error as f64, |to| {
                let share = at.minus(from.at).0 as f64 / to.at.minus(from.at).0 as f64;
                from.error as f64 + share * (to.error - from.error) as f64
            });
            let true_error = machine.clock.reading(at).since(Reading::perfect(at)) as f64;
            prop_assert!((drawn - true_error).abs() <= 4.0, "n{}: drawn {drawn}, true {true_error}", curve.machine);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn seeking_a_moment_gives_the_world_that_running_there_gives(run in run(&LAB), place in any::<Index>()) {
        let history = history(&run);
        let at = Micros(place.index(usize::try_from(history.end().0).unwrap() + 1) as u64);
        let sought = format!("{:?}", history.world_at(at));
        // Straight there: the same run without the actions that come later, stopped by its own events.
        let mut straight = run.clone();
        straight.actions.retain(|action| action.at <= at);
        let mut direct = history.start().clone();
        step_until(&mut direct, &straight.actions, at);
        prop_assert_eq!(sought, format!("{direct:?}"));
    }
}

proptest! {
    // Few, because a large ring takes long to build without optimisation.
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_run_can_be_played_and_taken_away_twice_and_is_the_same_both_times(run in any_run()) {
        let engine = &run.lab.engine;
        for format in Format::ALL {
            prop_assert!((engine.export)(&run, format) == (engine.export)(&run.clone(), format), "{}", format.id());
        }
        let known: Vec<&str> = run.lab.probes.iter().map(|probe| probe.id).collect();
        let numbers = (engine.probes)(&run, &known);
        prop_assert_eq!(numbers.len(), known.len());
        prop_assert_eq!(numbers, (engine.probes)(&run, &known));
        prop_assert_eq!(engine.probe(&run, "nonsense"), None);
        prop_assert_eq!((engine.broken)(&run), (engine.broken)(&run));
    }

    #[test]
    fn every_event_of_any_run_has_a_moment_and_a_sentence_and_none_is_after_the_end(run in any_run(), place in any::<Index>()) {
        let told = (run.lab.engine.told)(&run);
        let moments: Vec<Micros> = (0..told.count()).map(|place| told.when(place).unwrap()).collect();
        prop_assert!(moments.is_sorted_by(|a, b| a < b));
        prop_assert!(moments.last().is_none_or(|last| *last <= told.end()));
        prop_assert_eq!((told.when(told.count()), told.sentence(told.count())), (None, None));
        prop_assert_eq!(told.end(), (run.lab.engine.end)(&run));
        if !moments.is_empty() {
            let place = place.index(moments.len());
            prop_assert!(!told.sentence(place).unwrap().is_empty());
            prop_assert_eq!(told.count_until(moments[place]), place + 1);
            told.messages_at(moments[place]);
        }
        prop_assert_eq!(first_difference(told.as_ref(), (run.lab.engine.told)(&run).as_ref()), None);
    }

    #[test]
    fn what_the_reader_does_later_changes_nothing_before_it(run in any_run(), place in any::<Index>()) {
        let long = (run.lab.engine.told)(&run);
        let at = Micros(place.index(usize::try_from(long.end().0).unwrap() + 1) as u64);
        let short = (run.lab.engine.told)(&run.fork(at));
        let difference = first_difference(long.as_ref(), short.as_ref());
        // The fork may end before that: routine goes on only as long as something else does.
        let compared = at.min(short.end());
        prop_assert!(difference.is_none_or(|difference| difference.at > compared), "{difference:?}, forked at {at}");
    }

    #[test]
    fn a_saved_run_comes_back_from_its_file_with_its_note(run in any_run(), note in ".{0,260}") {
        let text = link::file::encode(&run, &note);
        let decoded = link::file::decode(run.lab, &text).unwrap();
        prop_assert_eq!(&decoded.notices, &[]);
        prop_assert_eq!(&decoded.run, &run);
        prop_assert_eq!(&decoded.note, &link::clean_note(&note));
        let linked = link::decode(run.lab, &link::encode_with_note(&run, &note));
        prop_assert_eq!((linked.run, linked.note), (run, decoded.note));
    }

    #[test]
    fn any_file_gives_a_run_in_range_or_a_sentence(lab in select(labs().to_vec()), text in "(\\{|#run=|clock-skew;|\"happens-before-run\": ?[0-9]|\"link\":|[^{}]{0,40}|,|\\})*") {
        match link::file::decode(lab, &text) {
            Ok(decoded) => assert_valid(&decoded.run),
            Err(why) => prop_assert!(why.ends_with('.') && why.chars().count() < 300, "{why}"),
        }
    }

    #[test]
    fn a_damaged_file_gives_a_run_in_range_or_a_sentence(run in any_run(), place in any::<Index>(), other in any::<char>()) {
        let text = link::file::encode(&run, "note");
        let place = place.index(text.chars().count());
        let damaged: String = text.chars().enumerate().map(|(index, c)| if index == place { other } else { c }).collect();
        if let Ok(decoded) = link::file::decode(run.lab, &damaged) {
            assert_valid(&decoded.run);
        }
    }
}

/// Plays a world by hand, without history or checkpoints.
fn step_until(world: &mut ClockSkew, actions: &[Action], until: Micros) {
    let (mut actions, mut open) = (actions.iter(), Micros::ZERO);
    let mut next = actions.next();
    loop {
        let planned = world.queue().next_at().filter(|at| *at <= until);
        let acted = next
            .map(|action| action.at.max(open))
            .filter(|at| *at <= until);
        match (planned, acted) {
            (Some(at), acted) if acted.is_none_or(|acted| at <= acted) => {
                let (_, planned, duty) = world.queue_mut().pop().unwrap();
                world.happen(planned, duty);
                open = at.next();
            }
            (_, Some(at)) => {
                world.queue_mut().pass(at);
                world.act(&Action {
                    at,
                    ..*next.unwrap()
                });
                open = at.next();
                next = actions.next();
            }
            _ => return,
        }
    }
}

#[test]
fn every_scenario_of_every_lab_is_valid_and_found_again() {
    for lab in labs() {
        for scenario in lab.scenarios {
            let mut config = Config::defaults(lab.parameters);
            for (id, text) in scenario.values {
                assert_eq!(
                    config.set_text(id, text),
                    Ok(()),
                    "{} of {}",
                    id,
                    scenario.id
                );
            }
            let run = Run::scenario(lab, scenario.id).unwrap();
            assert_valid(&run);
            assert_eq!(run.scenario_id(), Some(scenario.id));
            assert!(
                !scenario.try_first.contains('.') || scenario.try_first.ends_with('.'),
                "{}: one sentence",
                scenario.id
            );
        }
        for probe in lab.probes {
            assert!(
                lab.engine.probe(&Run::of(lab), probe.id).is_some(),
                "{}",
                probe.id
            );
        }
        assert_eq!(lab.engine.probe(&Run::of(lab), "nonsense"), None);
    }
}

#[test]
fn no_parameter_has_a_name_that_a_link_has_another_use_for() {
    for lab in labs() {
        for parameter in lab.parameters {
            assert!(
                !link::KEYS.contains(&parameter.id),
                "{}: {}",
                lab.id,
                parameter.id
            );
        }
    }
}

#[test]
fn every_parameter_has_its_default_and_its_stops_in_range() {
    for parameter in labs().iter().flat_map(|lab| lab.parameters) {
        assert!(
            parameter.within(parameter.default_value()).is_ok(),
            "{}",
            parameter.id
        );
        if let Kind::Number {
            scale: happens_before::sim::Scale::Stops(stops),
            ..
        } = parameter.kind
        {
            assert!(
                stops.is_sorted() && stops.iter().all(|stop| parameter.within(*stop).is_ok()),
                "{}",
                parameter.id
            );
        }
    }
}

#[test]
fn an_action_on_a_machine_that_is_gone_changes_nothing_and_says_so() {
    let mut run = Run::scenario(&LAB, "fast-clock").unwrap();
    for kind in ["write", "jump", "sync"] {
        run.act(Action {
            at: Micros::from_millis(200),
            kind,
            on: On::Node(5),
            amount: 10,
        });
    }
    let history = history(&run);
    let nobody = history
        .entries()
        .iter()
        .filter(|entry| entry.event == Event::Nobody { machine: 5 })
        .count();
    assert_eq!(nobody, 3);
    assert_eq!(report::final_value(&history), Some(1));
}

#[test]
fn a_jump_makes_truetimes_bound_a_lie_and_the_verdict_says_why() {
    let mut run = Run::scenario(&LAB, "truetime").unwrap();
    run.act(Action {
        at: Micros::from_secs(40),
        kind: "jump",
        on: On::Node(2),
        amount: -400_000,
    });
    let history = history(&run);
    let verdict = history
        .verdicts()
        .iter()
        .find(|verdict| verdict.id == "interval-holds-truth")
        .unwrap();
    let (at, broken) = verdict.broken.as_ref().unwrap();
    assert_eq!(*at, Micros::from_secs(40));
    assert!(
        broken.sentence.contains("jumped by −400 ms"),
        "{}",
        broken.sentence
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever fails, hangs, is lost, comes twice, overtakes or crashes: with idempotency keys every
    /// order executes T1 … Tn or T1 … Tj Cj … C1, or is on its way there, and nothing happens twice.
    #[test]
    fn a_saga_with_idempotency_keys_keeps_its_order_and_its_money(
        (mut run, loss) in (run(&saga::LAB), 0..30_i64)
    ) {
        // Where more is lost, hardly any saga gets anywhere.
        for (parameter, value) in [("keys", 1), ("loss", loss)] {
            run.config.set(parameter, value).unwrap();
        }
        let broken = (saga::LAB.engine.broken)(&run);
        let promised = ["saga-order", "no-double-effect", "money-is-conserved"];
        let broken: Vec<_> = broken.iter().filter(|(id, _)| promised.contains(id)).collect();
        prop_assert!(broken.is_empty(), "{}: {broken:?}", link::encode(&run));
    }

    /// Under a semantic lock no order is refused for the sake of one that gives its item back.
    #[test]
    fn a_semantic_lock_isolates_orders(
        (mut run, loss) in (run(&saga::LAB), 0..30_i64)
    ) {
        for (parameter, value) in [("keys", 1), ("lock", 1), ("stock", 1), ("loss", loss)] {
            run.config.set(parameter, value).unwrap();
        }
        let broken = (saga::LAB.engine.broken)(&run);
        prop_assert!(!broken.iter().any(|(id, _)| *id == "isolation"), "{}: {broken:?}", link::encode(&run));
    }
}
