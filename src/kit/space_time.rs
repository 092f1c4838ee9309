//! The space-time diagram: a line for each node, time to the right, messages between the lines.

use leptos::prelude::*;

use super::axis::TimeAxis;
use super::deck::Deck;
use super::measure::width_of;
use super::shared::Shared;
use super::time_marks::time_marks;
use crate::sim::Micros;

/// Everything that a run has to show. All of it is drawn; what lies after the cursor is covered.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    /// The nodes' lines, from top to bottom.
    pub lanes: Vec<Lane>,
    /// What happened on the lines.
    pub marks: Vec<Mark>,
    /// What went from one line to another.
    pub arrows: Vec<Arrow>,
}

/// A node's line.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    /// The node's name.
    pub name: String,
    /// Which of the nodes' colours it has: 1 to 5; 0 for none.
    pub colour: u8,
    /// Its clock: when, in true time, it shows which round value.
    pub ticks: Vec<(Micros, String)>,
}

/// Something that happened on a line.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// The line's index.
    pub lane: usize,
    /// When.
    pub at: Micros,
    /// Until when, for what takes time; else the same.
    pub until: Micros,
    /// What stands in the mark; nothing makes it a small one.
    pub label: String,
    /// What stands below it, where there is room.
    pub note: String,
    /// Struck out: it was lost.
    pub lost: bool,
    /// The whole sentence.
    pub title: String,
}

/// A message.
#[derive(Clone, Copy, Debug)]
pub struct Arrow {
    /// The line's index and the moment where it begins.
    pub from: (usize, Micros),
    /// Where it ends.
    pub to: (usize, Micros),
}

const LANE: f64 = 64.0;
const TOP: f64 = 30.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 18.0;
const FOOT: f64 = 26.0;
/// A mark with its label takes so many pixels.
const LABEL_WIDTH: f64 = 18.0;
/// A note below a mark takes about so many pixels.
const NOTE_WIDTH: f64 = 96.0;

/// How much of the run the picture shows.
const ZOOMS: [(u64, &str); 4] = [
    (1, "the whole run"),
    (4, "a quarter"),
    (16, "a sixteenth"),
    (64, "a sixty-fourth"),
];

fn lane_y(lane: usize) -> f64 {
    let lane = u32::try_from(lane).unwrap_or_default();
    TOP + LANE * f64::from(lane) + LANE / 2.0
}

/// The diagram of a run. `label` says what it shows, for those who cannot see it.
#[component]
pub fn SpaceTime(
    /// The run on the page.
    deck: Deck,
    /// All that the run has to show.
    diagram: Memo<Shared<Diagram>>,
    /// What the diagram shows, for those who cannot see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let frame = NodeRef::<leptos::html::Div>::new();
    let width = width_of(frame);
    let zoom = RwSignal::new(1_u64);
    let window = Memo::new(move |_| page(deck, zoom.get()));
    let axis = Memo::new(move |_| {
        let (from, to) = window.get();
        TimeAxis {
            from,
            to,
            left: LEFT,
            right: width.get() - RIGHT,
        }
    });
    let bottom = move || diagram.with(|diagram| lane_y(diagram.lanes.len()) - LANE / 2.0);
    let height = move || bottom() + FOOT;
    let cover = deck.id("past");
    let past = format!("url(#{cover})");
    let now = move || axis.get().x(deck.at());
    view! {
        <div class="space-time-frame" node_ref=frame style:height=move || format!("{}px", height())>
            <svg
                class="space-time"
                role="img"
                aria-label=label
                viewBox=move || format!("0 0 {} {}", width.get(), height())
            >
                <clipPath id=cover>
                    <rect x="0" y="0" height=height width=move || format!("{:.1}", now().max(0.0) + 10.0) />
                </clipPath>
                <line class="now" x1=now x2=now y1="8" y2=bottom />
                <g>{move || time_marks(&axis.get(), bottom())}</g>
                <g>{move || diagram.with(|diagram| lanes(diagram, &axis.get()))}</g>
                <g clip-path=past>
                    <g>{move || diagram.with(|diagram| arrows(diagram, &axis.get()))}</g>
                    <g>{move || diagram.with(|diagram| marks(diagram, &axis.get()))}</g>
                </g>
                <g>{move || diagram.with(|diagram| travelling(diagram, &axis.get(), deck.at()))}</g>
            </svg>
        </div>
        <ZoomMenu zoom />
    }
}

