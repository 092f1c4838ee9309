//! The page that names each library in the programs that readers load, and holds the text of each
//! licence in full. Plain HTML: the program knows nothing of it.

use std::collections::BTreeMap;

use happens_before::pages::head::{BOOK, Head, title_of};

use crate::document::escape;
use crate::libraries::Library;

/// A licence that a library may ask for, best known first: where a library leaves the choice, the
/// first of these is taken.
struct Known {
    /// Its name in SPDX.
    id: &'static str,
    /// Words that stand in its text and in no other's.
    words: &'static str,
}

const KNOWN: [Known; 6] = [
    Known {
        id: "MIT",
        words: "permission is hereby granted, free of charge, to any person obtaining a copy of this software",
    },
    Known {
        id: "Apache-2.0",
        words: "apache license version 2.0",
    },
    Known {
        id: "Zlib",
        words: "this software is provided 'as-is'",
    },
    Known {
        id: "BSL-1.0",
        words: "boost software license",
    },
    Known {
        id: "Unicode-3.0",
        words: "unicode license v3",
    },
    Known {
        id: "Unlicense",
        words: "this is free and unencumbered software",
    },
];

/// Used where a library is under the MIT licence and its package has no text of it.
const MIT: &str = include_str!("../../../LICENSE-MIT");

/// The page's address, title and description.
pub fn head() -> Head {
    Head {
        path: "/licences/".to_owned(),
        title: title_of("Licences"),
        description: "The libraries in this book’s programs, with version, licence and its text."
            .to_owned(),
    }
}

/// The page's body.
///
/// # Errors
/// A sentence for a library whose licence is unknown, or asks for a text that its package lacks.
pub fn page(libraries: &[Library]) -> Result<String, String> {
    let mut texts = Texts::default();
    let mut rows = String::new();
    for library in libraries {
        rows += &row(library, &mut texts)?;
    }
    let texts: String = texts.shown.iter().enumerate().map(text).collect();
    Ok(format!(
        "<a class=\"skip\" href=\"licences/#main\">Skip to the text</a>\n\
         <header class=\"site-header\"><a class=\"site-title\" href=\"./\">{BOOK}</a>\
         <nav class=\"site-nav\" aria-label=\"Book\"><a href=\"questions/\">Questions</a>\
         <a href=\"glossary/\">Glossary</a><a href=\"about/\">About</a></nav></header>\n\
         <main id=\"main\" tabindex=\"-1\"><div class=\"page prose\">\n\
         <h1>Licences</h1>\n\
         <p>The text and figures of this book are under the \
         <a href=\"https://creativecommons.org/licenses/by/4.0/\">Creative Commons Attribution 4.0</a> \
         licence, its code under MIT or Apache 2.0, as you prefer. The programs that make the labs \
         move were compiled from these libraries of others. What each asks to be kept with it \
         stands here.</p>\n\
         <h2>Libraries</h2>\n<ul class=\"licences\">\n{rows}</ul>\n\
         <h2>Texts</h2>\n{texts}</div></main>\n\
         <footer class=\"site-footer\"><p><a href=\"about/\">About this book</a></p></footer>"
    ))
}

fn row(library: &Library, texts: &mut Texts) -> Result<String, String> {
    let mut notices = Vec::new();
    let mut anchors = Vec::new();
    for id in chosen(&library.licence).ok_or_else(|| {
        format!(
            "{} is under {:?}, which licences.rs and deny.toml do not know",
            library.name, library.licence
        )
    })? {
        let (copyright, body) = text_of(library, id)?;
        notices.extend(copyright);
        let number = texts.number(id, &body);
        anchors.push(format!("<a href=\"licences/#text-{number}\">{id}</a>"));
    }
    notices.dedup();
    let notices: String = notices
        .iter()
        .map(|notice| format!("<br /><small>{}</small>", escape(notice)))
        .collect();
    Ok(format!(
        "<li><a href=\"{}\">{}</a> {}: {}{notices}</li>\n",
        escape(&library.link),
        escape(&library.name),
        escape(&library.version),
        anchors.join(" and "),
    ))
}

/// Which licences are made use of, out of an expression such as `(MIT OR Apache-2.0) AND Zlib`.
/// None where one of those that have to be is unknown.
fn chosen(expression: &str) -> Option<Vec<&'static str>> {
    let parts = expression.split(" AND ");
    let one = |part: &str| {
        let part = part.replace('/', " OR ");
        let offered: Vec<_> = part
            .split(" OR ")
            .map(|id| id.trim_matches(['(', ')', ' ']))
            .collect();
        let known = KNOWN.iter().find(|known| offered.contains(&known.id))?;
        Some(known.id)
    };
    parts.map(one).collect()
}

/// The copyright lines and the text of a library's licence.
fn text_of(library: &Library, id: &str) -> Result<(Vec<String>, String), String> {
    let known = KNOWN.iter().find(|known| known.id == id);
    let words = known.map_or(id, |known| known.words);
    let own = library
        .texts
        .iter()
        .find(|text| plain(text).contains(words));
    match own {
        Some(text) if id == "MIT" => {
            let (mut copyright, body) = apart(text);
            if copyright.is_empty() {
                copyright = named(library);
            }
            Ok((copyright, body))
        }
        Some(text) => Ok((Vec::new(), text.trim().to_owned())),
        None if id == "MIT" => Ok((named(library), apart(MIT).1)),
        None => Err(format!(
            "the package of {} has no text of its licence, {id}",
            library.name
        )),
    }
}

