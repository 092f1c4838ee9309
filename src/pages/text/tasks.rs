//! Quiz items, predictions and exercises.

use maud::{Markup as Html, html};

use super::finished;
use crate::book::{Exercise, Predict, PredictOption, Quiz, QuizOption};

/// Choosing an option shows why it is right or wrong. The style sheet does it, so it works without
/// the program; the program says it aloud.
pub fn quiz(quiz: &Quiz) -> Html {
    let name = format!("quiz-{}", quiz.id);
    html! {
        section.quiz id=(quiz.id) role="group" aria-label="Quiz" {
            p.block-title { "Check yourself" }
            fieldset {
                legend { (finished(&quiz.ask)) }
                @for option in &quiz.options { (quiz_option(option, &name)) }
            }
            p.visually-hidden role="status" {}
        }
    }
}

fn quiz_option(option: &QuizOption, name: &str) -> Html {
    let (class, word) = if option.right {
        ("option-right", "Right.")
    } else {
        ("option-wrong", "Not so.")
    };
    html! {
        div.option.(class) {
            label {
                input type="radio" name=(name);
                span { (finished(&option.text)) }
            }
            div.why {
                p.verdict { (word) }
                (finished(&option.why))
            }
        }
    }
}

/// The engine runs the lab when the reader has chosen, and the program says what came out.
pub fn predict(predict: &Predict) -> Html {
    let name = format!("predict-{}", predict.id);
    html! {
        section.predict id=(predict.id) role="group" aria-label="Prediction"
            data-lab=(predict.lab) data-opens=(predict.run) data-probe=(predict.probe) {
            p.block-title { "Predict, then let it run" }
            fieldset {
                legend { (finished(&predict.ask)) }
                @for option in &predict.options { (predict_option(option, &name)) }
            }
            p.verdict role="status" {}
            div.explain hidden {
                (finished(&predict.explain))
                @if !predict.address.is_empty() {
                    p { a.run-link href=(predict.address) { "Watch the run" } }
                }
            }
        }
    }
}

fn predict_option(option: &PredictOption, name: &str) -> Html {
    html! {
        div.option {
            label {
                input type="radio" name=(name) value=(option.value);
                span { (finished(&option.text)) }
            }
        }
    }
}

/// The solution is folded.
pub fn exercise(exercise: &Exercise) -> Html {
    html! {
        section.exercise id=(exercise.id) role="group" aria-label="Exercise" {
            p.block-title { "Exercise" }
            div.prose { (finished(&exercise.task)) }
            details {
                summary { "Solution" }
                div.prose { (finished(&exercise.solution)) }
            }
        }
    }
}
