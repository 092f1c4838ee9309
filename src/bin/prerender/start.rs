//! How the page starts its program. Trunk's way asks for it before the text is there, and on a slow
//! line the two then share it. Here the program is asked for after the first paint, and both of its
//! files are compared with the hashes that stand in the page.

use std::fs;
use std::path::Path;

use crate::{digest, tags};

/// Where the start goes.
const PLACE: &str = "<!-- start -->";

/// The page with the start of its program in it; without one, for a page that runs none.
pub fn put(page: &str, start: Option<&str>) -> String {
    page.replacen(PLACE, start.unwrap_or_default(), 1)
}

/// Takes Trunk's start out of the shell, and returns the book's own.
///
/// # Errors
/// A sentence when the shell holds no start as Trunk writes it, or a file cannot be read.
pub fn take(shell: &mut String, folder: &Path) -> Result<String, String> {
    let unknown =
        || "the built index.html does not start its program as Trunk 0.21 does".to_owned();
    let scripts = tags::elements(shell, "script");
    let (_, trunk) = scripts
        .into_iter()
        .find(|(_, text)| text.contains("module_or_path"))
        .ok_or_else(unknown)?;
    let joint = between(trunk, "from '", "'").ok_or_else(unknown)?;
    let wasm = between(trunk, "module_or_path: '", "'").ok_or_else(unknown)?;
    let own = start(
        joint,
        &digest::sha384(&read(folder, joint)?),
        wasm,
        &digest::sha384(&read(folder, wasm)?),
    );
    let element = format!("<script type=\"module\">{trunk}</script>");
    let files = [joint.to_owned(), wasm.to_owned()];
    if !shell.contains(&element) {
        return Err(unknown());
    }
    *shell = shell.replacen(&element, PLACE, 1);
    for file in files {
        let ahead = |tag: &str| tags::attribute(tag, "href") == Some(file.as_str());
        while tags::take(shell, "<link ", ahead).is_some() {}
    }
    Ok(own)
}

/// Two frames on, the text has been painted. An import has no place for a hash of its own: the
/// import map holds it.
fn start(joint: &str, joint_hash: &str, wasm: &str, wasm_hash: &str) -> String {
    format!(
        "<script type=\"importmap\">{{\"integrity\":{{\"{joint}\":\"{joint_hash}\"}}}}</script>
    <script type=\"module\">
      requestAnimationFrame(() => setTimeout(async () => {{
        const program = fetch(\"{wasm}\", {{ integrity: \"{wasm_hash}\" }});
        const {{ default: start }} = await import(\"{joint}\");
        await start({{ module_or_path: program }});
      }}));
    </script>"
    )
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    fs::read(folder.join(name)).map_err(|error| format!("{name} could not be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUNK: &str = "<head><script type=\"module\">\nimport init, * as bindings from './a-1.js';\n\
        const wasm = await init({ module_or_path: './a-1_bg.wasm' });\n</script>\
        <link rel=\"modulepreload\" href=\"./a-1.js\" crossorigin=\"anonymous\">\
        <link rel=\"preload\" href=\"./a-1_bg.wasm\" as=\"fetch\"></head>";

    #[test]
    fn the_program_is_asked_for_after_the_text_and_held_to_its_hash() {
        let folder = std::env::temp_dir().join(format!("start-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a-1.js"), "joint").unwrap();
        fs::write(folder.join("a-1_bg.wasm"), "program").unwrap();
        let mut shell = TRUNK.to_owned();
        let start = take(&mut shell, &folder).unwrap();
        assert!(!put(&shell, None).contains("<script"), "{shell}");
        let shell = put(&shell, Some(&start));
        assert!(
            !shell.contains("preload") && !shell.contains("bindings"),
            "{shell}"
        );
        assert!(shell.contains(&format!("\"./a-1.js\":\"{}\"", digest::sha384(b"joint"))));
        assert!(shell.contains(&format!("integrity: \"{}\"", digest::sha384(b"program"))));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_start_that_is_not_known_is_refused() {
        let mut shell = "<head><script type=\"module\">start()</script></head>".to_owned();
        assert!(take(&mut shell, Path::new("none")).is_err());
    }
}
