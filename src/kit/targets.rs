//! What an action is to be done to: chosen by keyboard, or picked in the picture.

use leptos::prelude::*;

use super::deck::Deck;
use crate::sim::{Micros, On, Target};

/// Only so many nodes can be named together.
const MOST_TOGETHER: u16 = 64;

/// What is chosen, for each kind of target.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chosen {
    node: u16,
    from: u16,
    to: u16,
    /// Bit 0 stands for n1.
    side: u64,
    message: u32,
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            node: 1,
            from: 1,
            to: 2,
            side: 1,
            message: 0,
        }
    }
}

impl Chosen {
    /// Takes over what was picked in the picture.
    fn pick(&mut self, on: On) {
        match on {
            On::World => {}
            On::Node(node) => {
                self.node = node;
                self.side = bit(node);
                self.from = node;
            }
            On::Link(from, to) => (self.from, self.to) = (from, to),
            On::Nodes(side) => self.side = side,
            On::Message(message) => self.message = message,
        }
    }

    /// The target of an action among so many nodes and these messages, or what has to be chosen
    /// first. A node that is gone stands for the last one.
    fn on(
        &self,
        target: Target,
        nodes: u16,
        messages: &[(u32, String)],
    ) -> Result<On, &'static str> {
        let last = |node: u16| node.clamp(1, nodes.max(1));
        match target {
            Target::None => Ok(On::World),
            Target::Node if nodes == 0 => Err("There is no node."),
            Target::Node => Ok(On::Node(last(self.node))),
            Target::Link => match (last(self.from), last(self.to)) {
                (from, to) if from == to => Err("Choose two different nodes first."),
                (from, to) => Ok(On::Link(from, to)),
            },
            Target::Nodes => match self.side & among(nodes) {
                0 => Err("Choose the nodes of one side first."),
                side => Ok(On::Nodes(side)),
            },
            Target::Message => message_among(self.message, messages)
                .map(On::Message)
                .ok_or("No message is on its way at this moment."),
        }
    }
}

fn bit(node: u16) -> u64 {
    node.checked_sub(1)
        .and_then(|place| 1_u64.checked_shl(u32::from(place)))
        .unwrap_or(0)
}

/// All of so many nodes.
fn among(nodes: u16) -> u64 {
    1_u64
        .checked_shl(u32::from(nodes))
        .map_or(u64::MAX, |above| above - 1)
}

/// The chosen message if it is still on its way, else the first.
fn message_among(chosen: u32, messages: &[(u32, String)]) -> Option<u32> {
    let mut numbers = messages.iter().map(|(number, _)| *number);
    if numbers.clone().any(|number| number == chosen) {
        return Some(chosen);
    }
    numbers.next()
}

/// What is chosen in a lab, shared by all its actions.
#[derive(Clone, Copy, Debug)]
pub struct Targets {
    deck: Deck,
    chosen: RwSignal<Chosen>,
    /// Whether anybody looks at the messages: to know them a moment of the run has to be played.
    pub wants_messages: RwSignal<bool>,
    messages: Memo<Vec<(u32, String)>>,
}

impl Targets {
    /// The targets of a lab; what is picked in its picture is taken over.
    #[must_use]
    pub fn of(deck: Deck) -> Self {
        let chosen = RwSignal::new(Chosen::default());
        let wants_messages = RwSignal::new(false);
        Effect::new(move |_| {
            let picked = deck.picked.get();
            chosen.update(|chosen| chosen.pick(picked));
        });
        let moment = Memo::new(move |_| moment_of_messages(deck));
        let messages = Memo::new(move |_| {
            if !wants_messages.get() {
                return Vec::new();
            }
            let at = moment.get();
            deck.tape.with(|tape| tape.messages_at(at))
        });
        Self {
            deck,
            chosen,
            wants_messages,
            messages,
        }
    }

    /// What an action is to be done to now, or what has to be chosen first.
    ///
    /// # Errors
    /// One sentence for the reader when nothing fit is chosen.
    pub fn on(&self, target: Target) -> Result<On, &'static str> {
        untrack(|| {
            let nodes = self.deck.nodes();
            self.messages.with(|messages| {
                self.chosen
                    .with(|chosen| chosen.on(target, nodes, messages))
            })
        })
    }
}

/// While the run plays, messages are looked at from event to event and not with every frame.
fn moment_of_messages(deck: Deck) -> Micros {
    if !deck.playing.get() {
        return deck.at();
    }
    let count = deck.count();
    deck.tape
        .with(|tape| tape.when(count.checked_sub(1)?))
        .unwrap_or_default()
}

/// The fields in which a target of one kind is chosen; none for the world as a whole.
#[component]
pub fn Chooser(
    /// What is chosen so far.
    targets: Targets,
    /// The kind of target.
    target: Target,
    /// What the actions are, for those who hear the fields' names.
    actions: &'static str,
) -> impl IntoView {
    match target {
        Target::None => ().into_any(),
        Target::Node => view! {
            <NodeMenu
                targets
                label=format!("{actions}: on which node")
                get=|chosen| chosen.node
                set=|chosen, node| chosen.node = node
            />
        }
        .into_any(),
        Target::Link => view! {
            <span class="lab-way">
                "from "
                <NodeMenu
                    targets
                    label=format!("{actions}: from which node")
                    get=|chosen| chosen.from
                    set=|chosen, node| chosen.from = node
                />
                " to "
                <NodeMenu
                    targets
                    label=format!("{actions}: to which node")
                    get=|chosen| chosen.to
                    set=|chosen, node| chosen.to = node
                />
            </span>
        }
        .into_any(),
        Target::Nodes => {
            view! { <SideBoxes targets label=format!("{actions}: nodes of one side") /> }.into_any()
        }
        Target::Message => {
            view! { <MessageMenu targets label=format!("{actions}: which message") /> }.into_any()
        }
    }
}

