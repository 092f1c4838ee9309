//! The book in `content/`, built as the site is built, with the labs there are.
#![cfg(feature = "ssr")]
#![expect(clippy::expect_used, reason = "what the tests stand on")]

use happens_before::book::{self, Book, Files, Level};
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
fn chapters_of_the_skeleton_keep_their_shape_and_lose_their_text() {
    for chapter in book().chapters {
        let skeleton = chapter.skeleton();
        assert_eq!(skeleton.segments.len(), chapter.segments.len());
        let (bare, full) = (
            serde_json::to_string(&skeleton).unwrap().len(),
            serde_json::to_string(&chapter).unwrap().len(),
        );
        assert!(bare * 4 < full, "{bare} of {full} bytes are left");
    }
}
