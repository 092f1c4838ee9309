//! The web worker's files: Trunk names them plainly, and here they get names that change with
//! what is in them, so that a page of one edition never meets the worker of another.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// What Trunk has built: what joins the two, and the program.
const JOINT: &str = "worker.js";
const PROGRAM: &str = "worker_bg.wasm";

/// Renames the files, and returns the address of the script to start, from the site's root.
///
/// # Errors
/// A sentence when a file is missing or cannot be written.
pub fn name_files(folder: &Path) -> Result<String, String> {
    let joint = read(folder, JOINT)?;
    let program = read(folder, PROGRAM)?;
    let mut hasher = DefaultHasher::new();
    (&joint, &program).hash(&mut hasher);
    let name = format!("worker-{:016x}", hasher.finish());
    let joint = String::from_utf8(joint)
        .map_err(|error| format!("{JOINT} is not text as Trunk writes it: {error}"))?;
    let (script, wasm) = (format!("{name}.js"), format!("{name}.wasm"));
    write(
        folder,
        &script,
        format!("{joint}\n{}", start(&wasm)).as_bytes(),
    )?;
    rename(folder, PROGRAM, &wasm)?;
    fs::remove_file(folder.join(JOINT))
        .map_err(|error| format!("{JOINT} could not be removed: {error}"))?;
    Ok(script)
}

/// The line that starts the program. What goes wrong is thrown again outside of the promise: only
/// then does the page hear of it.
fn start(wasm: &str) -> String {
    format!(
        "wasm_bindgen({{ module_or_path: \"{wasm}\" }}).catch(why => setTimeout(() => {{ throw why; }}));\n"
    )
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    fs::read(folder.join(name)).map_err(|error| {
        format!(
            "{name} could not be read ({error}); index.html has to have the link for the worker"
        )
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
        fs::write(folder.join(JOINT), "let wasm_bindgen;").unwrap();
        fs::write(folder.join(PROGRAM), program).unwrap();
        folder
    }

    #[test]
    fn another_program_gets_another_name_and_the_script_starts_the_one_of_its_name() {
        let (one, other) = (folder("one", b"one"), folder("other", b"other"));
        let (first, second) = (name_files(&one).unwrap(), name_files(&other).unwrap());
        assert_ne!(first, second);
        let wasm = first.replace(".js", ".wasm");
        assert_eq!(fs::read(one.join(&wasm)).unwrap(), b"one");
        let script = fs::read_to_string(one.join(&first)).unwrap();
        assert!(script.contains(&format!("\"{wasm}\"")), "{script}");
        assert!(!one.join(JOINT).exists() && !one.join(PROGRAM).exists());
        for folder in [one, other] {
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn a_build_without_a_worker_is_refused_in_a_sentence() {
        let why = name_files(Path::new("no/such/folder")).unwrap_err();
        assert!(why.starts_with("worker.js could not be read"), "{why}");
    }
}
