//! The places of labs in a page, and the program that takes them over.
//!
//! The host has drawn each lab in its first state, as part of the text. What moves it is a
//! program of its own, several times as large as the page's: it is loaded when a reader comes
//! near a lab, follows a link to a run or answers a prediction. The two programs share no memory;
//! they talk by events on the element in question, and by its attributes.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::{browser, near, run_address};

/// The name of the `<meta>` in which a page says where the program's script is.
pub const LABS: &str = "labs";
/// The name of the `<meta>` with the script's hash.
pub const LABS_INTEGRITY: &str = "labs-integrity";

/// Attribute: the lab's name.
pub const LAB: &str = "data-lab";
/// Attribute: the run it opens with.
pub const OPENS: &str = "data-opens";
/// Attribute: the run that a link asks for, with the lab's name.
pub const ASKED: &str = "data-asked";
/// Attribute: the number of a run that a prediction is about.
pub const PROBE: &str = "data-probe";
/// Attribute: the engine's answer; empty if the run has no such number.
pub const ANSWER: &str = "data-answer";
/// Attribute: the lab stands alone, in a page without the page's program.
pub const ALONE: &str = "data-alone";
/// Attribute: the lab has been taken over.
pub const READY: &str = "data-ready";

/// The events that the page sends, and the labs' program hears.
pub mod heard {
    /// Take this place over.
    pub const OPEN: &str = "lab-open";
    /// The place goes.
    pub const CLOSE: &str = "lab-close";
    /// Show the run that the place's `data-asked` names.
    pub const SHOW: &str = "lab-show";
    /// Run what this element's attributes name, and write down the number.
    pub const PROBE: &str = "lab-probe";
}

/// What the labs' program sends when it listens.
const STARTED: &str = "labs-started";
/// What the page hears when the program could not be started; the prerenderer writes it into the
/// program's script.
pub const FAILED: &str = "labs-failed";

/// How far outside of the window a lab is taken over: half a window's height. More would load the
/// program for many who only look at a chapter's beginning.
const NEAR: &str = "50% 0px";

/// How far the labs' program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// No lab has come near.
    NotAsked,
    /// It has been asked for.
    Coming,
    /// It listens.
    Here,
    /// It did not come.
    Failed,
}

/// The labs' program as the page sees it: one for the whole app, in its context.
#[derive(Clone, Copy, Debug)]
pub struct LabsProgram(RwSignal<Program>);

impl Default for LabsProgram {
    fn default() -> Self {
        Self::new()
    }
}

impl LabsProgram {
    /// Not asked for yet.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(Program::NotAsked))
    }

    /// How far it is.
    #[must_use]
    pub fn get(self) -> Program {
        self.0.get()
    }

    /// Asks for it, unless that has been done.
    pub fn ask(self) {
        let before = self.0.get_untracked();
        if matches!(before, Program::Coming | Program::Here) {
            return;
        }
        self.0.set(Program::Coming);
        listen_once(STARTED, move || self.0.set(Program::Here));
        listen_once(FAILED, move || self.0.set(Program::Failed));
        // A script that failed is asked for under another address: some browsers remember failures.
        let again = if before == Program::Failed {
            "?again"
        } else {
            ""
        };
        if load(again).is_none() {
            self.0.set(Program::Failed);
        }
    }
}

/// Puts the program's script into the page. None where the page names none.
fn load(again: &str) -> Option<()> {
    let source = browser::meta(LABS)?;
    let script = document().create_element("script").ok()?;
    script
        .set_attribute("src", &format!("{source}{again}"))
        .ok()?;
    script
        .set_attribute("integrity", &browser::meta(LABS_INTEGRITY)?)
        .ok()?;
    let failed = Closure::once_into_js(|| send(FAILED, &document()));
    script
        .add_event_listener_with_callback("error", failed.unchecked_ref())
        .ok()?;
    document().body()?.append_child(&script).ok()?;
    Some(())
}

fn listen_once(event: &str, heard: impl FnOnce() + 'static) {
    let heard = Closure::once_into_js(heard);
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    let _ = document().add_event_listener_with_callback_and_add_event_listener_options(
        event,
        heard.unchecked_ref(),
        &options,
    );
}

/// Says that the labs' program listens. Called by that program.
pub fn say_started() {
    send(STARTED, &document());
}

fn send(event: &str, to: &web_sys::EventTarget) {
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict(event, &options) {
        let _ = to.dispatch_event(&event);
    }
}

/// Has the place of a lab taken over as soon as somebody comes near, and shows the runs that
/// addresses and links in the text name; for as long as the calling view or effect lives. What it
/// returns says whether somebody has come near; whoever notices it otherwise calls [`near::come`].
pub fn attend(place: web_sys::Element, lab: &str) -> RwSignal<bool> {
    let near = RwSignal::new(false);
    let program = expect_context::<LabsProgram>();
    near::watch(&place, NEAR, near);
    Effect::new(move |_| {
        if near.get() {
            untrack(|| program.ask());
        }
    });
    let taken = place.clone();
    Effect::new(move |_| {
        if near.get() && program.get() == Program::Here {
            send(heard::OPEN, &taken);
            let taken = taken.clone();
            on_cleanup(move || send(heard::CLOSE, &taken));
        }
    });
    follow_links(place, lab.to_owned(), near);
    near
}

/// Opens the runs that addresses and links in the text name.
fn follow_links(place: web_sys::Element, lab: String, near: RwSignal<bool>) {
    let kept = StoredValue::new_local((place, lab));
    let show = move |address: &str| {
        kept.with_value(|(place, lab)| {
            let Some(run) = run_address::run_of(address, lab) else {
                return;
            };
            near::come(near);
            let _ = place.set_attribute(ASKED, run);
            send(heard::SHOW, place);
            let id = format!("lab-{lab}");
            request_animation_frame(move || browser::scroll_to_id(&id));
        });
    };
    let fragment = use_location().hash;
    Effect::new(move |_| show(&fragment.get()));
    // A click on the link of the run that is open already changes no address, and still means it.
    Effect::new(move |_| {
        let clicks = window_event_listener(leptos::ev::click, move |event| {
            if let Some(address) = run_address::clicked(&event) {
                show(&address);
            }
        });
        on_cleanup(move || clicks.remove());
    });
}

/// What the engine says of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The number that came out.
    Number(i64),
    /// The run has no such number.
    None,
}

/// Lets the labs' program, which has to be here, run what the element's attributes name.
pub fn ask_engine(element: &web_sys::Element) -> Answer {
    send(heard::PROBE, element);
    let answer = element
        .get_attribute(ANSWER)
        .and_then(|text| text.parse().ok());
    answer.map_or(Answer::None, Answer::Number)
}
