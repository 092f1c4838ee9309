//! What is found in the real book, and how large the file is that search needs.
#![cfg(feature = "ssr")]
#![expect(clippy::expect_used, clippy::panic, reason = "what the tests stand on")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use happens_before::book::search::{Group, Hit, Index, Kind, Piece, Place, Report, collect};
use happens_before::book::{self, Book, Files};
use happens_before::labs::catalog::{Labs, words_of};

/// How large the data file may be for each chapter that is written, in bytes, compressed with gzip
/// as most hosts do. It grows with the book and by nothing else: less than 400 KB for thirteen.
const MOST_GZIP_A_CHAPTER: usize = 30_000;

fn book() -> Book {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let files = Files::read(folder.as_ref()).expect("content/ can be read");
    book::build(&files, &Labs).0
}

fn places() -> &'static [Place] {
    static PLACES: OnceLock<Vec<Place>> = OnceLock::new();
    PLACES.get_or_init(|| collect(&book(), &words_of))
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

/// The kind of the best group, and the address of its first hit.
fn check_first(query: &str, kind: Kind, address: &str) {
    let found = find(query);
    let first = found.groups.first().map(|group| group.kind);
    assert_eq!(first, Some(kind), "{query} finds\n{}", found.shown());
    assert_eq!(
        found.first().address,
        address,
        "{query} finds\n{}",
        found.shown()
    );
}

/// The first hit of a kind.
fn check_first_of(query: &str, kind: Kind, address: &str) {
    let found = find(query);
    let hits = found.of(kind);
    assert_eq!(
        hits.first().map(|hit| hit.address.as_str()),
        Some(address),
        "{query} finds\n{}",
        found.shown()
    );
}

#[test]
fn a_term_is_found_by_its_name() {
    check_term("quorum", "quorum");
    check_term("fencing token", "fencing token");
    check_term("happens before", "happens-before");
    check_first("fencing token", Kind::Term, "glossary/#fencing-token");
    check_first("happens before", Kind::Term, "glossary/#happens-before");
}

#[test]
fn a_lab_is_found_by_its_scenarios_and_challenges() {
    let lab = "chapter/distributed-transactions/#lab-saga";
    for query in [
        "nobody is waiting",
        "call in the people",
        "saga orchestrator",
    ] {
        let found = find(query);
        let hits = found.of(Kind::Section);
        assert!(
            hits.iter().any(|hit| hit.address == lab),
            "{query} finds\n{}",
            found.shown()
        );
    }
}

#[test]
fn a_name_finds_the_section_that_it_heads_and_what_its_bearer_wrote() {
    check_first_of("lamport", Kind::Section, "chapter/time-and-clocks/#lamport");
    let sources = find("lamport");
    let sources = sources.of(Kind::Source);
    let is_his = |hit: &&Hit| text(&hit.of).contains("Leslie Lamport");
    assert!(sources.len() >= 4 && sources.iter().all(is_his));
}

#[test]
fn an_author_finds_the_source_first() {
    check_first(
        "ongaro ousterhout",
        Kind::Source,
        "chapter/time-and-clocks/#source-raft2014",
    );
}

#[test]
fn two_letters_in_the_wrong_order_do_no_harm() {
    check_first("lampotr clock", Kind::Term, "glossary/#lamport-clock");
    check_first_of(
        "lampotr clock",
        Kind::Section,
        "chapter/time-and-clocks/#lamport",
    );
    check_term("qourum", "quorum");
}

#[test]
fn a_long_word_may_have_two_mistakes() {
    let found = find("linearzabilty");
    let hit = found.first();
    assert!(
        hit.words.iter().any(|word| word == "linearizability"),
        "{}",
        found.shown()
    );
}

#[test]
fn a_word_that_is_being_typed_finds_what_it_begins() {
    for query in ["consen", "consensu"] {
        let found = find(query);
        let titles = found.titles(Kind::Term);
        assert!(
            titles.iter().any(|title| title.starts_with("Consensus")),
            "{titles:?}"
        );
    }
}

#[test]
fn words_of_different_places_find_the_paper_that_joins_them() {
    check_first(
        "quorum staleness",
        Kind::Source,
        "chapter/replication/#source-pbs2012",
    );
}

#[test]
fn whole_words_go_before_beginnings_and_beginnings_before_mistakes() {
    let place = |title: &str| Place {
        kind: Kind::Term,
        address: title.to_owned(),
        title: title.to_owned(),
        of: String::new(),
        text: String::new(),
    };
    // A mistake is thought of only where little else is found.
    let index = Index::of(
        ["Quorums", "Quarum", "Quorumness", "Quorum"]
            .map(place)
            .to_vec(),
    );
    let Report::Found { groups, .. } = index.find(1, "quorum") else {
        panic!("it answers")
    };
    let hits = groups.iter().flat_map(|group| &group.hits);
    let order: Vec<&str> = hits.map(|hit| hit.address.as_str()).collect();
    assert_eq!(order, ["Quorum", "Quorums", "Quorumness"]);
    let index = Index::of(["Quarum", "Quorumness"].map(place).to_vec());
    let Report::Found { groups, .. } = index.find(1, "quorum") else {
        panic!("it answers")
    };
    let hits = groups.iter().flat_map(|group| &group.hits);
    let order: Vec<&str> = hits.map(|hit| hit.address.as_str()).collect();
    assert_eq!(order, ["Quorumness", "Quarum"]);
}

