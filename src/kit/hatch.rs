//! Slanting lines over a rectangle: what is out of order. A path and no pattern, because a pattern
//! needs an id of its own in the page.

/// The lines over a rectangle of this size, whose upper left corner is at the origin; for the `d`
/// of a path. All lengths are in pixels.
#[must_use]
pub fn hatch(width: f64, height: f64) -> String {
    const GAP: f64 = 7.0;
    let mut path = String::new();
    // Each line is where x + y is the same.
    let mut sum = GAP;
    while sum < width + height {
        let (left, right) = ((sum - height).max(0.0), sum.min(width));
        path.push_str(&format!(
            "M{left:.1} {:.1}L{right:.1} {:.1}",
            sum - left,
            sum - right
        ));
        sum += GAP;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_stay_inside_the_rectangle() {
        let path = hatch(50.0, 20.0).replace(['M', 'L'], " ");
        let numbers: Vec<f64> = path
            .split_whitespace()
            .map(|number| number.parse().unwrap())
            .collect();
        assert!(numbers.len() > 16);
        for point in numbers.chunks(2) {
            let (x, y) = (point[0], point[1]);
            assert!(
                (0.0..=50.0).contains(&x) && (0.0..=20.0).contains(&y),
                "{point:?}"
            );
        }
    }

    #[test]
    fn a_rectangle_without_room_has_no_lines() {
        assert_eq!(hatch(0.0, 0.0), "");
    }
}
