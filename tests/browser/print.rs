//! Readers with a printer: a chapter on paper, a lab as a figure, answers by choice, and the whole
//! book on one page.

use serde_json::json;

use crate::reader::{Reader, visit};
use crate::site;

/// How wide the text of an A4 page is, in the browser's pixels.
const PAPER: u32 = 643;

impl Reader {
    /// The page as it goes to paper, from here on.
    async fn look_at_paper(&self) {
        self.run("dispatchEvent(new Event('beforeprint'))").await;
        self.set_width(PAPER).await;
        let print = json!({ "media": "print" });
        self.devtools("Emulation.setEmulatedMedia", print).await;
        self.until_drawn().await;
    }

    /// Printing has ended.
    async fn look_at_screen(&self) {
        let screen = json!({ "media": "" });
        self.devtools("Emulation.setEmulatedMedia", screen).await;
        self.run("dispatchEvent(new Event('afterprint'))").await;
        self.until_drawn().await;
    }

    /// Which of these elements are shown, as the beginnings of their HTML.
    async fn shown(&self, selector: &str) -> Vec<String> {
        let is_shown = "e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && e.getBoundingClientRect().width > 1";
        self.texts(&format!(
            "[...document.querySelectorAll({})].filter(e => {is_shown}).map(e => e.outerHTML.slice(0, 160))",
            json!(selector)
        ))
        .await
    }
}

const CONTROLS: &str = "main button, main input, main select, main textarea, .site-header, .site-footer, .outline, .neighbours, .skip, .lab-player, .lab-parameters, .print-piece";

#[test]
fn paper_has_no_navigation_and_nothing_to_press() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader.look_at_paper().await;
        let shown = reader.shown(CONTROLS).await;
        assert!(shown.is_empty(), "on paper: {shown:#?}");
    });
}

#[test]
fn nothing_is_cut_off_at_the_papers_edge() {
    visit().read(|reader| async move {
        for chapter in &site::book().chapters {
            reader
                .open(&format!("/chapter/{}/", chapter.card.slug))
                .await;
            for attribute in ["solutions", "answers", "quiz"] {
                reader
                    .click(&format!("[data-set='data-print-{attribute}']"))
                    .await;
            }
            reader.look_at_paper().await;
            let wider = reader
                .texts(&format!(
                    "[...document.querySelectorAll('main *')]
                        .filter(e => e.checkVisibility() && !e.closest('.visually-hidden, svg, math, .now-line, .past') && e.getBoundingClientRect().right > {PAPER} + 1)
                        .map(e => e.outerHTML.slice(0, 160))"
                ))
                .await;
            assert!(wider.is_empty(), "{}: {wider:#?}", chapter.card.slug);
            reader.look_at_screen().await;
        }
    });
}

#[test]
fn the_dark_theme_never_goes_to_paper() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader
            .run("document.documentElement.dataset.theme = 'dark'")
            .await;
        reader.look_at_paper().await;
        let colours = reader
            .text("(s => s.color + ' on ' + s.backgroundColor)(getComputedStyle(document.body))")
            .await;
        assert_eq!(colours, "rgb(0, 0, 0) on rgb(255, 255, 255)");
    });
}

#[test]
fn links_are_notes_at_the_end_of_the_chapter() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        assert!(reader.shown(".notes").await.is_empty(), "notes on the screen");
        reader.look_at_paper().await;
        reader.expect("there are numbers", "document.querySelector('.prose .to-note')").await;
        let lost = reader
            .texts(
                "[...document.querySelectorAll('.prose .to-note, .notes li')].filter(e => e.checkVisibility())
                    .filter(e => e.matches('li')
                        ? !document.querySelector(`.to-note[data-note='${e.value}']`)
                        : !document.querySelector(`.notes li[value='${e.dataset.note}']`)?.checkVisibility()
                            || !getComputedStyle(e, '::after').content.includes(e.dataset.note))
                    .map(e => e.outerHTML)",
            )
            .await;
        assert!(lost.is_empty(), "numbers without notes, or notes without: {lost:#?}");
        let bare = reader
            .texts(
                "[...document.querySelectorAll('.prose a[href^=http]')].filter(e => e.checkVisibility())
                    .filter(e => !e.nextElementSibling?.matches('.to-note')).map(e => e.outerHTML)",
            )
            .await;
        assert!(bare.is_empty(), "links that paper does not name: {bare:#?}");
    });
}

