//! Two events compared, and all pairs counted.

use leptos::prelude::*;

use super::desk::Desk;
use crate::kit::data_table::DataTable;
use crate::sim::logical_clocks::Place;
use crate::sim::logical_clocks::event::letter;
use crate::sim::logical_clocks::report::{self, Account, between};

/// How the two picked events stand to each other, and what the stamps say of it.
#[component]
pub fn Pair(
    /// The lab on the page.
    desk: Desk,
) -> impl IntoView {
    let sentences = Memo::new(move |_| {
        let [one, other] = desk.picked.get().map(|place| desk.number(place?));
        match (one, other) {
            (Some(a), Some(b)) => desk.world.with(|world| {
                let computation = report::computation(world)?;
                let between = between(world, &computation, a, b)?;
                Some((between.sentence, between.stamps))
            }),
            (Some(a), None) => Some((
                format!(
                    "Shaded is what {0} could know of, and what could know of {0}; the rest is concurrent with it. Pick a second event to compare.",
                    letter(a)
                ),
                String::new(),
            )),
            _ => None,
        }
    });
    let relation = move || {
        sentences.get().map_or(
            "Pick two events, in the diagram or here.".to_owned(),
            |(relation, _)| relation,
        )
    };
    let stamps = move || {
        let filling = desk.filling.get();
        sentences
            .get()
            .filter(|_| !filling)
            .map(|(_, stamps)| stamps)
    };
    view! {
        <div class="clock-pair">
            <p class="clock-relation">{relation}</p>
            <p class="muted">{stamps}</p>
            <p class="needs-program clock-menus">
                <Menu desk which=0 label="Compare" />
                <Menu desk which=1 label="with" />
            </p>
        </div>
    }
}

/// A menu of the events.
#[component]
fn Menu(desk: Desk, which: usize, label: &'static str) -> impl IntoView {
    let chosen = move || {
        desk.picked
            .with(|picked| picked.get(which).copied().flatten())
    };
    let items = move || {
        let places: Vec<Place> = desk
            .world
            .with(|world| world.happenings().iter().map(Place::of).collect());
        places
            .into_iter()
            .enumerate()
            .map(|(number, place)| {
                let is_chosen = move || chosen() == Some(place);
                view! {
                    <option value=number.to_string() selected=untrack(is_chosen) prop:selected=is_chosen>
                        {letter(number)}
                    </option>
                }
            })
            .collect_view()
    };
    let change = move |event: leptos::ev::Event| {
        let number = event_target_value(&event).parse::<usize>().ok();
        let place = desk.world.with_untracked(|world| {
            number.and_then(|number| world.happenings().get(number).map(Place::of))
        });
        desk.picked.update(|picked| {
            if let Some(slot) = picked.get_mut(which) {
                *slot = place;
            }
        });
    };
    let is_none = move || chosen().is_none();
    view! {
        <label>
            {label}
            " "
            <select data-set=format!("pick-{which}") on:change=change>
                <option value="" selected=untrack(is_none) prop:selected=is_none>"…"</option>
                {items}
            </select>
        </label>
    }
}

/// What every kind of stamp makes of all pairs.
#[component]
pub fn Pairs(
    /// The lab on the page.
    desk: Desk,
) -> impl IntoView {
    let accounts = Memo::new(move |_| desk.world.with(|world| report::accounts(world)));
    let total = move || {
        let vector = accounts.with(|accounts| accounts.first().map(|first| first.counts));
        let counts = vector.unwrap_or_default();
        let ordered = counts.agreeing + counts.contradicting + counts.tied + counts.missed;
        let concurrent = counts.invented + counts.concurrent_tied + counts.recognised;
        format!(
            "{ordered} pair{} of events {} ordered by happens-before, {concurrent} {} concurrent.",
            if ordered == 1 { "" } else { "s" },
            if ordered == 1 { "is" } else { "are" },
            if concurrent == 1 { "is" } else { "are" },
        )
    };
    let rows = move || {
        let shown = desk.shown();
        accounts.with(|accounts| {
            let rows = accounts.iter();
            rows.map(|account| row(account, account.shown == Some(shown)))
                .collect_view()
        })
    };
    view! {
        <p class="panel-words">{total}</p>
        <DataTable
            label="What stamps make of the pairs"
            columns=&["Stamp", "Ordered: right", "… tied or reversed", "Concurrent: shown as such", "… tied", "… put in an order"]
        >
            {rows}
        </DataTable>
    }
}

fn row(account: &Account, is_shown: bool) -> impl IntoView + use<> {
    let counts = account.counts;
    view! {
        <tr aria-current=is_shown.then_some("true")>
            <th scope="row">{account.name}</th>
            <td>{counts.agreeing}</td>
            <td>{counts.contradicting + counts.tied + counts.missed}</td>
            <td>{counts.recognised}</td>
            <td>{counts.concurrent_tied}</td>
            <td>{counts.invented}</td>
        </tr>
    }
}
