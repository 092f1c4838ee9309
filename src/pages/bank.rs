//! The question bank: the questions of all chapters, to be chosen by level, chapter and concept.

use std::sync::Arc;

use leptos::prelude::*;

use super::chapter::chapter_link;
use super::head::title_of;
use super::library::{Library, Shelf, Shown};
use super::markup::Block;
use super::questions::{question_address, word};
use super::text;
use crate::book::{Bank, Level, QuestionCard};
use crate::kit::arrival::arrive;
use crate::kit::browser::is_open;

/// The bank's title.
pub const TITLE: &str = "Question bank";
/// Its address, relative to the site's root.
pub const ADDRESS: &str = "questions/";

const LEVELS: [Level; 3] = [Level::Foundation, Level::Senior, Level::Staff];

/// What the reader wants to see; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Choice {
    level: String,
    chapter: String,
    concept: String,
}

impl Choice {
    fn takes(&self, card: &QuestionCard) -> bool {
        let fits = |wanted: &str, is: &str| wanted.is_empty() || wanted == is;
        fits(&self.level, word(card.level))
            && fits(&self.chapter, &card.chapter)
            && (self.concept.is_empty() || card.concepts.contains(&self.concept))
    }
}

/// `/questions/`
#[component]
pub fn BankPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let of_page = StoredValue::new(library.of_page(|shown| match shown {
        Shown::Questions(bank) => Some(Arc::new(bank.clone())),
        _ => None,
    }));
    let shelf = Memo::new(move |_| match of_page.get_value() {
        Some(bank) => Shelf::Here(bank),
        None => library.bank(),
    });
    arrive(move || matches!(shelf.get(), Shelf::Here(_)).then(|| title_of(TITLE)));
    view! {
        <div class="page bank">
            <h1 tabindex="-1">{TITLE}</h1>
            {move || match shelf.get() {
                Shelf::Here(bank) => view! { <All bank /> }.into_any(),
                Shelf::Coming => view! { <p class="muted">"The questions are on their way."</p> }.into_any(),
                Shelf::Failed(why) => view! { <p role="alert">{why}</p> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn All(bank: Arc<Bank>) -> impl IntoView {
    let choice = RwSignal::new(Choice::default());
    let all = bank.questions.len();
    let shown = {
        let bank = bank.clone();
        Memo::new(move |_| {
            let fits = |choice: &Choice| bank.questions.iter().filter(|c| choice.takes(c)).count();
            choice.with(fits)
        })
    };
    let list = bank
        .questions
        .iter()
        .cloned()
        .map(|card| view! { <Entry card choice /> })
        .collect_view();
    view! {
        <p class="lead">
            "Answer aloud, then unfold. Foundation is to know it, senior to use and defend it, "
            "staff to decide it for others, with what it costs."
        </p>
        <Filters bank choice />
        <p role="status" class="muted">
            {move || match shown.get() {
                0 => "No question is about all of this: choose less.".to_owned(),
                shown => format!("{shown} of {all} questions"),
            }}
        </p>
        <h2 class="visually-hidden">"The questions"</h2>
        <div class="questions">{list}</div>
    }
}

/// The three menus.
#[component]
fn Filters(bank: Arc<Bank>, choice: RwSignal<Choice>) -> impl IntoView {
    let levels = LEVELS.map(|level| (word(level).to_owned(), word(level).to_owned()));
    let contents = expect_context::<Library>().contents;
    let chapters: Vec<_> = contents
        .chapters
        .iter()
        .map(|card| (card.slug.clone(), format!("{} {}", card.number, card.title)))
        .collect();
    // Only what the questions of the chosen chapter are about.
    let concepts = Memo::new(move |_| {
        let chapter = choice.with(|choice| choice.chapter.clone());
        let is_asked = |id: &String| {
            let mut cards = bank.questions.iter();
            cards.any(|card| {
                (chapter.is_empty() || card.chapter == chapter) && card.concepts.contains(id)
            })
        };
        let terms = bank.terms.iter().filter(|(id, _)| is_asked(id));
        terms.cloned().collect::<Vec<_>>()
    });
    let set = move |change: fn(&mut Choice, String)| {
        move |value: String| choice.update(|choice| change(choice, value))
    };
    view! {
        <form class="filters needs-program" on:submit=|event| event.prevent_default()>
            <Menu
                label="Level"
                options=Signal::derive(move || levels.to_vec())
                chosen=Signal::derive(move || choice.with(|choice| choice.level.clone()))
                set=Callback::new(set(|choice, value| choice.level = value))
            />
            <Menu
                label="Chapter"
                options=Signal::derive(move || chapters.clone())
                chosen=Signal::derive(move || choice.with(|choice| choice.chapter.clone()))
                set=Callback::new(set(|choice, value| {
                    choice.chapter = value;
                    choice.concept.clear();
                }))
            />
            <Menu
                label="Concept"
                options=concepts.into()
                chosen=Signal::derive(move || choice.with(|choice| choice.concept.clone()))
                set=Callback::new(set(|choice, value| choice.concept = value))
            />
        </form>
    }
}

#[component]
fn Menu(
    label: &'static str,
    options: Signal<Vec<(String, String)>>,
    chosen: Signal<String>,
    set: Callback<String>,
) -> impl IntoView {
    let option = move |(value, text): (String, String)| {
        let here = value.clone();
        view! { <option value=value selected=move || chosen.get() == here>{text}</option> }
    };
    view! {
        <label>
            <span>{label}</span>
            <select on:change=move |event| set.run(event_target_value(&event))>
                <option value="">"all"</option>
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

/// A question; its answer is fetched with its chapter when it is unfolded.
#[component]
fn Entry(card: QuestionCard, choice: RwSignal<Choice>) -> impl IntoView {
    let opened = RwSignal::new(false);
    let (id, chapter, level) = (card.id.clone(), card.chapter.clone(), card.level);
    let ask = card.ask.clone();
    let hidden = move || !choice.with(|choice| choice.takes(&card));
    let answer = {
        let (id, chapter) = (id.clone(), chapter.clone());
        move || opened.get().then(|| answer(&chapter, &id))
    };
    view! {
        <details
            class="question"
            id=id.clone()
            hidden=hidden
            on:toggle=move |event| opened.set(is_open(&event))
        >
            <summary>
                <span class="level">{word(level)}</span>
                <Block markup=ask />
            </summary>
            {answer}
            <p class="muted">
                <a href=question_address(&id)>"This question alone"</a>
                ", from the chapter "
                {chapter_link(&chapter)}
            </p>
        </details>
    }
}

fn answer(chapter: &str, id: &str) -> AnyView {
    let library = expect_context::<Library>();
    match library.chapter(chapter) {
        Some(Shelf::Here(chapter)) => {
            let question = chapter.questions.iter().find(|question| question.id == id);
            question
                .map(|question| view! { <Block markup=text::answer(question) /> })
                .into_any()
        }
        Some(Shelf::Failed(why)) => view! { <p role="alert">{why}</p> }.into_any(),
        _ => view! { <p class="muted" role="status">"The answer is on its way."</p> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> QuestionCard {
        QuestionCard {
            id: "gone-comment".to_owned(),
            title: String::new(),
            chapter: "replication".to_owned(),
            level: Level::Senior,
            concepts: vec!["quorum".to_owned(), "read-repair".to_owned()],
            ask: crate::book::Markup::default(),
        }
    }

    fn check(level: &str, chapter: &str, concept: &str, taken: bool) {
        let choice = Choice {
            level: level.to_owned(),
            chapter: chapter.to_owned(),
            concept: concept.to_owned(),
        };
        assert_eq!(choice.takes(&card()), taken, "{choice:?}");
    }

    #[test]
    fn no_choice_takes_every_question() {
        check("", "", "", true);
    }

    #[test]
    fn a_question_has_to_fit_all_that_is_chosen() {
        check("senior", "replication", "read-repair", true);
        check("staff", "replication", "read-repair", false);
        check("senior", "caching", "", false);
        check("", "", "pbs", false);
    }
}
