//! What is done in a run, by the reader or by the scenario's script, and how to take it back.

use leptos::prelude::*;

use super::deck::Deck;
use super::fold::Fold;
use crate::sim::{Action, On, Run};

/// A folded list of the run's actions, each with a way to its moment and a button to take it back.
#[component]
pub fn Done(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let count = Memo::new(move |_| deck.actions().len());
    let title = move || match count.get() {
        1 => "One thing is done in this run".to_owned(),
        count => format!("{count} things are done in this run"),
    };
    let lines = move || {
        let run = deck.plan();
        run.actions
            .iter()
            .map(|action| {
                let words = in_words(&run, action);
                view! { <DoneLine deck action=*action words /> }
            })
            .collect_view()
    };
    view! {
        <Fold
            class="lab-fold lab-done needs-program"
            summary=move || title
            hidden=Signal::derive(move || count.get() == 0)
        >
            <ol>{lines}</ol>
        </Fold>
    }
}

#[component]
fn DoneLine(deck: Deck, action: Action, words: String) -> impl IntoView {
    let go = move |_| {
        deck.playing.set(false);
        deck.go_to(action.at);
    };
    let name = format!("Take back: {words}");
    view! {
        <li>
            <button type="button" class="done-time" on:click=go>{action.at.to_string()}</button>
            <span>{words}</span>
            <button
                type="button"
                data-do="take-back-one"
                aria-label=name
                on:click=move |_| deck.take_back_one(&action)
            >
                "Take back"
            </button>
        </li>
    }
}

/// An action in words: `Skew clock: n2, +50 ms`.
pub(super) fn in_words(run: &Run, action: &Action) -> String {
    let kind = run.lab.action(action.kind);
    let mut details = Vec::new();
    if action.on != On::World {
        details.push(on_in_words(run, action.on));
    }
    if let Some(amount) = kind.and_then(|kind| kind.amount) {
        details.push(amount.show(action.amount));
    }
    let label = kind.map_or(action.kind, |kind| kind.label);
    if details.is_empty() {
        label.to_owned()
    } else {
        format!("{label}: {}", details.join(", "))
    }
}

/// What something is done to, in words: `n2`, `n1 to n3`, `n1, n2`, `m7`, `everything`.
pub(super) fn on_in_words(run: &Run, on: On) -> String {
    let name = |node| (run.lab.node_name)(&run.config, node);
    match on {
        On::World => "everything".to_owned(),
        On::Node(node) => name(node),
        On::Link(from, to) => format!("{} to {}", name(from), name(to)),
        On::Nodes(side) => {
            let nodes = (1..=64_u16).filter(|node| side >> (node - 1) & 1 == 1);
            nodes.map(name).collect::<Vec<_>>().join(", ")
        }
        On::Message(message) => format!("m{message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Micros;
    use crate::sim::clock_skew::LAB;

    #[test]
    fn an_action_is_said_with_what_it_is_done_to_and_how_much() {
        let run = Run::of(&LAB);
        let jump = Action {
            at: Micros(7),
            kind: "jump",
            on: On::Node(2),
            amount: -30_000,
        };
        assert_eq!(in_words(&run, &jump), "Jump: n2, −30 ms");
        let write = Action::on_node(1, "write", 1);
        assert_eq!(in_words(&run, &write), "Write: n1");
    }

    #[test]
    fn targets_of_every_kind_have_words() {
        let run = Run::of(&LAB);
        let said = [On::World, On::Link(1, 3), On::Nodes(0b101), On::Message(7)]
            .map(|on| on_in_words(&run, on));
        assert_eq!(said, ["everything", "n1 to n3", "n1, n3", "m7"]);
    }
}
