//! Trials and studies: the rules that hold for all of them, and the paper's figures (Bailis et al.,
//! VLDB 2012, sections 5.3 to 5.8 and tables 3 and 4).
//!
//! All seeds and numbers of trials were fixed before the first run.

use super::*;

const SEED: u64 = 2012;
/// Enough for 1,000 values beyond the 99.9th percentile.
const TRIALS: u32 = 1_000_000;

fn delays(id: &str) -> Delays {
    model(id).unwrap().delays()
}

fn constant(length: f64) -> Delay {
    Delay::of(Shape::Constant { length })
}

fn study(id: &str, n: usize, quorums: Quorums, trials: u32) -> Study {
    let mut study = Study::new(Setting::new(n, quorums, delays(id)), SEED);
    study.advance(trials);
    study
}

/// A pair of three replicas.
fn outcome(id: &str, r: usize, w: usize) -> Outcome {
    let study = study(id, 3, Quorums::One { r, w }, TRIALS);
    study.outcome(r, w).unwrap()
}

fn check_near(found: f64, published: f64, tolerance: f64) {
    assert!(
        (found - published).abs() <= tolerance,
        "{found}, published {published} ± {tolerance}"
    );
}

/// The 99.9th percentiles of read and write in ms, with the tolerance of the write; the read's is
/// 2 %.
fn check_latencies(outcome: &Outcome, read: f64, write: f64, tolerance: f64) {
    let tail = |summed: &Summed| summed.quantile(0.999).unwrap().value;
    check_near(tail(&outcome.read), read, 0.02 * read);
    check_near(tail(&outcome.write), write, tolerance * write);
}

/// The paper's t-visibility at 99.9 % lies below the true quantile, even below its interval; but it
/// lies within the 95 % of where a sweep like the authors' ends, with the 50,000 trials a point of
/// their script and the steps of their program.
fn check_visibility(outcome: &Outcome, published: f64, sweep: Sweep) {
    let truth = outcome.visibility(0.999).unwrap();
    assert!(published < truth.low, "{published}, found {truth:?}");
    let stops = sweep.stops_at(&outcome.needed, 0.999);
    assert!(
        (stops.low..=stops.high).contains(&published),
        "{published}, a sweep stops at {stops:?}"
    );
}

const fn sweep(start: f64, step: f64) -> Sweep {
    Sweep {
        start,
        step,
        points: 1_500,
        trials: 50_000,
    }
}

#[test]
fn solid_state_disks_are_as_published() {
    let found = outcome("lnkd-ssd", 1, 1);
    check_near(found.consistent(0.0).value, 0.974, 0.005);
    check_latencies(&found, 0.66, 0.66, 0.02);
    check_visibility(&found, 1.85, sweep(0.0, 0.01));
}

#[test]
fn spinning_disks_are_as_published() {
    let found = outcome("lnkd-disk", 1, 1);
    check_near(found.consistent(0.0).value, 0.439, 0.005);
    check_latencies(&found, 0.66, 10.99, 0.02);
    check_visibility(&found, 45.5, sweep(0.0, 0.1));
}

#[test]
fn yammer_is_as_published() {
    let found = outcome("ymmr", 1, 1);
    check_near(found.consistent(0.0).value, 0.893, 0.005);
    check_latencies(&found, 5.58, 10.83, 0.02);
    check_visibility(&found, 1364.0, sweep(1.0, 1.0));
}

#[test]
fn the_wide_area_is_as_published() {
    let found = outcome("wan", 1, 1);
    check_near(found.consistent(0.0).value, 0.33, 0.005);
    check_latencies(&found, 3.4, 55.1, 0.05);
    check_visibility(&found, 113.0, sweep(0.0, 0.1));
}

#[test]
fn larger_quorums_take_as_long_as_published() {
    check_latencies(&outcome("lnkd-disk", 1, 2), 0.65, 20.97, 0.02);
    check_latencies(&outcome("lnkd-ssd", 2, 1), 1.63, 0.65, 0.02);
}

#[test]
fn slices_do_not_change_the_result() {
    let whole = study("ymmr", 3, Quorums::All, 10_000);
    let mut sliced = study("ymmr", 3, Quorums::All, 1);
    for trials in [0, 999, 1, 8_000, 999] {
        sliced.advance(trials);
    }
    assert_eq!(sliced.trials(), 10_000);
    check_same(&whole, &sliced);
}

