//! The book without network: what the service worker keeps, and the worker itself.
//!
//! Runs last, when every file of the site is as it will be served: the worker holds each against
//! its hash. A build that is not for readers gets a worker instead that takes an earlier one away.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The worker's file. It has to keep this name for ever: browsers ask for it by name whether there
/// is a new edition.
pub const WORKER: &str = "sw.js";

const TEMPLATE: &str = include_str!("sw.js");
const LEAVE: &str = include_str!("sw_leave.js");

/// What stands in index.html where the pages of a finished edition say that they can be kept.
const MARK: &str = "<!-- offline:";
/// The name of the `<meta>` that says so, with the book's size in megabytes, rounded up.
const META: &str = "offline";

/// The pages below this folder are many, small and alike: fetched as one file they are a fifth as
/// long when compressed, and one request instead of hundreds.
const BUNDLED: &str = "question/";

/// The same text once more, for paper.
const PAPER: &str = "book/";
/// What is not kept, by the beginning of its name: what readers never ask for, because it is for
/// search engines, hosts and previews.
const LEFT_OUT: &[&str] = &[
    PAPER,
    WORKER,
    "robots.txt",
    "sitemap",
    "card/",
    "_headers",
    "CNAME",
];
/// The same, by the end of its name: what a host sends in place of the file itself.
const COMPRESSED: &[&str] = &[".br", ".gz"];

/// Whether the site is for readers, or for somebody who works on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// A release build.
    Finished,
    /// Any other.
    Draft,
}

impl Edition {
    /// As Trunk says it of its build, in `TRUNK_PROFILE`.
    pub fn of_profile(profile: Option<&str>) -> Self {
        if profile == Some("release") {
            Self::Finished
        } else {
            Self::Draft
        }
    }
}

/// Writes the worker, and into each page whether it can be kept.
///
/// # Errors
/// A sentence when a file cannot be read or written, or has a name that no address can have.
pub fn write(folder: &Path, edition: Edition) -> Result<(), String> {
    if edition == Edition::Draft {
        mark_pages(folder, None)?;
        return put(folder, WORKER, LEAVE.as_bytes());
    }
    let bytes: usize = kept(&read(folder)?).values().map(Vec::len).sum();
    mark_pages(folder, Some(bytes.div_ceil(1_000_000)))?;
    write_worker(folder)
}

/// Writes the worker for the files as they are.
///
/// # Errors
/// A sentence when a file cannot be read or written, or has a name that no address can have.
pub fn write_worker(folder: &Path) -> Result<(), String> {
    let (pages, files): (BTreeMap<_, _>, BTreeMap<_, _>) = kept(&read(folder)?)
        .into_iter()
        .partition(|(name, _)| name.starts_with(BUNDLED));
    let bundle = bundle(&pages)?;
    put(folder, &bundle.0, &bundle.1)?;
    put(folder, WORKER, worker(&files, &bundle, &pages).as_bytes())
}

/// The files of the site by name, as the worker names them: that of a folder's page ends with the
/// slash.
fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut files = BTreeMap::new();
    read_into(folder, "", &mut files)?;
    Ok(files)
}

fn read_into(
    folder: &Path,
    path: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{} could not be read: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let plain = |name: &&str| {
            name.chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c))
        };
        let Some(name) = name.to_str().filter(plain) else {
            return Err(format!(
                "{path}{} has a name that would be written otherwise in an address; \
                 use letters, digits, - _ . and ~",
                name.display()
            ));
        };
        let full = format!("{path}{name}");
        if name.starts_with('.') {
            // Left for the host by other tools.
        } else if entry.file_type().map_err(failed)?.is_dir() {
            read_into(&entry.path(), &format!("{full}/"), files)?;
        } else {
            let bytes = fs::read(entry.path()).map_err(failed)?;
            let page = full.strip_suffix("index.html");
            let page = page.filter(|folder| folder.is_empty() || folder.ends_with('/'));
            files.insert(page.unwrap_or(&full).to_owned(), bytes);
        }
    }
    Ok(())
}

/// What a reader may ask for.
fn kept(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let is_kept = |name: &str| {
        !LEFT_OUT.iter().any(|start| name.starts_with(start))
            && !COMPRESSED.iter().any(|end| name.ends_with(end))
            && !is_bundle(name)
    };
    let files = files.iter().filter(|(name, _)| is_kept(name));
    files
        .map(|(name, bytes)| (name.clone(), bytes.clone()))
        .collect()
}

const BUNDLE: &str = "data/bundle-";

fn is_bundle(name: &str) -> bool {
    name.starts_with(BUNDLE)
}

/// What stands in a page of the bundle where all have the same: a character that no page holds.
const SAME: &str = "\0";

