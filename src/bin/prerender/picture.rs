//! Drawing SVG as a picture of pixels, with the one font that is kept beside this file.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

/// The name under which the font is asked for in the SVG.
pub const FONT: &str = "Charis SIL";

/// Charis SIL, see `fonts/LICENSE-OFL`.
const FILES: [&[u8]; 2] = [
    include_bytes!("fonts/CharisSIL-Regular.ttf"),
    include_bytes!("fonts/CharisSIL-Bold.ttf"),
];

/// The drawing as a PNG file of this size; what it leaves free is transparent.
///
/// # Errors
/// A sentence when the SVG cannot be read, or the size is none.
pub fn png(svg: &str, width: u32, height: u32) -> Result<Vec<u8>, String> {
    let options = Options {
        font_family: FONT.to_owned(),
        fontdb: fonts(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)
        .map_err(|error| format!("a drawing could not be read as SVG: {error}"))?;
    let mut pixels = Pixmap::new(width, height)
        .ok_or_else(|| format!("a picture cannot have {width} × {height} pixels"))?;
    let scale = Transform::from_scale(
        side(width) / tree.size().width(),
        side(height) / tree.size().height(),
    );
    resvg::render(&tree, scale, &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| format!("a picture could not be written as PNG: {error}"))
}

/// The fonts, read once.
fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        for file in FILES {
            fonts.load_font_data(file.to_vec());
        }
        Arc::new(fonts)
    };
    FONTS.get_or_init(load).clone()
}

/// A side in the renderer's numbers; no picture here is larger than they can hold exactly.
fn side(pixels: u32) -> f32 {
    u16::try_from(pixels).map_or(f32::from(u16::MAX), f32::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Width and height as the head of a PNG file gives them.
    fn size(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    }

    #[test]
    fn a_picture_has_the_size_that_was_asked_for() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 1\"><rect width=\"2\" height=\"1\"/></svg>";
        let png = png(svg, 40, 20).unwrap();
        assert!(png.starts_with(b"\x89PNG"));
        assert_eq!(size(&png), (40, 20));
    }

    #[test]
    fn text_is_drawn_with_the_books_own_font() {
        let svg = |text: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><text x=\"2\" y=\"15\" font-size=\"12\">{text}</text></svg>"
            )
        };
        assert_ne!(
            png(&svg("a"), 40, 20).unwrap(),
            png(&svg(""), 40, 20).unwrap()
        );
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        assert!(png("text", 10, 10).is_err());
        assert!(
            png(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>",
                0,
                10
            )
            .is_err()
        );
    }
}
