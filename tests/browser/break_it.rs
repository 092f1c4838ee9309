//! The search for a run that breaks a promise, in the page: what it finds opens in the player.

use crate::reader::{Reader, visit};

/// Opens a lab's run and unfolds its panel.
async fn unfold(reader: &Reader, chapter: &str, lab: &str, run: &str) {
    reader.open("/about/").await;
    reader
        .open(&format!("/chapter/{chapter}/#run={lab};{run}"))
        .await;
    reader
        .click(&format!("#lab-{lab} .break-it > summary"))
        .await;
}

async fn search(reader: &Reader, lab: &str) {
    reader
        .click(&format!("#lab-{lab} [data-do='search']"))
        .await;
}

/// Waits until the search has come out so.
async fn until_hunt_is(reader: &Reader, lab: &str, outcome: &str) {
    let shown =
        format!("document.querySelector('#lab-{lab} [data-hunt]').dataset.hunt === '{outcome}'");
    reader
        .until(&format!("the search is {outcome}"), &shown)
        .await;
}

#[test]
fn an_acknowledged_write_is_lost_by_one_crash_and_the_run_opens_in_the_player() {
    visit().read(|reader| async move {
        unfold(&reader, "replication", "quorum", "n=3;w=1;r=1").await;
        let menu = "#lab-quorum .break-it [data-set='crashes']";
        reader.set(menu, "1").await;
        search(&reader, "quorum").await;
        until_hunt_is(&reader, "quorum", "broken").await;
        reader.click("#lab-quorum [data-do='watch']").await;
        reader
            .until(
                "the player's verdict is that the promise is broken",
                "document.querySelector('#lab-quorum .lab-verdicts [data-broken=true]') !== null",
            )
            .await;
    });
}

#[test]
fn a_saga_with_keys_is_not_broken_in_all_the_states_that_are_looked_at() {
    visit().read(|reader| async move {
        unfold(&reader, "distributed-transactions", "saga", "keys=on").await;
        for limit in ["drops", "duplicates", "crashes"] {
            let menu = format!("#lab-saga .break-it [data-set='{limit}']");
            reader.set(&menu, "0").await;
        }
        search(&reader, "saga").await;
        until_hunt_is(&reader, "saga", "gave-up").await;
    });
}

#[test]
fn without_keys_the_search_finds_the_double_effect() {
    visit().read(|reader| async move {
        unfold(&reader, "distributed-transactions", "saga", "keys=off").await;
        search(&reader, "saga").await;
        until_hunt_is(&reader, "saga", "broken").await;
    });
}

#[test]
fn the_study_of_staleness_runs_and_draws_its_plots() {
    visit().read(|reader| async move {
        reader.open("/chapter/replication/").await;
        reader.click("#lab-quorum .many-runs > summary").await;
        reader.click("#lab-quorum [data-do='start-study']").await;
        reader
            .until(
                "the study is finished",
                "document.querySelector('#lab-quorum .many-runs [data-phase]').dataset.phase === 'finished'",
            )
            .await;
        reader
            .until(
                "each plot has its numbers in a table",
                "(plots => plots.length > 0 && plots.every(plot => plot.querySelector('table tbody tr')))([...document.querySelectorAll('#lab-quorum .many-runs .plot')])",
            )
            .await;
    });
}
