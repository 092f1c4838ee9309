//! The active blocks of a chapter: labs, quiz items, predictions, exercises.

use leptos::html::{Div, Section};
use leptos::prelude::*;

use super::markup::{Block, Inline, html};
use crate::book::{Exercise, LabBlock, Predict, PredictOption, Quiz, QuizOption, Segment};
use crate::kit::lab_places::{Answer, LabsProgram, Nearness, Program, ask_engine};

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

/// The place of a lab: the host has drawn it, the labs' program takes it over.
#[component]
fn LabView(block: LabBlock) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let nearness = Nearness::of(place, &block.lab);
    let program = expect_context::<LabsProgram>();
    let state = move || match program.get() {
        Program::NotAsked | Program::Here => None,
        Program::Coming => Some(view! { "The lab is on its way." }.into_any()),
        Program::Failed => Some(
            view! {
                "The lab did not come: is the network there? "
                <button type="button" on:click=move |_| program.ask()>"Try again"</button>
            }
            .into_any(),
        ),
    };
    view! {
        <div
            class="lab-frame"
            on:pointerenter=move |_| nearness.touch()
            on:focusin=move |_| nearness.touch()
        >
            <div
                class="lab-place"
                node_ref=place
                data-lab=block.lab
                data-opens=block.run
                inner_html=html(block.picture)
            ></div>
            <p class="lab-wait" role="status">{state}</p>
        </div>
    }
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
        <section class="quiz" id=quiz.id role="group" aria-label="Quiz">
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
    let engine = RwSignal::new(None::<Answer>);
    let section = NodeRef::<Section>::new();
    let program = expect_context::<LabsProgram>();
    Effect::new(move |_| {
        if chosen.get().is_none() || engine.with_untracked(Option::is_some) {
            return;
        }
        if let (Program::Here, Some(section)) = (program.get(), section.get_untracked()) {
            engine.set(Some(ask_engine(&section)));
        } else {
            untrack(|| program.ask());
        }
    });
    let name = format!("predict-{}", predict.id);
    let options = predict
        .options
        .into_iter()
        .map(|option| view! { <PredictChoice option name=name.clone() chosen engine /> })
        .collect_view();
    let verdict = move || match (chosen.get(), engine.get(), program.get()) {
        (None, ..) => "",
        (Some(guess), Some(Answer::Number(value)), _) if guess == value => {
            "Right: the engine ran it, and so it came out."
        }
        (Some(_), Some(Answer::Number(_)), _) => {
            "Not so: the engine ran it, and it came out otherwise."
        }
        (Some(_), Some(Answer::None), _) => "The engine could not run this one.",
        (Some(_), None, Program::Failed) => {
            "The engine did not come: is the network there? Choose again to try again."
        }
        (Some(_), None, _) => "The engine is on its way.",
    };
    view! {
        <section
            class="predict"
            id=predict.id
            role="group"
            aria-label="Prediction"
            node_ref=section
            data-lab=predict.lab
            data-opens=predict.run
            data-probe=predict.probe
        >
            <p class="block-title">"Predict, then let it run"</p>
            <fieldset>
                <legend><Block markup=predict.ask /></legend>
                {options}
            </fieldset>
            <p class="verdict" role="status">{verdict}</p>
            <div class="explain" hidden=move || engine.with(Option::is_none)>
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
    engine: RwSignal<Option<Answer>>,
) -> impl IntoView {
    let value = option.value;
    let is_answer = move || engine.get() == Some(Answer::Number(value));
    let is_miss = move || {
        chosen.get() == Some(value)
            && matches!(engine.get(), Some(Answer::Number(answer)) if answer != value)
    };
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
        <section class="exercise" id=exercise.id role="group" aria-label="Exercise">
            <p class="block-title">"Exercise"</p>
            <Block markup=exercise.task class="prose" />
            <details>
                <summary>"Solution"</summary>
                <Block markup=exercise.solution class="prose" />
            </details>
        </section>
    }
}