fn check_same(one: &Study, other: &Study) {
    for (r, w) in one.setting().pairs() {
        assert_eq!(one.reads(r), other.reads(r), "reads of {r}");
        assert_eq!(one.writes(w), other.writes(w), "writes of {w}");
        assert_eq!(one.needed(r, w), other.needed(r, w), "{r} and {w}");
    }
}

#[test]
fn parts_merged_in_order_are_the_whole() {
    let whole = study("wan", 3, Quorums::All, 5_000);
    let mut first = study("wan", 3, Quorums::All, 2_000);
    let mut second = Study::part(first.setting().clone(), SEED, 2_000);
    second.advance(3_000);
    first.merge(&second).unwrap();
    check_same(&whole, &first);
    assert_eq!(first.merge(&second), Err(Unlike::Place));
    let stranger = Study::part(first.setting().clone(), SEED + 1, 5_000);
    assert_eq!(first.merge(&stranger), Err(Unlike::Study));
}

#[test]
fn a_pair_measured_alone_gives_what_it_gives_among_all() {
    let all = study("lnkd-disk", 4, Quorums::All, 3_000);
    for (r, w) in [(1, 1), (1, 3), (2, 2), (4, 1)] {
        let one = study("lnkd-disk", 4, Quorums::One { r, w }, 3_000);
        check_same(&one, &all);
        assert_eq!(one.outcome(r, w + 1), None);
    }
    assert_eq!((all.outcome(0, 1), all.outcome(1, 5)), (None, None));
}

#[test]
fn the_trial_behind_a_bin_is_found_again_by_its_seed() {
    let study = study("wan", 5, Quorums::One { r: 2, w: 1 }, 2_000);
    let bins = study.needed(2, 1).unwrap().bins(8);
    assert!(bins.len() > 20, "{} bins", bins.len());
    let sampler = <Sampler>::of(&delays("wan"));
    for bin in bins {
        let seed = study.seed_of(bin.trial);
        assert_eq!(seed, trial_seed(SEED, bin.trial));
        let trial = Trial::draw(&sampler, 5, seed);
        assert_eq!(trial, Trial::draw(study.sampler(), 5, seed));
        let needed = trial.needed_delay(2, 1);
        assert!(
            needed >= bin.low && (needed < bin.high || bin.high == 0.0),
            "{needed} in {bin:?}"
        );
    }
}

/// Some trials of each model and of constant delays, where all replicas tie, with 1 to 7 replicas.
fn trials() -> Vec<Trial> {
    let mut samplers: Vec<Sampler> = MODELS
        .iter()
        .map(|model| <Sampler>::of(&model.delays()))
        .collect();
    let ties = [5.0, 1.0, 1.0, 1.0].map(constant);
    let [write, acknowledge, read, answer] = ties;
    let ties = Delays::new(write, acknowledge, read, answer, 0.0);
    samplers.push(<Sampler>::of(&ties));
    let seeds = (0..300).map(|trial| trial_seed(SEED, trial));
    let each = |seed| {
        let draw = move |(sampler, n)| Trial::draw(sampler, n, seed);
        let places = samplers
            .iter()
            .flat_map(|sampler| (1..=MOST).map(move |n| (sampler, n)));
        places.map(draw).collect::<Vec<_>>()
    };
    seeds.flat_map(each).collect()
}

#[test]
fn a_larger_quorum_never_makes_a_read_staler_and_overlap_never_lets_it_be() {
    for trial in trials() {
        for r in 1..=trial.n {
            for w in 1..=trial.n {
                let needed = trial.needed_delay(r, w);
                assert!(
                    trial.needed_delay(r + 1, w) <= needed,
                    "{r}, {w}: {trial:?}"
                );
                assert!(
                    trial.needed_delay(r, w + 1) <= needed,
                    "{r}, {w}: {trial:?}"
                );
                assert!(trial.read_latency(r) <= trial.read_latency(r + 1));
                assert!(trial.write_latency(w) <= trial.write_latency(w + 1));
                if r + w > trial.n {
                    assert!(!trial.is_stale(r, w, 0.0), "{r}, {w}: {trial:?}");
                }
            }
        }
    }
}

