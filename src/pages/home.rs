//! The start page: what this is, and the contents.

use leptos::prelude::*;

use super::frame::chapter_address;
use super::library::Library;
use super::print::WHOLE_BOOK;
use super::text;
use super::whereabouts::Continue;
use crate::kit::arrival::arrive;

/// `/`
#[component]
pub fn HomePage() -> impl IntoView {
    let contents = expect_context::<Library>().contents;
    let title = contents.title.clone();
    arrive(move || Some(title.clone()));
    let listed = text::contents(&contents).into_string() + &text::around(&contents).into_string();
    let first = contents.chapters.first().cloned();
    view! {
        <div class="page home">
            <h1 tabindex="-1">{contents.title.clone()}</h1>
            <p class="lead">{contents.subtitle.clone()}</p>
            <p>
                "Each chapter starts with something that broke, and explains the machinery until "
                "you can predict what it will do. Its labs are running simulations: set a clock "
                "wrong, play, go back one step, and send the exact run to a colleague as a link. "
                "They run the same rules that the test suite checks."
            </p>
            {first
                .map(|card| {
                    view! {
                        <p class="begin">
                            "Begin with: "
                            <a href=chapter_address(&card.slug)>{card.title.clone()}</a>
                            <span class="muted">{format!(" — {}", card.question)}</span>
                        </p>
                    }
                })}
            <Continue />
            <nav class="contents" aria-label="Contents" inner_html=listed></nav>
            <p><a href=WHOLE_BOOK rel="external">"The whole book on one page, to print"</a></p>
        </div>
    }
}
