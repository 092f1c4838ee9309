//! The browser computes what the host computes, to the letter.

use happens_before::book::Segment;
use happens_before::sim::{self, Lab as Declaration, Run};

use crate::lab::{Lab, NAME};
use crate::reader::visit;

/// As many sentences as the page lists.
const LISTED: usize = 200;

/// The sentences of a run as the host computes them, without the verdicts between them.
fn sentences(run: &Run) -> Vec<String> {
    let transcript = run.lab.engine.transcript(run);
    let lines = transcript
        .lines()
        .filter_map(|line| line.split_once(" ms  "));
    let mut sentences: Vec<_> = lines
        .map(|(_, sentence)| sentence.to_owned())
        .filter(|sentence| !sentence.starts_with("broken ("))
        .collect();
    sentences.split_off(sentences.len().saturating_sub(LISTED))
}

async fn expect_same(lab: &Lab, run: &Run, what: &str) {
    let wanted = sentences(run);
    lab.until(
        "the end is shown",
        "lab.querySelector('.scrub').value === lab.querySelector('.scrub').max",
    )
    .await;
    lab.until(
        &format!("{what} has as many events as on the host"),
        &format!(
            "lab.querySelectorAll('.lab-log > li').length === {}",
            wanted.len()
        ),
    )
    .await;
    for (at, (browser, host)) in lab.log().await.iter().zip(&wanted).enumerate() {
        assert_eq!(browser, host, "{what}, event {at}");
    }
    let end = (run.lab.engine.end)(run).0;
    assert_eq!(lab.moment().await, end, "{what} ends elsewhere");
}

#[test]
fn every_scenario_goes_in_the_browser_as_it_goes_on_the_host() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        for scenario in sim::lab(NAME).unwrap().scenarios.iter().rev() {
            lab.choose(scenario.id).await;
            lab.until(
                "it is open",
                &format!(
                    "lab.querySelector('[data-set=scenario]').value === '{}'",
                    scenario.id
                ),
            )
            .await;
            lab.press("end").await;
            let run = Run::scenario(sim::lab(NAME).unwrap(), scenario.id).unwrap();
            expect_same(&lab, &run, scenario.id).await;
        }
    });
}

#[test]
fn runs_with_random_delays_go_in_the_browser_as_they_go_on_the_host() {
    visit().read(|reader| async move {
        for seed in [0, 7, 4711, u64::MAX] {
            let text = format!(
                "clock-skew;scenario=lost-update;seed={seed};machines=5;writes=40;react=60%;at=end"
            );
            let run = sim::link::decode(sim::lab(NAME).unwrap(), &text).run;
            let lab = Lab::open_run(reader.clone(), &text).await;
            lab.until(
                "the seed is set",
                &format!("lab.querySelector('[data-parameter=seed]').value === '{seed}'"),
            )
            .await;
            expect_same(&lab, &run, &text).await;
        }
    });
}

/// The sentences that a lab's log lists, oldest first; `lab` is its element.
const LISTED_SENTENCES: &str =
    "[...lab.querySelectorAll('.lab-log .log-sentence')].map(e => e.textContent).reverse()";

#[test]
fn every_scenario_of_every_lab_goes_in_the_browser_as_it_goes_on_the_host() {
    visit().read(|reader| async move {
        for (chapter, lab) in labs_in_the_book() {
            for scenario in lab.scenarios {
                let link = format!("#run={};scenario={};at=end", lab.id, scenario.id);
                reader.open("/about/").await;
                reader.open(&format!("/chapter/{chapter}/{link}")).await;
                let about = |expression: &str| {
                    format!(
                        "(lab => {expression})(document.querySelector('#lab-{}'))",
                        lab.id
                    )
                };
                let is_open = format!(
                    "lab.querySelector('[data-set=scenario]').value === '{}'",
                    scenario.id
                );
                reader.until("the scenario is open", &about(&is_open)).await;
                let run = Run::scenario(lab, scenario.id).unwrap();
                let wanted = sentences(&run);
                let all = format!(
                    "lab.querySelectorAll('.lab-log > li').length === {}",
                    wanted.len()
                );
                reader
                    .until(
                        &format!("{link} has as many events as on the host"),
                        &about(&all),
                    )
                    .await;
                let found = reader.texts(&about(LISTED_SENTENCES)).await;
                assert_eq!(found, wanted, "{link}");
            }
        }
    });
}

/// Every lab with the first chapter that it stands in.
fn labs_in_the_book() -> Vec<(String, &'static Declaration)> {
    let stands_in = |lab: &Declaration| {
        let chapters = &crate::site::book().chapters;
        let chapter = chapters.iter().find(|chapter| {
            chapter
                .segments
                .iter()
                .any(|segment| matches!(segment, Segment::Lab(block) if block.lab == lab.id))
        });
        chapter.map(|chapter| chapter.card.slug.clone())
    };
    let labs = sim::labs().iter();
    labs.map(|lab| (stands_in(lab).expect("every lab stands in a chapter"), *lab))
        .collect()
}
