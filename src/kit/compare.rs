//! Side by side: a second configuration on the same seed and the same actions, under one cursor.

use leptos::context::Provider;
use leptos::prelude::*;

use super::actions::amounts;
use super::data_table::DataTable;
use super::deck::{Deck, Twin};
use super::fold::Fold;
use crate::sim::{Difference, Micros, Parameter, Run, Verdict};

/// As a context: draws the lab, for a second picture of it. Views that are made under a
/// [`Twin`] show the second run, and of the shell nothing but the picture.
#[derive(Clone, Copy, Debug)]
pub struct Picture(pub fn(&str, AnyView) -> AnyView);

/// So many events before the current one are listed.
const LISTED: usize = 60;

/// What the second run has otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// The settings of a scenario.
    Scenario(&'static str),
    /// One parameter, by its name, at a value.
    Parameter(&'static str, i64),
}

/// The second run: the same seed and the same actions, as far as their nodes are there.
fn changed(run: &Run, change: Change) -> Run {
    match change {
        Change::Parameter(id, value) => run.with(id, value),
        Change::Scenario(id) => {
            let Some(scenario) = Run::scenario(run.lab, id) else {
                return run.clone();
            };
            let mut other = run.clone();
            for (parameter, value) in scenario.config.iter() {
                other = other.with(parameter.id, value);
            }
            other
        }
    }
}

/// What is compared with, and everything that follows from it; folded until it is wanted.
#[component]
pub fn Compare(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    view! {
        <Fold class="lab-fold lab-compare needs-program" summary=|| "Side by side">
            <Comparison deck />
        </Fold>
    }
}

#[component]
fn Comparison(deck: Deck) -> impl IntoView {
    let picture = use_context::<Picture>();
    let change = RwSignal::new(None::<Change>);
    let choose = move |event: leptos::ev::Event| {
        change.set(read_choice(deck, &event_target_value(&event)));
    };
    let scenarios = deck
        .lab
        .scenarios
        .iter()
        .map(|scenario| view! { <option value=format!("scenario:{}", scenario.id)>{scenario.name}</option> })
        .collect_view();
    let parameters = deck
        .lab
        .parameters
        .iter()
        .map(|parameter| view! { <option value=format!("parameter:{}", parameter.id)>{parameter.label}</option> })
        .collect_view();
    let parameter = Memo::new(move |_| match change.get() {
        Some(Change::Parameter(id, _)) => Some(id),
        _ => None,
    });
    let value_menu = move || {
        let id = parameter.get()?;
        let found = deck
            .lab
            .parameters
            .iter()
            .find(|parameter| parameter.id == id)?;
        Some(view! { <ValueMenu parameter=found change /> })
    };
    let beside = move || {
        let change = change.get()?;
        Some(view! { <Beside deck change picture /> })
    };
    view! {
        <div class="lab-tools">
            <label>
                "Compare with… "
                <select data-set="compare" on:change=choose>
                    <option value="">"nothing"</option>
                    <optgroup label="the settings of">{scenarios}</optgroup>
                    <optgroup label="another value of">{parameters}</optgroup>
                </select>
            </label>
            {value_menu}
        </div>
        {beside}
    }
}

/// `scenario:drift` or `parameter:offset`; a parameter begins at the first value that differs.
fn read_choice(deck: Deck, text: &str) -> Option<Change> {
    let (kind, id) = text.split_once(':')?;
    if kind == "scenario" {
        return deck
            .lab
            .scenario(id)
            .map(|scenario| Change::Scenario(scenario.id));
    }
    let parameter = deck
        .lab
        .parameters
        .iter()
        .find(|parameter| parameter.id == id)?;
    let now = untrack(|| deck.value(id));
    let other = amounts(parameter).into_iter().find(|value| *value != now);
    Some(Change::Parameter(parameter.id, other.unwrap_or(now)))
}

#[component]
fn ValueMenu(parameter: &'static Parameter, change: RwSignal<Option<Change>>) -> impl IntoView {
    let items = amounts(parameter)
        .into_iter()
        .map(|value| {
            let is_chosen = move || change.get() == Some(Change::Parameter(parameter.id, value));
            view! { <option value=value.to_string() prop:selected=is_chosen>{parameter.show(value)}</option> }
        })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        if let Ok(value) = event_target_value(&event).parse() {
            change.set(Some(Change::Parameter(parameter.id, value)));
        }
    };
    view! {
        <label>
            {parameter.label} " "
            <select data-set="compare-value" on:change=choose>{items}</select>
        </label>
    }
}

/// The second run: picture, logs, promises and numbers.
#[component]
fn Beside(deck: Deck, change: Change, picture: Option<Picture>) -> impl IntoView {
    let other = deck.beside(move |run| changed(run, change));
    let difference = Memo::new(move |_| {
        deck.tape
            .with(|one| other.tape.with(|two| one.differs_from(two)))
    });
    let parting = move || match difference.get() {
        None => "Both runs have the same events.".to_owned(),
        Some(Difference { place, at }) => {
            format!("The runs part at {at}, with event {}.", place + 1)
        }
    };
    let go = move |_| {
        if let Some(Difference { at, .. }) = difference.get_untracked() {
            deck.playing.set(false);
            deck.go_to(at);
        }
    };
    let second = picture.map(|Picture(draw)| {
        view! {
            <Provider value=Twin(other)>{draw("", ().into_any())}</Provider>
        }
    });
    view! {
        <p class="compare-parting">
            <span role="status">{parting}</span>
            " "
            <button type="button" data-do="go-difference" hidden=move || difference.get().is_none() on:click=go>"Go there"</button>
        </p>
        <section class="compare-picture" aria-label="Picture of the second run">
            <h4>"The second run"</h4>
            {second}
        </section>
        <div class="compare-logs">
            <Column deck difference title="This run" />
            <Column deck=other difference title="The second run" />
        </div>
        <Results deck other />
    }
}

