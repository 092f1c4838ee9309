//! Where everything in a plot stands: axes, their marks, and what a click means. In pixels of the
//! page, without a browser.

use crate::sim::batch::{Bin, Curve, Plot};

/// The height of a line of text.
pub(super) const LINE: f64 = 16.0;

/// About how wide a letter is.
const LETTER: f64 = 7.0;

/// How far from a point a click may be.
const REACH: f64 = 24.0;

/// One axis of a plot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    /// Its smallest and largest value; of a logarithmic axis, their logarithms to base 10.
    pub range: (f64, f64),
    /// Where these two stand.
    pub pixels: (f64, f64),
    /// The marked values, as they are, with their words.
    pub marks: Vec<(f64, String)>,
    log: bool,
}

impl Axis {
    /// A value in the measure of `range`; none where a logarithmic axis has no place for it.
    pub(super) fn measure(&self, value: f64) -> Option<f64> {
        let measured = if self.log { value.log10() } else { value };
        measured.is_finite().then_some(measured)
    }

    /// Where a value stands.
    pub(super) fn place(&self, value: f64) -> Option<f64> {
        let share = (self.measure(value)? - self.range.0) / (self.range.1 - self.range.0);
        Some(self.pixels.0 + share * (self.pixels.1 - self.pixels.0))
    }
}

/// A plot laid out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Frame {
    /// Left to right.
    pub x: Axis,
    /// Bottom to top.
    pub y: Axis,
    /// What a click can mean: where it is (left, right, and its height where it has one), and the
    /// run behind it.
    targets: Vec<(f64, f64, Option<f64>, String)>,
}

impl Frame {
    /// The plot in so much room; nothing where there is nothing to draw.
    pub(super) fn of(plot: &Plot, width: f64, height: f64) -> Option<Self> {
        let x_range = x_range(plot)?;
        let y_range = y_range(plot);
        let y_marks = marks(y_range, (height / 40.0).max(2.0), plot.curves.is_empty());
        let widest = y_marks.iter().map(|(_, text)| text.chars().count()).max();
        let left = letters(widest.unwrap_or(1)) + 12.0;
        let right = width - names_room(plot, width);
        let top = 8.0 + LINE * letters_count(plot.marks.len());
        let mut frame = Self {
            x: Axis {
                marks: x_marks(plot, x_range, right - left),
                range: x_range,
                pixels: (left, right.max(left + 1.0)),
                log: plot.log_x,
            },
            y: Axis {
                marks: y_marks,
                range: y_range,
                pixels: ((height - 22.0).max(top + 1.0), top),
                log: false,
            },
            targets: Vec::new(),
        };
        frame.targets = frame.find_targets(plot);
        Some(frame)
    }

    fn find_targets(&self, plot: &Plot) -> Vec<(f64, f64, Option<f64>, String)> {
        let bins = plot.bins.iter().filter_map(|bin| {
            let (from, to) = edges(plot, bin);
            let run = bin.run.clone()?;
            Some((self.x.place(from)?, self.x.place(to)?, None, run))
        });
        let points = plot.curves.iter().flat_map(|curve| &curve.points);
        let points = points.filter_map(|point| {
            let x = self.x.place(point.x)?;
            Some((x, x, Some(self.y.place(point.y)?), point.run.clone()?))
        });
        bins.chain(points).collect()
    }

    /// The run that a click means: that of the bin above or below it, or of the nearest point.
    pub(super) fn run_at(&self, x: f64, y: f64) -> Option<&str> {
        let away = |target: &(f64, f64, Option<f64>, String)| {
            let aside = (target.0 - x).max(x - target.1).max(0.0);
            let above = target.2.map_or(0.0, |height| height - y);
            aside.hypot(above)
        };
        let nearest = self
            .targets
            .iter()
            .min_by(|a, b| away(a).total_cmp(&away(b)))?;
        (away(nearest) <= REACH).then_some(nearest.3.as_str())
    }
}

