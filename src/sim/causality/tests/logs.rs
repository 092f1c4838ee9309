//! ShiViz logs: the two published ones, and what is wrong with others.

use std::path::PathBuf;

use crate::sim::causality::shiviz::{Layout, Log, MOST_BYTES, parse, write};
use crate::sim::causality::{EventId, Kind, PairCounts, Relation};

/// A published log, where there are any.
fn published(name: &str) -> Option<Log> {
    let folder = std::env::var_os("REFERENCES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/references"),
        PathBuf::from,
    );
    match std::fs::read(folder.join("shiviz").join(name)) {
        Ok(bytes) => Some(parse(&bytes).unwrap()),
        Err(error) => {
            eprintln!("skipped: {name} is not there ({error}); set REFERENCES to its folder");
            None
        }
    }
}

fn check_published(name: &str, layout: Layout, events: usize, ordered: u64, concurrent: u64) {
    let Some(log) = published(name) else {
        return;
    };
    assert_eq!((log.layout, log.lines.len()), (layout, events));
    assert!(log.skipped.is_empty(), "{:?}", log.skipped);
    let expected = PairCounts {
        ordered,
        concurrent,
    };
    assert_eq!(log.computation.pair_counts(), expected);
    let again = parse(write(&log.computation).as_bytes()).unwrap();
    assert_eq!(again.computation.events(), log.computation.events());
    assert_eq!(again.computation.names(), log.computation.names());
}

fn check_wrong(log: &str, line: usize, part: &str) {
    let wrong = parse(log.as_bytes()).unwrap_err();
    assert_eq!(wrong.line, line, "{wrong}");
    assert!(wrong.to_string().contains(part), "{wrong}");
}

#[test]
fn the_facebook_log_has_1013_ordered_and_68_concurrent_pairs() {
    check_published("facebook.log", Layout::DescriptionFirst, 47, 1_013, 68);
}

#[test]
fn the_broadcast_log_has_546_ordered_and_195_concurrent_pairs() {
    let name = "simple-reliable-broadcast.log";
    check_published(name, Layout::OneLine, 39, 546, 195);
}

#[test]
fn in_the_broadcast_log_what_is_called_received_is_received() {
    let Some(log) = published("simple-reliable-broadcast.log") else {
        return;
    };
    for event in log.computation.events() {
        let received = event.label.starts_with("Received");
        assert_eq!(event.kind() == Kind::Receive, received, "{event:?}");
    }
}

#[test]
fn a_message_comes_from_the_event_that_the_clock_names() {
    let log = "send\na {\"a\":1}\nwait\na {\"a\":2}\nreceive\nb {\"b\":1, \"a\":1}\n";
    let log = parse(log.as_bytes()).unwrap();
    let message = log.computation.events()[2].receives[0];
    assert_eq!(log.computation.sender(message), Some(EventId(0)));
    assert_eq!(log.line(EventId(2)), Some(6));
}

#[test]
fn what_another_message_explains_is_no_message_of_its_own() {
    let log = "1\na {\"a\":1}\n2\nb {\"a\":1, \"b\":1}\n3\nc {\"a\":1, \"b\":1, \"c\":1}\n";
    let log = parse(log.as_bytes()).unwrap();
    let sources: Vec<_> = log.computation.sources(EventId(2)).collect();
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0].1, EventId(1));
}

#[test]
fn an_event_may_have_news_of_two_hosts() {
    let log = "1\na {\"a\":1}\n2\nb {\"b\":1}\n3\nc {\"a\":1, \"b\":1, \"c\":1}\n";
    let log = parse(log.as_bytes()).unwrap();
    assert_eq!(log.computation.sources(EventId(2)).count(), 2);
}

