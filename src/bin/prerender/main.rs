//! Writes the site's pages: one HTML file per route, and each chapter's data.
//!
//! Trunk runs it after each build, with the built `index.html` in the folder that
//! `TRUNK_STAGING_DIR` names; `content/` is read from the working directory. Wrong content stops
//! it: every problem is printed, with its place and how to mend it.

mod address;
mod card;
mod cards;
mod digest;
mod document;
mod embed;
mod headers;
mod install;
mod libraries;
mod licences;
mod offline;
mod picture;
mod policy;
mod programs;
mod site;
mod start;
mod style;
mod tags;
mod whole_book;

use std::path::PathBuf;
use std::process::ExitCode;

use happens_before::book::{self, Book, Files};
use happens_before::labs::catalog::Labs;

fn main() -> ExitCode {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map_or_else(|| "dist".into(), PathBuf::from);
    let profile = std::env::var("TRUNK_PROFILE").ok();
    let done = read_book().and_then(|book| {
        site::write(&book, &folder)?;
        install::write(&book.contents, &folder)?;
        // Last: it takes down what every file is.
        offline::write(&folder, offline::Edition::of_profile(profile.as_deref()))
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The book from `content/`.
fn read_book() -> Result<Book, String> {
    let files = Files::read("content".as_ref())
        .map_err(|error| format!("content/ could not be read: {error}"))?;
    let (book, problems) = book::build(&files, &Labs);
    if problems.is_empty() {
        return Ok(book);
    }
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Err(format!(
        "{}\nThe content has {} problem(s); no page was written.",
        lines.join("\n"),
        problems.len()
    ))
}
