//! The ring: who serves which part of the circle, where the keys are, and what has just moved.

use std::f64::consts::TAU;

use leptos::prelude::*;

use super::circle::{self, CENTRE, Stretch};
use super::moment::{Moment, colour, round};
use crate::kit::deck::Deck;
use crate::kit::shared::Shared;
use crate::sim::On;
use crate::sim::hash_ring::grouped;
use crate::sim::hash_ring::setting::scheme_name;
use crate::sim::hashing::{Among, Placing, Popularity};

const BAND: f64 = 136.0;
const FAILED: f64 = 151.0;
const MOVED: f64 = 156.0;
const NAMES: f64 = 169.0;
/// Keys are short lines below the band; where there is no band, longer ones in its place.
const KEYS: (f64, f64) = (120.0, 106.0);
const KEYS_ALONE: (f64, f64) = (150.0, 118.0);
/// How thick these lines are, and those of keys that have just moved.
const THIN: f64 = 1.5;
const THICK: f64 = 2.5;
/// The way from a key to its node.
const WAY: f64 = 94.0;
/// The numbers of a key's copies are at least so far apart, in turns.
const APART: f64 = 0.035;
/// A stretch shorter than this, in turns, has no name at it.
const NAMED: f64 = 0.022;
/// With more stretches than this only the picked node's have names.
const FEW: usize = 40;

/// The ring, in a square picture.
#[component]
pub fn Ring(deck: Deck, moment: Memo<Shared<Moment>>, key: RwSignal<u32>) -> impl IntoView {
    let label = move || moment.with(|moment| in_words(moment));
    let lit = Memo::new(move |_| moment.with(|moment| lit(deck, moment)));
    let has_lit = move || lit.get() != 0;
    view! {
        <svg
            class="hash-ring"
            class:has-lit=has_lit
            role="img"
            aria-label=label
            viewBox="0 0 360 360"
        >
            <circle class="ring-base" cx=CENTRE cy=CENTRE r=BAND />
            <g>{move || moment.with(|moment| band(deck, moment, lit))}</g>
            <g>{move || moment.with(|moment| keys(deck, moment, lit))}</g>
            <g>{move || moment.with(|moment| changed(moment))}</g>
            <g>{move || moment.with(|moment| way(moment, key.get()))}</g>
            <g>{move || moment.with(|moment| centre(moment))}</g>
        </svg>
    }
}

/// The arcs, one circle for each node.
fn band(deck: Deck, moment: &Moment, lit: Memo<u16>) -> AnyView {
    if !circle::has_arcs(moment.setting.scheme) {
        return ().into_any();
    }
    let stretches = circle::served(&moment.ring);
    let down = circle::failed(&moment.ring);
    let paths = moment.ring.nodes().iter().map(|node| {
        let own = stretches.iter().filter(|stretch| stretch.node == node.id);
        let band = Track {
            class: "ring-arc",
            radius: BAND,
            width: None,
        };
        of_node(deck, lit, node.id, band, circle::dashes(own.map(ends)))
    });
    view! {
        {paths.collect_view()}
        {around("ring-failed", FAILED, &down)}
        {names(&stretches)}
    }
    .into_any()
}

/// The first keys, one circle for each node; those that have just moved stand out.
fn keys(deck: Deck, moment: &Moment, lit: Memo<u16>) -> impl IntoView + use<> {
    let marks = circle::marks(&moment.setting, moment.before.as_deref(), &moment.ring);
    let (outer, inner) = if circle::has_arcs(moment.setting.scheme) {
        KEYS
    } else {
        KEYS_ALONE
    };
    let paths = moment.ring.nodes().iter().map(|node| {
        let ticks = |moved: bool| {
            let (inner, class, thick) = match moved {
                false => (inner, "ring-keys", THIN),
                true => (inner - 8.0, "ring-keys ring-keys-moved", THICK),
            };
            let track = Track::between(class, outer, inner);
            let half = thick / 2.0 / (track.radius * TAU);
            let own = marks
                .iter()
                .filter(|mark| mark.node == node.id && mark.moved == moved);
            let dashes = circle::dashes(own.map(|mark| (mark.at - half, mark.at + half)));
            of_node(deck, lit, node.id, track, dashes)
        };
        view! { {ticks(false)} {ticks(true)} }
    });
    paths.collect_view()
}

