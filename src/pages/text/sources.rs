//! The sources that a page cites.

use maud::{Markup as Html, html};

use crate::book::Source;

/// The list, with the way back to where each is cited first. `page` is the address of the page that
/// cites them.
#[must_use]
pub fn sources(sources: &[Source], page: &str) -> Html {
    html! {
        section.sources {
            h2 id="sources" { a.anchor href={ (page) "#sources" } { "Sources" } }
            ol { @for source in sources { (entry(source, page)) } }
        }
    }
}

fn entry(source: &Source, page: &str) -> Html {
    let back = format!("{page}#cite-{}", source.key);
    let label = format!("back to where source {} is cited", source.number);
    html! {
        li id={ "source-" (source.key) } value=(source.number) {
            (source.authors) ": "
            a href=(source.url) rel="noopener" { cite { (source.title) } }
            ". " (source.place) ", " (source.year) ". "
            span.muted { (source.read_for) }
            " " a href=(back) aria-label=(label) { "↩" }
        }
    }
}
