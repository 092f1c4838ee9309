//! What can be wrong with the head of a chapter.

use super::support::check;

const CLOCKS: &str = "chapters/clocks.md";
const WORDS: &str = "chapters/words.md";

#[test]
fn a_chapter_without_front_matter_is_told_how_to_begin() {
    check(
        &[(WORDS, "+++\nnumber = 2", "‸number = 2")],
        &[(
            "the chapter does not begin with its front matter",
            "begin the file with a line `+++`, its keys in TOML, and a line `+++`",
        )],
    );
}

#[test]
fn front_matter_must_be_closed() {
    check(
        &[
            (
                WORDS,
                "concepts = [\"cause\"]\n+++",
                "concepts = [\"cause\"]",
            ),
            (WORDS, "+++\nnumber", "‸+++\nnumber"),
        ],
        &[(
            "the front matter is not closed",
            "put a line `+++` after its last key",
        )],
    );
}

#[test]
fn front_matter_must_be_toml() {
    check(
        &[(CLOCKS, "title = \"Clocks\"", "title = ‸Clocks")],
        &[(
            "the front matter is not TOML: string values must be quoted, expected literal string",
            "write `key = value`, text in quotes, one key a line",
        )],
    );
}

#[test]
fn an_unknown_key_gets_the_nearest_known_one() {
    check(
        &[(CLOCKS, "needs = [", "‸need = \"words\"\nneeds = [")],
        &[(
            "the front matter has an unknown key `need`",
            "did you mean `needs`?",
        )],
    );
}

#[test]
fn a_missing_key_is_told_at_the_head() {
    check(
        &[
            (CLOCKS, "title = \"Clocks\"\n", ""),
            (CLOCKS, "+++\nnumber", "‸+++\nnumber"),
        ],
        &[("the front matter lacks `title`", "add `title = …`")],
    );
}

#[test]
fn a_value_of_the_wrong_type_is_told_what_it_should_be() {
    check(
        &[
            (CLOCKS, "title = \"Clocks\"", "title = ‸7"),
            (
                CLOCKS,
                "needs = [\"machines\", \"words\"]",
                "needs = ‸\"words\"",
            ),
            (CLOCKS, "number = 1\n", "number = ‸1.5\n"),
        ],
        &[
            (
                "`number` is a fraction",
                "write a whole number from 1 to 99",
            ),
            ("`title` is a whole number", "write a text in quotes"),
            (
                "`needs` is a text",
                "write a list of texts, `[\"…\", \"…\"]`",
            ),
        ],
    );
}

#[test]
fn an_empty_value_is_a_problem() {
    check(
        &[(CLOCKS, "title = \"Clocks\"", "title = ‸\" \"")],
        &[("`title` is empty", "write it")],
    );
}

#[test]
fn a_number_out_of_range_is_a_problem() {
    check(
        &[(CLOCKS, "number = 1\n", "number = ‸0\n")],
        &[(
            "`number` is 0, out of range",
            "write a whole number from 1 to 99",
        )],
    );
}

#[test]
fn two_chapters_may_not_have_one_number() {
    check(
        &[(WORDS, "number = 2", "number = ‸1")],
        &[(
            "the chapter `clocks` has the number 1 too",
            "give each chapter its own number",
        )],
    );
}

#[test]
fn a_part_must_be_in_the_plan() {
    check(
        &[(WORDS, "part = 1", "part = ‸7")],
        &[(
            "there is no part 7",
            "the parts in content/book.toml are: 1, 2",
        )],
    );
}

#[test]
fn a_description_has_the_length_that_search_engines_show() {
    check(
        &[(
            WORDS,
            "\"The words that the rest of the book uses, each with a case in which it matters.\"",
            "\"‸The words.\"",
        )],
        &[(
            "`description` has 10 characters",
            "write one sentence of 50 to 160 characters",
        )],
    );
}

#[test]
fn names_are_kebab_case_and_stand_once() {
    check(
        &[(
            WORDS,
            "needs = []",
            "needs = [\"‸Big Words\", \"clocks\", \"‸clocks\", \"‸words\"]",
        )],
        &[
            (
                "`Big Words` is no name for a chapter",
                "write small letters and digits with single dashes: `clock-skew`",
            ),
            ("`clocks` stands twice in the list", "take one of them out"),
            ("the chapter needs itself", "take it out of `needs`"),
        ],
    );
}

#[test]
fn markdown_in_the_insight_is_placed_in_its_string() {
    check(
        &[(
            WORDS,
            "insight = \"A cause",
            "insight = \"A \\\"cause\\\" [here](‸nowhere.md)",
        )],
        &[(
            "there is no chapter `nowhere`",
            "chapters are: clocks, words",
        )],
    );
}

#[test]
fn a_broken_chapter_does_not_hide_the_problems_of_another() {
    check(
        &[
            (CLOCKS, "number = 1\n", "number = ‸\n"),
            (WORDS, "## Causes", "‸# Causes"),
        ],
        &[
            (
                "the front matter is not TOML: string values must be quoted, expected literal string",
                "write `key = value`, text in quotes, one key a line",
            ),
            (
                "the page has one `#` heading already, the chapter's title",
                "begin with `##`",
            ),
        ],
    );
}
