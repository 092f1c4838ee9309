//! The book in `content/`, built as the site is built, with the labs there are.
#![cfg(feature = "ssr")]
#![expect(clippy::expect_used, reason = "what the tests stand on")]

use happens_before::book::{self, Book, Files, Level, Segment};
use happens_before::labs::catalog::Labs;
use happens_before::pages::head::all_pages;

fn book() -> Book {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let files = Files::read(folder.as_ref()).expect("content/ can be read");
    let (book, problems) = book::build(&files, &Labs);
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "\n{}", lines.join("\n"));
    book
}

#[test]
fn the_content_has_no_problem() {
    assert!(!book().chapters.is_empty());
}

#[test]
fn building_twice_gives_the_same_book() {
    let text = |book: &Book| serde_json::to_string(&(&book.chapters, &book.glossary)).unwrap();
    assert_eq!(text(&book()), text(&book()));
}

#[test]
fn every_chapter_has_questions_of_all_three_levels() {
    for chapter in book().chapters {
        for level in [Level::Foundation, Level::Senior, Level::Staff] {
            let asked = chapter
                .questions
                .iter()
                .filter(|question| question.level == level);
            assert!(
                asked.count() >= 3,
                "{} has too few {level:?} questions",
                chapter.card.slug
            );
        }
    }
}

/// What every chapter has at least, and how many words at least and at most.
#[test]
fn every_chapter_is_complete() {
    let mut lacking = Vec::new();
    for chapter in book().chapters {
        let text: String = chapter.segments.iter().filter_map(html).collect();
        let count = |is: fn(&Segment) -> bool| chapter.segments.iter().filter(|s| is(s)).count();
        let quizzes = count(|s| matches!(s, Segment::Quiz(_) | Segment::Predict(_)));
        let has = [
            (
                "worked examples",
                text.matches("<strong>Worked example").count(),
                4,
            ),
            ("figures", text.matches("<figure").count(), 3),
            ("quiz items", quizzes, 6),
            ("exercises", count(|s| matches!(s, Segment::Exercise(_))), 4),
            ("questions", chapter.questions.len(), 12),
            ("sources", chapter.sources.len(), 8),
            ("words", chapter.words, 2_500),
        ];
        let slug = &chapter.card.slug;
        for (what, has, least) in has.into_iter().filter(|(_, has, least)| has < least) {
            lacking.push(format!("{slug} has {has} {what}, of at least {least}"));
        }
        if chapter.words > 4_500 {
            lacking.push(format!(
                "{slug} has {} words, of at most 4,500",
                chapter.words
            ));
        }
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
}

fn html(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Html(markup) => markup.0.as_deref(),
        _ => None,
    }
}

#[test]
fn every_concept_is_on_the_concept_map() {
    let book = book();
    let map = book.pages.iter().find(|page| page.card.slug == "concepts");
    let map = map
        .and_then(|page| page.text.0.as_deref())
        .expect("there is a concept map");
    for entry in &book.glossary {
        let address = format!("chapter/{}/#{}", entry.chapter, entry.id);
        assert!(
            map.contains(&address),
            "{} is not on the concept map",
            entry.id
        );
    }
}

#[test]
fn every_page_has_an_address_a_title_and_a_description_of_its_own() {
    let book = book();
    let pages = all_pages(&book.contents, &book.chapters, &book.bank.questions);
    for (index, page) in pages.iter().enumerate() {
        assert!(
            page.path.starts_with('/') && page.path.ends_with('/'),
            "{}",
            page.path
        );
        assert!(
            page.description.len() >= 20,
            "{} says nothing of itself",
            page.path
        );
        for other in &pages[index + 1..] {
            assert_ne!(page.path, other.path);
            assert_ne!(page.title, other.title);
        }
    }
}

#[test]
fn what_a_page_holds_as_data_does_not_grow_with_its_text() {
    for chapter in book().chapters {
        let skeleton = chapter.skeleton();
        let (bare, full) = (
            serde_json::to_string(&skeleton).unwrap().len(),
            serde_json::to_string(&chapter).unwrap().len(),
        );
        assert!(bare * 20 < full, "{bare} of {full} bytes are left");
    }
}