/// Whose copyright it is where no line says so.
fn named(library: &Library) -> Vec<String> {
    let authors = if library.authors.is_empty() {
        format!("the authors of {}", library.name)
    } else {
        library.authors.join(", ")
    };
    vec![format!("Copyright (c) {authors}")]
}

/// The lines that say whose copyright it is, and the MIT licence without them and without its title,
/// so that the same words need to stand only once.
fn apart(text: &str) -> (Vec<String>, String) {
    let begins = text
        .to_lowercase()
        .find("permission is hereby granted")
        .unwrap_or_default();
    let (before, body) = text.split_at(begins);
    let copyright = before
        .lines()
        .map(str::trim)
        .filter(|line| {
            let line = line.to_lowercase();
            line.starts_with("copyright") || line.starts_with("(c)") || line.starts_with('©')
        })
        .map(str::to_owned)
        .collect();
    (copyright, body.trim().to_owned())
}

/// The text in small letters, with one space between its words.
fn plain(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The texts that have been met, each once.
#[derive(Default)]
struct Texts {
    numbers: BTreeMap<String, usize>,
    shown: Vec<(String, String)>,
}

impl Texts {
    fn number(&mut self, id: &str, text: &str) -> usize {
        let shown = &mut self.shown;
        *self.numbers.entry(plain(text)).or_insert_with(|| {
            shown.push((id.to_owned(), text.to_owned()));
            shown.len()
        })
    }
}

fn text((index, (id, text)): (usize, &(String, String))) -> String {
    let paragraphs: String = text
        .replace("\r\n", "\n")
        .split("\n\n")
        .map(|paragraph| {
            format!(
                "<p>{}</p>\n",
                escape(paragraph.trim()).replace('\n', "<br />\n")
            )
        })
        .collect();
    format!(
        "<section id=\"text-{}\"><h3>{id}</h3>\n<small>{paragraphs}</small></section>\n",
        index + 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(name: &str, licence: &str, texts: &[&str]) -> Library {
        Library {
            name: name.to_owned(),
            version: "1.2.3".to_owned(),
            licence: licence.to_owned(),
            link: "https://example.org/".to_owned(),
            authors: vec!["A. Author".to_owned()],
            texts: texts.iter().map(|&text| text.to_owned()).collect(),
        }
    }

    fn mit(whose: &str) -> String {
        MIT.lines()
            .map(|line| {
                if line.starts_with("Copyright") {
                    whose
                } else {
                    line
                }
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn of_a_choice_the_better_known_licence_is_taken_and_of_a_sum_all() {
        assert_eq!(chosen("Apache-2.0 OR MIT"), Some(vec!["MIT"]));
        assert_eq!(chosen("Unlicense/MIT"), Some(vec!["MIT"]));
        assert_eq!(
            chosen("(MIT OR Apache-2.0) AND Unicode-3.0"),
            Some(vec!["MIT", "Unicode-3.0"])
        );
        assert_eq!(chosen("MIT AND Secret-1.0"), None);
    }

    #[test]
    fn each_library_keeps_its_copyright_and_the_same_text_stands_once() {
        let (one, two) = (
            mit("Copyright (c) 2020 One"),
            mit("Copyright (c) 2021 <Two>"),
        );
        let page = page(&[
            library("one", "MIT", &[&one]),
            library(
                "two",
                "MIT OR Apache-2.0",
                &["Apache License\nVersion 2.0", &two],
            ),
        ])
        .unwrap();
        assert!(
            page.contains("Copyright (c) 2020 One") && page.contains("Copyright (c) 2021 &lt;Two>")
        );
        assert_eq!(page.matches("Permission is hereby granted").count(), 1);
        assert!(
            page.contains("<a href=\"https://example.org/\">one</a> 1.2.3"),
            "{page}"
        );
    }

    #[test]
    fn a_library_without_a_text_gets_the_standard_one_with_its_authors() {
        let page = page(&[library("bare", "MIT", &[])]).unwrap();
        assert!(
            page.contains("Copyright (c) A. Author")
                && page.contains("Permission is hereby granted")
        );
    }

    #[test]
    fn what_is_not_known_is_refused_in_a_sentence() {
        assert!(
            page(&[library("odd", "Secret-1.0", &[])])
                .unwrap_err()
                .contains("odd")
        );
        assert!(
            page(&[library("bare", "Zlib", &[])])
                .unwrap_err()
                .contains("no text")
        );
    }

    /// `deny.toml` is for all that takes part in building; what is shipped must be among it.
    #[test]
    fn what_this_page_knows_is_what_deny_toml_allows() {
        let rules = include_str!("../../../deny.toml");
        for known in KNOWN {
            assert!(rules.contains(&format!("\"{}\"", known.id)), "{}", known.id);
        }
    }

    #[test]
    fn every_library_that_is_shipped_has_its_licence_on_the_page() {
        let libraries = crate::libraries::shipped().unwrap();
        assert!(libraries.iter().any(|library| library.name == "leptos"));
        let page = page(&libraries).unwrap();
        for library in libraries {
            let entry = format!("{}</a> {}:", library.name, library.version);
            assert!(page.contains(&entry), "{entry}");
        }
    }
}
