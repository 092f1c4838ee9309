//! The page for an address that is none of the book's.

use leptos::prelude::*;

use super::library::Library;
use super::{text, your_data};
use crate::kit::arrival::arrive;

/// Any other address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    arrive(|| Some(format!("Not found · {}", super::head::BOOK)));
    let contents = &expect_context::<Library>().contents;
    let listed = text::contents(contents).into_string() + &text::around(contents).into_string();
    view! {
        <div class="page not-found">
            <h1 tabindex="-1">"There is no such page"</h1>
            <p>
                "The address may be mistyped, or the chapter is not written yet. "
                "These are the pages that there are:"
            </p>
            <ul>
                <li><a href="./">"The start page"</a></li>
                <li><a href=your_data::ADDRESS>{your_data::TITLE}</a></li>
                <li><a href="about/">"About this book"</a></li>
            </ul>
            <nav class="contents" aria-label="All pages" inner_html=listed></nav>
        </div>
    }
}
