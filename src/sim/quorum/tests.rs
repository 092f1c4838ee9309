//! The rules in single runs; what holds for all runs is in `tests/quorum.rs`.

use super::glance::glance;
use super::report::{Freshness, operations};
use super::*;
use crate::sim::histories::{self, Register};
use crate::sim::pbs::{Trial, trial_seed};
use crate::sim::{Run, link};

fn run(text: &str) -> Run {
    let decoded = link::decode(&LAB, text);
    assert_eq!(decoded.notices, [], "{text}");
    decoded.run
}

fn history(run: &Run) -> History<Cluster<Quorum>> {
    History::of(run)
}

fn probe(text: &str, probe: &str) -> i64 {
    LAB.engine.probe(&run(text), probe).unwrap()
}

fn broken(text: &str) -> Vec<&'static str> {
    let broken = (LAB.engine.broken)(&run(text));
    broken.into_iter().map(|(id, _)| id).collect()
}

fn is_linearizable(text: &str) -> bool {
    let history = history(&run(text));
    let operations = operations(history.last()).unwrap();
    let bound = histories::Bound::default();
    let checked = histories::check(&Register::default(), &operations, bound);
    matches!(checked.verdict, histories::Verdict::Linearizable(_))
}

fn sentence(text: &str) -> String {
    let run = run(text);
    glance(&history(&run).world_at(run.cursor)).sentence
}

#[test]
fn the_three_classic_settings_come_out_as_the_chapter_says() {
    let case = |text| {
        (
            probe(text, "write-latency-us"),
            probe(text, "read-latency-us"),
            probe(text, "stale-reads"),
        )
    };
    assert_eq!(case("scenario=partial"), (1_164, 511, 1));
    assert_eq!(case("scenario=majority"), (1_444, 577, 0));
    assert_eq!(case("scenario=write-all"), (7_428, 511, 0));
}

#[test]
fn a_write_to_all_is_never_acknowledged_while_one_is_down() {
    assert_eq!(probe("scenario=blocked", "acknowledged-writes"), 0);
    assert_eq!(probe("scenario=blocked", "last-read"), 1);
    assert_eq!(probe("scenario=blocked;w=2", "acknowledged-writes"), 1);
}

#[test]
fn overlap_alone_does_not_keep_reads_from_going_back() {
    assert_eq!(broken("scenario=unfinished-write"), ["monotonic-reads"]);
    assert!(!is_linearizable("scenario=unfinished-write"));
}

#[test]
fn reads_that_write_back_do_not_go_back() {
    assert_eq!(broken("scenario=write-back"), Vec::<&str>::new());
    assert!(is_linearizable("scenario=write-back"));
}

#[test]
fn the_exported_operations_are_read_back_by_the_checker() {
    let text = (LAB.engine.export)(&run("scenario=unfinished-write"), Format::Operations).unwrap();
    let parsed = histories::parse::edn::<Register>(text.as_bytes()).unwrap();
    assert_eq!(
        Some(parsed),
        operations(history(&run("scenario=unfinished-write")).last())
    );
}

#[test]
fn a_sloppy_quorum_acknowledges_what_readers_do_not_find_until_it_is_handed_off() {
    assert_eq!(
        broken("scenario=sloppy"),
        ["read-your-latest", "kept-by-quorum"]
    );
    assert_eq!(probe("scenario=sloppy", "hints"), 2);
    assert_eq!(probe("scenario=sloppy", "stale-reads"), 1);
    assert_eq!(probe("scenario=sloppy", "last-read"), 1);
    assert_eq!(probe("scenario=sloppy;sloppy=off;do=", "hints"), 0);
}

#[test]
fn a_spare_stops_trying_at_last() {
    let dead = "scenario=sloppy;w=3;do=0ms:crash:n6";
    let transcript = LAB.engine.transcript(&run(dead));
    let tries = transcript.matches("it sends what it keeps to r3").count();
    assert_eq!(tries, 20);
    assert!(transcript.contains("leaves the rest to anti-entropy"));
}

