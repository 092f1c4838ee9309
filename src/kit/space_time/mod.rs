//! The space-time diagram: a line for each node, time to the right, messages between the lines.

mod draw;

use leptos::prelude::*;

use super::axis::{TimeAxis, ratio};
use super::deck::Deck;
use super::measure::width_of;
use super::now_line::{NowLine, Past};
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
    /// What was the case for all lines together.
    pub bands: Vec<Band>,
}

/// A node's line.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    /// The node's name.
    pub name: String,
    /// Which of the nodes' colours it has, from 1; 0 for none.
    pub colour: u8,
    /// Its clock: when, in true time, it shows which round value.
    pub ticks: Vec<(Micros, String)>,
    /// When the node did not run.
    pub spans: Vec<Span>,
}

/// A stretch of a node's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From when.
    pub from: Micros,
    /// Until when.
    pub to: Micros,
    /// What was the matter.
    pub kind: SpanKind,
}

/// Why a node does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// It is down; hatched.
    Down,
    /// It stands still; dimmed.
    Still,
}

/// A stretch of time in which something was the case for all lines together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// From when.
    pub from: Micros,
    /// Until when.
    pub to: Micros,
    /// What was the case, in a word: `parted`.
    pub label: &'static str,
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
    /// A small mark that is filled: the node did it by itself.
    pub is_own: bool,
    /// The whole sentence.
    pub title: String,
    /// The place in the log of the sentence to be taken where `title` is empty: a long run's
    /// sentences are not made before they are looked at.
    pub place: Option<usize>,
}

/// A message.
#[derive(Clone, Copy, Debug)]
pub struct Arrow {
    /// The line's index and the moment where it begins.
    pub from: (usize, Micros),
    /// The line that it is for, and the moment where it ends.
    pub to: (usize, Micros),
    /// How much of the way to that line it got: 1 if it arrived.
    pub reach: f64,
    /// Whether it ends in a cross.
    pub lost: bool,
    /// Whether it is an answer; dashed.
    pub reply: bool,
    /// Whether it is a second copy; dotted.
    pub copy: bool,
}

impl Arrow {
    /// A message that arrives: the lines' indices, and when.
    #[must_use]
    pub const fn new(from: (usize, Micros), to: (usize, Micros)) -> Self {
        Self {
            from,
            to,
            reach: 1.0,
            lost: false,
            reply: false,
            copy: false,
        }
    }
}

const LANE: f64 = 64.0;
const TOP: f64 = 30.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 18.0;
const FOOT: f64 = 26.0;
/// A letter of a line's name takes about so much; names have at least the usual room.
const NAME_LETTER: f64 = 8.5;

/// How much of the run the picture shows.
const ZOOMS: [(u64, &str); 4] = [
    (1, "the whole run"),
    (4, "a quarter"),
    (16, "a sixteenth"),
    (64, "a sixty-fourth"),
];
/// Until the reader chooses, so much of the run is shown that about so many marks are.
const MARKS: usize = 120;

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
    let chosen = RwSignal::new(None::<u64>);
    let usual = Memo::new(move |_| diagram.with(|diagram| usual_zoom(diagram.marks.len())));
    let zoom = Signal::derive(move || chosen.get().unwrap_or_else(|| usual.get()));
    let window = Memo::new(move |_| page(deck, zoom.get()));
    let axis = Memo::new(move |_| {
        let (from, to) = window.get();
        TimeAxis {
            from,
            to,
            left: diagram.with(|diagram| left(&diagram.lanes)),
            right: width.get() - RIGHT,
        }
    });
    let bottom =
        Memo::new(move |_| diagram.with(|diagram| lane_y(diagram.lanes.len()) - LANE / 2.0));
    let height = move || bottom.get() + FOOT;
    let size = move || format!("0 0 {} {}", width.get(), height());
    let now = Signal::derive(move || axis.get().x(deck.at()));
    let past = Signal::derive(move || now.get() + 10.0);
    view! {
        <div class="space-time-frame" node_ref=frame style:height=move || format!("{}px", height())>
            <NowLine x=now width />
            <svg
                class="space-time"
                role="img"
                aria-label=label
                viewBox=size
                preserveAspectRatio="xMinYMin meet"
            >
                <g>{move || time_marks(&axis.get(), bottom.get())}</g>
                <g>{move || diagram.with(|diagram| draw::lanes(diagram, &axis.get()))}</g>
            </svg>
            <Past x=past width>
                <svg class="space-time" aria-hidden="true" viewBox=size preserveAspectRatio="xMinYMin meet">
                    <g>{move || diagram.with(|diagram| draw::bands(diagram, &axis.get()))}</g>
                    <g>{move || diagram.with(|diagram| draw::spans(diagram, &axis.get()))}</g>
                    <g>{move || diagram.with(|diagram| draw::arrows(diagram, &axis.get()))}</g>
                    <g>{move || diagram.with(|diagram| draw::marks(deck, diagram, &axis.get()))}</g>
                </svg>
            </Past>
            <svg class="space-time-heads" aria-hidden="true" viewBox=size preserveAspectRatio="xMinYMin meet">
                <Travelling deck diagram axis />
            </svg>
        </div>
        <ZoomMenu zoom chosen />
    }
}

