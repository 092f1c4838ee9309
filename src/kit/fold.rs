//! Parts of a lab that are folded until they are wanted.

use leptos::html::Details;
use leptos::prelude::*;

/// A summary, and below it what is made when it is first opened. What most readers leave folded
/// is neither in the page's file nor in the way of taking the page over.
#[component]
pub fn Fold(
    /// The classes of the `<details>`.
    class: &'static str,
    /// What it is about.
    #[prop(into)]
    summary: ViewFn,
    /// What is there from the beginning, such as words for readers without the program.
    #[prop(optional)]
    before: Option<AnyView>,
    /// Not to be seen at all, as long as this says so.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    /// Told whether it is open, whenever it is opened or folded.
    #[prop(optional)]
    toggled: Option<Callback<bool>>,
    /// What is folded.
    children: ChildrenFn,
) -> impl IntoView {
    let place = NodeRef::<Details>::new();
    let is_made = RwSignal::new(false);
    let look = move || {
        let is_open = place.get_untracked().is_some_and(|details| details.open());
        // Once: made anew it would forget what the reader has chosen in it.
        if is_open && !is_made.get_untracked() {
            is_made.set(true);
        }
        if let Some(toggled) = toggled {
            toggled.run(is_open);
        }
    };
    // Whoever opened it before the program was there does not have to do so again.
    Effect::new(move |_| look());
    let content = move || is_made.get().then(|| children());
    view! {
        <details class=class node_ref=place hidden=move || hidden.get() on:toggle=move |_| look()>
            <summary>{summary.run()}</summary>
            {before}
            {content}
        </details>
    }
}
