//! What moves in a chapter's text: labs are taken over, quizzes answer aloud, predictions are put to
//! the engine. The text itself is finished HTML (`pages::text`), which is listened to as a whole.

use std::time::Duration;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use crate::kit::browser::{all_in, closest, target};
use crate::kit::lab_places::{self, Answer, LAB, LabsProgram, Program, ask_engine};
use crate::kit::{near, study};

/// The places of labs, as `pages::text` writes them.
const LAB_PLACE: &str = ".lab-place";
/// On the button that asks once more for the labs' program.
const AGAIN: &str = "data-again";

/// The tasks of the text that a view holds.
#[derive(Clone, Copy, Debug)]
pub struct Tasks {
    labs: StoredValue<Vec<(Element, RwSignal<bool>)>, LocalStorage>,
    predictions: StoredValue<Vec<Prediction>, LocalStorage>,
    program: LabsProgram,
}

/// A prediction: the engine runs the lab when the reader has chosen.
#[derive(Clone, Debug)]
struct Prediction {
    section: Element,
    chosen: RwSignal<Option<i64>>,
    engine: RwSignal<Option<Answer>>,
}

/// The names of the labs in a chapter's text.
pub fn labs_in(body: &Element) -> Vec<String> {
    let places = all_in(body, LAB_PLACE);
    let names = places.iter().filter_map(|place| place.get_attribute(LAB));
    names.collect()
}

impl Tasks {
    /// The tasks of the text in this element, once it is there; to be called by the view.
    pub fn of(body: NodeRef<Div>) -> Self {
        let tasks = Self {
            labs: StoredValue::new_local(Vec::new()),
            predictions: StoredValue::new_local(Vec::new()),
            program: expect_context(),
        };
        Effect::new(move |_| {
            if let (Some(body), Some(owner)) = (body.get(), Owner::current()) {
                // A task of its own: to take over the page is one that is long enough.
                let attend = move || {
                    if !tasks.predictions.is_disposed() {
                        owner.with(|| tasks.attend(&body));
                    }
                };
                set_timeout(attend, Duration::ZERO);
            }
        });
        tasks
    }

    fn attend(self, body: &Element) {
        let labs = all_in(body, LAB_PLACE).into_iter().map(|place| {
            let lab = place.get_attribute(LAB).unwrap_or_default();
            (place.clone(), lab_places::attend(place, &lab))
        });
        self.labs.set_value(labs.collect());
        self.say_how_far(all_in(body, ".lab-wait"));
        let predictions: Vec<_> = all_in(body, ".predict")
            .into_iter()
            .map(|section| Prediction::attend(section, self.program))
            .collect();
        self.predictions.set_value(predictions);
    }

    /// Says over each lab that its program is on its way, or did not come.
    fn say_how_far(self, places: Vec<Element>) {
        Effect::new(move |_| {
            let program = self.program.get();
            let words = match program {
                Program::NotAsked | Program::Here => "",
                Program::Coming => "The lab is on its way.",
                Program::Failed => "The lab did not come: is the network there? ",
            };
            for place in &places {
                place.set_text_content(Some(words));
                if program == Program::Failed {
                    let _ = again_button().and_then(|button| place.append_child(&button).ok());
                }
            }
        });
    }

    /// An option has been chosen, in a quiz or a prediction.
    pub fn choose(self, event: &web_sys::Event) {
        let input = target(event).and_then(|target| target.dyn_into().ok());
        let Some(input): Option<HtmlInputElement> = input else {
            return;
        };
        if let Some(quiz) = closest(&input, ".quiz") {
            return say_verdict(&quiz, &input);
        }
        let Some(section) = closest(&input, ".predict") else {
            return;
        };
        self.predictions.with_value(|predictions| {
            let mut predictions = predictions.iter();
            if let Some(prediction) = predictions.find(|found| found.section == section) {
                prediction.choose(&input);
            }
        });
    }

    /// The focus has come to something, perhaps in a lab.
    pub fn focus(self, event: &web_sys::Event) {
        let Some(place) = target(event).and_then(|target| closest(&target, LAB_PLACE)) else {
            return;
        };
        self.labs.with_value(|labs| {
            let mut labs = labs.iter();
            if let Some((_, near)) = labs.find(|(found, _)| *found == place) {
                near::come(*near);
            }
        });
    }

    /// A click, perhaps on a button of the text.
    pub fn click(self, event: &web_sys::Event) {
        if target(event).is_some_and(|target| target.has_attribute(AGAIN)) {
            self.program.ask();
        }
    }
}

