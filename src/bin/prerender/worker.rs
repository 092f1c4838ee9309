//! The files of a program that runs beside the page's own: Trunk names them plainly, and here they
//! get names that change with what is in them, so that a page of one edition never meets the
//! program of another.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Renames the files of the program `bin`, and returns the address of the script to start, from
/// the site's root.
///
/// # Errors
/// A sentence when a file is missing or cannot be written.
pub fn name_files(folder: &Path, bin: &str) -> Result<String, String> {
    // What Trunk has built: what joins the two, and the program.
    let (joint_file, program_file) = (format!("{bin}.js"), format!("{bin}_bg.wasm"));
    let joint = read(folder, bin, &joint_file)?;
    let program = read(folder, bin, &program_file)?;
    let mut hasher = DefaultHasher::new();
    (&joint, &program).hash(&mut hasher);
    let name = format!("{bin}-{:016x}", hasher.finish());
    let joint = String::from_utf8(joint)
        .map_err(|error| format!("{joint_file} is not text as Trunk writes it: {error}"))?;
    let (script, wasm) = (format!("{name}.js"), format!("{name}.wasm"));
    write(
        folder,
        &script,
        format!("{joint}\n{}", start(&wasm)).as_bytes(),
    )?;
    rename(folder, &program_file, &wasm)?;
    fs::remove_file(folder.join(&joint_file))
        .map_err(|error| format!("{joint_file} could not be removed: {error}"))?;
    Ok(script)
}

/// The line that starts the program. What goes wrong is thrown again outside of the promise: only
/// then does the page hear of it.
fn start(wasm: &str) -> String {
    format!(
        "wasm_bindgen({{ module_or_path: \"{wasm}\" }}).catch(why => setTimeout(() => {{ throw why; }}));\n"
    )
}

fn read(folder: &Path, bin: &str, name: &str) -> Result<Vec<u8>, String> {
    fs::read(folder.join(name)).map_err(|error| {
        format!(
            "{name} could not be read ({error}); index.html has to have the link for the program {bin}"
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

    /// A folder with a program in it, for one test.
    fn folder(test: &str, bin: &str, program: &[u8]) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("program-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{bin}.js")), "let wasm_bindgen;").unwrap();
        fs::write(folder.join(format!("{bin}_bg.wasm")), program).unwrap();
        folder
    }

    #[test]
    fn another_program_gets_another_name_and_the_script_starts_the_one_of_its_name() {
        let (one, other) = (
            folder("one", "worker", b"one"),
            folder("other", "worker", b"other"),
        );
        let first = name_files(&one, "worker").unwrap();
        let second = name_files(&other, "worker").unwrap();
        assert_ne!(first, second);
        let wasm = first.replace(".js", ".wasm");
        assert_eq!(fs::read(one.join(&wasm)).unwrap(), b"one");
        let script = fs::read_to_string(one.join(&first)).unwrap();
        assert!(script.contains(&format!("\"{wasm}\"")), "{script}");
        assert!(!one.join("worker.js").exists() && !one.join("worker_bg.wasm").exists());
        for folder in [one, other] {
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn a_program_is_found_and_named_by_its_own_name() {
        let folder = folder("named", "search", b"program");
        let script = name_files(&folder, "search").unwrap();
        assert!(script.starts_with("search-") && folder.join(&script).exists());
        assert!(name_files(&folder, "worker").is_err());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_build_without_the_program_is_refused_in_a_sentence() {
        let why = name_files(Path::new("no/such/folder"), "worker").unwrap_err();
        assert!(why.starts_with("worker.js could not be read"), "{why}");
    }
}
