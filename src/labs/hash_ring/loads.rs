//! How much each node has to carry: bars against the mean and what theory allows, and the numbers.

use leptos::prelude::*;

use super::controls::in_percent;
use super::moment::{Moment, colour};
use super::stage::pick;
use super::work::Work;
use crate::kit::data_table::DataTable;
use crate::kit::deck::Deck;
use crate::kit::measure::width_of;
use crate::kit::shared::Shared;
use crate::sim::hash_ring::{Load, Row, Tally, grouped};
use crate::sim::hashing::Popularity;

const HEIGHT: f64 = 210.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 180.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 12.0;

/// The bars.
#[component]
pub fn Loads(deck: Deck, moment: Memo<Shared<Moment>>, work: Work) -> impl IntoView {
    let frame = NodeRef::<leptos::html::Div>::new();
    let width = width_of(frame);
    let skewed = move || moment.with(|moment| moment.setting.popularity != Popularity::Uniform);
    let label = move || work.tally.with(|tally| in_words(tally));
    let bars = move || {
        let chart = work
            .tally
            .with(|tally| Chart::of(tally, width.get(), skewed()));
        chart.map(|chart| chart.view(deck))
    };
    view! {
        <div class="chart-frame" node_ref=frame style:height=format!("{HEIGHT}px")>
            <svg class="ring-loads" role="img" aria-label=label viewBox=move || format!("0 0 {} {HEIGHT}", width.get())>
                {bars}
            </svg>
        </div>
        <p class="panel-words">{label}</p>
    }
}

/// The bars with their scale.
struct Chart {
    loads: Vec<Load>,
    /// Keys on a node, on average over those that serve.
    mean: f64,
    /// Requests for a node, on average, as a share of all.
    mean_requests: f64,
    expected: Option<f64>,
    /// The value at the top, in means.
    most: f64,
    width: f64,
    skewed: bool,
}

impl Chart {
    /// Nothing while the scheme of the run is not counted, or nobody serves.
    fn of(tally: &Tally, width: f64, skewed: bool) -> Option<Self> {
        let row = tally.rows.first()?;
        let serving = tally.loads.iter().filter(|load| load.node.serves()).count();
        if serving == 0 {
            return None;
        }
        let mean_requests = 1.0 / serving as f64;
        let highest = tally.loads.iter().map(|load| {
            let keys = load.keys as f64 / row.keys.mean;
            if skewed {
                keys.max(load.requests / mean_requests)
            } else {
                keys
            }
        });
        Some(Self {
            loads: tally.loads.clone(),
            mean: row.keys.mean,
            mean_requests,
            expected: row.expected,
            most: highest.fold(1.5, f64::max) * 1.05,
            width,
            skewed,
        })
    }

    fn y(&self, means: f64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * means / self.most
    }

    /// The width of a node's place.
    fn step(&self) -> f64 {
        (self.width - LEFT - RIGHT) / self.loads.len().max(1) as f64
    }

    fn view(self, deck: Deck) -> impl IntoView + use<> {
        let step = self.step();
        // A name needs about thirty pixels.
        let every = (30.0 / step).ceil().max(1.0);
        let bars = self.loads.iter().enumerate().map(|(place, load)| {
            let named = place as f64 % every == 0.0;
            self.bar(deck, load, LEFT + step * place as f64, named)
        });
        let bars = bars.collect_view();
        view! {
            {self.band()}
            {self.grid()}
            {bars}
            {self.mean_line()}
        }
    }

    fn bar(&self, deck: Deck, load: &Load, x: f64, named: bool) -> impl IntoView + use<> {
        let (step, id) = (self.step(), load.node.id);
        let gap = if step > 6.0 { 2.0 } else { 0.0 };
        let width = if self.skewed {
            (step - gap) / 2.0
        } else {
            step - gap
        };
        let top = self.y(load.keys as f64 / self.mean);
        let requests = self.skewed.then(|| {
            let top = self.y(load.requests / self.mean_requests);
            view! { <rect class="ring-bar-requests" x=format!("{:.1}", x + width) width=format!("{width:.1}") y=format!("{top:.1}") height=format!("{:.1}", BOTTOM - top) /> }
        });
        let state = if load.node.up { "" } else { " ✗" };
        let name = named.then(|| view! {
            <text class="tick-label" x=format!("{:.1}", x + step / 2.0) y=BOTTOM + 15.0 text-anchor="middle">{format!("n{id}{state}")}</text>
        });
        let title = format!(
            "n{id}: {} keys, {} of the requests",
            load.keys,
            in_percent(load.requests)
        );
        view! {
            <g
                class=format!("ring-bar ring-{}", colour(id))
                class:lit=move || deck.picked.get().node() == id
                on:click=move |_| pick(deck, id)
            >
                <title>{title}</title>
                <rect class="ring-bar-place" x=format!("{x:.1}") width=format!("{step:.1}") y=TOP height=BOTTOM - TOP />
                <rect class="ring-bar-keys" x=format!("{x:.1}") width=format!("{width:.1}") y=format!("{top:.1}") height=format!("{:.1}", BOTTOM - top) />
                {requests}
                {name}
            </g>
        }
    }

