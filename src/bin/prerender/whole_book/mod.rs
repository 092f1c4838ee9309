//! The whole book on one page, to be printed or read where no program runs: title, contents, all
//! chapters with their answers, glossary and sources. No program starts there.

mod chapter;
pub mod one_page;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use happens_before::book::{Book, Source};
use happens_before::pages::frame::roman;
use happens_before::pages::head::{BOOK, Head};

use crate::address::Address;
use crate::document::escape;
use one_page::{ADDRESS, OnePage, id, link};

/// What the page says of itself.
pub fn head() -> Head {
    Head {
        path: format!("/{ADDRESS}"),
        title: format!("The whole book · {BOOK}"),
        description: "All chapters on one page, with solutions and answers, glossary and sources, to be printed."
            .to_owned(),
    }
}

/// What stands in the page's body. `address` is where the site is going to be, if that is known.
pub fn html(book: &Book, address: Option<&Address>) -> String {
    let sources = sources(book);
    let page = OnePage {
        chapters: book.chapters.iter().map(|c| c.card.slug.clone()).collect(),
        sources: (1..)
            .zip(&sources)
            .map(|(number, source)| (source.key.clone(), number))
            .collect(),
    };
    let mut html = String::new();
    html.push_str(&title(book, address));
    html.push_str(&contents(book));
    for part in &book.contents.parts {
        let mut chapters = book.chapters.iter().filter(|c| c.card.part == part.number);
        let Some(first) = chapters.next() else {
            continue;
        };
        let heading = format!(
            "<p class=\"book-part\" id=\"part-{}\">Part {} · {}</p>",
            part.number,
            roman(part.number),
            escape(&part.title)
        );
        html.push_str(&chapter::html(&page, first, &heading));
        chapters.for_each(|chapter| html.push_str(&chapter::html(&page, chapter, "")));
    }
    html.push_str(&glossary(&page, book));
    html.push_str(&source_list(&sources));
    format!(
        "<a class=\"skip\" href=\"{ADDRESS}#main\">Skip to the text</a>\
         <header class=\"site-header\"><a class=\"site-title\" href=\"./\">{BOOK}</a>\
         <nav class=\"site-nav\" aria-label=\"Book\"><a href=\"./\">To the pages with labs</a></nav></header>\
         <main id=\"main\" class=\"whole-book\" tabindex=\"-1\">{html}</main>\
         <footer class=\"site-footer\"><p>Text under CC BY 4.0, code under MIT or Apache 2.0. \
         <a href=\"about/\">About this book</a></p></footer>"
    )
}

/// The style sheet of the page: each chapter's title at the head of its sheets of paper.
pub fn style(book: &Book) -> String {
    let mut style = String::from("@media print {\n");
    for chapter in &book.chapters {
        let card = &chapter.card;
        let title = card.title.replace(['"', '\\'], "");
        let _infallible = writeln!(
            style,
            "  @page chapter-{0} {{ @top-right {{ content: \"{0}. {title}\"; }} }}\n  [id=\"{1}\"] {{ page: chapter-{0}; }}",
            card.number, card.slug
        );
    }
    style + "}\n"
}

/// All sources, each once, in the order in which the book comes to them.
fn sources(book: &Book) -> Vec<Source> {
    let mut seen = BTreeMap::new();
    let cited = book.chapters.iter().flat_map(|chapter| &chapter.sources);
    let first = |source: &&Source| seen.insert(source.key.clone(), ()).is_none();
    cited.filter(first).cloned().collect()
}

fn title(book: &Book, address: Option<&Address>) -> String {
    let contents = &book.contents;
    let root = match address {
        Some(address) => escape(&address.of("")),
        None => "the root of the site that this page came from".to_owned(),
    };
    format!(
        "<header class=\"book-title\"><h1>{}</h1><p class=\"lead\">{}</p>\
         <p>{} chapters. Labs stand here as pictures of their first moment; each names the address, \
         from {root}, where it can be moved. Answers to \
         quizzes are at the end of each chapter, solutions of exercises below them.</p></header>",
        escape(&contents.title),
        escape(&contents.subtitle),
        contents.chapters.len()
    )
}

fn contents(book: &Book) -> String {
    let mut html = String::from(
        "<nav class=\"book-contents\" aria-label=\"Contents\"><h2 id=\"contents\">Contents</h2>",
    );
    for part in &book.contents.parts {
        let chapters: Vec<_> = book
            .chapters
            .iter()
            .filter(|chapter| chapter.card.part == part.number)
            .collect();
        if chapters.is_empty() {
            continue;
        }
        let heading = format!("Part {} · {}", roman(part.number), escape(&part.title));
        html.push_str(&format!("<h3>{heading}</h3><ol>"));
        for chapter in chapters {
            let sections = chapter.outline.iter().filter(|heading| heading.level == 2);
            let sections: Vec<_> = sections
                .map(|heading| {
                    let to = link(&id(&chapter.card.slug, &heading.id));
                    format!("<a href=\"{to}\">{}</a>", escape(&heading.text))
                })
                .collect();
            html.push_str(&format!(
                "<li value=\"{}\"><a href=\"{}\">{}</a><p>{}</p></li>",
                chapter.card.number,
                link(&chapter.card.slug),
                escape(&chapter.card.title),
                sections.join(" · ")
            ));
        }
        html.push_str("</ol>");
    }
    let (glossary, sources) = (link("glossary"), link("sources"));
    html + &format!(
        "<p><a href=\"{glossary}\">Glossary</a> · <a href=\"{sources}\">Sources</a></p></nav>"
    )
}

fn glossary(page: &OnePage, book: &Book) -> String {
    let entries: String = book
        .glossary
        .iter()
        .map(|entry| {
            format!(
                "<div class=\"glossary-entry\" id=\"{}\"><dt><a href=\"{}\">{}</a></dt><dd>{}</dd></div>",
                id("glossary", &entry.id),
                link(&id(&entry.chapter, &entry.id)),
                escape(&entry.term),
                // What is in an entry has been put into its chapter, too, with its ids.
                page.put("glossary", entry.text.0.as_deref().unwrap_or_default())
            )
        })
        .collect();
    format!(
        "<section class=\"book-end glossary\" id=\"glossary\"><h2>Glossary</h2><dl>{entries}</dl></section>"
    )
}

fn source_list(sources: &[Source]) -> String {
    let lines: String = (1..)
        .zip(sources)
        .map(|(number, source)| {
            format!(
                "<li id=\"{}\" value=\"{number}\">{}: <a href=\"{}\" rel=\"noopener\"><cite>{}</cite></a>. {}, {}.</li>",
                id("source", &source.key),
                escape(&source.authors),
                escape(&source.url),
                escape(&source.title),
                escape(&source.place),
                source.year
            )
        })
        .collect();
    format!(
        "<section class=\"book-end sources\" id=\"sources\"><h2>Sources</h2><ol>{lines}</ol></section>"
    )
}
