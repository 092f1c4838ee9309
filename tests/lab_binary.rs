//! The program `lab`, called as a person or a script calls it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use happens_before::sim::{Format, Run, lab, labs, link};
use serde_json::Value;

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lab"))
        .args(arguments)
        .output()
        .unwrap()
}

/// What it prints when all goes well.
fn printed(arguments: &[&str]) -> String {
    let output = call(arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The same, read as JSON.
fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).unwrap()
}

/// What it says beside its answer.
fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Arguments that make no sense: nothing is printed, and the message says this.
fn refused(arguments: &[&str], message: &str) {
    let output = call(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    assert_eq!(output.stdout, b"", "{arguments:?}");
    assert_eq!(told(&output), format!("lab: {message}\n"), "{arguments:?}");
}

/// A file with this in it, of a name that no other test uses.
fn file(name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

/// A folder of published data; nothing, and a note, if it is not there.
fn references(folder: &str) -> Option<PathBuf> {
    let all = std::env::var_os("REFERENCES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/references"),
        PathBuf::from,
    );
    let folder = all.join(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

/// The exit code for a history.
fn verdict(file: &Path, model: &str, format: &str) -> Option<i32> {
    let arguments = ["--model", model, "--format", format];
    let output = call(&[&["check-history", file.to_str().unwrap()], &arguments[..]].concat());
    output.status.code()
}

/// A run's JSON without what differs from call to call.
fn without_time(mut answer: Value) -> Value {
    answer.as_object_mut().unwrap().remove("seconds").unwrap();
    answer
}

#[test]
fn without_arguments_it_says_what_it_can_do() {
    let overview = printed(&[]);
    for command in ["list", "show", "run", "trace", "link", "check-history"] {
        assert!(overview.contains(&format!("lab {command} ")), "{overview}");
        let help = printed(&["help", command]);
        assert!(help.starts_with(&format!("lab {command} ")) || help.starts_with("lab list"));
        assert_eq!(printed(&[command, "--help"]), help);
    }
    assert_eq!(printed(&["--help"]), overview);
}

#[test]
fn list_names_every_lab() {
    let list = printed(&["list"]);
    for lab in labs() {
        let line = list.lines().find(|line| line.starts_with(lab.id)).unwrap();
        assert!(line.contains(lab.title), "{line}");
    }
    assert_eq!(
        json(&["list", "--json"]).as_array().unwrap().len(),
        labs().len()
    );
}

#[test]
fn show_says_all_that_every_lab_declares() {
    for lab in labs() {
        let text = printed(&["show", lab.id]);
        let value = json(&["show", lab.id, "--json"]);
        let parameters = lab.parameters.iter().map(|p| ("parameters", p.id, p.help));
        let actions = lab.actions.iter().map(|a| ("actions", a.id, a.help));
        let scenarios = lab
            .scenarios
            .iter()
            .map(|s| ("scenarios", s.id, s.try_first));
        let challenges = lab.challenges.iter().map(|c| ("challenges", c.id, c.task));
        let probes = lab.probes.iter().map(|p| ("probes", p.id, p.help));
        let all = parameters.chain(actions).chain(scenarios);
        for (part, id, help) in all.chain(challenges).chain(probes) {
            assert!(text.contains(&format!("\n  {id}\n")), "{part} {id}");
            assert!(text.contains(help), "{part} {id}: {help}");
            let found = value[part].as_array().unwrap().iter();
            assert_eq!(
                found.filter(|found| found["id"] == id).count(),
                1,
                "{part} {id}"
            );
        }
        for reference in lab.references {
            assert!(text.contains(reference.source), "{}", reference.source);
        }
    }
}

#[test]
fn show_gives_unit_range_and_default_as_set_reads_them() {
    let text = printed(&["show", "clock-skew"]);
    assert!(text.contains("\n      -500ms to 500ms, default 50ms\n"));
    assert!(text.contains("\n      0ms to 1024s (0 is never), default 0ms\n"));
    assert!(text.contains("\n      wall or lamport or hlc or truetime, default wall\n"));
    assert!(text.contains("\n      120ms:jump:n2:-30ms\n"));
    assert!(text.contains("\nChallenges\n"));
}

#[test]
fn every_parameter_can_be_set_to_its_ends() {
    for lab in labs() {
        for parameter in lab.parameters {
            let (min, max) = parameter.range();
            for value in [min, max] {
                let text = parameter.write(value);
                let setting = format!("{}={text}", parameter.id);
                let link = printed(&["link", lab.id, "--set", &setting, "--do", ""]);
                assert!(link.contains(&format!(";{setting};")), "{link}");
            }
        }
    }
}

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

#[test]
fn a_trace_is_the_engines_own() {
    for lab in labs() {
        for scenario in lab.scenarios {
            let run = Run::scenario(lab, scenario.id).unwrap();
            for format in Format::ALL {
                let arguments = [
                    "trace",
                    lab.id,
                    "--scenario",
                    scenario.id,
                    "--format",
                    format.id(),
                ];
                match (lab.engine.export)(&run, format) {
                    Some(text) => assert_eq!(printed(&arguments).trim_end(), text.trim_end()),
                    None => assert_eq!(call(&arguments).status.code(), Some(2)),
                }
            }
        }
    }
}

#[test]
fn a_trace_for_shiviz_can_be_analysed_and_its_operations_checked() {
    for lab in labs() {
        let run = Run::of(lab);
        if let Some(log) = (lab.engine.export)(&run, Format::Shiviz) {
            let log = file(&format!("{}.log", lab.id), &log);
            let answer = json(&["analyse-log", log.to_str().unwrap(), "--json"]);
            assert!(answer["events"].as_u64().unwrap() > 0, "{}", lab.id);
        }
    }
}

#[test]
fn settings_actions_and_cursor_make_the_link_that_holds_them() {
    let made = printed(&[
        "link",
        "clock-skew",
        "--scenario",
        "fast-clock",
        "--set",
        "offset=80ms",
        "--seed",
        "5",
        "--do",
        "120ms:write:n2,200ms:jump:n1:-30ms",
        "--at",
        "150ms",
    ]);
    let read = link::decode(
        lab("clock-skew").unwrap(),
        "scenario=fast-clock;offset=80ms;seed=5;do=120ms:write:n2,200ms:jump:n1:-30ms;at=150ms",
    );
    assert_eq!(made.trim_end(), link::encode(&read.run));
}

#[test]
fn a_link_gives_its_run_back_from_an_address_too() {
    let made = printed(&["link", "clock-skew", "--scenario", "hybrid", "--at", "9ms"]);
    let address = format!(
        "https://example.org/a/chapter/clocks/#run={}",
        made.trim_end()
    );
    assert_eq!(printed(&["link", "--link", &address]), made);
    assert_eq!(printed(&["link", "clock-skew", "--link", &made]), made);
    let at_end = printed(&["link", "--link", &made, "--at-end"]);
    assert!(at_end.ends_with(";at=end\n"), "{at_end}");
}

#[test]
fn a_value_out_of_range_is_moved_and_that_is_said() {
    let output = call(&["link", "clock-skew", "--set", "offset=9s"]);
    assert!(output.status.success());
    assert!(
        String::from_utf8(output.stdout.clone())
            .unwrap()
            .contains(";offset=500ms;")
    );
    assert_eq!(
        told(&output),
        "lab: Clock offset (offset) goes from −500 ms to +500 ms, not +9 s; +500 ms is used.\n"
    );
    let jump = call(&["link", "clock-skew", "--do", "1ms:jump:n1:9s"]);
    assert!(
        String::from_utf8(jump.stdout.clone())
            .unwrap()
            .contains(";do=1ms:jump:n1:500ms;")
    );
    let runs = call(&["run", "clock-skew", "--runs", "0"]);
    assert_eq!(
        told(&runs),
        "lab: --runs goes from 1 to 1000000, not 0; 1 is used.\n"
    );
}

#[test]
fn what_is_done_to_nodes_that_are_gone_is_left_out_and_that_is_said() {
    let with = [
        "link",
        "clock-skew",
        "--set",
        "machines=5",
        "--do",
        "1ms:write:n5",
    ];
    let made = printed(&with);
    let output = call(&["link", "--link", &made, "--set", "machines=2"]);
    assert!(
        String::from_utf8(output.stdout.clone())
            .unwrap()
            .contains(";do=;")
    );
    assert_eq!(
        told(&output),
        "lab: 1 of the run's actions are left out: there are only 2 nodes.\n"
    );
}

#[test]
fn arguments_that_make_no_sense_are_refused_with_what_would_make_sense() {
    let cases: &[(&[&str], &str)] = &[
        (
            &["explain"],
            "there is no command “explain”; choose from: list, show, run, trace, link, explore, check-history, analyse-log, model",
        ),
        (&["run"], "no lab is named; lab list says which there are"),
        (
            &["trace", "clock-skew", "--scenario", "none"],
            "there is no scenario “none”; choose from: fast-clock, lost-update, drift, asymmetric-route, step-back, hybrid, truetime",
        ),
        (
            &["run", "clock-skew", "--colour", "red"],
            "there is no option “--colour”; see: lab help run",
        ),
        (
            &["run", "clock-skew", "--set", "offset"],
            "--set takes a parameter and its value, such as loss=30%, not “offset”; see: lab help run",
        ),
        (
            &["run", "clock-skew", "--set", "offset=far"],
            "Clock offset (offset) takes a number with us, ms or s, such as 50ms; “far” is not a number of the right kind",
        ),
        (
            &["run", "clock-skew", "--seed", "-1"],
            "--seed takes a whole number from 0 to 18446744073709551615, not “-1”; see: lab help run",
        ),
        (
            &["run", "clock-skew", "--runs"],
            "--runs needs a value behind it; see: lab help run",
        ),
        (
            &["run", "clock-skew", "quorum"],
            "nothing is expected at “quorum”; see: lab help run",
        ),
        (
            &["link", "clock-skew", "--do", "1ms:explode:n1"],
            "--do was not taken. The action “1ms:explode:n1” was ignored: there is no action “explode”. (The lab's actions: write, jump, sync.)",
        ),
        (
            &["link", "clock-skew", "--link", "x", "--scenario", "drift"],
            "the link is for “x”, not for “clock-skew”; leave the lab's name out, or the link",
        ),
        (
            &[
                "link",
                "clock-skew",
                "--link",
                "seed=3",
                "--scenario",
                "drift",
            ],
            "--link and --scenario both say where to start; give one of them",
        ),
        (
            &["trace", "clock-skew", "--format", "pdf"],
            "there is no format “pdf”; choose from: text, json, shiviz, operations",
        ),
        (
            &["check-history", "x"],
            "--model is missing; it takes one of register, cas-register, kv; see: lab help check-history",
        ),
        (
            &[
                "check-history",
                "x",
                "--model",
                "register",
                "--format",
                "porcupine-kv",
            ],
            "--format porcupine-kv goes with --model kv; see: lab help check-history",
        ),
    ];
    for (arguments, message) in cases {
        refused(arguments, message);
    }
    for arguments in [
        &["show", "none"][..],
        &["link", "clock-skew", "--set", "colour=red"],
        &["link", "clock-skew", "--at", "soon"],
        &["check-history", "/nowhere/at/all", "--model", "kv"],
        &["model", "none"],
        &["model", "ntp", "--t0", "1ms"],
        &["model", "marzullo", "5..3"],
    ] {
        assert_eq!(call(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_history_is_judged_in_words_and_by_exit_code() {
    let read = |value: u8| {
        format!(
            "{{:process 0, :type :invoke, :f :write, :value 1}}\n\
             {{:process 0, :type :ok, :f :write, :value 1}}\n\
             {{:process 1, :type :invoke, :f :read, :value nil}}\n\
             {{:process 1, :type :ok, :f :read, :value {value}}}\n"
        )
    };
    let good = file("good.edn", &read(1));
    let bad = file("bad.edn", &read(2));
    assert_eq!(verdict(&good, "register", "edn"), Some(0));
    assert_eq!(verdict(&bad, "register", "edn"), Some(1));
    let arguments = [
        "check-history",
        bad.to_str().unwrap(),
        "--model",
        "register",
    ];
    let words = String::from_utf8(call(&arguments).stdout).unwrap();
    assert!(words.starts_with("Not linearizable: "), "{words}");
    assert!(
        words.contains("\n  #2 process 1 :read nil → :ok 2\n"),
        "{words}"
    );
    assert!(
        words.contains(
            "An order of 1 operations, the last #1 process 0 :write 1 → :ok 1, leaves 1."
        )
    );
    let value = call(&[&arguments[..], &["--json"]].concat()).stdout;
    let value: Value = serde_json::from_slice(&value).unwrap();
    assert_eq!(value["verdict"], "not-linearizable");
    assert_eq!(value["refutation"]["operation"], 1);
}

#[test]
fn a_history_is_read_from_the_standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lab"))
        .args([
            "check-history",
            "-",
            "--model",
            "kv",
            "--format",
            "porcupine-kv",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let event = |kind, value| {
        format!("{{:process 0, :type :{kind}, :f :get, :key \"a\", :value {value}}}\n")
    };
    let text = event("invoke", "nil") + &event("ok", "\"\"");
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.starts_with(b"Linearizable: "));
}

#[test]
fn an_initial_value_is_there_before_the_first_operation() {
    let text = "{:process 1, :type :invoke, :f :read, :value nil}\n\
                {:process 1, :type :ok, :f :read, :value 5}\n";
    let path = file("initial.edn", text);
    let arguments = [
        "check-history",
        path.to_str().unwrap(),
        "--model",
        "cas-register",
    ];
    assert_eq!(call(&arguments).status.code(), Some(1));
    let with = [&arguments[..], &["--initial", "5"]].concat();
    assert_eq!(call(&with).status.code(), Some(0));
}

#[test]
fn a_search_that_gives_up_says_that_nothing_is_known() {
    let write = |process: u8| {
        format!("{{:process {process}, :type :invoke, :f :write, :value {process}}}\n")
    };
    let mut text: String = (1..9).map(write).collect();
    text += "{:process 0, :type :invoke, :f :read, :value nil}\n\
             {:process 0, :type :ok, :f :read, :value 99}\n";
    let path = file("many.edn", &text);
    let arguments = [
        "check-history",
        path.to_str().unwrap(),
        "--model",
        "register",
    ];
    assert_eq!(call(&arguments).status.code(), Some(1));
    let output = call(&[&arguments[..], &["--states", "20"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.starts_with(b"Unknown: "), "{output:?}");
}

#[test]
fn a_file_that_is_no_history_is_refused_with_its_line() {
    let path = file(
        "broken.edn",
        "{:process 0, :type :invoke, :f :read}\n{:process",
    );
    let output = call(&[
        "check-history",
        path.to_str().unwrap(),
        "--model",
        "register",
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("broken.edn, line 2: "), "{output:?}");
}

#[test]
fn a_log_is_analysed() {
    let log = "send\na {\"a\":1}\nalone\nb {\"b\":1}\nreceive\nb {\"b\":2, \"a\":1}\n";
    let path = file("small.log", log);
    let value = json(&["analyse-log", path.to_str().unwrap(), "--json"]);
    let expected = serde_json::json!({
        "events": 3, "processes": ["a", "b"], "messages": 1, "ordered_pairs": 2,
        "concurrent_pairs": 1, "layout": "description-first", "skipped_lines": [],
    });
    assert_eq!(value, expected);
    let broken = file("broken.log", "nothing\n");
    let output = call(&["analyse-log", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("there is no event in the log"));
}

#[test]
fn the_models_give_the_published_figures() {
    assert_eq!(
        printed(&[
            "model",
            "hybrid-clock",
            "5",
            "6",
            "10@10,5",
            "7",
            "8@10,4",
            "10@10,99",
            "11@10,31",
            "11"
        ]),
        "(5,0)\n(6,0)\n(10,6)\n(10,7)\n(10,8)\n(10,100)\n(11,0)\n(11,1)\n"
    );
    assert_eq!(
        printed(&["model", "marzullo", "8..12", "11..13", "10..12"]),
        "11..12\n"
    );
    let exchange = [
        "model", "ntp", "--t0", "0ms", "--t1", "105ms", "--t2", "106ms", "--t3", "11ms",
    ];
    let text = printed(&exchange);
    assert!(
        text.starts_with(
            "offset                       +100 ms\ndelay                        10 ms\n"
        )
    );
}

#[test]
fn the_histories_of_etcd_have_their_published_verdicts() {
    let Some(folder) = references("histories/etcd") else {
        return;
    };
    let expected = fs::read_to_string(folder.join("expected.txt")).unwrap();
    let mut found = String::new();
    for line in expected.lines() {
        let number: u32 = line.split(' ').next().unwrap().parse().unwrap();
        let log = folder.join(format!("etcd_{number:03}.log"));
        let code = verdict(&log, "cas-register", "jepsen");
        found += &format!("{number} {}\n", code == Some(0));
        assert!(code == Some(0) || code == Some(1), "{number}: {code:?}");
    }
    assert_eq!((found.lines().count(), found), (68, expected));
}

#[test]
fn the_histories_of_a_store_have_the_verdict_in_their_name() {
    let Some(folder) = references("histories/kv") else {
        return;
    };
    let check = |name: &str| verdict(&folder.join(name), "kv", "porcupine-kv");
    assert_eq!(
        (check("c01-ok.txt"), check("c01-bad.txt")),
        (Some(0), Some(1))
    );
}

#[test]
fn the_published_histories_of_a_cas_register_are_linearizable() {
    let Some(folder) = references("histories/cas-register") else {
        return;
    };
    let files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(files.len(), 40);
    for file in files {
        assert_eq!(
            verdict(&file, "cas-register", "edn"),
            Some(0),
            "{}",
            file.display()
        );
    }
}

#[test]
fn the_published_logs_have_their_pairs() {
    let Some(folder) = references("shiviz") else {
        return;
    };
    for (name, events, ordered, concurrent) in [
        ("facebook.log", 47, 1_013, 68),
        ("simple-reliable-broadcast.log", 39, 546, 195),
    ] {
        let log = folder.join(name);
        let value = json(&["analyse-log", log.to_str().unwrap(), "--json"]);
        let found = ["events", "ordered_pairs", "concurrent_pairs"].map(|key| value[key].as_u64());
        assert_eq!(found, [events, ordered, concurrent].map(Some), "{name}");
    }
}

#[test]
fn explore_finds_the_published_numbers_of_states() {
    let found = |arguments: &[&str]| {
        let answer = json(&[&["explore"], arguments, &["--json"]].concat());
        (
            answer["states"].as_u64().unwrap(),
            answer["depth"].as_u64().unwrap(),
            answer["outcome"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(found(&["two-phase"]), (288, 11, "holds".to_owned()));
    assert_eq!(found(&["t-commit"]), (34, 7, "holds".to_owned()));
    let few = found(&["lamport-mutex", "--states", "1000"]);
    assert_eq!((few.0, few.2.as_str()), (1_000, "gave-up"));
}

#[test]
fn a_violation_that_explore_finds_can_be_traced_by_its_link() {
    let answer = json(&["explore", "lamport-mutex", "--set", "wait=off", "--json"]);
    assert_eq!(answer["violation"]["steps"], 4);
    let link = answer["violation"]["link"].as_str().unwrap();
    let trace = printed(&["trace", "--link", link]);
    assert!(trace.contains("broken (mutual-exclusion)"), "{trace}");
}

#[test]
fn explore_refuses_what_has_no_messages_and_promises_that_are_not_there() {
    refused(
        &["explore", "clock-skew"],
        "clock-skew has no messages to explore; lab list says which labs there are",
    );
    refused(
        &["explore", "t-commit", "--property", "peace"],
        "there is no promise “peace”; choose from: consistent",
    );
}
