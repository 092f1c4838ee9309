//! Every defined term of the book, in alphabetical order.

use std::sync::Arc;

use leptos::prelude::*;

use super::frame::chapter_address;
use super::library::{Library, Shelf, Shown};
use super::markup::Block;
use crate::book::GlossaryEntry;
use crate::kit::arrival::arrive;

/// `/glossary/`
#[component]
pub fn GlossaryPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let of_page = StoredValue::new(library.of_page(|shown| match shown {
        Shown::Glossary(entries) => Some(Arc::new(entries.clone())),
        _ => None,
    }));
    let glossary = Memo::new(move |_| match of_page.get_value() {
        Some(entries) => Shelf::Here(entries),
        None => library.glossary(),
    });
    arrive(move || {
        matches!(glossary.get(), Shelf::Here(_))
            .then(|| format!("Glossary · {}", super::head::BOOK))
    });
    view! {
        <div class="page glossary">
            <h1 tabindex="-1">"Glossary"</h1>
            {move || match glossary.get() {
                Shelf::Here(entries) => view! { <Entries entries=entries.to_vec() /> }.into_any(),
                Shelf::Coming => view! { <p class="muted">"The glossary is on its way."</p> }.into_any(),
                Shelf::Failed(why) => view! { <p role="alert">{why}</p> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Entries(entries: Vec<GlossaryEntry>) -> impl IntoView {
    view! {
        <dl>
            {entries
                .into_iter()
                .map(|entry| {
                    let address = format!("{}#{}", chapter_address(&entry.chapter), entry.id);
                    view! {
                        <div class="glossary-entry" id=entry.id.clone()>
                            <dt><a href=address>{entry.term.clone()}</a></dt>
                            <dd><Block markup=entry.text.clone() /></dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}
