//! Stamping by hand: the reader fills in, and each stamp is marked with the reason.

use leptos::prelude::*;

use super::desk::Desk;
use crate::kit::data_table::DataTable;
use crate::sim::causality::Judgement;
use crate::sim::logical_clocks::{Answered, Place, Shown, mark};

/// The panel: a button that hides all stamps, and then a field for each event.
#[component]
pub fn FillIn(
    /// The lab on the page.
    desk: Desk,
) -> impl IntoView {
    let filling = move || desk.filling.get();
    let word = move || {
        if filling() {
            "Show the stamps again"
        } else {
            "Stamp it yourself"
        }
    };
    let toggle = move |_| desk.filling.update(|filling| *filling = !*filling);
    let about = move || {
        if filling() {
            "The stamps are hidden, and so is what happened. Fill in any; each is checked when you leave its field."
        } else {
            "Hides all stamps. You fill in those of the kind that is shown, and each is checked."
        }
    };
    view! {
        <p class="clock-fill">
            <button
                type="button"
                class="needs-program"
                data-do="fill-in"
                aria-expanded=move || filling().to_string()
                on:click=toggle
            >
                {word}
            </button>
            " "
            <span class="muted">{about}</span>
        </p>
        <Show when=filling>
            <Answers desk />
        </Show>
    }
}

#[component]
fn Answers(desk: Desk) -> impl IntoView {
    let places = Memo::new(move |_| {
        let shown = desk.shown();
        desk.world.with(|world| {
            let all = world.happenings().iter().enumerate();
            all.map(|(number, happening)| (number, Place::of(happening), shown))
                .collect::<Vec<_>>()
        })
    });
    let marks = Memo::new(move |_| {
        let texts: Vec<String> = desk.answers.with(|answers| {
            let all = places.get().into_iter();
            all.map(|(_, place, shown)| {
                answers
                    .get(&(shown.id(), place))
                    .cloned()
                    .unwrap_or_default()
            })
            .collect()
        });
        desk.world.with(|world| mark(world, &texts))
    });
    let right = move || {
        let (right, all) = marks.with(|marks| {
            let right = |mark: &&Answered| mark.judgement == Some(Judgement::Right);
            (marks.iter().filter(right).count(), marks.len())
        });
        format!(
            "{right} of {all} right, by the {} rule.",
            rule(desk.shown())
        )
    };
    view! {
        <p class="panel-words" role="status">{right}</p>
        <DataTable label="Your stamps" columns=&["Event", "Your stamp", "Verdict"]>
            <For each=move || places.get() key=|key| *key let:row>
                <Answer desk row marks />
            </For>
        </DataTable>
    }
}

fn rule(shown: Shown) -> &'static str {
    match shown {
        Shown::Lamport | Shown::Total => "Lamport",
        Shown::Vector => "vector",
        Shown::Hybrid => "hybrid clock",
    }
}

#[component]
fn Answer(desk: Desk, row: (usize, Place, Shown), marks: Memo<Vec<Answered>>) -> impl IntoView {
    let (number, place, shown) = row;
    let key = (shown.id(), place);
    let said = move || desk.described(number);
    let reading = move || {
        (shown == Shown::Hybrid).then(|| {
            desk.world.with(|world| {
                let happening = world.happenings().get(number)?;
                let shows = crate::sim::logical_clocks::stamps::show(happening.stamps.reading);
                Some(format!("; its clock shows {shows}"))
            })
        })
    };
    let text = move || {
        desk.answers
            .with(|answers| answers.get(&key).cloned().unwrap_or_default())
    };
    let change = move |event: leptos::ev::Event| {
        desk.answers.update(|answers| {
            answers.insert(key, event_target_value(&event));
        });
    };
    let verdict = move || {
        marks.with(|marks| {
            marks.get(number).map(|mark| {
                let sign = match mark.judgement {
                    Some(Judgement::Right) => "✓ ",
                    Some(Judgement::Missing) => "",
                    _ => "✗ ",
                };
                format!("{sign}{}", mark.sentence)
            })
        })
    };
    view! {
        <tr>
            <th scope="row">{said} {reading}</th>
            <td>
                <input
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-label=format!("Stamp of {}", crate::sim::logical_clocks::event::letter(number))
                    data-answer=number.to_string()
                    prop:value=text
                    on:change=change
                />
            </td>
            <td class="clock-verdict" role="status">{verdict}</td>
        </tr>
    }
}
