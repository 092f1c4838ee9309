//! The site as a folder: pages, the chapters' data, and the page for unknown addresses.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use happens_before::app::App;
use happens_before::book::{Book, GlossaryEntry, Markup, Page, Segment, add_notes};
use happens_before::kit::lab_places::LABS;
use happens_before::kit::worker::WORKER;
use happens_before::labs;
use happens_before::pages::frame::chapter_address;
use happens_before::pages::head::{Head, all_pages};
use happens_before::pages::library::{Library, PageData, Shown};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use serde::Serialize;

use crate::document::{document, plain_document, with_program, with_style};
use crate::programs;
use crate::whole_book::{self, without_programs};

/// Stands alone, because a host may answer with it at any depth.
const NOT_FOUND: &str = include_str!("not_found.html");

/// Writes everything that Trunk has not.
///
/// # Errors
/// A sentence when a file cannot be read or written, or the shell lacks its marks.
pub fn write(book: &Book, folder: &Path) -> Result<(), String> {
    // Fails only when it has been called before.
    let _ = any_spawner::Executor::init_futures_executor();
    let shell = fs::read_to_string(folder.join("index.html"))
        .map_err(|error| format!("the built index.html could not be read: {error}"))?;
    let bare = without_programs(&shell);
    let shell = with_program(
        &shell,
        WORKER,
        &programs::name_files(folder, programs::WORKER)?,
    )?;
    let shell = with_program(&shell, LABS, &programs::name_files(folder, programs::LABS)?)?;
    let book = with_notes(book);
    write_whole_book(&book, &bare, folder)?;
    let book = with_data_files(&with_labs_drawn(&book))?;
    for chapter in &book.chapters {
        put(folder, &chapter.card.data, &json(chapter)?)?;
    }
    for page in &book.pages {
        put(folder, &page.card.data, &json(page)?)?;
    }
    put(folder, &book.contents.glossary, &json(&book.glossary)?)?;
    put(folder, &book.contents.questions, &json(&book.bank)?)?;
    put(folder, "data/contents.json", &json(&book.contents)?)?;
    put(folder, "404.html", NOT_FOUND)?;
    for head in all_pages(&book.contents, &book.chapters, &book.bank.questions) {
        let page = document(
            &shell,
            &head,
            &render(&book, &head.path),
            &data_of(&book, &head)?,
        )?;
        put(
            folder,
            &format!("{}index.html", head.path.trim_start_matches('/')),
            &page,
        )?;
    }
    Ok(())
}

/// The page with the whole book, and its style sheet.
fn write_whole_book(book: &Book, shell: &str, folder: &Path) -> Result<(), String> {
    let style = whole_book::style(book);
    let file = format!("book-{:016x}.css", hash_of(&style));
    put(folder, &file, &style)?;
    let head = whole_book::head();
    let page = plain_document(&with_style(shell, &file)?, &head, &whole_book::html(book))?;
    put(folder, "book/index.html", &page)
}

/// The book with its links numbered for paper.
fn with_notes(book: &Book) -> Book {
    let mut book = book.clone();
    add_notes(&mut book.chapters, &book.glossary);
    book
}

/// The book with each lab in the first state of its run; its caption is part of that.
fn with_labs_drawn(book: &Book) -> Book {
    let mut book = book.clone();
    for chapter in &mut book.chapters {
        let page = chapter_address(&chapter.card.slug);
        for segment in &mut chapter.segments {
            if let Segment::Lab(block) = segment {
                let caption = std::mem::take(&mut block.caption).0.unwrap_or_default();
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
    Ok(book)
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
        contents: book.contents.clone(),
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

fn put(folder: &Path, name: &str, text: &str) -> Result<(), String> {
    let file = folder.join(name);
    let failed = |error: std::io::Error| format!("{name} could not be written: {error}");
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(&file, text).map_err(failed)
}
