//! A plot on the page: the picture, the finding in words, and the numbers in a table. Every bin
//! and every point leads to a run behind it, by pointer or by keyboard.

use leptos::html::Canvas;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::canvas;
use super::layout::Frame;
use super::words::{self, Behind, Numbers, Row};
use crate::kit::measure::width_of;
use crate::kit::shared::Shared;
use crate::sim::batch::{Figures, Mark, Plot};

/// Opens a run, given as a link.
pub(super) type Open = Callback<String>;

/// One of the plots of a batch, by its place among them.
#[component]
pub(super) fn PlotView(
    /// What the batch shows.
    figures: Signal<Option<Shared<Figures>>>,
    /// Which of the plots.
    place: usize,
    /// Changes when the plot has to be drawn again.
    look: Signal<u32>,
    /// Opens a run behind the plot.
    open: Open,
) -> impl IntoView {
    let of_plot = move |read: fn(&Plot) -> String| {
        figures.with(|figures| {
            let plot = figures
                .as_ref()
                .and_then(|figures| figures.plots.get(place));
            plot.map(read).unwrap_or_default()
        })
    };
    let canvas = NodeRef::<Canvas>::new();
    let width = width_of(canvas);
    let frame = StoredValue::new(None::<Frame>);
    Effect::new(move |_| {
        look.track();
        let (width, figures) = (width.get(), figures.get());
        let plot = figures
            .as_ref()
            .and_then(|figures| figures.plots.get(place));
        if let (Some(canvas), Some(plot)) = (canvas.get(), plot) {
            frame.set_value(canvas::draw(&canvas, plot, width));
        }
    });
    let point = move |event: leptos::ev::MouseEvent| {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let run = frame.with_value(|frame| frame.as_ref()?.run_at(x, y).map(str::to_owned));
        if let Some(run) = run {
            open.run(run);
        }
    };
    let press = move |event: leptos::ev::MouseEvent| {
        if let Some(run) = run_of_button(&event) {
            open.run(run);
        }
    };
    let title = move || of_plot(|plot| plot.title.clone());
    let marks = move || {
        figures.with(|figures| {
            let plot = figures
                .as_ref()
                .and_then(|figures| figures.plots.get(place));
            let marks = plot.map(|plot| plot.marks.iter().map(mark_view));
            marks.into_iter().flatten().collect_view()
        })
    };
    let numbers = move || {
        figures.with(|figures| {
            let plot = figures
                .as_ref()
                .and_then(|figures| figures.plots.get(place));
            table(&plot.map(words::numbers).unwrap_or_default())
        })
    };
    view! {
        <figure class="plot" on:click=press>
            <figcaption>
                <strong>{title}</strong>
                <span class="plot-axis">{move || of_plot(|plot| plot.y.clone())}</span>
            </figcaption>
            <canvas
                class="plot-canvas"
                role="img"
                aria-label=move || of_plot(words::finding)
                node_ref=canvas
                on:click=point
            ></canvas>
            <p class="plot-axis plot-axis-x">{move || of_plot(|plot| plot.x.clone())}</p>
            <ul class="plot-marks">{marks}</ul>
            <div class="table plot-table" tabindex="0" role="region" aria-label=title>
                {numbers}
            </div>
        </figure>
    }
}

/// The run of the button that was pressed, if one was.
fn run_of_button(event: &leptos::ev::MouseEvent) -> Option<String> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let button = target.closest("[data-run]").ok()??;
    button.get_attribute("data-run")
}

/// A quantile, with a run that comes out just there.
fn mark_view(mark: &Mark) -> impl IntoView + use<> {
    let behind = mark.run.as_ref().map(|run| Behind {
        name: format!("open a run at {}", mark.name),
        run: run.clone(),
    });
    view! { <li>{words::mark(mark)} " " {behind.as_ref().map(button)}</li> }
}

/// Numbers as a table. When they change, its rows and buttons stay what they are and only what
/// they say changes, so the focus stays on a button.
pub(super) fn table(numbers: &Numbers) -> AnyView {
    let heads = numbers
        .columns
        .iter()
        .map(|head| view! { <th scope="col">{head.clone()}</th> });
    let rows = numbers.rows.iter().map(|row| row_view(row, numbers.opens));
    let runs = numbers.opens.then(|| view! { <th scope="col">"run"</th> });
    let caption = (!numbers.caption.is_empty())
        .then(|| view! { <caption>{numbers.caption.clone()}</caption> });
    view! {
        <table>
            {caption}
            <thead>
                <tr>{heads.collect_view()} {runs}</tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row_view(row: &Row, opens: bool) -> impl IntoView + use<> {
    let cells = row
        .cells
        .iter()
        .map(|cell| view! { <td>{cell.clone()}</td> });
    let runs = opens.then(|| view! { <td>{row.runs.iter().map(button).collect_view()}</td> });
    view! {
        <tr>
            <th scope="row">{row.head.clone()}</th>
            {cells.collect_view()}
            {runs}
        </tr>
    }
}

fn button(behind: &Behind) -> impl IntoView + use<> {
    view! {
        <button
            type="button"
            class="open-run"
            data-do="open-run"
            data-run=behind.run.clone()
            aria-label=behind.name.clone()
        >
            "open"
        </button>
    }
}
