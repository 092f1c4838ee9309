//! The document that keeps what the reader has done: damage, a newer edition, a browser that keeps
//! nothing, files.

use happens_before::study::{Document, LARGEST, VERSION};
use serde_json::json;

use crate::reader::{Reader, visit};
use crate::site;
use crate::study::{
    KEPT, PAGE, delete_all, keep, scroll_to, sections, slug, some, ticked, until_kept,
};

/// Keeps what is saved as a file, instead of giving it to the browser.
const CATCH_FILES: &str = "window.saved = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => { blob.text().then(text => saved.push(text)); return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = () => {};";

/// Gives the page's field a file.
async fn merge_file(reader: &Reader, text: &str) {
    let script = format!(
        "const field = document.querySelector('[data-do=import]');
        const given = new DataTransfer();
        given.items.add(new File([{}], 'a.json'));
        field.files = given.files;
        field.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        json!(text)
    );
    reader.run(&script).await;
}

async fn until_told(reader: &Reader, words: &str) {
    let says = format!(
        "document.querySelector('.your-data-told').textContent.includes({})",
        json!(words)
    );
    reader.until(words, &says).await;
}

// Damage.

/// What a hand has done to the text is noticed, told and kept for the reader; `is_left` says whether
/// what was in it is still in use.
fn damaged(change: fn(&str) -> String, is_left: bool) {
    visit()
        .with_script(CATCH_FILES)
        .read(move |reader| async move {
            reader.open("/about/").await;
            let text = change(&some(1));
            keep(&reader, &text).await;
            reader.open("/").await;
            let notice = "document.querySelector('.kept-notice').textContent.includes('damaged')";
            reader.until("the damage is told", notice).await;
            let tick = format!(
                "!!{} === {is_left}",
                ticked(".contents a[href='chapter/crdts/']")
            );
            reader.expect("what could be read is in use", &tick).await;
            reader.click("[data-do=understood]").await;
            reader.until("the notice goes", &format!("!{notice}")).await;
            reader
                .expect(
                    "the focus is at the title",
                    "document.activeElement === document.querySelector('main h1')",
                )
                .await;
            reader.open(PAGE).await;
            reader
                .expect("and does not come again", &format!("!{notice}"))
                .await;
            reader.click("[data-do=save-damaged]").await;
            reader
                .until("the text is saved", "saved.length === 1")
                .await;
            assert_eq!(reader.text("saved[0]").await, text);
            // The book goes on.
            reader.open(&site::chapter()).await;
            reader.click("[data-do=mark-chapter]").await;
            until_kept(&reader, slug()).await;
        });
}

#[test]
fn a_text_that_breaks_off_is_set_aside() {
    damaged(|text| text[..text.len() / 2].to_owned(), false);
}

#[test]
fn a_text_with_a_changed_digit_is_set_aside_and_used() {
    damaged(|text| text.replacen("\"at\":1", "\"at\":2", 1), true);
}

#[test]
fn a_text_with_html_for_a_name_is_set_aside_and_harmless() {
    damaged(
        |text| {
            text.replace(
                "\"places\":{",
                "\"places\":{\"<img src=x onerror=alert(1)>\":{},",
            )
        },
        true,
    );
}

#[test]
fn a_text_with_wrong_types_and_huge_numbers_is_set_aside() {
    damaged(
        |text| {
            text.replace(
                "\"places\":{",
                "\"places\":{\"x\":{\"at\":1e300,\"value\":[]},",
            )
        },
        true,
    );
}

#[test]
fn a_text_of_another_program_is_set_aside() {
    damaged(|_| "{\"NaN\": true}".to_owned(), false);
}

#[test]
fn a_text_too_large_to_be_copied_is_moved() {
    damaged(|_| "x".repeat(LARGEST + 1), false);
}

#[test]
fn a_document_of_a_newer_edition_is_left_as_it_is() {
    visit().read(|reader| async move {
        reader.open("/about/").await;
        let text = some(1).replace(&format!("\"version\":{VERSION}"), "\"version\":999");
        keep(&reader, &text).await;
        reader.open(&site::chapter()).await;
        let notice = "document.querySelector('.kept-notice').textContent.includes('newer edition')";
        reader.until("it is told", notice).await;
        reader.click("[data-do=understood]").await;
        reader.click("[data-do=mark-chapter]").await;
        reader.open(PAGE).await;
        let state = "document.querySelector('.kept-state').textContent.includes('version 999')";
        reader.until("the page of the data says so", state).await;
        assert_eq!(reader.text(KEPT).await, text);
    });
}

#[test]
fn what_a_newer_edition_wrote_is_saved_as_it_stands_and_nothing_is_merged_with_it() {
    visit().with_script(CATCH_FILES).read(|reader| async move {
        reader.open("/about/").await;
        let text = some(1).replace(&format!("\"version\":{VERSION}"), "\"version\":999");
        keep(&reader, &text).await;
        reader.open(PAGE).await;
        let there =
            "document.querySelector('.your-data').textContent.includes('What a newer edition wrote (version 999')";
        reader.until("it is said what is kept", there).await;
        merge_file(&reader, &some(2)).await;
        until_told(&reader, "The file was not merged.").await;
        reader.click("[data-do=export]").await;
        reader
            .until("the file is saved", "saved.length === 1")
            .await;
        assert_eq!(reader.text("saved[0]").await, text);
        assert_eq!(reader.text(KEPT).await, text);
    });
}

