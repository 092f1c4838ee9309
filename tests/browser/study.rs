//! Where the reader was, what they have read, and the one document that keeps it: returning, two
//! tabs, damage, a browser that keeps nothing, files.

use happens_before::study::{Document, LARGEST, VERSION};
use serde_json::json;

use crate::lab::{self, Lab};
use crate::reader::{Reader, visit};
use crate::site;
use crate::takeover::WATCH_SHIFTS;

const KEPT: &str = "localStorage.getItem('happens-before')";
const PAGE: &str = "/your-data/";

/// Keeps what is saved as a file, instead of giving it to the browser.
const CATCH_FILES: &str = "window.saved = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => { blob.text().then(text => saved.push(text)); return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = () => {};";

/// The second-level headings of the chapter.
fn sections() -> Vec<String> {
    let outline = site::full_chapter().outline.iter();
    let sections = outline.filter(|heading| heading.level == 2);
    sections.map(|heading| heading.id.clone()).collect()
}

fn slug() -> &'static str {
    &site::full_chapter().card.slug
}

/// A document in which something was done, as text.
fn some(now: u64) -> String {
    let empty = Document::default();
    empty
        .come_to(slug(), &sections()[2], now)
        .merged(&empty.mark_chapter("crdts", true, now))
        .to_text()
}

async fn keep(reader: &Reader, text: &str) {
    let script = format!("localStorage.setItem('happens-before', {})", json!(text));
    reader.run(&script).await;
}

/// Scrolls so that an element is a hand's breadth below the top of the window.
async fn scroll_to(reader: &Reader, selector: &str) {
    let script = format!(
        "scrollTo({{ top: document.querySelector({}).getBoundingClientRect().top + scrollY - 100, behavior: 'instant' }})",
        json!(selector)
    );
    reader.run(&script).await;
}

async fn until_kept(reader: &Reader, what: &str) {
    let says = format!("({KEPT} ?? '').includes({})", json!(what));
    reader.until(&format!("{what} is kept"), &says).await;
}

/// Is there a tick at the link that a selector finds?
fn ticked(link: &str) -> String {
    format!(
        "document.querySelector({}).parentElement.querySelector('.read-mark:not([hidden])[aria-label=read]')",
        json!(link)
    )
}

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

async fn delete_all(reader: &Reader) {
    reader.click("[data-do=delete]").await;
    let asked = "document.activeElement?.dataset.do === 'keep'";
    reader
        .until("it asks, and the safe answer has the focus", asked)
        .await;
    reader.click("[data-do=delete-now]").await;
    let nothing = "Object.keys(localStorage).every(key => !key.startsWith('happens-before'))";
    reader.until("nothing is kept", nothing).await;
}

// Returning.

#[test]
fn on_return_to_a_chapter_a_line_leads_to_where_the_reader_was() {
    visit().with_script(WATCH_SHIFTS).read(|reader| async move {
        let place = sections()[3].clone();
        reader.open(&site::chapter()).await;
        reader
            .expect("a new reader is told nothing", "!document.querySelector('.return').textContent")
            .await;
        scroll_to(&reader, &format!("[id='{place}']")).await;
        until_kept(&reader, &format!("\"value\":\"{place}\"")).await;
        for width in [360, 1280] {
            reader.set_width(width).await;
            reader.go_to("about:blank").await;
            reader.open(&site::chapter()).await;
            let line = "document.querySelector('.return').textContent.includes('You were at')";
            reader.until("the line is there", line).await;
            reader.expect("nothing jumps", "scrollY === 0").await;
            reader.until_drawn().await;
            let shifts = reader.texts("shifts").await;
            assert!(shifts.is_empty(), "at {width} px: {shifts:#?}");
        }
        reader.click(".return a").await;
        let there = format!(
            "location.hash === '#{place}' && document.getElementById('{place}').getBoundingClientRect().top < innerHeight / 2"
        );
        reader.until("the reader is there", &there).await;
    });
}

