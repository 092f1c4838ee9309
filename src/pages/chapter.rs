//! A chapter: its head, its outline, its text with the active blocks, what follows it.

use std::sync::Arc;

use leptos::html::{Div, Nav};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::frame::chapter_address;
use super::head;
use super::library::{Library, Shelf, Shown, first};
use super::marks::ChapterMark;
use super::markup::Block;
use super::not_found::NotFoundPage;
use super::print::PrintPiece;
use super::tasks::Tasks;
use super::text;
use super::whereabouts::{Return, follow};
use crate::book::{Chapter, ChapterCard, Need};
use crate::kit::arrival::arrive;
use crate::kit::{browser, near};

/// What comes after a chapter's text: anchors and words.
const TAIL: [(&str, &str); 2] = [("questions", "Interview questions"), ("sources", "Sources")];

/// `/chapter/<slug>/`
#[component]
pub fn ChapterPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let parameters = use_params_map();
    let slug = Memo::new(move |_| parameters.read().get("slug").unwrap_or_default());
    let of_page = StoredValue::new(library.of_page(|shown| match shown {
        Shown::Chapter(chapter) => Some(Arc::new(chapter.clone())),
        _ => None,
    }));
    let shelf = {
        let library = library.clone();
        Memo::new(move |_| {
            let slug = slug.get();
            first(of_page, |chapter: &Chapter| chapter.card.slug == slug)
                .or_else(|| library.chapter(&slug))
        })
    };
    arrive(move || match shelf.get() {
        Some(Shelf::Here(chapter)) => Some(head::title_of(&chapter.card.title)),
        _ => None,
    });
    move || match shelf.get() {
        Some(Shelf::Here(chapter)) => view! { <ChapterView chapter /> }.into_any(),
        Some(Shelf::Coming) => {
            view! { <Waiting card=library.card(&slug.get()).cloned() /> }.into_any()
        }
        Some(Shelf::Failed(why)) => view! { <Failed slug=slug.get() why /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// While the chapter's data is fetched.
#[component]
fn Waiting(card: Option<ChapterCard>) -> impl IntoView {
    let card = card.unwrap_or_default();
    view! {
        <div class="chapter">
            <div class="chapter-text">
                <ChapterHead card />
                <p class="muted" role="status">"The chapter is on its way."</p>
            </div>
        </div>
    }
}

/// When it did not come.
#[component]
fn Failed(slug: String, why: String) -> impl IntoView {
    let library = expect_context::<Library>();
    let address = chapter_address(&slug);
    view! {
        <div class="page">
            <h1 tabindex="-1">"The chapter did not come"</h1>
            <p role="alert">{why}</p>
            <p>
                <button type="button" on:click=move |_| library.ask_again(&slug)>"Try again"</button>
                " or "
                <a href=address rel="external">"load the page"</a>
                "."
            </p>
        </div>
    }
}

#[component]
fn ChapterView(chapter: Arc<Chapter>) -> impl IntoView {
    let slug = chapter.card.slug.clone();
    let page = chapter_address(&slug);
    let outline = text::outline(&page, &chapter.outline, &TAIL, &slug).into_string();
    follow(&slug);
    let body = NodeRef::<Div>::new();
    let tasks = Tasks::of(body);
    view! {
        <div class="chapter">
            <Outline listed=outline />
            <article class="chapter-text">
                <ChapterHead card=chapter.card.clone() />
                <Return chapter=slug.clone() />
                <Needs needs=chapter.needs.clone() />
                <div
                    class="chapter-body"
                    node_ref=body
                    inner_html=text::chapter(&chapter)
                    on:change=move |event| tasks.choose(&event)
                    on:focusin=move |event| tasks.focus(&event)
                    on:click=move |event| tasks.click(&event)
                ></div>
                <ChapterMark chapter=slug.clone() />
                <Block markup=chapter.notes.clone() class="notes" />
                <PrintPiece title=format!("{}. {}", chapter.card.number, chapter.card.title) />
                <Neighbours slug />
            </article>
        </div>
    }
}

#[component]
fn ChapterHead(card: ChapterCard) -> impl IntoView {
    let times = format!(
        "{} min to read · {} min to practise",
        card.reading_minutes, card.practice_minutes
    );
    view! {
        <header class="chapter-head">
            <p class="book-name">{head::BOOK}</p>
            <p class="chapter-number">{format!("Chapter {}", card.number)}</p>
            <h1 tabindex="-1">{card.title.clone()}</h1>
            <p class="lead">{card.question.clone()}</p>
            <p class="muted">{times}</p>
        </header>
    }
}

/// What one should have read before; only chapters that are written.
#[component]
fn Needs(needs: Vec<Need>) -> impl IntoView {
    let links: Vec<_> = needs
        .into_iter()
        .filter_map(|need| need.title.map(|title| (need.slug, title)))
        .map(|(slug, title)| view! { <li><a href=chapter_address(&slug)>{title}</a></li> })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <nav class="needs" aria-label="Read first">
                <p>"Read first:"</p>
                <ul>{links}</ul>
            </nav>
        }
    })
}

/// Beside the text on a wide window, folded above it on a narrow one.
#[component]
pub fn Outline(
    /// The page's headings as `text::outline` lists them.
    listed: String,
) -> impl IntoView {
    view! {
        <nav class="outline" aria-label="On this page">
            <details open>
                <summary>"On this page"</summary>
                <ol inner_html=listed></ol>
            </details>
        </nav>
    }
}

/// A link to a chapter by its name; nothing if the book has none of this name.
pub fn chapter_link(slug: &str) -> impl IntoView + use<> {
    let card = expect_context::<Library>().card(slug).cloned();
    card.map(|card| view! { <a href=chapter_address(&card.slug)>{card.title}</a> })
}

/// Previous and next.
#[component]
fn Neighbours(slug: String) -> impl IntoView {
    let library = expect_context::<Library>();
    let (before, after) = library.neighbours(&slug);
    let place = NodeRef::<Nav>::new();
    expect_next(place, library, after.as_ref().map(|card| card.slug.clone()));
    let link = |card: ChapterCard, class: &'static str, word: &'static str| {
        view! {
            <p class=class>
                <span class="muted">{word}</span>
                <a href=chapter_address(&card.slug)>{card.title}</a>
            </p>
        }
    };
    view! {
        <nav class="neighbours" node_ref=place aria-label="Chapters before and after">
            {before.map(|card| link(card, "before", "Before"))}
            {after.map(|card| link(card, "after", "Next"))}
            <p class="up"><a href="./">"All chapters"</a></p>
        </nav>
    }
}

/// Fetches the next chapter when the reader comes to the end of this one.
fn expect_next(place: NodeRef<Nav>, library: Library, next: Option<String>) {
    let is_near = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(place) = place.get().filter(|_| !browser::saves_data()) {
            near::watch(&place, "0px", is_near);
        }
    });
    Effect::new(move |_| {
        if let Some(next) = next.as_ref().filter(|_| is_near.get()) {
            library.expect_chapter(next);
        }
    });
}
