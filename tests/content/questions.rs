//! What can be wrong with a question bank.

use super::support::check;

const BANK: &str = "questions/clocks.toml";

/// Replaces a text of the question bank and expects these problems.
#[track_caller]
fn check_edit(from: &str, to: &str, expected: &[(&str, &str)]) {
    check(&[(BANK, from, to)], expected);
}

#[test]
fn a_level_is_one_of_three() {
    check_edit(
        "\"senior\"",
        "\"‸senor\"",
        &[("unknown level `senor`", "did you mean `senior`?")],
    );
    check_edit(
        "\"senior\"",
        "\"‸hard\"",
        &[(
            "unknown level `hard`",
            "levels are: foundation, senior, staff",
        )],
    );
}

#[test]
fn a_question_is_about_a_concept_of_the_book() {
    check_edit(
        "[\"clock-skew\"]",
        "[\"clock-skew\", \"‸clock-drift\"]",
        &[(
            "unknown concept `clock-drift`",
            "concepts are: cause, clock-skew",
        )],
    );
}

#[test]
fn a_question_is_about_something() {
    check(
        &[
            (BANK, "[\"clock-skew\"]", "[]"),
            (BANK, "[[question]]", "‸[[question]]"),
        ],
        &[(
            "the question is about no concept",
            "name at least one of the chapter's concepts in `concepts`",
        )],
    );
}

#[test]
fn a_question_has_two_or_three_follow_ups() {
    check(
        &[
            (BANK, ", \"And without a bound?\"", ""),
            (BANK, "[[question]]", "‸[[question]]"),
        ],
        &[(
            "the number of follow-ups is 1",
            "write two or three, each harder",
        )],
    );
}

#[test]
fn a_question_lacks_nothing() {
    check(
        &[
            (BANK, "mistakes = \"To call it a cache.\"\n", ""),
            (BANK, "[[question]]", "‸[[question]]"),
        ],
        &[("`question` lacks `mistakes`", "add `mistakes = …`")],
    );
}

#[test]
fn a_question_has_no_other_keys() {
    check_edit(
        "mistakes =",
        "‸misstakes = \"x\"\nmistakes =",
        &[(
            "`question` has an unknown key `misstakes`",
            "did you mean `mistakes`?",
        )],
    );
}

#[test]
fn the_ids_of_questions_are_unique() {
    check(
        &[(
            "questions/words.toml",
            "\"what-is-a-cause\"",
            "\"‸gone-comment\"",
        )],
        &[(
            "the id `gone-comment` is used in two chapters",
            "choose another; the first is at content/questions/clocks.toml:2",
        )],
    );
    check_edit(
        "\"gone-comment\"",
        "\"‸who-wins\"",
        &[(
            "the id `who-wins` is used twice in the chapter",
            "choose another; the first is at content/chapters/clocks.md:51",
        )],
    );
}

#[test]
fn a_proof_is_a_run_of_a_lab() {
    check_edit(
        "proof = \"clock-skew;scenario=fast-clock\"",
        "proof = \"clock-skew;scenario=‸fast-clocks\"",
        &[(
            "the lab `clock-skew` has no scenario `fast-clocks`",
            "did you mean `fast-clock`?",
        )],
    );
    check_edit(
        "proof = \"clock-skew;",
        "proof = \"‸lab:clock-skew;",
        &[(
            "unknown lab \"lab:clock-skew\"",
            "did you mean `clock-skew`?",
        )],
    );
}

#[test]
fn markdown_in_an_answer_is_placed_in_the_file() {
    check_edit(
        "see [the quiz](#skewed-logs)",
        "see ‸[^lamport] [the quiz](‸#skewed)",
        &[
            ("unknown source `lamport`", "sources are: lamport1978, ntp"),
            (
                "the chapter `clocks` has no anchor `skewed`",
                "its anchors are: clock-skew, counters, gone-comment, lab-clock-skew, \
                 skewed-logs, two-log-lines, what-it-costs, who-wins",
            ),
        ],
    );
}

#[test]
fn a_bank_must_be_toml() {
    check(
        &[
            (BANK, "level = \"senior\"", "level ‸\"senior\""),
            ("questions/words.toml", "\"cause\", ", "\"cause\"] # "),
        ],
        &[(
            "the question bank is not TOML: key with no value, expected `=`",
            "write `key = value`, text in quotes, one key a line",
        )],
    );
}
