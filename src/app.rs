//! The app: the router, what every page shares, and the start in the browser.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::kit::arrival::Arrival;
use crate::kit::lab_places::LabsProgram;
use crate::kit::{scrollable, slices};
use crate::pages::about::AboutPage;
use crate::pages::bank::BankPage;
use crate::pages::chapter::ChapterPage;
use crate::pages::frame::{Footer, Header, StrayRun};
use crate::pages::glossary::GlossaryPage;
use crate::pages::home::HomePage;
use crate::pages::kept_notice::KeptNotice;
use crate::pages::library::{Library, fetch_ahead};
use crate::pages::not_found::NotFoundPage;
use crate::pages::question::QuestionPage;
use crate::pages::sheet::SheetPage;
use crate::pages::term_card::TermCard;
use crate::pages::your_data::YourDataPage;
use crate::pages::{marks, print};

/// The id of the element that holds the app, and of the one that holds the page's data.
pub const ROOT: &str = "app";
/// See [`ROOT`].
pub const PAGE_DATA: &str = "page-data";

/// The whole page. `base` is the path under which the site is served, without a slash at its
/// end: empty at the root of a host.
#[component]
pub fn App(
    /// The book, as far as it is here.
    library: Library,
    /// The path of the site.
    #[prop(into)]
    base: String,
) -> impl IntoView {
    provide_context(library);
    let arrival = Arrival::new();
    provide_context(arrival);
    slices::watch(move || arrival.shown.track(), scrollable::mark_all);
    scrollable::watch();
    marks::keep(move || arrival.shown.track());
    fetch_ahead();
    print::name_site();
    provide_context(LabsProgram::new());
    view! {
        <Router base=base>
            <Header />
            <main id="main" tabindex="-1">
                <StrayRun />
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/chapter/:slug") view=ChapterPage />
                    <Route path=path!("/glossary") view=GlossaryPage />
                    <Route path=path!("/about") view=AboutPage />
                    <Route path=path!("/your-data") view=YourDataPage />
                    <Route path=path!("/questions") view=BankPage />
                    <Route path=path!("/question/:id") view=QuestionPage />
                    <Route path=path!("/:page") view=SheetPage />
                </FlatRoutes>
            </main>
            <Footer />
            <TermCard />
            <KeptNotice />
        </Router>
    }
}

/// Attaches the app to the page that the prerenderer wrote. Without such a page it does
/// nothing: the text stays readable.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    use wasm_bindgen::JsCast;

    use crate::kit::browser;
    use crate::kit::take_over::take_over;

    let Some(root) = document().get_element_by_id(ROOT) else {
        return;
    };
    let Ok(root) = root.dyn_into::<web_sys::HtmlElement>() else {
        return;
    };
    let data = document()
        .get_element_by_id(PAGE_DATA)
        .and_then(|element| element.text_content())
        .unwrap_or_default();
    let Ok(data) = serde_json::from_str(&data) else {
        return;
    };
    let base = browser::site_path();
    let app = move || view! { <App library=Library::from_page(data) base=base /> };
    take_over(move || hydrate_from(root, app), browser::mark_ready).forget();
}
