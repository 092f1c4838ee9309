//! The checks themselves: they notice what they are there to notice.

use crate::reader::visit;
use crate::takeover::WATCH_SHIFTS;

#[test]
fn a_message_on_the_console_is_noticed() {
    visit().may_complain().read(|reader| async move {
        reader.open("/").await;
        reader.run("console.warn('something is odd')").await;
        let messages = reader.console().await;
        assert!(
            messages
                .iter()
                .any(|message| message.contains("something is odd")),
            "{messages:#?}"
        );
    });
}

#[test]
fn a_shift_of_the_page_is_noticed() {
    visit().with_script(WATCH_SHIFTS).read(|reader| async move {
        reader.open("/").await;
        reader.until_drawn().await;
        reader
            .run("document.body.prepend(Object.assign(document.createElement('div'), { style: 'height: 200px' }))")
            .await;
        reader.until("the shift is seen", "shifts.length > 0").await;
    });
}

#[test]
#[should_panic(expected = "not so: pigs fly")]
fn a_story_that_fails_fails_its_test() {
    visit().read(|reader| async move {
        reader.open("/").await;
        reader.expect("pigs fly", "false").await;
    });
}

#[test]
#[should_panic(expected = "the console has messages")]
fn a_message_at_the_end_fails_its_test() {
    visit().read(|reader| async move {
        reader.open("/").await;
        reader.run("console.error('unseen')").await;
    });
}
