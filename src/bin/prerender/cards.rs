//! Which page is shown by which picture in a link preview, and the files of the pictures.

use std::collections::BTreeMap;

use happens_before::book::Book;

use crate::card::Card;
use crate::digest;

/// A picture's file, from the site's root, and what it says to those who cannot see it.
#[derive(Clone, Debug)]
pub struct Picture {
    /// `card/<name>-<hash>.png`
    pub file: String,
    /// What stands on it.
    pub says: String,
    /// The PNG.
    pub png: Vec<u8>,
}

/// The pictures: one for the book, one for each chapter.
#[derive(Debug)]
pub struct Cards {
    book: Picture,
    chapters: BTreeMap<String, Picture>,
    chapter_of: BTreeMap<String, String>,
}

impl Cards {
    /// Draws them all.
    ///
    /// # Errors
    /// A sentence when one could not be drawn.
    pub fn draw(book: &Book) -> Result<Self, String> {
        let contents = &book.contents;
        let mut chapters = BTreeMap::new();
        for chapter in &book.chapters {
            let card = Card {
                book: &contents.title,
                over: &format!("Chapter {}", chapter.card.number),
                title: &chapter.card.title,
                question: &chapter.card.question,
                number: chapter.card.number,
            };
            let slug = &chapter.card.slug;
            chapters.insert(slug.clone(), picture(slug, &card)?);
        }
        let card = Card {
            book: "",
            over: "",
            title: &contents.title,
            question: &contents.subtitle,
            number: 0,
        };
        let questions = book.bank.questions.iter();
        Ok(Self {
            book: picture("book", &card)?,
            chapters,
            chapter_of: questions
                .map(|card| (card.id.clone(), card.chapter.clone()))
                .collect(),
        })
    }

    /// The picture of a page: the chapter's own, also for its questions; the book's for all others.
    pub fn of(&self, path: &str) -> &Picture {
        let chapter = match path.trim_matches('/').split_once('/') {
            Some(("chapter", slug)) => Some(slug),
            Some(("question", id)) => self.chapter_of.get(id).map(String::as_str),
            _ => None,
        };
        chapter
            .and_then(|slug| self.chapters.get(slug))
            .unwrap_or(&self.book)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Picture> {
        self.chapters.values().chain([&self.book])
    }
}

fn picture(name: &str, card: &Card<'_>) -> Result<Picture, String> {
    let png = card.png()?;
    let words = [card.book, card.over, card.title, card.question];
    let words: Vec<_> = words.into_iter().filter(|text| !text.is_empty()).collect();
    Ok(Picture {
        file: format!("card/{name}-{}.png", digest::short(&png)),
        says: words.join(". "),
        png,
    })
}