/// The folded parts of a chapter, and what unfolds them.
const FOLDED: [(&str, &str); 3] = [
    ("solutions", ".exercise details > :not(summary)"),
    ("answers", ".question > .answer"),
    ("quiz", ".quiz .why"),
];

#[test]
fn answers_are_printed_by_choice_and_folded_again_afterwards() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader.look_at_paper().await;
        for (name, selector) in FOLDED {
            let shown = reader.shown(selector).await;
            assert!(shown.is_empty(), "{name} unasked: {shown:#?}");
        }
        reader.look_at_screen().await;
        for (name, selector) in FOLDED {
            let choice = format!("[data-set='data-print-{name}']");
            reader.click(&choice).await;
            reader.look_at_paper().await;
            let all = reader
                .see(&format!("document.querySelectorAll('{selector}').length"))
                .await;
            let shown = reader.shown(selector).await.len();
            assert_eq!(json!(shown), all, "{name} on paper");
            reader.look_at_screen().await;
            let shown = reader.shown(selector).await;
            assert!(
                shown.is_empty(),
                "{name} are open on the screen: {shown:#?}"
            );
            reader.click(&choice).await;
        }
    });
}

#[test]
fn what_the_reader_has_unfolded_stays_unfolded() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader.click(".exercise summary").await;
        reader.click("[data-set='data-print-solutions']").await;
        reader.devtools("Page.printToPDF", json!({})).await;
        reader.until_drawn().await;
        let open = reader
            .see("document.querySelectorAll('.exercise details[open]').length")
            .await;
        assert_eq!(open, json!(1));
    });
}

#[test]
fn without_a_program_paper_says_where_the_answers_are() {
    visit().without_javascript().read(|reader| async move {
        reader.open(&site::chapter()).await;
        let print = json!({ "media": "print" });
        reader.devtools("Emulation.setEmulatedMedia", print).await;
        for (name, selector) in FOLDED {
            let shown = reader.shown(selector).await;
            assert!(shown.is_empty(), "{name}: {shown:#?}");
        }
        for (selector, part) in [
            (".exercise summary", "::after"),
            (".questions > .muted", "::before"),
        ] {
            let said = format!(
                "getComputedStyle(document.querySelector('{selector}'), '{part}').content.includes('page')"
            );
            reader.expect(selector, &said).await;
        }
        let shown = reader.shown(CONTROLS).await;
        assert!(shown.is_empty(), "on paper: {shown:#?}");
        let run = "document.querySelector('.lab .on-paper-link a')";
        reader.expect("the lab has its run", &format!("{run}.checkVisibility() && {run}.textContent.startsWith('chapter/')")).await;
    });
}

#[test]
fn a_lab_prints_its_state_and_the_link_to_it() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        let lab = "document.querySelector('.lab')";
        reader.set(".lab .parameter input[type='range']", "3").await;
        reader.click(".lab [data-do='start']").await;
        reader.click(".lab [data-do='step']").await;
        reader.until_drawn().await;
        let moment = reader
            .text(&format!("{lab}.querySelector('.lab-clock').textContent"))
            .await;
        reader.look_at_paper().await;
        for part in [
            ".lab-title",
            ".lab-stage svg",
            ".on-paper-run",
            ".lab-verdicts",
        ] {
            let shown = reader.shown(&format!(".lab {part}")).await;
            assert!(!shown.is_empty(), "{part} is not on paper");
        }
        let said = reader
            .text(&format!("{lab}.querySelector('.on-paper-run').textContent"))
            .await;
        assert!(
            said.contains(&format!("Shown at {} of", moment.trim())),
            "{said}, at {moment}"
        );
        assert!(said.contains("own run"), "{said}");
        let link = reader
            .text(&format!(
                "{lab}.querySelector('.on-paper-link a').textContent"
            ))
            .await;
        assert!(
            link.starts_with(&reader.address(&site::chapter())),
            "{link}"
        );
        reader.look_at_screen().await;
        let shown = reader.shown(".lab .on-paper").await;
        assert!(shown.is_empty(), "on the screen: {shown:#?}");
        reader.go_to("about:blank").await;
        reader.go_to(&link).await;
        reader.until_ready().await;
        reader
            .until(
                "the run is open",
                &format!(
                    "{lab}.querySelector('.on-paper-run').textContent === {}",
                    json!(said)
                ),
            )
            .await;
    });
}

