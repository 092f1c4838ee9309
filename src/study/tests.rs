//! The laws of merging, and growth.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

mod damage;

const NOW: u64 = 1_795_000_000_000;

fn some() -> Document {
    let empty = Document::default();
    [
        empty.come_to("crdts", "sets", NOW),
        empty.see_section("crdts", "counters", NOW),
        empty.mark_chapter("replication", true, NOW),
        empty.leave_lab("quorum", "quorum;v=1;seed=7;at=3ms", NOW),
        empty.meet("quorum", "stale-read", NOW),
        empty.answer("who-wins", -2, NOW),
    ]
    .iter()
    .fold(empty, |all, change| all.merged(change))
}

fn faults(text: &str) -> Vec<String> {
    let damage = read(text).damage;
    damage.map_or_else(Vec::new, |damage| damage.sentences().to_vec())
}

/// The document's text with something exchanged, and the sum that fits.
fn forged(change: impl Fn(&mut Map<String, Value>)) -> String {
    let mut value: Value = serde_json::from_str(&some().to_text()).unwrap();
    let map = value.as_object_mut().unwrap();
    map.remove("sum");
    change(map);
    let body = value.to_string();
    let sum = read::sum_of(body[1..].bytes());
    format!("{{\"sum\":\"{sum:016x}\",{}", &body[1..])
}

// Merging.

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["crdts", "time/hlc", "a", "b"]).prop_map(str::to_owned)
}

fn rest() -> impl Strategy<Value = Map<String, Value>> {
    let leaf = prop_oneof![
        (0..3_i32).prop_map(|n| json!(n)),
        "[a-c]?".prop_map(|text| json!(text)),
        Just(json!(null)),
        Just(json!([1, "x"])),
    ];
    let field = prop::sample::select(vec!["at", "due", "more"]).prop_map(str::to_owned);
    let value = leaf.prop_recursive(3, 12, 3, move |inner| {
        let field = prop::sample::select(vec!["at", "due", "more"]).prop_map(str::to_owned);
        prop::collection::btree_map(field, inner, 0..3)
            .prop_map(|map| Value::Object(map.into_iter().collect()))
    });
    prop::collection::btree_map(field, value, 0..3).prop_map(|map| map.into_iter().collect())
}

fn shelf(kind: Kind) -> impl Strategy<Value = Shelf> {
    let value = match kind {
        Kind::Marks => any::<bool>().prop_map(Held::Mark).boxed(),
        Kind::Numbers => (-2..2_i64).prop_map(Held::Number).boxed(),
        Kind::Texts => "[a-c]".prop_map(Held::Text).boxed(),
    };
    let entry = (name(), 0..4_u64, value, rest());
    prop::collection::vec(entry, 0..4).prop_map(move |entries| {
        let one = |(name, at, value, rest): (String, u64, Held, Map<String, Value>)| {
            let mut register = rest;
            register.insert("at".into(), at.into());
            register.insert(
                "value".into(),
                match value {
                    Held::Mark(mark) => json!(mark),
                    Held::Number(number) => json!(number),
                    Held::Text(text) => json!(text),
                },
            );
            Shelf::from_json(&json!({ name: register }), kind, &mut |name| {
                panic!("{name}")
            })
        };
        let shelves = entries.into_iter().map(one);
        shelves.fold(Shelf::default(), |all, one| all.merged(&one, 9))
    })
}