#[test]
fn a_repair_reaches_a_replica_before_the_write_itself() {
    assert_eq!(probe("scenario=repair", "repairs"), 1);
    let transcript = LAB.engine.transcript(&run("scenario=repair"));
    let place = |text| transcript.find(text).unwrap();
    assert!(place("r1 receives repair") < place("r1 receives write"));
}

#[test]
fn anti_entropy_brings_a_write_to_a_replica_that_missed_it() {
    assert_eq!(probe("scenario=anti-entropy", "stale-replicas"), 0);
    let without = "scenario=anti-entropy;anti-entropy=0ms";
    assert_eq!(probe(without, "stale-replicas"), 1);
}

#[test]
fn without_comparing_versions_an_old_write_that_comes_late_wins() {
    let late = "scenario=unfinished-write;r=1;writes=2;gap=100ms;do=2ms:delay:m3:200ms";
    assert_eq!(probe(late, "stale-replicas"), 0);
    assert_eq!(probe(&format!("{late};compare=off"), "stale-replicas"), 1);
}

#[test]
fn a_client_that_gives_up_says_so() {
    let transcript = LAB.engine.transcript(&run("scenario=blocked;timeout=50ms"));
    assert!(transcript.contains("the write may still take effect, or not"));
}

#[test]
fn a_quorum_of_more_than_all_is_all_and_the_run_says_so() {
    let large = run("scenario=partial;n=2;w=7;r=3");
    let transcript = LAB.engine.transcript(&large);
    assert!(transcript.contains("writer begins; a quorum of 7 was asked for"));
    assert!(transcript.contains("reader begins; a quorum of 3 was asked for"));
    assert_eq!(history(&large).last().protocol().settings().w, 2);
}

#[test]
fn only_the_writer_writes_and_only_clients_are_asked() {
    let transcript = LAB
        .engine
        .transcript(&run("scenario=partial;do=50ms:write:n2,51ms:read:n4"));
    assert!(transcript.contains("reader does not write"));
    assert!(transcript.contains("r1 takes no requests"));
}

#[test]
fn the_glance_says_why_a_read_is_fresh_or_stale() {
    assert!(sentence("scenario=partial").starts_with("Stale: x = 1 · v1"));
    assert!(sentence("scenario=majority").starts_with("Fresh: r3 is in both quorums"));
    assert!(sentence("scenario=partial;r=2").starts_with("Fresh: r3 is in both quorums"));
    assert!(sentence("scenario=unfinished-write").starts_with("Back in time: reader 2 got"));
    assert!(sentence("scenario=partial;at=0ms").starts_with("Nothing is written yet"));
    assert!(sentence("scenario=partial;at=1500us").contains("0 of W = 1"));
    assert!(sentence("scenario=partial;at=2500us").contains("0 of the R = 1"));
}

#[test]
fn the_glance_ties_the_write_that_was_not_finished() {
    let run = run("scenario=unfinished-write");
    let seen = glance(&history(&run).world_at(run.cursor));
    assert_eq!(seen.write, Some((2, false)));
    assert_eq!(seen.freshness, Some(Freshness::WentBack));
    let quorums: Vec<(bool, Option<u32>)> = seen
        .nodes
        .iter()
        .map(|seen| (seen.in_write, seen.answered))
        .collect();
    assert_eq!(quorums, [(true, None), (false, Some(1)), (false, Some(1))]);
}

#[test]
fn the_glance_shows_the_spare_that_stood_in() {
    let run = run("scenario=sloppy");
    let seen = glance(&history(&run).world_at(run.cursor));
    let spare = &seen.nodes[3];
    assert_eq!((spare.name.as_str(), spare.version), ("s1", 1));
    assert_eq!(spare.keeps_for, Some(vec![2]));
    assert!(spare.in_write && !seen.nodes[4].in_write);
}

/// Times of a run are whole microseconds and no two events share one, so a trial's moments may be
/// off by a few; where they decide by less than that, the run may go either way.
const RESOLUTION: f64 = 0.015;

