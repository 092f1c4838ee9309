//! The book as the app has it: what the page holds, what was fetched since, and the contents.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::frame::chapter_address;
use crate::book::{
    Bank, Chapter, ChapterCard, Contents, GlossaryEntry, Page, Question, QuestionCard,
};
use crate::kit::browser;

/// What stands in a page as data, for the program to take over: all of the contents, and of the
/// page's own text its shape only, since the text is there already.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct PageData {
    /// The book's contents.
    pub contents: Contents,
    /// What the page shows.
    pub shown: Shown,
}

/// What a page shows, without its text.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub enum Shown {
    /// Nothing that comes as data.
    #[default]
    Nothing,
    /// A chapter.
    Chapter(Chapter),
    /// The glossary.
    Glossary(Vec<GlossaryEntry>),
    /// A page beside the chapters.
    Page(Page),
    /// The list of all questions.
    Questions(Bank),
    /// One question, with what the list says of it.
    Question(QuestionCard, Question),
}

/// Something that may still be on its way.
#[derive(Debug)]
pub enum Shelf<T> {
    /// It has been asked for.
    Coming,
    /// It is here.
    Here(Arc<T>),
    /// It did not come; the sentence says why.
    Failed(String),
}

impl<T> Clone for Shelf<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Coming => Self::Coming,
            Self::Here(value) => Self::Here(value.clone()),
            Self::Failed(why) => Self::Failed(why.clone()),
        }
    }
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

impl<T> Shelf<T> {
    fn of(value: T) -> Self {
        Self::Here(Arc::new(value))
    }
}

/// What has been fetched, by the path of its file.
type Shelves<T> = RwSignal<BTreeMap<String, Shelf<T>>>;

/// The book as far as it is here. In the app's context.
#[derive(Clone, Debug)]
pub struct Library {
    /// The book's contents.
    pub contents: Arc<Contents>,
    /// What the page held when it was loaded, to be shown once.
    page: StoredValue<Shown>,
    chapters: Shelves<Chapter>,
    pages: Shelves<Page>,
    glossary: Shelves<Vec<GlossaryEntry>>,
    bank: Shelves<Bank>,
}

impl Library {
    /// The library of the browser: the page's data, all else is fetched.
    #[must_use]
    pub fn from_page(page: PageData) -> Self {
        Self {
            contents: Arc::new(page.contents),
            page: StoredValue::new(page.shown),
            chapters: RwSignal::default(),
            pages: RwSignal::default(),
            glossary: RwSignal::default(),
            bank: RwSignal::default(),
        }
    }

