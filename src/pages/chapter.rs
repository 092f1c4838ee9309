//! A chapter: its head, its outline, its text with the active blocks, what follows it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

use super::blocks::SegmentView;
use super::frame::{ChapterLink, chapter_address};
use super::head;
use super::library::{Library, Shelf, Shown};
use super::marks::{ChapterMark, ReadMark};
use super::markup::{Block, Inline};
use super::not_found::NotFoundPage;
use super::print::PrintPiece;
use super::questions::Questions;
use super::whereabouts::{Return, follow};
use crate::book::{Chapter, ChapterCard, Heading, Need, Segment, Source};
use crate::kit::arrival::arrive;
use crate::kit::run_address::is_stray;

/// `/chapter/<slug>/`
#[component]
pub fn ChapterPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let parameters = use_params_map();
    let slug = Memo::new(move |_| parameters.read().get("slug").unwrap_or_default());
    let of_page = StoredValue::new(library.of_page(|shown| match shown {
        Shown::Chapter(chapter) => Some(Arc::new(chapter.clone())),
        _ => None,
    }));
    let shelf = {
        let library = library.clone();
        Memo::new(move |_| {
            let slug = slug.get();
            match of_page
                .get_value()
                .filter(|chapter| chapter.card.slug == slug)
            {
                Some(chapter) => Some(Shelf::Here(chapter)),
                None => library.chapter(&slug),
            }
        })
    };
    arrive(move || match shelf.get() {
        Some(Shelf::Here(chapter)) => Some(head::title_of(&chapter.card.title)),
        _ => None,
    });
    move || match shelf.get() {
        Some(Shelf::Here(chapter)) => view! { <ChapterView chapter /> }.into_any(),
        Some(Shelf::Coming) => {
            view! { <Waiting card=library.card(&slug.get()).cloned() /> }.into_any()
        }
        Some(Shelf::Failed(why)) => view! { <Failed slug=slug.get() why /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// While the chapter's data is fetched.
#[component]
fn Waiting(card: Option<ChapterCard>) -> impl IntoView {
    let card = card.unwrap_or_default();
    view! {
        <div class="chapter">
            <div class="chapter-text">
                <ChapterHead card />
                <p class="muted" role="status">"The chapter is on its way."</p>
            </div>
        </div>
    }
}

/// When it did not come.
#[component]
fn Failed(slug: String, why: String) -> impl IntoView {
    let library = expect_context::<Library>();
    let address = chapter_address(&slug);
    view! {
        <div class="page">
            <h1 tabindex="-1">"The chapter did not come"</h1>
            <p role="alert">{why}</p>
            <p>
                <button type="button" on:click=move |_| library.ask_again(&slug)>"Try again"</button>
                " or "
                <a href=address rel="external">"load the page"</a>
                "."
            </p>
        </div>
    }
}

#[component]
fn ChapterView(chapter: Arc<Chapter>) -> impl IntoView {
    let slug = chapter.card.slug.clone();
    let mut tail = vec![("sources", "Sources")];
    if !chapter.questions.is_empty() {
        tail.insert(0, ("questions", "Interview questions"));
    }
    let segments = chapter
        .segments
        .iter()
        .cloned()
        .map(|segment| view! { <SegmentView segment /> })
        .collect_view();
    follow(&slug, &chapter.outline);
    view! {
        <div class="chapter">
            <Outline page=chapter_address(&slug) outline=chapter.outline.clone() tail chapter=slug.clone() />
            <article class="chapter-text">
                <ChapterHead card=chapter.card.clone() />
                <Return chapter=slug.clone() outline=chapter.outline.clone() />
                <Needs needs=chapter.needs.clone() />
                <StrayRun labs=labs_of(&chapter) />
                {segments}
                <aside class="callout callout-insight">
                    <p class="callout-title">"The one thing to keep"</p>
                    <p><Inline markup=chapter.insight.clone() /></p>
                </aside>
                <Questions questions=chapter.questions.clone() slug=slug.clone() />
                <Sources sources=chapter.sources.clone() page=chapter_address(&slug) />
                <ChapterMark chapter=slug.clone() />
                <Block markup=chapter.notes.clone() class="notes" />
                <PrintPiece title=format!("{}. {}", chapter.card.number, chapter.card.title) />
                <Neighbours slug />
            </article>
        </div>
    }
}

#[component]
fn ChapterHead(card: ChapterCard) -> impl IntoView {
    let times = format!(
        "{} min to read · {} min to practise",
        card.reading_minutes, card.practice_minutes
    );
    view! {
        <header class="chapter-head">
            <p class="book-name">{head::BOOK}</p>
            <p class="chapter-number">{format!("Chapter {}", card.number)}</p>
            <h1 tabindex="-1">{card.title.clone()}</h1>
            <p class="lead">{card.question.clone()}</p>
            <p class="muted">{times}</p>
        </header>
    }
}

fn labs_of(chapter: &Chapter) -> Vec<String> {
    let lab = |segment: &Segment| match segment {
        Segment::Lab(block) => Some(block.lab.clone()),
        _ => None,
    };
    chapter.segments.iter().filter_map(lab).collect()
}

/// Says so when the address names a run that no lab of this chapter can show.
#[component]
fn StrayRun(labs: Vec<String>) -> impl IntoView {
    let fragment = use_location().hash;
    let stray = RwSignal::new(false);
    // Only in the browser: the host knows no fragment.
    Effect::new(move |_| stray.set(is_stray(&fragment.get(), &labs)));
    view! {
        <p class="stray-run" role="alert" hidden=move || !stray.get()>
            "The address names a run of a lab that is not in this chapter. "
            "The link may be cut off, or the lab may be in another chapter; the text is all here."
        </p>
    }
}

/// What one should have read before; only chapters that are written.
#[component]
fn Needs(needs: Vec<Need>) -> impl IntoView {
    let links: Vec<_> = needs
        .into_iter()
        .filter_map(|need| need.title.map(|title| (need.slug, title)))
        .map(|(slug, title)| view! { <li><a href=chapter_address(&slug)>{title}</a></li> })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <nav class="needs" aria-label="Read first">
                <p>"Read first:"</p>
                <ul>{links}</ul>
            </nav>
        }
    })
}

