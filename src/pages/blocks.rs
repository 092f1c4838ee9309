//! The active blocks of a chapter: labs, quiz items, predictions, exercises.

use leptos::prelude::*;

use super::markup::{Block, Inline};
use crate::book::{Exercise, LabBlock, Predict, PredictOption, Quiz, QuizOption, Segment};
use crate::labs;

/// Any piece of a chapter.
#[component]
pub fn SegmentView(
    /// The piece.
    segment: Segment,
) -> impl IntoView {
    match segment {
        Segment::Html(markup) => view! { <Block markup class="prose" /> }.into_any(),
        Segment::Lab(block) => view! { <LabView block /> }.into_any(),
        Segment::Quiz(quiz) => view! { <QuizView quiz /> }.into_any(),
        Segment::Predict(predict) => view! { <PredictView predict /> }.into_any(),
        Segment::Exercise(exercise) => view! { <ExerciseView exercise /> }.into_any(),
    }
}

#[component]
fn LabView(block: LabBlock) -> impl IntoView {
    let caption = view! { <Inline markup=block.caption /> }.into_any();
    labs::view(&block.lab, &block.run, caption)
}

/// Choosing an option shows why it is right or wrong. The style sheet does it, so it works
/// without the program; the program says it aloud.
#[component]
fn QuizView(quiz: Quiz) -> impl IntoView {
    let heard = RwSignal::new("");
    let name = format!("quiz-{}", quiz.id);
    let options = quiz
        .options
        .into_iter()
        .map(|option| view! { <QuizChoice option name=name.clone() heard /> })
        .collect_view();
    view! {
        <section class="quiz" id=quiz.id aria-label="Quiz">
            <p class="block-title">"Check yourself"</p>
            <fieldset>
                <legend><Block markup=quiz.ask /></legend>
                {options}
            </fieldset>
            <p class="visually-hidden" role="status">{move || heard.get()}</p>
        </section>
    }
}

#[component]
fn QuizChoice(option: QuizOption, name: String, heard: RwSignal<&'static str>) -> impl IntoView {
    let (class, word) = if option.right {
        ("option option-right", "Right.")
    } else {
        ("option option-wrong", "Not so.")
    };
    view! {
        <div class=class>
            <label>
                <input type="radio" name=name on:change=move |_| heard.set(word) />
                <Inline markup=option.text />
            </label>
            <div class="why">
                <p class="verdict">{word}</p>
                <Block markup=option.why />
            </div>
        </div>
    }
}

/// The engine runs the lab when the reader has chosen, and says what came out.
#[component]
fn PredictView(predict: Predict) -> impl IntoView {
    let chosen = RwSignal::new(None::<i64>);
    let engine = {
        let (lab, run, probe) = (
            predict.lab.clone(),
            predict.run.clone(),
            predict.probe.clone(),
        );
        Memo::new(move |_| chosen.get().and_then(|_| labs::probe(&lab, &run, &probe)))
    };
    let name = format!("predict-{}", predict.id);
    let options = predict
        .options
        .into_iter()
        .map(|option| view! { <PredictChoice option name=name.clone() chosen engine /> })
        .collect_view();
    let verdict = move || match (chosen.get(), engine.get()) {
        (Some(guess), Some(value)) if guess == value => {
            "Right: the engine ran it, and so it came out."
        }
        (Some(_), Some(_)) => "Not so: the engine ran it, and it came out otherwise.",
        (Some(_), None) => "The engine could not run this one.",
        _ => "",
    };
    view! {
        <section class="predict" id=predict.id aria-label="Prediction">
            <p class="block-title">"Predict, then let it run"</p>
            <fieldset>
                <legend><Block markup=predict.ask /></legend>
                {options}
            </fieldset>
            <p class="verdict" role="status">{verdict}</p>
            <div class="explain" hidden=move || chosen.get().is_none()>
                <Block markup=predict.explain />
                {(!predict.address.is_empty()).then(|| view! {
                    <p><a class="run-link" href=predict.address>"Watch the run"</a></p>
                })}
            </div>
        </section>
    }
}

#[component]
fn PredictChoice(
    option: PredictOption,
    name: String,
    chosen: RwSignal<Option<i64>>,
    engine: Memo<Option<i64>>,
) -> impl IntoView {
    let value = option.value;
    let is_answer = move || engine.get() == Some(value);
    let is_miss =
        move || chosen.get() == Some(value) && engine.get().is_some_and(|answer| answer != value);
    view! {
        <div class="option" class:option-answer=is_answer class:option-miss=is_miss>
            <label>
                <input type="radio" name=name on:change=move |_| chosen.set(Some(value)) />
                <Inline markup=option.text />
            </label>
        </div>
    }
}

#[component]
fn ExerciseView(exercise: Exercise) -> impl IntoView {
    view! {
        <section class="exercise" id=exercise.id aria-label="Exercise">
            <p class="block-title">"Exercise"</p>
            <Block markup=exercise.task class="prose" />
            <details>
                <summary>"Solution"</summary>
                <Block markup=exercise.solution class="prose" />
            </details>
        </section>
    }
}