/// Where a bin begins and ends in the picture. Whole numbers stand in the middle of their bar.
pub(super) fn edges(plot: &Plot, bin: &Bin) -> (f64, f64) {
    let shift = if plot.whole { 0.5 } else { 0.0 };
    (bin.from - shift, bin.to - shift)
}

/// A curve's points as they are joined: for steps, with the corners between them.
pub(super) fn joined(curve: &Curve) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for point in &curve.points {
        if let Some((_, before)) = points.last().copied().filter(|_| curve.steps) {
            points.push((point.x, before));
        }
        points.push((point.x, point.y));
    }
    points
}

/// From the smallest to the largest of what can be shown, with some room where they are one.
fn span(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    if low > high {
        return None;
    }
    let flat = high - low <= low.abs().max(high.abs()) * 1e-12;
    Some(if flat {
        (low - 0.5, high + 0.5)
    } else {
        (low, high)
    })
}

fn x_range(plot: &Plot) -> Option<(f64, f64)> {
    let bins = plot.bins.iter().flat_map(|bin| {
        let (from, to) = edges(plot, bin);
        // One or two bars alone would fill the whole picture.
        let room = if plot.bins.len() < 3 && !plot.log_x {
            to - from
        } else {
            0.0
        };
        [from - room, to + room]
    });
    let points = plot.curves.iter().flat_map(|curve| &curve.points);
    let names = plot.names.iter().flat_map(|(x, _)| [x - 0.5, x + 0.5]);
    let values = bins.chain(points.map(|point| point.x)).chain(names);
    span(values.map(|value| if plot.log_x { value.log10() } else { value }))
}

/// Room for all values and their intervals, and for zero unless it is far away.
fn y_range(plot: &Plot) -> (f64, f64) {
    let counts = plot.bins.iter().flat_map(|bin| [0.0, count(bin.count)]);
    let points = plot.curves.iter().flat_map(|curve| &curve.points);
    let heights = points.flat_map(|point| {
        let (low, high) = point.interval.unwrap_or((point.y, point.y));
        [point.y, low, high]
    });
    let (low, high) = span(counts.chain(heights)).unwrap_or((0.0, 1.0));
    let room = (high - low) * 0.06;
    match (low, high) {
        (low, high) if low >= 0.0 && low < 0.6 * high => (0.0, high + room),
        (low, high) if high <= 0.0 && high > 0.6 * low => (low - room, 0.0),
        (low, high) => (low - room, high + room),
    }
}

/// The marks of the horizontal axis, as many as there is room for.
fn x_marks(plot: &Plot, range: (f64, f64), width: f64) -> Vec<(f64, String)> {
    if !plot.names.is_empty() {
        let longest = plot
            .names
            .iter()
            .map(|(_, name)| name.chars().count())
            .max();
        let room = (width / (letters(longest.unwrap_or(1)) + LETTER)).max(1.0);
        let every = (letters_count(plot.names.len()) / room).ceil();
        let mut kept = f64::NEG_INFINITY;
        let named = plot.names.iter().filter(|(x, _)| {
            let keeps = *x >= kept + every;
            if keeps {
                kept = *x;
            }
            keeps
        });
        return named.cloned().collect();
    }
    if plot.log_x {
        return log_marks(range);
    }
    marks(range, (width / 70.0).max(2.0), plot.whole)
}

/// Round values in a range, at most about so many; only whole ones where there are no others.
fn marks(range: (f64, f64), most: f64, whole: bool) -> Vec<(f64, String)> {
    let step = round_step((range.1 - range.0) / most);
    let step = if whole { step.max(1.0) } else { step };
    let first = (range.0 / step).ceil();
    (0..200)
        .map(|place| (first + f64::from(place)) * step)
        .take_while(|value| *value <= range.1 + step * 1e-9)
        .map(|value| (value, super::words::rounded(value, step)))
        .collect()
}

