//! The drawing of the diagram: lines, messages, events with their stamps, the path between two
//! events, and what one event can know of.

use leptos::prelude::*;

use super::desk::{Desk, mark_id};
use super::geometry::Plot;
use crate::sim::Micros;
use crate::sim::causality::{Computation, EventId, Relation};
use crate::sim::logical_clocks::event::letter;
use crate::sim::logical_clocks::report::{self, between};
use crate::sim::logical_clocks::{Happening, LogicalClocks, Place, Shown};

/// A stamp is about so many pixels wide for each of its characters.
const CHARACTER: f64 = 6.6;
/// The radius of an event, and that of what a finger finds of it.
const RADIUS: f64 = 11.0;
const FINGER: f64 = 14.0;

/// How wide the widest stamp is.
pub fn stamp_width(world: &LogicalClocks) -> f64 {
    let longest = world
        .happenings()
        .iter()
        .map(|happening| happening.stamps.text(world.shown(), world.names()))
        .map(|text| text.chars().count())
        .max();
    let longest = u32::try_from(longest.unwrap_or(0)).unwrap_or(0);
    f64::from(longest) * CHARACTER + 8.0
}

/// A message as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// Its number: 1 is m1.
    pub number: u32,
    /// The event that sends it.
    pub from: usize,
    /// The event that receives it.
    pub to: usize,
}

/// All messages of a run.
pub fn arrows(world: &LogicalClocks) -> Vec<Arrow> {
    let all = world.happenings().iter().enumerate();
    all.flat_map(|(to, happening)| {
        happening.receives.iter().filter_map(move |message| {
            Some(Arrow {
                number: message.0,
                from: world.sender(*message)?,
                to,
            })
        })
    })
    .collect()
}

/// What of the picture stands out because of what is picked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Light {
    /// The path between the two events, from event to event.
    pub path: Vec<(usize, usize)>,
    /// What the first could know of, and what can know of it: a stretch of a line each, with its
    /// name.
    pub cones: Vec<Stretch>,
}

/// A stretch of the line of a process.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// The process, counted from 0.
    pub process: usize,
    /// Where it begins; nothing for the beginning of the line.
    pub from: Option<Micros>,
    /// Where it ends; nothing for the end of the line.
    pub to: Option<Micros>,
}

impl Light {
    /// Two events with a path show the path; one alone, or one of two that are concurrent, shows
    /// its past and its future.
    pub fn of(world: &LogicalClocks, picked: [Option<usize>; 2]) -> Self {
        let Some(computation) = report::computation(world) else {
            return Self::default();
        };
        match picked {
            [Some(a), Some(b)] => match between(world, &computation, a, b) {
                Some(between) if between.relation != Relation::Concurrent => Self {
                    path: between.path.map(steps).unwrap_or_default(),
                    cones: Vec::new(),
                },
                _ => Self::cones(world, &computation, a),
            },
            [Some(a), None] => Self::cones(world, &computation, a),
            _ => Self::default(),
        }
    }

    fn cones(world: &LogicalClocks, computation: &Computation, of: usize) -> Self {
        let at = |id: &EventId| world.happenings().get(id.0).map(|happening| happening.at);
        let on = |ids: &[EventId], process: usize| -> Vec<Micros> {
            let here = ids.iter().filter(|id| {
                computation
                    .event(**id)
                    .is_some_and(|event| event.process == process)
            });
            here.filter_map(at).collect()
        };
        let mut past = computation.past(EventId(of));
        let mut future = computation.future(EventId(of));
        past.push(EventId(of));
        future.push(EventId(of));
        let cones = (0..world.names().len()).flat_map(|process| {
            let before = on(&past, process).into_iter().max().map(|to| Stretch {
                process,
                from: None,
                to: Some(to),
            });
            let after = on(&future, process).into_iter().min().map(|from| Stretch {
                process,
                from: Some(from),
                to: None,
            });
            before.into_iter().chain(after)
        });
        Self {
            path: Vec::new(),
            cones: cones.collect(),
        }
    }
}

/// A path from event to event.
fn steps((from, hops): (EventId, Vec<crate::sim::causality::Hop>)) -> Vec<(usize, usize)> {
    let mut at = from.0;
    let step = |hop: crate::sim::causality::Hop| {
        let step = (at, hop.to.0);
        at = hop.to.0;
        step
    };
    hops.into_iter().map(step).collect()
}

/// The lines of the processes.
pub fn lines(plot: &Plot, lanes: usize) -> impl IntoView + use<> {
    let (left, right) = (plot.axis().left, plot.axis().right);
    (0..lanes)
        .map(|lane| {
            let y = plot.y(lane);
            view! {
                <g class=format!("lane-{}", lane + 1)>
                    <line class="lane" x1=left - 12.0 x2=right + 12.0 y1=y y2=y />
                </g>
            }
        })
        .collect_view()
}

