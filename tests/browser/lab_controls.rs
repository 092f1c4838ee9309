//! The lab's controls: every one moves what it says.

use happens_before::sim::{self, Kind};

use crate::lab::{Lab, NAME};
use crate::reader::visit;

/// Waits until the lab shows something else than it did.
async fn until_picture_differs(lab: &Lab, before: &str, what: &str) {
    let now = "lab.querySelector('.lab-stage').innerHTML.replace(/<!--.*?-->/g, '')";
    let other = format!("{now} !== {}", serde_json::json!(before));
    lab.until(what, &other).await;
}

#[test]
fn every_parameter_has_a_control_that_says_what_it_does() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        for parameter in sim::lab(NAME).unwrap().parameters {
            let control = format!("lab.querySelector('[data-parameter={}]')", parameter.id);
            let labelled = format!("{control}.labels[0].textContent.includes('{}')", parameter.label);
            lab.expect("the control has its label", &labelled).await;
            let helped = format!(
                "document.getElementById({control}.getAttribute('aria-describedby')).textContent.includes({})",
                serde_json::json!(parameter.help)
            );
            lab.expect("the control has its line of help", &helped).await;
        }
    });
}

#[test]
fn every_slider_moves_its_readout() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        for parameter in sim::lab(NAME).unwrap().parameters {
            if !matches!(parameter.kind, Kind::Number { .. }) {
                continue;
            }
            let control = format!("document.querySelector('[data-parameter={}]')", parameter.id);
            let before = lab.shown(parameter.id).await;
            let other = lab.reader.text(&format!("{control}.value === {control}.max ? {control}.min : {control}.max")).await;
            lab.set(parameter.id, &other).await;
            let moved = format!("{control}.closest('.parameter').querySelector('output').textContent !== '{before}'");
            lab.reader.until(&format!("the readout of {} moves", parameter.id), &moved).await;
            lab.expect("it says the same aloud", &format!("({control}).ariaValueText === {control}.closest('.parameter').querySelector('output').textContent")).await;
            lab.press("reset").await;
            let back = format!("{control}.closest('.parameter').querySelector('output').textContent === '{before}'");
            lab.reader.until(&format!("a reset brings {} back", parameter.id), &back).await;
        }
    });
}

#[test]
fn the_parameters_change_the_run() {
    visit().read(|reader| async move {
        // In this run all of them have something to decide.
        let lab = Lab::open_run(reader, "clock-skew;scenario=truetime;at=end").await;
        lab.until(
            "the run is open",
            "lab.querySelector('[data-set=scenario]').value === 'truetime'",
        )
        .await;
        for (parameter, value) in [
            ("machines", "5"),
            ("offset", "-400000"),
            ("drift", "500"),
            ("writes", "30"),
            ("react", "100"),
            ("order", "wall"),
            ("seed", "4711"),
        ] {
            let before = lab.picture().await;
            lab.set(parameter, value).await;
            until_picture_differs(&lab, &before, &format!("{parameter} changes the picture")).await;
        }
        lab.expect(
            "there are five machines",
            "lab.querySelectorAll('form:has([data-act=write]) > select option').length === 5",
        )
        .await;
        lab.expect(
            "it is the reader's own run",
            "lab.querySelector('[data-set=scenario]').value === ''",
        )
        .await;
    });
}

#[test]
fn commit_wait_is_a_switch() {
    visit().read(|reader| async move {
        let lab = Lab::open_run(reader, "clock-skew;scenario=truetime;at=end").await;
        lab.until(
            "the run is open",
            "lab.querySelector('[data-set=scenario]').value === 'truetime'",
        )
        .await;
        let before = (lab.picture().await, lab.log().await);
        let was_on = lab
            .reader
            .see("document.querySelector('[data-parameter=wait]').checked")
            .await;
        lab.set("wait", "").await;
        lab.until(
            "the switch is thrown",
            &format!("lab.querySelector('[data-parameter=wait]').checked !== {was_on}"),
        )
        .await;
        until_picture_differs(&lab, &before.0, "commit wait changes the picture").await;
        assert_ne!(
            lab.log().await,
            before.1,
            "commit wait changes nothing that happens"
        );
    });
}

#[test]
fn every_scenario_opens_its_run_and_says_what_to_look_for() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        for scenario in sim::lab(NAME).unwrap().scenarios.iter().rev() {
            lab.choose(scenario.id).await;
            let advice = format!(
                "lab.querySelector('.lab-try').textContent === {}",
                serde_json::json!(scenario.try_first)
            );
            lab.until("the advice is the scenario's", &advice).await;
            assert_eq!(lab.scenario().await, scenario.id);
        }
    });
}

#[test]
fn another_seed_gives_another_course_of_events() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.choose("lost-update").await;
        lab.press("end").await;
        let before = (lab.picture().await, lab.log().await);
        lab.press("reseed").await;
        until_picture_differs(&lab, &before.0, "another seed changes the picture").await;
        assert_ne!(
            lab.log().await,
            before.1,
            "another seed changes nothing that happens"
        );
    });
}

#[test]
fn a_write_adds_an_event_and_can_be_taken_back() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.press("start").await;
        lab.press("step").await;
        let before = lab.log().await;
        lab.write_on(2).await;
        lab.until(
            "an event is added",
            &format!(
                "lab.querySelectorAll('.lab-log > li').length === {}",
                before.len() + 1
            ),
        )
        .await;
        let newest = lab.log().await.pop().unwrap();
        assert!(
            newest.contains("n2") && newest.contains("writes"),
            "the newest event is: {newest}"
        );
        assert!(lab.said().await.contains(&newest), "nothing is said of it");
        let link = lab.copy_link().await;
        assert!(
            link.contains(":write:n2"),
            "the write is not in the link: {link}"
        );
        lab.press("take-back").await;
        lab.until(
            "the event is gone",
            &format!(
                "![...lab.querySelectorAll('.log-sentence')].some(e => e.textContent === {})",
                serde_json::json!(newest)
            ),
        )
        .await;
    });
}

#[test]
fn every_kind_of_action_adds_an_event() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.press("start").await;
        for kind in sim::lab(NAME).unwrap().actions {
            let before = lab
                .reader
                .see("Number(document.querySelector('.scrub').value)")
                .await;
            lab.reader
                .click(&format!("#lab-clock-skew [data-act='{}']", kind.id))
                .await;
            lab.until(
                "the run goes to the action",
                &format!("Number(lab.querySelector('.scrub').value) > {before}"),
            )
            .await;
            let link = lab.copy_link().await;
            assert!(
                link.contains(&format!(":{}:n1", kind.id)),
                "{} is not in the link: {link}",
                kind.id
            );
        }
    });
}

#[test]
fn a_broken_promise_says_how_and_leads_to_the_moment() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.press("end").await;
        let broken = "lab.querySelector('.lab-verdicts li[data-broken=true]')";
        lab.until("a promise is broken at the end", broken).await;
        lab.expect(
            "it says how",
            &format!("{broken}.querySelector('.verdict-why').textContent.length > 30"),
        )
        .await;
        lab.reader
            .run("document.querySelector('.lab-verdicts li[data-broken=true] button').click()")
            .await;
        let end = "lab.querySelector('.scrub')";
        lab.until(
            "the run goes to that moment",
            &format!("{end}.value !== {end}.max"),
        )
        .await;
        lab.expect("the promise is broken there", broken).await;
        lab.press("start").await;
        lab.until("at the beginning all promises hold", &format!("!{broken}"))
            .await;
    });
}
