//! What the shell has beside the player: side by side, files, the full screen, what was done.

use fantoccini::key::Key;
use happens_before::sim::link::file;
use happens_before::sim::{self, Run};
use serde_json::json;

use crate::lab::{Lab, NAME};
use crate::reader::{Reader, visit};
use crate::site;

/// Unfolds a part of the lab.
async fn unfold(lab: &Lab, part: &str) {
    lab.reader
        .click(&format!("#lab-clock-skew .{part} > summary"))
        .await;
    lab.until(
        "it is unfolded",
        &format!("lab.querySelector('.{part}').childElementCount > 1"),
    )
    .await;
}

#[test]
fn what_a_lab_has_folded_is_made_when_it_is_first_opened_and_stays() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        let made = "lab.querySelectorAll('.lab-fold > :not(summary)').length";
        lab.expect("nothing is made", &format!("{made} === 0"))
            .await;
        unfold(&lab, "lab-compare").await;
        lab.expect("one is made", &format!("{made} === 1")).await;
        lab.reader
            .set("#lab-clock-skew [data-set=compare]", "scenario:drift")
            .await;
        let second = "lab.querySelector('.compare-picture svg')";
        lab.until("the second run is there", second).await;
        for open in [false, true] {
            lab.reader
                .click("#lab-clock-skew .lab-compare > summary")
                .await;
            lab.until(
                "it is folded, and unfolded again",
                &format!("lab.querySelector('.lab-compare').open === {open}"),
            )
            .await;
        }
        // So that whatever follows from unfolding has come.
        lab.reader.until_drawn().await;
        lab.expect("the second run is still there", second).await;
        lab.expect(
            "what was chosen is still chosen",
            "lab.querySelector('[data-set=compare]').value === 'scenario:drift'",
        )
        .await;
    });
}

#[test]
fn what_was_opened_before_the_program_was_there_is_made_when_it_comes() {
    visit().read(|reader| async move {
        // Without coming near the lab.
        reader.go_to(&reader.address(&site::chapter())).await;
        reader.until_page_ready().await;
        let panel = "document.querySelector('#lab-clock-skew .many-runs')";
        reader.run(&format!("{panel}.open = true")).await;
        reader
            .expect(
                "it says that it needs the program",
                &format!(
                    "!{panel}.querySelector('select') && {panel}.querySelector('.program-missing') !== null"
                ),
            )
            .await;
        reader
            .run("document.querySelector('#lab-clock-skew').scrollIntoView()")
            .await;
        reader
            .until(
                "its controls are there",
                &format!("{panel}.querySelector('select')"),
            )
            .await;
    });
}

#[test]
fn two_settings_stand_side_by_side_and_the_first_difference_is_marked() {
    visit().read(|reader| async move {
        for width in [1280, 360] {
            reader.set_width(width).await;
            let lab = Lab::open(reader.clone()).await;
            unfold(&lab, "lab-compare").await;
            let menu = "#lab-clock-skew [data-set=compare]";
            lab.reader.set(menu, "parameter:delay").await;
            let value = "#lab-clock-skew [data-set=compare-value]";
            lab.reader.set(value, "10000").await;
            lab.until(
                "it says where the runs part",
                "lab.querySelector('.compare-parting').textContent.includes('95 ms, with event 2')",
            )
            .await;
            lab.press("go-difference").await;
            lab.until("it goes there", "lab.querySelector('.lab-clock').textContent === '95 ms'")
                .await;
            lab.press("end").await;
            lab.until(
                "the first difference is marked in both logs",
                "lab.querySelectorAll('.compare-log [data-parts]').length === 2",
            )
            .await;
            lab.expect(
                "there are two pictures",
                "lab.querySelectorAll('svg.space-time[role=img]').length === 2",
            )
            .await;
            lab.expect(
                "no id stands twice",
                "(ids => new Set(ids).size === ids.length)([...document.querySelectorAll('[id]')].map(e => e.id))",
            )
            .await;
            lab.expect(
                "nothing sticks out",
                "document.documentElement.scrollWidth <= innerWidth",
            )
            .await;
            lab.reader.set(menu, "").await;
            lab.until("the second run is gone", "!lab.querySelector('.compare-log')")
                .await;
        }
    });
}

