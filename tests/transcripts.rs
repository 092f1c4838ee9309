//! Recorded runs that a change must not alter unnoticed. `UPDATE=1 cargo test` writes them anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

use happens_before::sim::{Run, lab, labs, link};

fn recorded(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/transcripts")
        .join(name)
}

/// Compares with the file, or writes it when `UPDATE` is set.
fn check(name: &str, actual: &str) {
    let path = recorded(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    for (number, (was, is)) in expected.lines().zip(actual.lines()).enumerate() {
        assert_eq!(
            is,
            was,
            "{name}, line {}; UPDATE=1 records the new run",
            number + 1
        );
    }
    assert_eq!(
        actual.lines().count(),
        expected.lines().count(),
        "{name}: number of lines; UPDATE=1 records the new run"
    );
}

#[test]
fn every_scenario_of_every_lab_gives_its_recorded_transcript() {
    for lab in labs() {
        for scenario in lab.scenarios {
            let run = Run::scenario(lab, scenario.id).unwrap();
            let mut text = format!("# {}: {}\n", scenario.name, scenario.try_first);
            text.push_str(&lab.engine.transcript(&run));
            for probe in lab.probes {
                let number = lab
                    .engine
                    .probe(&run, probe.id)
                    .map_or_else(|| "none".to_owned(), |number| number.to_string());
                text.push_str(&format!("{}: {number}\n", probe.id));
            }
            check(&format!("{}.{}.txt", lab.id, scenario.id), &text);
        }
    }
}

/// FNV-1a, 64 bits: enough to notice a change, and short enough for a file that people read.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// What a link gives: its run's length, digest and probes, the cursor, and what the reader is told.
fn replay(text: &str) -> String {
    let lab = link::lab_id(text).and_then(lab).unwrap_or(labs()[0]);
    let decoded = link::decode(lab, text);
    let transcript = lab.engine.transcript(&decoded.run);
    let mut answer = format!(
        "  {} lines, digest {:016x}, at {}\n",
        transcript.lines().count(),
        digest(&transcript),
        decoded.run.cursor
    );
    if !decoded.note.is_empty() {
        answer.push_str(&format!("  note: {}\n", decoded.note));
    }
    for notice in decoded.notices {
        answer.push_str(&format!("  notice: {notice}\n"));
    }
    answer
}

#[test]
fn every_golden_link_still_gives_its_run() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links.txt");
    let recorded = fs::read_to_string(&path).unwrap();
    let mut actual = String::new();
    for line in recorded.lines().filter(|line| !line.starts_with("  ")) {
        actual.push_str(&format!("{line}\n"));
        if !line.starts_with("# ") && !line.is_empty() {
            actual.push_str(&replay(line));
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, actual).unwrap();
    } else {
        for (is, was) in actual.lines().zip(recorded.lines()) {
            assert_eq!(
                is, was,
                "tests/links.txt; a link that was shared must give the same run for ever"
            );
        }
        assert_eq!(actual.lines().count(), recorded.lines().count());
    }
}