/// A circle of which parts are drawn.
struct Track {
    class: &'static str,
    radius: f64,
    /// How wide its line is; nothing where the style sheet says it.
    width: Option<f64>,
}

impl Track {
    fn between(class: &'static str, outer: f64, inner: f64) -> Self {
        Self {
            class,
            radius: f64::midpoint(outer, inner),
            width: Some(outer - inner),
        }
    }
}

fn ends(stretch: &Stretch) -> (f64, f64) {
    (stretch.from, stretch.to)
}

/// A circle begins at its right; the ring begins at the top.
const TOP_FIRST: &str = "rotate(-90 180 180)";

/// Something of a node's: it has the node's colour, names it, and picks it when it is clicked.
fn of_node(deck: Deck, lit: Memo<u16>, id: u16, track: Track, dashes: Option<String>) -> AnyView {
    if dashes.is_none() {
        return ().into_any();
    }
    let pick = move |_| pick(deck, id);
    let classes = format!(
        "{} ring-{} ring-round-{}",
        track.class,
        colour(id),
        round(id)
    );
    view! {
        <circle
            class=classes
            class:lit=move || lit.get() == id
            data-node=id
            cx=CENTRE
            cy=CENTRE
            r=track.radius
            transform=TOP_FIRST
            pathLength=circle::STEPS
            stroke-width=track.width
            stroke-dasharray=dashes
            on:click=pick
        >
            <title>{format!("n{id}")}</title>
        </circle>
    }
    .into_any()
}

/// Stretches that are nobody's in particular.
fn around(
    class: &'static str,
    radius: f64,
    stretches: &[Stretch],
) -> Option<impl IntoView + use<>> {
    circle::dashes(stretches.iter().map(ends)).map(|dashes| {
        view! {
            <circle
                class=class
                cx=CENTRE
                cy=CENTRE
                r=radius
                transform=TOP_FIRST
                pathLength=circle::STEPS
                stroke-dasharray=dashes
            />
        }
    })
}

/// The node that stands out: the picked one; where none is, the one on the ring that has just
/// gained. 0 for none.
fn lit(deck: Deck, moment: &Moment) -> u16 {
    let picked = deck.picked.get().node();
    let winner = moment
        .winner()
        .filter(|_| circle::has_arcs(moment.setting.scheme));
    if picked > 0 {
        picked
    } else {
        winner.unwrap_or(0)
    }
}

/// Picks a node, or lets go of it when it was picked.
pub fn pick(deck: Deck, id: u16) {
    let again = deck.picked.get_untracked().node() == id;
    deck.picked
        .set(if again { On::World } else { On::Node(id) });
}

fn names(stretches: &[Stretch]) -> Option<impl IntoView + use<>> {
    let named = |stretch: &&Stretch| stretch.to - stretch.from > NAMED;
    (stretches.len() <= FEW).then(|| {
        let names = stretches.iter().filter(named).map(|stretch| {
            let (x, y) = circle::place((stretch.from + stretch.to) / 2.0, NAMES);
            view! {
                <text class="ring-name" x=format!("{x:.1}") y=format!("{y:.1}") dy="4" text-anchor="middle">
                    {format!("n{}", stretch.node)}
                </text>
            }
        });
        names.collect_view()
    })
}

/// The parts of the circle that another node serves than before.
fn changed(moment: &Moment) -> Option<impl IntoView + use<>> {
    let before = moment.before.as_deref()?;
    if !circle::has_arcs(moment.setting.scheme) {
        return None;
    }
    let moved = circle::moved(before, &moment.ring);
    around("ring-moved", MOVED, &moved)
}

