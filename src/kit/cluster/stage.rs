//! Nodes, and messages travelling between them, at the moment of the cursor.
//!
//! While a run plays, a frame moves the messages and nothing else: all that changes with events is
//! drawn from the scene, which changes with events only.

use leptos::prelude::*;

use super::place::{self, Cut, Plan, Spot, Square};
use super::words;
use crate::kit::deck::Deck;
use crate::kit::hatch::hatch;
use crate::kit::measure::width_of;
use crate::kit::shared::Shared;
use crate::sim::protocol::{Loss, MessageView, NodeId, NodeView, Scene, Status};
use crate::sim::{Micros, On};

/// Nodes have so many colours.
const COLOURS: u16 = 6;
/// So many messages are listed below the picture.
const LISTED: usize = 12;

/// What the picture shows, as it changes.
#[derive(Clone, Copy, Debug)]
pub struct Film {
    /// The cluster; changes with events.
    pub scene: Memo<Shared<Scene>>,
    /// The pairs of nodes between which a message ever goes.
    pub links: Memo<Shared<Vec<(NodeId, NodeId)>>>,
    /// When which node came up again.
    pub restarts: Memo<Shared<Vec<(NodeId, Micros)>>>,
    /// The messages lost last.
    pub losses: Memo<Shared<Vec<Loss>>>,
}

/// Which of the nodes' colours a node has, from 1.
pub fn colour(node: NodeId) -> u16 {
    node.saturating_sub(1) % COLOURS + 1
}

/// For how long something that has just happened stays visible: half a second at the usual speed.
pub fn linger(end: Micros) -> Micros {
    Micros((end.0 / 24).max(1))
}

/// The picture, and below it what is on its way, as a list.
#[component]
pub fn Stage(
    /// The run on the page.
    deck: Deck,
    /// What is shown.
    film: Film,
) -> impl IntoView {
    let frame = NodeRef::<leptos::html::Div>::new();
    let width = width_of(frame);
    let scene = film.scene;
    let names = Memo::new(move |_| scene.with(|scene| names(&scene.nodes)));
    let layout = Memo::new(move |_| scene.with(|scene| scene.layout.clone()));
    let plan = Memo::new(move |_| {
        layout.with(|layout| names.with(|names| Plan::of(layout, names, width.get())))
    });
    let parted = Memo::new(move |_| scene.with(|scene| words::cuts(&scene.nodes, &scene.cuts)));
    let cuts = Memo::new(move |_| scene.with(|scene| plan.with(|plan| plan.cuts(&scene.cuts))));
    let height = move || plan.with(|plan| plan.height);
    let nodes = move || (1..).take(names.with(Vec::len)).collect::<Vec<NodeId>>();
    view! {
        <figure class="panel">
            <div class="stage-frame" node_ref=frame style:height=move || format!("{}px", height())>
                <svg
                    class="stage"
                    role="group"
                    aria-label="Nodes, and messages on their way"
                    viewBox=move || format!("0 0 {} {}", width.get(), height())
                >
                    <path class="way" d=move || film.links.with(|links| plan.with(|plan| ways(plan, links))) />
                    <g>{move || cuts.with(|cuts| cuts.iter().map(cut_view).collect_view())}</g>
                    <For each=move || scene.with(|scene| scene.messages.clone()) key=message_key let:message>
                        <MessageFigure deck film plan message />
                    </For>
                    <For each=nodes key=|node| *node let:node>
                        <NodeFigure deck film plan node />
                    </For>
                    <Losses deck film plan />
                </svg>
            </div>
            <p class="stage-parted">{move || parted.get()}</p>
            <OnTheirWay deck scene />
            <figcaption>
                "A filled mark asks or tells, a hollow one answers; ↻ is the number of the attempt, a "
                "dashed outline a second copy, and a cross the end of a message that is lost. Pick a "
                "node or a message to do something to it."
            </figcaption>
        </figure>
    }
}

fn names(nodes: &[NodeView]) -> Vec<String> {
    nodes.iter().map(|node| node.name.clone()).collect()
}

/// What stays the same about a message; another run may have another of the same number.
fn message_key(message: &MessageView) -> (u32, NodeId, NodeId, String, u32) {
    let label = &message.label;
    (
        message.id,
        message.from,
        message.to,
        label.text.clone(),
        label.attempt,
    )
}

/// Faint lines where messages go.
fn ways(plan: &Plan, links: &[(NodeId, NodeId)]) -> String {
    let line = |(one, other): &(NodeId, NodeId)| {
        let (from, to) = (plan.square(*one).middle, plan.square(*other).middle);
        format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y)
    };
    links.iter().map(line).collect()
}

