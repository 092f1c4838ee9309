//! The files of the programs that a page does not start itself: Trunk names them plainly, and
//! here they get names that change with what is in them, so that a page of one edition never
//! meets a program of another.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use happens_before::kit::lab_places::FAILED;

use crate::digest;

/// A program: its name at Trunk, and what its script does when it could not be started.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    name: &'static str,
    on_failure: fn() -> String,
}

/// Many runs, in a web worker. What goes wrong is thrown again outside of the promise: only then
/// does the page hear of it.
pub const WORKER: Program = Program {
    name: "worker",
    on_failure: || "setTimeout(() => { throw why; })".to_owned(),
};

/// The labs, in the page.
pub const LABS: Program = Program {
    name: "labs",
    on_failure: || format!("document.dispatchEvent(new Event(\"{FAILED}\"))"),
};

/// Search, in a web worker too.
pub const SEARCH: Program = Program {
    name: "search",
    on_failure: WORKER.on_failure,
};

/// The script that starts a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// Its address, from the site's root.
    pub file: String,
    /// Its hash, as the attribute `integrity` has it.
    pub integrity: String,
}

/// Renames the files, and returns the script to start.
///
/// # Errors
/// A sentence when a file is missing or cannot be written.
pub fn name_files(folder: &Path, program: Program) -> Result<Script, String> {
    // What Trunk has built: what joins script and program, and the program.
    let joint_file = format!("{}.js", program.name);
    let wasm_file = format!("{}_bg.wasm", program.name);
    let joint = read(folder, &joint_file)?;
    let wasm = read(folder, &wasm_file)?;
    let mut hasher = DefaultHasher::new();
    (&joint, &wasm).hash(&mut hasher);
    let joint = String::from_utf8(joint)
        .map_err(|error| format!("{joint_file} is not text as Trunk writes it: {error}"))?;
    let name = format!("{}-{:016x}", program.name, hasher.finish());
    let file = format!("{name}.js");
    let script = starting(&joint, &name, &digest::sha384(&wasm), program);
    write(folder, &file, script.as_bytes())?;
    rename(folder, &wasm_file, &format!("{name}.wasm"))?;
    fs::remove_file(folder.join(&joint_file))
        .map_err(|error| format!("{joint_file} could not be removed: {error}"))?;
    Ok(Script {
        integrity: digest::sha384(script.as_bytes()),
        file,
    })
}

/// The script that starts the program, if that has this hash. It keeps its names to itself: a page
/// that tries again after a failure runs it twice.
fn starting(joint: &str, name: &str, wasm_hash: &str, program: Program) -> String {
    let on_failure = (program.on_failure)();
    format!(
        "(() => {{\n{joint}\nconst program = fetch(\"{name}.wasm\", {{ integrity: \"{wasm_hash}\" }});\n\
         wasm_bindgen({{ module_or_path: program }}).catch(why => {on_failure});\n}})();\n"
    )
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    fs::read(folder.join(name)).map_err(|error| {
        format!("{name} could not be read ({error}); index.html has to have the link for it")
    })
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    fs::write(folder.join(name), bytes)
        .map_err(|error| format!("{name} could not be written: {error}"))
}

fn rename(folder: &Path, from: &str, to: &str) -> Result<(), String> {
    fs::rename(folder.join(from), folder.join(to))
        .map_err(|error| format!("{from} could not be renamed to {to}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a worker in it, for one test.
    fn folder(test: &str, program: &[u8]) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("worker-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("worker.js"), "let wasm_bindgen;").unwrap();
        fs::write(folder.join("worker_bg.wasm"), program).unwrap();
        folder
    }

    #[test]
    fn another_program_gets_another_name_and_the_script_starts_the_one_of_its_name() {
        let (one, other) = (folder("one", b"one"), folder("other", b"other"));
        let first = name_files(&one, WORKER).unwrap();
        let second = name_files(&other, WORKER).unwrap();
        assert_ne!(first.file, second.file);
        let wasm = first.file.replace(".js", ".wasm");
        assert_eq!(fs::read(one.join(&wasm)).unwrap(), b"one");
        let script = fs::read_to_string(one.join(&first.file)).unwrap();
        let fetched = format!(
            "(\"{wasm}\", {{ integrity: \"{}\" }})",
            digest::sha384(b"one")
        );
        assert!(script.contains(&fetched), "{script}");
        assert_eq!(first.integrity, digest::sha384(script.as_bytes()));
        assert!(!one.join("worker.js").exists() && !one.join("worker_bg.wasm").exists());
        for folder in [one, other] {
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn a_program_that_cannot_be_started_says_so_to_the_page() {
        assert!(starting("", "labs-1", "", LABS).contains(FAILED));
    }

    #[test]
    fn a_build_without_a_program_is_refused_in_a_sentence() {
        let why = name_files(Path::new("no/such/folder"), WORKER).unwrap_err();
        assert!(why.starts_with("worker.js could not be read"), "{why}");
    }
}