#[test]
fn the_second_run_follows_what_is_done_to_the_first() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        unfold(&lab, "lab-compare").await;
        lab.reader
            .set("#lab-clock-skew [data-set=compare]", "scenario:step-back")
            .await;
        lab.until("it is there", "lab.querySelector('.compare-log')").await;
        lab.scrub(150_000).await;
        lab.write_on(2).await;
        let both = "[...lab.querySelectorAll('.compare-log')].every(log => log.firstElementChild?.textContent.includes('n2 writes'))";
        lab.until("the write is in both logs", both).await;
    });
}

/// Puts a file into the field, as the reader's choice does.
async fn open_file(lab: &Lab, text: &str) {
    let script = format!(
        "const field = document.querySelector('#lab-clock-skew [data-do=open-file]');
        const files = new DataTransfer();
        files.items.add(new File([{}], 'run.json'));
        document.querySelector('#lab-clock-skew .export-told').dataset.before = '';
        field.files = files.files;
        field.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        json!(text)
    );
    lab.reader.run(&script).await;
}

async fn until_told(lab: &Lab, words: &str) {
    lab.until(
        &format!("the page says: {words}"),
        &format!(
            "lab.querySelector('.export-told').textContent.includes({})",
            json!(words)
        ),
    )
    .await;
}

#[test]
fn a_saved_run_opens_again_with_its_note_and_what_is_no_run_changes_nothing() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        let lab = Lab::open(reader).await;
        unfold(&lab, "lab-export").await;
        let run = Run::scenario(sim::lab(NAME).unwrap(), "drift").unwrap();
        open_file(
            &lab,
            &file::encode(&run, "<img src=x onerror=window.hacked=1>"),
        )
        .await;
        until_told(&lab, "The run in the file is open.").await;
        assert_eq!(lab.scenario().await, "drift");
        lab.until(
            "the note is shown as text",
            "lab.querySelector('.lab-note').textContent.includes('<img src=x')",
        )
        .await;
        for (text, words) in [
            ("{\"happens-before-run\": 9}".to_owned(), "newer edition"),
            (
                "<script>window.hacked=1</script>".to_owned(),
                "holds no run",
            ),
            ("read-quorum;v=1".to_owned(), "this lab is “clock-skew”"),
            ("x".repeat(2_000_000), "larger than 1024 KiB"),
        ] {
            open_file(&lab, &text).await;
            until_told(&lab, words).await;
            assert_eq!(lab.scenario().await, "drift", "{words}");
        }
        lab.reader
            .expect("nothing of the files was run", "!('hacked' in window)")
            .await;
        lab.expect(
            "nothing of the files became an element",
            "!lab.querySelector('img, script')",
        )
        .await;
    });
}

/// Keeps what is downloaded instead of saving it.
const CATCH: &str = "window.caught = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => { blob.text().then(text => caught.push(text)); return make(blob); };
    HTMLAnchorElement.prototype.click = function () { window.named = this.download; };";

