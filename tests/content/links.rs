//! What can be wrong with links.

use super::support::{check, good};

const WORDS: &str = "chapters/words.md";

/// Puts a link target into a chapter and expects one problem at its first letter.
#[track_caller]
fn check_link(target: &str, what: &str, fix: &str) {
    let link = format!("[the clocks](‸{target})");
    check(
        &[(WORDS, "[the clocks](clocks.md#counters)", &link)],
        &[(what, fix)],
    );
}

#[test]
fn a_chapter_that_is_not_there_gets_the_nearest() {
    check_link(
        "clock.md",
        "there is no chapter `clock`",
        "did you mean `clocks`?",
    );
}

#[test]
fn an_anchor_that_is_not_there_gets_the_nearest() {
    check_link(
        "clocks.md#counter",
        "the chapter `clocks` has no anchor `counter`",
        "did you mean `counters`?",
    );
    check_link(
        "#nothing-like-it",
        "the chapter `words` has no anchor `nothing-like-it`",
        "its anchors are: cause, causes, what-is-a-cause",
    );
}

#[test]
fn a_link_needs_a_target_and_words() {
    check(
        &[(WORDS, "[the clocks](clocks.md#counters)", "‸[the clocks]()")],
        &[("the link has no target", "write where it leads")],
    );
    check(
        &[(
            WORDS,
            "[the clocks](clocks.md#counters)",
            "‸[](clocks.md#counters)",
        )],
        &[(
            "the link has no words",
            "write between the brackets what it leads to",
        )],
    );
}

#[test]
fn a_link_runs_no_script() {
    check_link(
        "javascript:alert(1)",
        "a link may not lead to `javascript:`",
        "use https://…, lab:…, concept:…, a chapter's file (`time-and-clocks.md#anchor`) or #anchor",
    );
}

#[test]
fn other_schemes_are_refused() {
    let fix = "use https://…, lab:…, concept:…, a chapter's file (`time-and-clocks.md#anchor`) or #anchor";
    check_link("http://example.org", "a link may not lead to `http:`", fix);
    check_link("https://", "`https://` is not an address", fix);
    check(
        &[(
            WORDS,
            "[the clocks](clocks.md#counters)",
            "‸<a@example.org>",
        )],
        &[("a link may not lead to `mailto:`", fix)],
    );
}

#[test]
fn a_link_to_nothing_the_book_knows_is_told_what_there_is() {
    check_link(
        "../clocks",
        "`../clocks` leads nowhere",
        "link to a chapter's file (`time-and-clocks.md#anchor`), to an #anchor, to lab:… or to \
         https://…",
    );
}

#[test]
fn a_run_link_names_a_lab() {
    check(
        &[(
            WORDS,
            "(clocks.md#counters)",
            "(lab:‸clock-skw;scenario=fast-clock)",
        )],
        &[("unknown lab \"clock-skw\"", "did you mean `clock-skew`?")],
    );
}

#[test]
fn a_run_link_leads_to_a_chapter_that_embeds_the_lab() {
    check(
        &[(
            WORDS,
            "(clocks.md#counters)",
            "(lab:‸quorum;scenario=fast-clock)",
        )],
        &[(
            "no chapter embeds the lab `quorum`",
            "put it into a chapter: a fence of kind `lab quorum`",
        )],
    );
}

#[test]
fn a_run_link_names_what_the_lab_has() {
    check(
        &[(
            WORDS,
            "(clocks.md#counters)",
            "(lab:clock-skew;scenario=‸fast)",
        )],
        &[(
            "the lab `clock-skew` has no scenario `fast`",
            "its scenarios are: fast-clock, lost-update",
        )],
    );
    check(
        &[(
            WORDS,
            "(clocks.md#counters)",
            "(lab:clock-skew;scenario=fast-clock;‸ofset=1ms)",
        )],
        &[(
            "the lab `clock-skew` has no parameter `ofset`",
            "did you mean `offset`?",
        )],
    );
    check(
        &[(
            WORDS,
            "(clocks.md#counters)",
            "(lab:clock-skew;‸offset=900ms;seed=1)",
        )],
        &[(
            "`offset` cannot be 900ms",
            "choose a value from -500ms to 500ms",
        )],
    );
    check(
        &[(
            WORDS,
            "(clocks.md#counters)",
            "(lab:clock-skew;seed=1;‸fast-clock)",
        )],
        &[(
            "`fast-clock` in the run is not `name=value`",
            "write a run as `scenario=fast-clock;offset=80ms`",
        )],
    );
}

#[test]
fn a_link_to_a_concept_leads_to_its_definition_or_nowhere_while_that_is_not_written() {
    let syllabus =
        "[clocks]\nconcepts = [\"clock-skew\"]\n[replication]\nconcepts = [\"quorum\"]\n";
    let links = "See [it](concept:clock-skew), and [that](concept:quorum).\n\nSee [the";
    let book = good(&[("syllabus.toml", "", syllabus), (WORDS, "See [the", links)]);
    let words = serde_json::to_string(&book.chapters).unwrap();
    let link = r#"<a href=\"chapter/clocks/#clock-skew\" class=\"term\">it</a>"#;
    assert!(words.contains(link), "{words}");
    assert!(words.contains("and <span>that</span>."), "{words}");
}

#[test]
fn a_link_to_a_concept_that_nobody_plans_gets_the_nearest() {
    check_link(
        "concept:clock-skw",
        "there is no concept `clock-skw`",
        "did you mean `clock-skew`?",
    );
}
