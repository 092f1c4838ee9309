//! Reads the book of a folder (`content/` if none is named) as the site's build does: prints every
//! problem with its place and how to mend it, and what each chapter has.
#![expect(clippy::print_stdout, reason = "what it is asked for")]

use std::process::ExitCode;

use happens_before::book::{self, Book, Chapter, Files, Markup, Segment};
use happens_before::labs::catalog::Labs;

fn main() -> ExitCode {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "content".to_owned());
    let files = match Files::read(folder.as_ref()) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("{folder} could not be read: {error}");
            return ExitCode::FAILURE;
        }
    };
    let (book, problems) = book::build(&files, &Labs);
    counts(&book);
    for problem in &problems {
        eprintln!("{problem}");
    }
    if problems.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("The content has {} problem(s).", problems.len());
    ExitCode::FAILURE
}

/// What each chapter has, as a table.
fn counts(book: &Book) {
    println!(
        "{:32}{:>7}{:>8}{:>8}{:>9}{:>9}{:>10}{:>9}",
        "chapter", "words", "worked", "quizzes", "exercises", "figures", "questions", "sources"
    );
    for chapter in &book.chapters {
        let text = text(chapter);
        let quizzes = count(chapter, |segment| {
            matches!(segment, Segment::Quiz(_) | Segment::Predict(_))
        });
        let exercises = count(chapter, |segment| matches!(segment, Segment::Exercise(_)));
        println!(
            "{:32}{:>7}{:>8}{:>8}{:>9}{:>9}{:>10}{:>9}",
            chapter.card.slug,
            chapter.words,
            text.matches("<strong>Worked example").count(),
            quizzes,
            exercises,
            text.matches("<figure").count(),
            chapter.questions.len(),
            chapter.sources.len(),
        );
    }
}

fn count(chapter: &Chapter, is: impl Fn(&Segment) -> bool) -> usize {
    chapter
        .segments
        .iter()
        .filter(|segment| is(segment))
        .count()
}

/// The text of a chapter, as HTML.
fn text(chapter: &Chapter) -> String {
    let html = chapter.segments.iter().map(|segment| match segment {
        Segment::Html(Markup(Some(html))) => html.as_str(),
        _ => "",
    });
    html.collect()
}
