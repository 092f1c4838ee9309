//! Published histories and their verdicts.

use std::fs;
use std::path::PathBuf;

use super::notation::Notation;
use super::{Bound, CasRegister, Checked, History, Kv, Verdict, check, parse};

/// The folder of published histories; nothing, and a note, if it is not there.
fn references() -> Option<PathBuf> {
    let folder = std::env::var_os("REFERENCES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/references"),
        PathBuf::from,
    );
    let histories = folder.join("histories");
    if histories.is_dir() {
        return Some(histories);
    }
    eprintln!("skipped: {} is not there", histories.display());
    None
}

#[test]
fn experiment() {
    let Some(folder) = references() else { return };
    let etcd = folder.join("etcd");
    let expected = fs::read_to_string(etcd.join("expected.txt")).unwrap();
    for line in expected.lines() {
        let (number, verdict) = line.split_once(' ').unwrap();
        let number: u32 = number.parse().unwrap();
        let bytes = fs::read(etcd.join(format!("etcd_{number:03}.log"))).unwrap();
        let h = parse::jepsen::<CasRegister>(&bytes).unwrap();
        let start = std::time::Instant::now();
        let c = check(&CasRegister::default(), &h, Bound::default());
        let ok = matches!(c.verdict, Verdict::Linearizable(_));
        println!(
            "{number} {verdict} {ok} {} {:?} {}",
            c.states,
            start.elapsed(),
            if ok.to_string() == verdict {
                ""
            } else {
                "DIFF"
            }
        );
    }
    for e in fs::read_dir(folder.join("cas-register")).unwrap() {
        let path = e.unwrap().path();
        let h = parse::edn::<CasRegister>(&fs::read(&path).unwrap()).unwrap();
        let start = std::time::Instant::now();
        let c = check(&CasRegister::default(), &h, Bound::default());
        let ok = matches!(c.verdict, Verdict::Linearizable(_));
        println!(
            "{path:?} {ok} {} {:?} {}",
            c.states,
            start.elapsed(),
            if ok { "" } else { "DIFF" }
        );
        if !ok {
            println!("{:?}", c.verdict);
        }
    }
    for e in fs::read_dir(folder.join("kv")).unwrap() {
        let path = e.unwrap().path();
        let h = parse::porcupine_kv(&fs::read(&path).unwrap()).unwrap();
        let c = check(&Kv, &h, Bound::default());
        println!("{path:?} {} {:?}", c.states, c.verdict);
    }
}
