//! The text of a chapter as finished HTML: prose, tasks, questions, sources. The host writes it into the
//! page, and the program puts it where a chapter is swapped in. It is no view, since a chapter has a
//! hundred pieces of which few do anything: to rebuild all of them over a page that is there already
//! took longer than to show it. What does something is found in the finished page (`pages::tasks`).

mod lists;
mod questions;
mod sources;
mod tasks;

use maud::{Markup as Html, PreEscaped, html};

pub use lists::{around, contents, outline};
pub use questions::answer;
pub use sources::sources;

use super::frame::chapter_address;
use crate::book::{Chapter, LabBlock, Markup, Segment};

/// Everything between a chapter's head and the reader's mark at its end.
#[must_use]
pub fn chapter(chapter: &Chapter) -> String {
    let page = chapter_address(&chapter.card.slug);
    html! {
        @for segment in &chapter.segments { (piece(segment)) }
        aside.callout.callout-insight {
            p.callout-title { "The one thing to keep" }
            p { (finished(&chapter.insight)) }
        }
        (questions::section(&chapter.questions, &page))
        (sources(&chapter.sources, &page))
    }
    .into_string()
}

fn piece(segment: &Segment) -> Html {
    match segment {
        Segment::Html(markup) => prose(markup),
        Segment::Lab(block) => lab(block),
        Segment::Quiz(quiz) => tasks::quiz(quiz),
        Segment::Predict(predict) => tasks::predict(predict),
        Segment::Exercise(exercise) => tasks::exercise(exercise),
    }
}

/// A section. Its words tell the style sheet about how high it will be (`kit::slices`).
fn prose(markup: &Markup) -> Html {
    let words = words(markup.0.as_deref().unwrap_or_default());
    html! { div.prose style={ "--words:" (words) } { (finished(markup)) } }
}

/// The place of a lab: the host has drawn it, the labs' program takes it over.
fn lab(block: &LabBlock) -> Html {
    html! {
        div.lab-frame {
            div.lab-place data-lab=(block.lab) data-opens=(block.run) { (finished(&block.picture)) }
            p.lab-wait role="status" {}
        }
    }
}

/// HTML that the book's own build has made; nothing that comes from a link, a file or storage is.
fn finished(markup: &Markup) -> PreEscaped<&str> {
    PreEscaped(markup.0.as_deref().unwrap_or_default())
}

/// How many words there are outside of tags, about.
fn words(html: &str) -> usize {
    let outside = html.split('<').filter_map(|part| part.split('>').nth(1));
    outside.map(|text| text.split_whitespace().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Level, Question, Quiz, QuizOption, Source};

    fn markup(html: &str) -> Markup {
        Markup(Some(html.to_owned()))
    }

    fn quiz() -> Quiz {
        let option = |text: &str, right| QuizOption {
            text: markup(text),
            right,
            why: markup("<p>Because.</p>"),
        };
        Quiz {
            id: "who".into(),
            ask: markup("<p>Who?</p>"),
            options: vec![option("<em>A</em>", false), option("B", true)],
        }
    }

    #[test]
    fn the_books_own_html_stays_and_other_text_is_escaped() {
        let source = Source {
            number: 1,
            key: "k".into(),
            authors: "A & B".into(),
            title: "<script>".into(),
            year: 1978,
            place: "C".into(),
            url: "https://a.org/?x=\"y".into(),
            read_for: "all".into(),
        };
        let chapter = Chapter {
            segments: vec![
                Segment::Html(markup("<p>One <b>two</b></p>")),
                Segment::Quiz(quiz()),
            ],
            sources: vec![source],
            ..Chapter::default()
        };
        let html = super::chapter(&chapter);
        assert!(html.contains("<p>One <b>two</b></p>"), "{html}");
        assert!(html.contains("<span><em>A</em></span>"), "{html}");
        assert!(
            html.contains("A &amp; B") && html.contains("&lt;script&gt;"),
            "{html}"
        );
        assert!(html.contains("?x=&quot;y"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn a_chapter_without_questions_has_no_heading_for_them() {
        assert!(!chapter(&Chapter::default()).contains("questions"));
    }

    #[test]
    fn words_are_those_that_one_reads() {
        assert_eq!(words("<p class=\"a b\">One <em>two</em> three.</p>"), 3);
        assert_eq!(words(""), 0);
    }

    #[test]
    fn an_answer_shows_the_run_only_if_there_is_one() {
        let mut question = Question {
            id: "q".into(),
            level: Level::Senior,
            concepts: Vec::new(),
            ask: markup("<p>Ask</p>"),
            short: markup("<p>Short</p>"),
            full: markup("<p>Full</p>"),
            mistakes: markup("<p>Wrong</p>"),
            follow_ups: vec![markup("More?")],
            proof: None,
        };
        let without = answer(&question).0.unwrap();
        assert!(!without.contains("run-link") && without.contains("<li>More?</li>"));
        question.proof = Some("chapter/a/#run=b".into());
        assert!(
            answer(&question)
                .0
                .unwrap()
                .contains("href=\"chapter/a/#run=b\"")
        );
    }
}
