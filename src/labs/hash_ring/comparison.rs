//! All schemes on the same keys, beside each other.

use leptos::prelude::*;

use super::loads::in_percent_of_any;
use super::moment::Moment;
use super::work::Work;
use crate::kit::data_table::DataTable;
use crate::kit::shared::Shared;
use crate::sim::hash_ring::setting::{scheme_name, schemes};
use crate::sim::hash_ring::{Row, grouped};
use crate::sim::hashing::Scheme;

/// The table, and how far the counting is.
#[component]
pub fn Comparison(moment: Memo<Shared<Moment>>, work: Work) -> impl IntoView {
    let rows = move || {
        let (setting, changed) = moment.with(|moment| (moment.setting, moment.before.is_some()));
        let times = work.times.get();
        work.tally.with(|tally| {
            let lines = schemes(setting.slack).into_iter().map(|scheme| {
                let row = tally.rows.iter().find(|row| row.scheme == scheme);
                let time = times
                    .iter()
                    .find(|time| time.0 == scheme)
                    .map(|time| time.1);
                line(
                    scheme,
                    row.copied(),
                    time,
                    scheme == setting.scheme,
                    changed,
                )
            });
            lines.collect_view()
        })
    };
    view! {
        <Progress moment work />
        <DataTable
            label="All schemes on the same keys"
            columns=&["Scheme", "Moved by the last change", "Fullest node", "Variation", "Theory", "Most requests", "Time"]
        >
            {rows}
        </DataTable>
    }
}

fn line(
    scheme: Scheme,
    row: Option<Row>,
    time: Option<f64>,
    current: bool,
    changed: bool,
) -> impl IntoView {
    let cell = |text: Option<String>| text.unwrap_or_else(|| "…".to_owned());
    let moved = row.map(|row| match row.moved {
        Some(share) if changed => in_percent_of_any(share),
        _ => "–".to_owned(),
    });
    let theory = row.map(|row| row.expected.map_or("–".to_owned(), in_percent_of_any));
    view! {
        <tr aria-current=current.then_some("true") data-scheme=scheme_name(scheme)>
            <th scope="row">{scheme_name(scheme)}</th>
            <td>{cell(moved)}</td>
            <td>{cell(row.map(|row| format!("{:.2} × mean", row.keys.max_over_mean)))}</td>
            <td>{cell(row.map(|row| in_percent_of_any(row.keys.variation)))}</td>
            <td>{cell(theory)}</td>
            <td>{cell(row.map(|row| format!("{:.2} × mean", row.requests.max_over_mean)))}</td>
            <td>{time.map_or("–".to_owned(), in_milliseconds)}</td>
        </tr>
    }
}

fn in_milliseconds(time: f64) -> String {
    if time < 10.0 {
        format!("{time:.1} ms")
    } else {
        format!("{time:.0} ms")
    }
}

/// How far the counting is, in a line that is always there, so that nothing moves.
#[component]
fn Progress(moment: Memo<Shared<Moment>>, work: Work) -> impl IntoView {
    let done = move || work.progress.get() >= 1.0;
    let words = move || {
        let keys = moment.with(|moment| grouped(u64::from(moment.setting.keys)));
        if done() {
            format!("{keys} keys are counted under five schemes.")
        } else {
            format!("Counting {keys} keys under five schemes …")
        }
    };
    view! {
        <p class="ring-progress" data-done=move || done().to_string()>
            <span>{words}</span>
            " "
            <button
                type="button"
                class="needs-program"
                data-do="ring-time"
                title="Counts them again and says how long each scheme takes on this machine."
                on:click=move |_| moment.with_untracked(|moment| work.begin(moment))
            >
                "Time it"
            </button>
            " "
            <progress aria-label="Keys counted" max="1" value=move || format!("{:.3}", work.progress.get())></progress>
        </p>
    }
}
