//! The site as a folder: pages, the chapters' data, and the page for unknown addresses.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use happens_before::app::App;
use happens_before::book::search::{self, Kind, Place};
use happens_before::book::{Book, GlossaryEntry, Markup, Page, Segment, add_notes};
use happens_before::kit::lab_places::{LABS, LABS_INTEGRITY};
use happens_before::kit::worker::WORKER;
use happens_before::labs;
use happens_before::pages::frame::chapter_address;
use happens_before::pages::head::{BOOK, Head, all_pages};
use happens_before::pages::library::{Library, PageData, Shown};
use happens_before::pages::search::SEARCH;
use happens_before::pages::text;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use serde::Serialize;

use crate::address::{Address, preview, robots};
use crate::cards::Cards;
use crate::document::{document, plain, with_program, with_style};
use crate::headers::headers;
use crate::policy::with_policy;
use crate::style::Styles;
use crate::{embed, libraries, licences, programs, start, whole_book};

/// Stands alone, because a host may answer with it at any depth.
const NOT_FOUND: &str = include_str!("not_found.html");

/// Writes everything that Trunk has not.
///
/// # Errors
/// A sentence when a file cannot be read or written, or the shell lacks its marks.
pub fn write(book: &Book, folder: &Path) -> Result<(), String> {
    // Fails only when it has been called before.
    let _ = any_spawner::Executor::init_futures_executor();
    let site = Site::begin(book, folder)?;
    let book = with_notes(book);
    let whole = whole_book::head();
    let whole_style = whole_book::style(&book);
    site.put_plain(
        &whole,
        "/",
        &whole_book::html(&book, site.address.as_ref()),
        &whole_style,
    )?;
    let book = with_data_files(&with_labs_drawn(&book))?;
    put_data(&book, folder)?;
    let pages = all_pages(&book.contents, &book.chapters, &book.bank.questions);
    for head in &pages {
        site.put_page(head, &render(&book, &head.path), &data_of(&book, head)?)?;
    }
    for (block, chapter) in embed::labs(&book) {
        let html = embed::html(block, chapter, &site.labs_script);
        let from = format!("/{}", chapter_address(&chapter.slug));
        site.put_plain(&embed::head(block), &from, &html, "")?;
    }
    let licences = licences::head();
    let libraries = licences::page(&libraries::shipped()?)?;
    site.put_plain(&licences, &licences.path, &libraries, "")?;
    let heads = pages.iter().chain([&whole, &licences]);
    site.put_for_hosts(&heads.map(|head| head.path.as_str()).collect::<Vec<_>>())
}

/// The folder, and what every page of it has in common.
struct Site<'a> {
    folder: &'a Path,
    /// index.html as Trunk has built it, without style and start.
    shell: String,
    styles: Styles,
    /// What starts the page's program.
    start: String,
    /// Starts the labs' program.
    labs_script: programs::Script,
    /// Where the site is going to be, if that is known.
    address: Option<Address>,
    /// The pictures for link previews.
    cards: Cards,
    /// The text of all questions: their pages have one style, so that it is kept once (`offline`).
    questions: String,
}

impl<'a> Site<'a> {
    fn begin(book: &Book, folder: &'a Path) -> Result<Self, String> {
        let shell = fs::read_to_string(folder.join("index.html"))
            .map_err(|error| format!("the built index.html could not be read: {error}"))?;
        let (mut shell, labs_script) = with_programs(shell, folder)?;
        Ok(Self {
            folder,
            styles: Styles::take(&mut shell, folder)?,
            start: start::take(&mut shell, folder)?,
            shell,
            labs_script,
            address: Address::from_environment()?,
            cards: Cards::draw(book)?,
            questions: questions(book),
        })
    }

    /// Writes a page that the program takes over.
    fn put_page(&self, head: &Head, html: &str, data: &str) -> Result<(), String> {
        let preview = self.preview(head, &head.path);
        let page = document(&self.shell, head, &preview, html, data)?;
        let like = if is_question(&head.path) {
            self.questions.as_str()
        } else {
            ""
        };
        let page = start::put(&self.styles.put(&page, like), Some(&self.start));
        put_document(self.folder, head, &page)
    }

