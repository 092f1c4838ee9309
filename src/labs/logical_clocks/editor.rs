//! The diagram under the reader's hands: pointer, fingers and keys.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::desk::{Desk, focus, place_in};
use super::diagram::{self, Light, in_words};
use super::geometry::{Gesture, Grip, LANE, Plot, SNAP, gesture};
use crate::kit::measure::width_of;
use crate::kit::time_marks::time_marks;
use crate::sim::Micros;
use crate::sim::Run;
use crate::sim::logical_clocks::{Place, edit};

/// With the shift key an event moves so little.
const FINE: Micros = Micros::from_millis(1);

/// Something that is pulled with the pointer.
#[derive(Clone, Debug)]
struct Pull {
    grip: Grip,
    /// Where the pointer went down, in the picture.
    from: (f64, f64),
    /// Where it is.
    to: (f64, f64),
    /// Whether it has been away from where it went down.
    moved: bool,
    /// The run before.
    base: Run,
    /// Whether the run has been edited since.
    edited: bool,
    /// Where the event is now.
    now: Place,
    /// The picture's measures, which stay while something is pulled.
    plot: Plot,
}

/// The line of a message that is being pulled.
type Ghost = Option<((f64, f64), (f64, f64))>;

/// What the editor needs to know from event to event.
#[derive(Clone, Copy)]
struct Hand {
    desk: Desk,
    plot: Memo<Plot>,
    held: RwSignal<Option<Plot>>,
    pull: StoredValue<Option<Pull>>,
    ghost: RwSignal<Ghost>,
    picture: NodeRef<leptos::svg::Svg>,
}

/// The diagram.
#[component]
pub fn Editor(
    /// The lab on the page.
    desk: Desk,
) -> impl IntoView {
    let frame = NodeRef::<leptos::html::Div>::new();
    let width = width_of(frame);
    let held = RwSignal::new(None::<Plot>);
    let plot = Memo::new(move |_| {
        let fitting = desk.world.with(|world| {
            let (events, lanes) = (world.happenings(), world.names().len());
            Plot::of(events, lanes, width.get(), diagram::stamp_width(world))
        });
        held.get().unwrap_or(fitting)
    });
    let hand = Hand {
        desk,
        plot,
        held,
        pull: StoredValue::new(None),
        ghost: RwSignal::new(None),
        picture: NodeRef::new(),
    };
    let names = move || {
        let lines = desk.process_names().into_iter().enumerate();
        lines
            .map(|(lane, name)| {
                let class = format!("node-name lane-{}", lane + 1);
                let height = format!("{LANE}px");
                view! {
                    <li class=class style:height=height.clone() style:line-height=height title=name.clone()>
                        {name.clone()}
                    </li>
                }
            })
            .collect_view()
    };
    let label = move || desk.world.with(|world| in_words(world, world.shown()));
    view! {
        <div class="clock-editor">
            <ul class="clock-names" aria-label="Processes">{names}</ul>
            <div class="clock-scroll" node_ref=frame tabindex="0" role="region" aria-label="Diagram">
                <Picture hand label=Signal::derive(label) />
            </div>
        </div>
    }
}

