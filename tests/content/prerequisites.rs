//! What one has to understand before a concept.

use super::support::check;

const WORDS: &str = "chapters/words.md";

#[test]
fn a_concept_that_builds_on_another_is_one_of_the_chapter_and_the_other_is_known() {
    check(
        &[(
            WORDS,
            "concepts = [\"cause\"]",
            "concepts = [\"cause\"]\n[builds_on]\ncause = [\"‸clock-skw\"]\n‸clock-skew = []",
        )],
        &[
            ("unknown concept `clock-skw`", "did you mean `clock-skew`?"),
            (
                "the chapter does not treat the concept `clock-skew`",
                "its concepts are: cause",
            ),
        ],
    );
}

#[test]
fn concepts_do_not_build_on_each_other_in_a_circle() {
    let builds = |on: &str, concept: &str| {
        format!("concepts = [\"{concept}\"]\n[builds_on]\n{concept} = [\"{on}\"]")
    };
    let (clocks, words) = (builds("cause", "clock-skew"), builds("clock-skew", "cause"));
    let words = words.replace("\ncause", "\n‸cause");
    check(
        &[
            ("chapters/clocks.md", "concepts = [\"clock-skew\"]", &clocks),
            (WORDS, "concepts = [\"cause\"]", &words),
        ],
        &[(
            "`cause` and `clock-skew` build on each other",
            "name only what one has to understand first",
        )],
    );
}
