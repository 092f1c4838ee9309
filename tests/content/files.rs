//! What can be wrong with the files themselves.

use super::support::{OneLab, check, right_book};
use happens_before::book::{Problem, build};

/// Builds the test book with one file replaced by bytes and expects exactly these problems.
#[track_caller]
fn check_bytes(path: &str, bytes: Option<&[u8]>, expected: &[&str]) {
    let mut files = right_book();
    match bytes {
        Some(bytes) => files.0.insert(path.into(), bytes.to_vec()),
        None => files.0.remove(path),
    };
    let (_, problems) = build(&files, &OneLab);
    let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert!(told == expected, "{told:#?}");
}

#[test]
fn a_file_that_is_not_utf8_is_told_where_it_stops_to_be() {
    check_bytes(
        "figures/two-clocks.svg",
        Some(b"<svg viewBox=\"0 0 1 1\">\n<g/></svg>\xff"),
        &[
            "content/figures/two-clocks.svg:2:11: the file is not UTF-8 from here on\n    \
           mend it: save it as UTF-8",
        ],
    );
}

#[test]
fn an_empty_file_is_unfinished() {
    check(
        &[("chapters/more.md", "", "‸\n")],
        &[("the file is empty", "write it, or delete it")],
    );
}

#[test]
fn the_plan_of_the_book_must_be_there() {
    check_bytes(
        "book.toml",
        None,
        &["content/book.toml:1:1: the file is missing\n    \
           mend it: write it, with `title`, `subtitle` and a `[[part]]` for each part"],
    );
}

#[test]
fn a_problem_reads_as_a_line_that_an_editor_can_follow() {
    check_bytes(
        "chapters/more.md",
        Some(b"+++\nnumber = 3\n\nparts = 1\n"),
        &[
            "content/chapters/more.md:1:1: the front matter is not closed\n    \
           mend it: put a line `+++` after its last key",
        ],
    );
}

#[test]
fn two_parts_may_not_have_one_number() {
    check(
        &[("book.toml", "number = 2", "number = ‸1")],
        &[(
            "there are two parts with number 1",
            "give each part its own number",
        )],
    );
}

#[test]
fn a_file_is_named_in_kebab_case() {
    check(
        &[
            ("figures/Two_Hands.svg", "", "‸<svg viewBox=\"0 0 1 1\"/>"),
            (
                "chapters/words.md",
                "See [the",
                "![Two hands](figures/Two_Hands.svg \"Hands\")\n\nSee [the",
            ),
        ],
        &[(
            "`Two_Hands` is no name for a file",
            "use small letters and digits with single dashes: time-and-clocks",
        )],
    );
}

#[test]
fn a_file_that_belongs_nowhere_is_told() {
    check(
        &[
            ("chapters/notes.txt", "", "‸x"),
            ("chapters/a.b.md", "", "‸x"),
        ],
        &[
            (
                "the file belongs nowhere",
                "content has book.toml, syllabus.toml, sources.toml, chapters/*.md, \
                 questions/*.toml, formulas/*.toml, sources/*.toml, pages/*.md and figures/*.svg",
            ),
            (
                "the file belongs nowhere",
                "content has book.toml, syllabus.toml, sources.toml, chapters/*.md, \
                 questions/*.toml, formulas/*.toml, sources/*.toml, pages/*.md and figures/*.svg",
            ),
        ],
    );
}

#[test]
fn questions_belong_to_a_chapter() {
    check(
        &[("questions/clock.toml", "", "‸# none")],
        &[(
            "there is no chapter `clock` for these questions",
            "name the file like its chapter: chapters/x.md, questions/x.toml",
        )],
    );
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let mut files = right_book();
    let expected = build(&files, &OneLab);
    for file in files.0.values_mut() {
        let text = String::from_utf8(file.clone()).unwrap();
        *file = format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    }
    assert_eq!(build(&files, &OneLab), expected);
    assert_eq!(expected.1, []);
}
