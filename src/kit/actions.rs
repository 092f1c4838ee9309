//! What the reader can do to the world at the current moment: the lab's own actions in front, the
//! faults that all labs have in common in a palette, and what has been done.

use leptos::prelude::*;

use super::deck::Deck;
use super::done::Done;
use super::palette::Palette;
use super::targets::{Chooser, Targets};
use crate::sim::protocol::faults;
use crate::sim::{ActionKind, Kind, Parameter, Scale, Target};

/// Everything that can be done, and taken back.
#[component]
pub fn Actions(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let targets = Targets::of(deck);
    let kinds = deck.lab.actions.iter();
    let own: Vec<&ActionKind> = kinds.filter(|kind| !faults::is_fault(kind.id)).collect();
    if own.iter().any(|kind| kind.on == Target::Message) {
        targets.wants_messages.set(true);
    }
    let can_act = !deck.lab.actions.is_empty();
    can_act.then(|| view! {
        <div class="lab-actions needs-program" role="group" aria-label="Do something at this moment">
            <Rows deck targets kinds=own name="Actions" />
            <button
                type="button"
                data-do="take-back"
                disabled=move || !deck.has_acted()
                on:click=move |_| deck.take_back()
            >
                "Take back the last"
            </button>
        </div>
        <Palette deck targets />
        <Done deck />
    })
}

/// Actions with what they are done to: those on the same kind of target share its fields.
#[component]
pub fn Rows(
    /// The run on the page.
    deck: Deck,
    /// What is chosen so far.
    targets: Targets,
    /// The actions.
    kinds: Vec<&'static ActionKind>,
    /// What they are together.
    name: &'static str,
) -> impl IntoView {
    by_target(kinds)
        .into_iter()
        .map(|(target, kinds)| {
            let buttons = kinds
                .into_iter()
                .map(|kind| view! { <ActionButton deck targets kind /> })
                .collect_view();
            view! {
                <form class="lab-action" on:submit=|event| event.prevent_default()>
                    <Chooser targets target actions=name />
                    {buttons}
                </form>
            }
        })
        .collect_view()
}

/// Actions by what they are done to, in declared order.
fn by_target(kinds: Vec<&'static ActionKind>) -> Vec<(Target, Vec<&'static ActionKind>)> {
    let mut rows: Vec<(Target, Vec<&ActionKind>)> = Vec::new();
    for kind in kinds {
        match rows.iter_mut().find(|(target, _)| *target == kind.on) {
            Some((_, members)) => members.push(kind),
            None => rows.push((kind.on, vec![kind])),
        }
    }
    rows
}

#[component]
fn ActionButton(deck: Deck, targets: Targets, kind: &'static ActionKind) -> impl IntoView {
    let amount = RwSignal::new(kind.amount.map_or(0, |amount| amount.default_value()));
    let act = move |_| match targets.on(kind.on) {
        Ok(on) => deck.act(kind, on, amount.get_untracked()),
        Err(missing) => deck.say(missing),
    };
    let button = view! {
        <button type="button" data-act=kind.id title=kind.help on:click=act>
            {kind.label}
        </button>
    };
    match kind.amount {
        None => button.into_any(),
        Some(parameter) => view! {
            <span class="lab-amount">
                {button}
                <AmountMenu parameter amount label=kind.label />
            </span>
        }
        .into_any(),
    }
}

/// How much, as a few choices over the range: typing a unit on a phone is no pleasure.
#[component]
fn AmountMenu(parameter: Parameter, amount: RwSignal<i64>, label: &'static str) -> impl IntoView {
    let items = amounts(&parameter)
        .into_iter()
        .map(|value| {
            let is_chosen = move || amount.get() == value;
            view! {
                <option value=value.to_string() selected=untrack(is_chosen) prop:selected=is_chosen>
                    {parameter.show(value)}
                </option>
            }
        })
        .collect_view();
    let change = move |event: leptos::ev::Event| {
        if let Ok(value) = event_target_value(&event).parse() {
            amount.set(value);
        }
    };
    view! {
        <select aria-label=format!("{label}: {}", parameter.label) title=parameter.help on:change=change>
            {items}
        </select>
    }
}

/// The amounts that are offered: all of a short range; of a long one the ends, the usual one, and
/// 1, 2, 5, 10, 20, … steps either way.
pub(super) fn amounts(parameter: &Parameter) -> Vec<i64> {
    const MOST: i64 = 20;
    let (min, max) = parameter.range();
    let step = match parameter.kind {
        Kind::Number {
            scale: Scale::Stops(stops),
            ..
        } => return stops.to_vec(),
        Kind::Number {
            scale: Scale::Linear { step },
            ..
        } => step.max(1),
        _ => 1,
    };
    if max.saturating_sub(min) / step <= MOST {
        return (0..=MOST)
            .map(|count| min + count * step)
            .filter(|value| *value <= max)
            .collect();
    }
    let mut values = vec![min, max, parameter.default_value()];
    let mut decade = step;
    while decade <= max.max(min.saturating_neg()) {
        for value in [1, 2, 5].map(|count| decade.saturating_mul(count)) {
            values.extend([value, -value]);
        }
        decade = decade.saturating_mul(10);
    }
    values.retain(|value| (min..=max).contains(value));
    values.sort_unstable();
    values.dedup();
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_range_is_offered_whole_and_a_long_one_in_round_steps() {
        let fire = faults::FIRE.amount.unwrap();
        assert_eq!(amounts(&fire), (1..=16).collect::<Vec<_>>());
        let delay = amounts(&faults::DELAY.amount.unwrap());
        assert_eq!(delay.first(), Some(&1_000));
        assert_eq!(delay.last(), Some(&60_000_000));
        assert!(delay.contains(&100_000) && delay.len() < 20, "{delay:?}");
        let skew = amounts(&faults::SKEW.amount.unwrap());
        assert!(
            skew.contains(&-10_000) && skew.contains(&50_000),
            "{skew:?}"
        );
    }

    #[test]
    fn every_amount_that_is_offered_may_be_chosen() {
        for kind in faults::ALL {
            let Some(parameter) = kind.amount else {
                continue;
            };
            for value in amounts(&parameter) {
                assert_eq!(parameter.within(value), Ok(value), "{}", kind.id);
            }
        }
    }

    #[test]
    fn actions_on_the_same_kind_of_target_stand_together() {
        let rows = by_target(vec![&faults::CRASH, &faults::HEAL, &faults::PAUSE]);
        let ids: Vec<Vec<&str>> = rows
            .iter()
            .map(|(_, kinds)| kinds.iter().map(|kind| kind.id).collect())
            .collect();
        assert_eq!(ids, [vec!["crash", "pause"], vec!["heal"]]);
    }
}