    /// Writes a page on which the page's program does not run. Its preview shows the picture of
    /// another page; `style` comes after the site's own.
    fn put_plain(&self, head: &Head, like: &str, html: &str, style: &str) -> Result<(), String> {
        let page = plain(&self.shell, head, &self.preview(head, like), html)?;
        let page = start::put(&self.styles.put_plain(&page), None);
        put_document(self.folder, head, &with_style(&page, style)?)
    }

    fn preview(&self, head: &Head, like: &str) -> String {
        let card = self.cards.of(like);
        preview(head, &card.file, &card.says, self.address.as_ref())
    }

    /// Writes what is for hosts, search engines and previews.
    fn put_for_hosts(&self, paths: &[&str]) -> Result<(), String> {
        for card in self.cards.all() {
            put(self.folder, &card.file, &card.png)?;
        }
        put(self.folder, "404.html", with_policy(NOT_FOUND)?)?;
        let paths = || paths.iter().copied();
        put(self.folder, "_headers", headers(paths()))?;
        put(self.folder, "robots.txt", robots(self.address.as_ref()))?;
        match &self.address {
            Some(address) => put(self.folder, "sitemap.xml", address.site_map(paths())),
            None => Ok(()),
        }
    }
}

/// Writes a page as a file, with its policy.
fn put_document(folder: &Path, head: &Head, page: &str) -> Result<(), String> {
    let file = format!("{}index.html", head.path.trim_start_matches('/'));
    put(folder, &file, with_policy(page)?)
}

/// Writes what the program asks for.
fn put_data(book: &Book, folder: &Path) -> Result<(), String> {
    for chapter in &book.chapters {
        put(folder, &chapter.card.data, json(chapter)?)?;
    }
    for page in &book.pages {
        put(folder, &page.card.data, json(page)?)?;
    }
    put(folder, &book.contents.glossary, json(&book.glossary)?)?;
    put(folder, &book.contents.questions, json(&book.bank)?)?;
    put(folder, &book.contents.search, json(&places(book))?)?;
    put(folder, "data/contents.json", json(&book.contents)?)
}

/// The shell with the names of the programs that a page does not start itself, and the script of
/// the labs'.
fn with_programs(mut shell: String, folder: &Path) -> Result<(String, programs::Script), String> {
    for (name, program) in [(WORKER, programs::WORKER), (SEARCH, programs::SEARCH)] {
        shell = with_program(&shell, name, &programs::name_files(folder, program)?.file)?;
    }
    let labs = programs::name_files(folder, programs::LABS)?;
    shell = with_program(&shell, LABS, &labs.file)?;
    Ok((with_program(&shell, LABS_INTEGRITY, &labs.integrity)?, labs))
}

/// The book with its links numbered for paper.
fn with_notes(book: &Book) -> Book {
    let mut book = book.clone();
    add_notes(&mut book.chapters, &book.glossary);
    book
}

/// The book with each lab in the first state of its run, under its caption.
fn with_labs_drawn(book: &Book) -> Book {
    let mut book = book.clone();
    for chapter in &mut book.chapters {
        let page = chapter_address(&chapter.card.slug);
        for segment in &mut chapter.segments {
            if let Segment::Lab(block) = segment {
                let caption = block.caption.0.clone().unwrap_or_default();
                block.picture = Markup(Some(labs::html(&block.lab, &block.run, &page, caption)));
            }
        }
    }
    book
}

/// The book with the names of all data files filled in. A name changes with what is in the file,
/// so that a browser never mixes two editions.
fn with_data_files(book: &Book) -> Result<Book, String> {
    let mut book = book.clone();
    for chapter in &mut book.chapters {
        chapter.card.data = file_of(&chapter.card.slug, chapter)?;
    }
    for page in &mut book.pages {
        page.card.data = file_of(&page.card.slug, page)?;
    }
    book.contents.chapters = book.chapters.iter().map(|c| c.card.clone()).collect();
    book.contents.pages = book.pages.iter().map(|page| page.card.clone()).collect();
    book.contents.glossary = file_of("glossary", &book.glossary)?;
    book.contents.questions = file_of("questions", &book.bank)?;
    book.contents.search = file_of("search", &places(&book))?;
    Ok(book)
}

