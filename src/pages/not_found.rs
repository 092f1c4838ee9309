//! The page for an address that is none of the book's.

use leptos::prelude::*;

use super::library::Library;
use super::text;
use crate::kit::arrival::arrive;

/// Any other address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    arrive(|| Some(format!("Not found · {}", super::head::BOOK)));
    let listed = text::contents(&expect_context::<Library>().contents).into_string();
    view! {
        <div class="page not-found">
            <h1 tabindex="-1">"There is no such page"</h1>
            <p>
                "The address may be mistyped, or the chapter is not written yet. "
                "These are the pages that there are:"
            </p>
            <ul>
                <li><a href="./">"The start page"</a></li>
                <li><a href="glossary/">"The glossary"</a></li>
            </ul>
            <nav class="contents" aria-label="All chapters" inner_html=listed></nav>
        </div>
    }
}