prop_compose! {
    fn document()(
        places in shelf(Kind::Texts),
        sections in shelf(Kind::Marks),
        chapters in shelf(Kind::Marks),
        answers in shelf(Kind::Numbers),
        rest in rest(),
    ) -> Document {
        Document { places, sections, chapters, answers, rest, ..Document::default() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_does_not_matter_which_of_two_is_merged_into_the_other(a in document(), b in document()) {
        prop_assert_eq!(a.merged(&b), b.merged(&a));
    }

    #[test]
    fn it_does_not_matter_which_two_of_three_are_merged_first(
        a in document(), b in document(), c in document(),
    ) {
        prop_assert_eq!(a.merged(&b).merged(&c), a.merged(&b.merged(&c)));
    }

    #[test]
    fn what_is_merged_again_changes_nothing(a in document(), b in document()) {
        let both = a.merged(&b);
        prop_assert_eq!(both.merged(&b), both.clone());
        prop_assert_eq!(both.merged(&both), both);
    }

    #[test]
    fn the_laws_hold_where_the_oldest_are_left_out(
        a in shelf(Kind::Marks), b in shelf(Kind::Marks), c in shelf(Kind::Marks),
    ) {
        let most = 2;
        let [a, b, c] = [a, b, c].map(|shelf| shelf.merged(&Shelf::default(), most));
        prop_assert_eq!(a.merged(&b, most), b.merged(&a, most));
        prop_assert_eq!(
            a.merged(&b, most).merged(&c, most),
            a.merged(&b.merged(&c, most), most)
        );
        prop_assert_eq!(a.merged(&a, most), a.clone());
        prop_assert!(a.merged(&b, most).len() <= most);
    }

    #[test]
    fn what_is_written_is_read_again(a in document()) {
        // A register's own fields are not those of a newer edition.
        let read = read(&a.to_text());
        prop_assert_eq!(read.damage, None);
        prop_assert_eq!(read.document, a);
    }

    #[test]
    fn a_change_sent_alone_gives_what_the_changed_document_gives(
        a in document(), b in document(), now in 0..5_u64, is_read in any::<bool>(),
    ) {
        let change = a.mark_chapter("crdts", is_read, now);
        prop_assert_eq!(b.merged(&a).merged(&change), b.merged(&a.merged(&change)));
    }

    #[test]
    fn no_text_makes_reading_panic(text in ".{0,200}") {
        let read = read(&text);
        prop_assert!(read.damage.is_some());
    }

    #[test]
    fn no_broken_text_makes_reading_panic_or_goes_unnoticed(
        at in 0..400_usize, with in "[ -~]",
    ) {
        let mut text = some().to_text();
        let at = at % text.len();
        let same = text[at..=at] == with;
        text.replace_range(at..=at, &with);
        let read = read(&text);
        prop_assert!(same || read.damage.is_some() || read.newer.is_some(), "{text}");
    }
}

#[test]
fn the_reader_s_own_click_wins_although_the_clock_has_been_set_back() {
    let mut kept = Document::default().see_chapter("crdts", NOW);
    kept = kept.merged(&kept.mark_chapter("crdts", false, NOW - 86_400_000));
    assert!(!kept.is_read("crdts"));
    kept = kept.merged(&kept.mark_chapter("crdts", true, 5));
    assert!(kept.is_read("crdts"));
}

#[test]
fn what_the_reader_took_back_does_not_come_back_by_reading_on() {
    let mut kept = Document::default().see_chapter("crdts", NOW);
    kept = kept.merged(&kept.mark_chapter("crdts", false, NOW + 1));
    kept = kept.merged(&kept.see_chapter("crdts", NOW + 2));
    assert!(!kept.is_read("crdts"));
}

#[test]
fn a_chapter_marked_as_unread_can_be_read_a_second_time() {
    let mut kept = Document::default().see_section("crdts", "sets", NOW);
    kept = kept.merged(&kept.see_section("replication", "logs", NOW));
    kept = kept.merged(&kept.mark_chapter("crdts", false, NOW));
    assert_eq!(
        (
            kept.sections_read("crdts"),
            kept.sections_read("replication")
        ),
        (0, 1)
    );
    kept = kept.merged(&kept.see_section("crdts", "sets", NOW));
    assert!(kept.is_section_read("crdts", "sets"));
}

#[test]
fn a_clock_that_is_centuries_ahead_cannot_fix_a_mark_for_ever() {
    let mut kept = Document::default().mark_chapter("crdts", true, u64::MAX);
    kept = kept.merged(&kept.mark_chapter("crdts", false, NOW));
    assert!(!kept.is_read("crdts"));
    assert_eq!(read(&kept.to_text()).damage, None);
}

#[test]
fn no_mark_of_a_file_is_so_late_that_it_cannot_be_taken_back() {
    let marked =
        |at: u64| forged(|map| map["chapters"]["crdts"] = json!({ "at": at, "value": true }));
    let mut kept = read(&marked(LATEST)).document;
    for is_read in [false, true, false] {
        kept = kept.merged(&kept.mark_chapter("crdts", is_read, NOW));
        assert_eq!(kept.is_read("crdts"), is_read);
    }
    for at in [LATEST + 1, (1 << 53) - 1] {
        let expected = "An entry under “chapters” makes no sense: “crdts”.";
        assert_eq!(faults(&marked(at)), [expected]);
        assert!(!read(&marked(at)).document.is_read("crdts"));
    }
}

#[test]
fn a_place_where_the_reader_stays_is_brought_up_to_date_once_a_minute() {
    let kept = Document::default().come_to("crdts", "sets", NOW);
    assert!(kept.come_to("crdts", "sets", NOW + 59_999).is_empty());
    assert!(kept.come_to("crdts", "sets", NOW - 1).is_empty());
    assert!(!kept.come_to("crdts", "sets", NOW + 60_000).is_empty());
    assert!(!kept.come_to("crdts", "registers", NOW).is_empty());
}

#[test]
fn the_last_place_is_the_one_of_the_latest_moment() {
    let empty = Document::default();
    let first = empty.come_to("crdts", "sets", NOW);
    let then = first.merged(&first.come_to("replication", "logs", NOW + 1));
    let last = then
        .last_place(|_| true)
        .map(|(chapter, place)| (chapter, place.value.text()));
    assert_eq!(last, Some(("replication", "logs")));
}

#[test]
fn the_last_place_is_where_the_reader_is_although_another_was_kept_by_a_clock_ahead() {
    let empty = Document::default();
    let mut kept = empty
        .come_to("crdts", "sets", NOW + 86_400_000)
        .merged(&empty.come_to("replication", "logs", NOW + 1_000));
    let last = |kept: &Document| kept.last_place(|_| true).unwrap().0.to_owned();
    assert_eq!(last(&kept), "crdts");
    kept = kept.merged(&kept.come_to("replication", "logs", NOW));
    assert_eq!(last(&kept), "replication");
    assert!(kept.come_to("replication", "logs", NOW + 1).is_empty());
    kept = kept.merged(&kept.come_to("crdts", "sets", NOW + 2));
    assert_eq!(last(&kept), "crdts");
}

#[test]
fn of_places_that_an_edition_does_not_know_none_is_the_last() {
    let empty = Document::default();
    let kept = empty
        .come_to("replication", "logs", NOW)
        .merged(&empty.come_to("of-a-newer-edition", "top", NOW + 1));
    let last = kept.last_place(|chapter| chapter == "replication");
    assert_eq!(last.map(|(chapter, _)| chapter), Some("replication"));
    assert!(kept.last_place(|_| false).is_none());
}

#[test]
fn what_is_kept_does_not_grow_without_limit() {
    let empty = Document::default();
    let mut kept = empty.clone();
    for number in 0..(MOST_RUNS as u64 + 20) {
        let link = "x".repeat(LONGEST_TEXT);
        let change = kept.leave_lab(&format!("lab-{number}"), &link, NOW + number);
        kept = kept.merged(&change);
    }
    assert_eq!(kept.runs.len(), MOST_RUNS);
    assert!(kept.runs.get("lab-0").is_none() && kept.runs.get("lab-119").is_some());
    assert!(
        kept.leave_lab("lab", &"x".repeat(LONGEST_TEXT + 1), NOW)
            .is_empty()
    );
}

#[test]
fn of_seventy_thousand_sections_the_latest_are_read_and_the_others_counted() {
    let text = forged(|map| {
        let mark = |number: u64| {
            (
                format!("s/{number}"),
                json!({ "at": number, "value": true }),
            )
        };
        map["sections"] = Value::Object((1..=70_000).map(mark).collect());
    });
    let Read {
        document, left_out, ..
    } = read(&text);
    assert_eq!(
        (document.sections.len(), left_out),
        (MOST_SECTIONS, 70_000 - MOST_SECTIONS)
    );
    let oldest = document.sections.iter().map(|(_, mark)| mark.at).min();
    assert_eq!(oldest, Some(70_001 - MOST_SECTIONS as u64));
}

#[test]
fn the_largest_document_can_be_read_again() {
    let full = |most: usize, kind: Kind, value: Value| {
        let entry = json!({ "at": LATEST, "value": value });
        let name = |number: usize| format!("{number:0>LONGEST_NAME$}");
        let map: Map<_, _> = (0..most)
            .map(|number| (name(number), entry.clone()))
            .collect();
        Shelf::from_json(&Value::Object(map), kind, &mut |name| panic!("{name}"))
    };
    let document = Document {
        places: full(MOST_CHAPTERS, Kind::Texts, json!("a".repeat(LONGEST_NAME))),
        sections: full(MOST_SECTIONS, Kind::Marks, json!(false)),
        chapters: full(MOST_CHAPTERS, Kind::Marks, json!(false)),
        runs: full(MOST_RUNS, Kind::Texts, json!("a".repeat(LONGEST_TEXT))),
        met: full(MOST_MET, Kind::Marks, json!(false)),
        answers: full(MOST_ANSWERS, Kind::Numbers, json!(i64::MIN)),
        rest: Map::new(),
    };
    let text = document.to_text();
    assert!(text.len() < LARGEST, "{} bytes", text.len());
    assert_eq!(read(&text).document, document);
}

#[test]
fn what_came_in_is_counted_by_kind() {
    let words = some().beyond(&Document::default());
    let expected = [
        "1 place",
        "1 mark of a section",
        "1 mark of a chapter",
        "1 run of a lab",
        "1 challenge met",
        "1 answer",
    ];
    assert_eq!(words, expected);
    assert!(some().beyond(&some()).is_empty());
}

// Growth.

#[test]
fn fields_of_a_newer_edition_are_kept_wherever_they_stand() {
    let text = forged(|map| {
        map.insert(
            "reviews".into(),
            json!({ "crdt": { "at": 5, "due": 7.25 } }),
        );
        map["places"]["crdts"]["offset"] = json!(120);
    });
    let read = read(&text);
    assert_eq!(read.damage, None);
    let change = read.document.come_to("crdts", "registers", NOW + 1);
    let again: Value = serde_json::from_str(&read.document.merged(&change).to_text()).unwrap();
    assert_eq!(again["reviews"]["crdt"]["due"], json!(7.25));
    assert_eq!(again["places"]["crdts"]["offset"], json!(120));
    assert_eq!(again["places"]["crdts"]["value"], json!("registers"));
}

#[test]
fn of_unknown_registers_the_later_one_is_taken_whole() {
    let with = |at: u64, ease: u64| {
        let text = forged(|map| {
            map.insert(
                "reviews".into(),
                json!({ "crdt": { "at": at, "ease": ease } }),
            );
        });
        read(&text).document
    };
    let merged = with(5, 9).merged(&with(6, 1));
    assert_eq!(
        merged.rest["reviews"]["crdt"],
        json!({ "at": 6, "ease": 1 })
    );
}

#[test]
fn a_document_of_a_newer_version_is_not_read_and_not_called_damaged() {
    let text = forged(|map| {
        map.insert("version".into(), json!(VERSION + 1));
        map.insert("places".into(), json!("something else by now"));
    });
    let read = read(&text);
    assert_eq!(read.newer, Some(VERSION + 1));
    assert_eq!(read.damage, None);
    assert!(read.document.is_empty());
}