/// How much of a run with so many marks is shown until the reader chooses.
fn usual_zoom(marks: usize) -> u64 {
    let shows_few = |(zoom, _): &&(u64, &str)| {
        let pages = usize::try_from(*zoom).unwrap_or(1);
        marks / pages <= MARKS
    };
    ZOOMS
        .iter()
        .find(shows_few)
        .or(ZOOMS.last())
        .map_or(1, |(zoom, _)| *zoom)
}

/// Room for the lines' names.
fn left(lanes: &[Lane]) -> f64 {
    let longest = lanes.iter().map(|lane| lane.name.chars().count()).max();
    let letters = u32::try_from(longest.unwrap_or_default()).unwrap_or_default();
    LEFT.max(f64::from(letters.min(12)) * NAME_LETTER + 10.0)
}

/// The stretch of the run that is shown: the page of it that the cursor is on.
fn page(deck: Deck, zoom: u64) -> (Micros, Micros) {
    let end = deck.tape.with(|tape| tape.end.0).max(1);
    let length = (end / zoom).max(1);
    let at = deck.at().0.min(end - 1);
    let from = at / length * length;
    (Micros(from), Micros(from + length))
}

/// Where an arrow is at a moment between its beginning and its end.
fn head(arrow: &Arrow, axis: &TimeAxis, at: Micros) -> (f64, f64) {
    let (from, to) = (arrow.from.1, arrow.to.1);
    let share = ratio(at.minus(from).signed(), to.minus(from).signed().max(1));
    let (y1, y2) = (lane_y(arrow.from.0), lane_y(arrow.to.0));
    (axis.x(at), y1 + (y2 - y1) * share * arrow.reach)
}

/// The heads of messages that are on their way at this moment.
#[component]
fn Travelling(deck: Deck, diagram: Memo<Shared<Diagram>>, axis: Memo<TimeAxis>) -> impl IntoView {
    let under_way = Memo::new(move |_| {
        let now = deck.at();
        diagram.with(|diagram| {
            let arrows = diagram.arrows.iter().enumerate();
            arrows
                .filter(|(_, arrow)| arrow.from.1 <= now && now < arrow.to.1)
                .map(|(place, _)| place)
                .collect::<Vec<_>>()
        })
    });
    let place = move |index: usize| {
        let at = deck.at();
        let (x, y) = diagram.with(|diagram| {
            let arrow = diagram.arrows.get(index);
            arrow.map_or((0.0, 0.0), |arrow| head(arrow, &axis.get(), at))
        });
        format!("translate({x:.1} {y:.1})")
    };
    view! {
        <For each=move || under_way.get() key=|index| *index let:index>
            <circle class="message-head" r="5" transform=move || place(index) />
        </For>
    }
}

#[component]
fn ZoomMenu(#[prop(into)] zoom: Signal<u64>, chosen: RwSignal<Option<u64>>) -> impl IntoView {
    let items = ZOOMS
        .into_iter()
        .map(|(factor, name)| {
            let is_chosen = move || zoom.get() == factor;
            view! {
                <option value=factor.to_string() selected=untrack(is_chosen) prop:selected=is_chosen>
                    {name}
                </option>
            }
        })
        .collect_view();
    let change = move |event: leptos::ev::Event| {
        if let Ok(factor) = event_target_value(&event).parse() {
            chosen.set(Some(factor));
        }
    };
    view! {
        <label class="lab-zoom needs-program">
            "Show " <select data-set="zoom" on:change=change>{items}</select>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_is_shown_in_pages_until_the_reader_chooses() {
        let cases = [(0, 1), (120, 1), (400, 4), (1_500, 16), (100_000, 64)];
        for (marks, zoom) in cases {
            assert_eq!(usual_zoom(marks), zoom, "{marks} marks");
        }
    }

    #[test]
    fn a_message_is_where_its_time_has_brought_it_and_no_farther_than_it_got() {
        let axis = TimeAxis {
            from: Micros(0),
            to: Micros(100),
            left: 0.0,
            right: 100.0,
        };
        let arrow = Arrow {
            reach: 0.5,
            ..Arrow::new((0, Micros(20)), (1, Micros(40)))
        };
        let (x, y) = head(&arrow, &axis, Micros(30));
        assert!((x - 30.0).abs() < 1e-9);
        assert!((y - (lane_y(0) + LANE * 0.25)).abs() < 1e-9);
    }

    #[test]
    fn long_names_get_room() {
        let named = |name: &str| Lane {
            name: name.to_owned(),
            ..Lane::default()
        };
        assert!((left(&[named("n1")]) - LEFT).abs() < 1e-9);
        assert!(left(&[named("n1"), named("payments")]) > 70.0);
    }
}