#[test]
fn a_host_s_events_go_by_its_clock_whatever_the_order_of_the_log() {
    let log = "later\na {\"a\":2}\nother\nb {\"b\":1}\nearlier\na {\"a\":1}\n";
    let log = parse(log.as_bytes()).unwrap();
    assert_eq!(log.computation.events()[0].label, "earlier");
    assert_eq!(log.lines, [6, 4, 2]);
    let relation = log.computation.relation(EventId(0), EventId(2));
    assert_eq!(relation, Some(Relation::Before));
}

#[test]
fn a_mark_of_byte_order_and_lines_of_windows_are_no_trouble() {
    let log = parse("\u{FEFF}start\r\na {\"a\":1}\r\n".as_bytes()).unwrap();
    assert_eq!(log.computation.events()[0].label, "start");
}

#[test]
fn a_gap_in_a_host_s_count_is_wrong() {
    check_wrong("x\na {\"a\":1}\ny\na {\"a\":3}", 4, "event 2 is missing");
    check_wrong("x\na {\"a\":2}", 2, "event 1 is missing");
}

#[test]
fn two_events_of_one_number_are_wrong() {
    check_wrong(
        "x\na {\"a\":1}\ny\na {\"a\":1}",
        4,
        "two events with number 1",
    );
}

#[test]
fn a_clock_without_its_own_host_is_wrong() {
    check_wrong(
        "x\na {\"b\":1}",
        2,
        "does not count the events of \"a\" itself",
    );
    check_wrong("x\na {}", 2, "add the entry \"a\"");
}

#[test]
fn an_event_that_is_not_in_the_log_cannot_be_known() {
    check_wrong(
        "x\na {\"a\":1, \"b\":2}\ny\nb {\"b\":1}",
        2,
        "counts 2 events of \"b\", but the log has 1",
    );
    check_wrong("x\na {\"a\":1, \"c\":1}", 2, "the log has 0");
}

#[test]
fn a_clock_that_forgets_is_wrong() {
    check_wrong(
        "x\nb {\"b\":1}\ny\na {\"a\":1, \"b\":1}\nz\na {\"a\":2}",
        6,
        "it knows of event 1 of \"a\" (line 4), whose clock counts 1",
    );
}

#[test]
fn a_clock_that_does_not_pass_on_what_it_heard_is_wrong() {
    check_wrong(
        "x\nc {\"c\":1}\ny\na {\"a\":1, \"c\":1}\nz\nb {\"b\":1, \"a\":1}",
        6,
        "counts 0 events of \"c\"",
    );
}

#[test]
fn clocks_that_know_each_other_s_future_are_wrong() {
    check_wrong(
        "w\na {\"a\":1, \"b\":2}\nx\na {\"a\":2, \"b\":2}\ny\nb {\"b\":1, \"a\":2}\nz\nb {\"b\":2, \"a\":2}",
        2,
        "circle",
    );
    check_wrong(
        "x\na {\"a\":1, \"b\":1}\ny\nb {\"a\":1, \"b\":1}",
        2,
        "circle",
    );
}

#[test]
fn what_is_too_large_is_refused_with_its_limit() {
    use std::fmt::Write as _;
    let wrong = parse(&vec![b'x'; MOST_BYTES + 1]).unwrap_err();
    assert!(wrong.to_string().contains("8388608"), "{wrong}");
    let mut long = String::new();
    for count in 1..=5_001 {
        writeln!(long, "x\na {{\"a\":{count}}}").unwrap();
    }
    check_wrong(&long, 10_002, "5000");
    let mut wide = String::new();
    for host in 1..=65 {
        writeln!(wide, "x\nh{host} {{\"h{host}\":1}}").unwrap();
    }
    check_wrong(&wide, 130, "64");
}

#[test]
fn bytes_that_are_no_text_are_wrong_in_their_line() {
    let wrong = parse(b"x\na {\"a\":1}\n\xFF\n").unwrap_err();
    assert_eq!(wrong.line, 3);
    assert!(wrong.to_string().contains("UTF-8"), "{wrong}");
}

#[test]
fn an_empty_log_is_wrong() {
    check_wrong("", 1, "no event");
}
