//! Where the reader was, and what they have read: returning, ticks, last runs, two tabs.

use happens_before::study::Document;
use serde_json::json;

use crate::lab::{self, Lab};
use crate::reader::{Reader, visit};
use crate::site;
use crate::takeover::WATCH_SHIFTS;

pub const KEPT: &str = "localStorage.getItem('happens-before')";
pub const PAGE: &str = "/your-data/";

/// The second-level headings of the chapter.
pub fn sections() -> Vec<String> {
    let outline = site::full_chapter().outline.iter();
    let sections = outline.filter(|heading| heading.level == 2);
    sections.map(|heading| heading.id.clone()).collect()
}

pub fn slug() -> &'static str {
    &site::full_chapter().card.slug
}

/// A document in which something was done, as text.
pub fn some(now: u64) -> String {
    let empty = Document::default();
    empty
        .come_to(slug(), &sections()[2], now)
        .merged(&empty.mark_chapter("crdts", true, now))
        .to_text()
}

pub async fn keep(reader: &Reader, text: &str) {
    let script = format!("localStorage.setItem('happens-before', {})", json!(text));
    reader.run(&script).await;
}

/// Scrolls so that an element is a hand's breadth below the top of the window.
pub async fn scroll_to(reader: &Reader, selector: &str) {
    let script = format!(
        "scrollTo({{ top: document.querySelector({}).getBoundingClientRect().top + scrollY - 100, behavior: 'instant' }})",
        json!(selector)
    );
    reader.run(&script).await;
}

pub async fn until_kept(reader: &Reader, what: &str) {
    let says = format!("({KEPT} ?? '').includes({})", json!(what));
    reader.until(&format!("{what} is kept"), &says).await;
}

/// Is there a tick at the link that a selector finds?
pub fn ticked(link: &str) -> String {
    format!(
        "document.querySelector({}).parentElement.querySelector('.read-mark:not([hidden])[aria-label=read]')",
        json!(link)
    )
}

pub async fn delete_all(reader: &Reader) {
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
