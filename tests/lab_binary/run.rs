//! `lab run`.

use happens_before::sim::{Run, lab, link};
use serde_json::Value;

use crate::program::{json, printed, without_time};

#[test]
fn a_run_gives_the_probes_that_the_engine_gives() {
    let run = Run::scenario(lab("clock-skew").unwrap(), "lost-update").unwrap();
    let answer = json(&["run", "clock-skew", "--scenario", "lost-update", "--json"]);
    assert_eq!(answer["link"], link::encode(&run));
    assert_eq!(
        (&answer["runs"], &answer["seed"]),
        (&1.into(), &run.seed.into())
    );
    for (metric, probe) in answer["metrics"]
        .as_array()
        .unwrap()
        .iter()
        .zip(run.lab.probes)
    {
        let expected = run.lab.engine.probe(&run, probe.id).unwrap();
        assert_eq!(metric["id"], probe.id);
        assert_eq!(metric["summary"]["max"], expected, "{}", probe.id);
        assert_eq!(metric["summary"]["standard_error"], Value::Null);
    }
    let broken = answer["broken_promises"].as_array().unwrap();
    assert_eq!(broken.len(), (run.lab.engine.broken)(&run).len());
}

#[test]
fn many_runs_are_the_same_each_time_and_those_of_the_seeds_one_by_one() {
    let base = ["run", "clock-skew", "--scenario", "lost-update", "--json"];
    let with = |more: &[&str]| without_time(json(&[&base, more].concat()));
    let many = with(&["--seed", "7", "--runs", "9"]);
    assert_eq!(many, with(&["--seed", "7", "--runs", "9"]));
    let one_by_one = (7..16).map(|seed: u64| {
        let one = with(&["--seed", &seed.to_string()]);
        one["metrics"][2]["summary"]["mean"].as_f64().unwrap()
    });
    let numbers: Vec<f64> = one_by_one.collect();
    let mean = many["metrics"][2]["summary"]["mean"].as_f64().unwrap();
    // Nine whole numbers: exact up to one division.
    assert!((mean - numbers.iter().sum::<f64>() / 9.0).abs() < 1e-9);
    assert!(
        numbers.iter().any(|number| *number != numbers[0]),
        "{numbers:?}"
    );
    assert_ne!(many, with(&["--seed", "8", "--runs", "9"]));
}

#[test]
fn a_run_is_printed_with_its_configuration_its_numbers_and_its_time() {
    let arguments = ["run", "clock-skew", "--set", "offset=80ms", "--runs", "20"];
    let text = printed(&arguments);
    for part in [
        "Clocks that disagree (clock-skew), version 1\nclock-skew;v=1;seed=1;machines=2;offset=80ms;",
        "\n  offset      +80 ms      Clock offset\n",
        "\n20 runs, seeds 1 to 20;",
        "std. error  min  ",
        "\n  lost-updates ",
        "\nBroken promises\n  cause-before-effect: in 20 of 20 runs, first with seed 1: ",
        "\nTook ",
    ] {
        assert!(text.contains(part), "{part:?} in:\n{text}");
    }
}
