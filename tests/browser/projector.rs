//! Projector mode: larger type, and arrow keys that lead from stop to stop.

use fantoccini::key::Key;

use crate::reader::{Reader, visit};
use crate::site;

const ON: &str = "document.documentElement.hasAttribute('data-projector')";
const SIZE: &str = "parseFloat(getComputedStyle(document.documentElement).fontSize)";

async fn switch_on(reader: &Reader) {
    reader.open(&site::chapter()).await;
    reader.click(".projector-button").await;
    reader.until("it is on", ON).await;
}

#[test]
fn the_type_grows_and_what_stands_beside_the_text_goes() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        let before = reader.see(SIZE).await.as_f64().unwrap();
        switch_on(&reader).await;
        let after = reader.see(SIZE).await.as_f64().unwrap();
        assert!(after > before * 1.2, "{before} px before, {after} px after");
        reader
            .expect(
                "the outline is gone",
                "!document.querySelector('.outline').checkVisibility()",
            )
            .await;
        reader.press_key(Key::Escape).await;
        reader.until("Escape leaves", &format!("!({ON})")).await;
    });
}

#[test]
fn the_arrow_keys_lead_on_and_back() {
    visit().read(|reader| async move {
        switch_on(&reader).await;
        reader
            .run("scrollTo(0, 0); document.activeElement.blur()")
            .await;
        let mut places = Vec::new();
        for _ in 0..4 {
            reader.press_key(Key::Right).await;
            reader.until_drawn().await;
            places.push(reader.see("Math.round(scrollY)").await.as_i64().unwrap());
        }
        assert!(
            places.is_sorted_by(|a, b| a < b),
            "each stop is further on: {places:?}"
        );
        for place in places.iter().rev().skip(1) {
            reader.press_key(Key::Left).await;
            reader
                .until("it is back", &format!("Math.abs(scrollY - {place}) < 4"))
                .await;
        }
    });
}

#[test]
fn leaving_gives_the_focus_back_to_the_button_that_began() {
    visit().read(|reader| async move {
        switch_on(&reader).await;
        reader.click("[data-do=leave-projector]").await;
        reader.until("it is off", &format!("!({ON})")).await;
        reader
            .expect(
                "the button has the focus",
                "document.activeElement.matches('.projector-button')",
            )
            .await;
    });
}

#[test]
fn after_the_last_stop_the_next_chapter_comes() {
    visit().read(|reader| async move {
        switch_on(&reader).await;
        reader
            .run("document.activeElement.blur(); scrollTo(0, document.body.scrollHeight)")
            .await;
        let here = reader.current_address().await;
        reader.press_key(Key::Right).await;
        reader
            .until(
                "another chapter is open",
                &format!("location.href !== '{here}'"),
            )
            .await;
        reader.expect("it is still on", ON).await;
        // And back again to where the group was.
        reader
            .until(
                "the next chapter is shown",
                &format!("document.querySelector('.neighbours .before a')?.href === '{here}'"),
            )
            .await;
        reader.until_drawn().await;
        reader.press_key(Key::Left).await;
        reader
            .until(
                "the chapter before is shown from its end",
                &format!("location.href === '{here}' && scrollY > document.body.scrollHeight / 2"),
            )
            .await;
    });
}

#[test]
fn the_keys_of_a_lab_stay_its_own_and_f_fills_the_screen_with_it() {
    visit().read(|reader| async move {
        switch_on(&reader).await;
        reader
            .run("document.activeElement.blur(); document.querySelector('.lab').scrollIntoView()")
            .await;
        reader.press("f").await;
        reader
            .until(
                "the lab fills the screen",
                "document.querySelector('.lab-full')",
            )
            .await;
    });
}
