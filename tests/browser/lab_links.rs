//! Runs as links: copied, opened by somebody else, damaged, followed from the text.

use happens_before::sim::link;

use crate::lab::{Lab, assert_same};
use crate::reader::{Reader, visit};
use crate::site;

/// A run with something of everything in it, at a moment in its middle.
async fn own_run(reader: Reader) -> Lab {
    let lab = Lab::open(reader).await;
    lab.choose("lost-update").await;
    lab.set("offset", "-35000").await;
    lab.set("machines", "4").await;
    lab.set("order", "hlc").await;
    lab.press("start").await;
    lab.press("step").await;
    lab.press("step").await;
    lab.write_on(3).await;
    lab.press("step").await;
    lab
}

#[test]
fn a_copied_link_shows_somebody_else_exactly_the_same() {
    visit().read(|reader| async move {
        let lab = own_run(reader).await;
        let link = lab.copy_link().await;
        let seen = lab.everything().await;
        let friend = visit().open_browser().await;
        friend.go_to(&link).await;
        friend.until_ready().await;
        let theirs = Lab {
            reader: friend.clone(),
        };
        theirs
            .until(
                "the run is open",
                "lab.querySelector('[data-set=scenario]').value === ''",
            )
            .await;
        assert_same(&seen, &theirs.everything().await, "the friend");
        assert_eq!(theirs.notices().await, [""; 0]);
        theirs.until_in_view().await;
        // Copied again, it is the same link.
        assert_eq!(theirs.copy_link().await, link);
        assert_eq!(friend.console().await, [""; 0]);
        friend.close().await;
    });
}

#[test]
fn a_link_that_another_program_has_escaped_opens_the_same_run() {
    visit().read(|reader| async move {
        let lab = Lab::open_run(reader, "clock-skew%3Bscenario%3Ddrift%3Bat%3Dend").await;
        lab.until(
            "the run is open",
            "lab.querySelector('[data-set=scenario]').value === 'drift'",
        )
        .await;
        assert_eq!(lab.notices().await, [""; 0]);
    });
}

#[test]
fn a_note_goes_with_the_link_and_is_shown_as_plain_text() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        let lab = Lab::open(reader.clone()).await;
        let note = "<b>look</b>; at=n2 & 100 %";
        reader.set("#lab-clock-skew [data-do=note]", note).await;
        let link = lab.copy_link().await;
        assert!(link.contains(";note=%3Cb%3Elook"), "{link}");
        let (_, run) = link.split_once("#run=").unwrap();
        let lab = Lab::open_run(reader, run).await;
        let shown = format!(
            "lab.querySelector('.lab-note span').textContent === {}",
            serde_json::json!(note)
        );
        lab.until("the note is shown", &shown).await;
        lab.expect("it is only text", "!lab.querySelector('.lab-note b')")
            .await;
        assert_eq!(lab.notices().await, [""; 0]);
        assert_eq!(lab.copy_link().await, link);
    });
}

/// Opens a link that cannot be taken as it stands: the page says so, and nothing else happens.
async fn hostile(reader: &Reader, run: &str) -> Lab {
    said_in(".lab-notices", reader, run).await
}

/// The same, with the element that says so.
async fn said_in(selector: &str, reader: &Reader, run: &str) -> Lab {
    let lab = Lab::open_run(reader.clone(), run).await;
    let said = format!(
        "[...document.querySelectorAll('{selector}')].some(e => e.checkVisibility() && e.textContent.trim())"
    );
    let shown: String = run.chars().take(80).collect();
    reader
        .until(&format!("the page says what it ignored of {shown}"), &said)
        .await;
    let made = "document.querySelector('main :is(script, img, iframe, a[href^=javascript])')";
    reader
        .expect("nothing of the link became an element", &format!("!{made}"))
        .await;
    reader
        .expect("nothing of the link was run", "!('hacked' in window)")
        .await;
    lab
}

