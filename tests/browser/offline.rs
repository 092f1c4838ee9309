//! The book without network, and from one edition to the next.

use serde_json::json;

use crate::host::Host;
use crate::reader::{Reader, Visit, visit};
use crate::site;

/// A reader whose browser may keep the book. What cannot be fetched leaves messages.
fn visit_to(host: &Host) -> Visit {
    visit().at(host.address).keeps_the_book().may_complain()
}

async fn until_panel_says(reader: &Reader, words: &str) {
    let says = format!(
        "document.querySelector('.offline p')?.textContent.includes({})",
        json!(words)
    );
    reader
        .until(&format!("the panel says: {words}"), &says)
        .await;
}

async fn until_kept(reader: &Reader) {
    until_panel_says(reader, "Offline: the whole book is kept in this browser").await;
}

/// The text of a file, as a page of the book gets it.
async fn text_of(reader: &Reader, file: &str) -> String {
    let address = json!(reader.address(file));
    reader
        .text(&format!("fetch({address}).then(answer => answer.text())"))
        .await
}

/// A page of which nothing but this mark differs between two editions.
const PAGE: &str = "about/index.html";
const OLD: &str = "<title>About";
const NEW: &str = "<title>Newly about";

async fn expect_edition(reader: &Reader, mark: &str) {
    let text = text_of(reader, "/about/").await;
    assert!(text.contains(mark), "not the edition with {mark}");
}

const BAR: &str = ".edition-bar:not([hidden])";

async fn until_offered(reader: &Reader) {
    reader
        .until(
            "a new edition is offered",
            &format!("document.querySelector('{BAR}')?.textContent.includes('is there')"),
        )
        .await;
}

fn reads_without_network(path: &'static str) {
    let mut host = Host::at(path);
    visit_to(&host).read(|reader| async move {
        reader.open("/about/").await;
        until_kept(&reader).await;
        host.switch_off();

        // By address: with and without the slash, with the file's name, with query and place.
        let chapter = site::chapter();
        let bare = chapter.trim_end_matches('/');
        let with_place = format!("{chapter}?from=elsewhere#hlc");
        for address in [&chapter, bare, &format!("{chapter}index.html"), &with_place] {
            reader.go_to("about:blank").await;
            reader.open(address).await;
            let title = json!(site::chapter_title());
            reader
                .until(
                    "it is the chapter",
                    &format!("document.querySelector('h1')?.textContent === {title}"),
                )
                .await;
            let shown = reader.current_address().await;
            assert!(
                shown.contains(&chapter) && !shown.contains("index.html"),
                "{shown}"
            );
        }
        // By a link, with its data.
        reader.click(".site-nav > a[href*='questions']").await;
        reader
            .until(
                "the questions come",
                "document.title.startsWith('Question bank')",
            )
            .await;
        // A page of the bundle.
        let question = site::book().bank.questions.last().expect("a question");
        reader.open(&format!("/question/{}/", question.id)).await;
        reader
            .until(
                "it is the question",
                "document.querySelector('.question-alone')",
            )
            .await;
        // Addresses that are not kept.
        for (address, why) in [
            ("/chapter/nothing/", "there is no network"),
            ("/book/", "The page for paper"),
        ] {
            reader.go_to(&reader.address(address)).await;
            let said = format!("document.querySelector('main p').textContent.includes('{why}')");
            reader.until("the page says why", &said).await;
            let title = "document.title.startsWith('Not kept')";
            reader.expect("its title says so", title).await;
            reader
                .until("the pages are listed", "document.querySelector('#pages a')")
                .await;
        }
    });
}

#[test]
fn after_one_visit_the_whole_book_can_be_read_without_network() {
    reads_without_network("/");
}

#[test]
fn below_a_path_it_can_be_read_without_network_as_well() {
    reads_without_network("/a/b");
}

#[test]
fn every_file_of_the_site_is_kept() {
    let mut host = Host::at("/");
    visit_to(&host).read(|reader| async move {
        reader.open("/").await;
        until_kept(&reader).await;
        host.switch_off();
        for page in site::pages() {
            reader.open(&page.path).await;
            reader
                .expect(
                    "its style sheets are there",
                    "[...document.styleSheets].every(sheet => sheet.cssRules.length > 0)",
                )
                .await;
        }
    });
}

