//! Challenges and predictions: what a reader tries in a run of their own, and the engine judges.

use fantoccini::key::Key;
use happens_before::sim;

use crate::lab::{Lab, NAME};
use crate::reader::visit;

const CHALLENGES: &str = "#lab-clock-skew .lab-challenges";
const PREDICTIONS: &str = "#lab-clock-skew .lab-predictions";

/// Unfolds a part of the lab with the keyboard.
async fn unfold(lab: &Lab, part: &str) {
    lab.reader
        .run(&format!(
            "document.querySelector('{part} > summary').focus()"
        ))
        .await;
    lab.reader.press_key(Key::Enter).await;
    lab.reader
        .until(
            "it is unfolded",
            &format!("document.querySelector('{part}').childElementCount > 1"),
        )
        .await;
}

/// Presses a button with the keyboard.
async fn press(lab: &Lab, button: &str) {
    lab.reader
        .run(&format!(
            "document.querySelector('#lab-clock-skew [data-do={button}]').focus()"
        ))
        .await;
    lab.reader.press_key(Key::Enter).await;
}

/// Waits until a part's verdict is of that kind, and gives its words.
async fn verdict(lab: &Lab, part: &str, state: &str) -> String {
    let verdict = format!("document.querySelector('{part} .task-verdict')");
    let so = format!("{verdict}?.dataset.state === '{state}' && {verdict}.textContent");
    lab.reader
        .until(&format!("the verdict is: {state}"), &so)
        .await;
    lab.reader
        .expect(
            "it is said aloud",
            &format!("{verdict}.closest('[role=status]')"),
        )
        .await;
    lab.reader.text(&format!("{verdict}.textContent")).await
}

#[test]
fn a_challenge_says_what_is_missing_until_it_is_met() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        let lab = Lab::open(reader).await;
        unfold(&lab, CHALLENGES).await;
        press(&lab, "challenge-start").await;
        let missing = verdict(&lab, CHALLENGES, "missing").await;
        assert!(missing.contains("50 ms"), "{missing}");
        lab.set("offset", "9000").await;
        lab.until(
            "something else is missing now",
            &format!("document.querySelector('{CHALLENGES} .task-verdict').textContent.includes('No update is lost')"),
        )
        .await;
        // n1 writes so soon after n2 that its stamp is the smaller one.
        lab.scrub(95_000).await;
        lab.write_on(1).await;
        verdict(&lab, CHALLENGES, "met").await;
        lab.until(
            "it is marked as met",
            "lab.querySelector('[data-set=challenge]').selectedOptions[0].textContent.includes('met')",
        )
        .await;
        lab.expect(
            "and counted",
            "lab.querySelector('.lab-challenges > summary').textContent.includes('1 of 2')",
        )
        .await;
    });
}

#[test]
fn who_gives_up_sees_a_solution_and_it_does_not_count() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        unfold(&lab, CHALLENGES).await;
        lab.reader
            .set(
                &format!("{CHALLENGES} [data-set=challenge]"),
                "truetime-without-a-jump",
            )
            .await;
        press(&lab, "challenge-start").await;
        verdict(&lab, CHALLENGES, "missing").await;
        lab.expect(
            "the hint waits to be asked for",
            "!lab.querySelector('.task-hint').checkVisibility()",
        )
        .await;
        press(&lab, "challenge-hint").await;
        lab.until(
            "the hint is shown",
            "lab.querySelector('.task-hint').checkVisibility()",
        )
        .await;
        press(&lab, "challenge-solution").await;
        verdict(&lab, CHALLENGES, "shown").await;
        lab.press("end").await;
        lab.until(
            "the run is the solution",
            "lab.querySelector('[data-property=interval-holds-truth]').dataset.broken === 'true'",
        )
        .await;
        lab.expect(
            "nothing is met",
            "lab.querySelector('.lab-challenges > summary').textContent.includes('0 of 2')",
        )
        .await;
    });
}

#[test]
fn a_prediction_stops_the_run_asks_and_is_graded() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        let lab = Lab::open(reader).await;
        unfold(&lab, PREDICTIONS).await;
        press(&lab, "predict").await;
        lab.until(
            "the run stands before what is asked",
            "lab.querySelector('.lab-clock').textContent === '89 ms'",
        )
        .await;
        let asked = sim::lab(NAME).unwrap().predictions[0];
        lab.expect(
            "the question is the group's name",
            &format!(
                "lab.querySelector('.task-question legend').textContent === {}",
                serde_json::json!(asked.question)
            ),
        )
        .await;
        lab.expect(
            "there is nothing to send yet",
            "lab.querySelector('[data-do=answer]').disabled",
        )
        .await;
        // Arrow keys move the choice; only the button answers.
        lab.reader
            .run("document.querySelector('.task-question input').focus()")
            .await;
        lab.reader.press(" ").await;
        lab.reader.press_key(Key::Down).await;
        lab.until(
            "the second is chosen",
            "lab.querySelector('.task-question input[value=\"2\"]').checked",
        )
        .await;
        lab.expect(
            "nothing is given away",
            "lab.querySelector('.task-question .task-verdict').textContent === ''",
        )
        .await;
        press(&lab, "answer").await;
        let graded = verdict(&lab, PREDICTIONS, "missing").await;
        assert!(
            graded.contains("1, the value that n2 wrote first"),
            "{graded}"
        );
        lab.expect(
            "it says why",
            &format!(
                "lab.querySelector('.task-why').textContent === {}",
                serde_json::json!(asked.why)
            ),
        )
        .await;
        press(&lab, "play-on").await;
        lab.until(
            "the run plays on to its end",
            "lab.querySelector('.scrub').value === lab.querySelector('.scrub').max",
        )
        .await;
    });
}
