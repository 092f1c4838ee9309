//! The steps of every order in a row, with their compensations beneath, each with its state.

use leptos::prelude::*;

use super::Run;
use crate::sim::saga::report::{self, Cell, Flow, Standing};

/// All orders' steps at the moment of the cursor.
#[component]
pub fn Flows(
    /// The run on the page.
    player: Run,
) -> impl IntoView {
    // The cursor moves with every frame, this only with an event.
    let flows = Memo::new(move |_| report::flows(&player.world()));
    move || flows.with(|flows| flows.iter().map(flow).collect_view())
}

fn flow(flow: &Flow) -> impl IntoView + use<> {
    let cells = flow.cells.iter();
    let before = std::iter::once(None).chain(flow.cells.iter().map(Some));
    let steps = before
        .zip(cells)
        .map(|(before, cell)| step(before, cell))
        .collect_view();
    let order = format!("Order {}", flow.saga);
    let label = order.clone();
    view! {
        <section class="saga-flow" aria-label=label>
            <p class="saga-head">
                <strong>{order}</strong>
                " "
                <span class="chip" data-outcome=flow.outcome>{flow.outcome}</span>
            </p>
            <ol class="saga-steps">{steps}</ol>
        </section>
    }
}

fn step(before: Option<&Cell>, cell: &Cell) -> impl IntoView + use<> {
    let arrows = before.map(|before| {
        let ahead = cell.forward.0 != Standing::Pending;
        let back = before.backward.0 != Standing::Pending;
        view! {
            <span class="saga-ahead" data-lit=ahead.to_string() aria-hidden="true">"→"</span>
            <span class="saga-back" data-lit=back.to_string() aria-hidden="true">"←"</span>
        }
    });
    let undo = match cell.undoes {
        Some(undoes) => mark(
            "saga-mark saga-undoes",
            &format!("C{}", cell.step),
            undoes,
            cell.backward,
        )
        .into_any(),
        None => view! { <p class="saga-undoes saga-none">"no compensation"</p> }.into_any(),
    };
    view! {
        <li class="saga-step">
            <p class="saga-service">{cell.service}</p>
            {arrows}
            {mark("saga-mark saga-does", &format!("T{}", cell.step), cell.does, cell.forward)}
            {undo}
        </li>
    }
}

/// A step or a compensation: its sign, its name, what it does, and the word for how it stands.
fn mark(
    class: &'static str,
    name: &str,
    what: &'static str,
    (standing, times): (Standing, u32),
) -> impl IntoView + use<> {
    view! {
        <p class=class data-standing=standing.word()>
            <span class="saga-sign" aria-hidden="true">{sign(standing)}</span>
            <strong>{name.to_owned()}</strong>
            " "
            {what}
            " "
            <span class="saga-word">{word(standing, times)}</span>
        </p>
    }
}

fn sign(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => "○",
        Standing::Asked => "◌",
        Standing::Done => "●",
        Standing::Compensated => "↩",
        Standing::Failed => "✕",
        Standing::Stuck => "!",
    }
}

/// The word for how something stands, and how often it took effect if that is more than once.
fn word(standing: Standing, times: u32) -> String {
    match times {
        0 | 1 => standing.word().to_owned(),
        2 => format!("{}, twice", standing.word()),
        _ => format!("{}, {times} times", standing.word()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_took_effect_more_than_once_says_so() {
        assert_eq!(word(Standing::Done, 1), "done");
        assert_eq!(word(Standing::Done, 2), "done, twice");
        assert_eq!(word(Standing::Compensated, 3), "compensated, 3 times");
    }

    #[test]
    fn every_standing_has_a_sign_of_its_own() {
        let all = [
            Standing::Pending,
            Standing::Asked,
            Standing::Done,
            Standing::Compensated,
            Standing::Failed,
            Standing::Stuck,
        ];
        let mut signs: Vec<_> = all.map(sign).to_vec();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), all.len());
    }
}
