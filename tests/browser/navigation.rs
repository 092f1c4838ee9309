//! From page to page without loading one: titles, focus, places, the back button.

use crate::reader::{Reader, Visit, visit};
use crate::site;

/// A mark that a loaded document does not have.
async fn mark_document(reader: &Reader) {
    reader.run("window.sameDocument = true").await;
}

async fn expect_same_document(reader: &Reader) {
    reader
        .expect(
            "no page was loaded on the way",
            "window.sameDocument === true",
        )
        .await;
}

/// Waits until a page with this heading is shown: its title is set and its heading has the focus.
async fn until_at(reader: &Reader, heading: &str) {
    let heading = serde_json::json!(heading);
    reader
        .until(
            "the page is shown",
            &format!("document.querySelector('main h1')?.textContent === {heading}"),
        )
        .await;
    reader
        .until(
            "the title is that page's",
            &format!("document.title.startsWith({heading})"),
        )
        .await;
    reader
        .until(
            "the focus is on the heading",
            "document.activeElement === document.querySelector('main h1')",
        )
        .await;
}

fn a_walk(visit: Visit) {
    visit.read(|reader| async move {
        let chapter = site::chapter_title();
        reader.open("/").await;
        mark_document(&reader).await;
        reader.click(&site::link_to_chapter()).await;
        until_at(&reader, &chapter).await;
        assert_eq!(
            reader.current_address().await,
            reader.address(&site::chapter())
        );
        reader.click(".site-nav > a[href*='glossary']").await;
        until_at(&reader, "Glossary").await;
        assert_eq!(reader.current_address().await, reader.address("/glossary/"));
        reader.back().await;
        until_at(&reader, &chapter).await;
        reader.back().await;
        until_at(&reader, "Happens Before").await;
        assert_eq!(reader.current_address().await, reader.site);
        expect_same_document(&reader).await;
    });
}

#[test]
fn a_reader_walks_through_the_book_and_back_without_loading_a_page() {
    a_walk(visit());
}

#[test]
fn the_walk_is_the_same_below_a_path() {
    a_walk(visit().below_a_path());
}

#[test]
fn the_back_button_leads_to_the_place_where_one_was() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        mark_document(&reader).await;
        reader
            .run("document.getElementById('lamport').scrollIntoView({ behavior: 'instant' })")
            .await;
        reader.until_drawn().await;
        let place = reader.see("Math.round(scrollY)").await;
        assert!(
            place.as_f64() > Some(1000.0),
            "the chapter scrolled only to {place}"
        );
        // From where one is, without scrolling up to the link.
        reader
            .run("document.querySelector(\".site-nav > a[href*='glossary']\").click()")
            .await;
        until_at(&reader, "Glossary").await;
        reader
            .until("a new page begins at its top", "scrollY === 0")
            .await;
        reader
            .run("scrollTo({ top: 300, behavior: 'instant' })")
            .await;
        reader.until_drawn().await;
        reader.back().await;
        until_at(&reader, &site::chapter_title()).await;
        reader
            .until(
                "the chapter is where it was left",
                &format!("Math.abs(scrollY - {place}) < 2"),
            )
            .await;
        reader.run("history.forward()").await;
        until_at(&reader, "Glossary").await;
        reader
            .until(
                "the glossary is where it was left",
                "Math.abs(scrollY - 300) < 2",
            )
            .await;
        expect_same_document(&reader).await;
    });
}

#[test]
fn a_page_loaded_again_is_where_it_was() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader
            .run("document.getElementById('lamport').scrollIntoView({ behavior: 'instant' })")
            .await;
        reader.until_drawn().await;
        let place = reader.see("Math.round(scrollY)").await;
        reader.reload().await;
        reader
            .until(
                "the chapter is where it was",
                &format!("Math.abs(scrollY - {place}) < 4"),
            )
            .await;
    });
}

/// Is the element with this id at the top of the window (or as near as the page's end allows)?
fn on_top(id: &str) -> String {
    format!(
        "(top => top > -2 && top < innerHeight / 3 ||
            Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight && top < innerHeight)
        (document.getElementById('{id}').getBoundingClientRect().top)"
    )
}