fn cut_view(cut: &Cut) -> impl IntoView + use<> {
    let Cut { from, to, open } = *cut;
    let (x, y) = ((from.x + to.x) / 2.0, (from.y + to.y) / 2.0);
    let arrow = open.map(|turn| {
        let place = format!("translate({x:.1} {y:.1}) rotate({turn:.1})");
        view! { <path class="cut-open" d="M-16 0H12M4 -7L14 0L4 7" transform=place /> }
    });
    view! {
        <line
            class="cut"
            x1=format!("{:.1}", from.x)
            y1=format!("{:.1}", from.y)
            x2=format!("{:.1}", to.x)
            y2=format!("{:.1}", to.y)
        />
        {arrow}
    }
}

#[component]
fn NodeFigure(deck: Deck, film: Film, plan: Memo<Plan>, node: NodeId) -> impl IntoView {
    let view = Memo::new(move |_| film.scene.with(|scene| node_view(scene, node)));
    let square = Memo::new(move |_| plan.with(|plan| plan.square(node)));
    let is_fresh = Memo::new(move |_| {
        let (at, moment) = (deck.at(), linger(deck.tape.with(|tape| tape.end)));
        let restarted = |(who, when): &(NodeId, Micros)| {
            *who == node && *when <= at && at.minus(*when) < moment
        };
        film.restarts
            .with(|restarts| restarts.iter().any(restarted))
    });
    let is_touched = Memo::new(move |_| film.scene.with(|scene| scene.touched == Some(node)));
    let on = On::Node(node);
    let class = move || {
        view.with(|view| {
            node_class(
                view,
                is_touched.get(),
                is_fresh.get(),
                deck.picked.get() == on,
            )
        })
    };
    let most = move || square.with(|square| square.letters);
    let text =
        move |line: fn(&NodeView) -> String| view.with(|view| words::short(&line(view), most()));
    let place = move || {
        let middle = square.get().middle;
        format!("translate({:.1} {:.1})", middle.x, middle.y)
    };
    let below = move || square.get().half_height;
    view! {
        <g
            class=class
            transform=place
            tabindex="0"
            role="button"
            data-node=node
            aria-label=move || view.with(words::node)
            aria-pressed=move || (deck.picked.get() == on).to_string()
            on:click=move |_| pick(deck, on)
            on:keydown=move |event| pick_by_key(deck, on, &event)
        >
            {move || boxes(square.get())}
            <text class="node-name" text-anchor="middle" y="5">{move || view.with(|view| view.name.clone())}</text>
            <text class="node-role" text-anchor="middle" y=move || -below() - 9.0>
                {move || text(|view| view.role.unwrap_or_default().to_owned())}
            </text>
            <text class="node-state" text-anchor="middle" y=move || below() + 19.0>
                {move || text(|view| view.state.clone())}
            </text>
            <text class="node-clock" text-anchor="middle" y=move || below() + 35.0>
                {move || text(last_line)}
            </text>
        </g>
    }
}

fn node_view(scene: &Scene, node: NodeId) -> NodeView {
    let index = usize::from(node).saturating_sub(1);
    scene.nodes.get(index).cloned().unwrap_or(NodeView {
        node,
        name: String::new(),
        state: String::new(),
        role: None,
        status: Status::Up,
        clock: None,
        waiting: 0,
    })
}

fn node_class(view: &NodeView, touched: bool, fresh: bool, picked: bool) -> String {
    let mut class = format!("node lane-{}", colour(view.node));
    let marks = [
        (view.status == Status::Paused, " is-paused"),
        (view.status == Status::Crashed, " is-down"),
        (view.role.is_some(), " is-leading"),
        (touched, " is-touched"),
        (fresh, " is-fresh"),
        (picked, " is-picked"),
    ];
    for (_, name) in marks.iter().filter(|(is_so, _)| *is_so) {
        class.push_str(name);
    }
    class
}

/// What waits for the node, and its clock.
fn last_line(view: &NodeView) -> String {
    let waiting = (view.waiting > 0).then(|| format!("{} waiting", view.waiting));
    let parts: Vec<String> = waiting.into_iter().chain(view.clock.clone()).collect();
    parts.join(" · ")
}

