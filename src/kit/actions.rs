//! What the reader can do to the world at the current moment.

use leptos::prelude::*;

use super::deck::Deck;
use crate::sim::{ActionKind, Kind, On, Target};

/// A small form for each kind of action.
#[component]
pub fn Actions(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let forms = deck
        .lab
        .actions
        .iter()
        .map(|kind| view! { <ActionForm deck kind /> })
        .collect_view();
    view! {
        <div class="lab-actions needs-program" role="group" aria-label="Do something at this moment">
            {forms}
            <button
                type="button"
                data-do="take-back"
                disabled=move || !deck.has_acted()
                on:click=move |_| deck.take_back()
            >
                "Take back the last"
            </button>
        </div>
    }
}

#[component]
fn ActionForm(deck: Deck, kind: &'static ActionKind) -> impl IntoView {
    let node = RwSignal::new(1_u16);
    let least_and_default = kind.amount.map_or(0, |amount| amount.default_value());
    let amount = RwSignal::new(least_and_default);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let on = match kind.on {
            Target::Node => On::Node(node.get_untracked().min(untrack(|| deck.nodes()))),
            _ => On::World,
        };
        deck.act(kind, on, amount.get_untracked());
    };
    view! {
        <form class="lab-action" on:submit=submit title=kind.help>
            {(kind.on == Target::Node).then(|| view! { <NodeMenu deck node label=kind.label /> })}
            {kind.amount.map(|parameter| view! { <Amount parameter amount label=kind.label /> })}
            <button type="submit" data-act=kind.id>{kind.label}</button>
        </form>
    }
}

#[component]
fn NodeMenu(deck: Deck, node: RwSignal<u16>, label: &'static str) -> impl IntoView {
    let items = move || {
        (1..=deck.nodes())
            .map(|number| {
                view! {
                    <option value=number.to_string() prop:selected=move || node.get() == number>
                        {format!("n{number}")}
                    </option>
                }
            })
            .collect_view()
    };
    let change = move |event: leptos::ev::Event| {
        if let Ok(number) = event_target_value(&event).parse() {
            node.set(number);
        }
    };
    view! {
        <select aria-label=format!("{label}: on which machine") on:change=change>
            {items}
        </select>
    }
}

/// How much, as a few choices over the range: typing a unit on a phone is no pleasure.
#[component]
fn Amount(
    parameter: crate::sim::Parameter,
    amount: RwSignal<i64>,
    label: &'static str,
) -> impl IntoView {
    let (least, most) = parameter.range();
    let step = match parameter.kind {
        Kind::Number {
            scale: crate::sim::Scale::Linear { step },
            ..
        } => step,
        _ => 1,
    };
    let change = move |event: leptos::ev::Event| {
        if let Ok(value) = event_target_value(&event).parse() {
            amount.set(value);
        }
    };
    let shown = move || parameter.show(amount.get());
    view! {
        <label class="lab-amount">
            <output>{shown}</output>
            <input
                type="range"
                aria-label=format!("{label}: {}", parameter.label)
                min=least.to_string()
                max=most.to_string()
                step=step.to_string()
                value=amount.get_untracked().to_string()
                prop:value=move || amount.get().to_string()
                aria-valuetext=shown
                on:input=change
            />
        </label>
    }
}
