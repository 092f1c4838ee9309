//! Lists of links: the book's contents, what stands around the chapters, a page's outline. At a link to
//! what can be read stands a tick, which `pages::marks` shows.

use maud::{Markup as Html, html};

use crate::book::{ChapterCard, Contents, Heading, Part};
use crate::pages::frame::{chapter_address, roman};
use crate::pages::{bank, marks};

/// The parts with their chapters. Parts without a written chapter are not shown.
#[must_use]
pub fn contents(contents: &Contents) -> Html {
    html! {
        @for part in &contents.parts {
            @let chapters = chapters_of(contents, part);
            @if !chapters.is_empty() {
                section.contents-part {
                    h2 { "Part " (roman(part.number)) " · " (part.title) }
                    ol.contents-chapters { @for card in chapters { (chapter(card)) } }
                }
            }
        }
    }
}

fn chapters_of<'a>(contents: &'a Contents, part: &Part) -> Vec<&'a ChapterCard> {
    let chapters = contents.chapters.iter();
    chapters.filter(|card| card.part == part.number).collect()
}

fn chapter(card: &ChapterCard) -> Html {
    html! {
        li value=(card.number) {
            a href=(chapter_address(&card.slug)) { (card.title) }
            (tick(&card.slug))
        }
    }
}

/// What stands around the chapters.
#[must_use]
pub fn around(contents: &Contents) -> Html {
    html! {
        section.contents-part {
            h2 { "Around the chapters" }
            ul.contents-pages {
                @for card in &contents.pages { li { a href={ (card.slug) "/" } { (card.title) } } }
                li { a href=(bank::ADDRESS) { (bank::TITLE) } }
                li { a href="glossary/" { "Glossary" } }
            }
        }
    }
}

/// The headings of a page down to the third level, and what comes after the text (anchors and words).
/// `page` is its address, `chapter` the chapter whose sections these are; empty where there is none.
#[must_use]
pub fn outline(page: &str, headings: &[Heading], tail: &[(&str, &str)], chapter: &str) -> Html {
    html! {
        @for heading in headings.iter().filter(|heading| heading.level <= 3) {
            li class={ "outline-" (heading.level) } {
                a href={ (page) "#" (heading.id) } { (heading.text) }
                // What is read is a whole section, with the headings in it.
                @if heading.level == 2 && !chapter.is_empty() {
                    (tick(&format!("{chapter}/{}", heading.id)))
                }
            }
        }
        @for (id, words) in tail { li.outline-2 { a href={ (page) "#" (id) } { (words) } } }
    }
}

fn tick(what: &str) -> Html {
    html! { span.(marks::TICK) role="img" aria-label="read" data-read=(what) hidden {} }
}
