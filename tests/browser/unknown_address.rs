//! Addresses that are none of the book's.

use crate::reader::{Visit, visit};
use crate::site;

#[test]
fn the_server_answers_an_unknown_address_with_a_page_and_the_right_status() {
    for address in [
        "chapter/nothing/",
        "nothing",
        "a/b/c/d/e",
        "chapter/time-and-clocks/nothing",
    ] {
        let answer = site::get(&format!("{}{address}", site::at_root()));
        assert_eq!(answer.status, 404, "{address}");
        assert!(
            answer.text.contains("<h1>There is no such page</h1>"),
            "{address}"
        );
    }
}

fn the_page_finds_the_book(visit: Visit) {
    visit.may_complain().read(|reader| async move {
        for address in ["nothing", "chapter/time-and-clock/", "x/y/z/"] {
            reader.go_to(&reader.address(address)).await;
            reader
                .until(
                    "the page lists the book's pages",
                    "document.querySelector('#pages a')",
                )
                .await;
            let links = reader
                .texts("[...document.querySelectorAll('#pages a')].map(a => a.href)")
                .await;
            for page in [site::chapter(), "/".to_owned(), "/glossary/".to_owned()] {
                let wanted = reader.address(&page);
                assert!(
                    links.contains(&wanted),
                    "{address} does not name {wanted}: {links:#?}"
                );
            }
            reader
                .click(&format!("#pages a[href*='{}']", &site::chapter()[1..]))
                .await;
            reader.until_ready().await;
            let title = serde_json::json!(site::chapter_title());
            reader
                .until(
                    "the chapter opens",
                    &format!("document.querySelector('h1').textContent === {title}"),
                )
                .await;
        }
    });
}

#[test]
fn the_page_for_unknown_addresses_leads_back_into_the_book() {
    the_page_finds_the_book(visit());
}

#[test]
fn the_page_for_unknown_addresses_finds_the_book_below_a_path() {
    the_page_finds_the_book(visit().below_a_path());
}

#[test]
fn an_unknown_chapter_inside_the_app_lists_the_pages_that_there_are() {
    visit().read(|reader| async move {
        reader.open("/").await;
        // A link as somebody could have written it into the text.
        reader
            .run("const a = document.createElement('a'); a.href = 'chapter/nothing/'; a.id = 'wrong'; a.textContent = 'wrong';
                document.querySelector('main h1').after(a); a.click()")
            .await;
        let shown = "document.querySelector('main h1')?.textContent === 'There is no such page'";
        reader.until("the page says that there is none", shown).await;
        reader.until("the title says so", "document.title.startsWith('Not found')").await;
        reader.click(&format!("main a[href*='{}']", &site::chapter()[1..])).await;
        let title = serde_json::json!(site::chapter_title());
        reader.until("the chapter opens", &format!("document.querySelector('main h1')?.textContent === {title}")).await;
    });
}
