//! The interview questions of a chapter, answers folded.

use leptos::prelude::*;

use super::frame::chapter_address;
use super::markup::{Block, Inline};
use crate::book::{Level, Question};

/// All of a chapter's questions.
#[component]
pub fn Questions(
    /// The questions.
    questions: Vec<Question>,
    /// The chapter's name in addresses.
    slug: String,
) -> impl IntoView {
    let address = format!("{}#questions", chapter_address(&slug));
    (!questions.is_empty()).then(|| {
        view! {
            <section class="questions">
                <h2 id="questions"><a class="anchor" href=address>"Interview questions"</a></h2>
                <p class="muted">"Answer aloud first, then unfold."</p>
                {questions
                    .into_iter()
                    .map(|question| view! { <QuestionView question /> })
                    .collect_view()}
            </section>
        }
    })
}

/// A question with its answer folded.
#[component]
fn QuestionView(question: Question) -> impl IntoView {
    let own_page = question_address(&question.id);
    let (id, level, ask) = (question.id.clone(), question.level, question.ask.clone());
    view! {
        <details class="question" id=id>
            <summary>
                <span class="level">{word(level)}</span>
                <Block markup=ask />
            </summary>
            <Answer question />
            <p><a class="muted" href=own_page>"This question alone"</a></p>
        </details>
    }
}

/// The address of a question's own page, relative to the site's root.
#[must_use]
pub fn question_address(id: &str) -> String {
    format!("question/{id}/")
}

/// All that is said in answer to a question.
#[component]
pub fn Answer(
    /// The question.
    question: Question,
) -> impl IntoView {
    let follow_ups = question
        .follow_ups
        .into_iter()
        .map(|markup| view! { <li><Inline markup /></li> })
        .collect_view();
    let proof = question.proof.map(
        |address| view! { <p><a class="run-link" href=address>"See the run that shows it"</a></p> },
    );
    view! {
        <div class="answer">
            <h3>"In short"</h3>
            <Block markup=question.short />
            <h3>"In full"</h3>
            <Block markup=question.full />
            <h3>"Often said, and wrong"</h3>
            <Block markup=question.mistakes />
            <h3>"They may go on to ask"</h3>
            <ul>{follow_ups}</ul>
            {proof}
        </div>
    }
}

/// A level in a word.
#[must_use]
pub fn word(level: Level) -> &'static str {
    match level {
        Level::Foundation => "foundation",
        Level::Senior => "senior",
        Level::Staff => "staff",
    }
}
