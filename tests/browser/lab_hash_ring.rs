//! The hash ring: nodes join and fail under the reader's hands, by pointer and by keyboard, and a
//! million keys are placed while the page still answers.

use fantoccini::key::Key;
use serde_json::json;

use crate::reader::{Reader, visit};

const LAB: &str = "#lab-hash-ring";
/// Collects the tasks of the page that took more than 50 ms, to be told: how long a task takes on a
/// busy machine is nothing to assert.
const LONG_TASKS: &str = "window.longTasks = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
    }).observe({ entryTypes: ['longtask'] });";

async fn open(reader: &Reader, run: &str) {
    reader
        .open(&format!("/chapter/partitioning/#run=hash-ring;{run}"))
        .await;
    let lab = format!("document.querySelector('{LAB} .ring-count')");
    reader.until("the ring is drawn", &lab).await;
}

/// Waits until a place of the lab says something.
async fn until_says(reader: &Reader, place: &str, words: &str) {
    let says = format!(
        "document.querySelector(\"{LAB} {place}\").textContent.includes({})",
        json!(words)
    );
    reader
        .until(&format!("{place} says “{words}”"), &says)
        .await;
}

/// Waits until all keys are counted.
async fn until_counted(reader: &Reader) {
    let done = format!("document.querySelector('{LAB} .ring-progress').dataset.done === 'true'");
    reader.until("all keys are counted", &done).await;
}

/// The share that moved, as the table has it for a scheme: `9.5 %`.
async fn moved(reader: &Reader, scheme: &str) -> f64 {
    let cell =
        format!("document.querySelector(\"{LAB} tr[data-scheme='{scheme}'] td\").textContent");
    let text = reader.text(&cell).await;
    text.trim_end_matches(" %").parse().unwrap()
}

#[test]
fn a_node_is_added_by_clicking_and_its_keys_alone_move() {
    visit().read(|reader| async move {
        open(&reader, "scenario=join;do=").await;
        reader.click(&format!("{LAB} [data-do='ring-add']")).await;
        until_says(
            &reader,
            ".ring-said",
            "n11 joins: 9.2 % of the circle moves",
        )
        .await;
        until_says(&reader, ".ring-share", "9.2 % moved").await;
        until_says(&reader, ".lab-said", "n11 joins").await;
        until_counted(&reader).await;
        let (ring, modulo) = (moved(&reader, "ring").await, moved(&reader, "modulo").await);
        assert!((8.0..11.0).contains(&ring), "{ring} % moved on the ring");
        assert!((89.0..93.0).contains(&modulo), "{modulo} % moved by modulo");
    });
}

#[test]
fn a_node_is_picked_on_the_ring_and_fails_by_clicking() {
    visit().read(|reader| async move {
        open(&reader, "scenario=one-point;do=").await;
        let arc = format!("{LAB} .ring-arc[data-node='6']");
        // A pointer would aim at the middle of the path's box, which a bent path does not cover.
        reader
            .run(&format!(
                "document.querySelector(\"{arc}\").dispatchEvent(new MouseEvent('click', {{ bubbles: true }}))"
            ))
            .await;
        let lit = format!("document.querySelector(\"{arc}\").classList.contains('lit')");
        reader.until("the arc is lit", &lit).await;
        reader.click(&format!("{LAB} [data-do='ring-fail']")).await;
        until_says(&reader, ".ring-said", "n6 fails: 29.2 % of the circle moves, all from n6 to n5").await;
        until_says(&reader, "[data-do='ring-fail']", "Bring back").await;
        reader.click(&format!("{LAB} [data-do='ring-fail']")).await;
        until_says(&reader, ".ring-said", "n6 comes back").await;
    });
}

