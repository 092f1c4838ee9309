//! What the lab says in words and numbers beside its pictures.

use leptos::prelude::*;

use super::{Log, Run, order_name};
use crate::kit::data_table::DataTable;
use crate::sim::clock_skew::report::{self, Account, LostUpdate, WrongPair};
use crate::sim::clock_skew::{Answer, LogEntry, Order};
use crate::sim::clocks::Reading;
use crate::sim::time::{signed_span, span};

/// So many lines of a table are shown, the latest ones.
const LINES: usize = 16;
/// So many wrong pairs are told one by one.
const PAIRS: usize = 6;

/// What each machine's register holds, what was lost, and which pairs the log has wrong.
#[component]
pub fn Register(player: Run, log: Log) -> impl IntoView {
    // The cursor moves with every frame, these only with an event: nothing else is drawn anew.
    let values = Memo::new(move |_| {
        let world = player.world();
        let held = world.machines().iter();
        held.map(|machine| (machine.number, machine.value()))
            .collect::<Vec<_>>()
    });
    let lost = Memo::new(move |_| {
        log.entries
            .with(|entries| report::lost_updates(entries, log.order.get()))
    });
    let pairs = Memo::new(move |_| {
        log.entries
            .with(|entries| report::wrong_pairs(entries, log.order.get()))
    });
    let told = move || {
        log.entries
            .with(|entries| pairs.with(|pairs| pair_lines(entries, pairs)))
    };
    view! {
        <ul class="register">{move || values.with(|values| chips(values))}</ul>
        <ul class="lost-updates">{move || lost.with(|lost| lost_lines(lost))}</ul>
        <p class="panel-words">{move || pairs.with(|pairs| pairs_in_all(pairs))}</p>
        <ul class="wrong-pairs">{told}</ul>
    }
}

/// What each machine holds; 0 is nothing yet.
fn chips(values: &[(u8, u32)]) -> impl IntoView + use<> {
    let chip = |(machine, value): &(u8, u32)| {
        let shown = match value {
            0 => "empty".to_owned(),
            value => format!("x = {value}"),
        };
        view! {
            <li class=format!("lane-{machine}")>
                <span class="node-name">{format!("n{machine}")}</span>
                " "
                <span class="chip">{shown}</span>
            </li>
        }
    };
    values.iter().map(chip).collect_view()
}

fn lost_lines(lost: &[LostUpdate]) -> AnyView {
    if lost.is_empty() {
        return view! { <li class="held">"No update is lost."</li> }.into_any();
    }
    let lines = lost.iter().map(|update| {
        let seen = if update.causal { ", which it was built on" } else { "" };
        view! {
            <li class="broken">
                <span class="chip chip-stale">{format!("x = {}", update.value)}</span>
                {format!(
                    " by n{} is lost: the register keeps the earlier x = {}{seen}, because that has the larger stamp.",
                    update.machine,
                    update.winner_value,
                )}
            </li>
        }
    });
    lines.collect_view().into_any()
}

fn pairs_in_all(pairs: &[WrongPair]) -> String {
    let causal = pairs.iter().filter(|pair| pair.causal).count();
    match pairs.len() {
        0 => "No two log entries, writes and copies, are in the wrong order.".to_owned(),
        all => format!(
            "Log entries (writes and copies) in the wrong order: {all} pairs, {causal} of them cause and effect."
        ),
    }
}

fn pair_lines(entries: &[std::sync::Arc<LogEntry>], pairs: &[WrongPair]) -> impl IntoView + use<> {
    let find = |id: u32| entries.iter().find(|entry| entry.id == id);
    // Cause and effect first: nobody can call those a matter of taste.
    let mut pairs: Vec<_> = pairs.iter().collect();
    pairs.sort_by_key(|pair| !pair.causal);
    let lines: Vec<_> = pairs
        .iter()
        .take(PAIRS)
        .filter_map(|pair| {
            let (first, second) = (find(pair.first)?, find(pair.second)?);
            let kind = if pair.causal { "cause and effect" } else { "no cause between them" };
            Some(view! {
                <li>
                    {format!("{first} came {} before {second}; the log has them reversed ({kind}).", span(pair.apart.signed()))}
                </li>
            })
        })
        .collect();
    let more = pairs.len().saturating_sub(PAIRS);
    view! {
        {lines}
        {(more > 0).then(|| view! { <li class="muted">{format!("and {more} more")}</li> })}
    }
}

