//! `saga`: what a run has executed when it ends.

use happens_before::sim::protocol::Cluster;
use happens_before::sim::saga::{self, Deal, Deed, Note, Saga};
use happens_before::sim::{Action, Config, History, Micros, Run, link};

/// The fates of a saga's steps and of their compensations, as the lab's menus have them.
struct Fates {
    steps: Vec<i64>,
    undos: Vec<i64>,
}

impl Fates {
    /// A saga with these fates, and nothing random about it.
    fn run(&self, style: &str, recovery: &str) -> Run {
        let mut run = Run {
            lab: &saga::LAB,
            seed: 1,
            config: Config::defaults(saga::LAB.parameters),
            actions: Vec::new(),
            cursor: Micros::END,
        };
        let texts = [
            ("saga", "custom"),
            ("style", style),
            ("recovery", recovery),
            ("jitter", "0%"),
            ("retries", "2"),
            ("deadline", "2s"),
        ];
        for (parameter, value) in texts {
            run.config.set_text(parameter, value).unwrap();
        }
        run.config
            .set("steps", i64::try_from(self.steps.len()).unwrap())
            .unwrap();
        for (number, fate) in (1..).zip(&self.steps) {
            run.config.set(&format!("t{number}"), *fate).unwrap();
        }
        for (number, fate) in (1..).zip(&self.undos) {
            run.config.set(&format!("c{number}"), *fate).unwrap();
        }
        run
    }
}

/// All lists of `count` numbers below `below`.
fn lists(count: usize, below: i64) -> Vec<Vec<i64>> {
    (0..count).fold(vec![Vec::new()], |lists, _| {
        let longer = |list: &Vec<i64>| {
            let list = list.clone();
            (0..below).map(move |next| [list.clone(), vec![next]].concat())
        };
        lists.iter().flat_map(longer).collect()
    })
}

/// Every fate of every step with every fate of every compensation.
fn all_fates(steps: usize) -> Vec<Fates> {
    let undos = lists(steps - 1, 3);
    lists(steps, 6)
        .into_iter()
        .flat_map(|steps| {
            undos.iter().map(move |undos| Fates {
                steps: steps.clone(),
                undos: undos.clone(),
            })
        })
        .collect()
}

/// What took effect in a run, in order, from what its services did: `T1 T2 C2`.
fn executed(history: &History<Cluster<Saga>>) -> Vec<String> {
    let effect = |note: &Note| match note {
        Note::Deals {
            step,
            deed,
            deal: Deal::Effect | Deal::EffectLate,
            ..
        } => Some(format!(
            "{}{step}",
            if *deed == Deed::Do { 'T' } else { 'C' }
        )),
        _ => None,
    };
    history
        .entries()
        .iter()
        .filter_map(|entry| entry.event.note.as_ref().and_then(effect))
        .collect()
}

/// Garcia-Molina and Salem 1987, section 1: a run that ends has executed T1 … Tn, or T1 … Tj Cj … C1
/// with j < n; one that is stuck, a beginning of the latter.
fn is_a_saga(history: &History<Cluster<Saga>>, steps: usize) -> bool {
    let executed = executed(history);
    let whole = |done: usize| {
        let forward = (1..=done).map(|step| format!("T{step}"));
        let back = (1..=done).rev().map(|step| format!("C{step}"));
        match done == steps {
            true => forward.collect::<Vec<_>>(),
            false => forward.chain(back).collect(),
        }
    };
    match saga::report::outcome(history.last(), 1) {
        1 => executed == whole(steps),
        2 => (0..steps).any(|done| executed == whole(done)),
        3 => (0..steps).any(|done| whole(done).starts_with(&executed)),
        // It has never begun, or nobody knows of it any more.
        _ => executed.is_empty(),
    }
}

fn expect_a_saga(run: &Run, steps: usize) -> History<Cluster<Saga>> {
    let history: History<Cluster<Saga>> = History::of(run);
    let broken = history
        .verdicts()
        .iter()
        .any(|verdict| verdict.broken.is_some());
    assert!(
        is_a_saga(&history, steps) && !broken,
        "{}\n{}",
        link::encode(run),
        history.transcript()
    );
    history
}

#[test]
fn a_saga_executes_all_steps_or_takes_back_what_it_did_whatever_its_steps_do() {
    let mut runs = 0;
    for style in ["orchestration", "choreography"] {
        for steps in [2, 3] {
            for fates in all_fates(steps) {
                expect_a_saga(&fates.run(style, "forward"), steps);
                runs += 1;
            }
        }
    }
    println!("saga: {runs} runs of all fates");
}

#[test]
fn a_saga_executes_so_wherever_its_orchestrator_crashes() {
    let mut runs = 0;
    for recovery in ["forward", "backward"] {
        for fates in all_fates(2) {
            runs += crash_everywhere(&fates, recovery);
        }
        for steps in lists(3, 6) {
            for undo in 0..3 {
                let undos = vec![undo; 2];
                let steps = steps.clone();
                runs += crash_everywhere(&Fates { steps, undos }, recovery);
            }
        }
    }
    println!("saga: {runs} runs with a crash");
}

/// What the tests above look for is found where it is: without keys other things are executed.
#[test]
fn without_idempotency_keys_something_else_is_executed() {
    let fates = Fates {
        steps: vec![0, 4, 0],
        undos: vec![0, 0],
    };
    let mut run = fates.run("orchestration", "forward");
    assert!(is_a_saga(&History::of(&run), 3));
    run.config.set("keys", 0).unwrap();
    assert!(!is_a_saga(&History::of(&run), 3));
}

/// Crashes the orchestrator right before and right after every event of the run, for a while.
fn crash_everywhere(fates: &Fates, recovery: &str) -> usize {
    let steps = fates.steps.len();
    let base = fates.run("orchestration", recovery);
    let undisturbed = expect_a_saga(&base, steps);
    let mut moments: Vec<u64> = undisturbed
        .entries()
        .iter()
        .flat_map(|entry| [entry.at.0.saturating_sub(1), entry.at.0 + 1])
        .collect();
    moments.dedup();
    for moment in &moments {
        let mut run = base.clone();
        for (at, kind) in [(*moment, "crash"), (*moment + 35_000, "restart")] {
            assert!(run.act(Action {
                at: Micros(at),
                kind,
                on: happens_before::sim::On::Node(2),
                amount: 0
            }));
        }
        expect_a_saga(&run, steps);
    }
    moments.len()
}