/// Beside the text on a wide window, folded above it on a narrow one.
#[component]
pub fn Outline(
    /// The page, from the site's root.
    page: String,
    /// Its headings.
    outline: Vec<Heading>,
    /// What comes after the text: anchors and words.
    tail: Vec<(&'static str, &'static str)>,
    /// The chapter whose sections these are; empty where there is none.
    #[prop(optional, into)]
    chapter: String,
) -> impl IntoView {
    let anchor = move |id: &str| format!("{page}#{id}");
    let entries = outline
        .into_iter()
        .filter(|heading| heading.level <= 3)
        .map(|heading| {
            let level = format!("outline-{}", heading.level);
            // What is read is a whole section, with the headings in it.
            let section = (heading.level == 2 && !chapter.is_empty()).then_some(heading.id.clone());
            (level, anchor(&heading.id), heading.text, section)
        });
    let tail = tail
        .into_iter()
        .map(|(id, text)| ("outline-2".to_owned(), anchor(id), text.to_owned(), None));
    let entries = entries
        .chain(tail)
        .map(|(level, address, text, section)| {
            let mark = section.map(|section| {
                let chapter = chapter.clone();
                view! { <ReadMark is_read=move |kept| kept.is_section_read(&chapter, &section) /> }
            });
            view! { <li class=level><a href=address>{text}</a>{mark}</li> }
        })
        .collect_view();
    view! {
        <nav class="outline" aria-label="On this page">
            <details open>
                <summary>"On this page"</summary>
                <ol>{entries}</ol>
            </details>
        </nav>
    }
}

/// The sources that a page cites.
#[component]
pub fn Sources(
    /// The sources, numbered.
    sources: Vec<Source>,
    /// The page that cites them, from the site's root.
    page: String,
) -> impl IntoView {
    let address = format!("{page}#sources");
    let entries = sources
        .into_iter()
        .map(|source| {
            let back = format!("{page}#cite-{}", source.key);
            let label = format!("back to where source {} is cited", source.number);
            view! {
                <li id=format!("source-{}", source.key) value=source.number.to_string()>
                    {source.authors}
                    ": "
                    <a href=source.url rel="noopener">
                        <cite>{source.title}</cite>
                    </a>
                    {format!(". {}, {}. ", source.place, source.year)}
                    <span class="muted">{source.read_for}</span>
                    " "
                    <a href=back aria-label=label>"↩"</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="sources">
            <h2 id="sources"><a class="anchor" href=address>"Sources"</a></h2>
            <ol>{entries}</ol>
        </section>
    }
}

/// A link to a chapter by its name; nothing if the book has none of this name.
pub fn chapter_link(slug: &str) -> impl IntoView + use<> {
    let card = expect_context::<Library>().card(slug).cloned();
    card.map(|card| view! { <ChapterLink card /> })
}

/// Previous and next.
#[component]
fn Neighbours(slug: String) -> impl IntoView {
    let (before, after) = expect_context::<Library>().neighbours(&slug);
    let link = |card: ChapterCard, class: &'static str, word: &'static str| {
        view! {
            <p class=class>
                <span class="muted">{word}</span>
                <ChapterLink card />
            </p>
        }
    };
    view! {
        <nav class="neighbours" aria-label="Chapters before and after">
            {before.map(|card| link(card, "before", "Before"))}
            {after.map(|card| link(card, "after", "Next"))}
            <p class="up"><a href="./">"All chapters"</a></p>
        </nav>
    }
}
