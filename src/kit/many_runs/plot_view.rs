//! A plot on the page: the picture, the finding in words, and the numbers in a table. Every bin
//! and every point leads to a run behind it, by pointer or by keyboard.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::canvas;
use super::layout::Frame;
use super::words::{self, Numbers, Row};
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
    let plot = Memo::new(move |_| {
        figures.with(|figures| figures.as_ref()?.plots.get(place).cloned().map(Shared::new))
    });
    let of_plot = move |read: fn(&Plot) -> String| {
        plot.with(|plot| plot.as_ref().map(|plot| read(plot)).unwrap_or_default())
    };
    let numbers = Memo::new(move |_| {
        plot.with(|plot| {
            let numbers = plot.as_ref().map(|plot| words::numbers(plot));
            Shared::new(numbers.unwrap_or_default())
        })
    });
    let canvas = NodeRef::<Canvas>::new();
    let width = width_of(canvas);
    let frame = StoredValue::new(None::<Frame>);
    Effect::new(move |_| {
        look.track();
        let width = width.get();
        if let (Some(canvas), Some(plot)) = (canvas.get(), plot.get()) {
            frame.set_value(canvas::draw(&canvas, &plot, width));
        }
    });
    let click = move |event: leptos::ev::MouseEvent| {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let run = frame.with_value(|frame| frame.as_ref()?.run_at(x, y).map(str::to_owned));
        if let Some(run) = run {
            open.run(run);
        }
    };
    let label = move || of_plot(words::finding);
    view! {
        <figure class="plot">
            <figcaption>
                <strong>{move || of_plot(|plot| plot.title.clone())}</strong>
                <span class="plot-axis">{move || of_plot(|plot| plot.y.clone())}</span>
            </figcaption>
            <canvas class="plot-canvas" role="img" aria-label=label node_ref=canvas on:click=click></canvas>
            <p class="plot-axis plot-axis-x">{move || of_plot(|plot| plot.x.clone())}</p>
            <Marks plot open />
            <NumbersTable title=Signal::derive(move || of_plot(|plot| plot.title.clone())) numbers open />
        </figure>
    }
}

/// The quantiles of a plot, each with a run that comes out just there.
#[component]
fn Marks(plot: Memo<Option<Shared<Plot>>>, open: Open) -> impl IntoView {
    let at = move |place: usize| {
        plot.with(|plot| plot.as_ref()?.marks.get(place).cloned())
            .unwrap_or_default()
    };
    let count = move || plot.with(|plot| plot.as_ref().map_or(0, |plot| plot.marks.len()));
    let item = move |place: usize| {
        let mark = Memo::new(move |_| at(place));
        let name = move || mark.with(|mark: &Mark| format!("open a run at {}", mark.name));
        let run = move |_| {
            if let Some(run) = mark.get_untracked().run {
                open.run(run);
            }
        };
        view! {
            <li>
                {move || mark.with(words::mark)} " "
                <button
                    type="button"
                    class="open-run"
                    data-do="open-run"
                    hidden=move || mark.with(|mark| mark.run.is_none())
                    aria-label=name
                    on:click=run
                >
                    "open"
                </button>
            </li>
        }
    };
    view! {
        <ul class="plot-marks" hidden=move || count() == 0>
            <For each=move || 0..count() key=|place| *place children=item />
        </ul>
    }
}

/// The numbers of a plot. Rows stay where they are while their numbers change, so that the focus
/// stays on a button.
#[component]
fn NumbersTable(
    title: Signal<String>,
    numbers: Memo<Shared<Numbers>>,
    open: Open,
) -> impl IntoView {
    let heads = Memo::new(move |_| numbers.with(|numbers| numbers.columns.clone()));
    let heads = move || {
        let heads = heads.get().into_iter();
        heads
            .map(|head| view! { <th scope="col">{head}</th> })
            .collect_view()
    };
    let count = move || numbers.with(|numbers| numbers.rows.len());
    view! {
        <div class="table plot-table" tabindex="0" role="region" aria-label=title>
            <table>
                <thead>
                    <tr>
                        {heads}
                        <th scope="col">"run"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || 0..count() key=|place| *place let:place>
                        <RowView numbers place open />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn RowView(numbers: Memo<Shared<Numbers>>, place: usize, open: Open) -> impl IntoView {
    let row = Memo::new(move |_| {
        numbers.with(|numbers| numbers.rows.get(place).cloned().unwrap_or_default())
    });
    let cells = move || {
        let cells = row.with(|row: &Row| row.cells.clone()).into_iter();
        cells.map(|cell| view! { <td>{cell}</td> }).collect_view()
    };
    let runs = move || row.with(|row| row.runs.len());
    let button = move |place: usize| {
        let behind = Memo::new(move |_| {
            row.with(|row| row.runs.get(place).cloned())
                .unwrap_or_default()
        });
        view! {
            <button
                type="button"
                class="open-run"
                data-do="open-run"
                aria-label=move || behind.with(|behind| behind.name.clone())
                on:click=move |_| open.run(behind.get_untracked().run)
            >
                "open"
            </button>
        }
    };
    view! {
        <tr>
            <th scope="row">{move || row.with(|row| row.head.clone())}</th>
            {cells}
            <td>
                <For each=move || 0..runs() key=|place| *place children=button />
            </td>
        </tr>
    }
}
