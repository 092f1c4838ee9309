//! What a reader does to the picked node, and to the ring: beside the picture, by pointer and by
//! keyboard alike.

use leptos::prelude::*;

use super::circle::has_arcs;
use super::moment::Moment;
use super::stage::key_in_words;
use crate::kit::deck::Deck;
use crate::kit::shared::Shared;
use crate::sim::On;
use crate::sim::hash_ring::Share;
use crate::sim::hashing::{Among, Node};

/// The heaviest node that there can be, in percent of an ordinary one.
const HEAVIEST: u32 = 400;

/// A menu of the nodes, and a button for each thing that can be done.
#[component]
pub fn Controls(deck: Deck, moment: Memo<Shared<Moment>>) -> impl IntoView {
    let picked = move || {
        let id = deck.picked.get().node();
        moment.with(|moment| moment.node(id))
    };
    let none = move || picked().is_none();
    let act = move |kind: &str, amount: i64| {
        let node = picked().map_or(0, |node| node.id);
        if let Some(kind) = deck.lab.action(kind) {
            let on = if node > 0 { On::Node(node) } else { On::World };
            deck.act(kind, on, amount);
        }
    };
    let add = move |_| {
        if let Some(kind) = deck.lab.action("add") {
            deck.act(kind, On::World, 100);
        }
    };
    let is_down = move || picked().is_some_and(|node| !node.up);
    let fail = move |_| act(if is_down() { "recover" } else { "fail" }, 0);
    let fail_word = move || if is_down() { "Bring back" } else { "Let fail" };
    let weigh = move |heavier: bool| {
        if let Some(node) = untrack(picked) {
            act("weigh", i64::from(other_weight(node.weight, heavier)));
        }
    };
    view! {
        <div class="ring-controls needs-program" role="group" aria-label="The ring">
            <button type="button" data-do="ring-add" on:click=add>"Add a node"</button>
            <NodeMenu deck moment />
            <button type="button" data-do="ring-remove" disabled=none on:click=move |_| act("remove", 0)>"Take off"</button>
            <button type="button" data-do="ring-fail" disabled=none on:click=fail>{fail_word}</button>
            <button type="button" data-do="ring-heavier" disabled=none on:click=move |_| weigh(true)>"Weight × 2"</button>
            <button type="button" data-do="ring-lighter" disabled=none on:click=move |_| weigh(false)>"Weight ÷ 2"</button>
        </div>
    }
}

/// Twice or half the weight; below a quarter of an ordinary node it is nothing, and back.
fn other_weight(weight: u32, heavier: bool) -> u32 {
    match (heavier, weight) {
        (true, 0) => 25,
        (true, weight) => (weight * 2).min(HEAVIEST),
        (false, 0..50) => 0,
        (false, weight) => weight / 2,
    }
}

#[component]
fn NodeMenu(deck: Deck, moment: Memo<Shared<Moment>>) -> impl IntoView {
    let items = move || {
        moment.with(|moment| {
            let shares = moment.ring.shares(Among::Up);
            let arcs = has_arcs(moment.setting.scheme);
            let nodes = moment.ring.nodes().iter().zip(shares);
            let items = nodes.map(|(node, share)| item(deck, *node, arcs.then_some(share)));
            items.collect_view()
        })
    };
    let none = move || deck.picked.get().node() == 0;
    let change = move |event: leptos::ev::Event| {
        let id = event_target_value(&event).parse().unwrap_or(0);
        deck.picked
            .set(if id == 0 { On::World } else { On::Node(id) });
    };
    view! {
        <label class="ring-picked">
            "Node "
            <select data-set="ring-node" on:change=change>
                <option value="0" selected=untrack(none) prop:selected=none>"none picked"</option>
                {items}
            </select>
        </label>
    }
}

fn item(deck: Deck, node: Node, share: Option<f64>) -> impl IntoView {
    let is_picked = move || deck.picked.get().node() == node.id;
    view! {
        <option value=node.id.to_string() selected=untrack(is_picked) prop:selected=is_picked>
            {node_in_words(node, share)}
        </option>
    }
}

/// `n3: 9.8 % of the circle`, and what is unusual about it.
fn node_in_words(node: Node, share: Option<f64>) -> String {
    let weight = if node.weight == 100 {
        String::new()
    } else {
        format!(", weight {} %", node.weight)
    };
    if !node.up {
        return format!("n{}: failed{weight}", node.id);
    }
    let share = share.map_or_else(
        || "up".to_owned(),
        |share| format!("{} of the circle", in_percent(share)),
    );
    format!("n{}: {share}{weight}", node.id)
}

/// A share, 0 to 1, with the digits that mean something.
pub fn in_percent(share: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share is from 0 to 1"
    )]
    let millionths = (share * 1e6).round() as u128;
    Share::of(millionths, 1_000_000).to_string()
}

/// Which key is followed to the nodes that keep it.
#[component]
pub fn KeyField(moment: Memo<Shared<Moment>>, key: RwSignal<u32>) -> impl IntoView {
    let last = move || moment.with(|moment| moment.setting.keys.saturating_sub(1));
    let shown = Memo::new(move |_| key.get().min(last()));
    let change = move |event: leptos::ev::Event| {
        if let Ok(wanted) = event_target_value(&event).trim().parse() {
            key.set(wanted);
        }
    };
    let words = move || moment.with(|moment| key_in_words(moment, shown.get()));
    view! {
        <p class="ring-key-field needs-program">
            <label>
                "Follow key "
                <input
                    type="number"
                    data-set="ring-key"
                    min="0"
                    max=move || last().to_string()
                    value=untrack(move || shown.get().to_string())
                    prop:value=move || shown.get().to_string()
                    on:change=change
                />
            </label>
        </p>
        <p class="ring-key-words">{words}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_double_and_halve_between_nothing_and_four_times() {
        let up: Vec<u32> = [0, 25, 100, 200, 300]
            .map(|weight| other_weight(weight, true))
            .to_vec();
        assert_eq!(up, [25, 50, 200, 400, 400]);
        let down: Vec<u32> = [400, 100, 50, 25, 0]
            .map(|weight| other_weight(weight, false))
            .to_vec();
        assert_eq!(down, [200, 50, 25, 0, 0]);
    }

    #[test]
    fn a_node_is_told_with_what_is_unusual_about_it() {
        let node = Node::new(3);
        assert_eq!(node_in_words(node, Some(0.098)), "n3: 9.8 % of the circle");
        let failed = Node {
            up: false,
            weight: 200,
            ..node
        };
        assert_eq!(node_in_words(failed, Some(0.0)), "n3: failed, weight 200 %");
        assert_eq!(node_in_words(node, None), "n3: up");
    }
}
