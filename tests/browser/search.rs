//! Search: opened, typed in, chosen from, arrived at; by keyboard alone, and when things go wrong.

use fantoccini::key::Key;
use serde_json::json;

use crate::reader::{Reader, visit};
use crate::site;

const OPEN: &str = "document.querySelector('dialog.search').open";
const FIELD: &str = "document.activeElement === document.querySelector('.search-line input')";
const STATUS: &str = "document.querySelector('.search-state [role=status]').textContent";

/// Lets the data file of search fail the first time it is asked for. A worker fetches for itself, so
/// its script is started with a `fetch` that does.
const DATA_FAILS_ONCE: &str = "
    const Real = window.Worker;
    window.Worker = class extends Real {
        constructor(address) {
            const script = new URL(address, document.baseURI).href;
            const root = new URL('.', script).href;
            const source = `
                let failed = false;
                const real = self.fetch.bind(self);
                self.fetch = (path, ...rest) => {
                    if (String(path).startsWith('data/') && !failed) {
                        failed = true;
                        return Promise.reject(new TypeError('no network'));
                    }
                    return real(new URL(path instanceof Request ? path.url : path, ${JSON.stringify(root)}), ...rest);
                };
                Object.defineProperty(self, 'location', { value: new URL(${JSON.stringify(script)}) });
                importScripts(${JSON.stringify(script)});`;
            super(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
        }
    };";

/// Opens search with its key, and types.
async fn search_for(reader: &Reader, query: &str) {
    reader.press("/").await;
    reader.until("the dialog is open", OPEN).await;
    reader.until("the field has the focus", FIELD).await;
    reader.press(query).await;
}

async fn until_found(reader: &Reader) {
    reader
        .until(
            "something is found",
            "document.querySelector('.search-hit')",
        )
        .await;
}

async fn until_status(reader: &Reader, begins: &str) {
    let says = format!("{STATUS}.startsWith({})", json!(begins));
    reader.until("it is said", &says).await;
}

/// The marked words on the page.
const MARKED: &str = "[...(CSS.highlights.get('sought') ?? [])].map(range => range.toString())";

#[test]
fn search_opens_by_its_key_and_escape_gives_the_focus_back() {
    visit().read(|reader| async move {
        reader.open("/").await;
        let link = ".contents a[href^='chapter/']";
        reader
            .run(&format!("document.querySelector({}).focus()", json!(link)))
            .await;
        reader.press("/").await;
        reader.until("the dialog is open", OPEN).await;
        reader.until("the field has the focus", FIELD).await;
        reader.press_key(Key::Escape).await;
        reader
            .until("the dialog is closed", &format!("!{OPEN}"))
            .await;
        reader
            .until(
                "the focus is where it was",
                &format!(
                    "document.activeElement === document.querySelector({})",
                    json!(link)
                ),
            )
            .await;
    });
}

#[test]
fn the_button_opens_it_and_takes_the_focus_back() {
    visit().read(|reader| async move {
        reader.open("/about/").await;
        reader.click(".search-button").await;
        reader.until("the field has the focus", FIELD).await;
        reader.click(".search-line button").await;
        reader
            .until(
                "the focus is on the button",
                "document.activeElement.matches('.search-button')",
            )
            .await;
    });
}

#[test]
fn in_a_field_the_key_is_a_letter_and_it_can_be_switched_off() {
    visit().read(|reader| async move {
        reader.open("/").await;
        search_for(&reader, "a/b").await;
        let typed = "document.activeElement.value === 'a/b'";
        reader.until("the stroke is typed", typed).await;
        // By keyboard: the dialog grows while hits come, and a pointer might miss.
        reader
            .run("document.querySelector('.search-keys input').focus()")
            .await;
        reader.press(" ").await;
        reader
            .until("it is kept", "localStorage.getItem('search-key') !== null")
            .await;
        reader.press_key(Key::Escape).await;
        reader
            .until("the dialog is closed", &format!("!{OPEN}"))
            .await;
        reader.reload().await;
        reader.press("/").await;
        reader.until_drawn().await;
        reader.expect("it stays closed", &format!("!{OPEN}")).await;
    });
}

#[test]
fn what_is_found_stands_in_groups_with_the_words_marked() {
    visit().read(|reader| async move {
        reader.open("/").await;
        search_for(&reader, "lampotr clock").await;
        until_found(&reader).await;
        let groups = reader
            .texts("[...document.querySelectorAll('.search-hits [role=group]')].map(g => g.getAttribute('aria-label'))")
            .await;
        for group in ["Chapters and sections", "Terms", "Questions", "Sources"] {
            assert!(groups.iter().any(|found| found == group), "{groups:?}");
        }
        let first = reader.text("document.querySelector('.search-title').textContent").await;
        assert_eq!(first, "Lamport clock");
        let marks = reader
            .texts("[...document.querySelectorAll('.search-hit mark')].map(m => m.textContent.toLowerCase())")
            .await;
        assert!(marks.iter().any(|mark| mark == "lamport"), "{marks:?}");
        assert!(marks.iter().any(|mark| mark == "clock"), "{marks:?}");
        let options = "[...document.querySelectorAll('[role=listbox] [role=option]')]";
        reader
            .expect("each is an option", &format!("{options}.length === document.querySelectorAll('.search-hit').length"))
            .await;
    });
}

#[test]
fn by_keyboard_alone_one_arrives_at_a_section_with_its_words_marked() {
    visit().read(|reader| async move {
        reader.open("/about/").await;
        reader.run("window.sameDocument = true").await;
        search_for(&reader, "virtual nodes cost").await;
        until_found(&reader).await;
        reader.press_key(Key::Down).await;
        reader
            .until(
                "the field names the option",
                "document.activeElement.getAttribute('aria-activedescendant') === 'search-hit-0' && \
                 document.getElementById('search-hit-0').ariaSelected === 'true'",
            )
            .await;
        // Down to the first section, wherever its group stands.
        let to = "[...document.querySelectorAll('.search-hit')].findIndex(hit => hit.getAttribute('href').startsWith('chapter/partitioning/#'))";
        let number = reader.see(to).await.as_u64().expect("it is a number");
        for _ in 0..number {
            reader.press_key(Key::Down).await;
        }
        reader.press_key(Key::Enter).await;
        reader.until("the chapter is shown", "location.pathname.endsWith('/chapter/partitioning/')").await;
        reader.until("the dialog is closed", &format!("!{OPEN}")).await;
        reader.until("words are marked", &format!("{MARKED}.length > 0")).await;
        let marked = reader.texts(MARKED).await;
        assert!(marked.iter().any(|word| word.to_lowercase() == "nodes"), "{marked:?}");
        reader
            .until(
                "the place has the focus and is in the window",
                "(place => document.activeElement === place && place.getBoundingClientRect().top > -innerHeight)(document.getElementById(location.hash.slice(1)))",
            )
            .await;
        let seen = "[...CSS.highlights.get('sought')].some(range => { const r = range.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })";
        reader.until("a marked word is in the window", seen).await;
        reader.expect("no page was loaded on the way", "window.sameDocument === true").await;
        reader.press_key(Key::Escape).await;
        reader.until("Escape takes the marks away", &format!("{MARKED}.length === 0")).await;
    });
}

/// What is asked of a worker reaches it late, as on a slow phone.
const WORKER_IS_SLOW: &str = "
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...message) {
        setTimeout(() => post.apply(this, message), 300);
    };";

