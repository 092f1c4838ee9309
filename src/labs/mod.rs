//! One view per simulation, and the one list of them.

#[cfg(not(target_arch = "wasm32"))]
pub mod catalog;
pub mod clock_skew;
pub mod hash_ring;
pub mod logical_clocks;
#[cfg(feature = "hydrate")]
pub mod program;
pub mod quorum;
pub mod saga;

use leptos::prelude::*;

use crate::kit::compare::Picture;
#[cfg(feature = "ssr")]
use crate::kit::on_paper::{ForPaper, OnPage};

/// Draws a lab that opens with a run, with a caption under its title.
type View = fn(&str, AnyView) -> AnyView;

/// A new lab adds its row here, and its `mod` line above.
const VIEWS: &[(&str, View)] = &[
    ("clock-skew", clock_skew::view),
    ("logical-clocks", logical_clocks::view),
    ("quorum", quorum::view),
    ("hash-ring", hash_ring::view),
    ("saga", saga::view),
];

/// The view of a lab that opens with this run (`scenario=fast-clock;seed=7`).
#[must_use]
pub fn view(lab: &str, run: &str, caption: AnyView) -> AnyView {
    match VIEWS.iter().find(|(id, _)| *id == lab) {
        Some((_, view)) => {
            provide_context(Picture(*view));
            view(run, caption)
        }
        // The book's build refuses a chapter that names a lab which is not there.
        None => ().into_any(),
    }
}

/// The lab in the first state of its run, as the host writes it into a page, whose address from
/// the site's root is `page`. `caption` is HTML of the book's own build.
#[cfg(feature = "ssr")]
#[must_use]
pub fn html(lab: &str, run: &str, page: &str, caption_html: String) -> String {
    drawn(page, || view(lab, run, caption(caption_html)))
}

/// The same as a figure for paper: nothing in it can be moved.
#[cfg(feature = "ssr")]
#[must_use]
pub fn figure(lab: &str, run: &str, page: &str, caption_html: String) -> String {
    drawn(page, || {
        provide_context(ForPaper);
        view(lab, run, caption(caption_html))
    })
}

#[cfg(feature = "ssr")]
fn drawn(page: &str, view: impl FnOnce() -> AnyView) -> String {
    let context = hydration_context::SsrSharedContext::new();
    let owner = Owner::new_root(Some(std::sync::Arc::new(context)));
    let html = owner.with(|| {
        provide_context(OnPage(page.to_owned()));
        view().to_html()
    });
    owner.cleanup();
    html
}

/// What stands under a lab's title. In the browser nothing: hydration leaves what the page holds.
fn caption(html: String) -> AnyView {
    view! { <span inner_html=html></span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim;

    #[test]
    fn every_simulation_has_a_view_of_its_name() {
        let simulated: Vec<_> = sim::labs().iter().map(|lab| lab.id).collect();
        let drawn: Vec<_> = VIEWS.iter().map(|(id, _)| *id).collect();
        assert_eq!(simulated, drawn);
    }
}