#[test]
fn a_new_edition_is_taken_when_the_reader_agrees_and_not_before() {
    let host = Host::at("/");
    visit_to(&host).read(|reader| async move {
        reader.open("/").await;
        until_kept(&reader).await;
        host.change(PAGE, OLD, NEW);
        host.publish();
        reader.reload().await;
        until_offered(&reader).await;
        expect_edition(&reader, OLD).await;
        // Loading a page is no agreement.
        reader.open("/about/").await;
        until_offered(&reader).await;
        expect_edition(&reader, OLD).await;

        reader.run("window.sameDocument = true").await;
        reader.click("[data-do=load]").await;
        reader
            .until("the page is loaded anew", "!window.sameDocument")
            .await;
        reader.until_ready().await;
        until_kept(&reader).await;
        expect_edition(&reader, NEW).await;
        reader
            .expect(
                "nothing is offered",
                &format!("!document.querySelector('{BAR}')"),
            )
            .await;
    });
}

#[test]
fn a_reader_may_put_it_off() {
    let host = Host::at("/");
    visit_to(&host).read(|reader| async move {
        reader.open("/").await;
        until_kept(&reader).await;
        host.change(PAGE, OLD, NEW);
        host.publish();
        reader.reload().await;
        until_offered(&reader).await;
        reader.click("[data-do=later]").await;
        reader
            .until(
                "the bar is gone",
                &format!("!document.querySelector('{BAR}')"),
            )
            .await;
        expect_edition(&reader, OLD).await;
    });
}

/// An edition of which a file cannot be had as the edition has it.
fn breaks(damage: fn(&Host), repair: fn(&Host), why: &'static str) {
    let mut host = Host::at("/");
    visit_to(&host).read(|reader| async move {
        reader.open("/").await;
        until_kept(&reader).await;
        host.change(PAGE, OLD, NEW);
        host.change("glossary/index.html", "<title>", "<title>Newly ");
        host.publish();
        damage(&host);
        reader.reload().await;
        until_panel_says(&reader, &format!("could not be fetched whole: {why}")).await;
        reader
            .expect(
                "nothing is offered",
                &format!("!document.querySelector('{BAR}')"),
            )
            .await;

        // The old one is whole.
        host.switch_off();
        expect_edition(&reader, OLD).await;
        reader.open("/glossary/").await;
        let text = text_of(&reader, "/glossary/").await;
        assert!(
            !text.contains("<title>Newly"),
            "the glossary is of the new edition"
        );

        // And the next visit takes up where this one ended.
        host.switch_on();
        repair(&host);
        reader.open("/").await;
        until_offered(&reader).await;
    });
}

#[test]
fn an_edition_that_lacks_a_file_leaves_the_old_one_whole() {
    breaks(
        |host| host.rename("glossary/index.html", "glossary/gone"),
        |host| host.rename("glossary/gone", "glossary/index.html"),
        "the server lacks glossary/",
    );
}

#[test]
fn an_edition_with_a_file_of_another_leaves_the_old_one_whole() {
    breaks(
        |host| host.change("glossary/index.html", "<title>Newly ", "<title>Newest "),
        |host| host.change("glossary/index.html", "<title>Newest ", "<title>Newly "),
        "the server gives another edition of glossary/",
    );
}

#[test]
fn a_page_that_is_open_in_another_window_stays_with_its_edition() {
    let host = Host::at("/");
    visit_to(&host).read(|reader| async move {
        reader.open("/").await;
        until_kept(&reader).await;
        // A file of the old edition that the new one has not.
        let data = &site::contents_file("glossary");
        let renamed = "data/glossary-ffffffffffffffff.json";
        host.rename(data, renamed);
        host.change("data/contents.json", data, renamed);
        host.change(PAGE, OLD, NEW);
        host.publish();
        let first = reader.window().await;
        let second = reader.open_window().await;
        reader.open("/").await;
        until_offered(&reader).await;
        reader.click("[data-do=load]").await;
        let old = format!(
            "caches.match('{}', {{ ignoreSearch: true }})",
            reader.address(data)
        );
        reader.until_ready().await;

        reader.go_to_window(first).await;
        reader
            .until(
                "the other page knows",
                &format!("document.querySelector('{BAR}')?.textContent.includes('Another window')"),
            )
            .await;
        assert!(
            text_of(&reader, data).await.starts_with('['),
            "the page gets what is of its edition"
        );
        reader.click("[data-do=load]").await;
        reader
            .until(
                "the bar is gone",
                &format!("!document.querySelector('{BAR}')"),
            )
            .await;
        reader.until_ready().await;
        until_kept(&reader).await;
        expect_edition(&reader, NEW).await;

        // No page of the old edition is open any more.
        reader
            .until_promised(
                "what only it had is removed",
                &format!("{old}.then(kept => !kept)"),
            )
            .await;
        reader.go_to_window(second).await;
        expect_edition(&reader, NEW).await;
    });
}

