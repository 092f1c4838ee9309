//! What holds on every page of the book.

use serde_json::json;

use crate::reader::{Reader, visit};
use crate::site;

/// Opens every page, and gathers what a list of texts finds wrong there.
async fn faults(reader: &Reader, expression: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for page in site::pages() {
        reader.open(&page.path).await;
        for fault in reader.texts(expression).await {
            faults.push(format!("{}: {fault}", page.path));
        }
    }
    faults
}

fn none_on_any_page(what: &'static str, expression: &'static str) {
    visit().read(move |reader| async move {
        let found = faults(&reader, expression).await;
        assert!(found.is_empty(), "{what}: {found:#?}");
    });
}

/// Why the page is wider than the window: the elements that reach beyond its right edge, and do not
/// stand in something that scrolls by itself.
const TOO_WIDE: &str = "(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= innerWidth) return [];
    const scrolls = e => e && e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
    const name = e => `${e.tagName.toLowerCase()}.${e.className.baseVal ?? e.className}`;
    const sticksOut = e => e.getBoundingClientRect().right + scrollX > innerWidth + 0.5;
    const wide = [...document.querySelectorAll('body *')]
        .filter(e => sticksOut(e) && !sticksOut(e.parentElement) && !scrolls(e.parentElement))
        .map(e => `${name(e)} in ${name(e.parentElement)} to ${Math.round(e.getBoundingClientRect().right)} px: ${e.textContent.trim().slice(0, 40)}`);
    return [`the page is ${root.scrollWidth} px wide in a window of ${innerWidth} px`].concat(wide.slice(0, 12));
})()";

async fn fits(reader: &Reader, width: u32) {
    reader.set_width(width).await;
    let found = faults(reader, TOO_WIDE).await;
    assert!(
        found.is_empty(),
        "scrolls sideways at {width} px: {found:#?}"
    );
}

#[test]
fn no_page_scrolls_sideways_on_a_phone() {
    visit().read(|reader| async move {
        fits(&reader, 360).await;
        fits(&reader, 320).await;
    });
}

#[test]
fn no_page_scrolls_sideways_with_everything_unfolded() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        for page in site::pages() {
            reader.open(&page.path).await;
            reader.unfold_all("body").await;
            let found = reader.texts(TOO_WIDE).await;
            assert!(
                found.is_empty(),
                "{} scrolls sideways: {found:#?}",
                page.path
            );
        }
    });
}

#[test]
fn no_page_scrolls_sideways_on_a_desk() {
    visit().read(|reader| async move { fits(&reader, 1440).await });
}

#[test]
fn every_id_stands_for_one_element() {
    none_on_any_page(
        "ids given more than once",
        "[...document.querySelectorAll('[id]')].map(e => e.id)
            .filter((id, at, all) => all.indexOf(id) !== at)",
    );
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    none_on_any_page(
        "headings that skip a level, or a page without exactly one h1",
        "(() => {
            const main = [...document.querySelectorAll('main h1, main h2, main h3, main h4, main h5, main h6')];
            const level = e => Number(e.tagName[1]);
            const skips = main.filter((e, at) => level(e) > (at ? level(main[at - 1]) : 0) + 1)
                .map(e => `${e.tagName} ${e.textContent}`);
            const ones = document.querySelectorAll('h1').length;
            return ones === 1 ? skips : skips.concat([`${ones} h1`]);
        })()",
    );
}

#[test]
fn pictures_labs_and_controls_have_names() {
    none_on_any_page(
        "without a name",
        "(() => {
            const named = e => e.getAttribute('aria-label') || e.title
                || (e.getAttribute('aria-labelledby') || '').split(' ').some(id => document.getElementById(id)?.textContent.trim())
                || e.alt || [...(e.labels || [])].some(l => l.textContent.trim())
                || ('BUTTON A SUMMARY'.includes(e.tagName) && e.textContent.trim())
                || e.querySelector(':scope > title')?.textContent.trim();
            const hidden = e => e.closest('[aria-hidden=true]') || e.getAttribute('role') === 'presentation' || e.alt === '' || e.closest('[hidden]');
            return [...document.querySelectorAll('img, svg, .lab, button, a[href], summary, input, select, nav, section.quiz')]
                .filter(e => !named(e) && !hidden(e) && !e.parentElement.closest('svg'))
                .map(e => e.outerHTML.slice(0, 160));
        })()",
    );
}

#[test]
fn every_page_names_its_language_and_has_its_landmarks() {
    none_on_any_page(
        "missing",
        "['html[lang]', 'header', 'main#main', 'footer', 'a.skip', 'title'].filter(s => !document.querySelector(s))",
    );
}

#[test]
fn no_request_goes_to_another_host() {
    none_on_any_page(
        "asked elsewhere",
        "performance.getEntriesByType('resource').map(r => r.name)
            .filter(name => !name.startsWith(location.origin + '/') && !name.startsWith('data:'))",
    );
}

#[test]
fn the_skip_link_is_the_first_stop_and_leads_to_the_text() {
    visit().read(|reader| async move {
        for page in site::pages() {
            reader.open(&page.path).await;
            reader.press_key(fantoccini::key::Key::Tab).await;
            reader.until("the skip link has the focus", "document.activeElement.matches('a.skip')").await;
            let shown = "(r => r.top >= 0 && r.left >= 0 && r.width > 20)(document.activeElement.getBoundingClientRect())";
            reader.until("the skip link is shown when it has the focus", shown).await;
            reader.press_key(fantoccini::key::Key::Enter).await;
            reader.until("the focus is in the text", "document.activeElement.id === 'main'").await;
            let place = reader.current_address().await;
            assert!(place.starts_with(&reader.address(&page.path)), "skipped away to {place}");
        }
    });
}

#[test]
fn the_focus_is_always_visible() {
    visit().read(|reader| async move {
        reader.open("/").await;
        for _ in 0..8 {
            reader.press_key(fantoccini::key::Key::Tab).await;
            let ring = "(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 || s.boxShadow !== 'none')
                (getComputedStyle(document.activeElement))";
            reader.expect("what has the focus has a ring", ring).await;
        }
    });
}

#[test]
fn text_can_be_read_against_its_ground_in_both_themes() {
    visit().read(|reader| async move {
        for theme in ["light", "dark"] {
            reader.open(&site::chapter()).await;
            reader
                .run(&format!(
                    "document.documentElement.dataset.theme = {}",
                    json!(theme)
                ))
                .await;
            let seen = reader.see(CONTRAST).await;
            let ratio = seen.as_f64().unwrap_or_default();
            assert!(
                ratio >= 4.5,
                "{theme}: the contrast of the text is only {ratio:.2}"
            );
        }
    });
}

/// The contrast ratio (WCAG) of a paragraph's text, computed from what the browser paints.
const CONTRAST: &str = "(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgb = color => { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
    let ground = document.querySelector('main p.lead');
    const ink = light(rgb(getComputedStyle(ground).color));
    while (ground && rgb('white') && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
    const paper = light(rgb(ground ? getComputedStyle(ground).backgroundColor : 'white'));
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
})()";