/// The powers of ten; with 2 and 5 times them where there are few.
fn log_marks(range: (f64, f64)) -> Vec<(f64, String)> {
    let digits: &[f64] = if range.1 - range.0 < 2.5 {
        &[1.0, 2.0, 5.0]
    } else {
        &[1.0]
    };
    (0..40)
        .map(|place| range.0.floor() + f64::from(place))
        .take_while(|exponent| *exponent <= range.1)
        .flat_map(|exponent| digits.iter().map(move |d| d * 10.0_f64.powf(exponent)))
        .filter(|value| (range.0..=range.1).contains(&(*value).log10()))
        .map(|value| (value, super::words::number(value)))
        .collect()
}

/// The smallest of 1, 2 and 5 times a power of ten that is no smaller than this.
fn round_step(least: f64) -> f64 {
    let least = if least.is_finite() && least > 0.0 {
        least
    } else {
        1.0
    };
    let unit = 10.0_f64.powf(least.log10().floor());
    let digits = [1.0, 2.0, 5.0, 10.0];
    let step = digits.iter().map(|digit| digit * unit);
    // A little less is enough: 0.1 is not quite a tenth.
    step.into_iter()
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(unit)
}

/// The room at the right for the names of curves, where there are several.
fn names_room(plot: &Plot, width: f64) -> f64 {
    let longest = plot.curves.iter().map(|curve| curve.name.chars().count());
    match longest.max() {
        Some(longest) if plot.curves.len() > 1 => (letters(longest) + 12.0).min(width * 0.34),
        _ => 14.0,
    }
}

/// How many letters the names of curves may have.
pub(super) fn longest_name(frame: &Frame, width: f64) -> usize {
    let mut letters = 0;
    while super::layout::letters(letters + 1) + 8.0 <= width - frame.x.pixels.1 {
        letters += 1;
    }
    letters
}

fn letters(number: usize) -> f64 {
    letters_count(number) * LETTER
}

#[expect(clippy::cast_precision_loss, reason = "a few letters or lines")]
fn letters_count(number: usize) -> f64 {
    number as f64
}

