//! The lab `saga`: a reader lets a step fail and sees what was done taken back.

use fantoccini::key::Key;

use crate::reader::{Reader, visit};

const LAB: &str = "#lab-saga";

/// An expression about the lab, whose element is `lab`.
fn about(expression: &str) -> String {
    format!("(lab => {expression})(document.querySelector('{LAB}'))")
}

/// Opens the chapter with a run of the lab, and waits until it is open.
async fn open(reader: &Reader, scenario: &str) {
    reader.open("/about/").await;
    reader
        .open(&format!(
            "/chapter/distributed-transactions/#run=saga;scenario={scenario}"
        ))
        .await;
    let is_open = format!("lab.querySelector('[data-set=scenario]').value === '{scenario}'");
    reader.until("the run is open", &about(&is_open)).await;
}

/// How the steps and the compensations of the first order stand: `T1 done`, `C1 pending`.
async fn marks(reader: &Reader) -> Vec<String> {
    let marks = "[...lab.querySelector('.saga-flow').querySelectorAll('.saga-mark')]
        .map(e => `${e.querySelector('strong').textContent} ${e.querySelector('.saga-word').textContent}`)";
    reader.texts(&about(marks)).await
}

async fn focus(reader: &Reader, what: &str) {
    reader
        .run(&format!(
            "document.querySelector('{LAB} {what}').focus({{ preventScroll: true }})"
        ))
        .await;
}

#[test]
fn a_reader_lets_the_last_step_fail_and_sees_the_compensations_in_reverse_order() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        open(&reader, "checkout").await;
        // The third step's menu, by keyboard: one entry down is “refuses”.
        focus(&reader, "[data-parameter=t3]").await;
        reader.press_key(Key::Down).await;
        let set =
            "lab.querySelector('[data-parameter=t3]').selectedOptions[0].textContent === 'refuses'";
        reader.until("shipping refuses", &about(set)).await;
        focus(&reader, ".lab-log").await;
        reader.press_key(Key::Home).await;
        reader
            .until(
                "the run is at its start",
                &about("lab.querySelector('.scrub').value === '0'"),
            )
            .await;
        let mut seen: Vec<String> = Vec::new();
        let at_end = about("lab.querySelector('.scrub').value === lab.querySelector('.scrub').max");
        while reader.see(&at_end).await != serde_json::json!(true) {
            let before = reader
                .text(&about("lab.querySelector('.scrub').value"))
                .await;
            reader.press_key(Key::Right).await;
            let moved = format!("lab.querySelector('.scrub').value !== '{before}'");
            reader.until("the run steps on", &about(&moved)).await;
            for mark in marks(&reader).await {
                if mark.starts_with('C') && mark.ends_with("done") && !seen.contains(&mark) {
                    seen.push(mark);
                }
            }
        }
        assert_eq!(seen, ["C2 done", "C1 done"]);
        assert_eq!(
            marks(&reader).await,
            [
                "T1 compensated",
                "C1 done",
                "T2 compensated",
                "C2 done",
                "T3 failed"
            ]
        );
        let outcome = about("lab.querySelector('[data-outcome]').textContent");
        assert_eq!(reader.text(&outcome).await, "compensated");
    });
}

#[test]
fn a_double_refund_is_seen_in_the_books_and_gone_with_the_keys_on() {
    visit().read(|reader| async move {
        open(&reader, "double-refund").await;
        let wrong =
            about("lab.querySelector('.saga-holding.broken')?.textContent.includes('−80 €')");
        reader
            .until("payment holds less than nothing", &wrong)
            .await;
        reader
            .set(&format!("{LAB} [data-parameter=keys]"), "")
            .await;
        let right = about("!lab.querySelector('.saga-holding.broken')");
        reader
            .until("the books are right with the keys on", &right)
            .await;
        reader
            .expect(
                "no promise is broken",
                &about("!lab.querySelector('.lab-verdicts li[data-broken=true]')"),
            )
            .await;
    });
}

#[test]
fn nothing_of_the_lab_is_wider_than_a_phone() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        open(&reader, "last-item").await;
        let outside = "[...lab.querySelectorAll('.saga-flow *, .saga-ledger *')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
            .map(e => e.outerHTML.slice(0, 80))";
        let outside = reader.texts(&about(outside)).await;
        assert!(outside.is_empty(), "{outside:#?}");
        reader
            .expect(
                "the page does not scroll sideways",
                "document.documentElement.scrollWidth <= innerWidth",
            )
            .await;
    });
}
