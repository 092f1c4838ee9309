//! What the services hold, and what the orchestrator has written down.

use leptos::prelude::*;

use super::Run;
use crate::kit::data_table::DataTable;
use crate::sim::saga::report::{self, Holding, euros};

/// Every service's money and stock at the moment of the cursor.
#[component]
pub fn Ledger(
    /// The run on the page.
    player: Run,
) -> impl IntoView {
    let ledger = Memo::new(move |_| report::ledger(&player.world()));
    let rows = move || {
        ledger.with(|ledger| {
            let shown = ledger.iter().filter(|holding| has_books(holding));
            shown.map(row).collect_view()
        })
    };
    view! { <ul class="saga-ledger" aria-label="What the services hold">{rows}</ul> }
}

/// Whether there is anything to tell of a service: money or stock.
fn has_books(holding: &Holding) -> bool {
    holding.price > 0 || holding.left.is_some()
}

fn row(holding: &Holding) -> impl IntoView + use<> {
    let class = match holding.balance == holding.right {
        true => "saga-holding",
        false => "saga-holding broken",
    };
    view! {
        <li class=class>
            {holding.service}
            " "
            <span class="chip">{held(holding)}</span>
            {(holding.balance != holding.right)
                .then(|| format!(" and should hold {}", euros(holding.right)))}
        </li>
    }
}

/// `80 €`, `5 left`, `400 € · 5 left`.
fn held(holding: &Holding) -> String {
    let money = (holding.price > 0).then(|| euros(holding.balance));
    let left = holding.left.map(|left| format!("{left} left"));
    let parts: Vec<String> = money.into_iter().chain(left).collect();
    parts.join(" · ")
}

/// The log at the moment of the cursor.
#[component]
pub fn LogTable(
    /// The run on the page.
    player: Run,
) -> impl IntoView {
    let entries = Memo::new(move |_| {
        let world = player.world();
        report::log(&world).map(|log| {
            let entries = log.entries().iter();
            entries
                .map(|entry| world.protocol().entry(*entry))
                .collect::<Vec<_>>()
        })
    });
    let rows = move || {
        entries.with(|entries| {
            let lines = (1..).zip(entries.iter().flatten());
            lines
                .map(|(number, line): (u32, &String)| {
                    view! {
                        <tr>
                            <th scope="row">{number}</th>
                            <td>{line.clone()}</td>
                        </tr>
                    }
                })
                .collect_view()
        })
    };
    let caption = Signal::derive(move || {
        entries.with(|entries| match entries {
            None => "A choreography has no such log: each service knows its own step.".to_owned(),
            Some(entries) if entries.is_empty() => "The log is empty.".to_owned(),
            Some(_) => "Each line is on disk before anything is sent because of it.".to_owned(),
        })
    });
    view! {
        <DataTable label="The orchestrator’s log" columns=&["Line", "Entry"] caption>
            {rows}
        </DataTable>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAYMENT: Holding = Holding {
        service: "payment",
        price: 80,
        balance: -80,
        left: None,
        right: 0,
    };

    #[test]
    fn money_and_stock_are_said_with_their_units() {
        assert_eq!(held(&PAYMENT), "−80 €");
        let flight = Holding {
            service: "flight",
            price: 400,
            balance: 400,
            left: Some(4),
            right: 400,
        };
        assert_eq!(held(&flight), "400 € · 4 left");
    }

    #[test]
    fn a_service_without_money_and_stock_has_no_line() {
        assert!(has_books(&PAYMENT));
        assert!(!has_books(&Holding {
            price: 0,
            ..PAYMENT
        }));
    }
}
