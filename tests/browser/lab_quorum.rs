//! The lab `quorum`: a stale read, the replica that is in both quorums, and a read back in time.

use fantoccini::key::Key;

use crate::reader::{Reader, visit};

const LAB: &str = "#lab-quorum";

/// A JavaScript expression about the lab, whose element is `lab`.
fn about(expression: &str) -> String {
    format!("(lab => {expression})(document.querySelector('{LAB}'))")
}

async fn open(reader: &Reader, run: &str) {
    reader.open("/about/").await;
    reader
        .open(&format!("/chapter/replication/#run=quorum;{run}"))
        .await;
    reader
        .until(
            "the run is open",
            &about("lab.querySelector('.quorum-outcome')"),
        )
        .await;
}

/// Waits until the read has come out so: `stale`, `fresh`, `back`.
async fn until_read_is(reader: &Reader, outcome: &str) {
    let shown = format!("lab.querySelector('.quorum-outcome').dataset.fresh === '{outcome}'");
    reader
        .until(&format!("the read is {outcome}"), &about(&shown))
        .await;
}

#[test]
fn with_the_keyboard_alone_a_stale_read_becomes_fresh_and_stale_again() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        open(&reader, "scenario=partial").await;
        until_read_is(&reader, "stale").await;
        let slider = format!("{LAB} [data-parameter='r']");
        reader
            .run(&format!("document.querySelector(\"{slider}\").focus()"))
            .await;
        reader.press_key(Key::Right).await;
        reader.press_key(Key::Right).await;
        until_read_is(&reader, "fresh").await;
        let both = about("lab.querySelectorAll('.quorum-replica[data-both=true]').length === 1");
        reader.until("one replica is in both quorums", &both).await;
        reader.press_key(Key::Left).await;
        reader.press_key(Key::Left).await;
        until_read_is(&reader, "stale").await;
    });
}

#[test]
fn with_a_single_replica_the_others_go_without_a_complaint() {
    visit().read(|reader| async move {
        open(&reader, "n=1;w=1;r=1").await;
        let one = "lab.querySelectorAll('.quorum-replica').length === 1";
        reader.until("one replica is left", &about(one)).await;
    });
}

#[test]
fn a_read_goes_back_in_time_although_quorums_overlap() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        open(&reader, "scenario=partial").await;
        let menu = format!("{LAB} [data-set='scenario']");
        reader.set(&menu, "unfinished-write").await;
        until_read_is(&reader, "back").await;
        let sum =
            about("lab.querySelector('.quorum-overlap').textContent.includes('W + R = 4 > N = 3')");
        reader.expect("quorums overlap", &sum).await;
        let broken =
            about("lab.querySelector('[data-property=monotonic-reads]').dataset.broken === 'true'");
        reader.expect("the promise is broken", &broken).await;
        reader.set(&menu, "write-back").await;
        until_read_is(&reader, "fresh").await;
    });
}

#[test]
fn seven_replicas_fit_on_a_phone() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        open(&reader, "scenario=partial;n=7;w=4;r=4").await;
        let inside = about(
            "[...lab.querySelectorAll('.quorum-replica, .quorum-node')].every(e => e.getBoundingClientRect().right <= innerWidth)",
        );
        reader.expect("all replicas are in the window", &inside).await;
        reader
            .expect("the page does not scroll sideways", "document.documentElement.scrollWidth <= 360")
            .await;
    });
}