    fn grid(&self) -> impl IntoView + use<> {
        let step = if self.most > 6.0 {
            2.0
        } else if self.most > 2.5 {
            1.0
        } else {
            0.5
        };
        let right = self.width - RIGHT;
        let lines = (0..20)
            .map(|n| f64::from(n) * step)
            .take_while(|means| *means <= self.most);
        let lines = lines.map(|means| {
            let y = format!("{:.1}", self.y(means));
            view! {
                <line class="grid" x1=LEFT x2=right y1=y.clone() y2=y.clone() />
                <text class="tick-label" x=LEFT - 6.0 y=y dy="4" text-anchor="end">{format!("{means}×")}</text>
            }
        });
        lines.collect_view()
    }

    fn mean_line(&self) -> impl IntoView + use<> {
        let y = format!("{:.1}", self.y(1.0));
        let label = self.y(1.0 + self.expected.unwrap_or(0.0)) - 4.0;
        let right = self.width - RIGHT;
        view! {
            <line class="ring-mean" x1=LEFT x2=right y1=y.clone() y2=y.clone() />
            <text class="tick-label" x=right y=format!("{label:.1}") text-anchor="end">{format!("mean: {} keys", whole(self.mean))}</text>
        }
    }

    /// One standard deviation to either side, by theory.
    fn band(&self) -> Option<impl IntoView + use<>> {
        let expected = self.expected?;
        let (high, low) = (self.y(1.0 + expected), self.y((1.0 - expected).max(0.0)));
        let right = self.width - RIGHT;
        let edge = |y: f64| {
            let y = format!("{y:.1}");
            view! { <line class="ring-theory" x1=LEFT x2=right y1=y.clone() y2=y /> }
        };
        Some(view! {
            <rect class="ring-band" x=LEFT width=right - LEFT y=format!("{high:.1}") height=format!("{:.1}", low - high) />
            {edge(high)}
            {edge(low)}
            <text class="tick-label" x=LEFT + 4.0 y=format!("{high:.1}") dy="-4">{format!("theory: ± {}", in_percent(expected))}</text>
        })
    }
}

/// What the bars say.
fn in_words(tally: &Tally) -> String {
    let Some(row) = tally.rows.first() else {
        return "The keys are being counted.".to_owned();
    };
    let fullest = tally.loads.iter().max_by_key(|load| load.keys);
    let Some(fullest) = fullest.filter(|load| load.keys > 0) else {
        return "Nobody serves any key.".to_owned();
    };
    format!(
        "n{} is the fullest with {} keys, {:.2} times the mean of {}. The keys per node vary by {} of the mean{}.",
        fullest.node.id,
        grouped(fullest.keys),
        row.keys.max_over_mean,
        whole(row.keys.mean),
        in_percent_of_any(row.keys.variation),
        expected_in_words(row)
    )
}

fn expected_in_words(row: &Row) -> String {
    row.expected.map_or_else(String::new, |expected| {
        format!("; theory expects {}", in_percent_of_any(expected))
    })
}

/// A mean as a whole number of keys.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mean of at most a million keys"
)]
fn whole(mean: f64) -> String {
    grouped(mean.round() as u64)
}

/// A ratio that may be above 1, in percent.
pub fn in_percent_of_any(ratio: f64) -> String {
    format!("{:.1} %", ratio * 100.0)
}

/// The numbers behind the bars.
#[component]
pub fn LoadTable(work: Work) -> impl IntoView {
    let rows = move || {
        work.tally.with(|tally| {
            let mean = tally.rows.first().map_or(0.0, |row| row.keys.mean);
            tally
                .loads
                .iter()
                .map(|load| load_row(load, mean))
                .collect_view()
        })
    };
    view! {
        <DataTable label="Keys and requests by node" columns=&["Node", "Weight", "Keys", "× mean", "Requests", "Gained", "Lost"]>
            {rows}
        </DataTable>
    }
}

fn load_row(load: &Load, mean: f64) -> impl IntoView + use<> {
    let state = if load.node.up { "" } else { " (failed)" };
    let ratio = if mean > 0.0 {
        load.keys as f64 / mean
    } else {
        0.0
    };
    view! {
        <tr>
            <th scope="row">{format!("n{}{state}", load.node.id)}</th>
            <td>{format!("{} %", load.node.weight)}</td>
            <td>{grouped(load.keys)}</td>
            <td>{format!("{ratio:.2}")}</td>
            <td>{in_percent(load.requests)}</td>
            <td>{grouped(load.gained)}</td>
            <td>{grouped(load.lost)}</td>
        </tr>
    }
}