#[test]
fn the_start_page_leads_on_to_the_chapter_that_was_read_last() {
    visit().with_script(WATCH_SHIFTS).read(|reader| async move {
        reader.open("/about/").await;
        let three_days = "Date.now() - 3 * 86400000 - 5000";
        let then = reader.see(three_days).await.as_u64().unwrap();
        keep(&reader, &some(then)).await;
        reader.open("/").await;
        reader
            .until(
                "the line is there",
                "document.querySelector('.return').textContent.includes('3 days ago')",
            )
            .await;
        reader.until_drawn().await;
        assert!(reader.texts("shifts").await.is_empty());
        reader
            .expect(
                "a chapter that is read has a tick",
                &ticked(".contents a[href='chapter/crdts/']"),
            )
            .await;
        reader
            .expect(
                "and so it has in the menu",
                &ticked(".menu a[href='chapter/crdts/']"),
            )
            .await;
        reader.click(".return a").await;
        let address = format!(
            "location.pathname.endsWith('{}') && location.hash === '#{}'",
            site::chapter(),
            sections()[2]
        );
        reader.until("it leads there", &address).await;
    });
}

// Marks.

#[test]
fn a_section_is_read_when_its_end_was_in_the_window_and_one_jumped_over_is_not() {
    visit().read(|reader| async move {
        let ids = sections();
        reader.open(&site::chapter()).await;
        scroll_to(&reader, &format!("[id='{}']", ids[4])).await;
        until_kept(&reader, &format!("{}/{}", slug(), ids[3])).await;
        let entry = |id: &str| ticked(&format!(".outline a[href$='#{id}']"));
        reader
            .until("the outline has its tick", &entry(&ids[3]))
            .await;
        reader
            .expect("one jumped over has none", &format!("!{}", entry(&ids[1])))
            .await;
        reader.reload().await;
        reader.until("the tick is kept", &entry(&ids[3])).await;
    });
}

#[test]
fn a_chapter_is_read_at_its_end_and_what_the_reader_takes_back_stays_so() {
    visit().read(|reader| async move {
        let button = |words: &str| {
            format!("document.querySelector('[data-do=mark-chapter]').textContent === '{words}'")
        };
        reader.open(&site::chapter()).await;
        reader
            .expect("it is not read", &button("Mark as read"))
            .await;
        scroll_to(&reader, ".chapter-body > .callout-insight").await;
        reader.until("it is read", &button("Read: unmark")).await;
        reader.click("[data-do=mark-chapter]").await;
        reader
            .until("it is taken back", &button("Mark as read"))
            .await;
        until_kept(&reader, "\"value\":false").await;
        reader.reload().await;
        scroll_to(&reader, ".chapter-body > .callout-insight").await;
        let last = sections().last().unwrap().clone();
        reader
            .until(
                "the scrolling was noticed",
                &ticked(&format!(".outline a[href$='#{last}']")),
            )
            .await;
        reader
            .expect("it stays as the reader said", &button("Mark as read"))
            .await;
        reader.click("[data-do=mark-chapter]").await;
        reader
            .until("and can be set again", &button("Read: unmark"))
            .await;
    });
}

#[test]
fn the_learning_paths_show_what_is_read() {
    visit().with_script(WATCH_SHIFTS).read(|reader| async move {
        reader.open("/about/").await;
        keep(&reader, &some(1)).await;
        reader.open("/paths/").await;
        reader
            .until("there is a tick", &ticked(".path a[href='chapter/crdts/']"))
            .await;
        let progress = "document.querySelector('.read-progress').textContent.startsWith('1 of ')";
        reader.expect("the step says how far", progress).await;
        let all = "document.querySelectorAll('.path .read-mark').length";
        let links = "document.querySelectorAll(\".path li a[href='chapter/crdts/']\").length";
        reader
            .expect("nothing else has one", &format!("{all} === {links}"))
            .await;
        reader.until_drawn().await;
        assert!(reader.texts("shifts").await.is_empty());
    });
}

// Labs.

