//! Whatever is read from outside: no text, however damaged, makes a decoder panic, and whatever comes
//! out of it can be played.
//!
//! A test run tries some hundred texts for each decoder. `make fuzz MINUTES=10` goes on with other
//! texts for as long as it is told.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(
    clippy::disallowed_types,
    reason = "how long to go on is a matter of the clock"
)]

use std::time::{Duration, Instant};

use happens_before::sim::causality::shiviz;
use happens_before::sim::histories::{cas_register, kv, parse, register};
use happens_before::sim::{Format, Lab, Micros, Run, labs, link};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How long `make fuzz` goes on with each decoder; without it a few hundred texts are tried.
fn lasting() -> Option<Duration> {
    let seconds = std::env::var("FUZZ_SECONDS").ok()?;
    seconds.parse().ok().map(Duration::from_secs)
}

/// Tries texts, and counts them.
fn try_texts<T: std::fmt::Debug>(
    decoder: &str,
    texts: impl Strategy<Value = T>,
    check: impl Fn(T),
) {
    let runner = |round: u8| {
        let config = Config {
            failure_persistence: None,
            cases: 300,
            ..Config::default()
        };
        let seed = [round; 32];
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
    };
    let once = |runner: &mut TestRunner| {
        runner
            .run(&texts, |text| {
                check(text);
                Ok(())
            })
            .unwrap();
    };
    let mut runner = runner(7);
    once(&mut runner);
    let Some(lasting) = lasting() else { return };
    let (begun, mut rounds) = (Instant::now(), 1);
    while begun.elapsed() < lasting {
        // The runner goes on with its random numbers where it was.
        once(&mut runner);
        rounds += 1;
    }
    eprintln!("{decoder}: {} texts in {:?}", rounds * 300, begun.elapsed());
}

/// A text with some of its characters replaced, left out, doubled, or cut off.
fn damaged(texts: Vec<String>) -> impl Strategy<Value = String> {
    let harm = (any::<prop::sample::Index>(), 0..5_u8, "\\PC{0,4}");
    (
        prop::sample::select(texts),
        prop::collection::vec(harm, 0..6),
    )
        .prop_map(|(text, harms)| {
            let mut letters: Vec<char> = text.chars().collect();
            for (place, kind, with) in harms {
                if letters.is_empty() {
                    break;
                }
                let place = place.index(letters.len());
                match kind {
                    0 => drop(letters.remove(place)),
                    1 => letters.splice(place..=place, with.chars()).for_each(drop),
                    2 => letters.truncate(place),
                    3 => letters.extend_from_within(place..),
                    _ => letters
                        .splice(place..place, "99999999999".chars())
                        .for_each(drop),
                }
            }
            letters.into_iter().collect()
        })
}

fn scenario_links(lab: &'static Lab) -> Vec<String> {
    let scenarios = lab.scenarios.iter();
    let runs = scenarios.filter_map(|scenario| Run::scenario(lab, scenario.id));
    runs.chain([Run::of(lab)])
        .map(|run| link::encode(&run))
        .collect()
}

#[test]
fn a_damaged_link_gives_a_run_that_plays_and_is_written_as_it_is() {
    for lab in labs() {
        try_texts(lab.id, damaged(scenario_links(lab)), |text| {
            let run = link::decode(lab, &text).run;
            assert!(run.actions.len() <= Run::MOST_ACTIONS);
            assert_eq!(link::decode(lab, &link::encode(&run)).run, run);
        });
    }
}

#[test]
fn what_a_damaged_link_sets_can_be_played_to_its_end() {
    for lab in labs() {
        try_texts(lab.id, damaged(scenario_links(lab)), |text| {
            // The longest runs are cut: what is looked for here comes early.
            let mut run = link::decode(lab, &text).run;
            run.actions.truncate(20);
            run.actions
                .retain(|action| action.at < Micros::from_secs(600));
            assert!((lab.engine.export)(&run, Format::Text).is_some());
        });
    }
}

#[test]
fn any_bytes_are_a_history_or_are_refused() {
    let edn = "{:process 0, :type :invoke, :f :write, :value 3}\n{:process 0, :type :ok, :f :write, :value 3}\n{:process 1, :type :invoke, :f :cas, :value [3 4]}\n{:process 1, :type :info, :f :cas, :value [3 4]}\n";
    let jepsen = "INFO  jepsen.util - 0\t:invoke\t:read\tnil\nINFO  jepsen.util - 0\t:ok\t:read\t3\nINFO  jepsen.util - 1\t:invoke\t:cas\t[1 2]\nINFO  jepsen.util - 1\t:fail\t:cas\t[1 2]\n";
    let kv_text = "{:process 0, :type :invoke, :f :put, :key \"0\", :value \"x\"}\n{:process 0, :type :ok, :f :put, :key \"0\", :value \"x\"}\n";
    let texts = [edn, jepsen, kv_text].map(str::to_owned).to_vec();
    try_texts("histories", damaged(texts), |text| {
        let bytes = text.as_bytes();
        let _ = parse::edn::<register::Register>(bytes);
        let _ = parse::edn::<cas_register::CasRegister>(bytes);
        let _ = parse::jepsen::<cas_register::CasRegister>(bytes);
        let _ = parse::edn::<kv::Kv>(bytes);
        let _ = parse::porcupine_kv(bytes);
    });
    try_texts(
        "histories, bytes",
        prop::collection::vec(any::<u8>(), 0..200),
        |bytes| {
            let _ = parse::edn::<register::Register>(&bytes);
            let _ = parse::jepsen::<cas_register::CasRegister>(&bytes);
            let _ = parse::porcupine_kv(&bytes);
        },
    );
}

#[test]
fn any_bytes_are_a_shiviz_log_or_are_refused() {
    let log = "write\nalice {\"alice\":1}\nread\nbob {\"bob\":1, \"alice\":1}\nack\nalice {\"alice\":2, \"bob\":1}\n";
    try_texts("shiviz", damaged(vec![log.to_owned()]), |text| {
        if let Ok(read) = shiviz::parse(text.as_bytes()) {
            let written = shiviz::write(&read.computation);
            assert!(shiviz::parse(written.as_bytes()).is_ok(), "{written}");
        }
    });
    try_texts(
        "shiviz, bytes",
        prop::collection::vec(any::<u8>(), 0..200),
        |bytes| {
            let _ = shiviz::parse(&bytes);
        },
    );
}