#[component]
fn Picture(hand: Hand, label: Signal<String>) -> impl IntoView {
    let (desk, plot) = (hand.desk, hand.plot);
    let deck = desk.deck();
    let light = Memo::new(move |_| {
        let picked = desk
            .picked
            .get()
            .map(|place| place.and_then(|place| desk.number(place)));
        desk.world.with(|world| Light::of(world, picked))
    });
    let now = move || format!("{:.1}", plot.get().x(deck.at()));
    let is_running = move || deck.tape.with(|tape| deck.at() < tape.end);
    let lanes = Memo::new(move |_| desk.world.with(|world| world.names().len()));
    let drawn = move || {
        desk.world
            .with(|world| diagram::messages(desk, &plot.get(), world))
    };
    let marks = move || {
        desk.world
            .with(|world| diagram::marks(desk, &plot.get(), world))
    };
    let path = move || {
        desk.world
            .with(|world| light.with(|light| diagram::path(&plot.get(), world, light)))
    };
    let travelling = move || {
        desk.world
            .with(|world| diagram::travelling(&plot.get(), world, deck.at()))
    };
    let ghost = move || {
        hand.ghost.get().map(|((x1, y1), (x2, y2))| {
            view! { <line class="clock-ghost" x1=x1 y1=y1 x2=x2 y2=y2 /> }
        })
    };
    view! {
        <svg
            class="clock-diagram"
            node_ref=hand.picture
            role="group"
            aria-label=label
            style:width=move || format!("{}px", plot.get().width())
            style:height=move || format!("{}px", plot.get().height())
            viewBox=move || format!("0 0 {} {}", plot.get().width(), plot.get().height())
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.go(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |_| hand.cancel()
            on:keydown=move |event| hand.press(&event)
        >
            <g>{move || light.with(|light| diagram::cones(&plot.get(), light))}</g>
            <g>{move || diagram::lines(&plot.get(), lanes.get())}</g>
            <g>{move || time_marks(plot.get().axis(), plot.get().bottom())}</g>
            <line
                class="now"
                visibility=move || if is_running() { "visible" } else { "hidden" }
                x1=now
                x2=now
                y1="4"
                y2=move || plot.get().bottom()
            />
            <g>{path}</g>
            <g>{drawn}</g>
            <g>{travelling}</g>
            <g>{marks}</g>
            {ghost}
        </svg>
    }
}

impl Hand {
    /// Where the pointer is in the picture.
    fn point(&self, event: &ev::PointerEvent) -> Option<(f64, f64)> {
        let picture: web_sys::Element = self.picture.get_untracked()?.unchecked_into();
        let rect = picture.get_bounding_client_rect();
        Some((
            f64::from(event.client_x()) - rect.left(),
            f64::from(event.client_y()) - rect.top(),
        ))
    }

    fn down(&self, event: &ev::PointerEvent) {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let plot = self.plot.get_untracked();
        let Some((from, grip)) = self.point(event).and_then(|from| {
            let grip = match mark_under(event) {
                Some(place) => Grip::Event(place),
                None => Grip::Line(Place {
                    process: plot.lane(from.1)?,
                    at: plot.moment(from.0),
                }),
            };
            Some((from, grip))
        }) else {
            return;
        };
        if let Some(picture) = self.picture.get_untracked() {
            let picture: web_sys::Element = picture.unchecked_into();
            // Refused where the pointer has gone up already; then nothing is pulled either.
            let _ = picture.set_pointer_capture(event.pointer_id());
        }
        let (Grip::Event(now) | Grip::Line(now)) = grip;
        self.pull.set_value(Some(Pull {
            grip,
            from,
            to: from,
            moved: false,
            base: self.desk.run(),
            edited: false,
            now,
            plot,
        }));
    }

    fn go(&self, event: &ev::PointerEvent) {
        let (Some(mut pull), Some(to)) = (self.pull.get_value(), self.point(event)) else {
            return;
        };
        pull.to = to;
        match gesture(&pull.plot, pull.grip, pull.from, to, pull.moved) {
            Gesture::Press => return,
            Gesture::Move(at) => {
                self.ghost.set(None);
                self.held.set(Some(pull.plot));
                self.slide(&mut pull, at);
            }
            Gesture::Message(..) | Gesture::Nothing => {
                self.put_back(&mut pull);
                self.ghost.set(Some((self.start(&pull), to)));
            }
        }
        pull.moved = true;
        self.pull.set_value(Some(pull));
    }

    fn up(&self, event: &ev::PointerEvent) {
        let Some(mut pull) = self.pull.get_value() else {
            return;
        };
        let to = self.point(event).unwrap_or(pull.to);
        let desk = self.desk;
        match gesture(&pull.plot, pull.grip, pull.from, to, pull.moved) {
            Gesture::Press => match pull.grip {
                Grip::Event(place) => {
                    desk.pick(place);
                    focus(place);
                }
                Grip::Line(place) => desk.add_event(place.process, place.at),
            },
            Gesture::Move(at) => {
                self.slide(&mut pull, at);
                focus(pull.now);
            }
            Gesture::Message(to, arrives) => {
                self.put_back(&mut pull);
                let (Grip::Event(from) | Grip::Line(from)) = pull.grip;
                desk.add_message(&pull.base, from, to, arrives, pull.edited);
            }
            Gesture::Nothing => self.put_back(&mut pull),
        }
        self.let_go();
    }

    /// The browser scrolls, or the pointer is gone.
    fn cancel(&self) {
        if let Some(mut pull) = self.pull.get_value() {
            self.put_back(&mut pull);
        }
        self.let_go();
    }

    fn let_go(&self) {
        self.pull.set_value(None);
        self.ghost.set(None);
        self.held.set(None);
    }

    /// Moves the event that is pulled.
    fn slide(&self, pull: &mut Pull, at: Micros) {
        let Grip::Event(place) = pull.grip else {
            return;
        };
        let edited = edit::move_to(&pull.base, place, at);
        let now = edited.as_ref().map_or(pull.now, |edited| edited.place);
        if self.desk.apply(edited, Some(pull.now), pull.edited) {
            pull.edited = true;
            pull.now = now;
        }
    }

    /// Puts the event that is pulled back to where it was.
    fn put_back(&self, pull: &mut Pull) {
        if let Grip::Event(place) = pull.grip
            && pull.edited
        {
            let back = edit::Edited {
                run: pull.base.clone(),
                place,
            };
            self.desk.apply(Ok(back), Some(pull.now), true);
            pull.now = place;
        }
    }

    /// Where the line of a message begins that is pulled.
    fn start(&self, pull: &Pull) -> (f64, f64) {
        let (Grip::Event(place) | Grip::Line(place)) = pull.grip;
        (pull.plot.x(place.at), pull.plot.y(place.process))
    }

    /// The keys of an event that has the focus.
    fn press(&self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(place) = mark_under(event) else {
            return;
        };
        let step = if event.shift_key() { FINE } else { SNAP };
        match event.key().as_str() {
            "ArrowRight" => self.desk.move_to(place, place.at.plus(step)),
            "ArrowLeft" => self.desk.move_to(place, place.at.minus(step)),
            "Delete" | "Backspace" => self.desk.remove(place),
            "Enter" | " " => self.desk.pick(place),
            _ => return,
        }
        event.prevent_default();
        // The lab's own keys move the run.
        event.stop_propagation();
    }
}

/// The event that something happens to.
fn mark_under(event: &web_sys::Event) -> Option<Place> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let mark = target.closest(".clock-event").ok()??;
    place_in(&mark.id())
}