#[test]
fn a_hostile_link_opens_the_first_run_and_says_what_was_ignored() {
    visit().read(|reader| async move {
        let long = format!("clock-skew;v=1;seed=9;{}", "x".repeat(100_000));
        for run in [
            "clock-skew;<script>window.hacked=1</script>=1",
            "clock-skew;%3Cimg%20src=x%20onerror=window.hacked=1%3E",
            "clock-skew;\"><img src=x onerror=window.hacked=1>",
            "clock-skew;colour=red",
            "clock-skew;%zz%%%3",
            "clock-skew;%ff%fe=%c0",
            "clock-skew;v=1;seed=NaN;drift=NaN",
            "clock-skew;scenario=nothing",
            &long,
        ] {
            hostile(&reader, run).await.expect_first_run().await;
        }
    });
}

#[test]
fn values_out_of_range_are_moved_to_the_nearest() {
    visit().read(|reader| async move {
        let lab = hostile(
            &reader,
            "clock-skew;machines=99999999999999999999;offset=9s;at=99999h",
        )
        .await;
        let machines = "lab.querySelector('[data-parameter=machines]').value === '5'";
        lab.expect("there are as many machines as there may be", machines)
            .await;
        let notices = lab.notices().await;
        assert!(
            notices.iter().any(|notice| notice.contains("Clock offset")),
            "{notices:#?}"
        );
    });
}

#[test]
fn actions_that_make_no_sense_are_left_out() {
    visit().read(|reader| async move {
        let lab = hostile(
            &reader,
            "clock-skew;do=99:<b>:n1,5ms:write:n2,5ms:write:n77",
        )
        .await;
        let notices = lab.notices().await;
        assert_eq!(notices.len(), 2, "{notices:#?}");
        let link = lab.copy_link().await;
        assert!(link.contains(";do=5ms:write:n2;"), "{link}");
    });
}

#[test]
fn a_link_of_a_newer_edition_says_so_and_opens_what_it_can() {
    visit().read(|reader| async move {
        let lab = hostile(&reader, "clock-skew;v=9;scenario=drift").await;
        assert_eq!(lab.scenario().await, "drift");
        let notices = lab.notices().await;
        assert!(
            notices
                .iter()
                .any(|notice| notice.contains("newer edition")),
            "{notices:#?}"
        );
        lab.reader.click(".lab-notices button").await;
        lab.until(
            "the message can be put away",
            "!lab.querySelector('.lab-notices').checkVisibility()",
        )
        .await;
        lab.expect(
            "the focus is at the lab's title",
            "document.activeElement === lab.querySelector('.lab-title')",
        )
        .await;
    });
}

#[test]
fn a_run_on_a_page_without_its_lab_is_said_to_be_stray() {
    visit().read(|reader| async move {
        let shown = "document.querySelector('.stray-run').checkVisibility()";
        reader.open("/glossary/#run=clock-skew;seed=1").await;
        reader.until("it is said", shown).await;
        reader.click(".site-nav > a[href*='questions']").await;
        let gone = format!("location.hash === '' && !{shown}");
        reader.until("of another page nothing is said", &gone).await;
    });
}

#[test]
fn a_link_for_no_lab_of_the_page_says_so() {
    visit().read(|reader| async move {
        for run in [
            "no-such-lab;v=1;seed=3",
            "%3Cscript%3Ewindow.hacked=1%3C/script%3E",
            "=",
            "%",
        ] {
            said_in(".stray-run", &reader, run)
                .await
                .expect_first_run()
                .await;
        }
        Lab::open_run(reader.clone(), "clock-skew;scenario=drift").await;
        let silent = "!document.querySelector('.stray-run')?.checkVisibility()";
        reader
            .expect("of a good link nothing is said", silent)
            .await;
    });
}

#[test]
fn a_run_in_the_text_opens_in_the_lab_and_again_when_it_is_clicked_again() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.reader.run("window.sameDocument = true").await;
        let count = lab
            .reader
            .see("document.querySelectorAll('a.run-link').length")
            .await;
        assert!(
            count.as_u64() > Some(2),
            "the chapter has only {count} links to runs"
        );
        let link = "document.querySelector(\"a.run-link[href*='scenario=drift']\")";
        lab.reader.run(&format!("{link}.click()")).await;
        lab.until(
            "the run is open",
            "lab.querySelector('[data-set=scenario]').value === 'drift'",
        )
        .await;
        lab.until_in_view().await;
        let opened = lab.everything().await;
        lab.set("offset", "77000").await;
        lab.until(
            "the run is the reader's own",
            "lab.querySelector('[data-set=scenario]').value === ''",
        )
        .await;
        lab.reader.run(&format!("{link}.click()")).await;
        lab.until(
            "the run is open again",
            "lab.querySelector('[data-set=scenario]').value === 'drift'",
        )
        .await;
        assert_same(
            &opened,
            &lab.everything().await,
            "the same link clicked twice",
        );
        lab.reader
            .expect("no page was loaded", "window.sameDocument === true")
            .await;
    });
}