/// A line of one of the two logs.
#[derive(Clone, Debug)]
struct Line {
    place: usize,
    at: Micros,
    sentence: String,
}

#[component]
fn Column(deck: Deck, difference: Memo<Option<Difference>>, title: &'static str) -> impl IntoView {
    let count = Memo::new(move |_| deck.count());
    let lines = move || {
        let count = count.get();
        deck.tape.with(|tape| {
            let places = (count.saturating_sub(LISTED)..count).rev();
            let line = |place| {
                Some(Line {
                    place,
                    at: tape.when(place)?,
                    sentence: tape.sentence(place)?,
                })
            };
            places.filter_map(line).collect::<Vec<_>>()
        })
    };
    let empty = move || (count.get() == 0).then_some("Nothing has happened yet.");
    view! {
        <section>
            <h4>{title}</h4>
            <p class="muted">{empty}</p>
            <ol class="compare-log" tabindex="0" aria-label=format!("{title}: what happened, newest first")>
                <For
                    each=lines
                    key=|line| (line.place, line.at, line.sentence.clone())
                    let:line
                >
                    <ColumnLine line difference />
                </For>
            </ol>
        </section>
    }
}

#[component]
fn ColumnLine(line: Line, difference: Memo<Option<Difference>>) -> impl IntoView {
    let parts = move || {
        difference
            .get()
            .is_some_and(|found| found.place == line.place)
    };
    view! {
        <li data-parts=move || parts().then_some("true")>
            <span class="log-time">{line.at.to_string()}</span>
            " "
            <span>
                <strong class="compare-mark" hidden=move || !parts()>"Here the runs part: "</strong>
                {line.sentence}
            </span>
        </li>
    }
}

/// A row of the table: what it is about, this run's value, the second run's.
type Row = (&'static str, String, String);

#[component]
fn Results(deck: Deck, other: Deck) -> impl IntoView {
    let results = Memo::new(move |_| {
        let verdicts = deck.tape.with(|one| {
            other
                .tape
                .with(|two| verdict_rows(&one.verdicts, &two.verdicts))
        });
        let mut rows = probe_rows(&deck.plan(), &other.plan());
        rows.extend(verdicts);
        rows
    });
    let rows = move || {
        let row = |(name, one, two): Row| {
            let differs = (one != two).then_some("true");
            view! {
                <tr data-differs=differs>
                    <th scope="row">{name}</th>
                    <td>{one}</td>
                    <td>{two}</td>
                </tr>
            }
        };
        results.get().into_iter().map(row).collect_view()
    };
    view! {
        <DataTable label="Both runs at their end" columns=&["At the end", "This run", "The second run"]>
            {rows}
        </DataTable>
    }
}

fn probe_rows(one: &Run, two: &Run) -> Vec<Row> {
    let lab = one.lab;
    let ids: Vec<&str> = lab.probes.iter().map(|probe| probe.id).collect();
    let said = |number: Option<i64>| number.map_or_else(|| "none".to_owned(), |n| n.to_string());
    let numbers = (lab.engine.probes)(one, &ids)
        .into_iter()
        .zip((lab.engine.probes)(two, &ids));
    lab.probes
        .iter()
        .zip(numbers)
        .map(|(probe, (a, b))| (probe.label, said(a), said(b)))
        .collect()
}

fn verdict_rows(one: &[Verdict], two: &[Verdict]) -> Vec<Row> {
    let said = |verdict: &Verdict| match &verdict.broken {
        None => "✓ holds".to_owned(),
        Some((at, _)) => format!("✗ broken at {at}"),
    };
    one.iter()
        .zip(two)
        .map(|(a, b)| (a.name, said(a), said(b)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::clock_skew::LAB;

    #[test]
    fn the_second_run_has_the_same_seed_and_actions_under_other_settings() {
        let run = Run::scenario(&LAB, "fast-clock").unwrap();
        let other = changed(&run, Change::Scenario("hybrid"));
        assert_eq!((other.seed, &other.actions), (run.seed, &run.actions));
        assert_eq!(other.config, Run::scenario(&LAB, "hybrid").unwrap().config);
        let other = changed(&run, Change::Parameter("offset", 0));
        assert_eq!(other.config.get("offset"), 0);
        assert_eq!(other.actions, run.actions);
    }

    #[test]
    fn the_table_says_what_came_out_in_both_runs() {
        let run = Run::scenario(&LAB, "fast-clock").unwrap();
        let other = changed(&run, Change::Parameter("offset", 0));
        let rows = probe_rows(&run, &other);
        assert!(
            rows.contains(&("Final value", "1".to_owned(), "2".to_owned())),
            "{rows:?}"
        );
        let told = |run: &Run| (LAB.engine.told)(run);
        let rows = verdict_rows(told(&run).verdicts(), told(&other).verdicts());
        assert!(
            rows.iter()
                .any(|(name, one, two)| *name == "No update is lost"
                    && one.starts_with("✗ broken at")
                    && two == "✓ holds"),
            "{rows:?}"
        );
    }
}