/// The end of the log, in its own order, with what every kind of clock would have written.
#[component]
pub fn LogTable(log: Log) -> impl IntoView {
    let rows = move || {
        let order = log.order.get();
        let logged = log
            .entries
            .with(|entries| report::logged_order(entries, order));
        let skipped = logged.len().saturating_sub(LINES);
        logged
            .into_iter()
            .skip(skipped)
            .map(|entry| log_row(&entry))
            .collect_view()
    };
    let sorted_by = move || {
        format!(
            "The last {LINES} entries, sorted by {}",
            order_name(log.order.get())
        )
    };
    view! {
        <DataTable label="The log, line by line" columns=&["Entry", "True time", "Wall clock", "Lamport", "HLC", "TrueTime"] caption=Signal::derive(sorted_by)>
            {rows}
        </DataTable>
    }
}

fn log_row(entry: &LogEntry) -> impl IntoView + use<> {
    let what = if entry.what.is_write() {
        "writes"
    } else {
        "copies"
    };
    let deed = format!("n{} {what} x = {}", entry.machine, entry.what.value());
    let interval = entry.stamps.truetime;
    view! {
        <tr>
            <th scope="row">{deed}</th>
            <td>{Reading::perfect(entry.begun).to_string()}</td>
            <td>{entry.stamps.wall.to_string()}</td>
            <td>{entry.stamps.by(Order::Lamport).to_string()}</td>
            <td>{entry.stamps.hybrid.to_string()}</td>
            <td>{format!("{} ± {}", entry.stamps.wall, span(interval.uncertainty()))}</td>
        </tr>
    }
}

/// The exchanges with the time server up to the cursor.
#[component]
pub fn Exchanges(player: Run) -> impl IntoView {
    let answers = Memo::new(move |_| {
        let at = player.deck.at();
        let mut answers = player.history.with(|history| report::exchanges(history));
        answers.retain(|answer| answer.answered <= at);
        answers.split_off(answers.len().saturating_sub(LINES))
    });
    let none = move || {
        answers.with(Vec::is_empty).then_some(
            "Nobody has asked the time server yet: set the NTP poll, or let a machine ask now.",
        )
    };
    let rows = move || answers.with(|answers| answers.iter().map(exchange_row).collect_view());
    view! {
        <p class="muted">{none}</p>
        <DataTable label="NTP exchanges" columns=&["Machine", "t₀ sent", "t₁ received", "t₂ answered", "t₃ back", "Estimate θ", "Truth", "Error", "Bound δ/2"]>
            {rows}
        </DataTable>
    }
}

fn exchange_row(answer: &Answer) -> impl IntoView + use<> {
    let exchange = answer.exchange;
    let times = [exchange.t0, exchange.t1, exchange.t2, exchange.t3]
        .map(|time| view! { <td>{time.to_string()}</td> });
    view! {
        <tr>
            <th scope="row">{format!("n{}", answer.machine)}</th>
            {times.into_iter().collect_view()}
            <td>{signed_span(exchange.offset())}</td>
            <td>{signed_span(answer.true_offset)}</td>
            <td>{signed_span(answer.error())}</td>
            <td>{format!("± {}", span(exchange.bound()))}</td>
        </tr>
    }
}

/// The run under each of the four orders.
#[component]
pub fn Comparison(player: Run) -> impl IntoView {
    let deck = player.deck;
    // The cursor is part of the run, but changes nothing here: the history is what is followed.
    let accounts = Memo::new(move |_| {
        player.history.track();
        report::compare(&untrack(|| deck.run()))
    });
    let current = move || player.history.with(|history| history.last().order());
    let rows = move || {
        let current = current();
        accounts
            .get()
            .iter()
            .map(|account| account_row(account, account.order == current))
            .collect_view()
    };
    view! {
        <DataTable label="The same history under other stamps" columns=&["Ordered by", "Wrong pairs", "… cause and effect", "Lost updates", "Mean wait"]>
            {rows}
        </DataTable>
    }
}

fn account_row(account: &Account, is_current: bool) -> impl IntoView + use<> {
    let name = match account.order {
        Order::TrueTime => "TrueTime with commit wait",
        order => order_name(order),
    };
    view! {
        <tr aria-current=is_current.then_some("true")>
            <th scope="row">{name}</th>
            <td>{account.wrong_pairs}</td>
            <td>{account.wrong_causal_pairs}</td>
            <td>{account.lost_updates}</td>
            <td>{span(account.mean_wait.signed())}</td>
        </tr>
    }
}
