//! Pages beside the chapters, and what they may list.

use super::support::{check, good};

const PAGE: &str = "pages/around.md";

/// A page with this text.
fn page(text: &str) -> String {
    format!(
        "+++\ntitle = \"Around\"\norder = 1\n\
         description = \"What stands around the chapters of this small book.\"\n+++\n\n{text}"
    )
}

fn html(text: &str) -> String {
    let book = good(&[(PAGE, "", &page(text))]);
    book.pages[0].text.0.clone().unwrap()
}

#[test]
fn a_page_is_listed_in_the_contents() {
    let book = good(&[(PAGE, "", &page("Text."))]);
    assert_eq!(book.contents.pages[0].slug, "around");
    assert_eq!(book.contents.pages[0].title, "Around");
}

#[test]
fn a_heading_of_a_page_links_to_itself() {
    let html = html("## Here {#here}\n\nText.");
    let link = "<a class=\"anchor\" href=\"around/#here\">Here</a>";
    assert!(html.contains(link), "{html}");
}

#[test]
fn a_path_lists_its_chapters_with_their_times() {
    let html = html(
        "```path quick\ntitle = \"Quick\"\nabout = \"In a hurry.\"\n[[step]]\n\
         title = \"First\"\ntext = \"Begin here.\"\nchapters = [\"clocks\"]\n```\n",
    );
    assert!(html.contains("<a href=\"chapter/clocks/\">"), "{html}");
    assert!(html.contains("min to read"), "{html}");
}

#[test]
fn a_path_names_chapters_that_there_are_or_will_be() {
    let path = "```path quick\ntitle = \"Quick\"\nabout = \"In a hurry.\"\n[[step]]\n\
                title = \"First\"\ntext = \"Begin.\"\n\
                chapters = [\"‸clokcs\", \"consensus\"]\n```\n";
    let syllabus = "[consensus]\nconcepts = [\"paxos\"]\n";
    check(
        &[("syllabus.toml", "", syllabus), (PAGE, "", &page(path))],
        &[("there is no chapter `clokcs`", "did you mean `clocks`?")],
    );
}

#[test]
fn the_concept_map_draws_what_builds_on_what() {
    let book = good(&[
        (
            "chapters/words.md",
            "concepts = [\"cause\"]",
            "concepts = [\"cause\"]\n[builds_on]\ncause = [\"clock-skew\"]",
        ),
        (PAGE, "", &page("```concept-map\n```\n")),
    ]);
    let html = book.pages[0].text.0.as_deref().unwrap();
    for expected in [
        "<a href=\"chapter/clocks/#clock-skew\"><rect",
        "builds on <a class=\"term\" href=\"chapter/clocks/#clock-skew\">",
        // A concept of another chapter.
        "stroke-dasharray",
    ] {
        assert!(html.contains(expected), "{expected} is not in {html}");
    }
}

#[test]
fn a_design_names_concepts_that_there_are() {
    let design = "```designs\n[[design]]\nname = \"A shop\"\n\
                  needs = [\"clock-skew\", \"‸clock-skw\"]\nbecause = \"Of clocks.\"\n```\n";
    check(
        &[(PAGE, "", &page(design))],
        &[("unknown concept `clock-skw`", "did you mean `clock-skew`?")],
    );
}

#[test]
fn a_reading_list_counts_as_use_of_a_source() {
    let source = "[book2020]\nauthors = \"A. Author\"\ntitle = \"A Book\"\nyear = 2020\n\
                  where = \"A press\"\nurl = \"https://example.org/\"\nread_for = \"Its end.\"\n";
    let book = good(&[
        ("sources/reading.toml", "", source),
        (PAGE, "", &page("```sources\nkeys = [\"book2020\"]\n```\n")),
    ]);
    let html = book.pages[0].text.0.as_deref().unwrap();
    assert!(html.contains("<cite>A Book</cite>"), "{html}");
}

#[test]
fn what_pages_list_does_not_stand_in_chapters_and_labs_not_on_pages() {
    check(
        &[
            (
                "chapters/words.md",
                "See [the",
                "‸```formulas\n```\n\nSee [the",
            ),
            (PAGE, "", &page("‸```lab clock-skew\n```\n")),
        ],
        &[
            (
                "a block of kind `formulas` may not stand here",
                "put it into the own text of a page in content/pages/",
            ),
            (
                "a block of kind `lab` may not stand here",
                "put it into the chapter's own text, outside of lists and quotes",
            ),
        ],
    );
}

#[test]
fn a_page_cannot_take_the_name_of_one_of_the_program() {
    check(
        &[("pages/glossary.md", "", &format!("‸{}", page("Text.")))],
        &[(
            "a page cannot be called `glossary`",
            "the program has one of this name: choose another",
        )],
    );
}

#[test]
fn a_source_is_listed_once() {
    let again = "[‸lamport1978]\nauthors = \"A\"\ntitle = \"T\"\nyear = 2020\nwhere = \"W\"\n\
                 url = \"https://example.org/\"\nread_for = \"R\"\n";
    check(
        &[("sources/again.toml", "", again)],
        &[(
            "the source `lamport1978` is listed twice",
            "take it out; the first is at content/sources.toml:1",
        )],
    );
}
