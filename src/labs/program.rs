//! The labs' program, loaded when a reader comes near a lab: it waits for the page to hand it
//! places in which the host has drawn a lab, and takes them over.
//!
//! The page's side, and what the two say to each other, is `kit::lab_places`.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlElement;

use super::{caption, view};
use crate::kit::lab_places::{self, ALONE, ANSWER, ASKED, LAB, OPENS, PROBE, READY, heard};
use crate::kit::share::Asked;
use crate::kit::take_over::take_over;
use crate::kit::{browser, run_address};
use crate::sim::{self, link};

/// A lab that has been taken over.
struct Taken {
    place: HtmlElement,
    /// The run that the page wants to be shown.
    asked: Asked,
    /// The view; dropped, it goes.
    _view: Box<dyn Any>,
}

/// Begins to listen, and says that it does.
pub fn start() {
    let taken = Rc::new(RefCell::new(Vec::<Taken>::new()));
    let (opened, closed) = (Rc::clone(&taken), Rc::clone(&taken));
    on(heard::OPEN, move |place| open(&opened, place, || ()));
    on(heard::CLOSE, move |place| {
        let left = closed
            .borrow_mut()
            .extract_if(.., |taken| taken.place == place)
            .collect::<Vec<_>>();
        // Outside of the borrow: what goes may say so to others.
        drop(left);
    });
    let shown = Rc::clone(&taken);
    on(heard::SHOW, move |place| show(&shown, &place));
    on(heard::PROBE, |place| answer(&place));
    // A task of its own, so that compiling the program and taking over a lab are not one long one.
    let begin = move || {
        lab_places::say_started();
        open_alone(taken);
    };
    set_timeout(begin, Duration::ZERO);
}

/// Takes over the lab of a page that has no program of its own (`embed/quorum/`), and shows the
/// runs that the page's address names.
fn open_alone(taken: Rc<RefCell<Vec<Taken>>>) {
    let alone = document()
        .query_selector(&format!("[{ALONE}]"))
        .ok()
        .flatten();
    let Some(place) = alone.and_then(|place| place.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    ask_from_address(&place);
    open(&taken, place.clone(), browser::mark_ready);
    // For as long as there is the page.
    let _ = window_event_listener(leptos::ev::hashchange, move |_| {
        ask_from_address(&place);
        show(&taken, &place);
    });
}

fn ask_from_address(place: &HtmlElement) {
    let address = format!("#{}", browser::fragment());
    // Of whichever lab: here is no other that could show it, and this one says so.
    if let Some(run) = run_address::run_in(&address) {
        let _ = place.set_attribute(ASKED, run);
    }
}

/// Calls back with the element that such an event is about.
fn on(event: &str, heard: impl Fn(HtmlElement) + 'static) {
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let place = event.target().and_then(|target| target.dyn_into().ok());
        if let Some(place) = place {
            heard(place);
        }
    });
    let function = listener.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback(event, function);
    // As long as the page lives.
    listener.forget();
}

/// Takes a place over, and calls back when that is done.
fn open(taken: &RefCell<Vec<Taken>>, place: HtmlElement, done: fn()) {
    if taken.borrow().iter().any(|taken| taken.place == place) {
        return;
    }
    let said = |name: &str| place.get_attribute(name).unwrap_or_default();
    let (lab, run) = (said(LAB), said(OPENS));
    let asked = Asked::new(place.get_attribute(ASKED));
    let context = asked.clone();
    let taken_place = place.clone();
    let app = move || {
        provide_context(context);
        view(&lab, &run, caption(String::new()))
    };
    let view = take_over(
        || hydrate_from(place.clone(), app),
        move || {
            let _ = taken_place.set_attribute(READY, "");
            done();
        },
    );
    taken.borrow_mut().push(Taken {
        place,
        asked,
        _view: Box::new(view),
    });
}

/// Shows the run that the page asks for.
fn show(taken: &RefCell<Vec<Taken>>, place: &HtmlElement) {
    let asked = taken
        .borrow()
        .iter()
        .find(|taken| taken.place == *place)
        .map(|taken| taken.asked.clone());
    if let (Some(asked), Some(run)) = (asked, place.get_attribute(ASKED)) {
        asked.ask(run);
    }
}

/// Runs what a prediction is about, and writes down the number that came out.
fn answer(place: &HtmlElement) {
    let said = |name: &str| place.get_attribute(name).unwrap_or_default();
    let number = probe(&said(LAB), &said(OPENS), &said(PROBE));
    let text = number.map_or_else(String::new, |number| number.to_string());
    let _ = place.set_attribute(ANSWER, &text);
}

fn probe(lab: &str, run: &str, probe: &str) -> Option<i64> {
    let lab = sim::lab(lab)?;
    lab.engine.probe(&link::decode(lab, run).run, probe)
}
