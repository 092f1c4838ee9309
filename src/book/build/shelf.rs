//! Which file of the content folder is what, and what that gives before any chapter is written.

use super::{
    catalog::Catalog,
    desk::{self, Desk},
    flow::parse,
    front_matter::{self, Draft},
    html::is_kebab,
    passage::{File, Place},
    plan,
    problem::Problems,
    sources, svg, syllabus,
};
use crate::book::Contents;
use pulldown_cmark::{CodeBlockKind, Event, Tag};
use std::collections::BTreeMap;

/// The program's own pages that the text may link to.
const OWN_PAGES: [&str; 3] = ["about", "glossary", "questions"];

/// Names that a page beside the chapters cannot have: folders and pages of the program's own.
const RESERVED: [&str; 7] = [
    "about",
    "chapter",
    "data",
    "glossary",
    "question",
    "questions",
    "search",
];

/// The files, each where it belongs.
#[derive(Debug, Default)]
pub(super) struct Shelf<'a> {
    plan: Option<&'a File>,
    syllabus: Option<&'a File>,
    /// The source lists: the book's own, and those of chapters.
    sources: Vec<&'a File>,
    chapters: BTreeMap<&'a str, &'a File>,
    figures: BTreeMap<&'a str, &'a File>,
    /// What stands beside the chapters.
    pub(super) pages: BTreeMap<&'a str, &'a File>,
    /// The question banks, by chapter.
    pub(super) banks: BTreeMap<&'a str, &'a File>,
    /// The formulas, by chapter.
    pub(super) formulas: BTreeMap<&'a str, &'a File>,
}

/// Sorts the files. What belongs nowhere, and what is missing, is a problem.
pub(super) fn sort<'a>(files: &'a BTreeMap<&'a str, File>, problems: &Problems) -> Shelf<'a> {
    let mut shelf = Shelf::default();
    for (path, file) in files {
        let (folder, name) = path.split_once('/').unwrap_or(("", path));
        match (folder, name.split_once('.')) {
            ("", Some(("book", "toml"))) => shelf.plan = Some(file),
            ("", Some(("syllabus", "toml"))) => shelf.syllabus = Some(file),
            ("", Some(("sources", "toml"))) | ("sources", Some((_, "toml"))) => {
                shelf.sources.push(file);
            }
            ("chapters", Some((slug, "md"))) => shelf.add(|s| &mut s.chapters, slug, file),
            ("pages", Some((slug, "md"))) => shelf.add(|s| &mut s.pages, slug, file),
            ("questions", Some((slug, "toml"))) => shelf.add(|s| &mut s.banks, slug, file),
            ("formulas", Some((slug, "toml"))) => shelf.add(|s| &mut s.formulas, slug, file),
            ("figures", Some((name, "svg"))) => shelf.add(|s| &mut s.figures, name, file),
            _ => {
                let fix = "content has book.toml, syllabus.toml, sources.toml, chapters/*.md, \
                           questions/*.toml, formulas/*.toml, sources/*.toml, pages/*.md and \
                           figures/*.svg";
                problems.report(start(file), "the file belongs nowhere", fix);
            }
        }
    }
    shelf.check_names(problems);
    shelf
}

fn start(file: &File) -> Place<'_> {
    Place { file, offset: 0 }
}

fn is_blank(file: &File) -> bool {
    file.text.trim().is_empty()
}

impl<'a> Shelf<'a> {
    fn add(
        &mut self,
        place: impl Fn(&mut Self) -> &mut BTreeMap<&'a str, &'a File>,
        name: &'a str,
        file: &'a File,
    ) {
        place(self).insert(name, file);
    }

    fn check_names(&self, problems: &Problems) {
        if self.plan.is_none() {
            let fix = "write it, with `title`, `subtitle` and a `[[part]]` for each part";
            problems.report_missing("book.toml", fix);
        }
        for (name, file) in self
            .pages
            .iter()
            .filter(|(name, _)| RESERVED.contains(name))
        {
            let what = format!("a page cannot be called `{name}`");
            problems.report(
                start(file),
                what,
                "the program has one of this name: choose another",
            );
        }
        let named = self.chapters.iter().chain(&self.figures).chain(&self.pages);
        for (name, file) in named {
            if !is_kebab(name) {
                let what = format!("`{name}` is no name for a file");
                let fix = "use small letters and digits with single dashes: time-and-clocks";
                problems.report(start(file), what, fix);
            }
        }
        for (kind, names) in [("questions", &self.banks), ("formulas", &self.formulas)] {
            for (name, file) in names {
                if !self.chapters.contains_key(name) {
                    let what = format!("there is no chapter `{name}` for these {kind}");
                    let fix =
                        format!("name the file like its chapter: chapters/x.md, {kind}/x.toml");
                    problems.report(start(file), what, fix);
                }
            }
        }
    }

