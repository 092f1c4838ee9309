//! What a system wants to know of the book to put it on a home screen: the manifest, and icons.

use std::fs;
use std::path::Path;

use happens_before::book::Contents;
use serde_json::json;

use crate::picture;

const ICON: &str = include_str!("../../../style/icon.svg");
const TOKENS: &str = include_str!("../../../style/tokens.css");

/// The manifest's file; index.html names it.
const MANIFEST: &str = "manifest.webmanifest";
/// The icon of iOS, which rounds the corners itself; index.html names it.
const TOUCH_ICON: &str = "apple-touch-icon.png";

/// Writes the manifest and the icons. All addresses are relative to the manifest, so that the
/// folder works at any path.
///
/// # Errors
/// A sentence when a colour is missing, a picture cannot be drawn or a file not be written.
pub fn write(contents: &Contents, folder: &Path) -> Result<(), String> {
    let whole = whole_square(ICON, &token("--accent")?);
    put(folder, "icon.svg", ICON.as_bytes())?;
    put(folder, "icon-192.png", &picture::png(ICON, 192, 192)?)?;
    put(folder, "icon-512.png", &picture::png(ICON, 512, 512)?)?;
    put(
        folder,
        "icon-whole-512.png",
        &picture::png(&whole, 512, 512)?,
    )?;
    put(folder, TOUCH_ICON, &picture::png(&whole, 180, 180)?)?;
    put(folder, MANIFEST, manifest(contents)?.as_bytes())
}

fn manifest(contents: &Contents) -> Result<String, String> {
    let paper = token("--paper")?;
    let png = |name: &str, size: &str, purpose: &str| json!({ "src": name, "sizes": size, "type": "image/png", "purpose": purpose });
    let manifest = json!({
        "name": contents.title,
        "short_name": contents.title,
        "description": contents.subtitle,
        "lang": "en",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            { "src": "icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" },
            png("icon-192.png", "192x192", "any"),
            png("icon-512.png", "512x512", "any"),
            png("icon-whole-512.png", "512x512", "maskable"),
        ],
    });
    serde_json::to_string_pretty(&manifest)
        .map_err(|error| format!("{MANIFEST} could not be written: {error}"))
}

/// A colour of the light theme: the first that the tokens give under this name.
fn token(name: &str) -> Result<String, String> {
    let value = TOKENS
        .split_once(&format!("{name}: "))
        .and_then(|(_, rest)| rest.split_once(';'));
    value
        .map(|(value, _)| value.to_owned())
        .ok_or_else(|| format!("style/tokens.css has no {name}"))
}

/// The icon on a square of its own colour: systems cut another shape out of it.
fn whole_square(icon: &str, colour: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">\
         <rect width=\"32\" height=\"32\" fill=\"{colour}\"/>{icon}</svg>"
    )
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    fs::write(folder.join(name), bytes)
        .map_err(|error| format!("{name} could not be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_names_only_what_is_written_and_nothing_by_its_full_address() {
        let folder = std::env::temp_dir().join(format!("install-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let contents = Contents {
            title: "A Book".to_owned(),
            ..Contents::default()
        };
        write(&contents, &folder).unwrap();
        let manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join(MANIFEST)).unwrap()).unwrap();
        assert_eq!(manifest["name"], "A Book");
        assert_eq!(
            (&manifest["start_url"], &manifest["scope"]),
            (&json!("./"), &json!("./"))
        );
        for icon in manifest["icons"].as_array().unwrap() {
            let name = icon["src"].as_str().unwrap();
            assert!(folder.join(name).is_file(), "{name}");
        }
        assert!(folder.join(TOUCH_ICON).is_file());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_icon_that_is_cut_has_colour_in_its_corners() {
        let corner = |svg: &str| {
            let png = picture::png(svg, 64, 64).unwrap();
            let picture = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
            picture.pixel(0, 0).unwrap().alpha()
        };
        assert_eq!(corner(ICON), 0);
        assert_eq!(
            corner(&whole_square(ICON, &token("--accent").unwrap())),
            255
        );
    }

    #[test]
    fn the_head_of_each_page_names_the_manifest_the_icon_and_the_colour_of_the_paper() {
        let shell = include_str!("../../../index.html");
        assert!(shell.contains(&format!("rel=\"manifest\" href=\"./{MANIFEST}\"")));
        assert!(shell.contains(&format!("rel=\"apple-touch-icon\" href=\"./{TOUCH_ICON}\"")));
        let dark = TOKENS.split_once("prefers-color-scheme: dark").unwrap().1;
        let dark = dark
            .split_once("--paper: ")
            .unwrap()
            .1
            .split_once(';')
            .unwrap()
            .0;
        for colour in [token("--paper").unwrap().as_str(), dark] {
            assert!(shell.contains(&format!("content=\"{colour}\"")), "{colour}");
        }
    }
}