/// The pages in one file: its name and what is in it, each page's text by its name. The style, which
/// they share, stands there once, without a name: pages as long as what a host's compression looks
/// back on would not be seen to be alike.
fn bundle(pages: &BTreeMap<String, Vec<u8>>) -> Result<(String, Vec<u8>), String> {
    let mut texts = BTreeMap::new();
    for (name, bytes) in pages {
        let text = std::str::from_utf8(bytes)
            .ok()
            .filter(|text| !text.contains(SAME))
            .ok_or_else(|| format!("{name} is no page as it is written here"))?;
        texts.insert(name.as_str(), text.to_owned());
    }
    let style = texts
        .values()
        .next()
        .map_or("", |text| style_of(text))
        .to_owned();
    if !style.is_empty() {
        for text in texts.values_mut() {
            *text = text.replacen(&style, SAME, 1);
        }
    }
    texts.insert("", style);
    let json = serde_json::to_vec(&texts)
        .map_err(|error| format!("the pages in {BUNDLED} could not be put together: {error}"))?;
    Ok((format!("{BUNDLE}{}.json", hash(&json)), json))
}

/// The first style element of a page; empty where there is none.
fn style_of(page: &str) -> &str {
    let begin = page.find("<style>").unwrap_or(page.len());
    let rest = page.get(begin..).unwrap_or_default();
    let end = rest.find("</style>").unwrap_or_default();
    rest.get(..end).unwrap_or_default()
}

/// The worker's text.
fn worker(
    files: &BTreeMap<String, Vec<u8>>,
    (bundle, json): &(String, Vec<u8>),
    pages: &BTreeMap<String, Vec<u8>>,
) -> String {
    let line = |name: &str, bytes: &[u8]| format!("[{name:?}, {:?}, {}", hash(bytes), bytes.len());
    let files: String = files
        .iter()
        .map(|(name, bytes)| format!("\n  {}],", line(name, bytes)))
        .collect();
    let pages: String = pages
        .keys()
        .map(|name| format!("\n    {name:?},"))
        .collect();
    let bundles = if pages.is_empty() {
        String::new()
    } else {
        format!("\n  {}, [{pages}\n  ]],\n", line(bundle, json))
    };
    let filled = TEMPLATE
        .replace("/* paper */", PAPER)
        .replace("/* files */", &format!("{files}\n"))
        .replace("/* bundles */", &bundles);
    let edition: String = hash(filled.as_bytes()).chars().take(8).collect();
    filled.replace("/* edition */", &edition)
}

/// The first 16 digits of SHA-256: the worker computes the same of what it is sent.
fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digits = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
    digits.collect()
}