/// A node's square with all that may be drawn on it; the style shows what applies.
fn boxes(square: Square) -> impl IntoView {
    let (w, h) = (square.half_width, square.half_height);
    let rect = move |class: &'static str, grow: f64| {
        // A node that is about to go has no place, and no size.
        let length = |half: f64| format!("{:.1}", (2.0 * (half + grow)).max(0.0));
        view! {
            <rect
                class=class
                x=format!("{:.1}", -w - grow)
                y=format!("{:.1}", -h - grow)
                width=length(w)
                height=length(h)
                rx=format!("{:.1}", 8.0 + grow)
            />
        }
    };
    let cross = format!(
        "M{0:.1} {1:.1}L{2:.1} {3:.1}M{0:.1} {3:.1}L{2:.1} {1:.1}",
        -w, -h, w, h
    );
    let pause = format!("translate({w:.1} {:.1})", -h);
    view! {
        {rect("node-touch", 8.0)}
        {rect("node-fresh", 5.0)}
        {rect("node-box", 0.0)}
        {rect("node-double", -4.0)}
        <path class="node-hatch" d=hatch(2.0 * w, 2.0 * h) transform=format!("translate({:.1} {:.1})", -w, -h) />
        <path class="node-cross" d=cross />
        <g class="node-pause" transform=pause>
            <circle r="10" />
            <path d="M-3 -4V4M3 -4V4" />
        </g>
    }
}

#[component]
fn MessageFigure(deck: Deck, film: Film, plan: Memo<Plan>, message: MessageView) -> impl IntoView {
    let (id, from, to) = (message.id, message.from, message.to);
    let on = On::Message(id);
    // Its times may change on the way, and its neighbours.
    let now = Memo::new(move |_| {
        film.scene.with(|scene| {
            let found = scene.messages.iter().find(|message| message.id == id)?;
            Some((found.clone(), place::beside(&scene.messages, found)))
        })
    });
    let spot = move |at: Micros| -> Option<Spot> {
        now.with(|now| {
            let (message, beside) = now.as_ref()?;
            let share = place::share(message, at);
            Some(plan.with(|plan| plan.spot(from, to, share, *beside)))
        })
    };
    let transform = move || spot(deck.at()).map(moved);
    let class = move || {
        let kind = now.with(|now| {
            let message = now.as_ref().map_or(&message, |(message, _)| message);
            letter_class(message)
        });
        let picked = if deck.picked.get() == on {
            " is-picked"
        } else {
            ""
        };
        format!("{kind}{picked}")
    };
    let text = {
        let label = film.scene.with_untracked(|scene| {
            let mut messages = scene.messages.iter();
            messages.find(|message| message.id == id).map(letter_text)
        });
        let label = label.unwrap_or_default();
        Memo::new(move |_| words::short(&label, letters(plan.with(|plan| plan.width))))
    };
    let turn = move || plan.with(|plan| plan.spot(from, to, 0.0, 0).turn);
    view! {
        <g class=class transform=transform aria-hidden="true" data-message=id on:click=move |_| pick(deck, on)>
            {move || text.with(|text| letter(text, turn()))}
        </g>
    }
}

/// How many letters a message's mark may have in a picture of this width.
fn letters(width: f64) -> usize {
    if width < 480.0 { 10 } else { 16 }
}

/// What stands on a message's mark; values close to their names, because room is short.
fn letter_text(message: &MessageView) -> String {
    let text = message.label.text.replace(" = ", "=");
    match message.label.attempt {
        0 | 1 => text,
        attempt => format!("↻{attempt} {text}"),
    }
}

fn letter_class(message: &MessageView) -> String {
    let kind = match (message.copy, message.label.reply) {
        (true, _) => "letter-copy",
        (false, true) => "letter-reply",
        (false, false) => "letter-request",
    };
    format!("letter {kind} lane-{}", colour(message.from))
}

fn moved(spot: Spot) -> String {
    format!("translate({:.1} {:.1})", spot.at.x, spot.at.y)
}

/// A message's mark around the origin: its text, and the way that it goes.
fn letter(text: &str, turn: f64) -> impl IntoView + use<> {
    const HALF_HEIGHT: f64 = 10.0;
    let count = u32::try_from(text.chars().count()).unwrap_or_default();
    let half = (f64::from(count) * 3.3 + 7.0).max(HALF_HEIGHT);
    let (sin, cos) = turn.to_radians().sin_cos();
    let edge = (half / cos.abs().max(1e-6)).min(HALF_HEIGHT / sin.abs().max(1e-6)) + 1.5;
    let head = format!(
        "translate({:.1} {:.1}) rotate({turn:.1})",
        cos * edge,
        sin * edge
    );
    view! {
        <rect class="letter-touch" x=format!("{:.1}", -half - 4.0) y="-16" width=format!("{:.1}", 2.0 * half + 8.0) height="32" />
        <rect class="letter-mark" x=format!("{:.1}", -half) y="-10" width=format!("{:.1}", 2.0 * half) height="20" rx="10" />
        <path class="letter-head" d="M0 -5L7 0L0 5Z" transform=head />
        <text class="letter-text" text-anchor="middle" y="4">{text.to_owned()}</text>
    }
}