    /// The table of contents, without chapters yet.
    pub(super) fn contents(&self, problems: &Problems) -> Contents {
        let plan = self.plan.filter(|file| !is_blank(file));
        let contents = plan.and_then(|file| plan::read(file, problems));
        contents.unwrap_or_default()
    }

    /// The chapters, taken apart, in the order of the book.
    pub(super) fn drafts(&self, problems: &Problems) -> Vec<Draft<'a>> {
        let written = self.chapters.iter().filter(|(_, file)| !is_blank(file));
        let read = |(slug, file): (&&'a str, &&'a File)| front_matter::read(slug, file, problems);
        let mut drafts: Vec<Draft<'a>> = written.map(read).collect();
        drafts.sort_by_key(|draft| (draft.front.number.map(|(n, _)| n), draft.slug));
        drafts
    }

    /// Everything the chapters may refer to.
    pub(super) fn desk<'d>(
        &self,
        drafts: &[Draft<'a>],
        catalog: &'d dyn Catalog,
        problems: &'d Problems,
    ) -> Desk<'d>
    where
        'a: 'd,
    {
        let sources = self.sources.iter().copied();
        let sources: Vec<&'a File> = sources.filter(|file| !is_blank(file)).collect();
        let syllabus = self.syllabus.filter(|file| !is_blank(file));
        let syllabus = syllabus.map(|file| syllabus::read(file, problems));
        let figure = |(name, file): (&&'a str, &&'a File)| {
            let svg = if is_blank(file) {
                String::new()
            } else {
                svg::read(name, file, problems)
            };
            (*name, svg)
        };
        let mut chapters: BTreeMap<&str, String> = BTreeMap::new();
        chapters.extend(self.chapters.keys().map(|slug| (*slug, String::new())));
        chapters.extend(
            drafts
                .iter()
                .map(|draft| (draft.slug, draft.front.title.clone())),
        );
        Desk {
            catalog,
            problems,
            sources: sources::read_all(&sources, problems),
            syllabus: syllabus.unwrap_or_default(),
            figures: self.figures.iter().map(figure).collect(),
            pages: self.pages.keys().copied().chain(OWN_PAGES).collect(),
            chapters,
            concepts: desk::concepts(drafts, problems),
            labs: embedded(drafts),
        }
    }
}

/// Which chapters embed a lab.
fn embedded<'a>(drafts: &[Draft<'a>]) -> BTreeMap<String, Vec<&'a str>> {
    let mut labs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for draft in drafts {
        for (event, _) in parse(draft.body.text()) {
            if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event
                && let Some(lab) = info.strip_prefix("lab ")
            {
                labs.entry(lab.trim().to_owned())
                    .or_default()
                    .push(draft.slug);
            }
        }
    }
    labs
}

/// Every chapter has a number of its own and a part that the plan has.
pub(super) fn check_numbers(drafts: &[Draft<'_>], contents: &Contents, problems: &Problems) {
    for (at, draft) in drafts.iter().enumerate() {
        if let Some((number, place)) = draft.front.number {
            let same = |other: &&Draft<'_>| other.front.number.is_some_and(|(n, _)| n == number);
            if let Some(first) = drafts[..at].iter().find(same) {
                let what = format!("the chapter `{}` has the number {number} too", first.slug);
                problems.report(place, what, "give each chapter its own number");
            }
        }
        if let Some((part, place)) = draft.front.part
            && !contents.parts.iter().any(|known| known.number == part)
            && !contents.parts.is_empty()
        {
            let known = contents.parts.iter().map(|part| part.number.to_string());
            let known: Vec<String> = known.collect();
            let what = format!("there is no part {part}");
            let fix = format!("the parts in content/book.toml are: {}", known.join(", "));
            problems.report(place, what, fix);
        }
    }
}