#[test]
fn the_outline_leads_to_each_section_and_back_leads_back() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        mark_document(&reader).await;
        for id in ["drift", "hlc", "sources"] {
            reader
                .run(&format!(
                    "document.querySelector(\".outline a[href$='#{id}']\").click()"
                ))
                .await;
            reader.until("the section is on top", &on_top(id)).await;
            reader
                .until(
                    "the address names it",
                    &format!("location.hash === '#{id}'"),
                )
                .await;
        }
        reader.back().await;
        reader
            .until("the section before is on top", &on_top("hlc"))
            .await;
        expect_same_document(&reader).await;
    });
}

#[test]
fn a_link_to_a_section_of_another_page_leads_there() {
    visit().read(|reader| async move {
        reader.open("/glossary/").await;
        mark_document(&reader).await;
        let link = format!(".glossary-entry dt a[href^='{}']", &site::chapter()[1..]);
        let id = reader
            .text(&format!(
                "document.querySelector(\"{link}\").closest('.glossary-entry').id"
            ))
            .await;
        reader.click(&link).await;
        reader
            .until(
                "the definition is in the chapter",
                &format!("location.pathname.endsWith('{}')", site::chapter()),
            )
            .await;
        reader
            .until(
                "the definition is there",
                &format!("document.querySelector('.chapter #{id}')"),
            )
            .await;
        reader
            .until("the definition is in the window", &on_top(&id))
            .await;
        expect_same_document(&reader).await;
    });
}

#[test]
fn an_address_with_a_section_opens_at_it() {
    visit().read(|reader| async move {
        reader.open(&format!("{}#hlc", site::chapter())).await;
        reader.until("the section is on top", &on_top("hlc")).await;
    });
}

#[test]
fn the_menu_of_contents_leads_to_a_chapter_and_closes() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        reader.open("/about/").await;
        mark_document(&reader).await;
        reader.click(".menu summary").await;
        let link = site::link_to_chapter().replace(".contents", ".menu-panel");
        reader.click(&link).await;
        until_at(&reader, &site::chapter_title()).await;
        reader
            .expect(
                "the menu is closed",
                "!document.querySelector('.menu').open",
            )
            .await;
        expect_same_document(&reader).await;
    });
}

#[test]
fn without_the_network_what_is_loaded_stays_and_the_rest_says_so() {
    visit().may_complain().read(|reader| async move {
        reader.open("/").await;
        mark_document(&reader).await;
        reader.lose_the_network().await;
        reader.click(".site-nav > a[href*='about']").await;
        reader
            .until("the page comes", "document.title.startsWith('About')")
            .await;
        reader.back().await;
        reader.click(&site::link_to_chapter()).await;
        reader
            .until(
                "the page says that nothing came",
                "document.querySelector('main .page [role=alert]')?.textContent.includes('network')",
            )
            .await;
        expect_same_document(&reader).await;
    });
}

#[test]
fn who_comes_back_from_another_page_of_the_same_kind_finds_the_text() {
    visit().read(|reader| async move {
        let text = "document.querySelector('main').textContent.length > 2000";
        for (page, other) in [
            (site::chapter(), ".neighbours .after a"),
            ("/formulas/".to_owned(), ".site-nav a[href='reading/']"),
        ] {
            reader.open(&page).await;
            mark_document(&reader).await;
            let title = reader
                .text("document.querySelector('main h1').textContent")
                .await;
            reader
                .run(&format!("document.querySelector(\"{other}\").click()"))
                .await;
            let is_shown = format!(
                "document.querySelector('main h1').textContent === {}",
                serde_json::json!(title)
            );
            reader
                .until("another page is shown", &format!("!({is_shown}) && {text}"))
                .await;
            reader.back().await;
            reader
                .until("the first is shown again", &format!("{is_shown} && {text}"))
                .await;
            expect_same_document(&reader).await;
        }
    });
}
