//! Who may name whom: reads the paths in every file of `src/` and fails on a forbidden one.
//! Tests inside those files may name what they like.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "layers/paths.rs"]
mod paths;

use std::fs;
use std::path::{Path, PathBuf};

use happens_before::sim;

/// What a layer may name besides itself and the standard library.
struct Layer {
    name: &'static str,
    siblings: &'static [&'static str],
    crates: &'static [&'static str],
}

const LAYERS: &[Layer] = &[
    Layer {
        name: "sim",
        siblings: &[],
        crates: &["rand", "rand_xoshiro", "libm", "serde", "serde_json"],
    },
    Layer {
        name: "book",
        siblings: &[],
        crates: &[
            "pulldown_cmark",
            "pulldown_latex",
            "syntect",
            "toml",
            "fst",
            "libm",
            "serde",
            "serde_json",
        ],
    },
    Layer {
        name: "study",
        siblings: &["book"],
        // The last one for its tests, which have a file of their own.
        crates: &["serde", "serde_json", "proptest"],
    },
    Layer {
        name: "kit",
        siblings: &["sim", "study"],
        crates: &[
            "leptos",
            "leptos_router",
            // Where Leptos runs effects: what `take_over` puts off.
            "any_spawner",
            "web_sys",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "js_sys",
            "plotters",
            "plotters_canvas",
            "serde_json",
        ],
    },
    Layer {
        name: "labs",
        siblings: &["kit", "sim"],
        crates: &[
            "leptos",
            "web_sys",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "js_sys",
            "hydration_context",
        ],
    },
    Layer {
        name: "pages",
        siblings: &["kit", "study", "book"],
        crates: &[
            "leptos",
            "leptos_router",
            "maud",
            "web_sys",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "js_sys",
            "serde",
            "serde_json",
        ],
    },
];

/// Files that may name one sibling more than their layer.
const EXCEPTIONS: &[(&str, &str)] = &[
    // Answers the questions of the book's build about the labs.
    ("labs/catalog.rs", "book"),
];

const MOST_LINES: usize = 600;

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below `src/`, by its path from there, with its text.
fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![src()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(src())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The crates that Cargo.toml brings in, as Rust names them.
fn dependencies() -> Vec<String> {
    let manifest = fs::read_to_string(src().join("../Cargo.toml")).unwrap();
    let mut names = Vec::new();
    let mut section = "";
    for line in manifest.lines() {
        if let Some(head) = line.strip_prefix('[') {
            section = head.trim_end_matches(']');
            if let Some(name) = section.strip_prefix("dependencies.") {
                names.push(name.replace('-', "_"));
            }
        } else if section.ends_with("dependencies")
            && let Some((name, _)) = line.split_once(" = ")
            && !name.starts_with('#')
        {
            names.push(name.replace('-', "_"));
        }
    }
    names
}

fn labs() -> Vec<String> {
    sim::labs()
        .iter()
        .map(|lab| lab.id.replace('-', "_"))
        .collect()
}

/// What a file names that it must not, one sentence each.
fn faults(file: &str, text: &str, dependencies: &[String], labs: &[String]) -> Vec<String> {
    let layer_of_file = file.split('/').next().unwrap_or_default();
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == layer_of_file) else {
        return Vec::new();
    };
    paths::of(file, text, dependencies)
        .into_iter()
        .filter_map(|named| {
            let why = fault(layer, file, &named.path, labs)?;
            Some(format!(
                "src/{file}:{}: names {}; {why}",
                named.line,
                named.path.join("::")
            ))
        })
        .collect()
}

fn fault(layer: &Layer, file: &str, path: &[String], labs: &[String]) -> Option<String> {
    let segment = |at: usize| path.get(at).map(String::as_str).unwrap_or_default();
    if segment(0) != "crate" {
        let allowed = layer.crates.contains(&segment(0));
        return (!allowed).then(|| {
            format!(
                "{} may name only the crates {}",
                layer.name,
                layer.crates.join(", ")
            )
        });
    }
    let sibling = segment(1);
    let is_layer = sibling == "app" || LAYERS.iter().any(|other| other.name == sibling);
    let allowed = sibling == layer.name
        || layer.siblings.contains(&sibling)
        || EXCEPTIONS.contains(&(file, sibling));
    if is_layer && !allowed {
        return Some(match layer.siblings {
            [] => format!("{} may name none of the other layers", layer.name),
            siblings => format!("{} may name only {}", layer.name, siblings.join(", ")),
        });
    }
    let one_lab = labs.iter().any(|lab| lab == segment(2));
    match (layer.name, sibling) {
        ("kit", "sim") if one_lab => {
            Some("the kit serves all labs and knows no particular one".to_owned())
        }
        ("labs", "sim" | "labs") if one_lab && foreign(file, segment(2), labs) => {
            Some("a lab may not name another".to_owned())
        }
        _ => None,
    }
}