const SELECT_ALL: &str = "document.querySelector('.search-line input').select()";

#[test]
fn enter_opens_what_stands_in_the_field_and_not_what_stood_there_before() {
    visit()
        .with_script(WORKER_IS_SLOW)
        .read(|reader| async move {
            reader.open("/about/").await;
            // Before anything is there to search in.
            search_for(&reader, "quorum\u{e007}").await;
            let at = |hash: &str| format!("location.hash === '{hash}'");
            reader
                .until("it is opened when it is found", &at("#quorum"))
                .await;
            reader.until("the dialog is closed", &format!("!{OPEN}")).await;
            search_for(&reader, "fencing token").await;
            let first = "document.querySelector('.search-title')?.textContent.toLowerCase() === 'fencing token'";
            reader.until("it is found", first).await;
            reader.run(SELECT_ALL).await;
            reader.press("lamport clock\u{e007}").await;
            reader
                .until("the later one is opened", &at("#lamport-clock"))
                .await;
        });
}

#[test]
fn a_reader_who_types_on_after_enter_stays() {
    visit()
        .with_script(WORKER_IS_SLOW)
        .read(|reader| async move {
            reader.open("/about/").await;
            search_for(&reader, "quor\u{e007}um").await;
            until_found(&reader).await;
            reader.until_drawn().await;
            reader.expect("the dialog is open", OPEN).await;
            reader
                .expect(
                    "the page is the same",
                    "location.pathname.endsWith('/about/')",
                )
                .await;
        });
}

#[test]
fn a_place_on_the_same_page_is_arrived_at_without_leaving_it() {
    visit().below_a_path().read(|reader| async move {
        reader.open("/chapter/time-and-clocks/").await;
        search_for(&reader, "lamport clocks").await;
        until_found(&reader).await;
        reader
            .click(".search-hit[href='chapter/time-and-clocks/#lamport']")
            .await;
        reader
            .until("words are marked", &format!("{MARKED}.length > 0"))
            .await;
        let heading = "document.getElementById('lamport').getBoundingClientRect()";
        reader
            .until(
                "the heading is in the window",
                &format!("{heading}.top >= 0 && {heading}.bottom < innerHeight"),
            )
            .await;
    });
}

