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

#[component]
fn QuestionView(question: Question) -> impl IntoView {
    let follow_ups = question
        .follow_ups
        .into_iter()
        .map(|markup| view! { <li><Inline markup /></li> })
        .collect_view();
    let proof = question.proof.map(
        |address| view! { <p><a class="run-link" href=address>"See the run that shows it"</a></p> },
    );
    view! {
        <details class="question" id=question.id>
            <summary>
                <span class="level">{word(question.level)}</span>
                <Block markup=question.ask />
            </summary>
            <h3>"In short"</h3>
            <Block markup=question.short />
            <h3>"In full"</h3>
            <Block markup=question.full />
            <h3>"Often said, and wrong"</h3>
            <Block markup=question.mistakes />
            <h3>"They may go on to ask"</h3>
            <ul>{follow_ups}</ul>
            {proof}
        </details>
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Foundation => "foundation",
        Level::Senior => "senior",
        Level::Staff => "staff",
    }
}
