//! The pages as files: what a server gives to anybody who asks, with or without a browser.

use std::collections::BTreeMap;

use happens_before::sim::{self, link};

use crate::reader::{Reader, visit};
use crate::site;

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

/// What stands between two marks.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(open)?;
    Some(rest.split_once(close)?.0)
}

#[test]
fn every_page_is_a_file_with_its_title_and_description() {
    for page in site::pages() {
        let answer = site::get(&format!("{}{}", site::at_root(), &page.path[1..]));
        assert_eq!(answer.status, 200, "{}", page.path);
        assert!(
            answer.head.contains("content-type: text/html"),
            "{}: {}",
            page.path,
            answer.head
        );
        let title = between(&answer.text, "<title>", "</title>");
        assert_eq!(title.map(unescaped), Some(page.title), "{}", page.path);
        let description = between(&answer.text, "<meta name=\"description\" content=\"", "\"");
        assert!(
            !page.description.is_empty(),
            "{} has no description",
            page.path
        );
        assert_eq!(
            description.map(unescaped),
            Some(page.description),
            "{}",
            page.path
        );
    }
}

#[test]
fn the_files_hold_every_paragraph_question_and_solution_of_a_chapter() {
    for chapter in &site::book().chapters {
        let page = format!("chapter/{}/", chapter.card.slug);
        let text = site::get(&format!("{}{page}", site::at_root())).text;
        for heading in &chapter.outline {
            assert!(
                text.contains(&format!("id=\"{}\"", heading.id)),
                "{page} lacks {}",
                heading.text
            );
        }
        let questions = chapter.questions.iter().flat_map(|question| {
            [
                &question.ask,
                &question.short,
                &question.full,
                &question.mistakes,
            ]
        });
        let passages = chapter.segments.iter().filter_map(|segment| match segment {
            happens_before::book::Segment::Html(markup) => Some(markup),
            happens_before::book::Segment::Exercise(exercise) => Some(&exercise.solution),
            _ => None,
        });
        for markup in questions.chain(passages) {
            let html = markup.0.as_deref().unwrap_or_default();
            assert!(text.contains(html), "{page} lacks: {html}");
        }
    }
}

#[test]
fn the_program_is_served_as_webassembly_and_holds_no_prose() {
    let home = site::get(site::at_root()).text;
    let name = between(&home, "fetch(\"./", "\"").expect("the page names its program");
    let program = site::get(&format!("{}{name}", site::at_root()));
    assert!(
        program.head.contains("content-type: application/wasm"),
        "{}",
        program.head
    );
    let chapter = site::full_chapter();
    assert!(
        !program.text.contains(&chapter.card.question),
        "the program carries the chapter's question"
    );
}

/// The links of a page that stay on the site, resolved, each as often as it stands there.
async fn links_of(reader: &Reader) -> Vec<String> {
    reader
        .texts("[...document.querySelectorAll('a[href]')].map(a => a.href.baseVal === undefined ? a.href : new URL(a.href.baseVal, document.baseURI).href)")
        .await
        .into_iter()
        .filter(|address| address.starts_with(reader.site))
        .collect()
}

/// What is wrong with a link, if anything is.
fn fault(files: &mut BTreeMap<String, site::Answer>, address: &str) -> Option<String> {
    let (page, anchor) = address.split_once('#').unwrap_or((address, ""));
    let file = files
        .entry(page.to_owned())
        .or_insert_with(|| site::get(page));
    if file.status != 200 {
        return Some(format!("the server answers {}", file.status));
    }
    if let Some(run) = anchor.strip_prefix("run=") {
        let lab = link::lab_id(run).and_then(sim::lab)?;
        let notices = link::decode(lab, run).notices;
        let lab_there = file.text.contains(&format!("data-lab=\"{}\"", lab.id));
        return match (notices.first(), lab_there) {
            (Some(notice), _) => Some(notice.to_string()),
            (None, false) => Some(format!("there is no lab {} on the page", lab.id)),
            (None, true) => None,
        };
    }
    let there = anchor.is_empty() || file.text.contains(&format!("id=\"{anchor}\""));
    (!there).then(|| "the page has no such anchor".to_owned())
}

fn every_link_leads_somewhere(visit: crate::reader::Visit) {
    visit.read(|reader| async move {
        let mut files = BTreeMap::new();
        let mut faults = Vec::new();
        for page in site::pages() {
            reader.open(&page.path).await;
            let links = links_of(&reader).await;
            assert!(
                links.len() > 3,
                "{} has only the links {links:?}",
                page.path
            );
            for address in links {
                if let Some(why) = fault(&mut files, &address) {
                    faults.push(format!("{} on {}: {why}", address, page.path));
                }
            }
        }
        assert!(faults.is_empty(), "links that lead nowhere: {faults:#?}");
    });
}

#[test]
fn every_link_and_anchor_leads_to_something_that_exists() {
    every_link_leads_somewhere(visit());
}

#[test]
fn every_link_and_anchor_leads_to_something_that_exists_below_a_path() {
    every_link_leads_somewhere(visit().below_a_path());
}

#[test]
fn links_are_right_before_the_program_has_taken_over() {
    every_link_leads_somewhere(visit().without_javascript());
}