#[test]
fn a_merged_file_that_cannot_be_kept_is_said_to_hold_for_the_page_only() {
    let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    visit().with_script(full).read(|reader| async move {
        reader.open(PAGE).await;
        merge_file(&reader, &some(1)).await;
        until_told(&reader, "it is forgotten when this page is closed").await;
        reader
            .expect("it is shown", "document.querySelector('.your-data table')")
            .await;
    });
}

#[test]
fn a_browser_that_keeps_nothing_is_told_of_when_the_reader_marks_something() {
    let block = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });";
    visit().with_script(block).read(|reader| async move {
        reader.open(&site::chapter()).await;
        let notice = "document.querySelector('.kept-notice').textContent";
        let last = sections().last().unwrap().clone();
        scroll_to(&reader, &format!("[id='{last}']")).await;
        let by_itself = "document.querySelector('.outline .read-mark:not([hidden])')";
        reader.until("a section is read", by_itself).await;
        reader
            .expect("that alone gives no notice", &format!("!{notice}"))
            .await;
        let says = |words: &str| {
            format!("document.querySelector('[data-do=mark-chapter]').textContent === '{words}'")
        };
        reader.click("[data-do=mark-chapter]").await;
        reader
            .until(
                "a mark does",
                &format!("{notice}.startsWith('This browser keeps nothing')"),
            )
            .await;
        let before = reader
            .text("document.querySelector('[data-do=mark-chapter]').textContent")
            .await;
        reader.click("[data-do=understood]").await;
        reader.until("it goes", &format!("!{notice}")).await;
        reader
            .expect(
                "the focus is at the title",
                "document.activeElement === document.querySelector('main h1')",
            )
            .await;
        reader.click("[data-do=mark-chapter]").await;
        let other = match before.as_str() {
            "Mark as read" => "Read: unmark",
            _ => "Mark as read",
        };
        reader.until("the next mark is set", &says(other)).await;
        reader
            .expect("and is not told again", &format!("!{notice}"))
            .await;
        reader.click(".site-footer a[href='your-data/']").await;
        let state =
            "document.querySelector('.kept-state')?.textContent.includes('refuses to keep')";
        reader.until("the page of the data says so", state).await;
        reader
            .expect(
                "and shows what there is",
                "document.querySelector('.your-data table')",
            )
            .await;
    });
}

// Files.

#[test]
fn what_is_saved_and_deleted_comes_back_from_its_file() {
    visit().with_script(CATCH_FILES).read(|reader| async move {
        reader.open("/about/").await;
        let before = some(1_795_000_000_000);
        keep(&reader, &before).await;
        reader.open(PAGE).await;
        reader.click("[data-do=export]").await;
        reader
            .until("the file is saved", "saved.length === 1")
            .await;
        let file = reader.text("saved[0]").await;
        delete_all(&reader).await;
        reader
            .until(
                "the table is gone",
                "!document.querySelector('.your-data table')",
            )
            .await;
        merge_file(&reader, &file).await;
        until_told(&reader, "New or newer in it: 1 place, 1 mark of a chapter.").await;
        assert_eq!(reader.text(KEPT).await, before);
        reader
            .expect(
                "the table is back",
                "document.querySelector('.your-data table')",
            )
            .await;
        merge_file(&reader, &file).await;
        until_told(&reader, "nothing that is not here already").await;
    });
}

#[test]
fn two_files_give_the_same_in_either_order() {
    visit().read(|reader| async move {
        let empty = Document::default();
        let one = empty
            .mark_chapter("crdts", true, 10)
            .merged(&empty.come_to("crdts", "sets", 30));
        let other = empty
            .mark_chapter("crdts", false, 20)
            .merged(&empty.come_to("crdts", "text", 25));
        let mut kept = Vec::new();
        for (files, last) in [
            ([&one, &other], "New or newer in it: 1 mark of a chapter."),
            ([&other, &one], "New or newer in it: 1 place."),
        ] {
            reader.open(PAGE).await;
            merge_file(&reader, &files[0].to_text()).await;
            until_told(&reader, "New or newer in it: 1 place, 1 mark of a chapter.").await;
            merge_file(&reader, &files[1].to_text()).await;
            until_told(&reader, last).await;
            kept.push(reader.text(KEPT).await);
            reader.open(PAGE).await;
            delete_all(&reader).await;
        }
        assert_eq!(kept[0], kept[1]);
        assert_eq!(kept[0], one.merged(&other).to_text());
    });
}

#[test]
fn a_file_that_cannot_be_merged_says_why_and_changes_nothing() {
    visit().read(|reader| async move {
        reader.open("/about/").await;
        let before = some(1);
        keep(&reader, &before).await;
        reader.open(PAGE).await;
        merge_file(&reader, "{\"book\":").await;
        until_told(&reader, "It breaks off at its end, line 1.").await;
        merge_file(&reader, "[]").await;
        until_told(&reader, "does not say that it belongs to this book").await;
        merge_file(&reader, &before.replace("\"version\":1", "\"version\":7")).await;
        until_told(
            &reader,
            "A newer edition of this book has written it (version 7).",
        )
        .await;
        assert_eq!(reader.text(KEPT).await, before);
    });
}
