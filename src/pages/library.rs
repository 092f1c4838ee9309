//! The chapters as the app has them: the one in the page, those fetched since, and the contents.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::book::{Chapter, ChapterCard, Contents, GlossaryEntry};
use crate::kit::browser;

/// Where the glossary's data is, relative to the site's root.
pub const GLOSSARY_DATA: &str = "data/glossary.json";

/// What stands in a page as data, for the program to take over: all of the contents, and of the
/// page's own text its shape only, since the text is there already.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct PageData {
    /// The book's contents.
    pub contents: Contents,
    /// The chapter that the page shows, without its text.
    pub chapter: Option<Chapter>,
    /// The glossary that the page shows, without its text.
    pub glossary: Option<Vec<GlossaryEntry>>,
}

/// Something that may still be on its way.
#[derive(Clone, Debug)]
pub enum Shelf<T> {
    /// It has been asked for.
    Coming,
    /// It is here.
    Here(Arc<T>),
    /// It did not come; the sentence says why.
    Failed(String),
}

impl<T> PartialEq for Shelf<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Coming, Self::Coming) => true,
            (Self::Here(a), Self::Here(b)) => Arc::ptr_eq(a, b),
            (Self::Failed(a), Self::Failed(b)) => a == b,
            _ => false,
        }
    }
}

/// The book as far as it is here. In the app's context.
#[derive(Clone, Debug)]
pub struct Library {
    /// The book's contents.
    pub contents: Arc<Contents>,
    /// What the page held when it was loaded, to be shown once.
    page: StoredValue<Option<PageData>>,
    chapters: RwSignal<BTreeMap<String, Shelf<Chapter>>>,
    glossary: RwSignal<Option<Shelf<Vec<GlossaryEntry>>>>,
}

impl Library {
    /// The library of the browser: the page's data, all else is fetched.
    #[must_use]
    pub fn from_page(page: PageData) -> Self {
        Self {
            contents: Arc::new(page.contents.clone()),
            page: StoredValue::new(Some(page)),
            chapters: RwSignal::default(),
            glossary: RwSignal::default(),
        }
    }

    /// The library of the host, which has everything.
    #[must_use]
    pub fn complete(contents: &Contents, chapters: &[Chapter], glossary: &[GlossaryEntry]) -> Self {
        let here = |chapter: &Chapter| {
            (
                chapter.card.slug.clone(),
                Shelf::Here(Arc::new(chapter.clone())),
            )
        };
        Self {
            contents: Arc::new(contents.clone()),
            page: StoredValue::new(None),
            chapters: RwSignal::new(chapters.iter().map(here).collect()),
            glossary: RwSignal::new(Some(Shelf::Here(Arc::new(glossary.to_vec())))),
        }
    }

    /// What the contents say about a chapter.
    #[must_use]
    pub fn card(&self, slug: &str) -> Option<&ChapterCard> {
        self.contents.chapters.iter().find(|card| card.slug == slug)
    }

    /// The chapters before and after this one.
    #[must_use]
    pub fn neighbours(&self, slug: &str) -> (Option<ChapterCard>, Option<ChapterCard>) {
        let chapters = &self.contents.chapters;
        let Some(here) = chapters.iter().position(|card| card.slug == slug) else {
            return (None, None);
        };
        let before = here.checked_sub(1).and_then(|before| chapters.get(before));
        (before.cloned(), chapters.get(here + 1).cloned())
    }

    /// The chapter that the page itself holds, if it is this one; given out once.
    #[must_use]
    pub fn chapter_of_page(&self, slug: &str) -> Option<Arc<Chapter>> {
        let mut page = self.page.write_value();
        let chapter = page.as_mut()?.chapter.take()?;
        (chapter.card.slug == slug).then(|| Arc::new(chapter))
    }

    /// The glossary that the page itself holds; given out once.
    #[must_use]
    pub fn glossary_of_page(&self) -> Option<Arc<Vec<GlossaryEntry>>> {
        self.page
            .write_value()
            .as_mut()?
            .glossary
            .take()
            .map(Arc::new)
    }

    /// A chapter; asks for it if it is not here. Follows it while it comes.
    #[must_use]
    pub fn chapter(&self, slug: &str) -> Shelf<Chapter> {
        match self.chapters.with(|chapters| chapters.get(slug).cloned()) {
            Some(shelf) => shelf,
            None => {
                self.fetch_chapter(slug);
                Shelf::Coming
            }
        }
    }

    /// Asks for a chapter that will probably be opened next.
    pub fn expect_chapter(&self, slug: &str) {
        let asked = self
            .chapters
            .with_untracked(|chapters| chapters.contains_key(slug));
        if !asked {
            self.fetch_chapter(slug);
        }
    }

    /// Asks once more for a chapter that did not come.
    pub fn ask_again(&self, slug: &str) {
        self.fetch_chapter(slug);
    }

    fn fetch_chapter(&self, slug: &str) {
        let Some(path) = self.card(slug).map(|card| card.data.clone()) else {
            return;
        };
        let chapters = self.chapters;
        let slug = slug.to_owned();
        spawn_local(async move {
            chapters.update(|chapters| {
                chapters.insert(slug.clone(), Shelf::Coming);
            });
            let shelf = fetch(&path).await;
            chapters.update(|chapters| {
                chapters.insert(slug, shelf);
            });
        });
    }

    /// The glossary; asks for it if it is not here.
    #[must_use]
    pub fn glossary(&self) -> Shelf<Vec<GlossaryEntry>> {
        match self.glossary.get() {
            Some(shelf) => shelf,
            None => {
                let glossary = self.glossary;
                spawn_local(async move {
                    glossary.set(Some(fetch(GLOSSARY_DATA).await));
                });
                Shelf::Coming
            }
        }
    }
}

async fn fetch<T: for<'a> Deserialize<'a>>(path: &str) -> Shelf<T> {
    match browser::fetch_text(path).await {
        Ok(text) => match serde_json::from_str(&text) {
            Ok(value) => Shelf::Here(Arc::new(value)),
            Err(_) => Shelf::Failed(
                "What came is of another edition of the book: load the page again.".to_owned(),
            ),
        },
        Err(sentence) => Shelf::Failed(sentence),
    }
}
