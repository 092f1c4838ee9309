//! What stands around the chapters: question bank, questions' own pages, concept map, terms.

use serde_json::json;

use crate::reader::{Reader, visit};
use crate::site;

/// How many of the elements with this selector are shown.
fn shown(selector: &str) -> String {
    format!(
        "[...document.querySelectorAll({})].filter(e => e.checkVisibility()).length",
        json!(selector)
    )
}

/// Chooses in one of the bank's menus, by its label.
async fn choose(reader: &Reader, menu: &str, option: &str) {
    let script = format!(
        "const label = [...document.querySelectorAll('.filters label')]
            .find(label => label.querySelector('span').textContent === {});
        const select = label.querySelector('select');
        select.value = {};
        select.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        json!(menu),
        json!(option)
    );
    reader.run(&script).await;
}

#[test]
fn the_bank_shows_the_questions_that_fit_all_menus() {
    visit().read(|reader| async move {
        let questions = &site::book().bank.questions;
        let first = &questions[0];
        reader.open("/questions/").await;
        let all = format!("{} === {}", shown(".bank .question"), questions.len());
        reader.expect("all questions are shown", &all).await;
        choose(&reader, "Level", "staff").await;
        choose(&reader, "Chapter", &first.chapter).await;
        let fits = questions.iter().filter(|question| {
            question.chapter == first.chapter
                && question.level == happens_before::book::Level::Staff
        });
        let some = format!("{} === {}", shown(".bank .question"), fits.count());
        reader.until("only those that fit are left", &some).await;
        choose(&reader, "Level", "").await;
        choose(&reader, "Concept", &first.concepts[0]).await;
        let about = questions.iter().filter(|question| {
            question.chapter == first.chapter && question.concepts.contains(&first.concepts[0])
        });
        let some = format!("{} === {}", shown(".bank .question"), about.count());
        reader.until("only those about the concept", &some).await;
    });
}

#[test]
fn an_answer_of_the_bank_comes_when_its_question_is_unfolded() {
    visit().read(|reader| async move {
        reader.open("/questions/").await;
        reader.click(".bank .question summary").await;
        reader
            .until(
                "the answer is there",
                &format!("{} === 1", shown(".bank .answer")),
            )
            .await;
    });
}

#[test]
fn a_question_has_a_page_of_its_own_with_its_answer_folded() {
    visit().read(|reader| async move {
        let question = &site::book().bank.questions[0];
        reader.open("/questions/").await;
        reader.click(".bank .question summary").await;
        reader
            .click(".bank .question[open] a[href^='question/']")
            .await;
        reader
            .until(
                "the question's page is shown",
                &format!(
                    "location.pathname.endsWith({})",
                    json!(format!("/question/{}/", question.id))
                ),
            )
            .await;
        reader
            .until(
                "its title is that of the page",
                &format!("document.title.startsWith({})", json!(question.title)),
            )
            .await;
        let folded = format!("{} === 0", shown(".question-alone .answer"));
        reader.expect("the answer is folded", &folded).await;
        reader.click(".question-answer summary").await;
        let unfolded = format!("{} === 1", shown(".question-alone .answer"));
        reader.until("the answer is shown", &unfolded).await;
    });
}

#[test]
fn a_box_of_the_concept_map_leads_to_where_the_concept_is_defined() {
    visit().read(|reader| async move {
        reader.open("/concepts/").await;
        reader
            .run("document.querySelector('.concept-map a[href^=\"chapter/\"]').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))")
            .await;
        reader
            .until(
                "the definition is on the page",
                "document.querySelector('.define:target') !== null || \
                 document.getElementById(location.hash.slice(1))?.matches('.define') === true",
            )
            .await;
    });
}

/// The first term in the text of a chapter that is shown without unfolding anything.
const TERM: &str = "[...document.querySelectorAll('a.term')].find(a => a.checkVisibility())";

async fn open_terms(reader: &Reader) {
    reader.open("/concepts/").await;
    reader
        .run(&format!("{TERM}.scrollIntoView({{ block: 'center' }})"))
        .await;
}

#[test]
fn a_term_shows_its_glossary_entry_when_it_has_the_focus_and_escape_takes_it_away() {
    visit().read(|reader| async move {
        open_terms(&reader).await;
        reader.run(&format!("{TERM}.focus({{ preventScroll: true }})")).await;
        reader
            .until("the card is shown", &format!("{} === 1", shown(".term-card")))
            .await;
        reader
            .expect(
                "it is the entry of the term",
                &format!(
                    "document.querySelector('.term-card dfn').textContent.toLowerCase() === {TERM}.textContent.toLowerCase()"
                ),
            )
            .await;
        reader
            .expect(
                "the link is described by it",
                &format!("{TERM}.getAttribute('aria-describedby') === document.querySelector('.term-card').id"),
            )
            .await;
        reader.run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))").await;
        reader
            .until("the card is gone", &format!("{} === 0", shown(".term-card")))
            .await;
    });
}

#[test]
fn the_first_tap_on_a_term_shows_its_card_and_the_second_follows_it() {
    visit().read(|reader| async move {
        open_terms(&reader).await;
        let tap = format!(
            "for (const type of ['pointerdown', 'pointerup']) {TERM}.dispatchEvent(new PointerEvent(type, {{ bubbles: true, pointerType: 'touch' }}));
            {TERM}.click();"
        );
        reader.run(&tap).await;
        reader
            .until("the card is shown", &format!("{} === 1", shown(".term-card")))
            .await;
        reader.expect("the page has stayed", "location.pathname.endsWith('/concepts/')").await;
        reader.run(&tap).await;
        reader
            .until("the chapter is shown", "location.pathname.includes('/chapter/')")
            .await;
    });
}
