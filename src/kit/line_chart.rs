//! Lines over time, with a band where a value is only known to lie.

use leptos::prelude::*;

use super::axis::{TimeAxis, multiples, ratio, round_step};
use super::deck::Deck;
use super::measure::width_of;
use super::now_line::NowLine;
use super::shared::Shared;
use super::time_marks::time_marks;
use crate::sim::Micros;
use crate::sim::time::signed_span;

/// A line, and around it the band in which the truth is believed to be.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name, at its end.
    pub name: String,
    /// Which of the nodes' colours it has.
    pub colour: u8,
    /// When, and what: microseconds of error.
    pub points: Vec<(Micros, i64)>,
    /// When, the smallest and the largest value of the band.
    pub band: Vec<(Micros, i64, i64)>,
}

const HEIGHT: f64 = 190.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 164.0;
const LEFT: f64 = 62.0;
const RIGHT: f64 = 28.0;

/// A chart of lengths of time over the run. `label` says what it shows.
#[component]
pub fn LineChart(
    /// The run on the page.
    deck: Deck,
    /// The lines.
    series: Memo<Shared<Vec<Series>>>,
    /// What the chart shows, for those who cannot see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let frame = NodeRef::<leptos::html::Div>::new();
    let width = width_of(frame);
    let axis = Memo::new(move |_| TimeAxis {
        from: Micros::ZERO,
        to: deck.tape.with(|tape| tape.end),
        left: LEFT,
        right: width.get() - RIGHT,
    });
    let now = Signal::derive(move || axis.get().x(deck.at()));
    view! {
        <div class="chart-frame" node_ref=frame style:height=format!("{HEIGHT}px")>
            <svg
                class="chart"
                role="img"
                aria-label=label
                viewBox=move || format!("0 0 {} {HEIGHT}", width.get())
                preserveAspectRatio="xMinYMin meet"
            >
                {move || series.with(|series| picture(series, &axis.get()))}
            </svg>
            <NowLine x=now width />
        </div>
    }
}

/// The values from bottom to top.
#[derive(Clone, Copy)]
struct Height {
    low: i64,
    high: i64,
}

impl Height {
    /// Room for all values, and for zero.
    fn of(series: &[Series]) -> Self {
        let points = series
            .iter()
            .flat_map(|line| line.points.iter().map(|point| point.1));
        let bands = series
            .iter()
            .flat_map(|line| line.band.iter().flat_map(|band| [band.1, band.2]));
        let (mut low, mut high) = (0, 0);
        for value in points.chain(bands) {
            low = low.min(value);
            high = high.max(value);
        }
        // A flat chart still needs a height.
        if high - low < 10 {
            high += 10;
        }
        Self { low, high }
    }

    fn y(self, value: i64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * ratio(value - self.low, self.high - self.low)
    }
}

fn picture(series: &[Series], axis: &TimeAxis) -> impl IntoView + use<> {
    let height = Height::of(series);
    let lines = series
        .iter()
        .map(|line| line_view(line, axis, height))
        .collect_view();
    view! {
        <g>{value_marks(height, axis)}</g>
        <g>{time_marks(axis, BOTTOM)}</g>
        <g>{lines}</g>
    }
}

fn value_marks(height: Height, axis: &TimeAxis) -> impl IntoView + use<> {
    let (left, right) = (axis.left, axis.right);
    let step = round_step(height.high - height.low, 5.0);
    multiples(height.low, height.high, step)
        .map(|value| {
            let y = format!("{:.1}", height.y(value));
            let class = if value == 0 { "axis" } else { "grid" };
            view! {
                <line class=class x1=left x2=right y1=y.clone() y2=y.clone() />
                <text class="tick-label" x=left - 6.0 y=y dy="4" text-anchor="end">
                    {signed_span(value)}
                </text>
            }
        })
        .collect_view()
}

fn line_view(line: &Series, axis: &TimeAxis, height: Height) -> impl IntoView + use<> {
    let place = |at: Micros, value: i64| format!("{:.1},{:.1}", axis.x(at), height.y(value));
    let points: Vec<String> = line
        .points
        .iter()
        .map(|(at, value)| place(*at, *value))
        .collect();
    let above = line.band.iter().map(|(at, _, high)| place(*at, *high));
    let below = line.band.iter().rev().map(|(at, low, _)| place(*at, *low));
    let band: Vec<String> = above.chain(below).collect();
    let end = line.points.last().map(|(at, value)| {
        let (x, y) = (axis.x(*at) + 4.0, height.y(*value) + 4.0);
        let name = line.name.clone();
        view! { <text class="curve-name" x=format!("{x:.1}") y=format!("{y:.1}")>{name}</text> }
    });
    view! {
        <g class=format!("lane-{}", line.colour)>
            <polygon class="band" points=band.join(" ") />
            <polyline class="curve" points=points.join(" ") />
            {end}
        </g>
    }
}