#[test]
fn a_first_visit_that_fails_says_why_and_can_be_tried_again() {
    let host = Host::at("/");
    host.rename("glossary/index.html", "glossary/gone");
    visit_to(&host).read(|reader| async move {
        reader.open("/").await;
        until_panel_says(&reader, "the server lacks glossary/").await;
        host.rename("glossary/gone", "glossary/index.html");
        reader.click(".offline button").await;
        until_kept(&reader).await;
    });
}

#[test]
fn a_page_of_the_bundle_that_the_browser_has_thrown_away_is_fetched_again() {
    let host = Host::at("/");
    visit_to(&host).read(|reader| async move {
        reader.open("/").await;
        until_kept(&reader).await;
        let question = &site::book().bank.questions[0].id;
        let address = json!(reader.address(&format!("/question/{question}/")));
        let throw_away = format!(
            "caches.keys()
                .then(([name]) => caches.open(name))
                .then(store => store.delete({address}, {{ ignoreSearch: true }}))"
        );
        assert_eq!(reader.see(&throw_away).await, json!(true));
        reader.reload().await;
        until_panel_says(&reader, "The browser has thrown away a part of the book").await;
        reader.click(".offline button").await;
        until_kept(&reader).await;
        let kept = format!("caches.match({address}, {{ ignoreSearch: true }})");
        let status = format!("{kept}.then(page => page.status)");
        assert_eq!(reader.see(&status).await, json!(200));
    });
}

#[test]
fn a_browser_without_room_says_so() {
    let host = Host::at("/");
    visit_to(&host).read(|reader| async move {
        let origin = host.address.trim_end_matches('/');
        let limit = json!({ "origin": origin, "quotaSize": 1_000_000 });
        reader
            .devtools("Storage.overrideQuotaForOrigin", limit)
            .await;
        reader.open("/").await;
        until_panel_says(&reader, "the browser has no room").await;
        let no_limit = json!({ "origin": origin });
        reader
            .devtools("Storage.overrideQuotaForOrigin", no_limit)
            .await;
        reader.click(".offline button").await;
        until_kept(&reader).await;
    });
}

#[test]
fn who_saves_data_is_asked_first() {
    let host = Host::at("/");
    let saves = "Object.defineProperty(navigator.connection, 'saveData', { value: true });";
    visit_to(&host)
        .with_script(saves)
        .read(|reader| async move {
            reader.open("/").await;
            until_panel_says(&reader, "until you say so").await;
            let registrations =
                "navigator.serviceWorker.getRegistrations().then(all => all.length)";
            assert_eq!(reader.see(registrations).await, json!(0));
            reader.click(".offline button").await;
            until_kept(&reader).await;
            // From then on it is as with anybody else.
            reader.reload().await;
            until_kept(&reader).await;
        });
}

#[test]
fn where_it_cannot_be_the_panel_says_so() {
    visit().read(|reader| async move {
        reader.open("/").await;
        until_panel_says(&reader, "Without network this book cannot be read here").await;
    });
}

#[test]
fn a_draft_is_not_caught_by_an_edition_of_before() {
    let host = Host::at("/");
    visit_to(&host).read(|reader| async move {
        reader.open("/").await;
        until_kept(&reader).await;
        host.begin_a_draft();
        reader.run("window.sameDocument = true").await;
        reader.go_to(&reader.address("/")).await;
        let draft = "!window.sameDocument && document.querySelector('meta[name=no-edition]')";
        reader.until("the draft is shown", draft).await;
        reader
            .until_promised(
                "nothing is left",
                "Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()])
                .then(lists => lists.flat().length === 0)",
            )
            .await;
    });
}
