//! What a page says of itself outside of its text: address, title, description.

use crate::book::{Chapter, Contents, QuestionCard};

/// The book's name, as it ends every page's title.
pub const BOOK: &str = "Happens Before";

/// A page that the prerenderer writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Path from the site's root, with a slash at both ends: `/`, `/chapter/x/`.
    pub path: String,
    /// The page's title.
    pub title: String,
    /// One sentence for search engines and previews.
    pub description: String,
}

/// Every page of the book but the one for unknown addresses.
#[must_use]
pub fn all_pages(
    contents: &Contents,
    chapters: &[Chapter],
    questions: &[QuestionCard],
) -> Vec<Head> {
    let page = |path: &str, title: String, description: &str| Head {
        path: path.to_owned(),
        title,
        description: description.to_owned(),
    };
    let mut pages = vec![
        page("/", contents.title.clone(), &contents.subtitle),
        page(
            "/glossary/",
            format!("Glossary · {BOOK}"),
            "The terms of distributed systems, each defined in a sentence or two.",
        ),
        page(
            "/about/",
            format!("About · {BOOK}"),
            "How the simulations are checked, how to share a run, and how to host the book.",
        ),
        page(
            "/your-data/",
            title_of(super::your_data::TITLE),
            "What this book keeps of your reading, in this browser only: look at it, save it as a file, merge another file, or delete it.",
        ),
        page(
            "/questions/",
            title_of(super::bank::TITLE),
            "Interview questions on distributed systems of three levels, each with a short and a full answer.",
        ),
    ];
    pages.extend(chapters.iter().map(|chapter| {
        page(
            &format!("/chapter/{}/", chapter.card.slug),
            title_of(&chapter.card.title),
            &chapter.card.description,
        )
    }));
    let sheets = contents.pages.iter();
    pages.extend(sheets.map(|card| {
        let path = format!("/{}/", card.slug);
        page(&path, title_of(&card.title), &card.description)
    }));
    pages.extend(questions.iter().map(|card| {
        let path = format!("/question/{}/", card.id);
        let of = chapters
            .iter()
            .find(|chapter| chapter.card.slug == card.chapter);
        let of = of.map_or("", |chapter| chapter.card.title.as_str());
        let description = format!(
            "{} An interview question on {of}, with its answer.",
            card.title
        );
        page(&path, title_of(&card.title), &description)
    }));
    pages
}

/// The title of a chapter's page.
#[must_use]
pub fn title_of(chapter: &str) -> String {
    format!("{chapter} · {BOOK}")
}
