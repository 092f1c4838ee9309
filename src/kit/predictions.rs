//! Predictions: the run stops before something is decided, asks, and the engine grades.

use leptos::prelude::*;

use super::deck::Deck;
use super::fold::Fold;
use crate::sim::{Prediction, link};

/// The lab's questions, folded; nothing for a lab that has none.
#[component]
pub fn Predictions(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let count = deck.lab.predictions.len();
    (count > 0).then(|| {
        view! {
            <Fold
                class="lab-fold lab-tasks lab-predictions needs-program"
                summary=move || format!("Predict, then let it run: {count}")
            >
                <Asking deck />
            </Fold>
        }
    })
}

/// The menu of questions, and the one that was asked for.
#[component]
fn Asking(deck: Deck) -> impl IntoView {
    let all = deck.lab.predictions;
    let chosen = RwSignal::new(0_usize);
    // Another asking of the same question begins anew, so it has a number of its own.
    let asking = RwSignal::new(None::<(usize, u32)>);
    let items = all
        .iter()
        .enumerate()
        .map(|(index, _)| {
            let is_chosen = move || chosen.get() == index;
            view! {
                <option value=index.to_string() selected=untrack(is_chosen) prop:selected=is_chosen>
                    {format!("Question {}", index + 1)}
                </option>
            }
        })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        if let Ok(index) = event_target_value(&event).parse() {
            chosen.set(index);
            asking.set(None);
        }
    };
    let ask = move |_| {
        let index = chosen.get_untracked();
        let Some(prediction) = all.get(index) else {
            return;
        };
        deck.open_link(prediction.run);
        deck.say("The run stands still. Answer the question, then let it play on.");
        asking.update(|asking| *asking = Some((index, asking.map_or(0, |(_, times)| times + 1))));
    };
    let question = move || {
        let (index, _) = asking.get()?;
        let prediction = all.get(index)?;
        Some(view! { <Question deck prediction /> })
    };
    view! {
        <div class="lab-tools">
            <select data-set="prediction" aria-label="Which question" on:change=choose>{items}</select>
            <button type="button" data-do="predict" on:click=ask>"Ask me"</button>
        </div>
        {question}
    }
}

/// What came out, for somebody who has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Grade {
    right: bool,
    sentence: String,
}

/// Lets the engine run what the question is about, and compares.
fn grade(deck: Deck, prediction: &Prediction, guess: i64) -> Grade {
    let run = link::decode(deck.lab, prediction.run).run;
    let answer = deck.lab.engine.probe(&run, prediction.probe);
    let words = |number: i64| {
        let known = prediction
            .answers
            .iter()
            .find(|(value, _)| *value == number);
        known.map_or_else(|| number.to_string(), |(_, words)| (*words).to_owned())
    };
    match answer {
        Some(number) if number == guess => Grade {
            right: true,
            sentence: "Right: the engine ran it, and so it came out.".to_owned(),
        },
        Some(number) => Grade {
            right: false,
            sentence: format!(
                "Not so. The engine ran it, and it came out: {}.",
                words(number)
            ),
        },
        None => Grade {
            right: false,
            sentence: "The engine could not run this one.".to_owned(),
        },
    }
}

#[component]
fn Question(deck: Deck, prediction: &'static Prediction) -> impl IntoView {
    let guess = RwSignal::new(None::<i64>);
    let graded = RwSignal::new(None::<Grade>);
    let name = deck.id(&format!("predict-{}", prediction.id));
    let answers = prediction
        .answers
        .iter()
        .map(|(value, words)| {
            let value = *value;
            view! {
                <label class="task-answer">
                    <input
                        type="radio"
                        name=name.clone()
                        value=value.to_string()
                        disabled=move || graded.with(Option::is_some)
                        on:change=move |_| guess.set(Some(value))
                    />
                    <span>{*words}</span>
                </label>
            }
        })
        .collect_view();
    let answer = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(guess) = guess.get_untracked() {
            graded.set(Some(grade(deck, prediction, guess)));
        }
    };
    let play_on = move |_| {
        if !deck.playing.get_untracked() {
            deck.toggle();
        }
    };
    let is_open = move || graded.with(Option::is_none);
    let state = move || match graded.get() {
        None => "asked",
        Some(grade) if grade.right => "met",
        Some(_) => "missing",
    };
    let sentence = move || graded.get().map(|grade| grade.sentence);
    let why = move || graded.with(Option::is_some).then_some(prediction.why);
    view! {
        <form class="task-question" on:submit=answer>
            <fieldset>
                <legend>{prediction.question}</legend>
                {answers}
            </fieldset>
            <button type="submit" data-do="answer" disabled=move || !is_open() || guess.get().is_none()>
                "Answer"
            </button>
            <div role="status">
                <p class="task-verdict" data-state=state>{sentence}</p>
                <p class="task-why">{why}</p>
            </div>
            <button type="button" data-do="play-on" hidden=is_open on:click=play_on>"Play on"</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::deck::Player;
    use crate::sim::clock_skew::{ClockSkew, LAB};

    #[test]
    fn the_engine_says_what_came_out() {
        let owner = Owner::new();
        owner.with(|| {
            let deck = Player::<ClockSkew>::open("").deck;
            let asked = LAB.predictions.first().unwrap();
            assert!(grade(deck, asked, 1).right);
            let missed = grade(deck, asked, 2);
            assert!(!missed.right);
            assert!(
                missed
                    .sentence
                    .ends_with("1, the value that n2 wrote first."),
                "{}",
                missed.sentence
            );
        });
    }
}
