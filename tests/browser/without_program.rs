//! Readers whose browser runs no program: JavaScript off, or no WebAssembly.

use crate::reader::{Reader, visit};
use crate::site;

/// Is the element with this selector shown?
fn shown(selector: &str) -> String {
    format!(
        "document.querySelector({})?.checkVisibility() === true",
        serde_json::json!(selector)
    )
}

/// The chapter can be read: text, quiz, folded solution, questions.
async fn expect_readable(reader: &Reader) {
    let chapter = site::full_chapter();
    for heading in &chapter.outline {
        reader
            .expect(&heading.text, &shown(&format!("[id='{}']", heading.id)))
            .await;
    }
    reader
        .expect("the sources are shown", &shown("#sources"))
        .await;
    // The style sheet alone shows why an option is right or wrong.
    reader
        .expect(
            "the reason is folded",
            &format!("!({})", shown(".quiz .option-right .why")),
        )
        .await;
    reader.click(".quiz .option-right input").await;
    reader
        .until("the reason is shown", &shown(".quiz .option-right .why"))
        .await;
    reader
        .expect(
            "the solution is folded",
            &format!("!({})", shown(".exercise details > :not(summary)")),
        )
        .await;
    reader.click(".exercise summary").await;
    reader
        .until(
            "the solution is shown",
            &shown(".exercise details > :not(summary)"),
        )
        .await;
    reader.click(".question summary").await;
    reader
        .until("the answer is shown", &shown(".question > :not(summary)"))
        .await;
}

#[test]
fn with_javascript_off_the_chapter_can_be_read() {
    visit().without_javascript().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader
            .expect(
                "JavaScript is off",
                "!document.documentElement.hasAttribute('data-ready')",
            )
            .await;
        expect_readable(&reader).await;
    });
}

#[test]
fn with_javascript_off_the_links_can_be_followed() {
    visit()
        .without_javascript()
        .below_a_path()
        .read(|reader| async move {
            reader.open("/").await;
            reader.click(&site::link_to_chapter()).await;
            reader
                .until("the chapter opens", "document.querySelector('.chapter')")
                .await;
            assert_eq!(
                reader.current_address().await,
                reader.address(&site::chapter())
            );
            reader.click(".outline a[href$='#drift']").await;
            reader
                .until(
                    "the section is named",
                    "location.hash === '#drift' && scrollY > 0",
                )
                .await;
            reader.click(".site-nav > a[href*='glossary']").await;
            reader
                .until("the glossary opens", "document.querySelector('.glossary')")
                .await;
            let chapter = format!(".glossary-entry dt a[href*='{}']", &site::chapter()[1..]);
            reader.click(&chapter).await;
            reader
                .until(
                    "the definition opens",
                    "document.querySelector('.chapter') && location.hash.length > 1",
                )
                .await;
            assert!(
                reader
                    .current_address()
                    .await
                    .starts_with(&reader.address(&site::chapter()))
            );
        });
}

#[test]
fn with_javascript_off_the_page_says_what_is_missing() {
    visit().without_javascript().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader.expect("the page names JavaScript", "/JavaScript/.test(document.body.innerText)").await;
        let offered = "[...document.querySelectorAll('.needs-program')].filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => e.outerHTML.slice(0, 120))";
        let offered = reader.texts(offered).await;
        assert!(offered.is_empty(), "buttons that do nothing: {offered:#?}");
    });
}

#[test]
fn without_webassembly_the_chapter_can_be_read_and_the_page_says_what_is_missing() {
    visit()
        .with_script("delete window.WebAssembly;")
        .may_complain()
        .read(|reader| async move {
            reader.go_to(&reader.address(&site::chapter())).await;
            expect_readable(&reader).await;
            reader
                .until(
                    "the page names WebAssembly",
                    "/WebAssembly/.test(document.body.innerText)",
                )
                .await;
        });
}
