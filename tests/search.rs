//! What is found in the real book, and how large the file is that search needs.
#![cfg(feature = "ssr")]
#![expect(clippy::expect_used, clippy::panic, reason = "what the tests stand on")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use happens_before::book::search::{Group, Hit, Index, Kind, Piece, Place, Report, collect};
use happens_before::book::{self, Book, Files};
use happens_before::labs::catalog::Labs;
use happens_before::sim;

/// How large the data file may be, compressed with gzip as most hosts do.
const MOST_GZIP: usize = 400_000;

fn book() -> Book {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let files = Files::read(folder.as_ref()).expect("content/ can be read");
    book::build(&files, &Labs).0
}

fn places() -> &'static [Place] {
    static PLACES: OnceLock<Vec<Place>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let title = |lab: &str| sim::lab(lab).map(|lab| lab.title.to_owned());
        collect(&book(), &title)
    })
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| Index::of(places().to_vec()))
}

struct Found {
    is_partial: bool,
    groups: Vec<Group>,
}

fn find(query: &str) -> Found {
    match index().find(7, query) {
        Report::Found {
            id: 7,
            is_partial,
            groups,
        } => Found { is_partial, groups },
        other => panic!("{other:?} is no answer to {query}"),
    }
}

fn text(pieces: &[Piece]) -> String {
    pieces.iter().map(|Piece(_, text)| text.as_str()).collect()
}

impl Found {
    fn of(&self, kind: Kind) -> Vec<&Hit> {
        let groups = self.groups.iter().filter(|group| group.kind == kind);
        groups.flat_map(|group| &group.hits).collect()
    }

    fn titles(&self, kind: Kind) -> Vec<String> {
        let hits = self.of(kind);
        hits.iter().map(|hit| text(&hit.title)).collect()
    }

    fn first(&self) -> &Hit {
        let first = self.groups.first().and_then(|group| group.hits.first());
        first.expect("something is found")
    }

    /// All of it, to be read when a test fails.
    fn shown(&self) -> String {
        let hit = |hit: &Hit| {
            let marked = |Piece(is_word, text): &Piece| match is_word {
                true => format!("[{text}]"),
                false => text.clone(),
            };
            let line = |pieces: &[Piece]| pieces.iter().map(marked).collect::<String>();
            format!(
                "  {} | {} | {}\n     {}\n",
                line(&hit.title),
                line(&hit.of),
                hit.address,
                line(&hit.sentence)
            )
        };
        let group = |group: &Group| {
            let hits: String = group.hits.iter().map(hit).collect();
            format!("{:?}, {} in all\n{hits}", group.kind, group.total)
        };
        self.groups.iter().map(group).collect()
    }
}

/// The term that comes first among the terms.
fn check_term(query: &str, expected: &str) {
    let found = find(query);
    let titles = found.titles(Kind::Term);
    assert_eq!(
        titles.first().map(|title| title.to_lowercase()).as_deref(),
        Some(expected),
        "{query} finds\n{}",
        found.shown()
    );
}

#[test]
fn show_for_now() {
    for query in [
        "lamport",
        "lampotr clock",
        "happens before",
        "quorum staleness",
        "fencing token",
        "cap",
        "what is a quorum",
        "raft",
        "consen",
        "replication lag",
        "dynamo",
        "W + R > N",
        "zebra",
        "linearizabilty vs serializability",
        "clocks",
        "how do i choose a partition key",
    ] {
        println!("== {query}\n{}", find(query).shown());
    }
    println!("{:?}", index().size());
}

#[test]
fn the_data_file_stays_small_enough_for_a_phone() {
    let json = serde_json::to_string(places()).expect("places can be written");
    let mut gzip = Command::new("gzip")
        .args(["-9", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("gzip is there");
    let mut input = gzip.stdin.take().expect("gzip listens");
    let text = json.clone();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let packed = gzip.wait_with_output().expect("gzip ends").stdout.len();
    writer.join().expect("it ends").expect("gzip takes it all");
    let (words, dictionary, pairs) = index().size();
    eprintln!(
        "search data: {} places, {} bytes, {packed} with gzip; {words} words in {dictionary} bytes, {pairs} entries",
        places().len(),
        json.len()
    );
    assert!(packed > 0 && packed < MOST_GZIP, "{packed} bytes");
}

#[test]
fn a_term_is_found_by_its_name() {
    check_term("quorum", "quorum");
    check_term("fencing token", "fencing token");
    check_term("happens before", "happens-before");
}
