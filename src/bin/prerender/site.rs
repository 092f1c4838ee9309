//! The site as a folder: pages, the chapters' data, and the page for unknown addresses.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use happens_before::app::App;
use happens_before::book::{Book, Chapter, GlossaryEntry, Markup};
use happens_before::pages::head::{Head, all_pages};
use happens_before::pages::library::{GLOSSARY_DATA, Library, PageData};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use serde::Serialize;

use crate::document::{document, with_worker};
use crate::worker;

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
    let shell = with_worker(&shell, &worker::name_files(folder)?)?;
    let book = with_data_files(book)?;
    for chapter in &book.chapters {
        put(folder, &chapter.card.data, &json(chapter)?)?;
    }
    put(folder, GLOSSARY_DATA, &json(&book.glossary)?)?;
    put(folder, "data/contents.json", &json(&book.contents)?)?;
    put(folder, "404.html", NOT_FOUND)?;
    for head in all_pages(&book.contents, &book.chapters) {
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

/// The book with the name of each chapter's data file filled in. The name changes with the
/// text, so that a browser never mixes two editions.
fn with_data_files(book: &Book) -> Result<Book, String> {
    let mut book = book.clone();
    for chapter in &mut book.chapters {
        let mut hasher = DefaultHasher::new();
        json(chapter)?.hash(&mut hasher);
        chapter.card.data = format!("data/{}-{:016x}.json", chapter.card.slug, hasher.finish());
        let card = chapter.card.clone();
        if let Some(listed) = book
            .contents
            .chapters
            .iter_mut()
            .find(|listed| listed.slug == card.slug)
        {
            *listed = card;
        }
    }
    Ok(book)
}

/// A page's text.
fn render(book: &Book, path: &str) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    let html = owner.with(|| {
        provide_context(RequestUrl::new(path));
        let library = Library::complete(&book.contents, &book.chapters, &book.glossary);
        view! { <App library base="" /> }.to_html()
    });
    owner.cleanup();
    html
}

/// What stands in a page as data: the shape of what it shows.
fn data_of(book: &Book, head: &Head) -> Result<String, String> {
    let shown = |chapter: &&Chapter| head.path == format!("/chapter/{}/", chapter.card.slug);
    json(&PageData {
        contents: book.contents.clone(),
        chapter: book.chapters.iter().find(shown).map(Chapter::skeleton),
        glossary: (head.path == "/glossary/").then(|| book.glossary.iter().map(bare).collect()),
    })
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