#[test]
fn every_run_in_the_text_shows_what_its_link_says() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        let links = lab
            .reader
            .texts("[...new Set([...document.querySelectorAll('a.run-link')].map(a => a.hash))]")
            .await;
        for hash in links {
            lab.reader
                .run(&format!(
                    "[...document.querySelectorAll('a.run-link')].find(a => a.hash === {}).click()",
                    serde_json::json!(hash)
                ))
                .await;
            let link = hash.trim_start_matches("#run=");
            let name = link::lab_id(link).unwrap();
            let run = link::decode(happens_before::sim::lab(name).unwrap(), link).run;
            lab.reader
                .until(
                    "the address names the run",
                    &format!("location.hash === {}", serde_json::json!(hash)),
                )
                .await;
            // Each run is in the lab that its link names.
            let section = format!("document.querySelector('#lab-{name}')");
            let expected = format!("#run={}", link::encode(&run));
            lab.reader
                .click(&format!("#lab-{name} [data-do='copy']"))
                .await;
            let made = format!("{section}.querySelector('.lab-link input').value");
            lab.reader
                .until(
                    &format!("{hash} opens its run"),
                    &format!("{made}.endsWith({})", serde_json::json!(expected)),
                )
                .await;
            let notices = format!(
                "[...{section}.querySelectorAll('.lab-notices li')].map(e => e.textContent)"
            );
            assert_eq!(lab.reader.texts(&notices).await, [""; 0], "{hash}");
        }
    });
}

#[test]
fn a_run_that_was_opened_by_a_link_is_there_after_another_page() {
    visit().read(|reader| async move {
        let lab = own_run(reader).await;
        let link = lab.copy_link().await;
        let lab = Lab::open_run(lab.reader.clone(), link.split_once("#run=").unwrap().1).await;
        lab.until(
            "the run is open",
            "lab.querySelector('[data-set=scenario]').value === ''",
        )
        .await;
        let opened = lab.everything().await;
        lab.reader
            .run("document.querySelector(\".site-nav > a[href*='glossary']\").click()")
            .await;
        lab.reader
            .until(
                "the glossary is shown",
                "document.querySelector('main h1').textContent === 'Glossary'",
            )
            .await;
        lab.reader.back().await;
        lab.reader
            .until(
                "the lab is back",
                "document.querySelector('#lab-clock-skew [data-set=scenario]')?.value === ''",
            )
            .await;
        assert_same(&opened, &lab.everything().await, "after the way back");
    });
}

#[test]
fn a_page_loaded_again_shows_the_run_of_its_address() {
    visit().below_a_path().read(|reader| async move {
        let lab = Lab::open_run(reader, "clock-skew;scenario=hybrid;at=40ms").await;
        lab.until(
            "the run is open",
            "lab.querySelector('[data-set=scenario]').value === 'hybrid'",
        )
        .await;
        let opened = lab.everything().await;
        lab.reader.reload().await;
        lab.until(
            "the run is open",
            "lab.querySelector('[data-set=scenario]').value === 'hybrid'",
        )
        .await;
        assert_same(&opened, &lab.everything().await, "loaded again");
        assert!(
            lab.reader
                .current_address()
                .await
                .starts_with(&lab.reader.address(&site::chapter()))
        );
    });
}

#[test]
fn where_the_clipboard_is_refused_the_link_can_be_copied_by_hand() {
    let refuse = "Object.defineProperty(navigator, 'clipboard', { value: undefined });";
    visit().with_script(refuse).read(|reader| async move {
        let lab = Lab::open(reader).await;
        let link = lab.copy_link().await;
        assert!(link.contains("#run=clock-skew;v=1;"), "{link}");
        lab.until(
            "the field is shown",
            "lab.querySelector('.lab-link input').checkVisibility()",
        )
        .await;
        lab.until(
            "the reader is told",
            "lab.querySelector('.lab-share [role=status]').textContent.trim()",
        )
        .await;
    });
}
