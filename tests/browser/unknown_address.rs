//! Addresses that are none of the book's.

use happens_before::pages::head::Head;

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
        for address in [
            "nothing",
            "x/y/z/",
            "question/nothing/",
            "chapter/time-and-clock/",
        ] {
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
            // Questions have a page that lists them.
            let is_listed = |page: &Head| !page.path.starts_with("/question/");
            for page in site::pages().into_iter().filter(is_listed) {
                let wanted = reader.address(&page.path);
                assert!(
                    links.contains(&wanted),
                    "{address} does not name {wanted}: {links:#?}"
                );
            }
            for (asked, likeliest) in [
                ("chapter/time-and-clock/", "/chapter/time-and-clocks/"),
                ("question/nothing/", "/questions/"),
            ] {
                if asked == address {
                    assert_eq!(links[1], reader.address(likeliest));
                }
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
