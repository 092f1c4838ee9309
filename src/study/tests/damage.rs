//! Every way in which a kept text can be damaged.

use super::*;

#[test]
fn a_document_as_it_was_written_is_whole() {
    let read = read(&some().to_text());
    assert_eq!(
        read,
        Read {
            document: some(),
            ..Read::default()
        }
    );
}

#[test]
fn a_file_laid_out_anew_is_whole() {
    let text = some().to_text();
    let spread = text.replace(',', ",\n\t ").replace(':', " : ");
    assert_eq!(read(&spread).damage, None);
    assert_eq!(read(&spread).document, some());
}

#[test]
fn a_file_that_breaks_off_is_damaged_wherever_it_does() {
    let text = some().to_text();
    for end in 0..text.len() {
        let read = read(&text[..end]);
        let is_unreadable = matches!(read.damage, Some(Damage::Unreadable(_)));
        assert!(is_unreadable && read.document.is_empty(), "{end}");
    }
    assert_eq!(faults(&text[..90]), ["It breaks off at its end, line 1."]);
}

#[test]
fn a_changed_digit_is_noticed_and_the_rest_is_kept() {
    let text = some()
        .to_text()
        .replace("quorum;v=1;seed=7", "quorum;v=1;seed=8");
    let read = read(&text);
    assert_eq!(
        read.document.runs.text("quorum").unwrap(),
        "quorum;v=1;seed=8;at=3ms"
    );
    let expected = "It was changed since the book wrote it: its sum does not fit.";
    assert_eq!(faults(&text), [expected]);
}

#[test]
fn a_text_whose_sum_alone_is_wrong_is_read_as_a_whole() {
    let mut value: Value = serde_json::from_str(&some().to_text()).unwrap();
    value.as_object_mut().unwrap().remove("sum");
    let Read {
        document, damage, ..
    } = read(&value.to_string());
    assert_eq!(document, some());
    assert!(matches!(damage, Some(Damage::Whole(_))), "{damage:?}");
    value["places"]["crdts"] = json!(7);
    let damage = read(&value.to_string()).damage;
    assert!(matches!(damage, Some(Damage::Partly(_))), "{damage:?}");
}

#[test]
fn the_mark_that_an_editor_puts_before_a_text_is_no_damage() {
    assert_eq!(
        read(&format!("\u{feff}{}", some().to_text())),
        read(&some().to_text())
    );
}

#[test]
fn a_wrong_type_costs_its_entry_and_no_other() {
    for (shelf, entry, value) in [
        ("places", "crdts", json!(7)),
        ("places", "crdts", json!({ "at": NOW, "value": 7 })),
        ("places", "crdts", json!({ "value": "sets" })),
        ("places", "crdts", json!({ "at": NOW })),
        (
            "chapters",
            "replication",
            json!({ "at": NOW, "value": "yes" }),
        ),
        (
            "chapters",
            "replication",
            json!({ "at": "yesterday", "value": true }),
        ),
        (
            "chapters",
            "replication",
            json!({ "at": -5, "value": true }),
        ),
        (
            "chapters",
            "replication",
            json!({ "at": 1.5, "value": true }),
        ),
        (
            "chapters",
            "replication",
            json!({ "at": 1e300, "value": true }),
        ),
        (
            "chapters",
            "replication",
            json!({ "at": u64::MAX, "value": true }),
        ),
        (
            "answers",
            "who-wins",
            json!({ "at": NOW, "value": u64::MAX }),
        ),
        (
            "runs",
            "quorum",
            json!({ "at": NOW, "value": "<img src=x>" }),
        ),
    ] {
        let text = forged(|map| map[shelf][entry] = value.clone());
        let expected = format!("An entry under “{shelf}” makes no sense: “{entry}”.");
        assert_eq!(faults(&text), [expected], "{value}");
        let left = read(&text).document;
        assert_eq!(left.beyond(&Document::default()).len(), 5, "{value}");
    }
}

#[test]
fn a_shelf_that_is_none_costs_itself_alone() {
    let text = forged(|map| {
        map.insert("places".into(), json!([1, 2, 3]));
    });
    assert_eq!(
        faults(&text),
        ["An entry under “places” makes no sense: “”."]
    );
    assert_eq!(read(&text).document.runs, some().runs);
}

#[test]
fn a_name_with_html_in_it_is_told_and_not_kept() {
    let text = forged(|map| {
        map["places"]["<script>alert(1)</script>"] = json!({ "at": NOW, "value": "sets" });
    });
    let expected = "An entry under “places” makes no sense: “<script>alert(1)</script>”.";
    assert_eq!(faults(&text), [expected]);
    assert_eq!(read(&text).document, some());
}

#[test]
fn a_thousand_faults_are_counted_and_not_listed() {
    let text = forged(|map| {
        for number in 0..1_000 {
            map["places"][format!("p{number}")] = json!(0);
        }
    });
    let faults = faults(&text);
    assert_eq!(faults.len(), 13);
    assert_eq!(faults[12], "And 988 more.");
}

#[test]
fn numbers_that_json_does_not_have_are_not_json() {
    for number in ["NaN", "Infinity", "1e999", "01", "0x10"] {
        let text = some().to_text().replace(&NOW.to_string(), number);
        let faults = faults(&text);
        assert!(
            faults[0].starts_with("It is not JSON: line 1, column "),
            "{faults:?}"
        );
    }
}

#[test]
fn what_is_no_document_of_this_book_is_said_to_be_none() {
    for text in ["null", "[]", "7", "\"x\"", "{}", "{\"book\":\"another\"}"] {
        assert_eq!(
            faults(text),
            ["It does not say that it belongs to this book."],
            "{text}"
        );
    }
    assert_eq!(faults(""), ["It breaks off at its end, line 1."]);
}

#[test]
fn five_megabytes_of_garbage_are_not_read() {
    let expected = "It is longer than 3 MB, so this book did not write it.";
    assert_eq!(faults(&"{\"a\":".repeat(1_000_000)), [expected]);
}

#[test]
fn a_text_nested_deeper_than_any_stack_is_unreadable() {
    let deep = format!("{{\"book\":\"{BOOK}\",\"x\":{}", "[".repeat(100_000));
    assert!(faults(&deep)[0].starts_with("It is not JSON"));
}

#[test]
fn without_its_version_it_is_read_and_told() {
    let text = forged(|map| {
        map.remove("version");
    });
    assert_eq!(faults(&text), ["It does not say which version it has."]);
    assert_eq!(read(&text).document, some());
}
