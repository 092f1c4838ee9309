//! One interview question on a page of its own, to be sent to somebody or asked aloud.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::chapter::chapter_link;
use super::head::title_of;
use super::library::{Library, Shelf, Shown, first};
use super::markup::Block;
use super::not_found::NotFoundPage;
use super::questions::word;
use super::text;
use crate::book::{Question, QuestionCard};
use crate::kit::arrival::arrive;

/// A question with what the list of all questions says of it.
type Asked = (QuestionCard, Question);

/// `/question/<id>/`
#[component]
pub fn QuestionPage() -> impl IntoView {
    let library = StoredValue::new(expect_context::<Library>());
    let parameters = use_params_map();
    let of_page = StoredValue::new(library.with_value(|library| {
        library.of_page(|shown| match shown {
            Shown::Question(card, question) => Some(Arc::new((card.clone(), question.clone()))),
            _ => None,
        })
    }));
    let shelf = Memo::new(move |_| {
        let id = parameters.read().get("id").unwrap_or_default();
        let here = first(of_page, |asked: &Asked| asked.0.id == id);
        let fetched = || library.with_value(|library| find(library, &id));
        here.or_else(fetched)
    });
    arrive(move || match shelf.get() {
        Some(Shelf::Here(asked)) => Some(title_of(&asked.0.title)),
        _ => None,
    });
    move || match shelf.get() {
        Some(Shelf::Here(asked)) => view! { <Alone asked /> }.into_any(),
        Some(Shelf::Coming) => {
            view! { <p class="page muted" role="status">"The question is on its way."</p> }
                .into_any()
        }
        Some(Shelf::Failed(why)) => view! { <p class="page" role="alert">{why}</p> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// Looks it up in the list, and then in its chapter.
fn find(library: &Library, id: &str) -> Option<Shelf<Asked>> {
    let bank = match library.bank() {
        Shelf::Here(bank) => bank,
        Shelf::Coming => return Some(Shelf::Coming),
        Shelf::Failed(why) => return Some(Shelf::Failed(why)),
    };
    let card = bank.questions.iter().find(|card| card.id == id)?;
    Some(match library.chapter(&card.chapter)? {
        Shelf::Coming => Shelf::Coming,
        Shelf::Failed(why) => Shelf::Failed(why),
        Shelf::Here(chapter) => {
            let question = chapter
                .questions
                .iter()
                .find(|question| question.id == id)?;
            Shelf::Here(Arc::new((card.clone(), question.clone())))
        }
    })
}

#[component]
fn Alone(asked: Arc<Asked>) -> impl IntoView {
    let (card, question) = (*asked).clone();
    let ask = question.ask.clone();
    view! {
        <article class="page question-alone">
            <h1 tabindex="-1">"Interview question"</h1>
            <p class="muted">
                {format!("{} · from the chapter ", word(card.level))} {chapter_link(&card.chapter)}
            </p>
            <Block markup=ask class="lead asked" />
            <details class="question-answer">
                <summary>"Answer aloud first, then unfold"</summary>
                <h2 class="visually-hidden">"Answer"</h2>
                <Block markup=text::answer(&question) />
            </details>
            <p><a href="questions/">"All questions"</a></p>
        </article>
    }
}
