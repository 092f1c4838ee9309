//! `lab check-history`.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::program::{call, file, references, told, verdict};

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