/// Replaces the mark in each page.
fn mark_pages(folder: &Path, megabytes: Option<usize>) -> Result<(), String> {
    let meta = megabytes.map_or_else(String::new, |megabytes| {
        format!("<meta name=\"{META}\" content=\"{megabytes}\" />")
    });
    for (name, bytes) in read(folder)? {
        let is_page = name.is_empty() || name.ends_with('/') || name.ends_with(".html");
        let Some(text) = String::from_utf8(bytes).ok().filter(|_| is_page) else {
            continue;
        };
        let marked = text
            .split_once(MARK)
            .and_then(|(before, rest)| Some((before, rest.split_once("-->")?.1)));
        if let Some((before, after)) = marked {
            let file = if name.ends_with(".html") {
                name
            } else {
                format!("{name}index.html")
            };
            put(folder, &file, format!("{before}{meta}{after}").as_bytes())?;
        }
    }
    Ok(())
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    fs::write(folder.join(name), bytes)
        .map_err(|error| format!("{name} could not be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &[(&str, &str)] = &[
        ("index.html", "<head><!-- offline: here --></head>home"),
        ("404.html", "nothing here"),
        ("about/index.html", "about"),
        ("question/one/index.html", "one"),
        ("question/two/index.html", "two"),
        ("data/contents.json", "{}"),
        ("page-0123456789abcdef.css", "a {}"),
        ("sw.js", "of the edition before"),
        ("robots.txt", "for others"),
        ("about/index.html.br", "shorter"),
        ("card/about-0123456789abcdef.png", "for others"),
        (".nojekyll", ""),
    ];

    /// The worker of a site that is [`SITE`] with one file changed.
    fn worker_of(test: &str, changed: (&str, &str), edition: Edition) -> String {
        let folder = std::env::temp_dir().join(format!("offline-{}-{test}", std::process::id()));
        for (name, text) in SITE.iter().copied().chain([changed]) {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        write(&folder, edition).unwrap();
        let home = fs::read_to_string(folder.join("index.html")).unwrap();
        assert_eq!(
            home.contains("<meta name=\"offline\" content=\"1\" />"),
            edition == Edition::Finished
        );
        assert!(!home.contains("<!--"), "{home}");
        let worker = fs::read_to_string(folder.join(WORKER)).unwrap();
        fs::remove_dir_all(folder).unwrap();
        worker
    }

    /// What the worker's list has of each file: the line that begins with its name.
    fn line<'a>(worker: &'a str, name: &str) -> Option<&'a str> {
        let begin = format!("[\"{name}\", ");
        worker
            .lines()
            .map(str::trim)
            .find(|line| line.starts_with(&begin))
    }

    fn edition(worker: &str) -> &str {
        let line = worker
            .lines()
            .find(|line| line.starts_with("const EDITION"))
            .unwrap();
        line.split('"').nth(1).unwrap()
    }

    #[test]
    fn every_file_that_a_reader_may_ask_for_is_in_the_list() {
        let worker = worker_of("every", SITE[0], Edition::Finished);
        for name in [
            "",
            "404.html",
            "about/",
            "data/contents.json",
            "page-0123456789abcdef.css",
        ] {
            assert!(
                line(&worker, name).is_some(),
                "{name:?} is missing: {worker}"
            );
        }
        for page in ["question/one/", "question/two/"] {
            assert!(
                worker.contains(&format!("\n    \"{page}\",\n")),
                "{page}: {worker}"
            );
            assert_eq!(line(&worker, page), None, "it is fetched with the others");
        }
        assert!(worker.contains("[\"data/bundle-"), "{worker}");
    }

    #[test]
    fn the_worker_itself_and_what_is_for_others_is_not() {
        let worker = worker_of("itself", SITE[0], Edition::Finished);
        for name in [
            "sw.js",
            "robots.txt",
            ".nojekyll",
            "index.html",
            "about/index.html.br",
            "card/about-0123456789abcdef.png",
        ] {
            assert_eq!(line(&worker, name), None, "{name}");
        }
    }

    #[test]
    fn the_worker_finds_its_words_in_the_page_for_unknown_addresses() {
        let page = include_str!("not_found.html");
        assert!(page.contains("<title>Not found ·"));
        let (_, heading) = page.split_once("<h1>").unwrap();
        let (words, _) = heading.split_once("</p>").unwrap();
        assert!(words.contains("</h1>\n      <p>"), "{words}");
        let worker = worker_of("paper", SITE[0], Edition::Finished);
        assert!(worker.contains("const PAPER = \"book/\";"));
    }

    #[test]
    fn a_file_is_listed_with_its_hash_and_length() {
        let worker = worker_of("hash", SITE[0], Edition::Finished);
        // printf about | sha256sum
        let expected = "[\"about/\", \"a4262e1c9bcbc172\", 5],";
        assert_eq!(line(&worker, "about/"), Some(expected));
    }

    #[test]
    fn a_changed_file_changes_the_edition_and_no_other_line() {
        let before = worker_of("before", SITE[0], Edition::Finished);
        let same = worker_of("same", SITE[0], Edition::Finished);
        let after = worker_of(
            "after",
            ("about/index.html", "otherwise"),
            Edition::Finished,
        );
        assert_eq!(before, same);
        assert_ne!(edition(&before), edition(&after));
        let lines = |worker: &str| worker.lines().map(str::to_owned).collect::<Vec<_>>();
        let differing: Vec<_> = std::iter::zip(lines(&before), lines(&after))
            .filter(|(before, after)| before != after)
            .map(|(_, after)| after)
            .collect();
        assert_eq!(differing.len(), 2, "{differing:#?}");
    }

    #[test]
    fn pages_of_the_bundle_come_back_whole_and_their_style_is_sent_once() {
        let style = "<style>a{top:0}";
        let page = |text: &str| format!("<head>{style}</style></head>{text}").into_bytes();
        let pages = BTreeMap::from([
            ("question/a/".to_owned(), page("one")),
            ("question/b/".to_owned(), page("two")),
        ]);
        let (_, json) = bundle(&pages).unwrap();
        let texts: BTreeMap<String, String> = serde_json::from_slice(&json).unwrap();
        assert_eq!(texts[""], style);
        assert_eq!(String::from_utf8(json).unwrap().matches(style).count(), 1);
        for (name, bytes) in &pages {
            assert_eq!(texts[name].replacen(SAME, style, 1).as_bytes(), bytes);
        }
    }

    #[test]
    fn a_changed_question_changes_the_bundle_and_the_edition() {
        let before = worker_of("question", SITE[0], Edition::Finished);
        let after = worker_of(
            "changed",
            ("question/two/index.html", "2"),
            Edition::Finished,
        );
        assert_ne!(edition(&before), edition(&after));
        assert_eq!(line(&before, "about/"), line(&after, "about/"));
    }

    #[test]
    fn a_draft_has_a_worker_that_keeps_nothing_and_takes_itself_away() {
        assert_eq!(Edition::of_profile(Some("debug")), Edition::Draft);
        assert_eq!(Edition::of_profile(None), Edition::Draft);
        assert_eq!(Edition::of_profile(Some("release")), Edition::Finished);
        let worker = worker_of("draft", SITE[0], Edition::Draft);
        assert!(worker.contains("unregister"), "{worker}");
        assert!(!worker.contains("about/"), "{worker}");
    }

    #[test]
    fn a_name_that_an_address_would_write_otherwise_is_refused() {
        let folder = std::env::temp_dir().join(format!("offline-{}-name", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a b.html"), "").unwrap();
        let why = write(&folder, Edition::Finished).unwrap_err();
        fs::remove_dir_all(folder).unwrap();
        assert!(why.starts_with("a b.html has a name"), "{why}");
    }
}
