//! What can be wrong with the active blocks of a chapter.

use super::support::check;

const CLOCKS: &str = "chapters/clocks.md";

/// Replaces a text of the chapter and expects these problems.
#[track_caller]
fn check_edit(from: &str, to: &str, expected: &[(&str, &str)]) {
    check(&[(CLOCKS, from, to)], expected);
}

#[test]
fn the_toml_of_a_block_must_parse() {
    check_edit(
        "caption = \"Set the offset to zero.\"",
        "caption = ‸Set the offset",
        &[(
            "lab `clock-skew` is not TOML: string values must be quoted, expected literal string",
            "write `key = value`, text in quotes, one key a line",
        )],
    );
}

#[test]
fn a_block_has_a_name() {
    check_edit(
        "```predict who-wins",
        "‸```predict who wins",
        &[(
            "the block of kind `predict` needs one name",
            "write it after the kind: ```predict some-name",
        )],
    );
}

#[test]
fn a_block_stands_in_the_chapters_own_text() {
    check_edit(
        "> It bounds the error;",
        "> ‸```exercise more\n> x\n> ```\n>\n> It bounds the error;",
        &[(
            "a block of kind `exercise` may not stand here",
            "put it into the chapter's own text, outside of lists and quotes",
        )],
    );
}

#[test]
fn an_unknown_key_of_a_block_gets_the_nearest() {
    check_edit(
        "caption = \"Set",
        "‸capton = \"x\"\ncaption = \"Set",
        &[(
            "lab `clock-skew` has an unknown key `capton`",
            "did you mean `caption`?",
        )],
    );
}

#[test]
fn a_missing_key_of_a_block_is_told_at_its_fence() {
    check(
        &[
            (CLOCKS, "scenario = \"fast-clock\"\ncaption", "caption"),
            (CLOCKS, "```lab clock-skew", "‸```lab clock-skew"),
        ],
        &[("lab `clock-skew` lacks `scenario`", "add `scenario = …`")],
    );
}

#[test]
fn a_lab_must_be_in_the_catalogue() {
    check(
        &[
            (CLOCKS, "```lab clock-skew", "‸```lab quorom"),
            (CLOCKS, "(lab:clock-skew;", "(lab:‸clock-skew;"),
            (
                "questions/clocks.toml",
                "proof = \"clock",
                "proof = \"‸clock",
            ),
        ],
        &[
            ("unknown lab \"quorom\"", "did you mean `quorum`?"),
            (
                "no chapter embeds the lab `clock-skew`",
                "put it into a chapter: a fence of kind `lab clock-skew`",
            ),
            (
                "no chapter embeds the lab `clock-skew`",
                "put it into a chapter: a fence of kind `lab clock-skew`",
            ),
        ],
    );
}

#[test]
fn a_lab_stands_once_in_a_chapter() {
    check_edit(
        "Now [run it]",
        "‸```lab clock-skew\nscenario = \"fast-clock\"\ncaption = \"Again.\"\n```\n\nNow [run it]",
        &[(
            "the lab `clock-skew` stands twice in the chapter",
            "link to the first: `[…](lab:clock-skew;scenario=…)`",
        )],
    );
}

#[test]
fn a_lab_opens_with_a_scenario_it_has() {
    check_edit(
        "scenario = \"fast-clock\"\n",
        "scenario = \"‸fast-clok\"\n",
        &[(
            "the lab `clock-skew` has no scenario `fast-clok`",
            "did you mean `fast-clock`?",
        )],
    );
}

#[test]
fn a_lab_sets_parameters_it_has_to_values_it_takes() {
    check_edit(
        "offset = \"80ms\"\nmachines = 3",
        "offset = \"‸900ms\"\n‸machine = 3\nmachines = ‸2.5",
        &[
            (
                "`offset` cannot be 900ms",
                "choose a value from -500ms to 500ms",
            ),
            (
                "the lab `clock-skew` has no parameter `machine`",
                "did you mean `machines`?",
            ),
            (
                "`machines` is a fraction",
                "write a text with its unit (\"80ms\") or a whole number",
            ),
        ],
    );
}

#[test]
fn a_caption_is_one_paragraph() {
    check_edit(
        "caption = \"Set the offset to zero.\"",
        "caption = \"\"\"\nSet the offset\n\n‸- to zero\n\"\"\"",
        &[(
            "only one paragraph of text may stand here",
            "write it as one paragraph",
        )],
    );
}

#[test]
fn a_quiz_has_a_right_option() {
    check(
        &[
            (CLOCKS, "right = true\n", ""),
            (CLOCKS, "```quiz skewed-logs", "‸```quiz skewed-logs"),
        ],
        &[(
            "quiz `skewed-logs` has no right option",
            "mark one option with `right = true`",
        )],
    );
}

#[test]
fn a_quiz_has_one_right_option() {
    check(
        &[
            (
                CLOCKS,
                "text = \"The upper one\"",
                "text = \"The upper one\"\nright = true",
            ),
            (
                CLOCKS,
                "[[option]]\ntext = \"The lower",
                "‸[[option]]\ntext = \"The lower",
            ),
        ],
        &[(
            "quiz `skewed-logs` has 2 right options",
            "leave `right = true` on one option",
        )],
    );
}

