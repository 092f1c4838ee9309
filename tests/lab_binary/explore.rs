//! `lab explore`.

use crate::program::{json, printed, refused};

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
