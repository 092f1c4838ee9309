//! A table of numbers, which scrolls sideways in its own box where the page is narrow.

use leptos::prelude::*;

/// `children` are the rows.
#[component]
pub fn DataTable(
    /// What the table is about.
    label: &'static str,
    /// The heads of its columns.
    columns: &'static [&'static str],
    /// What stands above it, where that changes.
    #[prop(optional, into)]
    caption: Option<Signal<String>>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = columns
        .iter()
        .map(|column| view! { <th scope="col">{*column}</th> })
        .collect_view();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=label>
            <table>
                {caption.map(|caption| view! { <caption>{move || caption.get()}</caption> })}
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