fn check_trial(text: &str, seeds: u64) {
    let mut run = run(text);
    for number in 0..seeds {
        run.seed = trial_seed(2012, number);
        let protocol = Quorum::seeded(&run.config, run.seed);
        let settings = protocol.settings();
        let (r, w) = (usize::from(settings.r), usize::from(settings.w));
        let trial = protocol.trial(WRITER, 1);
        let after = settings.after.0 as f64 / 1_000.0;
        let numbers = ["write-latency-us", "read-latency-us", "stale-reads"];
        let found = (LAB.engine.probes)(&run, &numbers);
        let [Some(write), Some(read), Some(stale)] = found[..] else {
            panic!("seed {}: {found:?}", run.seed)
        };
        let near = |micros: i64, millis: f64| (micros as f64 / 1_000.0 - millis).abs() < RESOLUTION;
        assert!(near(write, trial.write_latency(w)), "seed {}", run.seed);
        assert!(near(read, trial.read_latency(r)), "seed {}", run.seed);
        let is_tie = r < trial.n && trial.read_latency(r + 1) - trial.read_latency(r) < RESOLUTION;
        if !is_tie && (trial.needed_delay(r, w) - after).abs() > RESOLUTION {
            assert_eq!(stale == 1, trial.is_stale(r, w, after), "seed {}", run.seed);
        }
    }
}

#[test]
fn a_run_is_the_trial_of_its_seed() {
    check_trial("scenario=partial", 500);
    check_trial("scenario=partial;after=5ms;w=2;n=5", 500);
    check_trial("scenario=partial;model=ymmr;r=2", 500);
    check_trial("scenario=partial;model=wan;after=20ms", 500);
}

#[test]
fn uniform_delays_are_those_of_the_study() {
    let run = run("scenario=partial;model=uniform;n=3");
    let protocol = Quorum::seeded(&run.config, 9);
    let sampler = <crate::sim::pbs::Sampler>::of(&protocol.settings().model.delays());
    let (own, theirs) = (protocol.trial(WRITER, 1), Trial::draw(&sampler, 3, 9));
    for (own, theirs) in own.write.iter().zip(theirs.write) {
        assert!((own - theirs).abs() < 1e-6, "{own} and {theirs}");
    }
}

#[test]
fn a_point_of_the_study_opens_a_run_that_counts_towards_it() {
    let mut batch = study(&run("scenario=partial"));
    batch.advance(50_000);
    let figures = batch.figures();
    assert_eq!(figures.runs, 50_000);
    let curve = &figures.plots[0].curves[0];
    for point in curve.points.iter().filter(|point| point.y < 0.999) {
        let text = point.run.as_deref().unwrap();
        assert_eq!(probe(text, "stale-reads"), 1, "{} ms: {text}", point.x);
    }
    // The paper's 43.9 %, with the noise of 50,000 trials.
    let first = curve.points[0].y;
    assert!((0.42..0.46).contains(&first), "{first}");
}

#[test]
fn the_study_has_every_pair_and_the_formula() {
    let mut batch = study(&run("scenario=partial;n=5"));
    batch.advance(2_000);
    let figures = batch.figures();
    assert_eq!(figures.plots[1].curves.len(), 25);
    assert_eq!(figures.tables[0].rows.len(), 25);
    let formula = &figures.plots[2].curves[1].points[1];
    let expected = 1.0 - 0.8 * 0.8;
    assert!((formula.y - expected).abs() < 1e-12);
    assert_eq!(batch.total(), 300_000);
}

#[test]
fn a_run_beyond_the_model_is_played_under_many_seeds() {
    let mut batch = study(&run("scenario=sloppy"));
    batch.advance(3);
    assert_eq!(
        (batch.done(), batch.figures().plots.len()),
        (3, LAB.probes.len())
    );
}

#[test]
fn every_challenge_is_open_at_first_and_has_a_solution() {
    for challenge in LAB.challenges {
        let judge = |text| (LAB.engine.judge)(&run(text), challenge);
        assert!(judge(challenge.from).is_err(), "{}", challenge.id);
        assert_eq!(judge(challenge.solution), Ok(()), "{}", challenge.id);
    }
}

#[test]
fn every_prediction_has_the_engines_answer_among_its_answers() {
    for prediction in LAB.predictions {
        let found = probe(prediction.run, prediction.probe);
        let answers = prediction.answers.iter();
        assert_eq!(
            answers.filter(|(value, _)| *value == found).count(),
            1,
            "{}: {found}",
            prediction.id
        );
    }
}
