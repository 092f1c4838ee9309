//! What axe finds: https://github.com/dequelabs/axe-core, whose script `tools/setup test` installs.

use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::json;

use crate::lab::Lab;
use crate::reader::{Reader, visit};
use crate::site;

/// The script's text. Its place is in `AXE`, as `make test` sets it.
fn axe() -> &'static str {
    static AXE: OnceLock<String> = OnceLock::new();
    AXE.get_or_init(|| {
        let place = std::env::var_os("AXE").map(PathBuf::from);
        let place =
            place.expect("AXE is to name axe.min.js; run the browser tests by: make browser");
        std::fs::read_to_string(&place)
            .unwrap_or_else(|error| panic!("{}: {error}", place.display()))
    })
}

/// Everything of WCAG 2.2 A and AA that axe knows, and what it thinks good besides.
const ALL: &str =
    "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }";
/// Not held: the rule wants all that is seen in a button within its name, as one text. The buttons
/// in a picture show several texts, and their names say each of them in a sentence.
const NOT: &str = "{ rules: { 'label-content-name-mismatch': { enabled: false } } }";
/// The contrast alone: what the other theme may have otherwise.
const CONTRAST: &str = "{ runOnly: { type: 'rule', values: ['color-contrast'] } }";

/// What axe finds in the element that a selector finds, a line for each rule.
async fn violations(reader: &Reader, selector: &str, options: &str) -> Vec<String> {
    if reader.see("typeof axe").await == json!("undefined") {
        reader.run(axe()).await;
    }
    let script = format!(
        "const done = arguments[0];
        axe.run({}, Object.assign({options}, {NOT})).then(found => done(found.violations.map(rule =>
            `${{rule.id}}: ${{rule.help}}: ` + rule.nodes.slice(0, 6).map(node =>
                `${{node.target}} (${{node.any.concat(node.all, node.none).map(check => check.message).join('; ').slice(0, 160)}})`
            ).join(' | '))), why => done([`axe failed: ${{why}}`]));",
        json!(selector)
    );
    reader.wait_for_texts(&script).await
}

async fn expect_none(reader: &Reader, where_: &str, selector: &str, options: &str) {
    let found = violations(reader, selector, options).await;
    assert!(found.is_empty(), "{where_}: {found:#?}");
}

async fn choose_theme(reader: &Reader, theme: &str) {
    reader
        .run(&format!(
            "document.documentElement.dataset.theme = '{theme}'"
        ))
        .await;
    reader.until_drawn().await;
}

#[test]
fn axe_finds_nothing_on_any_page() {
    visit().read(|reader| async move {
        let mut found = Vec::new();
        for page in site::pages() {
            reader.open(&page.path).await;
            for violation in violations(&reader, "html", ALL).await {
                found.push(format!("{}: {violation}", page.path));
            }
        }
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn the_dark_theme_has_contrast_on_every_page() {
    visit().read(|reader| async move {
        let mut found = Vec::new();
        for page in site::pages() {
            reader.open(&page.path).await;
            choose_theme(&reader, "dark").await;
            for violation in violations(&reader, "html", CONTRAST).await {
                found.push(format!("{}: {violation}", page.path));
            }
        }
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn axe_finds_nothing_on_a_phone() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        for page in ["/".to_owned(), site::chapter(), "/questions/".to_owned()] {
            reader.open(&page).await;
            expect_none(&reader, &page, "html", ALL).await;
        }
    });
}

/// The labs with their chapters.
fn labs() -> Vec<(String, String)> {
    let mut labs = Vec::new();
    for chapter in &site::book().chapters {
        for segment in &chapter.segments {
            if let happens_before::book::Segment::Lab(block) = segment {
                labs.push((
                    format!("/chapter/{}/", chapter.card.slug),
                    block.lab.clone(),
                ));
            }
        }
    }
    labs
}

#[test]
fn axe_finds_nothing_in_a_lab_that_has_been_played_and_unfolded() {
    visit().read(|reader| async move {
        for (chapter, lab) in labs() {
            reader.open(&chapter).await;
            let root = format!("#lab-{lab}");
            for _ in 0..5 {
                reader.click(&format!("{root} [data-do='step']")).await;
            }
            expect_none(&reader, &format!("{lab}, a few steps on"), &root, ALL).await;
            reader.unfold_all(&root).await;
            reader.until_drawn().await;
            expect_none(&reader, &format!("{lab}, unfolded"), &root, ALL).await;
            choose_theme(&reader, "dark").await;
            expect_none(&reader, &format!("{lab}, unfolded, dark"), &root, CONTRAST).await;
        }
    });
}

#[test]
fn axe_finds_nothing_in_a_lab_that_fills_the_screen_or_tells_of_a_broken_promise() {
    visit().read(|reader| async move {
        let lab = Lab::open_run(reader, "clock-skew;scenario=lost-update;at=end").await;
        lab.until(
            "the promise is broken",
            "lab.querySelector('.lab-verdicts [data-broken=true]')",
        )
        .await;
        expect_none(&lab.reader, "a broken promise", "#lab-clock-skew", ALL).await;
        lab.press("full-screen").await;
        lab.until("it fills the screen", "lab.classList.contains('lab-full')")
            .await;
        expect_none(&lab.reader, "the full screen", "#lab-clock-skew", ALL).await;
    });
}

#[test]
fn axe_finds_nothing_in_a_lab_alone() {
    visit().read(|reader| async move {
        for (_, lab) in labs() {
            let page = format!("/embed/{lab}/");
            reader.open(&page).await;
            expect_none(&reader, &page, "html", ALL).await;
        }
    });
}
