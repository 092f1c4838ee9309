//! Which libraries are in the programs that readers load, by Cargo's own account of Cargo.lock.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A library that is in a program of the site.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it may be used under, as it says itself: `MIT OR Apache-2.0`.
    pub licence: String,
    /// Where it comes from.
    pub link: String,
    /// Those who wrote it, as it names them.
    pub authors: Vec<String>,
    /// The texts that lie beside it and are about its licence.
    pub texts: Vec<String>,
}

/// The features of the programs that are shipped.
const FEATURES: &str = "hydrate,worker";

/// All of them, by name.
///
/// # Errors
/// A sentence when Cargo does not answer, or answers what is not understood.
pub fn shipped() -> Result<Vec<Library>, String> {
    // What is built is here already; only what other machines would need may have to be fetched.
    let answer = metadata(true).or_else(|_offline| metadata(false))?;
    let answer: Value = serde_json::from_slice(&answer)
        .map_err(|error| format!("cargo metadata gave what is no JSON: {error}"))?;
    let mut libraries = reachable(&answer)
        .into_iter()
        .map(library)
        .collect::<Result<Vec<_>, _>>()?;
    libraries.push(standard());
    libraries.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(libraries)
}

/// The standard library, which Cargo does not list: of the compiler that is here.
fn standard() -> Library {
    let said = Command::new("rustc").arg("--version").output();
    let said = said.map_or_else(|_unknown| Vec::new(), |output| output.stdout);
    let version = String::from_utf8_lossy(&said);
    Library {
        name: "std, Rust’s standard library".to_owned(),
        version: version.split(' ').nth(1).unwrap_or_default().to_owned(),
        licence: "MIT OR Apache-2.0".to_owned(),
        link: "https://github.com/rust-lang/rust".to_owned(),
        authors: vec!["The Rust Project contributors".to_owned()],
        texts: Vec::new(),
    }
}

fn metadata(offline: bool) -> Result<Vec<u8>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--features",
        FEATURES,
    ]);
    command.args(["--filter-platform", "wasm32-unknown-unknown"]);
    if offline {
        command.arg("--offline");
    }
    let output = command
        .output()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let why = String::from_utf8_lossy(&output.stderr);
    Err(format!("cargo metadata failed: {}", why.trim()))
}

/// The packages that the root needs to run, without those that only take part in its building.
fn reachable(answer: &Value) -> Vec<&Value> {
    let by_id = |list: &'static str, of: &Value| -> BTreeMap<String, Value> {
        let rows = of[list].as_array().cloned().unwrap_or_default();
        let id = |row: &Value| row["id"].as_str().unwrap_or_default().to_owned();
        rows.into_iter().map(|row| (id(&row), row)).collect()
    };
    let nodes = by_id("nodes", &answer["resolve"]);
    let packages: BTreeMap<&str, &Value> = answer["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|package| Some((package["id"].as_str()?, package)))
        .collect();
    let root = answer["resolve"]["root"].as_str().unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(id) = open.pop() {
        let runs = packages
            .get(id.as_str())
            .is_some_and(|package| !builds_only(package));
        if !runs || !seen.insert(id.clone()) {
            continue;
        }
        let needs = nodes.get(&id).and_then(|node| node["deps"].as_array());
        for need in needs.into_iter().flatten() {
            let kinds = need["dep_kinds"].as_array();
            if kinds
                .into_iter()
                .flatten()
                .any(|kind| kind["kind"].is_null())
            {
                open.push(need["pkg"].as_str().unwrap_or_default().to_owned());
            }
        }
    }
    seen.remove(root);
    seen.iter()
        .filter_map(|id| packages.get(id.as_str()).copied())
        .collect()
}

/// A procedural macro is run by the compiler.
fn builds_only(package: &Value) -> bool {
    let targets = package["targets"].as_array();
    targets.into_iter().flatten().any(|target| {
        let kinds = target["kind"].as_array();
        kinds.into_iter().flatten().any(|kind| kind == "proc-macro")
    })
}

fn library(package: &Value) -> Result<Library, String> {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let name = text("name");
    let version = text("version");
    let link = [text("repository"), text("homepage")]
        .into_iter()
        .find(|link| link.starts_with("https://") || link.starts_with("http://"))
        .unwrap_or_else(|| format!("https://docs.rs/{name}/{version}"));
    let authors = package["authors"].as_array();
    let texts = licence_files(&PathBuf::from(text("manifest_path")))
        .map_err(|error| format!("the licence of {name} could not be read: {error}"))?;
    Ok(Library {
        licence: text("license"),
        authors: authors
            .into_iter()
            .flatten()
            .filter_map(|author| Some(author.as_str()?.to_owned()))
            .collect(),
        name,
        version,
        link,
        texts,
    })
}

/// The files beside a manifest that are about licences, by name.
fn licence_files(manifest: &Path) -> std::io::Result<Vec<String>> {
    const BEGINNINGS: [&str; 5] = ["licen", "copying", "unlicense", "notice", "copyright"];
    let mut files = Vec::new();
    for entry in manifest.parent().unwrap_or(manifest).read_dir()? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        if path.is_file() && BEGINNINGS.iter().any(|begin| name.starts_with(begin)) {
            files.push(path);
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    files.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_only_builds_or_tests_is_not_in_the_program() {
        let package = |id: &str, kind: &str| json!({ "id": id, "targets": [{ "kind": [kind] }] });
        let need = |id: &str, kind: Value| json!({ "pkg": id, "dep_kinds": [{ "kind": kind }] });
        let answer = json!({
            "packages": [
                package("root", "bin"), package("lib", "lib"), package("deep", "lib"),
                package("macro", "proc-macro"), package("test", "lib"), package("build", "lib"),
            ],
            "resolve": { "root": "root", "nodes": [
                { "id": "root", "deps": [need("lib", Value::Null), need("macro", Value::Null),
                    need("test", json!("dev")), need("build", json!("build"))] },
                { "id": "lib", "deps": [need("deep", Value::Null)] },
            ] },
        });
        let found: Vec<_> = reachable(&answer)
            .iter()
            .map(|package| package["id"].clone())
            .collect();
        assert_eq!(found, [json!("deep"), json!("lib")]);
    }
}
