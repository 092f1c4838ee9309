//! Pictures for those who take no SVG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The drawing as a PNG of this many pixels; it is stretched to fill them.
///
/// # Errors
/// A sentence when the drawing cannot be read, or the size is none.
pub fn png(svg: &str, width: u32, height: u32) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(svg, &Options::default())
        .map_err(|error| format!("the drawing could not be read: {error}"))?;
    let mut pixels = Pixmap::new(width, height)
        .ok_or_else(|| format!("{width} × {height} is no size of a picture"))?;
    let size = tree.size();
    #[expect(
        clippy::cast_precision_loss,
        reason = "a picture has fewer than 16 million pixels on a side"
    )]
    let stretch = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, stretch, &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| format!("the picture could not be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLUE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#0b5cad"/></svg>"##;

    #[test]
    fn a_drawing_fills_the_size_that_is_asked_for() {
        let png = png(BLUE, 64, 48).unwrap();
        let picture = Pixmap::decode_png(&png).unwrap();
        assert_eq!((picture.width(), picture.height()), (64, 48));
        let corner = picture.pixel(63, 47).unwrap();
        assert_eq!(
            (corner.red(), corner.green(), corner.blue(), corner.alpha()),
            (0x0b, 0x5c, 0xad, 255)
        );
    }

    #[test]
    fn what_is_no_drawing_is_refused_in_a_sentence() {
        let why = png("<p>no</p>", 8, 8).unwrap_err();
        assert!(why.starts_with("the drawing could not be read"), "{why}");
        assert_eq!(
            png(BLUE, 0, 8).unwrap_err(),
            "0 × 8 is no size of a picture"
        );
    }
}