#[test]
fn a_read_is_stale_if_all_that_answered_were_asked_too_early() {
    for trial in trials() {
        for (r, w) in [(1, 1), (2, 1), (1, 2), (3, 2)] {
            for t in [0.0, 0.1, 1.0, 5.0, 80.0] {
                let asked = trial.write_latency(w) + t;
                let by_rule = trial
                    .answered(r)
                    .into_iter()
                    .all(|replica| asked + trial.read[replica] < trial.write[replica]);
                // Where both sides are equal but for rounding, either answer is right.
                if (trial.needed_delay(r, w) - t).abs() > 1e-9 {
                    assert_eq!(trial.is_stale(r, w, t), by_rule, "{r}, {w}, {t}: {trial:?}");
                }
            }
        }
    }
}

#[test]
fn without_sorting_the_first_quorums_are_the_same() {
    for trial in trials() {
        let sorted = (
            trial.read_latency(1),
            trial.write_latency(1),
            trial.needed_delay(1, 1),
        );
        assert_eq!(trial.first(), sorted, "{trial:?}");
    }
}

#[test]
fn the_first_answers_are_those_that_the_read_takes() {
    for trial in trials() {
        for r in 1..=trial.n {
            let answered = trial.answered(r);
            let last = answered[r - 1];
            assert_eq!(answered.len(), r);
            let latency = trial.read[last] + trial.answer[last];
            assert_eq!(trial.read_latency(r).to_bits(), latency.to_bits());
        }
    }
}

#[test]
fn one_more_replica_leaves_the_others_delays_as_they_are() {
    let sampler = <Sampler>::of(&delays("ymmr"));
    let (three, four) = (Trial::draw(&sampler, 3, 8), Trial::draw(&sampler, 4, 8));
    assert_eq!(three.write[..3], four.write[..3]);
    assert_eq!(three.answer[..3], four.answer[..3]);
}

#[test]
fn one_replica_is_near_for_the_write_and_one_for_the_read() {
    let away = constant(1.0);
    let delays = Delays::new(away.clone(), away.clone(), away.clone(), away, 75.0);
    let sampler = <Sampler>::of(&delays);
    let mut apart = 0;
    for seed in 0..1_000 {
        let trial = Trial::draw(&sampler, 3, seed);
        let (write, read) = trial.near.unwrap();
        for replica in 0..3 {
            let far = |near| if replica == near { 1.0 } else { 76.0 };
            assert_eq!(
                (trial.write[replica], trial.acknowledge[replica]),
                (far(write), far(write))
            );
            assert_eq!(
                (trial.read[replica], trial.answer[replica]),
                (far(read), far(read))
            );
        }
        apart += u32::from(write != read);
    }
    // Two of three; four standard errors are 60.
    assert!((607..=727).contains(&apart), "{apart}");
}

#[test]
fn sizes_out_of_range_become_the_nearest() {
    let sampler = <Sampler>::of(&delays("lnkd-ssd"));
    assert_eq!(Trial::draw(&sampler, 0, 1).n, 1);
    let trial = Trial::draw(&sampler, 99, 1);
    assert_eq!(trial.n, MOST);
    assert_eq!(trial.answered(0).len(), 1);
    assert_eq!(
        trial.write_latency(99).to_bits(),
        trial.write_latency(7).to_bits()
    );
    let setting = Setting::new(2, Quorums::One { r: 0, w: 9 }, delays("lnkd-ssd"));
    assert_eq!(setting.pairs(), [(1, 2)]);
    let mut alone = Study::new(Setting::new(0, Quorums::All, delays("wan")), 1);
    alone.advance(100);
    let found = alone.outcome(1, 1).unwrap().consistent(0.0);
    assert!((found.value - 1.0).abs() < f64::EPSILON, "{found:?}");
}

#[test]
fn a_study_without_trials_knows_nothing() {
    let study = study("wan", 3, Quorums::All, 0);
    let outcome = study.outcome(1, 1).unwrap();
    assert_eq!(outcome.visibility(0.999), None);
    let found = outcome.consistent(0.0);
    assert_eq!((found.low, found.high), (0.0, 1.0));
}
