//! The interview questions of a chapter, answers folded.

use maud::{Markup as Html, html};

use super::finished;
use crate::book::{Markup, Question};
use crate::pages::questions::{question_address, word};

/// All of a chapter's questions; nothing if it has none. `page` is the chapter's address.
pub fn section(questions: &[Question], page: &str) -> Html {
    html! {
        @if !questions.is_empty() {
            section.questions {
                h2 id="questions" { a.anchor href={ (page) "#questions" } { "Interview questions" } }
                p.muted { "Answer aloud first, then unfold." }
                @for question in questions { (folded(question)) }
            }
        }
    }
}

fn folded(question: &Question) -> Html {
    html! {
        details.question id=(question.id) {
            summary {
                span.level { (word(question.level)) }
                div { (finished(&question.ask)) }
            }
            (whole_answer(question))
            p { a.muted href=(question_address(&question.id)) { "This question alone" } }
        }
    }
}

/// All that is said in answer to a question (block).
#[must_use]
pub fn answer(question: &Question) -> Markup {
    Markup(Some(whole_answer(question).into_string()))
}

fn whole_answer(question: &Question) -> Html {
    html! {
        div.answer {
            h3 { "In short" }
            (finished(&question.short))
            h3 { "In full" }
            (finished(&question.full))
            h3 { "Often said, and wrong" }
            (finished(&question.mistakes))
            h3 { "They may go on to ask" }
            ul { @for markup in &question.follow_ups { li { (finished(markup)) } } }
            @if let Some(address) = &question.proof {
                p { a.run-link href=(address) { "See the run that shows it" } }
            }
        }
    }
}
