//! The lab with the keyboard alone.

use fantoccini::key::Key;

use crate::lab::Lab;
use crate::reader::visit;

#[test]
fn the_keys_move_the_run_as_the_buttons_do() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.special_key(Key::Home).await;
        lab.until(
            "Home leads to the start",
            "lab.querySelector('.scrub').value === '0'",
        )
        .await;
        let start = lab.clock().await;
        lab.special_key(Key::Right).await;
        lab.until(
            "the right arrow steps",
            "lab.querySelectorAll('.lab-log > li').length >= 1",
        )
        .await;
        lab.until(
            "the clock moves",
            &format!("lab.querySelector('.lab-clock').textContent !== '{start}'"),
        )
        .await;
        let first = lab.moment().await;
        lab.special_key(Key::Right).await;
        lab.until(
            "it steps on",
            &format!("Number(lab.querySelector('.scrub').value) > {first}"),
        )
        .await;
        lab.special_key(Key::Left).await;
        lab.until(
            "the left arrow goes back",
            &format!("lab.querySelector('.scrub').value === '{first}'"),
        )
        .await;
        lab.special_key(Key::End).await;
        lab.until(
            "End leads to the end",
            "lab.querySelector('.scrub').value === lab.querySelector('.scrub').max",
        )
        .await;
    });
}

#[test]
fn the_space_bar_plays_and_pauses_and_the_page_stays_where_it_is() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.special_key(Key::Home).await;
        let place = lab.reader.see("scrollY").await;
        lab.key(" ").await;
        lab.until(
            "the run plays",
            "lab.querySelector('[data-do=play]').ariaLabel === 'Pause'",
        )
        .await;
        lab.key(" ").await;
        lab.until(
            "the run pauses",
            "lab.querySelector('[data-do=play]').ariaLabel === 'Play'",
        )
        .await;
        lab.reader
            .expect("the page did not scroll", &format!("scrollY === {place}"))
            .await;
    });
}

#[test]
fn the_letter_r_resets_the_run() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        let opened = lab.everything().await;
        lab.set("offset", "-120000").await;
        lab.until(
            "the offset is set",
            "lab.querySelector('[data-set=scenario]').value === ''",
        )
        .await;
        lab.key("r").await;
        lab.until(
            "the scenario is back",
            "lab.querySelector('[data-set=scenario]').value !== ''",
        )
        .await;
        crate::lab::assert_same(&opened, &lab.everything().await, "after a reset");
    });
}

#[test]
fn a_slider_keeps_its_own_keys() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.scrub(0).await;
        lab.reader.run("document.querySelector('[data-parameter=offset]').focus()").await;
        let before = lab.shown("offset").await;
        lab.reader.press_key(Key::Right).await;
        let moved = format!("lab.querySelector('[data-parameter=offset]').closest('.parameter').querySelector('output').textContent !== '{before}'");
        lab.until("the slider moves", &moved).await;
        assert_eq!(lab.moment().await, 0, "the run moved with the slider");
    });
}

#[test]
fn every_control_can_be_reached_with_the_tab_key() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        let all = "[...document.querySelectorAll('#lab-clock-skew :is(button, input, select, summary)')]
            .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled)";
        lab.reader.run(&format!("window.reached = new Set(); window.wanted = {all}; wanted[0].focus(); reached.add(wanted[0])")).await;
        let count = lab.reader.see("wanted.length").await.as_u64().unwrap();
        assert!(count > 15, "the lab has only {count} controls");
        for _ in 0..count + 10 {
            lab.reader.press_key(Key::Tab).await;
            lab.reader.run("reached.add(document.activeElement)").await;
        }
        let missed = lab.reader.texts("wanted.filter(e => !reached.has(e)).map(e => e.outerHTML.slice(0, 120))").await;
        assert!(missed.is_empty(), "never reached: {missed:#?}");
    });
}
