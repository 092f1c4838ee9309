//! Sliders, switches and menus, built from what a lab declares.

use leptos::prelude::*;

use super::deck::Deck;
use crate::sim::{Choice, Kind, Parameter, Scale};

/// All parameters of a lab, in their groups.
#[component]
pub fn Parameters(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let groups = grouped(deck.lab.parameters)
        .into_iter()
        .map(|(name, parameters)| {
            let controls = parameters
                .into_iter()
                .map(|parameter| view! { <Control deck parameter /> })
                .collect_view();
            view! {
                <fieldset class="lab-group">
                    <legend>{name}</legend>
                    {controls}
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <form class="lab-parameters needs-program" aria-label=format!("Parameters of {}", deck.lab.title) on:submit=|event| event.prevent_default()>
            {groups}
            <Seed deck />
        </form>
    }
}

/// Parameters by group, in declared order.
fn grouped(parameters: &'static [Parameter]) -> Vec<(&'static str, Vec<&'static Parameter>)> {
    let mut groups: Vec<(&str, Vec<&Parameter>)> = Vec::new();
    for parameter in parameters {
        match groups.iter_mut().find(|(name, _)| *name == parameter.group) {
            Some((_, members)) => members.push(parameter),
            None => groups.push((parameter.group, vec![parameter])),
        }
    }
    groups
}

#[component]
fn Control(deck: Deck, parameter: &'static Parameter) -> impl IntoView {
    match parameter.kind {
        Kind::Number {
            min, max, scale, ..
        } => view! { <Slider deck parameter slider=Slide { min, max, scale } /> }.into_any(),
        Kind::Switch { .. } => view! { <Switch deck parameter /> }.into_any(),
        Kind::Choice { options, .. } => view! { <Menu deck parameter options /> }.into_any(),
    }
}

/// How a slider's positions stand for values.
#[derive(Clone, Copy, Debug)]
struct Slide {
    min: i64,
    max: i64,
    scale: Scale,
}

impl Slide {
    /// Smallest and largest position, and the distance between two.
    fn positions(self) -> (i64, i64, i64) {
        match self.scale {
            Scale::Linear { step } => (self.min, self.max, step),
            Scale::Stops(stops) => (0, i64::try_from(stops.len()).unwrap_or(1) - 1, 1),
        }
    }

    fn value(self, position: i64) -> i64 {
        match self.scale {
            Scale::Linear { .. } => position.clamp(self.min, self.max),
            Scale::Stops(stops) => usize::try_from(position)
                .ok()
                .and_then(|index| stops.get(index).copied())
                .unwrap_or(self.min),
        }
    }

    /// The position of the nearest stop.
    fn position(self, value: i64) -> i64 {
        match self.scale {
            Scale::Linear { .. } => value,
            Scale::Stops(stops) => {
                let nearest = (0_i64..)
                    .zip(stops)
                    .min_by_key(|(_, stop)| stop.abs_diff(value));
                nearest.map_or(0, |(position, _)| position)
            }
        }
    }
}

#[component]
fn Slider(deck: Deck, parameter: &'static Parameter, slider: Slide) -> impl IntoView {
    let id = control_id(deck, parameter.id);
    let help = format!("{id}-help");
    let (least, most, step) = slider.positions();
    let value = move || deck.value(parameter.id);
    let shown = move || parameter.show(value());
    let position = move || slider.position(value()).to_string();
    let change = move |event: leptos::ev::Event| {
        if let Ok(position) = event_target_value(&event).parse() {
            deck.set(parameter.id, slider.value(position));
        }
    };
    view! {
        <div class="parameter">
            <label for=id.clone()>{parameter.label}</label>
            <output for=id.clone()>{shown}</output>
            <input
                type="range"
                id=id
                data-parameter=parameter.id
                min=least.to_string()
                max=most.to_string()
                step=step.to_string()
                value=untrack(position)
                prop:value=position
                aria-valuetext=shown
                aria-describedby=help.clone()
                on:input=change
            />
            <p class="parameter-help" id=help>{parameter.help}</p>
        </div>
    }
}

#[component]
fn Switch(deck: Deck, parameter: &'static Parameter) -> impl IntoView {
    let id = control_id(deck, parameter.id);
    let label_for = id.clone();
    let help = format!("{id}-help");
    let is_on = move || deck.value(parameter.id) != 0;
    view! {
        <div class="parameter parameter-switch">
            <label for=label_for>
                <input
                    type="checkbox"
                    id=id
                    data-parameter=parameter.id
                    checked=untrack(is_on)
                    prop:checked=is_on
                    aria-describedby=help.clone()
                    on:change=move |event| deck.set(parameter.id, i64::from(event_target_checked(&event)))
                />
                {parameter.label}
            </label>
            <p class="parameter-help" id=help>{parameter.help}</p>
        </div>
    }
}

#[component]
fn Menu(deck: Deck, parameter: &'static Parameter, options: &'static [Choice]) -> impl IntoView {
    let id = control_id(deck, parameter.id);
    let help = format!("{id}-help");
    let chosen = move || usize::try_from(deck.value(parameter.id)).unwrap_or_default();
    let items = options
        .iter()
        .enumerate()
        .map(|(index, option)| {
            let is_chosen = move || chosen() == index;
            view! {
                <option value=option.id selected=untrack(is_chosen) prop:selected=is_chosen>
                    {option.label}
                </option>
            }
        })
        .collect_view();
    let change = move |event: leptos::ev::Event| {
        let wanted = event_target_value(&event);
        let index = options.iter().position(|option| option.id == wanted);
        if let Some(index) = index.and_then(|index| i64::try_from(index).ok()) {
            deck.set(parameter.id, index);
        }
    };
    let explained = move || options.get(chosen()).map_or("", |option| option.help);
    view! {
        <div class="parameter parameter-choice">
            <label for=id.clone()>{parameter.label}</label>
            <select id=id data-parameter=parameter.id aria-describedby=help.clone() on:change=change>
                {items}
            </select>
            <p class="parameter-help" id=help>{parameter.help} " " {explained}</p>
        </div>
    }
}

/// Another seed gives the same settings another course of events.
#[component]
fn Seed(deck: Deck) -> impl IntoView {
    let id = control_id(deck, "seed");
    let seed = move || deck.seed().to_string();
    let field = NodeRef::<leptos::html::Input>::new();
    let change = move |event: leptos::ev::Event| match event_target_value(&event).trim().parse() {
        Ok(seed) => deck.reseed(seed),
        Err(_) => {
            deck.say("A seed is a whole number from 0 on; the run keeps the one it has.");
            if let Some(field) = field.get_untracked() {
                field.set_value(&deck.seed().to_string());
            }
        }
    };
    let another = move |_| deck.reseed(untrack(|| deck.seed()).wrapping_add(1));
    view! {
        <div class="parameter parameter-seed">
            <label for=id.clone()>"Seed"</label>
            <input
                type="text"
                inputmode="numeric"
                id=id
                node_ref=field
                data-parameter="seed"
                value=untrack(seed)
                prop:value=seed
                on:change=change
            />
            <button type="button" data-do="reseed" on:click=another>"Another"</button>
        </div>
    }
}

fn control_id(deck: Deck, parameter: &str) -> String {
    deck.id(parameter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STOPS: Slide = Slide {
        min: 0,
        max: 1000,
        scale: Scale::Stops(&[0, 10, 100, 1000]),
    };

    #[test]
    fn a_position_stands_for_its_stop_and_a_value_for_the_nearest() {
        assert_eq!(STOPS.positions(), (0, 3, 1));
        assert_eq!(STOPS.value(2), 100);
        assert_eq!(STOPS.position(60), 2);
        assert_eq!(STOPS.position(12), 1);
    }

    #[test]
    fn a_position_beyond_the_stops_is_the_smallest_value() {
        assert_eq!(STOPS.value(-1), 0);
        assert_eq!(STOPS.value(99), 0);
    }
}
