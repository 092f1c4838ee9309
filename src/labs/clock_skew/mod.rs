//! The picture of the lab `clock-skew`: what truly happened, what the log makes of it, what the
//! register keeps, how wrong the clocks are, and what other stamps would have changed.

mod diagram;
mod log_order;
mod tables;

use std::sync::Arc;

use leptos::prelude::*;

use crate::kit::deck::Player;
use crate::kit::line_chart::{LineChart, Series};
use crate::kit::shared::Shared;
use crate::kit::shell::Shell;
use crate::kit::space_time::SpaceTime;
use crate::sim::clock_skew::{ClockSkew, LogEntry, Order, report};
use crate::sim::time::span;
use log_order::LogOrder;
use tables::{Comparison, Exchanges, LogTable, Register};

/// The lab, opened with a run.
#[must_use]
pub fn view(run: &str, caption: AnyView) -> AnyView {
    let player = Player::<ClockSkew>::open(run);
    view! {
        <Shell deck=player.deck caption stage=view! { <Stage player /> }.into_any()>
            <Panels player />
        </Shell>
    }
    .into_any()
}

/// A run of this lab.
type Run = Player<ClockSkew>;

/// The log as it stands at the cursor, and the order that it goes by.
#[derive(Clone, Copy)]
struct Log {
    /// Finished entries, in the order in which they were finished.
    entries: Memo<Vec<Arc<LogEntry>>>,
    order: Memo<Order>,
}

impl Log {
    fn of(player: Run) -> Self {
        Self {
            entries: Memo::new(move |_| {
                let at = player.deck.at();
                player.history.with(|history| {
                    let log = history.last().log().iter();
                    log.filter(|entry| entry.done <= at).cloned().collect()
                })
            }),
            order: Memo::new(move |_| player.history.with(|history| history.last().order())),
        }
    }
}

/// What an order is called on the page.
fn order_name(order: Order) -> &'static str {
    match order {
        Order::Wall => "wall clock",
        Order::Lamport => "Lamport clock",
        Order::Hybrid => "hybrid logical clock",
        Order::TrueTime => "TrueTime",
    }
}

/// What truly happened.
#[component]
fn Stage(player: Run) -> impl IntoView {
    let diagram =
        Memo::new(move |_| Shared::new(player.history.with(|history| diagram::of(history))));
    let label = Signal::derive(move || diagram.with(|diagram| diagram::in_words(diagram)));
    view! {
        <figure class="panel">
            <SpaceTime deck=player.deck diagram label />
            <figcaption>
                <strong>"What truly happened. "</strong>
                "Left to right is true time; the ticks on a line are what that machine’s own clock "
                "shows. A filled circle is a write of that value, a hollow one its arrival at "
                "another machine; struck out is an update that gets lost."
            </figcaption>
        </figure>
    }
}

/// What the log and the register make of it, and why.
#[component]
fn Panels(player: Run) -> impl IntoView {
    let log = Log::of(player);
    let errors =
        Memo::new(move |_| Shared::new(player.history.with(|history| error_series(history))));
    let errors_said =
        Signal::derive(move || player.history.with(|history| errors_in_words(history)));
    view! {
        <figure class="panel">
            <figcaption>
                <strong>"What the log makes of it. "</strong>
                "Writes as they happened, and as the log orders them. Lines that cross are pairs in the wrong order."
            </figcaption>
            <LogOrder log />
        </figure>
        <section class="panel">
            <p class="panel-title">"The register x, in which the last write wins"</p>
            <Register player log />
        </section>
        <section class="panel panel-wide">
            <p class="panel-title">"The same history under other stamps"</p>
            <Comparison player />
        </section>
        <figure class="panel panel-wide">
            <figcaption>
                <strong>"How wrong the clocks are. "</strong>
                "Each line is a clock’s reading less the true time; the band is the error that the "
                "machine itself allows for (ε)."
            </figcaption>
            <LineChart deck=player.deck series=errors label=errors_said />
        </figure>
        <details class="panel panel-wide panel-fold">
            <summary>"The log, line by line, under every kind of stamp"</summary>
            <LogTable log />
        </details>
        <details class="panel panel-wide panel-fold">
            <summary>"NTP exchanges: four timestamps, the estimate, and how wrong it was"</summary>
            <Exchanges player />
        </details>
    }
}

/// The clocks' errors, for the chart.
fn error_series(history: &crate::sim::History<ClockSkew>) -> Vec<Series> {
    report::clock_error(history)
        .into_iter()
        .map(|curve| Series {
            name: format!("n{}", curve.machine),
            colour: curve.machine,
            points: curve
                .points
                .iter()
                .map(|point| (point.at, point.error))
                .collect(),
            band: curve
                .points
                .iter()
                .map(|point| {
                    (
                        point.at,
                        point.error - point.bound,
                        point.error + point.bound,
                    )
                })
                .collect(),
        })
        .collect()
}

fn errors_in_words(history: &crate::sim::History<ClockSkew>) -> String {
    let ends = report::clock_error(history)
        .into_iter()
        .filter_map(|curve| {
            let largest = curve.points.iter().map(|point| point.error.abs()).max()?;
            Some(format!(
                "n{} is wrong by up to {}",
                curve.machine,
                span(largest)
            ))
        })
        .collect::<Vec<_>>();
    format!("Errors of the clocks over the run: {}.", ends.join(", "))
}
