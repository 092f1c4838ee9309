//! Which places the book has, on the host.

use std::collections::BTreeSet;

use super::plain::{self, Section};
use super::{Kind, LabWords, Place};
use crate::book::{Book, Chapter, Heading, Markup, Page, Question, Segment, Source};

/// The class of the concept map.
const CONCEPT_MAP: &str = "class=\"concept-map\"";

/// Every place of the book that can be found. `words_of_lab` says how a lab is found.
#[must_use]
pub fn collect(book: &Book, words_of_lab: &dyn Fn(&str) -> Option<LabWords>) -> Vec<Place> {
    let mut places = Vec::new();
    let mut cited = BTreeSet::new();
    for chapter in &book.chapters {
        of_chapter(chapter, words_of_lab, &mut places);
        let questions = chapter.questions.iter();
        places.extend(questions.map(|question| asked(question, book, &chapter.card.title)));
        let address = format!("chapter/{}/", chapter.card.slug);
        sources(&chapter.sources, &address, &mut cited, &mut places);
    }
    for page in &book.pages {
        of_page(page, &mut places);
        let address = format!("{}/", page.card.slug);
        sources(&page.sources, &address, &mut cited, &mut places);
    }
    places.extend(book.glossary.iter().map(|entry| {
        let chapters = &mut book.chapters.iter();
        let chapter = chapters.find(|chapter| chapter.card.slug == entry.chapter);
        Place {
            kind: Kind::Term,
            address: format!("glossary/#{}", entry.id),
            title: entry.term.clone(),
            of: chapter.map_or(String::new(), |chapter| chapter.card.title.clone()),
            text: text(&entry.text),
        }
    }));
    places
}

fn of_chapter(
    chapter: &Chapter,
    words_of_lab: &dyn Fn(&str) -> Option<LabWords>,
    places: &mut Vec<Place>,
) {
    let card = &chapter.card;
    let address = format!("chapter/{}/", card.slug);
    let mut sections = vec![Section {
        anchor: String::new(),
        text: format!(
            "{}\n{}\n{}\n",
            card.question,
            card.description,
            text(&chapter.insight)
        ),
    }];
    for segment in &chapter.segments {
        // What is folded until somebody has chosen would give the answer away.
        match segment {
            Segment::Html(markup) => read(markup, &mut sections),
            Segment::Quiz(quiz) => {
                read(&quiz.ask, &mut sections);
                let options = quiz.options.iter().map(|option| &option.text);
                options.for_each(|option| read(option, &mut sections));
            }
            Segment::Predict(predict) => {
                read(&predict.ask, &mut sections);
                let options = predict.options.iter().map(|option| &option.text);
                options.for_each(|option| read(option, &mut sections));
            }
            Segment::Exercise(exercise) => read(&exercise.task, &mut sections),
            Segment::Lab(block) => {
                let words = words_of_lab(&block.lab).unwrap_or_else(|| LabWords {
                    title: block.lab.replace('-', " "),
                    text: String::new(),
                });
                places.push(Place {
                    kind: Kind::Section,
                    address: format!("{address}#lab-{}", block.lab),
                    title: format!("Lab: {}", words.title),
                    of: card.title.clone(),
                    text: format!("{}\n{}", text(&block.caption), words.text),
                });
            }
        }
    }
    let whole = (card.title.as_str(), format!("Chapter {}", card.number));
    put_sections(&address, whole, &chapter.outline, sections, places);
}

fn of_page(page: &Page, places: &mut Vec<Place>) {
    let card = &page.card;
    let mut sections = vec![Section {
        anchor: String::new(),
        text: format!("{}\n", card.description),
    }];
    // The map's lists name every concept beside all it builds on, and define none.
    let html = page.text.0.as_deref().unwrap_or_default();
    if !html.contains(CONCEPT_MAP) {
        plain::read(html, &mut sections);
    }
    let whole = (card.title.as_str(), String::new());
    let address = format!("{}/", card.slug);
    put_sections(&address, whole, &page.outline, sections, places);
}

/// `whole` is the title of the page, and what it belongs to.
fn put_sections(
    address: &str,
    whole: (&str, String),
    outline: &[Heading],
    sections: Vec<Section>,
    places: &mut Vec<Place>,
) {
    let (page, of) = whole;
    for Section { anchor, text } in sections {
        let heading = outline.iter().find(|heading| heading.id == anchor);
        let (address, title, of) = match heading {
            Some(heading) => (format!("{address}#{anchor}"), heading.text.as_str(), page),
            None => (address.to_owned(), page, of.as_str()),
        };
        places.push(Place {
            kind: Kind::Section,
            address,
            title: title.to_owned(),
            of: of.to_owned(),
            text: text.trim().to_owned(),
        });
    }
}

fn asked(question: &Question, book: &Book, chapter: &str) -> Place {
    let mut cards = book.bank.questions.iter();
    let card = cards.find(|card| card.id == question.id);
    let mut said = vec![
        text(&question.ask),
        text(&question.short),
        text(&question.full),
        text(&question.mistakes),
    ];
    said.extend(question.follow_ups.iter().map(text));
    Place {
        kind: Kind::Question,
        address: format!("question/{}/", question.id),
        title: card.map_or(String::new(), |card| card.title.clone()),
        of: chapter.to_owned(),
        text: said.join("\n"),
    }
}

/// Each source once, where it is cited first.
fn sources(
    sources: &[Source],
    address: &str,
    cited: &mut BTreeSet<String>,
    places: &mut Vec<Place>,
) {
    for source in sources {
        if cited.insert(source.key.clone()) {
            places.push(Place {
                kind: Kind::Source,
                address: format!("{address}#source-{}", source.key),
                title: source.title.clone(),
                of: format!("{}, {}", source.authors, source.year),
                text: format!("{}\n{}", source.read_for, source.place),
            });
        }
    }
}

fn read(markup: &Markup, sections: &mut Vec<Section>) {
    plain::read(markup.0.as_deref().unwrap_or_default(), sections);
}

fn text(markup: &Markup) -> String {
    plain::text(markup.0.as_deref().unwrap_or_default())
}