/// The stretch of the run that is shown: the page of it that the cursor is on.
fn page(deck: Deck, zoom: u64) -> (Micros, Micros) {
    let end = deck.tape.with(|tape| tape.end.0).max(1);
    let length = (end / zoom).max(1);
    let at = deck.at().0.min(end - 1);
    let from = at / length * length;
    (Micros(from), Micros(from + length))
}

fn lanes(diagram: &Diagram, axis: &TimeAxis) -> impl IntoView + use<> {
    let axis = *axis;
    diagram
        .lanes
        .iter()
        .enumerate()
        .map(|(index, lane)| {
            let y = lane_y(index);
            let ticks = lane
                .ticks
                .iter()
                .filter(|(at, _)| axis.shows(*at))
                .map(|(at, label)| tick(axis.x(*at), y, label.clone()))
                .collect_view();
            view! {
                <g class=format!("lane-{}", lane.colour)>
                    <text class="lane-name" x="4" y=y + 5.0>{lane.name.clone()}</text>
                    <line class="lane" x1=axis.left x2=axis.right y1=y y2=y />
                    {ticks}
                </g>
            }
        })
        .collect_view()
}

fn tick(x: f64, y: f64, label: String) -> impl IntoView {
    let x = format!("{x:.1}");
    view! {
        <line class="tick" x1=x.clone() x2=x.clone() y1=y - 5.0 y2=y + 5.0 />
        <text class="tick-label" x=x y=y - 16.0 text-anchor="middle">{label}</text>
    }
}

fn arrows(diagram: &Diagram, axis: &TimeAxis) -> impl IntoView + use<> {
    let axis = *axis;
    let seen = |arrow: &&Arrow| arrow.to.1 >= axis.from && arrow.from.1 <= axis.to;
    diagram
        .arrows
        .iter()
        .filter(seen)
        .map(|arrow| {
            let (x1, y1) = (axis.x(arrow.from.1), lane_y(arrow.from.0));
            let (x2, y2) = (axis.x(arrow.to.1), lane_y(arrow.to.0));
            view! {
                <line
                    class="message"
                    x1=format!("{x1:.1}")
                    y1=y1
                    x2=format!("{x2:.1}")
                    y2=y2
                />
            }
        })
        .collect_view()
}

fn marks(diagram: &Diagram, axis: &TimeAxis) -> impl IntoView + use<> {
    let axis = *axis;
    let shown: Vec<&Mark> = diagram
        .marks
        .iter()
        .filter(|mark| mark.until >= axis.from && mark.at <= axis.to)
        .collect();
    shown
        .iter()
        .map(|mark| {
            let colour = diagram.lanes.get(mark.lane).map_or(0, |lane| lane.colour);
            let room = Room {
                label: is_alone(mark, &shown, &axis, LABEL_WIDTH, |other| {
                    !other.label.is_empty()
                }),
                note: is_alone(mark, &shown, &axis, NOTE_WIDTH, |other| {
                    !other.note.is_empty()
                }),
            };
            mark_view(mark, colour, &axis, room)
        })
        .collect_view()
}

/// What a mark has room for.
#[derive(Clone, Copy)]
struct Room {
    label: bool,
    note: bool,
}