#[expect(clippy::cast_precision_loss, reason = "the height of a bar")]
pub(super) fn count(runs: u64) -> f64 {
    runs as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::batch::Point;

    fn bin(from: f64, count: u64) -> Bin {
        Bin {
            from,
            to: from + 1.0,
            count,
            run: Some(format!("run {from}")),
        }
    }

    fn histogram() -> Plot {
        Plot {
            whole: true,
            bins: vec![bin(0.0, 10), bin(1.0, 30), bin(5.0, 2)],
            ..Plot::default()
        }
    }

    fn curve(points: &[(f64, f64)]) -> Plot {
        let points = points.iter().map(|(x, y)| Point {
            x: *x,
            y: *y,
            run: Some(format!("run {x}")),
            ..Point::default()
        });
        Plot {
            curves: vec![Curve {
                points: points.collect(),
                ..Curve::default()
            }],
            ..Plot::default()
        }
    }

    fn texts(marks: &[(f64, String)]) -> Vec<&str> {
        marks.iter().map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn a_whole_number_stands_in_the_middle_of_its_bar_and_has_a_mark() {
        let frame = Frame::of(&histogram(), 600.0, 200.0).unwrap();
        assert_eq!(frame.x.range, (-0.5, 5.5));
        assert_eq!(texts(&frame.x.marks), ["0", "1", "2", "3", "4", "5"]);
        assert_eq!(frame.y.range.0, 0.0);
    }

    #[test]
    fn a_click_on_a_bar_or_above_it_means_its_run_and_one_far_from_all_means_none() {
        let frame = Frame::of(&histogram(), 600.0, 200.0).unwrap();
        let at = |value: f64, y: f64| frame.run_at(frame.x.place(value).unwrap(), y);
        assert_eq!(at(0.0, 190.0), Some("run 0"));
        assert_eq!(at(1.3, 20.0), Some("run 1"));
        assert_eq!(at(3.0, 100.0), None);
    }

    #[test]
    fn a_click_near_a_point_means_its_run() {
        let frame = Frame::of(&curve(&[(0.0, 1.0), (10.0, 4.0)]), 600.0, 200.0).unwrap();
        let (x, y) = (frame.x.place(10.0).unwrap(), frame.y.place(4.0).unwrap());
        assert_eq!(frame.run_at(x + 5.0, y - 5.0), Some("run 10"));
        assert_eq!(frame.run_at(x, y + 60.0), None);
    }

    #[test]
    fn numbers_that_are_none_are_left_out_and_nothing_is_drawn_of_nothing() {
        assert_eq!(Frame::of(&Plot::default(), 600.0, 200.0), None);
        assert_eq!(Frame::of(&curve(&[(f64::NAN, 1.0)]), 600.0, 200.0), None);
        let odd = curve(&[(f64::INFINITY, 1.0), (2.0, f64::NAN), (3.0, 1.0)]);
        let frame = Frame::of(&odd, 600.0, 200.0).unwrap();
        assert_eq!(frame.x.range, (2.0, 3.0));
        assert_eq!(frame.targets.len(), 1);
    }

    #[test]
    fn one_value_alone_gets_an_axis_around_it() {
        let frame = Frame::of(&curve(&[(7.0, 0.0)]), 600.0, 200.0).unwrap();
        assert_eq!(frame.x.range, (6.5, 7.5));
        assert!(frame.y.range.0 < 0.0 && frame.y.range.1 > 0.0);
    }

    #[test]
    fn a_logarithmic_axis_marks_powers_of_ten_and_has_no_place_for_zero() {
        let mut plot = curve(&[(0.0, 1.0), (1.0, 1.0), (10_000.0, 2.0)]);
        plot.log_x = true;
        let frame = Frame::of(&plot, 600.0, 200.0).unwrap();
        assert_eq!(texts(&frame.x.marks), ["1", "10", "100", "1,000", "10,000"]);
        assert_eq!(frame.x.place(0.0), None);
        plot.curves[0].points.pop();
        plot.curves[0].points[0].x = 9.0;
        let frame = Frame::of(&plot, 600.0, 200.0).unwrap();
        assert_eq!(texts(&frame.x.marks), ["1", "2", "5"]);
    }

    #[test]
    fn names_take_the_place_of_numbers_and_are_left_out_where_there_is_no_room() {
        let mut plot = curve(&[(0.0, 1.0), (1.0, 2.0), (2.0, 2.0), (3.0, 0.0)]);
        let names = ["never", "10 s", "64 s", "1024 s"];
        plot.names = (0..)
            .zip(names)
            .map(|(x, name)| (f64::from(x), name.to_owned()))
            .collect();
        let wide = Frame::of(&plot, 600.0, 200.0).unwrap();
        assert_eq!(texts(&wide.x.marks), names);
        let narrow = Frame::of(&plot, 170.0, 200.0).unwrap();
        assert_eq!(texts(&narrow.x.marks), ["never", "64 s"]);
    }

    #[test]
    fn steps_have_corners() {
        let mut plot = curve(&[(0.0, 1.0), (2.0, 3.0)]);
        assert_eq!(joined(&plot.curves[0]), [(0.0, 1.0), (2.0, 3.0)]);
        plot.curves[0].steps = true;
        assert_eq!(
            joined(&plot.curves[0]),
            [(0.0, 1.0), (2.0, 1.0), (2.0, 3.0)]
        );
    }

    #[test]
    fn steps_between_marks_are_round() {
        for (least, step) in [(0.03, 0.05), (1.0, 1.0), (7.0, 10.0), (1_200.0, 2_000.0)] {
            assert!((round_step(least) - step).abs() < step * 1e-9, "{least}");
        }
    }
}
