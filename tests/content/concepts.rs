//! What can be wrong with concepts and their definitions.

use super::support::check;

const WORDS: &str = "chapters/words.md";

#[test]
fn a_definition_has_a_bold_term() {
    check(
        &[(
            WORDS,
            "> [!define cause]\n> A **cause** is",
            "‸> [!define cause]\n> A cause is",
        )],
        &[(
            "the definition of `cause` has no bold term",
            "write the term itself bold: `**Clock skew** is …`",
        )],
    );
}

#[test]
fn a_definition_is_of_a_concept_the_chapter_lists() {
    check(
        &[(
            WORDS,
            "See [the",
            "‸> [!define causes-of]\n> **Causes** are events.\n\nSee [the",
        )],
        &[(
            "the front matter does not list the concept `causes-of`",
            "add it to `concepts`; its concepts are: cause",
        )],
    );
}

#[test]
fn a_concept_is_defined_once() {
    check(
        &[(
            WORDS,
            "See [the",
            "‸> [!define cause]\n> **Causes** are events.\n\nSee [the",
        )],
        &[(
            "the id `cause` is used twice in the chapter",
            "choose another; the first is at content/chapters/words.md:13",
        )],
    );
}

#[test]
fn a_concept_of_the_front_matter_is_defined_and_asked_about() {
    check(
        &[(
            WORDS,
            "concepts = [\"cause\"]",
            "concepts = [\"cause\", \"‸‸effect\"]",
        )],
        &[
            (
                "no question asks about the concept `effect`",
                "write one in content/questions/words.toml",
            ),
            (
                "the concept `effect` is not defined in the chapter",
                "define it: `> [!define effect]`, or take it out of `concepts`",
            ),
        ],
    );
}

#[test]
fn a_concept_belongs_to_one_chapter() {
    check(
        &[(
            WORDS,
            "concepts = [\"cause\"]",
            "concepts = [\"cause\", \"‸‸clock-skew\"]",
        )],
        &[
            (
                "the concept `clock-skew` is not defined in the chapter",
                "define it: `> [!define clock-skew]`, or take it out of `concepts`",
            ),
            (
                "the concept `clock-skew` is treated by another chapter already",
                "leave it to content/chapters/clocks.md:9 or name it otherwise",
            ),
        ],
    );
}

#[test]
fn a_definition_stands_in_the_chapters_own_text() {
    check(
        &[(
            "chapters/clocks.md",
            "How long must one wait?",
            "‸‸> [!define waiting]\n> **Waiting** is long.",
        )],
        &[
            (
                "a definition may not stand here",
                "define it in the chapter's own text",
            ),
            (
                "the front matter does not list the concept `waiting`",
                "add it to `concepts`; its concepts are: clock-skew",
            ),
        ],
    );
}

#[test]
fn a_definitions_first_line_holds_its_concept_alone() {
    check(
        &[(WORDS, "> [!define cause]", "> ‸[!define cause] Cause")],
        &[(
            "a definition's first line holds its concept and nothing else",
            "write it as `> [!define clock-skew]`",
        )],
    );
}
