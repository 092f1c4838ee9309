//! Finished HTML of the book, put into the page.

use leptos::prelude::*;

use crate::book::Markup;

/// Paragraphs, lists and the like. Only the book's own build makes [`Markup`]; nothing that
/// comes from a link, a file or storage ever does.
#[component]
pub fn Block(
    /// The HTML.
    markup: Markup,
    /// The class of the element around it.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! { <div class=class inner_html=html(markup)></div> }
}

/// Nothing where the page holds the text already: hydration leaves it as it is.
fn html(markup: Markup) -> String {
    markup.0.unwrap_or_default()
}
