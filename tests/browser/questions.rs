//! Questions in the text: quiz items, predictions that the engine judges, exercises.

use happens_before::book::{Predict, Segment};
use happens_before::sim::{self, link};
use serde_json::json;

use crate::reader::visit;
use crate::site;

/// Every prediction, with the address of its chapter.
fn predictions() -> Vec<(String, Predict)> {
    let mut predictions = Vec::new();
    for chapter in &site::book().chapters {
        let address = format!("/chapter/{}/", chapter.card.slug);
        for segment in &chapter.segments {
            if let Segment::Predict(predict) = segment {
                predictions.push((address.clone(), predict.clone()));
            }
        }
    }
    predictions
}

fn shown(selector: &str) -> String {
    format!(
        "document.querySelector({})?.checkVisibility() === true",
        json!(selector)
    )
}

#[test]
fn a_quiz_says_why_an_option_is_right_or_wrong() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        for (option, word) in [(".option-wrong", "Not so."), (".option-right", "Right.")] {
            reader.click(&format!(".quiz {option} input")).await;
            reader
                .until(
                    "the reason is shown",
                    &shown(&format!(".quiz {option} .why")),
                )
                .await;
            let said =
                format!("document.querySelector('.quiz [role=status]').textContent === '{word}'");
            reader.until("it is said aloud", &said).await;
        }
        reader
            .expect(
                "the other reason is folded again",
                &format!("!({})", shown(".quiz .option-wrong .why")),
            )
            .await;
    });
}

#[test]
fn the_engine_judges_every_prediction() {
    visit().read(|reader| async move {
        let predictions = predictions();
        assert!(!predictions.is_empty(), "the book asks for no prediction");
        let mut opened = String::new();
        for (chapter, predict) in predictions {
            if opened != chapter {
                reader.open(&chapter).await;
                opened = chapter;
            }
            let id = &predict.id;
            let lab = sim::lab(&predict.lab).expect("there is such a lab");
            let run = link::decode(lab, &predict.run).run;
            let answer = lab
                .engine
                .probe(&run, &predict.probe)
                .expect("the engine answers");
            let right = predict
                .options
                .iter()
                .position(|option| option.value == answer)
                .expect("one option is right");
            let wrong = (0..predict.options.len())
                .find(|at| *at != right)
                .expect("one option is wrong");
            let verdict = format!("document.querySelector('[id=\"{id}\"] > .verdict').textContent");
            reader
                .expect(
                    "the explanation is folded",
                    &format!("!({})", shown(&format!("[id='{id}'] .explain"))),
                )
                .await;
            for (at, word) in [(wrong, "Not so"), (right, "Right")] {
                reader
                    .click(&format!(
                        "[id='{id}'] .option:nth-of-type({}) input",
                        at + 1
                    ))
                    .await;
                reader
                    .until(
                        &format!("the engine says {word} on {id}"),
                        &format!("{verdict}.startsWith('{word}')"),
                    )
                    .await;
            }
            reader
                .until(
                    "the explanation is shown",
                    &shown(&format!("[id='{id}'] .explain")),
                )
                .await;
            reader.click(&format!("[id='{id}'] .run-link")).await;
            reader
                .until(
                    "the run is in the address",
                    &format!("location.hash.startsWith('#run={};')", predict.lab),
                )
                .await;
            let notices = reader
                .texts("[...document.querySelectorAll('.lab-notices li')].map(e => e.textContent)")
                .await;
            assert!(
                notices.is_empty(),
                "the run of {id} is not right: {notices:#?}"
            );
        }
    });
}

#[test]
fn what_was_predicted_is_remembered_and_may_be_thought_over_again() {
    visit().read(|reader| async move {
        let (chapter, predict) = predictions().swap_remove(0);
        let id = &predict.id;
        reader.open(&chapter).await;
        reader
            .click(&format!("[id='{id}'] .option:nth-of-type(2) input"))
            .await;
        reader
            .until(
                "the engine has answered",
                &shown(&format!("[id='{id}'] .explain")),
            )
            .await;
        reader.reload().await;
        reader.until_page_ready().await;
        let marked = format!(
            "[...document.querySelectorAll('[id=\"{id}\"] .option')].map(option => String(option.matches('.option-before')))"
        );
        reader
            .until("it is marked", &format!("{marked}[1] === 'true'"))
            .await;
        let marks = reader.texts(&marked).await;
        assert_eq!(marks.iter().filter(|mark| *mark == "true").count(), 1);
        reader
            .expect(
                "nothing is chosen, and nothing given away",
                &format!(
                    "!document.querySelector('[id=\"{id}\"] input:checked') && !({})",
                    shown(&format!("[id='{id}'] .explain"))
                ),
            )
            .await;
        reader
            .click(&format!("[id='{id}'] .option:nth-of-type(1) input"))
            .await;
        reader
            .until(
                "another answer takes its place",
                &format!("!document.querySelector('[id=\"{id}\"] .option-before')"),
            )
            .await;
    });
}

#[test]
fn exercises_and_questions_unfold_with_the_keyboard() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        for selector in [".exercise details", ".question"] {
            reader
                .run(&format!(
                    "document.querySelector('{selector} summary').focus()"
                ))
                .await;
            reader.press_key(fantoccini::key::Key::Enter).await;
            reader
                .until(
                    "it is unfolded",
                    &shown(&format!("{selector} > :not(summary)")),
                )
                .await;
            reader.press_key(fantoccini::key::Key::Enter).await;
            reader
                .until(
                    "it is folded again",
                    &format!("!({})", shown(&format!("{selector} > :not(summary)"))),
                )
                .await;
        }
    });
}

#[test]
fn on_paper_the_text_stands_alone_and_nothing_is_cut_off() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader
            .devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await;
        reader.set_width(718).await;
        reader
            .expect(
                "the menu is not printed",
                "!document.querySelector('.site-nav').checkVisibility()",
            )
            .await;
        reader
            .expect(
                "the text is printed",
                "document.querySelector('.chapter-text').checkVisibility()",
            )
            .await;
        reader
            .expect(
                "it fits the paper",
                "document.documentElement.scrollWidth <= innerWidth",
            )
            .await;
    });
}