#[test]
fn a_run_is_taken_away_in_the_forms_that_it_has() {
    visit().with_script(CATCH).read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.choose("drift").await;
        unfold(&lab, "lab-export").await;
        let formats = lab
            .reader
            .texts("[...document.querySelectorAll('[data-format]')].map(e => e.dataset.format)")
            .await;
        assert_eq!(formats, ["text", "json"]);
        lab.reader
            .click("#lab-clock-skew [data-format=text] [data-do=download]")
            .await;
        let run = Run::scenario(sim::lab(NAME).unwrap(), "drift").unwrap();
        let transcript = json!(run.lab.engine.transcript(&run));
        lab.reader
            .until(
                "it is the transcript of the host",
                &format!("caught[0] === {transcript}"),
            )
            .await;
        lab.reader
            .expect(
                "the file has the run's name",
                "named === 'clock-skew-drift.txt'",
            )
            .await;
        lab.press("save-run").await;
        let saved = json!(file::encode(&run, ""));
        lab.reader
            .until(
                "the saved run is the host's",
                &format!("caught[1] === {saved}"),
            )
            .await;
        lab.reader
            .expect(
                "it has a name of its own",
                "named === 'clock-skew-drift.run.json'",
            )
            .await;
    });
}

async fn fills_the_screen_and_leaves(reader: Reader, width: u32) {
    reader.set_width(width).await;
    let lab = Lab::open(reader).await;
    lab.press("full-screen").await;
    lab.until(
        "the lab covers the window",
        "(r => r.left === 0 && r.top === 0 && Math.round(r.bottom) === innerHeight)(lab.getBoundingClientRect())",
    )
    .await;
    let player = "(r => r.top >= 0 && r.bottom <= innerHeight + 1)(lab.querySelector('.lab-player').getBoundingClientRect())";
    lab.until("the player is in sight", player).await;
    for place in [0, 600, 99999] {
        lab.reader
            .run(&format!(
                "document.querySelector('#lab-clock-skew').scrollTo(0, {place})"
            ))
            .await;
        lab.until(&format!("it stays in sight at {place}"), player)
            .await;
    }
    lab.special_key(Key::Escape).await;
    lab.until(
        "it is in the page again",
        "!lab.classList.contains('lab-full')",
    )
    .await;
    lab.until(
        "the focus is on the button",
        "document.activeElement === lab.querySelector('[data-do=full-screen]')",
    )
    .await;
}

#[test]
fn the_lab_fills_the_screen_and_escape_leaves_it() {
    visit().read(|reader| async move {
        fills_the_screen_and_leaves(reader.clone(), 1280).await;
        fills_the_screen_and_leaves(reader, 360).await;
    });
}

#[test]
fn where_the_browser_refuses_the_screen_the_lab_covers_the_window() {
    let refuse = "Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no'));";
    visit().with_script(refuse).read(|reader| async move {
        fills_the_screen_and_leaves(reader, 1280).await;
    });
}

#[test]
fn any_one_action_can_be_taken_back() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        let lab = Lab::open(reader).await;
        unfold(&lab, "lab-done").await;
        lab.scrub(160_000).await;
        lab.write_on(2).await;
        let lines = "[...lab.querySelectorAll('.lab-done li')]";
        lab.until("three things are done", &format!("{lines}.length === 3"))
            .await;
        lab.reader
            .run("document.querySelector('.lab-done li [data-do=take-back-one]').focus()")
            .await;
        lab.reader.press_key(Key::Enter).await;
        lab.until(
            "the first of them is gone",
            &format!("{lines}.length === 2 && {lines}[0].textContent.includes('Write: n1')"),
        )
        .await;
        lab.press("take-back").await;
        lab.until(
            "the reader's own was the last",
            &format!("{lines}.length === 1"),
        )
        .await;
        let link = lab.copy_link().await;
        assert!(link.contains("do=130ms:write:n1;"), "{link}");
    });
}

#[test]
fn a_seed_that_is_none_is_refused_and_said() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.set("seed", "many").await;
        lab.until(
            "it is said",
            "lab.querySelector('.lab-said').textContent.includes('whole number')",
        )
        .await;
        lab.until(
            "the field has the seed again",
            "lab.querySelector('[data-parameter=seed]').value === '1'",
        )
        .await;
        lab.set("seed", "77").await;
        let link = lab.copy_link().await;
        assert!(link.contains(";seed=77;"), "{link}");
    });
}
