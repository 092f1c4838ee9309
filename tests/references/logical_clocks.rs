//! `logical-clocks`: published logs, and the stamps of the hybrid clock.

use happens_before::sim::Run;
use happens_before::sim::clocks::{Hybrid, Reading};
use happens_before::sim::logical_clocks::{self, Stamps, edit, file};

/// The example logs of ShiViz, loaded into the lab `logical-clocks` as a reader loads them, and
/// played. The counts are those of REFERENCES.md.
#[test]
fn the_logs_of_shiviz_have_their_published_pairs_when_they_are_played() {
    check_log("facebook.log", [47, 1_013, 68]);
    check_log("simple-reliable-broadcast.log", [39, 546, 195]);
}

fn check_log(name: &str, published: [i64; 3]) {
    let folder = std::env::var_os("REFERENCES").map_or_else(
        || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/references"),
        std::path::PathBuf::from,
    );
    let Ok(log) = std::fs::read(folder.join("shiviz").join(name)) else {
        eprintln!("skipped: {name} is not there; set REFERENCES to its folder");
        return;
    };
    let lab = &logical_clocks::LAB;
    let loaded = file::load(&log, &Run::of(lab)).unwrap();
    let counts = ["events", "ordered-pairs", "concurrent-pairs"]
        .map(|probe| lab.engine.probe(&loaded.run, probe).unwrap());
    assert_eq!(counts, published);
    // What the page keeps beside the run brings the log back, names and labels included.
    let saved = file::save(&edit::played(&loaded.run), &loaded.names).unwrap();
    let again = file::load(saved.as_bytes(), &Run::of(lab)).unwrap();
    assert_eq!(again.names, loaded.names);
}

/// Kulkarni et al. 2014, figure 5, by the rule with which the lab `logical-clocks` stamps.
#[test]
fn the_lab_stamps_by_the_paper_s_hybrid_clock() {
    let names = ["a".to_owned(), "b".to_owned()];
    let events = [
        (5, None, (5, 0)),
        (6, None, (6, 0)),
        (10, Some((10, 5)), (10, 6)),
        (7, None, (10, 7)),
        (8, Some((10, 4)), (10, 8)),
        (10, Some((10, 99)), (10, 100)),
        (11, Some((10, 31)), (11, 0)),
        (11, None, (11, 1)),
    ];
    let mut own: Option<Stamps> = None;
    for (pt, message, published) in events {
        let told = message.map(|(l, c)| {
            let hybrid = Hybrid { l: Reading(l), c };
            Stamps {
                hybrid,
                ..Stamps::of(&names, 1, Reading(l), None, &[])
            }
        });
        let told: Vec<&Stamps> = told.iter().collect();
        let stamps = Stamps::of(&names, 0, Reading(pt), own.as_ref(), &told);
        assert_eq!((stamps.hybrid.l.0, stamps.hybrid.c), published);
        own = Some(stamps);
    }
}
