//! A page for each lab alone, for a frame in another page. It runs the labs' program only.

use happens_before::book::{Book, ChapterCard, LabBlock, Segment};
use happens_before::kit::lab_places::{ALONE, LAB, OPENS};
use happens_before::pages::head::{BOOK, Head};
use happens_before::sim;

use crate::document::escape;
use crate::programs::Script;

/// The labs of the book whose first pictures are drawn, each with the chapter that it is from.
pub fn labs(book: &Book) -> impl Iterator<Item = (&LabBlock, &ChapterCard)> {
    book.chapters.iter().flat_map(|chapter| {
        let labs = chapter.segments.iter().filter_map(|segment| match segment {
            Segment::Lab(block) => Some(block),
            _ => None,
        });
        labs.map(|block| (block, &chapter.card))
    })
}

/// What the page says of itself.
pub fn head(block: &LabBlock) -> Head {
    let lab = sim::lab(&block.lab);
    Head {
        path: format!("/embed/{}/", block.lab),
        title: format!(
            "{} · {BOOK}",
            lab.map_or(block.lab.as_str(), |lab| lab.title)
        ),
        description: lab.map(|lab| lab.about.to_owned()).unwrap_or_default(),
    }
}

/// The page's body. `script` starts the labs' program.
pub fn html(block: &LabBlock, chapter: &ChapterCard, script: &Script) -> String {
    let picture = block.picture.0.as_deref().unwrap_or_default();
    let (lab, run) = (escape(&block.lab), escape(&block.run));
    let (slug, number, title) = (&chapter.slug, chapter.number, escape(&chapter.title));
    format!(
        "<main class=\"embed\">\
         <h1 class=\"visually-hidden\">{BOOK}</h1><h2 class=\"visually-hidden\">Chapter {number}: {title}</h2>\
         <div class=\"lab-frame\"><div class=\"lab-place\" {LAB}=\"{lab}\" {OPENS}=\"{run}\" {ALONE}>{picture}</div></div>\
         <p class=\"embed-from\">From <a target=\"_top\" href=\"chapter/{slug}/#lab-{lab}\">{BOOK}, \
         chapter {number}: {title}</a></p>\
         </main>\n<script src=\"{}\" integrity=\"{}\" defer></script>",
        escape(&script.file),
        escape(&script.integrity)
    )
}

#[cfg(test)]
mod tests {
    use happens_before::book::Markup;

    use super::*;

    #[test]
    fn a_lab_alone_says_where_it_is_from_and_starts_the_labs_program_only() {
        let block = LabBlock {
            lab: "quorum".into(),
            run: "scenario=majority".into(),
            caption: Markup(None),
            picture: Markup(Some("<section></section>".into())),
        };
        let chapter = ChapterCard {
            slug: "replication".into(),
            number: 7,
            title: "Copies & <quorums>".into(),
            ..ChapterCard::default()
        };
        let script = Script {
            file: "labs-1.js".into(),
            integrity: "sha384-1".into(),
        };
        let html = html(&block, &chapter, &script);
        assert!(html.contains("src=\"labs-1.js\" integrity=\"sha384-1\""));
        assert!(html.contains("data-lab=\"quorum\" data-opens=\"scenario=majority\" data-alone>"));
        assert!(html.contains("href=\"chapter/replication/#lab-quorum\""));
        assert!(html.contains("Copies &amp; &lt;quorums>"), "{html}");
        assert_eq!(html.matches("<script").count(), 1);
        assert_eq!(head(&block).path, "/embed/quorum/");
    }
}