    /// The library of the host, which has everything: `contents` with the names of all files.
    #[must_use]
    pub fn complete(
        contents: &Contents,
        chapters: &[Chapter],
        pages: &[Page],
        glossary: &[GlossaryEntry],
        bank: &Bank,
    ) -> Self {
        let one = |path: &String| path.clone();
        let chapters = chapters
            .iter()
            .map(|chapter| (one(&chapter.card.data), Shelf::of(chapter.clone())));
        let pages = pages
            .iter()
            .map(|page| (one(&page.card.data), Shelf::of(page.clone())));
        let glossary = (one(&contents.glossary), Shelf::of(glossary.to_vec()));
        let bank = (one(&contents.questions), Shelf::of(bank.clone()));
        Self {
            contents: Arc::new(contents.clone()),
            page: StoredValue::new(Shown::Nothing),
            chapters: RwSignal::new(chapters.collect()),
            pages: RwSignal::new(pages.collect()),
            glossary: RwSignal::new([glossary].into()),
            bank: RwSignal::new([bank].into()),
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

    /// What the page itself holds, if `wanted` takes it; given out once.
    pub fn of_page<T>(&self, wanted: impl Fn(&Shown) -> Option<T>) -> Option<T> {
        let mut page = self.page.write_value();
        let value = wanted(&page)?;
        *page = Shown::Nothing;
        Some(value)
    }

    /// A chapter; asks for it if it is not here. Follows it while it comes. None if the book has
    /// no such chapter.
    #[must_use]
    pub fn chapter(&self, slug: &str) -> Option<Shelf<Chapter>> {
        let card = self.card(slug)?;
        Some(follow(self.chapters, &card.data))
    }

    /// Asks for a chapter that will probably be opened next.
    pub fn expect_chapter(&self, slug: &str) {
        if let Some(card) = self.card(slug) {
            let _ = untrack(|| follow(self.chapters, &card.data));
        }
    }

    /// Asks once more for a chapter that did not come.
    pub fn ask_again(&self, slug: &str) {
        if let Some(card) = self.card(slug) {
            ask(self.chapters, &card.data);
        }
    }

    /// A page beside the chapters, as [`Library::chapter`].
    #[must_use]
    pub fn page(&self, slug: &str) -> Option<Shelf<Page>> {
        let card = self.contents.pages.iter().find(|card| card.slug == slug)?;
        Some(follow(self.pages, &card.data))
    }

    /// The glossary; asks for it if it is not here.
    #[must_use]
    pub fn glossary(&self) -> Shelf<Vec<GlossaryEntry>> {
        follow(self.glossary, &self.contents.glossary)
    }

    /// The list of all questions; asks for it if it is not here.
    #[must_use]
    pub fn bank(&self) -> Shelf<Bank> {
        follow(self.bank, &self.contents.questions)
    }
}

/// What the page held when it was loaded, if that is wanted; the first time only. It is without its
/// text, which stands in the page: who comes back to it later has to have it fetched.
pub fn first<T>(
    of_page: StoredValue<Option<Arc<T>>>,
    is_wanted: impl Fn(&T) -> bool,
) -> Option<Shelf<T>>
where
    T: Send + Sync + 'static,
{
    let held = of_page.try_update_value(Option::take).flatten();
    held.filter(|held| is_wanted(held)).map(Shelf::Here)
}

/// Fetches a chapter's text as soon as it looks as if a link to it will be followed: at the first touch,
/// and when the pointer or the focus comes to it. Links stand in finished HTML, so that the window is
/// listened to.
pub fn fetch_ahead() {
    let library = StoredValue::new(expect_context::<Library>());
    let look = move |event: &web_sys::Event| {
        let target = browser::target(event);
        let link = target.and_then(|target| browser::closest(&target, "a[href^='chapter/']"));
        let address = link.and_then(|link| link.get_attribute("href"));
        let Some(slug) = address.as_deref().and_then(chapter_in) else {
            return;
        };
        let path = window().location().pathname().unwrap_or_default();
        if !path.ends_with(&format!("/{}", chapter_address(slug))) {
            library.with_value(|library| library.expect_chapter(slug));
        }
    };
    Effect::new(move |_| {
        let over = window_event_listener(leptos::ev::pointerover, move |event| look(&event));
        let focus = window_event_listener(leptos::ev::focusin, move |event| look(&event));
        on_cleanup(move || {
            over.remove();
            focus.remove();
        });
    });
}

/// The chapter in an address from the site's root.
fn chapter_in(address: &str) -> Option<&str> {
    let (slug, _) = address.strip_prefix("chapter/")?.split_once('/')?;
    Some(slug)
}

/// What the file holds; asks for it if nobody has.
fn follow<T>(shelves: Shelves<T>, path: &str) -> Shelf<T>
where
    T: for<'a> Deserialize<'a> + Send + Sync + 'static,
{
    match shelves.with(|shelves| shelves.get(path).cloned()) {
        Some(shelf) => shelf,
        None => {
            ask(shelves, path);
            Shelf::Coming
        }
    }
}

fn ask<T>(shelves: Shelves<T>, path: &str)
where
    T: for<'a> Deserialize<'a> + Send + Sync + 'static,
{
    let path = path.to_owned();
    spawn_local(async move {
        shelves.update(|shelves| {
            shelves.insert(path.clone(), Shelf::Coming);
        });
        let shelf = fetch(&path).await;
        shelves.update(|shelves| {
            shelves.insert(path, shelf);
        });
    });
}

async fn fetch<T: for<'a> Deserialize<'a>>(path: &str) -> Shelf<T> {
    match browser::fetch_text(path).await {
        Ok(text) => match serde_json::from_str(&text) {
            Ok(value) => Shelf::of(value),
            Err(_) => Shelf::Failed(
                "What came is of another edition of the book: load the page again.".to_owned(),
            ),
        },
        Err(sentence) => Shelf::Failed(sentence),
    }
}