/// Is this the file of one lab, and not of the lab that it names?
fn foreign(file: &str, named: &str, labs: &[String]) -> bool {
    let own = file
        .split('/')
        .nth(1)
        .unwrap_or_default()
        .trim_end_matches(".rs");
    own != named && labs.iter().any(|lab| lab == own)
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn no_layer_names_what_it_must_not() {
    let (dependencies, labs) = (dependencies(), labs());
    let faults: Vec<_> = files()
        .iter()
        .flat_map(|(file, text)| faults(file, text, &dependencies, &labs))
        .collect();
    assert_none(&faults);
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    let silent: Vec<_> = files()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(file, _)| format!("src/{file} does not begin with //! and a sentence"))
        .collect();
    assert_none(&silent);
}

#[test]
fn no_file_is_too_long_to_hold_in_the_head() {
    let long: Vec<_> = files()
        .into_iter()
        .map(|(file, text)| (file, text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(file, lines)| format!("src/{file} has {lines} lines; split it by {MOST_LINES}"))
        .collect();
    assert_none(&long);
}

#[test]
fn every_lab_has_its_rules_and_its_view_under_its_own_name() {
    let missing: Vec<_> = labs()
        .iter()
        .flat_map(|lab| [format!("sim/{lab}"), format!("labs/{lab}")])
        .filter(|place| !src().join(place).is_dir() && !src().join(format!("{place}.rs")).is_file())
        .map(|place| format!("there is neither src/{place}.rs nor src/{place}/"))
        .collect();
    assert_none(&missing);
}

#[test]
fn the_check_catches_what_is_forbidden() {
    let dependencies = ["leptos", "serde", "web_sys", "rand"].map(str::to_owned);
    let labs = ["clock_skew", "quorum"].map(str::to_owned);
    let caught = |file: &str, text: &str| !faults(file, text, &dependencies, &labs).is_empty();
    for (file, text) in [
        ("sim/run.rs", "use leptos::prelude::*;"),
        ("sim/run.rs", "fn f() { let _ = web_sys::window(); }"),
        ("sim/run.rs", "use crate::{book::Chapter, sim::Run};"),
        (
            "sim/clock_skew/rules.rs",
            "use super::super::super::kit::theme;",
        ),
        ("book/mod.rs", "pub use crate::sim;"),
        (
            "book/mod.rs",
            "use {\n    serde::Serialize,\n    leptos::view,\n};",
        ),
        ("kit/player.rs", "use crate::sim::{Run, clock_skew::LAB};"),
        ("kit/player.rs", "use crate::labs;"),
        ("labs/clock_skew.rs", "use crate::pages::head::BOOK;"),
        ("labs/clock_skew.rs", "use crate::book::Catalog;"),
        ("labs/clock_skew.rs", "use super::quorum::Stage;"),
        ("labs/clock_skew.rs", "use crate::sim::quorum::LAB;"),
        ("pages/home.rs", "use crate::app::ROOT;"),
    ] {
        assert!(caught(file, text), "not caught: {text} in src/{file}");
    }
    for (file, text) in [
        (
            "sim/run.rs",
            "// use leptos::prelude::*;\nuse serde::Serialize;",
        ),
        ("sim/run.rs", "const TEXT: &str = \"leptos::view\";"),
        (
            "sim/run.rs",
            "const TEXT: &str = r#\"a \" leptos::view\"#; use serde::de;",
        ),
        (
            "sim/run.rs",
            "#[cfg(test)]\nmod tests {\n    use leptos::view;\n}",
        ),
        ("kit/player.rs", "use crate::sim::{Run, World};"),
        ("labs/clock_skew.rs", "use crate::sim::clock_skew::LAB;"),
        ("labs/mod.rs", "use crate::sim::quorum::LAB;"),
        ("labs/catalog.rs", "use crate::book::Catalog;"),
        (
            "pages/home.rs",
            "fn f<'a>(c: char) { c == '\"'; crate::kit::theme::x(); }",
        ),
        ("app.rs", "use crate::pages::home::HomePage;"),
    ] {
        assert!(!caught(file, text), "wrongly caught: {text} in src/{file}");
    }
}