#[test]
fn a_heading_goes_before_any_number_of_words_in_a_text() {
    let place = |address: &str, title: &str, text: &str| Place {
        kind: Kind::Section,
        address: address.to_owned(),
        title: title.to_owned(),
        of: String::new(),
        text: text.to_owned(),
    };
    let index = Index::of(vec![
        place("text", "Something else", &"lease ".repeat(50)),
        place("heading", "What a lease is for", "Nothing of the kind."),
    ]);
    let Report::Found { groups, .. } = index.find(1, "lease") else {
        panic!("it answers")
    };
    let first = groups.first().and_then(|group| group.hits.first());
    assert_eq!(first.map(|hit| hit.address.as_str()), Some("heading"));
}

#[test]
fn small_words_are_left_aside_unless_there_is_nothing_else() {
    check_term("what is a quorum?", "quorum");
    assert!(!find("to be or").groups.is_empty());
}

#[test]
fn a_formula_can_be_typed_as_it_stands() {
    assert!(!find("W + R > N").of(Kind::Section).is_empty());
}

#[test]
fn a_term_is_found_by_its_short_name_although_a_small_word_is_part_of_it() {
    check_first("OR-set", Kind::Term, "glossary/#or-set");
    check_first("or set", Kind::Term, "glossary/#or-set");
}

#[test]
fn a_greek_letter_is_found_by_its_name_and_by_itself() {
    for query in ["phi accrual", "φ accrual", "phi", "φ"] {
        check_first(query, Kind::Term, "glossary/#phi-accrual");
    }
}

#[test]
fn the_short_name_of_a_chapter_leads_to_its_term_and_to_it() {
    for query in ["CRDT", "crdts"] {
        check_first_of(query, Kind::Term, "glossary/#crdt");
        check_first_of(query, Kind::Section, "chapter/crdts/");
        let kind = find(query).groups.first().map(|group| group.kind);
        assert!(matches!(kind, Some(Kind::Term | Kind::Section)), "{query}");
    }
}

#[test]
fn a_whole_chapter_goes_before_lists_with_a_heading_of_its_title() {
    for query in [
        "leader election",
        "distributed transactions",
        "failure detection",
    ] {
        let address = format!("chapter/{}/", query.replace(' ', "-"));
        check_first(query, Kind::Section, &address);
    }
}

#[test]
fn what_the_book_says_goes_before_what_it_asks_and_cites() {
    for query in [
        "idempotency",
        "idempotent",
        "exactly once",
        "two phase commit",
    ] {
        let kinds: Vec<Kind> = find(query).groups.iter().map(|group| group.kind).collect();
        let is_of_book = |kind: &Kind| matches!(kind, Kind::Section | Kind::Term);
        assert!(kinds.iter().any(is_of_book), "{query}: {kinds:?}");
        assert!(
            kinds.is_sorted_by_key(|kind| !is_of_book(kind)),
            "{query}: {kinds:?}"
        );
    }
    check_first(
        "life beyond distributed transactions: an apostate's opinion",
        Kind::Source,
        "chapter/distributed-transactions/#source-helland2007",
    );
}

#[test]
fn a_number_may_be_typed_as_a_digit_or_as_a_word() {
    check_first("2 phase commit", Kind::Term, "glossary/#two-phase-commit");
    check_first("two phase commit", Kind::Term, "glossary/#two-phase-commit");
}

#[test]
fn where_no_place_has_all_of_the_words_it_is_said() {
    assert!(!find("quorum").is_partial);
    let found = find("quorum hippopotamus");
    assert!(found.is_partial && !found.groups.is_empty());
}

#[test]
fn what_is_not_in_the_book_is_not_found() {
    for query in [
        "hippopotamus",
        "<img src=x onerror=alert(1)> hippopotamus qqqq",
        "",
        " … ",
    ] {
        let found = find(query);
        let hits = found.groups.iter().flat_map(|group| &group.hits);
        let with_word = hits.filter(|hit| hit.words.iter().any(|word| word.contains("hippo")));
        assert_eq!(with_word.count(), 0, "{query}");
    }
    assert!(find("hippopotamus").groups.is_empty());
    assert!(find("").groups.is_empty());
}

#[test]
fn the_sentence_shown_has_the_words_marked() {
    let found = find("fencing token");
    for hit in found.of(Kind::Term) {
        let marked: Vec<&str> = hit
            .sentence
            .iter()
            .chain(&hit.title)
            .filter(|Piece(is_word, _)| *is_word)
            .map(|Piece(_, text)| text.as_str())
            .collect();
        assert!(!marked.is_empty(), "{}", found.shown());
    }
}

#[test]
fn every_place_has_an_address_of_its_own_and_a_title() {
    let mut seen = std::collections::BTreeSet::new();
    for place in places() {
        assert!(seen.insert(&place.address), "{} twice", place.address);
        assert!(
            !place.title.trim().is_empty(),
            "{} has no title",
            place.address
        );
        assert!(!place.address.starts_with('/'), "{}", place.address);
    }
    for kind in Kind::ALL {
        assert!(index().count(kind) > 50, "{kind:?}");
    }
}

#[test]
fn text_is_text_without_tags_or_signs_of_html() {
    for place in places() {
        for sign in ["</", "&amp;", "&lt;", "&quot;", "&gt;"] {
            assert!(!place.text.contains(sign), "{} has {sign}", place.address);
        }
    }
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
    let most = MOST_GZIP_A_CHAPTER * book().chapters.len();
    assert!(packed > 0 && packed < most, "{packed} of {most} bytes");
}
