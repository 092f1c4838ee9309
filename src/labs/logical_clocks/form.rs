//! The diagram without a pointer: a form that adds, and buttons for the event that is picked.

use leptos::prelude::*;

use super::desk::Desk;
use crate::sim::Micros;
use crate::sim::logical_clocks::Place;

/// Adds events and messages.
#[component]
pub fn Add(
    /// The lab on the page.
    desk: Desk,
) -> impl IntoView {
    let process = RwSignal::new(0_usize);
    let is_message = RwSignal::new(false);
    let to = RwSignal::new(1_usize);
    let (at, takes) = (RwSignal::new(20_u64), RwSignal::new(20_u64));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let last = desk
            .world
            .with_untracked(|world| world.names().len())
            .saturating_sub(1);
        let (from, at) = (
            process.get_untracked().min(last),
            Micros::from_millis(at.get_untracked()),
        );
        if is_message.get_untracked() {
            let arrives = at.plus(Micros::from_millis(takes.get_untracked()));
            let place = Place { process: from, at };
            let to = to.get_untracked().min(last);
            desk.add_message(&desk.run(), place, to, arrives, false);
        } else {
            desk.add_event(from, at);
        }
    };
    let kind =
        move |event: leptos::ev::Event| is_message.set(event_target_value(&event) == "message");
    view! {
        <form class="clock-form needs-program" aria-label="Add to the diagram" on:submit=submit>
            <label>
                "Add "
                <select data-set="add-kind" on:change=kind>
                    <option value="event">"an event"</option>
                    <option value="message">"a message"</option>
                </select>
            </label>
            <label>
                {move || if is_message.get() { "from " } else { "of " }}
                <Unseen words="process " />
                <Process desk chosen=process name="add-process" />
            </label>
            <label>
                "at "
                <Unseen words="the time " />
                <Millis value=at name="add-at" />
                " ms"
            </label>
            <label hidden=move || !is_message.get()>
                "to "
                <Unseen words="process " />
                <Process desk chosen=to name="add-to" />
            </label>
            <label hidden=move || !is_message.get()>
                "taking "
                <Unseen words="a time of " />
                <Millis value=takes name="add-takes" />
                " ms"
            </label>
            <button type="submit" data-do="add">"Add"</button>
            <button type="button" data-do="clear" on:click=move |_| desk.clear()>"Empty the diagram"</button>
            <p class="clock-refused" role="alert">{move || desk.refused.get()}</p>
        </form>
    }
}

/// The rest of a field's name, for those who do not see that the fields are one sentence.
#[component]
fn Unseen(words: &'static str) -> impl IntoView {
    view! { <span class="visually-hidden">{words}</span> }
}

/// A menu of the processes.
#[component]
fn Process(desk: Desk, chosen: RwSignal<usize>, name: &'static str) -> impl IntoView {
    let items = move || {
        let names = desk.process_names().into_iter().enumerate();
        names
            .map(|(number, name)| {
                let is_chosen = move || chosen.get() == number;
                view! {
                    <option value=number.to_string() selected=untrack(is_chosen) prop:selected=is_chosen>
                        {name}
                    </option>
                }
            })
            .collect_view()
    };
    let change = move |event: leptos::ev::Event| {
        if let Ok(number) = event_target_value(&event).parse() {
            chosen.set(number);
        }
    };
    view! { <select data-set=name on:change=change>{items}</select> }
}

/// A field for a number of milliseconds.
#[component]
fn Millis(value: RwSignal<u64>, name: &'static str) -> impl IntoView {
    let change = move |event: leptos::ev::Event| {
        if let Ok(millis) = event_target_value(&event).trim().parse() {
            value.set(millis);
        }
    };
    view! {
        <input
            type="number"
            min="0"
            max="10000"
            step="1"
            inputmode="numeric"
            data-set=name
            value=untrack(move || value.get().to_string())
            prop:value=move || value.get().to_string()
            on:input=change
        />
    }
}

/// What can be done with the event that was picked last.
#[component]
pub fn Picked(
    /// The lab on the page.
    desk: Desk,
) -> impl IntoView {
    let last = move || desk.picked.with(|picked| picked[1].or(picked[0]));
    let said = move || last().and_then(|place| desk.described(desk.number(place)?));
    let step = move |later: bool| {
        let Some(place) = untrack(last) else { return };
        let at = if later {
            place.at.plus(super::geometry::SNAP)
        } else {
            place.at.minus(super::geometry::SNAP)
        };
        desk.move_to(place, at);
    };
    let remove = move |_| {
        if let Some(place) = untrack(last) {
            desk.remove(place);
        }
    };
    view! {
        <div class="clock-picked needs-program" role="group" aria-label="The event picked last" hidden=move || said().is_none()>
            <p>{said}</p>
            <button type="button" data-do="earlier" on:click=move |_| step(false)>"5 ms earlier"</button>
            <button type="button" data-do="later" on:click=move |_| step(true)>"5 ms later"</button>
            <button type="button" data-do="remove" on:click=remove>"Remove it"</button>
            <button type="button" data-do="let-go" on:click=move |_| desk.picked.set([None, None])>"Let go"</button>
        </div>
    }
}
