//! What makes no sense, and what is said when nothing is asked.

use crate::program::{call, printed, refused};

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
