//! The built program, called; what it answers.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What it prints and says, and how it ends.
pub fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lab"))
        .args(arguments)
        .output()
        .unwrap()
}

/// What it prints when all goes well.
pub fn printed(arguments: &[&str]) -> String {
    let output = call(arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The same, read as JSON.
pub fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).unwrap()
}

/// What it says beside its answer.
pub fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Arguments that make no sense: nothing is printed, and the message says this.
pub fn refused(arguments: &[&str], message: &str) {
    let output = call(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    assert_eq!(output.stdout, b"", "{arguments:?}");
    assert_eq!(told(&output), format!("lab: {message}\n"), "{arguments:?}");
}

/// A file with this in it, of a name that no other test uses.
pub fn file(name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

/// A folder of published data; nothing, and a note, if it is not there.
pub fn references(folder: &str) -> Option<PathBuf> {
    let all = std::env::var_os("REFERENCES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/references"),
        PathBuf::from,
    );
    let folder = all.join(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

/// The exit code for a history.
pub fn verdict(file: &Path, model: &str, format: &str) -> Option<i32> {
    let arguments = ["--model", model, "--format", format];
    let output = call(&[&["check-history", file.to_str().unwrap()], &arguments[..]].concat());
    output.status.code()
}

/// A run's JSON without what differs from call to call.
pub fn without_time(mut answer: Value) -> Value {
    answer.as_object_mut().unwrap().remove("seconds").unwrap();
    answer
}