/// What search can find: the places of the book, and the pages that are no part of it.
fn places(book: &Book) -> Vec<Place> {
    let mut places = search::collect(book, &labs::catalog::words_of);
    let pages = all_pages(&book.contents, &[], &[]);
    let own = pages.iter().filter(|head| {
        let slug = head.path.trim_matches('/');
        let mut sheets = book.pages.iter();
        !slug.is_empty() && sheets.all(|page| page.card.slug != slug)
    });
    places.extend(own.map(|head| Place {
        kind: Kind::Section,
        address: head.path.trim_start_matches('/').to_owned(),
        title: head.title.replace(&format!(" · {BOOK}"), ""),
        of: String::new(),
        text: head.description.clone(),
    }));
    places
}

/// The name of a data file: what it is, and a hash of what is in it.
fn file_of<T: Serialize>(name: &str, value: &T) -> Result<String, String> {
    Ok(format!("data/{name}-{:016x}.json", hash_of(&json(value)?)))
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A page's text.
fn render(book: &Book, path: &str) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    let html = owner.with(|| {
        provide_context(RequestUrl::new(path));
        let library = Library::complete(
            &book.contents,
            &book.chapters,
            &book.pages,
            &book.glossary,
            &book.bank,
        );
        view! { <App library base="" /> }.to_html()
    });
    owner.cleanup();
    html
}

/// What stands in a page as data: the shape of what it shows.
fn data_of(book: &Book, head: &Head) -> Result<String, String> {
    json(&PageData {
        contents: book.contents.skeleton(),
        shown: shown_by(book, &head.path),
    })
}

fn shown_by(book: &Book, path: &str) -> Shown {
    match path.trim_matches('/').split_once('/') {
        Some(("chapter", slug)) => {
            let mut chapters = book.chapters.iter();
            let chapter = chapters.find(|chapter| chapter.card.slug == slug);
            chapter.map_or(Shown::Nothing, |chapter| Shown::Chapter(chapter.skeleton()))
        }
        Some(("question", id)) => question(book, id).unwrap_or_default(),
        Some(_) => Shown::Nothing,
        None => match path.trim_matches('/') {
            "glossary" => Shown::Glossary(book.glossary.iter().map(bare).collect()),
            "questions" => Shown::Questions(book.bank.skeleton()),
            slug => {
                let page = book.pages.iter().find(|page| page.card.slug == slug);
                page.map(Page::skeleton).map_or(Shown::Nothing, Shown::Page)
            }
        },
    }
}

fn is_question(path: &str) -> bool {
    path.starts_with("/question/")
}

fn questions(book: &Book) -> String {
    let questions = book.chapters.iter().flat_map(|chapter| &chapter.questions);
    let texts = questions.flat_map(|question| [question.ask.clone(), text::answer(question)]);
    texts.filter_map(|markup| markup.0).collect()
}

fn question(book: &Book, id: &str) -> Option<Shown> {
    let card = book.bank.questions.iter().find(|card| card.id == id)?;
    let mut questions = book.chapters.iter().flat_map(|chapter| &chapter.questions);
    let question = questions.find(|question| question.id == id)?;
    Some(Shown::Question(card.skeleton(), question.skeleton()))
}

/// The entry without its text, which the page holds already.
fn bare(entry: &GlossaryEntry) -> GlossaryEntry {
    GlossaryEntry {
        text: Markup(None),
        ..entry.clone()
    }
}

fn json<T: Serialize>(value: &T) -> Result<String, String> {
    serde_json::to_string(value)
        .map_err(|error| format!("a page's data could not be written: {error}"))
}

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> Result<(), String> {
    let file = folder.join(name);
    let failed = |error: std::io::Error| format!("{name} could not be written: {error}");
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(&file, bytes).map_err(failed)
}
