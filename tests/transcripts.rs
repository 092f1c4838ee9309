//! Recorded runs that a change must not alter unnoticed. `UPDATE=1 cargo test` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use happens_before::sim::{Run, labs};

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
            text.push_str(&(lab.engine.transcript)(&run));
            for probe in lab.probes {
                let number = (lab.engine.probe)(&run, probe.id)
                    .map_or_else(|| "none".to_owned(), |number| number.to_string());
                text.push_str(&format!("{}: {number}\n", probe.id));
            }
            check(&format!("{}.{}.txt", lab.id, scenario.id), &text);
        }
    }
}