#[test]
fn a_lab_opens_as_its_chapter_says_and_offers_the_last_run() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader.clone()).await;
        let offered =
            "lab.querySelector('[data-do=last-run]').checkVisibility({ visibilityProperty: true })";
        let delay = "lab.querySelector('[data-parameter=delay]').value";
        let of_chapter = reader
            .text("document.querySelector('#lab-clock-skew [data-parameter=delay]').value")
            .await;
        lab.expect("there is none yet", &format!("!{offered}"))
            .await;
        lab.set("delay", "9").await;
        until_kept(&reader, &format!("{};v=", lab::NAME)).await;
        reader.go_to("about:blank").await;
        let lab = Lab::open(reader.clone()).await;
        lab.until("it is offered", offered).await;
        lab.expect("and not forced", &format!("{delay} === '{of_chapter}'"))
            .await;
        lab.press("last-run").await;
        lab.until("it is open", &format!("{delay} === '9'")).await;
        lab.until("and no longer offered", &format!("!{offered}"))
            .await;
    });
}

// Several tabs.

#[test]
fn what_two_tabs_do_is_kept_and_each_sees_the_other() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        let open = format!(
            "window.other = window.open({})",
            json!(reader.address("/chapter/crdts/"))
        );
        reader.run(&open).await;
        let ready = "other.document.documentElement.hasAttribute('data-ready')";
        reader.until("the other tab is there", ready).await;
        reader
            .run("other.document.querySelector('[data-do=mark-chapter]').click()")
            .await;
        reader
            .run("document.querySelector('[data-do=mark-chapter]').click()")
            .await;
        reader
            .until(
                "this one hears of the other",
                &ticked(".menu a[href='chapter/crdts/']"),
            )
            .await;
        let own = ticked(&format!(".menu a[href='chapter/{}/']", slug()));
        reader
            .until(
                "the other hears of this one",
                &own.replace("document.", "other.document."),
            )
            .await;
        until_kept(&reader, "\"crdts\"").await;
        until_kept(&reader, slug()).await;
    });
}

#[test]
fn what_is_deleted_in_one_tab_does_not_come_back_from_another() {
    visit().read(|reader| async move {
        reader.open("/about/").await;
        keep(&reader, &some(1)).await;
        reader.open(PAGE).await;
        let open = format!(
            "window.other = window.open({})",
            json!(reader.address(&site::chapter()))
        );
        reader.run(&open).await;
        let tick = ticked(".menu a[href='chapter/crdts/']").replace("document.", "other.document.");
        reader
            .until(
                "the other tab shows what is kept",
                &format!("other.document?.querySelector('.menu a') && {tick}"),
            )
            .await;
        delete_all(&reader).await;
        reader.until("it is gone there", &format!("!{tick}")).await;
        reader
            .run("other.document.querySelector('[data-do=mark-chapter]').click()")
            .await;
        until_kept(&reader, slug()).await;
        reader
            .expect(
                "what was deleted is not back",
                &format!("!{KEPT}.includes('crdts')"),
            )
            .await;
    });
}

#[test]
fn what_a_tab_was_about_to_write_goes_when_another_deletes_everything() {
    // A change is written after a second; here that second never ends.
    let wait = "const later = window.setTimeout;
        window.setTimeout = (act, wait, ...more) => later(act, wait === 1000 ? 3600000 : wait, ...more);";
    visit().with_script(wait).read(|reader| async move {
        reader.open("/about/").await;
        keep(&reader, &some(1)).await;
        reader.open(&site::chapter()).await;
        let says = |words: &str| {
            format!("document.querySelector('[data-do=mark-chapter]').textContent === '{words}'")
        };
        scroll_to(&reader, ".chapter-body > .callout-insight").await;
        reader.until("it is read", &says("Read: unmark")).await;
        // To the page another document is like another tab.
        reader
            .run("document.body.appendChild(document.createElement('iframe')).contentWindow.localStorage.removeItem('happens-before')")
            .await;
        reader.until("it is gone", &says("Mark as read")).await;
        reader.run("dispatchEvent(new Event('pagehide'))").await;
        reader
            .expect("and is not written", &format!("{KEPT} === null"))
            .await;
    });
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