#[test]
fn a_question_found_by_its_answer_is_unfolded_on_arrival() {
    visit().read(|reader| async move {
        reader.open("/").await;
        search_for(&reader, "lamport’s condition goes one way").await;
        until_found(&reader).await;
        reader
            .click(".search-hit[href='question/auditor-asks-which-was-first/']")
            .await;
        reader
            .until(
                "the question is shown",
                "location.pathname.includes('/question/')",
            )
            .await;
        reader
            .until("words are marked", &format!("{MARKED}.length > 0"))
            .await;
    });
}

#[test]
fn what_is_typed_is_text_and_nothing_else() {
    visit().read(|reader| async move {
        reader.open("/").await;
        let hostile = "<img src=x onerror=\"window.hacked = true\">zqzqzqzq";
        search_for(&reader, hostile).await;
        reader
            .until("it is answered", &format!("!{STATUS}.includes('on its way') && {STATUS} !== ''"))
            .await;
        reader.run("const f = document.querySelector('.search-line input'); f.value = ''; f.dispatchEvent(new Event('input', { bubbles: true }))").await;
        reader.press("<b>zqzqzqzq</b>hippopotamus").await;
        reader.until_drawn().await;
        reader.press(" zqzqzqzqzq").await;
        reader.until_drawn().await;
        reader.expect("nothing of it is an element", "!document.querySelector('dialog.search img, dialog.search b')").await;
        reader.expect("nothing of it was run", "window.hacked === undefined").await;
        // In the address an unknown value does nothing.
        reader.open("/?search=<img src=x onerror=hacked=true>#<img>").await;
        reader.expect("nor from the address", "window.hacked === undefined && !document.querySelector('img')").await;
    });
}

#[test]
fn what_is_not_there_is_said_with_what_to_try() {
    visit().read(|reader| async move {
        reader.open("/").await;
        search_for(&reader, "hippopotamus").await;
        until_status(&reader, "Nothing found for “hippopotamus”: try").await;
        reader
            .expect(
                "the list is empty",
                "!document.querySelector('.search-hit')",
            )
            .await;
    });
}

#[test]
fn data_that_did_not_come_can_be_asked_for_again() {
    visit()
        .with_script(DATA_FAILS_ONCE)
        .read(|reader| async move {
            // The pages allow no worker that is made up as this one is.
            let allow = serde_json::json!({ "enabled": true });
            reader.devtools("Page.setBypassCSP", allow).await;
            reader.open("/").await;
            search_for(&reader, "quorum").await;
            until_status(&reader, "The search data could not be fetched").await;
            reader.click(".search-state button").await;
            reader.expect("the focus is back in the field", FIELD).await;
            until_found(&reader).await;
            let first = reader
                .text("document.querySelector('.search-title').textContent")
                .await;
            assert_eq!(first.to_lowercase(), "quorum");
        });
}

#[test]
fn without_a_network_search_says_so() {
    visit()
        .may_complain()
        .with_script("window.Worker = undefined")
        .read(|reader| async move {
            reader.open("/").await;
            search_for(&reader, "quorum").await;
            until_status(&reader, "The search program could not be loaded").await;
            reader
                .expect(
                    "one can try again",
                    "document.querySelector('.search-state button')",
                )
                .await;
        });
}

#[test]
fn nothing_of_search_is_loaded_before_it_is_used() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        let loaded = "performance.getEntriesByType('resource').filter(entry => /search-[0-9a-f]{16}[.](js|wasm|json)/.test(entry.name)).length";
        reader.expect("nothing yet", &format!("{loaded} === 0")).await;
        search_for(&reader, "quorum").await;
        until_found(&reader).await;
        reader.until("now it is", &format!("{loaded} > 0")).await;
    });
}

#[test]
fn on_a_small_phone_the_button_is_there_and_everything_fits() {
    visit().read(|reader| async move {
        reader.open("/").await;
        reader.set_width(360).await;
        let button = "document.querySelector('.search-button')";
        reader.until("the button is shown with its word", &format!("{button}.checkVisibility() && {button}.innerText.trim().startsWith('Search')")).await;
        reader.expect("the page is not wider than the window", "document.documentElement.scrollWidth <= innerWidth").await;
        reader.click(".search-button").await;
        reader.until("the field has the focus", FIELD).await;
        reader.press("quorum staleness").await;
        until_found(&reader).await;
        reader
            .expect("nothing is cut off", "[...document.querySelectorAll('.search-hit, .search-line *')].every(e => e.getBoundingClientRect().right <= innerWidth)")
            .await;
    });
}

#[test]
fn without_the_program_there_is_no_button() {
    visit().without_javascript().read(|reader| async move {
        reader.open("/").await;
        // Scripts are off, so the style sheet is asked through the driver.
        let button = reader.find(".search-button").await;
        assert!(!button.is_displayed().await.expect("the driver answers"));
    });
}
