//! What stands in a space-time diagram.

use leptos::prelude::*;

use super::{Arrow, Diagram, LANE, Lane, Mark, RIGHT, Span, SpanKind, TOP, head, lane_y};
use crate::kit::axis::TimeAxis;
use crate::kit::deck::Deck;
use crate::kit::hatch::hatch;
use crate::sim::Micros;

/// A mark with its label takes so many pixels.
const LABEL_WIDTH: f64 = 18.0;
/// A note below a mark takes about so many pixels.
const NOTE_WIDTH: f64 = 96.0;
/// Half the height of a stretch in which a node does not run.
const SPAN: f64 = 9.0;
/// More marks than these in one picture are drawn as mere dots.
const MOST_MARKS: usize = 400;

/// The nodes' lines.
pub fn lanes(diagram: &Diagram, axis: &TimeAxis) -> impl IntoView + use<> {
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

/// The messages: one path for all of a kind, however many there are.
pub fn arrows(diagram: &Diagram, axis: &TimeAxis) -> impl IntoView + use<> {
    let seen = |arrow: &&Arrow| arrow.to.1 >= axis.from && arrow.from.1 <= axis.to;
    let shown: Vec<&Arrow> = diagram.arrows.iter().filter(seen).collect();
    let lines = [
        ("message", false, false),
        ("message message-reply", true, false),
        ("message message-copy", false, true),
    ];
    let lines = lines
        .into_iter()
        .map(|(class, reply, copy)| {
            // A copy of an answer is drawn as a copy.
            let is_one = |arrow: &&&Arrow| arrow.copy == copy && (copy || arrow.reply == reply);
            let path: String = shown
                .iter()
                .filter(is_one)
                .map(|arrow| line(arrow, axis))
                .collect();
            (!path.is_empty()).then(|| view! { <path class=class d=path /> })
        })
        .collect_view();
    let lost = shown.iter().filter(|arrow| arrow.lost);
    let crosses: String = lost.map(|arrow| small_cross(arrow, axis)).collect();
    view! {
        {lines}
        {(!crosses.is_empty()).then(|| view! { <path class="lost" d=crosses /> })}
    }
}

fn line(arrow: &Arrow, axis: &TimeAxis) -> String {
    let (x, y) = (axis.x(arrow.from.1), lane_y(arrow.from.0));
    let (to_x, to_y) = head(arrow, axis, arrow.to.1);
    format!("M{x:.1} {y:.1}L{to_x:.1} {to_y:.1}")
}

fn small_cross(arrow: &Arrow, axis: &TimeAxis) -> String {
    let (x, y) = head(arrow, axis, arrow.to.1);
    format!(
        "M{0:.1} {1:.1}L{2:.1} {3:.1}M{0:.1} {3:.1}L{2:.1} {1:.1}",
        x - 5.0,
        y - 5.0,
        x + 5.0,
        y + 5.0
    )
}

/// When something was the case for all lines together.
pub fn bands(diagram: &Diagram, axis: &TimeAxis) -> impl IntoView + use<> {
    let axis = *axis;
    let height = lane_y(diagram.lanes.len()) - LANE / 2.0 - TOP;
    diagram
        .bands
        .iter()
        .filter(|band| band.to >= axis.from && band.from <= axis.to)
        .map(|band| {
            let (x, width) = stretch(band.from, band.to, &axis);
            view! {
                <rect class="parted" x=format!("{x:.1}") y=TOP width=format!("{width:.1}") height=height />
                <text class="tick-label" x=format!("{:.1}", x + 4.0) y=TOP - 4.0>{band.label}</text>
            }
        })
        .collect_view()
}

/// When nodes did not run.
pub fn spans(diagram: &Diagram, axis: &TimeAxis) -> impl IntoView + use<> {
    let axis = *axis;
    let of_lane = |(index, lane): (usize, &Lane)| {
        let shown = lane.spans.iter();
        shown
            .filter(|span| span.to >= axis.from && span.from <= axis.to)
            .map(|span| span_view(span, lane_y(index), &axis))
            .collect_view()
    };
    diagram.lanes.iter().enumerate().map(of_lane).collect_view()
}

fn span_view(span: &Span, y: f64, axis: &TimeAxis) -> impl IntoView + use<> {
    let (x, width) = stretch(span.from, span.to, axis);
    let class = match span.kind {
        SpanKind::Down => "span-down",
        SpanKind::Still => "span-still",
    };
    let place = format!("translate({x:.1} {:.1})", y - SPAN);
    let lines = (span.kind == SpanKind::Down).then(|| hatch(width, 2.0 * SPAN));
    view! {
        <g class=class transform=place>
            <rect width=format!("{width:.1}") height=2.0 * SPAN />
            {lines.map(|lines| view! { <path d=lines /> })}
        </g>
    }
}

/// Where a stretch of time begins on the picture, and how wide it is there.
fn stretch(from: Micros, to: Micros, axis: &TimeAxis) -> (f64, f64) {
    let x = axis.x(from.max(axis.from));
    (x, (axis.x(to.min(axis.to)) - x).max(1.0))
}

/// What happened on the lines.
pub fn marks(deck: Deck, diagram: &Diagram, axis: &TimeAxis) -> AnyView {
    let axis = *axis;
    let shown: Vec<&Mark> = diagram
        .marks
        .iter()
        .filter(|mark| mark.until >= axis.from && mark.at <= axis.to)
        .collect();
    if shown.len() > MOST_MARKS {
        return dots(diagram, &shown, &axis).into_any();
    }
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
            mark_view(mark, title(deck, mark), colour, &axis, room)
        })
        .collect_view()
        .into_any()
}

/// The sentence of a mark.
fn title(deck: Deck, mark: &Mark) -> String {
    if !mark.title.is_empty() {
        return mark.title.clone();
    }
    let sentence = mark
        .place
        .and_then(|place| deck.tape.with_untracked(|tape| tape.sentence(place)));
    sentence.unwrap_or_default()
}

/// Marks without labels: one path for each line, however many there are.
fn dots(diagram: &Diagram, marks: &[&Mark], axis: &TimeAxis) -> impl IntoView + use<> {
    let of_lane = |(index, lane): (usize, &Lane)| {
        let own = marks.iter().filter(|mark| mark.lane == index);
        let path: String = own
            .map(|mark| format!("M{:.1} {:.1}h0", axis.x(mark.at), lane_y(index)))
            .collect();
        view! { <path class=format!("dots lane-{}", lane.colour) d=path /> }
    };
    diagram.lanes.iter().enumerate().map(of_lane).collect_view()
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

fn mark_view(
    mark: &Mark,
    title: String,
    colour: u8,
    axis: &TimeAxis,
    room: Room,
) -> impl IntoView + use<> {
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
        (true, _) if mark.is_own => "event",
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
                <title>{title}</title>
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