#[test]
fn a_node_is_added_fails_and_leaves_by_keyboard_alone() {
    visit().read(|reader| async move {
        open(&reader, "scenario=join;do=").await;
        let focus =
            |selector: &str| format!("document.querySelector(\"{LAB} {selector}\").focus()");
        reader.run(&focus("[data-do='ring-add']")).await;
        reader.press_key(Key::Enter).await;
        until_says(&reader, ".ring-said", "n11 joins").await;
        reader.run(&focus("[data-set='ring-node']")).await;
        // Typing in a menu goes to the entry that begins so.
        reader.press("n3").await;
        let picked =
            format!("document.querySelector(\"{LAB} [data-set='ring-node']\").value === '3'");
        reader.until("n3 is picked", &picked).await;
        reader.run(&focus("[data-do='ring-fail']")).await;
        reader.press_key(Key::Enter).await;
        until_says(&reader, ".ring-said", "n3 fails").await;
        reader.run(&focus("[data-do='ring-remove']")).await;
        reader.press_key(Key::Enter).await;
        until_says(&reader, ".ring-said", "n3 leaves: nothing moves").await;
    });
}

#[test]
fn stepping_back_shows_the_ring_as_it_was() {
    visit().read(|reader| async move {
        open(&reader, "scenario=join").await;
        until_says(&reader, ".ring-count", "11 nodes").await;
        reader.click(&format!("{LAB} [data-do='back']")).await;
        until_says(&reader, ".ring-count", "10 nodes").await;
        let unmoved = format!("!document.querySelector('{LAB} .ring-share')");
        reader.until("nothing has moved yet", &unmoved).await;
    });
}

#[test]
fn a_million_keys_are_counted_while_the_page_answers() {
    visit().with_script(LONG_TASKS).read(|reader| async move {
        open(&reader, "scenario=join").await;
        until_counted(&reader).await;
        // On request it says how long each scheme takes.
        let times =
            format!("document.querySelector('{LAB} tr[data-scheme] td:last-child').textContent");
        reader.click(&format!("{LAB} [data-do='ring-time']")).await;
        reader
            .until("it is timed", &format!("{times}.endsWith(' ms')"))
            .await;
        reader.run("window.longTasks.length = 0").await;
        let slider = format!("{LAB} [data-parameter='keys']");
        let last = reader
            .text(&format!("document.querySelector(\"{slider}\").max"))
            .await;
        reader.set(&slider, &last).await;
        until_says(&reader, ".ring-progress", "Counting 1,000,000 keys").await;
        // Meanwhile the page does what it is asked: another key is followed.
        reader
            .set(&format!("{LAB} [data-set='ring-key']"), "77")
            .await;
        until_says(&reader, ".ring-key-words", "Key 77 hashes to").await;
        until_says(&reader, ".ring-progress", "1,000,000 keys are counted").await;
        until_says(&reader, ".panel-words", "times the mean of 90,909").await;
        let long = reader.see("window.longTasks").await;
        eprintln!("tasks above 50 ms while a million keys were counted: {long}");
    });
}

#[test]
fn an_empty_ring_says_that_nobody_serves() {
    visit().read(|reader| async move {
        open(&reader, "scenario=join;nodes=1;do=1s:remove:n1").await;
        until_says(&reader, ".ring-count", "nobody serves").await;
        until_says(&reader, ".ring-said", "nobody is left").await;
        until_counted(&reader).await;
        until_says(&reader, ".panel-words", "Nobody serves any key").await;
    });
}

#[test]
fn everything_of_the_ring_is_inside_a_narrow_window() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        open(&reader, "scenario=join").await;
        let outside = format!(
            "[...document.querySelectorAll('{LAB} :is(button, input, select, summary, svg:not(.icon))')]
                .filter(e => e.checkVisibility() && !e.closest('.lab-log'))
                .map(e => [e, e.getBoundingClientRect()])
                .filter(([e, r]) => r.left < 0 || r.right > innerWidth + 0.5 || r.height < 16)
                .map(([e, r]) => `${{e.outerHTML.slice(0, 80)}}: ${{Math.round(r.left)}} to ${{Math.round(r.right)}}, ${{Math.round(r.height)}} high`)"
        );
        let outside = reader.texts(&outside).await;
        assert!(outside.is_empty(), "{outside:#?}");
        reader.expect("nothing scrolls sideways", "document.documentElement.scrollWidth <= innerWidth").await;
    });
}
