//! `book.toml`: the book's title and its parts.

use super::{
    passage::{File, Passage},
    problem::Problems,
    table::Document,
};
use crate::book::{Contents, Part};

/// Reads the plan of the book; the chapters are added later.
pub(super) fn read(file: &File, problems: &Problems) -> Option<Contents> {
    let source = Passage::whole(file);
    let document = Document::parse(&source, "the book's plan", problems)?;
    let mut table = document.table("the book's plan", source.start());
    let title = table.text("title", problems);
    let subtitle = table.text("subtitle", problems);
    let mut parts: Vec<Part> = Vec::new();
    for mut part in table.tables("part", problems) {
        let number = part.integer("number", 1..=99, problems);
        let title = part.text("title", problems);
        part.finish(problems);
        let (Some((number, place)), Some(title)) = (number, title) else {
            continue;
        };
        if parts.iter().any(|part| i64::from(part.number) == number) {
            let what = format!("there are two parts with number {number}");
            problems.report(place, what, "give each part its own number");
        }
        parts.extend(u8::try_from(number).ok().map(|number| Part {
            number,
            title: title.text().to_owned(),
        }));
    }
    table.finish(problems);
    parts.sort_by_key(|part| part.number);
    let owned = |text: Option<Passage<'_>>| text.map_or_else(String::new, |t| t.text().to_owned());
    Some(Contents {
        title: owned(title),
        subtitle: owned(subtitle),
        parts,
        ..Contents::default()
    })
}
