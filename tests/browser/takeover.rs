//! The moment when the program takes over a page that is there already.

use serde_json::json;

use crate::reader::visit;
use crate::site;

/// Keeps a list of everything that moves on the page without the reader having done something.
pub const WATCH_SHIFTS: &str = "window.shifts = [];
        new PerformanceObserver(list => list.getEntries().forEach(entry => shifts.push(
            `${entry.value.toFixed(4)} by ${entry.sources.map(s => (s.node?.outerHTML ?? s.node?.textContent ?? '').slice(0, 120)).join(' and ')}`
        ))).observe({ type: 'layout-shift', buffered: true });";

#[test]
fn the_text_stays_as_the_file_gave_it() {
    visit().read(|reader| async move {
        for page in site::pages() {
            reader.open(&page.path).await;
            reader.until_drawn().await;
            let file = site::get(&reader.address(&page.path)).text;
            let differing = "(() => {
                const file = new DOMParser().parseFromString(arguments[0], 'text/html');
                // A picture is drawn anew for the width that it turns out to have, and what is kept for
                // reading without network only the browser knows.
                const texts = page => {
                    const walk = document.createTreeWalker(page.querySelector('#app'), NodeFilter.SHOW_TEXT);
                    const found = [];
                    while (walk.nextNode())
                        if (!walk.currentNode.parentElement.closest('svg, .offline')) found.push(walk.currentNode.data);
                    return found.join('|').replace(/[|\\s]+/g, ' ');
                };
                const [before, after] = [texts(file), texts(document)];
                let at = 0;
                while (at < before.length && before[at] === after[at]) at += 1;
                if (at === before.length && at === after.length) return null;
                return `before: …${before.slice(at - 60, at + 120)}…\\n after: …${after.slice(at - 60, at + 120)}…`;
            })()";
            let seen = reader.see_with(differing, vec![json!(file)]).await;
            assert!(seen.is_null(), "{}: {}", page.path, seen.as_str().unwrap_or_default());
        }
    });
}

#[test]
fn nothing_on_the_page_moves() {
    visit().with_script(WATCH_SHIFTS).read(|reader| async move {
        let mut places: Vec<_> = site::pages().into_iter().map(|page| page.path).collect();
        // Only what is in the window can be seen to move.
        places.push(format!("{}#lab-clock-skew", site::chapter()));
        places.push(format!("{}#hlc", site::chapter()));
        for width in [360, 1280] {
            reader.set_width(width).await;
            for place in &places {
                // From elsewhere, so that the page is loaded and not only scrolled.
                reader.go_to("about:blank").await;
                reader.open(place).await;
                reader.until_drawn().await;
                let shifts = reader.texts("shifts").await;
                assert!(shifts.is_empty(), "{place} at {width} px: {shifts:#?}");
            }
        }
    });
}

#[test]
fn no_page_leaves_a_message_on_the_console() {
    visit().read(|reader| async move {
        for page in site::pages() {
            reader.open(&page.path).await;
            reader.until_drawn().await;
            let messages = reader.console().await;
            assert!(messages.is_empty(), "{}: {messages:#?}", page.path);
        }
    });
}

#[test]
fn the_elements_of_the_file_are_kept_and_not_made_anew() {
    // Marks each element of the page as it is parsed; what the program made itself has no mark.
    let mark = "addEventListener('DOMContentLoaded', () =>
        document.querySelectorAll('#app *').forEach(element => element.fromFile = true));";
    visit().with_script(mark).read(|reader| async move {
        for page in site::pages() {
            reader.open(&page.path).await;
            reader.until_drawn().await;
            let new = "[...document.querySelectorAll('#app *')].filter(e => !e.fromFile && !e.closest('svg'))
                .slice(0, 5).map(e => e.outerHTML.slice(0, 160))";
            let new = reader.texts(new).await;
            assert!(new.is_empty(), "{}: made anew: {new:#?}", page.path);
        }
    });
}