/// Whether this mark is of the kind asked for, and no other of it is near on the same line.
fn is_alone(
    mark: &Mark,
    marks: &[&Mark],
    axis: &TimeAxis,
    width: f64,
    is_of_kind: impl Fn(&Mark) -> bool,
) -> bool {
    let is_near = |other: &Mark| {
        other.lane == mark.lane && (axis.x(other.at) - axis.x(mark.at)).abs() < width
    };
    let others = marks.iter().filter(|other| !std::ptr::eq(**other, mark));
    is_of_kind(mark)
        && !others
            .into_iter()
            .any(|other| is_of_kind(other) && is_near(other))
}

fn mark_view(mark: &Mark, colour: u8, axis: &TimeAxis, room: Room) -> impl IntoView + use<> {
    let (x, y) = (axis.x(mark.at), lane_y(mark.lane));
    let waits = mark.until > mark.at;
    let length = axis.x(mark.until) - x;
    let at = format!("{x:.1}");
    let note = room.note.then(|| mark.note.clone());
    let (note_at, anchor) = if x > axis.right - NOTE_WIDTH / 2.0 {
        (axis.right + RIGHT, "end")
    } else {
        (x.max(NOTE_WIDTH / 2.0), "middle")
    };
    let note_at = format!("{note_at:.1}");
    let class = match (mark.label.is_empty(), mark.lost) {
        (true, _) => "event event-apply",
        (false, false) => "event",
        (false, true) => "event event-lost",
    };
    let (radius, label) = match (mark.label.is_empty(), room.label) {
        (true, _) => ("4", String::new()),
        (false, true) => ("10", mark.label.clone()),
        // Crowded: its title still says which it is, and a closer look has room for the label.
        (false, false) => ("6", String::new()),
    };
    view! {
        <g class=format!("lane-{colour}")>
            {waits
                .then(|| {
                    view! {
                        <rect class="wait" x=at.clone() y=y - 7.0 width=format!("{length:.1}") height="14" />
                    }
                })}
            <circle class=class cx=at.clone() cy=y r=radius>
                <title>{mark.title.clone()}</title>
            </circle>
            {mark.lost.then(|| view! { <path class="lost" d=cross(x, y) /> })}
            <text class="event-label" x=at.clone() y=y + 4.5 text-anchor="middle">
                {label}
            </text>
            {note.map(|note| view! { <text class="event-note" x=note_at y=y + 26.0 text-anchor=anchor>{note}</text> })}
        </g>
    }
}

/// Strikes a mark out.
fn cross(x: f64, y: f64) -> String {
    format!(
        "M{:.1} {:.1}L{:.1} {:.1}",
        x - 13.0,
        y + 9.0,
        x + 13.0,
        y - 9.0
    )
}

/// Messages that are on their way at this moment.
fn travelling(diagram: &Diagram, axis: &TimeAxis, now: Micros) -> impl IntoView + use<> {
    let axis = *axis;
    let under_way = |arrow: &&Arrow| arrow.from.1 <= now && now < arrow.to.1;
    diagram
        .arrows
        .iter()
        .filter(under_way)
        .map(|arrow| {
            let (from, to) = (arrow.from.1, arrow.to.1);
            let share =
                super::axis::ratio(now.minus(from).signed(), to.minus(from).signed().max(1));
            let (y1, y2) = (lane_y(arrow.from.0), lane_y(arrow.to.0));
            view! {
                <circle
                    class="message-head"
                    r="5"
                    cx=format!("{:.1}", axis.x(now))
                    cy=format!("{:.1}", y1 + (y2 - y1) * share)
                />
            }
        })
        .collect_view()
}

#[component]
fn ZoomMenu(zoom: RwSignal<u64>) -> impl IntoView {
    let items = ZOOMS
        .into_iter()
        .map(|(factor, name)| {
            view! {
                <option value=factor.to_string() prop:selected=move || zoom.get() == factor>
                    {name}
                </option>
            }
        })
        .collect_view();
    let change = move |event: leptos::ev::Event| {
        if let Ok(factor) = event_target_value(&event).parse() {
            zoom.set(factor);
        }
    };
    view! {
        <label class="lab-zoom needs-program">
            "Show " <select data-set="zoom" on:change=change>{items}</select>
        </label>
    }
}