/// Messages that have just been lost: a cross where each was.
#[component]
fn Losses(deck: Deck, film: Film, plan: Memo<Plan>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let (at, moment) = (deck.at(), linger(deck.tape.with(|tape| tape.end)));
        film.losses.with(|losses| {
            let recent = losses.iter().filter(|loss| at.minus(loss.at) < moment);
            recent.cloned().collect::<Vec<Loss>>()
        })
    });
    let crosses = move || {
        shown.with(|losses| {
            plan.with(|plan| {
                let cross = |loss: &Loss| {
                    let message = &loss.message;
                    let share = place::share(message, loss.at);
                    let spot = plan.spot(message.from, message.to, share, 0);
                    let text = words::short(&letter_text(message), letters(plan.width));
                    view! {
                        <g class=letter_class(message) transform=moved(spot)>
                            <path class="lost" d="M-7 -7L7 7M-7 7L7 -7" />
                            <text class="lost-text" text-anchor="middle" y="22">{text}</text>
                        </g>
                    }
                };
                losses.iter().map(cross).collect_view()
            })
        })
    };
    view! { <g aria-hidden="true">{crosses}</g> }
}

/// The messages on their way, in words.
#[component]
fn OnTheirWay(deck: Deck, scene: Memo<Shared<Scene>>) -> impl IntoView {
    let listed = move || {
        scene.with(|scene| {
            let messages = scene.messages.iter().take(LISTED);
            messages.cloned().collect::<Vec<_>>()
        })
    };
    let count = Memo::new(move |_| scene.with(|scene| scene.messages.len()));
    let more = move || {
        let more = count.get().saturating_sub(LISTED);
        (more > 0).then(|| view! { <li class="muted">{format!("and {more} more")}</li> })
    };
    let title = move || match count.get() {
        0 => "Nothing is on its way.".to_owned(),
        1 => "On its way, 1 message:".to_owned(),
        count => format!("On their way, {count} messages:"),
    };
    view! {
        <div class="on-their-way">
            <p>{title}</p>
            <ul>
                <For each=listed key=message_key let:message>
                    <Line deck scene message />
                </For>
                {more}
            </ul>
        </div>
    }
}

#[component]
fn Line(deck: Deck, scene: Memo<Shared<Scene>>, message: MessageView) -> impl IntoView {
    let on = On::Message(message.id);
    let told = move || {
        // While the run plays, a countdown would change with every frame.
        let now = (!deck.playing.get()).then(|| deck.at());
        scene.with(|scene| {
            let found = scene.messages.iter().find(|found| found.id == message.id);
            words::message(&scene.nodes, found.unwrap_or(&message), now)
        })
    };
    view! {
        <li>
            <button
                type="button"
                aria-pressed=move || (deck.picked.get() == on).to_string()
                on:click=move |_| pick(deck, on)
            >
                {told}
            </button>
        </li>
    }
}

/// Picks what the next action is done to; picking it again lets go of it.
fn pick(deck: Deck, on: On) {
    deck.picked.update(|picked| {
        *picked = if *picked == on { On::World } else { on };
    });
}

fn pick_by_key(deck: Deck, on: On, event: &leptos::ev::KeyboardEvent) {
    if matches!(event.key().as_str(), "Enter" | " ") {
        event.prevent_default();
        // The space bar would also start the player.
        event.stop_propagation();
        pick(deck, on);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_keeps_its_colour_and_the_colours_come_around() {
        let colours: Vec<u16> = (1..=8).map(colour).collect();
        assert_eq!(colours, [1, 2, 3, 4, 5, 6, 1, 2]);
    }

    #[test]
    fn what_is_the_matter_with_a_node_is_in_its_class() {
        let view = NodeView {
            status: Status::Crashed,
            role: Some("leader"),
            ..node_view(
                &Scene {
                    layout: crate::sim::protocol::Layout::Circle,
                    nodes: Vec::new(),
                    messages: Vec::new(),
                    cuts: Vec::new(),
                    touched: None,
                },
                2,
            )
        };
        assert_eq!(
            node_class(&view, true, false, false),
            "node lane-2 is-down is-leading is-touched"
        );
    }
}