#[component]
fn NodeMenu(
    targets: Targets,
    label: String,
    get: fn(&Chosen) -> u16,
    set: fn(&mut Chosen, u16),
) -> impl IntoView {
    let deck = targets.deck;
    let items = move || {
        (1..=deck.nodes())
            .map(|node| {
                let is_chosen = move || targets.chosen.with(get) == node;
                view! {
                    <option value=node.to_string() selected=untrack(is_chosen) prop:selected=is_chosen>
                        {move || deck.node_name(node)}
                    </option>
                }
            })
            .collect_view()
    };
    let change = move |event: leptos::ev::Event| {
        if let Ok(node) = event_target_value(&event).parse() {
            targets.chosen.update(|chosen| set(chosen, node));
        }
    };
    view! { <select aria-label=label on:change=change>{items}</select> }
}

#[component]
fn SideBoxes(targets: Targets, label: String) -> impl IntoView {
    let deck = targets.deck;
    let boxes = move || {
        (1..=deck.nodes().min(MOST_TOGETHER))
            .map(|node| {
                let is_in = move || targets.chosen.with(|chosen| chosen.side & bit(node) != 0);
                let change = move |_| targets.chosen.update(|chosen| chosen.side ^= bit(node));
                view! {
                    <label class="lab-box">
                        <input type="checkbox" checked=untrack(is_in) prop:checked=is_in on:change=change />
                        {move || deck.node_name(node)}
                    </label>
                }
            })
            .collect_view()
    };
    view! { <span class="lab-boxes" role="group" aria-label=label>{boxes}</span> }
}

#[component]
fn MessageMenu(targets: Targets, label: String) -> impl IntoView {
    let chosen = move || {
        let number = targets.chosen.with(|chosen| chosen.message);
        targets
            .messages
            .with(|messages| message_among(number, messages))
    };
    let items = move || {
        let messages = targets.messages.get();
        if messages.is_empty() {
            return view! { <option value="">"no message on its way"</option> }.into_any();
        }
        messages
            .into_iter()
            .map(|(number, words)| {
                let is_chosen = move || chosen() == Some(number);
                view! { <option value=number.to_string() prop:selected=is_chosen>{words}</option> }
            })
            .collect_view()
            .into_any()
    };
    let change = move |event: leptos::ev::Event| {
        if let Ok(number) = event_target_value(&event).parse() {
            targets.chosen.update(|chosen| chosen.message = number);
        }
    };
    view! { <select class="lab-message" aria-label=label on:change=change>{items}</select> }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The target of that kind among three nodes with m4 and m7 on their way.
    fn check(chosen: &Chosen, target: Target, expected: Result<On, &'static str>) {
        let messages = [(4, "m4".to_owned()), (7, "m7".to_owned())];
        assert_eq!(chosen.on(target, 3, &messages), expected);
    }

    #[test]
    fn what_is_picked_in_the_picture_becomes_the_target() {
        let mut chosen = Chosen::default();
        chosen.pick(On::Node(3));
        check(&chosen, Target::Node, Ok(On::Node(3)));
        check(&chosen, Target::Nodes, Ok(On::Nodes(0b100)));
        check(&chosen, Target::Link, Ok(On::Link(3, 2)));
        chosen.pick(On::Message(7));
        check(&chosen, Target::Message, Ok(On::Message(7)));
        chosen.pick(On::Link(2, 1));
        check(&chosen, Target::Link, Ok(On::Link(2, 1)));
        check(&chosen, Target::Node, Ok(On::Node(3)));
    }

    #[test]
    fn a_node_that_is_gone_stands_for_the_last_and_a_message_for_the_first() {
        let chosen = Chosen {
            node: 9,
            side: 0b1_0001,
            message: 5,
            ..Chosen::default()
        };
        check(&chosen, Target::Node, Ok(On::Node(3)));
        check(&chosen, Target::Nodes, Ok(On::Nodes(1)));
        check(&chosen, Target::Message, Ok(On::Message(4)));
    }

    #[test]
    fn what_has_to_be_chosen_first_is_said() {
        let chosen = Chosen {
            from: 2,
            side: 0,
            ..Chosen::default()
        };
        check(
            &chosen,
            Target::Link,
            Err("Choose two different nodes first."),
        );
        check(
            &chosen,
            Target::Nodes,
            Err("Choose the nodes of one side first."),
        );
        assert_eq!(
            chosen.on(Target::Message, 3, &[]),
            Err("No message is on its way at this moment.")
        );
        assert_eq!(chosen.on(Target::Node, 0, &[]), Err("There is no node."));
    }
}
