//! A learning path: steps with their chapters, and the time they take.

use super::super::{
    fence::Fence, html::escape, nearest::hint, pages::Whole, passage::Passage, table::Table,
    writer::Writer,
};
use crate::book::{ChapterCard, Heading};

/// Writes the path: for whom it is, then its steps.
pub(super) fn write<'a>(
    writer: &mut Writer<'a>,
    whole: &Whole<'_>,
    fence: &Fence<'a>,
    mut table: Table<'_, 'a>,
) -> String {
    let problems = writer.desk.problems;
    let title = table.text("title", problems);
    let about = table.text("about", problems);
    let steps = table.tables("step", problems);
    table.finish(problems);
    let (Some(title), Some(about)) = (title, about) else {
        return String::new();
    };
    let mut items = String::new();
    let mut all: Vec<&ChapterCard> = Vec::new();
    for step in steps {
        let (html, cards) = one(writer, whole, step);
        if !cards.is_empty() {
            items.push_str(&html);
        }
        for card in cards {
            if !all.iter().any(|known| known.slug == card.slug) {
                all.push(card);
            }
        }
    }
    let id = fence.id.clone();
    let about = writer.inline_html(&about);
    writer.anchor(&id, fence.place);
    writer.outline.push(Heading {
        level: 2,
        id: id.clone(),
        text: title.text().to_owned(),
    });
    format!(
        "<section class=\"path\" id=\"{id}\">\n\
         <h2><a class=\"anchor\" href=\"{}#{id}\">{}</a></h2>\n<p>{}</p>\n\
         <p class=\"muted\">In all: {}.</p>\n<ol>\n{items}</ol>\n</section>\n",
        writer.address,
        escape(title.text()),
        about,
        times(&all),
    )
}

/// A step, and its chapters that are written.
fn one<'a, 'w>(
    writer: &mut Writer<'a>,
    whole: &'w Whole<'_>,
    mut step: Table<'_, 'a>,
) -> (String, Vec<&'w ChapterCard>) {
    let problems = writer.desk.problems;
    let title = step.text("title", problems);
    let text = step.text("text", problems);
    let chapters = step.texts("chapters", problems);
    step.finish(problems);
    let cards: Vec<&ChapterCard> = chapters
        .iter()
        .filter_map(|slug| card(writer, whole, slug))
        .collect();
    let links: Vec<String> = cards
        .iter()
        .map(|card| {
            let title = escape(&card.title);
            format!(
                "<li><a href=\"chapter/{}/\">{title}</a> <span class=\"muted\">{}</span></li>\n",
                card.slug,
                times(&[card])
            )
        })
        .collect();
    let html = format!(
        "<li><p><strong>{}</strong></p>\n<p>{}</p>\n<ul>\n{}</ul></li>\n",
        title.map_or_else(String::new, |title| writer.inline_html(&title)),
        text.map_or_else(String::new, |text| writer.inline_html(&text)),
        links.concat()
    );
    (html, cards)
}

/// What the contents say of a chapter; nothing while it is not written.
fn card<'a, 'w>(
    writer: &Writer<'a>,
    whole: &'w Whole<'_>,
    slug: &Passage<'a>,
) -> Option<&'w ChapterCard> {
    let mut cards = whole.chapters.iter().map(|chapter| &chapter.card);
    let found = cards.find(|card| card.slug == slug.text());
    if found.is_none() && !writer.desk.syllabus.has_chapter(slug.text()) {
        let known: Vec<&str> = writer.desk.chapters.keys().copied().collect();
        let what = format!("there is no chapter `{}`", slug.text());
        writer.report(slug.start(), what, hint("chapters", slug.text(), &known));
    }
    found
}

/// What some chapters take: "1 h 10 min to read, 2 h to practise".
fn times(cards: &[&ChapterCard]) -> String {
    let reading = cards
        .iter()
        .map(|card| u32::from(card.reading_minutes))
        .sum();
    let practice = cards
        .iter()
        .map(|card| u32::from(card.practice_minutes))
        .sum();
    format!("{} to read, {} to practise", time(reading), time(practice))
}

fn time(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_hours_and_minutes() {
        assert_eq!(time(45), "45 min");
        assert_eq!(time(120), "2 h");
        assert_eq!(time(135), "2 h 15 min");
    }
}