#[test]
fn a_quiz_has_two_options() {
    check(
        &[
            (
                CLOCKS,
                "[[option]]\ntext = \"The upper one\"\n\
                 why = \"The log sorts by what the clocks showed.\"\n",
                "",
            ),
            (CLOCKS, "```quiz skewed-logs", "‸```quiz skewed-logs"),
        ],
        &[(
            "quiz `skewed-logs` has fewer than two options",
            "give it two or more, each under `[[option]]`",
        )],
    );
}

#[test]
fn every_option_says_why() {
    check(
        &[
            (
                CLOCKS,
                "why = \"The log sorts by what the clocks showed.\"\n",
                "",
            ),
            (
                CLOCKS,
                "[[option]]\ntext = \"The upper",
                "‸[[option]]\ntext = \"The upper",
            ),
        ],
        &[("`option` lacks `why`", "add `why = …`")],
    );
    check_edit(
        "text = \"The upper one\"",
        "text = ‸\"\"",
        &[("`text` is empty", "write it")],
    );
}

#[test]
fn right_is_true_or_false() {
    check_edit(
        "text = \"The upper one\"",
        "text = \"The upper one\"\nright = ‸\"no\"",
        &[("`right` is a text", "write `true` or `false`")],
    );
}

#[test]
fn options_are_tables() {
    check_edit(
        "explain = \"The one with the larger stamp.\"\n\n[[option]]\ntext = \"`x = 1`\"\nvalue = 1\n\n\
         [[option]]\ntext = \"`x = 2`\"\nvalue = 2\n",
        "explain = \"The one with the larger stamp.\"\noption = [‸1, {text = \"a\", value = 1}, \
         {text = \"b\", value = 2}]\n",
        &[(
            "`option` is a whole number",
            "write a list of tables, each under `[[option]]`",
        )],
    );
}

#[test]
fn a_prediction_has_the_engines_answer_on_one_option() {
    check(
        &[
            (CLOCKS, "value = 1", "value = 3"),
            (CLOCKS, "```predict who-wins", "‸```predict who-wins"),
        ],
        &[(
            "no option has the engine's answer, 1",
            "give one option `value = 1`, or ask for another run",
        )],
    );
    check_edit(
        "value = 2",
        "value = ‸1",
        &[(
            "a second option has the engine's answer, 1",
            "give each option a value of its own",
        )],
    );
}

#[test]
fn a_prediction_asks_what_the_lab_can_tell() {
    check_edit(
        "probe = \"final-value\"",
        "probe = \"‸final\"",
        &[(
            "the lab `clock-skew` has no probe `final`",
            "its probes are: final-value, lost-updates",
        )],
    );
    check_edit(
        "probe = \"final-value\"",
        "probe = \"‸lost-updates\"",
        &[("the run does not end", "ask for a run with writes")],
    );
    check_edit(
        "lab = \"clock-skew\"",
        "lab = \"‸clock\"",
        &[("unknown lab \"clock\"", "labs are: clock-skew, quorum")],
    );
    check_edit(
        "run = \"scenario=fast-clock\"",
        "run = \"scenario=fast-clock;‸offset=1s\"",
        &[(
            "`offset` cannot be 1s",
            "choose a value from -500ms to 500ms",
        )],
    );
}

#[test]
fn an_exercise_has_a_solution() {
    check(
        &[
            (CLOCKS, "---\n\nAs long", "As long"),
            (
                CLOCKS,
                "````exercise two-log-lines",
                "‸````exercise two-log-lines",
            ),
        ],
        &[(
            "exercise `two-log-lines` has no solution",
            "put it after a line that holds only `---`",
        )],
    );
    check_edit(
        "---\n\nAs long as the bound, $2\\varepsilon$.\n",
        "---\n‸",
        &[(
            "the solution of exercise `two-log-lines` is empty",
            "write it",
        )],
    );
}

#[test]
fn a_rule_in_an_exercises_code_is_not_the_solution() {
    check_edit(
        "How long must one wait?\n",
        "How long?\n\n```text\n---\n```\n",
        &[],
    );
}

#[test]
fn markdown_in_a_solution_is_placed_in_the_file() {
    check_edit(
        "As long as the bound",
        "As [long](‸nowhere.md) as the bound",
        &[(
            "there is no chapter `nowhere`",
            "chapters are: clocks, words",
        )],
    );
}

#[test]
fn markdown_in_a_string_of_a_block_is_placed_in_the_file() {
    check_edit(
        "why = \"Its machine's",
        "why = \"\"\"\\\n    One \\\"word\\\",\n[two](‸nowhere.md). Its machine's clock.\"\"\"\n# ",
        &[(
            "there is no chapter `nowhere`",
            "chapters are: clocks, words",
        )],
    );
}

#[test]
fn the_ids_of_blocks_share_the_page_with_its_headings() {
    check_edit(
        "### What it costs",
        "‸### What it costs {#skewed-logs}",
        &[(
            "the id `skewed-logs` is used twice in the chapter",
            "choose another; the first is at content/chapters/clocks.md:33",
        )],
    );
}

#[test]
fn ids_under_which_answers_are_kept_are_unique_in_the_book() {
    check(
        &[(
            "chapters/words.md",
            "See [the",
            "‸```exercise two-log-lines\nTask.\n\n---\n\nSolution.\n```\n\nSee [the",
        )],
        &[(
            "the id `two-log-lines` is used in two chapters",
            "choose another; the first is at content/chapters/clocks.md:67",
        )],
    );
}