/// Past and future of the event that is picked.
pub fn cones(plot: &Plot, light: &Light) -> impl IntoView + use<> {
    let (left, right) = (plot.axis().left - 12.0, plot.axis().right + 12.0);
    light
        .cones
        .iter()
        .map(|stretch| {
            let (class, name) = match stretch.from {
                None => ("cone cone-past", "past"),
                Some(_) => ("cone cone-future", "future"),
            };
            let from = stretch.from.map_or(left, |at| plot.x(at));
            let to = stretch.to.map_or(right, |at| plot.x(at));
            let y = plot.y(stretch.process);
            let (text_x, anchor) = match stretch.from {
                None => (from, "start"),
                Some(_) => (to, "end"),
            };
            view! {
                <rect class=class x=from y=y - 9.0 width=(to - from).max(0.0) height="18" rx="4" />
                <text class="cone-name" x=text_x y=y - 14.0 text-anchor=anchor>{name}</text>
            }
        })
        .collect_view()
}

/// The messages, each with its number.
pub fn messages(desk: Desk, plot: &Plot, world: &LogicalClocks) -> impl IntoView + use<> {
    let find = |number: usize| world.happenings().get(number);
    arrows(world)
        .into_iter()
        .filter_map(|arrow| {
            let (from, to) = (find(arrow.from)?, find(arrow.to)?);
            let sent = from.at;
            let class = move || {
                if sent > desk.deck().at() {
                    "clock-message later"
                } else {
                    "clock-message"
                }
            };
            let (start, end) = (point(plot, from), point(plot, to));
            let (x, y) = ((start.0 + end.0) / 2.0, (start.1 + end.1) / 2.0);
            Some(view! {
                <g class=class>
                    <path class="message" d=shaft(start, end) />
                    <path class="message-tip" d=tip(start, end) />
                    <text class="message-name" x=format!("{x:.1}") y=format!("{:.1}", y + 4.0) text-anchor="middle">
                        {format!("m{}", arrow.number)}
                    </text>
                </g>
            })
        })
        .collect_view()
}

/// The path between the two events that are picked.
pub fn path(plot: &Plot, world: &LogicalClocks, light: &Light) -> impl IntoView + use<> {
    let find = |number: usize| world.happenings().get(number);
    light
        .path
        .iter()
        .filter_map(|(from, to)| {
            let (start, end) = (point(plot, find(*from)?), point(plot, find(*to)?));
            Some(view! { <path class="path" d=shaft(start, end) /> })
        })
        .collect_view()
}

/// Messages on their way at the moment of the cursor.
pub fn travelling(plot: &Plot, world: &LogicalClocks, now: Micros) -> impl IntoView + use<> {
    let find = |number: usize| world.happenings().get(number);
    arrows(world)
        .into_iter()
        .filter_map(|arrow| {
            let (from, to) = (find(arrow.from)?, find(arrow.to)?);
            (from.at <= now && now < to.at).then_some(())?;
            let ((x1, y1), (x2, y2)) = (point(plot, from), point(plot, to));
            let share = (plot.x(now) - x1) / (x2 - x1).max(1.0);
            Some(view! {
                <circle
                    class="message-head"
                    r="5"
                    cx=format!("{:.1}", plot.x(now))
                    cy=format!("{:.1}", y1 + (y2 - y1) * share)
                />
            })
        })
        .collect_view()
}

fn point(plot: &Plot, happening: &Happening) -> (f64, f64) {
    (plot.x(happening.at), plot.y(happening.process))
}

