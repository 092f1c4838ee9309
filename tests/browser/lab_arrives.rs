//! The labs' program: it comes when a reader comes near a lab, and not before.

use serde_json::json;

use crate::lab::{Lab, NAME};
use crate::reader::{Reader, visit};
use crate::site;

const LAB: &str = "#lab-clock-skew";
/// Is the lab's program asked for?
const ASKED: &str =
    "performance.getEntriesByType('resource').some(e => /labs-[0-9a-f]+\\.js/.test(e.name))";
const READY: &str =
    "document.querySelector('#lab-clock-skew').closest('.lab-place').hasAttribute('data-ready')";
const SAID: &str = "document.querySelector('.lab-wait').textContent";

/// Opens the chapter on a window so low that no lab is near.
async fn far_away(reader: &Reader) {
    reader.set_width(360).await;
    reader.go_to(&reader.address(&site::chapter())).await;
    reader.until_page_ready().await;
    reader.until_drawn().await;
}

async fn come_near(reader: &Reader) {
    reader
        .run(&format!("document.querySelector('{LAB}').scrollIntoView()"))
        .await;
}

#[test]
fn a_lab_is_fetched_when_a_reader_comes_near_and_not_before() {
    visit().read(|reader| async move {
        far_away(&reader).await;
        reader
            .expect("nothing is asked for", &format!("!({ASKED})"))
            .await;
        reader
            .expect(
                "the picture is there",
                &format!("document.querySelector('{LAB} .lab-stage svg')"),
            )
            .await;
        come_near(&reader).await;
        reader.until("the lab can be moved", READY).await;
        let lab = Lab { reader };
        lab.expect_first_run().await;
        lab.press("step").await;
        lab.until("it moves", "lab.querySelector('.scrub').value > 0")
            .await;
    });
}

#[test]
fn a_link_to_a_run_fetches_the_lab_and_opens_the_run() {
    visit().read(|reader| async move {
        reader.open("/about/").await;
        let address = format!("{}#run={NAME};scenario=drift", site::chapter());
        reader.go_to(&reader.address(&address)).await;
        reader.until("the lab can be moved", READY).await;
        let lab = Lab { reader };
        lab.until(
            "the run is open",
            "lab.querySelector('[data-set=scenario]').value === 'drift'",
        )
        .await;
    });
}

#[test]
fn a_lab_that_does_not_come_says_so_and_can_be_asked_for_again() {
    visit().may_complain().read(|reader| async move {
        far_away(&reader).await;
        reader.devtools("Network.enable", json!({})).await;
        reader
            .devtools("Network.setBlockedURLs", json!({ "urls": ["*labs-*"] }))
            .await;
        come_near(&reader).await;
        reader
            .until(
                "it says so",
                &format!("{SAID}.startsWith('The lab did not come')"),
            )
            .await;
        reader
            .devtools("Network.setBlockedURLs", json!({ "urls": [] }))
            .await;
        reader.click(".lab-wait button").await;
        reader.until("the lab can be moved", READY).await;
        reader
            .expect("nothing more is said", &format!("{SAID} === ''"))
            .await;
    });
}

#[test]
fn a_program_that_breaks_off_half_way_can_be_asked_for_again() {
    visit().may_complain().read(|reader| async move {
        far_away(&reader).await;
        reader.devtools("Network.enable", json!({})).await;
        reader
            .devtools(
                "Network.setBlockedURLs",
                json!({ "urls": ["*labs-*.wasm"] }),
            )
            .await;
        come_near(&reader).await;
        reader
            .until(
                "it says so",
                &format!("{SAID}.startsWith('The lab did not come')"),
            )
            .await;
        reader
            .devtools("Network.setBlockedURLs", json!({ "urls": [] }))
            .await;
        reader.click(".lab-wait button").await;
        reader.until("the lab can be moved", READY).await;
    });
}

/// Changes what a `<meta>` of the page says of the labs' program, or its `fetch`, before it is asked for.
fn is_refused(damage: &'static str) {
    visit().may_complain().read(move |reader| async move {
        far_away(&reader).await;
        reader.run(damage).await;
        come_near(&reader).await;
        let said = format!("{SAID}.startsWith('The lab did not come')");
        reader.until("it says so", &said).await;
        reader
            .expect("it was not started", &format!("!({READY})"))
            .await;
    });
}

// To the browser it is the same whether the program or its hash is another.

#[test]
fn a_script_that_was_changed_on_its_way_is_not_run() {
    is_refused(
        "document.querySelector('meta[name=labs-integrity]').content = `sha384-${'A'.repeat(64)}`",
    );
}

#[test]
fn a_program_that_was_changed_on_its_way_is_not_run() {
    is_refused(
        "const real = window.fetch;
        window.fetch = (address, options) => String(address).endsWith('.wasm')
            ? real(address, { ...options, integrity: `sha384-${'A'.repeat(64)}` })
            : real(address, options);",
    );
}

#[test]
fn a_chapter_that_was_left_and_is_opened_again_has_labs_that_move() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader.click(".neighbours .up a").await;
        reader
            .until(
                "the start page is there",
                "document.querySelector('.contents')",
            )
            .await;
        reader
            .expect("no lab is left", "!document.querySelector('.lab')")
            .await;
        reader.click(&site::link_to_chapter()).await;
        reader
            .until(
                "the chapter is there",
                &format!("document.querySelector('{LAB}')"),
            )
            .await;
        reader.until_ready().await;
        let lab = Lab { reader };
        lab.press("step").await;
        lab.until("it moves", "lab.querySelector('.scrub').value > 0")
            .await;
    });
}
