//! What can be wrong with the Markdown of a chapter.

use super::support::check;

const WORDS: &str = "chapters/words.md";

/// Puts some Markdown after a chapter's first heading and expects these problems in it.
#[track_caller]
fn check_text(markdown: &str, expected: &[(&str, &str)]) {
    let text = format!("## Causes\n\n{markdown}\n");
    check(&[(WORDS, "## Causes\n", &text)], expected);
}

#[test]
fn the_title_is_the_only_heading_of_the_first_level() {
    check_text(
        "‸# Again",
        &[(
            "the page has one `#` heading already, the chapter's title",
            "begin with `##`",
        )],
    );
}

#[test]
fn headings_skip_no_level() {
    check_text(
        "‸#### Deep",
        &[(
            "the heading skips a level: `###` should come next",
            "write it with `###`",
        )],
    );
    check_text(
        "### Deep\n\n#### Deeper\n\n‸##### Deepest",
        &[(
            "headings go no deeper than `####`",
            "write a bold line instead",
        )],
    );
}

#[test]
fn two_headings_may_not_have_one_anchor() {
    check_text(
        "‸## Causes",
        &[(
            "the id `causes` is used twice in the chapter",
            "choose another; the first is at content/chapters/words.md:11",
        )],
    );
}

#[test]
fn an_id_is_kebab_case() {
    check_text(
        "‸## Why {#The_Why}",
        &[(
            "`The_Why` is no id",
            "write small letters and digits with single dashes: `wall-clocks`",
        )],
    );
}

#[test]
fn a_heading_without_words_for_an_id_needs_one() {
    check_text(
        "‸## …",
        &[(
            "the heading has no words for an id",
            "write words, or give it an id: `## … {#id}`",
        )],
    );
}

#[test]
fn a_heading_has_an_id_and_no_classes() {
    check_text(
        "‸## Why {.red}",
        &[(
            "a heading may have an id and nothing else",
            "write only `{#id}` after it",
        )],
    );
}

#[test]
fn a_heading_is_a_link_and_holds_none() {
    let problem = (
        "there is a link or a citation in a heading",
        "put it into the text below: a heading is a link to itself",
    );
    check_text("## Why‸[^ntp] ‸[that](#causes)", &[problem, problem]);
}

#[test]
fn headings_belong_to_the_chapter() {
    check_text(
        "> ‸## Why",
        &[(
            "a heading may not stand here",
            "write a bold line instead: headings belong to the chapter's own text",
        )],
    );
}

#[test]
fn raw_html_is_refused() {
    let problem = (
        "raw HTML may not stand in the book",
        "say it in Markdown; a plain `<` is written `\\<`",
    );
    check_text("‸<div>\nText\n</div>\n\nA ‸<b>word‸</b>.", &[problem; 3]);
}

#[test]
fn footnotes_of_its_own_are_refused() {
    check_text(
        "Text.\n\n‸[^note]: A note.",
        &[(
            "a chapter has no footnotes of its own",
            "cite a source of sources.toml: `[^lamport1978]`, nothing else",
        )],
    );
}

#[test]
fn code_has_a_language() {
    check_text(
        "‸```\nx\n```",
        &[(
            "the code has no language",
            "name it after the fence; for no language at all `text`",
        )],
    );
    check_text(
        "Text.\n\n    ‸x = 1",
        &[(
            "code is marked by indenting it",
            "fence it with a language (```text), or take the indent away",
        )],
    );
}

#[test]
fn an_unknown_language_or_block_gets_the_nearest() {
    check_text(
        "‸```quizz again\nask = \"?\"\n```",
        &[("unknown language or block `quizz`", "did you mean `quiz`?")],
    );
    check_text(
        "- a list\n\n  ‸```rst\n  x\n  ```",
        &[("unknown language or block `rst`", "did you mean `rust`?")],
    );
    check_text(
        "‸```haskell\nx\n```",
        &[(
            "unknown language or block `haskell`",
            "languages and blocks are: exercise, lab, predict, quiz, go, ini, java, json, \
             python, rust, sh, sql, text, toml",
        )],
    );
}

#[test]
fn tex_that_does_not_parse_is_told_why() {
    check_text(
        "A bound ‸$\\nope$.",
        &[(
            "the formula cannot be read: unknown primitive command found",
            "write TeX as in `$\\theta \\le \\delta / 2$`; for a plain dollar `\\$`",
        )],
    );
    check_text(
        "> A bound\n> of ‸$$\\frac{a}{‸$$.",
        &[(
            "the `$` begins no formula",
            "close it with balanced braces inside; for a plain dollar `\\$`",
        ); 2],
    );
}

#[test]
fn a_price_is_escaped() {
    check_text("It costs \\$5, or `$6`, or $7$.", &[]);
    check_text(
        "It costs ‸$5.",
        &[(
            "the `$` begins no formula",
            "close it with balanced braces inside; for a plain dollar `\\$`",
        )],
    );
}

#[test]
fn an_unknown_callout_gets_the_nearest() {
    check_text(
        "> [!‸insihgt]\n> Text.",
        &[("unknown kind of quote `insihgt`", "did you mean `insight`?")],
    );
}

#[test]
fn a_callout_says_something() {
    check_text(
        "‸> [!story] Nothing",
        &[(
            "the quote has no text",
            "write its text on the lines below, each begun with `>`",
        )],
    );
}

#[test]
fn the_kind_of_a_quote_is_written_as_agreed() {
    check_text(
        "> ‸[!story\n> Text.",
        &[(
            "the kind of the quote is not closed",
            "write it as `> [!insight]`",
        )],
    );
    check_text(
        "> ‸[!story A title]\n> Text.",
        &[(
            "`A title` stands inside the bracket",
            "write `> [!story] Title`",
        )],
    );
}

#[test]
fn markdown_in_a_callouts_title_is_checked() {
    check_text(
        "> [!rule] See [it](‸nowhere.md)\n> Text.",
        &[(
            "there is no chapter `nowhere`",
            "chapters are: clocks, words",
        )],
    );
}

#[test]
fn a_chapter_has_text() {
    check(
        &[(
            "chapters/more.md",
            "",
            "+++\nnumber = 3\npart = 1\ntitle = \"M\"\nquestion = \"?\"\n\
              description = \"A description that is long enough to be shown by a search engine.\"\n\
              insight = \"I\"\nneeds = []\nconcepts = []\n+++\n‸",
        )],
        &[("the chapter has no text", "write it below the front matter")],
    );
}
