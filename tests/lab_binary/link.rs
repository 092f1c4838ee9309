//! `lab link`, and runs that come from links.

use happens_before::sim::{lab, link};

use crate::program::{call, printed, told};

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