/// A key, and its way clockwise to the nodes that keep it.
fn way(moment: &Moment, key: u32) -> Option<impl IntoView + use<>> {
    if !circle::has_arcs(moment.setting.scheme) {
        return None;
    }
    let hash = moment.ring.hash(u64::from(key));
    let at = circle::turn(hash);
    let found = circle::successors(&moment.ring, hash, moment.setting.copies);
    let last = found.last()?.0;
    let stretch = Stretch {
        from: at,
        to: if last < at { last + 1.0 } else { last },
        node: 0,
    };
    let (x, y) = circle::place(at, WAY);
    let (x, y) = (format!("{x:.1}"), format!("{y:.1}"));
    let (to_x, to_y) = circle::place(at, BAND);
    let mut last = stretch.from - APART;
    let copies = (1..).zip(&found).map(|(number, (at, id))| {
        // Points that are close to each other get numbers that can be read.
        let unrolled = if *at < stretch.from { at + 1.0 } else { *at };
        last = unrolled.max(last + APART);
        let (x, y) = circle::place(last, WAY);
        let (x, y) = (format!("{x:.1}"), format!("{y:.1}"));
        view! {
            <g class=format!("ring-copy ring-{}", colour(*id))>
                <circle cx=x.clone() cy=y.clone() r="8" />
                <text x=x y=y dy="4" text-anchor="middle">{number}</text>
            </g>
        }
    });
    let copies = copies.collect_view();
    Some(view! {
        <path class="ring-way" d=circle::arc(&stretch, WAY) />
        <line class="ring-key" x1=x.clone() y1=y.clone() x2=format!("{to_x:.1}") y2=format!("{to_y:.1}") />
        <circle class="ring-key-mark" cx=x cy=y r="4" />
        {copies}
    })
}

/// What there is, and what moved, in the middle.
fn centre(moment: &Moment) -> impl IntoView + use<> {
    let nodes = moment.ring.nodes();
    let serving = nodes.iter().filter(|node| node.serves()).count();
    let count = match (serving, nodes.len()) {
        (0, _) => "nobody serves".to_owned(),
        (serving, all) if serving == all => nodes_in_words(all),
        (serving, all) => format!("{serving} of {all} serve"),
    };
    let points = if circle::has_arcs(moment.setting.scheme) {
        format!("{} points", grouped(moment.ring.points().len() as u64))
    } else {
        scheme_name(moment.setting.scheme).to_owned()
    };
    let effect = moment.event.as_ref().and_then(|event| event.effect);
    let moved = effect.map(|effect| {
        view! { <text class="ring-share" x=CENTRE y=CENTRE + 26.0 text-anchor="middle">{format!("{} moved", effect.moved)}</text> }
    });
    view! {
        <text class="ring-count" x=CENTRE y=CENTRE - 14.0 text-anchor="middle">{count}</text>
        <text class="ring-points" x=CENTRE y=CENTRE + 4.0 text-anchor="middle">{points}</text>
        {moved}
    }
}

fn nodes_in_words(count: usize) -> String {
    match count {
        1 => "1 node".to_owned(),
        count => format!("{count} nodes"),
    }
}

/// What the picture shows, for those who cannot see it.
fn in_words(moment: &Moment) -> String {
    let nodes = nodes_in_words(moment.ring.nodes().len());
    let scheme = scheme_name(moment.setting.scheme);
    let said = moment.sentence().unwrap_or_default();
    format!("The circle of hashes with {nodes} under the scheme {scheme}. {said}")
}

/// Who keeps a key, in words.
pub fn key_in_words(moment: &Moment, key: u32) -> String {
    let setting = &moment.setting;
    let hash = moment.ring.hash(u64::from(key));
    let at = format!(
        "Key {key} hashes to {:.3} of the circle",
        circle::turn(hash)
    );
    if !circle::has_arcs(setting.scheme) {
        let owner = owner(moment, key);
        return match owner {
            Some(owner) => format!("{at}; n{owner} serves it."),
            None => format!("{at}; nobody serves it."),
        };
    }
    let keepers = moment.ring.owners(hash, setting.copies, Among::All);
    let down = |id: &u16| moment.node(*id).is_some_and(|node| !node.up);
    let names = keepers.iter().map(|id| {
        let failed = if down(id) { " (failed)" } else { "" };
        format!("n{id}{failed}")
    });
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        [] => format!("{at}; there is nobody to keep it."),
        [only] => format!("{at}; clockwise from there {only} keeps it."),
        [first, others @ ..] => {
            format!(
                "{at}; clockwise from there {first} keeps it, and copies are on {}.",
                others.join(", ")
            )
        }
    }
}

/// Who serves a key under the scheme of the run. Under bounded loads it depends on the keys before
/// it, which is told of the first only.
fn owner(moment: &Moment, key: u32) -> Option<u16> {
    let wanted = usize::try_from(key).ok()?;
    let keys = key.checked_add(1)?;
    let placing = Placing::new(
        moment.setting.scheme,
        &moment.ring,
        keys,
        Popularity::Uniform,
    );
    placing.finish().owner(wanted)
}
