//! A page beside the chapters: learning paths, concept map, formula sheet, reading list. The
//! book's build has written all of its text.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::chapter::Outline;
use super::head::title_of;
use super::library::{Library, Shelf, Shown, first};
use super::markup::Block;
use super::not_found::NotFoundPage;
use super::text;
use crate::book::Page;
use crate::kit::arrival::arrive;

/// `/<slug>/`
#[component]
pub fn SheetPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let parameters = use_params_map();
    let of_page = StoredValue::new(library.of_page(|shown| match shown {
        Shown::Page(page) => Some(Arc::new(page.clone())),
        _ => None,
    }));
    let shelf = Memo::new(move |_| {
        let slug = parameters.read().get("page").unwrap_or_default();
        first(of_page, |page: &Page| page.card.slug == slug).or_else(|| library.page(&slug))
    });
    arrive(move || match shelf.get() {
        Some(Shelf::Here(page)) => Some(title_of(&page.card.title)),
        _ => None,
    });
    move || match shelf.get() {
        Some(Shelf::Here(page)) => view! { <Sheet page /> }.into_any(),
        Some(Shelf::Coming) => {
            view! { <p class="page muted" role="status">"The page is on its way."</p> }.into_any()
        }
        Some(Shelf::Failed(why)) => view! { <p class="page" role="alert">{why}</p> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn Sheet(page: Arc<Page>) -> impl IntoView {
    let address = format!("{}/", page.card.slug);
    let outline = text::outline(&address, &page.outline, &[], "").into_string();
    let sources = match page.sources.as_slice() {
        [] => String::new(),
        sources => text::sources(sources, &address).into_string(),
    };
    view! {
        <div class="chapter">
            <Outline listed=outline />
            <article class="chapter-text sheet">
                <header class="chapter-head">
                    <h1 tabindex="-1">{page.card.title.clone()}</h1>
                    <p class="lead">{page.card.description.clone()}</p>
                </header>
                <Block markup=page.text.clone() class="prose" />
                <div inner_html=sources></div>
            </article>
        </div>
    }
}