#[test]
fn an_address_on_paper_is_whole_where_no_lab_has_been_taken_over() {
    visit().below_a_path().read(|reader| async move {
        reader.go_to(&reader.address(&site::chapter())).await;
        reader.until_page_ready().await;
        let lab = ".lab-place:not([data-ready]) .on-paper-link a";
        reader
            .expect("no lab is near", &format!("document.querySelector({})", json!(lab)))
            .await;
        let proof = ".answer > p > .run-link";
        reader.click("[data-set='data-print-answers']").await;
        // Printing twice does no harm.
        reader.run("dispatchEvent(new Event('beforeprint'))").await;
        reader.look_at_paper().await;
        for (selector, part) in [(lab, "::before"), (".notes .of-site", "::before"), (proof, "::after")] {
            let said = reader
                .texts(&format!(
                    "[...document.querySelectorAll({})].map(e => getComputedStyle(e, '{part}').content)",
                    json!(selector)
                ))
                .await;
            assert!(!said.is_empty(), "{selector} is nowhere");
            for content in said {
                let times = content.matches("http://").count();
                assert!(content.contains(reader.site) && times == 1, "{selector}: {content}");
            }
        }
    });
}

#[test]
fn what_plays_stands_still_on_paper() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader.click(".lab [data-do='start']").await;
        reader.click(".lab [data-do='play']").await;
        reader.run("dispatchEvent(new Event('beforeprint'))").await;
        reader.until_drawn().await;
        let lab = "document.querySelector('.lab')";
        let moment = reader
            .text(&format!("{lab}.querySelector('.lab-clock').textContent"))
            .await;
        let said = reader
            .text(&format!("{lab}.querySelector('.on-paper-run').textContent"))
            .await;
        assert!(
            said.contains(&format!("Shown at {} of", moment.trim())),
            "{said}, at {moment}"
        );
    });
}

#[test]
fn the_whole_book_is_one_page_without_a_program() {
    visit().read(|reader| async move {
        reader.open("/").await;
        reader.click("main a[href='book/']").await;
        reader.until("the whole book opens", "document.querySelector('.whole-book')").await;
        for chapter in &site::book().chapters {
            let slug = &chapter.card.slug;
            let there = format!("document.getElementById('{slug}')?.querySelector('h2').textContent === {}", json!(chapter.card.title));
            reader.expect(slug, &there).await;
            let all = format!(
                "document.querySelectorAll('[id=\"{slug}\"] .question .answer').length === {}",
                chapter.questions.len()
            );
            reader.expect("all questions have their answers", &all).await;
        }
        let twice = reader
            .texts("(ids => ids.filter((id, at) => ids.indexOf(id) !== at))([...document.querySelectorAll('[id]')].map(e => e.id))")
            .await;
        assert!(twice.is_empty(), "ids that stand twice: {twice:#?}");
        let broken = reader
            .texts(
                "[...document.querySelectorAll('a[href*=\"book/#\"]')].map(a => a.getAttribute('href'))
                    .filter(to => !document.getElementById(to.split('#')[1]))",
            )
            .await;
        assert!(broken.is_empty(), "links that lead nowhere on the page: {broken:#?}");
        let named = reader
            .texts(
                "[...document.querySelectorAll('[aria-labelledby], [aria-describedby], [for]')]
                    .flatMap(e => ['aria-labelledby', 'aria-describedby', 'for'].flatMap(a => (e.getAttribute(a) || '').split(' ').filter(Boolean)))
                    .filter(id => !document.getElementById(id))",
            )
            .await;
        assert!(named.is_empty(), "names that are nowhere: {named:#?}");
        let asked = reader
            .texts("performance.getEntriesByType('resource').map(r => r.name).filter(name => /[.](wasm|js|json)$/.test(name))")
            .await;
        assert!(asked.is_empty(), "a page without a program loads {asked:#?}");
        let shown = reader.shown("main button, main input, main select").await;
        assert!(shown.is_empty(), "nothing can be pressed here: {shown:#?}");
        reader.set_width(360).await;
        reader.until_drawn().await;
        reader.expect("it does not scroll sideways", "document.documentElement.scrollWidth <= 360").await;
    });
}
