//! Writes as they happened above, as the log orders them below; lines that cross are mistakes.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Log, order_name};
use crate::kit::measure::width_of;
use crate::sim::clock_skew::{LogEntry, report};

/// So many writes are shown, the latest ones.
const SHOWN: usize = 12;
const HEIGHT: f64 = 150.0;
const ABOVE: f64 = 44.0;
const BELOW: f64 = 112.0;
/// Writes stand no farther apart than this.
const WIDEST: f64 = 90.0;

/// The writes in the order in which they happened, and each one's place in the log.
struct Places {
    writes: Vec<Arc<LogEntry>>,
    logged: Vec<usize>,
    /// Ids of writes that stand in some wrong pair with another write.
    wrong: BTreeSet<(u32, u32)>,
}

impl Places {
    fn of(log: Log) -> Self {
        let order = log.order.get();
        let mut writes: Vec<_> = log.entries.with(|entries| {
            entries
                .iter()
                .filter(|entry| entry.what.is_write())
                .cloned()
                .collect()
        });
        writes.sort_by_key(|entry: &Arc<LogEntry>| entry.begun);
        let writes = writes.split_off(writes.len().saturating_sub(SHOWN));
        let in_log = report::logged_order(&writes, order);
        let logged = writes
            .iter()
            .map(|write| {
                in_log
                    .iter()
                    .position(|entry| entry.id == write.id)
                    .unwrap_or_default()
            })
            .collect();
        let wrong = report::wrong_pairs(&writes, order)
            .into_iter()
            .map(|pair| (pair.first, pair.second))
            .collect();
        Self {
            writes,
            logged,
            wrong,
        }
    }

    fn is_wrong(&self, id: u32) -> bool {
        self.wrong
            .iter()
            .any(|(first, second)| *first == id || *second == id)
    }

    fn in_words(&self) -> String {
        if self.writes.is_empty() {
            return "No write yet.".to_owned();
        }
        let mut in_log: Vec<_> = self.writes.iter().zip(&self.logged).collect();
        let truth: Vec<_> = in_log
            .iter()
            .map(|(write, _)| write.what.value().to_string())
            .collect();
        in_log.sort_by_key(|(_, place)| **place);
        let log: Vec<_> = in_log
            .iter()
            .map(|(write, _)| write.what.value().to_string())
            .collect();
        format!(
            "True order of the writes: {}. Order of the log: {}. Pairs in the wrong order: {}.",
            truth.join(", "),
            log.join(", "),
            self.wrong.len()
        )
    }
}

/// The figure.
#[component]
pub fn LogOrder(log: Log) -> impl IntoView {
    let frame = NodeRef::<leptos::html::Div>::new();
    let width = width_of(frame);
    let order = move || format!("as logged, by {}", order_name(log.order.get()));
    view! {
        <div class="log-order-frame" node_ref=frame style:height=format!("{HEIGHT}px")>
            <svg
                class="log-order"
                role="img"
                aria-label=move || Places::of(log).in_words()
                viewBox=move || format!("0 0 {} {HEIGHT}", width.get())
            >
                <text class="tick-label" x="4" y="14">"as it happened"</text>
                {move || lines(&Places::of(log), width.get())}
                <text class="tick-label" x="4" y=HEIGHT - 6.0>{order}</text>
            </svg>
        </div>
        <p class="panel-words">{move || sentence(&Places::of(log))}</p>
    }
}

fn sentence(places: &Places) -> String {
    match places.wrong.len() {
        0 if places.writes.len() < 2 => "One write alone cannot be in the wrong order.".to_owned(),
        0 => "All of these are in the right order.".to_owned(),
        1 => "One pair is in the wrong order.".to_owned(),
        pairs => format!("{pairs} pairs are in the wrong order."),
    }
}

fn lines(places: &Places, width: f64) -> impl IntoView + use<> {
    let count = u32::try_from(places.writes.len()).unwrap_or(1).max(1);
    let gap = ((width - 40.0) / f64::from(count)).min(WIDEST);
    let x = move |place: usize| 24.0 + gap * f64::from(u32::try_from(place).unwrap_or_default());
    places
        .writes
        .iter()
        .enumerate()
        .map(|(index, write)| {
            let logged = places.logged.get(index).copied().unwrap_or(index);
            let class = if places.is_wrong(write.id) {
                "link wrong"
            } else {
                "link"
            };
            let value = write.what.value().to_string();
            view! {
                <g class=format!("lane-{}", write.machine)>
                    <line
                        class=class
                        x1=format!("{:.1}", x(index))
                        y1=ABOVE
                        x2=format!("{:.1}", x(logged))
                        y2=BELOW
                    />
                    {dot(x(index), ABOVE, value.clone())}
                    {dot(x(logged), BELOW, value)}
                </g>
            }
        })
        .collect_view()
}

fn dot(x: f64, y: f64, value: String) -> impl IntoView {
    let x = format!("{x:.1}");
    view! {
        <circle class="event" cx=x.clone() cy=y r="11" />
        <text class="event-label" x=x y=y + 4.5 text-anchor="middle">{value}</text>
    }
}
