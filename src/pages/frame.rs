//! What stands around every page: header with the contents, and footer.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use super::library::Library;
use super::search::Search;
use super::tasks::labs_in;
use super::text;
use crate::kit::arrival::Arrival;
use crate::kit::offline::Offline;
use crate::kit::projector::Projector;
use crate::kit::run_address::is_stray;
use crate::kit::theme::ThemeButton;

/// The address of a chapter, relative to the site's root.
#[must_use]
pub fn chapter_address(slug: &str) -> String {
    format!("chapter/{slug}/")
}

/// The line at the top, with skip link and contents.
#[component]
pub fn Header() -> impl IntoView {
    let library = expect_context::<Library>();
    let contents = library.contents.clone();
    let listed = text::contents(&contents).into_string() + &text::around(&contents).into_string();
    let path = use_location().pathname;
    let menu = NodeRef::<leptos::html::Details>::new();
    let close = move |_| {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    view! {
        <a class="skip" href=move || skip_address(&path.get()) on:click=skip>
            "Skip to the text"
        </a>
        <header class="site-header">
            <a class="site-title" href="./">{contents.title.clone()}</a>
            <Search />
            <nav class="site-nav" aria-label="Book">
                <details class="menu" node_ref=menu>
                    <summary>"Contents"</summary>
                    <div class="menu-panel" on:click=close inner_html=listed></div>
                </details>
                <a href=super::bank::ADDRESS>"Questions"</a>
                <a href="glossary/">"Glossary"</a>
                <a class="wide-only" href="about/">"About"</a>
                <Projector />
                <ThemeButton />
            </nav>
        </header>
    }
}

/// The page's own text. On the host a path begins at the site's root, in the browser at the host's.
fn skip_address(path: &str) -> String {
    let path = if cfg!(feature = "ssr") {
        path.trim_start_matches('/')
    } else {
        path
    };
    format!("{path}#main")
}

/// The router would only scroll there; the focus has to move, too.
fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = main.focus();
    }
}

/// A part's number as books write it (1 to 39).
#[must_use]
pub fn roman(number: u8) -> String {
    let tens = "X".repeat(usize::from(number / 10));
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    tens + ones
        .get(usize::from(number % 10))
        .copied()
        .unwrap_or_default()
}

/// Says so when the address names a run that no lab of the page can show.
#[component]
pub fn StrayRun() -> impl IntoView {
    let arrival = expect_context::<Arrival>();
    let fragment = use_location().hash;
    let stray = RwSignal::new(false);
    // Only in the browser: the host knows no fragment. A page that is on its way has no labs yet.
    Effect::new(move |_| {
        arrival.shown.track();
        let is_stray = |body: web_sys::HtmlElement| is_stray(&fragment.get(), &labs_in(&body));
        stray.set(document().body().is_some_and(is_stray) && arrival.is_here());
    });
    view! {
        <p class="stray-run" role="alert" hidden=move || !stray.get()>
            "The address names a run of a lab that is not on this page. "
            "The link may be cut off, or the lab may be on another page; the text is all here."
        </p>
    }
}

/// The line at the bottom.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <p>
                "Text under CC BY 4.0, code under MIT or Apache 2.0. "
                "Nothing you do here leaves this browser. "
                <a href=super::your_data::ADDRESS>{super::your_data::TITLE}</a>
                " · "
                <a href="about/">"About this book"</a>
            </p>
            <Offline />
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn parts_are_numbered_as_books_do() {
        assert_eq!(roman(1), "I");
        assert_eq!(roman(6), "VI");
        assert_eq!(roman(14), "XIV");
    }
}