impl Prediction {
    fn attend(section: Element, program: LabsProgram) -> Self {
        let prediction = Self {
            section,
            chosen: RwSignal::new(None),
            engine: RwSignal::new(None),
        };
        prediction.recall();
        prediction.ask(program);
        prediction.show(program);
        // An answer that was given before the program was there.
        let given = prediction
            .inputs()
            .into_iter()
            .find(HtmlInputElement::checked);
        if let Some(input) = given {
            prediction.choose(&input);
        }
        prediction
    }

    fn choose(&self, input: &HtmlInputElement) {
        let Ok(value) = input.value().parse() else {
            return;
        };
        self.chosen.set(Some(value));
        study::change(|kept, now| kept.answer(&self.section.id(), value, now));
    }

    /// Marks what the reader chose when they were here before. It is not chosen for them: they may
    /// think again before the engine says it.
    fn recall(&self) {
        let prediction = self.clone();
        Effect::new(move |_| {
            study::open();
            let id = prediction.section.id();
            let before = study::with_untracked(|kept| kept.answer_to(&id));
            let is_first = prediction.chosen.get().is_none();
            prediction.mark("option-before", |value| is_first && before == Some(value));
        });
    }

    /// Asks the engine once the reader has chosen.
    fn ask(&self, program: LabsProgram) {
        let Self {
            section,
            chosen,
            engine,
        } = self.clone();
        Effect::new(move |_| {
            if chosen.get().is_none() || engine.with_untracked(Option::is_some) {
                return;
            }
            if program.get() == Program::Here {
                engine.set(Some(ask_engine(&section)));
            } else {
                untrack(|| program.ask());
            }
        });
    }

    /// Shows what came out.
    fn show(&self, program: LabsProgram) {
        let prediction = self.clone();
        Effect::new(move |_| {
            let (chosen, engine) = (prediction.chosen.get(), prediction.engine.get());
            let Some(chosen) = chosen else { return };
            let is_answer = |value| engine == Some(Answer::Number(value));
            prediction.mark("option-answer", is_answer);
            prediction.mark("option-miss", |value| {
                value == chosen && matches!(engine, Some(Answer::Number(answer)) if answer != value)
            });
            for verdict in all_in(&prediction.section, "[role=status]") {
                verdict.set_text_content(Some(verdict_on(chosen, engine, program.get())));
            }
            if engine.is_some() {
                for explanation in all_in(&prediction.section, ".explain") {
                    let _ = explanation.remove_attribute("hidden");
                }
            }
        });
    }

    /// Gives the class to the options for whose values `is_so` holds.
    fn mark(&self, class: &str, is_so: impl Fn(i64) -> bool) {
        for input in self.inputs() {
            let value = input.value().parse();
            if let Some(option) = closest(&input, ".option") {
                let is_so = value.is_ok_and(&is_so);
                let _ = option.class_list().toggle_with_force(class, is_so);
            }
        }
    }

    fn inputs(&self) -> Vec<HtmlInputElement> {
        let inputs = all_in(&self.section, "input").into_iter();
        inputs.filter_map(|input| input.dyn_into().ok()).collect()
    }
}

fn verdict_on(chosen: i64, engine: Option<Answer>, program: Program) -> &'static str {
    match (engine, program) {
        (Some(Answer::Number(value)), _) if value == chosen => {
            "Right: the engine ran it, and so it came out."
        }
        (Some(Answer::Number(_)), _) => "Not so: the engine ran it, and it came out otherwise.",
        (Some(Answer::None), _) => "The engine could not run this one.",
        (None, Program::Failed) => {
            "The engine did not come: is the network there? Choose again to try again."
        }
        (None, _) => "The engine is on its way.",
    }
}

/// Says aloud what the style sheet shows.
fn say_verdict(quiz: &Element, input: &Element) {
    let verdict = closest(input, ".option")
        .and_then(|option| option.query_selector(".verdict").ok().flatten())
        .and_then(|verdict| verdict.text_content());
    for status in all_in(quiz, "[role=status]") {
        status.set_text_content(verdict.as_deref());
    }
}

fn again_button() -> Option<Element> {
    let button = document().create_element("button").ok()?;
    button.set_attribute("type", "button").ok()?;
    button.set_attribute(AGAIN, "").ok()?;
    button.set_text_content(Some("Try again"));
    Some(button)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_engine_says_whether_a_guess_was_right() {
        let here = Program::Here;
        assert!(verdict_on(3, Some(Answer::Number(3)), here).starts_with("Right"));
        assert!(verdict_on(3, Some(Answer::Number(4)), here).starts_with("Not so"));
        assert!(verdict_on(3, Some(Answer::None), here).contains("could not"));
        assert!(verdict_on(3, None, Program::Coming).contains("on its way"));
        assert!(verdict_on(3, None, Program::Failed).contains("Choose again"));
    }
}
