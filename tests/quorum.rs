//! What holds for every run of the lab `quorum`, whatever is done to it.

use happens_before::sim::histories::{self, Register};
use happens_before::sim::protocol::Cluster;
use happens_before::sim::quorum::glance::glance;
use happens_before::sim::quorum::report::operations;
use happens_before::sim::quorum::{LAB, Quorum, Settings};
use happens_before::sim::{Action, History, Micros, On, Run, Target};
use proptest::prelude::*;

fn history_of(run: &Run) -> History<Cluster<Quorum>> {
    History::of(run)
}

/// Any settings with anything done to them. `spared` are the kinds of actions that are left out.
fn any_run(spared: &'static [&'static str]) -> impl Strategy<Value = Run> {
    let kinds: Vec<_> = LAB
        .actions
        .iter()
        .filter(|kind| !spared.contains(&kind.id))
        .collect();
    let action = (
        0..400_000_u64,
        prop::sample::select(kinds),
        1..30_u16,
        1_000..80_000_i64,
    );
    let values = prop::collection::vec(any::<u32>(), LAB.parameters.len());
    (any::<u64>(), values, prop::collection::vec(action, 0..12)).prop_map(
        |(seed, values, actions)| {
            let mut run = Run::of(&LAB);
            run.seed = seed;
            for (parameter, value) in LAB.parameters.iter().zip(values) {
                let (min, max) = parameter.range();
                run = run.with(parameter.id, min + i64::from(value) % (max - min + 1));
            }
            // Long runs with many comparisons are like short ones, and take long.
            for (id, most) in [("gap", 50_000), ("after", 100_000), ("timeout", 500_000)] {
                run = run.with(id, run.config.get(id) % most);
            }
            run = run.with(
                "anti-entropy",
                run.config.get("anti-entropy") / 50_000 * 50_000,
            );
            let nodes = (LAB.nodes)(&run.config);
            for (at, kind, which, amount) in actions {
                let node = which % nodes + 1;
                let on = match kind.on {
                    Target::Node => On::Node(node),
                    Target::Link => On::Link(node, node % nodes + 1),
                    Target::Nodes => On::Nodes(u64::from(which) & ((1 << nodes) - 1) | 1),
                    Target::Message => On::Message(which.into()),
                    Target::None => On::World,
                };
                let amount = if kind.amount.is_some() { amount } else { 0 };
                let at = Micros(at);
                run.act(Action {
                    at,
                    kind: kind.id,
                    on,
                    amount,
                });
            }
            run
        },
    )
}

fn with_overlap(run: &Run) -> Run {
    let n = run.config.get("n");
    let w = run.config.get("w").min(n);
    let run = run
        .with("sloppy", 0)
        .with("compare", 1)
        .with("r", run.config.get("r").max(n - w + 1));
    assert!(Settings::of(&run.config).overlap());
    run
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_run_ends_and_is_a_history(run in any_run(&[])) {
        let history = history_of(&run);
        prop_assert!(!history.cut_short());
        prop_assert!(operations(history.last()).is_some());
        let _sentence = glance(history.last()).sentence;
    }

    #[test]
    fn where_quorums_overlap_and_nothing_is_forgotten_no_read_is_stale(run in any_run(&["crash"])) {
        let history = history_of(&with_overlap(&run));
        for verdict in history.verdicts().iter().filter(|verdict| verdict.id != "monotonic-reads") {
            prop_assert_eq!(&verdict.broken, &None);
        }
    }

    #[test]
    fn where_reads_write_back_as_well_none_goes_back_and_all_is_linearizable(run in any_run(&["crash"])) {
        let history = history_of(&with_overlap(&run).with("write-back", 1));
        for verdict in history.verdicts() {
            prop_assert_eq!(&verdict.broken, &None);
        }
        let operations = operations(history.last()).unwrap();
        let checked = histories::check(&Register::default(), &operations, histories::Bound::default());
        prop_assert!(matches!(checked.verdict, histories::Verdict::Linearizable(_)), "{checked:?}");
    }
}
