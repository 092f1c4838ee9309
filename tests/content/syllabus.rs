//! What the book is to teach, and whether its chapters do.

use super::support::{check, good};

const SYLLABUS: &str = "syllabus.toml";

#[test]
fn a_chapter_treats_what_the_syllabus_gives_it() {
    let syllabus = "[clocks]\nconcepts = [\"clock-skew\", \"‸clock-drift\"]\n";
    check(
        &[(SYLLABUS, "", syllabus)],
        &[(
            "the chapter `clocks` does not treat the concept `clock-drift`",
            "add it to `concepts` in content/chapters/clocks.md",
        )],
    );
}

#[test]
fn a_chapter_may_lack_what_is_coming_and_what_is_not_written_may_lack_all() {
    let syllabus = "[clocks]\nconcepts = [\"clock-skew\"]\ncoming = [\"clock-drift\"]\n\
                    [consensus]\nconcepts = [\"paxos\"]\n";
    good(&[(SYLLABUS, "", syllabus)]);
}

#[test]
fn a_concept_stands_in_the_syllabus_once() {
    let syllabus = "[clocks]\nconcepts = [\"clock-skew\"]\n\
                    [other]\nconcepts = [\"‸clock-skew\"]\n";
    check(
        &[(SYLLABUS, "", syllabus)],
        &[(
            "the concept `clock-skew` stands twice in the syllabus",
            "leave it to the chapter `clocks` or name it otherwise",
        )],
    );
}