/// A line between two points.
fn shaft((x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> String {
    format!("M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}")
}

/// The head of an arrow that ends at the rim of an event.
fn tip((x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> String {
    let length = (x2 - x1).hypot(y2 - y1).max(1.0);
    let (dx, dy) = ((x2 - x1) / length, (y2 - y1) / length);
    let back = |by: f64| (x2 - dx * by, y2 - dy * by);
    let ((tip_x, tip_y), (base_x, base_y)) = (back(RADIUS + 1.0), back(RADIUS + 10.0));
    let (side_x, side_y) = (-dy * 4.5, dx * 4.5);
    format!(
        "M{tip_x:.1} {tip_y:.1}L{:.1} {:.1}L{:.1} {:.1}Z",
        base_x + side_x,
        base_y + side_y,
        base_x - side_x,
        base_y - side_y
    )
}

/// The events in the order of time, each a control: it can be focused, picked, moved and removed.
pub fn marks(desk: Desk, plot: &Plot, world: &LogicalClocks) -> impl IntoView + use<> {
    let mut counts = vec![0_usize; world.names().len()];
    world
        .happenings()
        .iter()
        .enumerate()
        .map(|(number, happening)| {
            let count = counts.get_mut(happening.process);
            let place_on_line = count.map_or(0, |count| {
                *count += 1;
                *count
            });
            let stamp = happening.stamps.text(world.shown(), world.names());
            mark(desk, plot, number, happening, stamp, place_on_line % 2 == 0)
        })
        .collect_view()
}

fn mark(
    desk: Desk,
    plot: &Plot,
    number: usize,
    happening: &Happening,
    stamp: String,
    above: bool,
) -> impl IntoView + use<> {
    let (place, (x, y)) = (Place::of(happening), point(plot, happening));
    let half = f64::from(u32::try_from(stamp.chars().count()).unwrap_or(0)) * CHARACTER / 2.0;
    let stamp_x = x.clamp(half.min(x), (plot.width() - half).max(x));
    let stamp_y = if above {
        y - RADIUS - 7.0
    } else {
        y + RADIUS + 15.0
    };
    let class = move || {
        let later = place.at > desk.deck().at();
        let picked = desk.is_picked(place);
        format!(
            "clock-event lane-{}{}{}",
            place.process + 1,
            if later { " later" } else { "" },
            if picked { " picked" } else { "" }
        )
    };
    let filling = move || desk.filling.get();
    let shown = stamp.clone();
    let label = Signal::derive(move || {
        let said = desk.described(number).unwrap_or_default();
        if filling() {
            said
        } else {
            format!("{said}; stamp {shown}")
        }
    });
    let stamp = move || {
        if filling() {
            "?".to_owned()
        } else {
            stamp.clone()
        }
    };
    let (cx, cy) = (format!("{x:.1}"), format!("{y:.1}"));
    view! {
        <g
            class=class
            id=mark_id(place)
            tabindex="0"
            role="button"
            aria-pressed=move || desk.is_picked(place).to_string()
            aria-label=label
        >
            <title>{label}</title>
            <circle class="clock-finger" r=FINGER cx=cx.clone() cy=cy.clone() />
            <circle class="clock-mark" r=RADIUS cx=cx.clone() cy=cy.clone() />
            <text class="event-label" x=cx y=y + 4.5 text-anchor="middle">{letter(number)}</text>
            <text class="clock-stamp" x=format!("{stamp_x:.1}") y=format!("{stamp_y:.1}") text-anchor="middle">
                {stamp}
            </text>
        </g>
    }
}

/// What the diagram shows, for those who cannot see it.
pub fn in_words(world: &LogicalClocks, shown: Shown) -> String {
    let count = world.happenings().len();
    format!(
        "Space-time diagram of {} processes with {count} event{} and {} messages, {} stamps. Each event is a button: Enter picks it, arrow keys move it, Delete removes it.",
        world.names().len(),
        if count == 1 { "" } else { "s" },
        arrows(world).len(),
        shown.name()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::logical_clocks::LAB;
    use crate::sim::logical_clocks::edit::played;
    use crate::sim::{Run, link};

    fn world(run: &str) -> LogicalClocks {
        played(&link::decode(&LAB, run).run)
    }

    #[test]
    fn two_ordered_events_light_up_their_path_and_nothing_else() {
        let light = Light::of(&world("scenario=three-processes"), [Some(5), Some(0)]);
        assert_eq!(light.path, [(0, 2), (2, 3), (3, 5)]);
        assert_eq!(light.cones, []);
    }

    #[test]
    fn one_of_two_concurrent_events_shows_its_past_and_its_future() {
        let light = Light::of(&world("scenario=three-processes"), [Some(3), Some(4)]);
        assert_eq!(light.path, []);
        let ms = Micros::from_millis;
        let stretches: Vec<_> = light
            .cones
            .iter()
            .map(|stretch| (stretch.process, stretch.from, stretch.to))
            .collect();
        assert_eq!(
            stretches,
            [
                (0, None, Some(ms(55))),
                (0, Some(ms(55)), None),
                (1, None, Some(ms(10))),
                (2, Some(ms(95)), None),
            ]
        );
    }

    #[test]
    fn a_broadcast_has_an_arrow_for_each_receiver() {
        let arrows = arrows(&world("do=10ms:message:n1-n2:10ms,10ms:message:n1-n3:20ms"));
        let found: Vec<_> = arrows.iter().map(|a| (a.number, a.from, a.to)).collect();
        assert_eq!(found, [(1, 0, 1), (1, 0, 2)]);
    }

    #[test]
    fn an_empty_diagram_has_nothing_to_light() {
        let empty = world("do=");
        assert_eq!(Light::of(&empty, [Some(0), None]), Light::default());
        assert!(in_words(&empty, Shown::Lamport).contains("0 events"));
        assert_eq!(played(&Run::of(&LAB)).names().len(), 3);
    }
}
