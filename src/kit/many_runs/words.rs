//! What a plot says, in numbers and words: its table, and its finding in a sentence.

use crate::sim::batch::{Bin, Curve, Mark, Plot, Point, Table};

/// Numbers in rows and columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Numbers {
    /// What stands above them, if anything.
    pub caption: String,
    /// The heads of the columns, without that of the runs.
    pub columns: Vec<String>,
    /// Whether there is a column of runs to open.
    pub opens: bool,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One bin, or one place on the horizontal axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// Where it is.
    pub head: String,
    /// What is there.
    pub cells: Vec<String>,
    /// The runs behind it.
    pub runs: Vec<Behind>,
}

/// A run behind a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Behind {
    /// What the button that opens it is called.
    pub name: String,
    /// The run, as a link.
    pub run: String,
}

/// The numbers of a plot: of its bins, or else of its curves.
pub(super) fn numbers(plot: &Plot) -> Numbers {
    if plot.curves.is_empty() {
        of_bins(plot)
    } else {
        of_curves(plot)
    }
}

/// The numbers of a table, as they are.
pub(super) fn of_table(table: &Table) -> Numbers {
    let rows = table.rows.iter().filter_map(|row| {
        let (head, cells) = row.split_first()?;
        Some(Row {
            head: head.clone(),
            cells: cells.to_vec(),
            runs: Vec::new(),
        })
    });
    Numbers {
        caption: table.title.clone(),
        columns: table.columns.clone(),
        opens: false,
        rows: rows.collect(),
    }
}

fn of_bins(plot: &Plot) -> Numbers {
    let all: u64 = plot.bins.iter().map(|bin| bin.count).sum();
    let rows = plot.bins.iter().map(|bin| {
        let head = bin_name(plot, bin);
        Row {
            cells: vec![count(bin.count), share(bin.count, all)],
            runs: behind(bin.run.as_ref(), || {
                format!("open a run with {} {head}", plot.x)
            }),
            head,
        }
    });
    Numbers {
        caption: String::new(),
        columns: vec![plot.x.clone(), plot.y.clone(), "share".to_owned()],
        opens: true,
        rows: rows.collect(),
    }
}

fn of_curves(plot: &Plot) -> Numbers {
    let points = plot.curves.iter().flat_map(|curve| &curve.points);
    let mut places: Vec<f64> = points.map(|point| point.x).collect();
    places.sort_by(f64::total_cmp);
    places.dedup();
    let rows = places.into_iter().map(|x| {
        let head = place_name(plot, x);
        let at = |curve: &Curve| curve.points.iter().find(|point| point.x == x).cloned();
        let found: Vec<(&Curve, Option<Point>)> =
            plot.curves.iter().map(|curve| (curve, at(curve))).collect();
        let runs = found.iter().filter_map(|(curve, point)| {
            let run = point.as_ref()?.run.clone()?;
            let name = format!("open a run of {} at {} {head}", curve.name, plot.x);
            Some(Behind { name, run })
        });
        Row {
            runs: runs.collect(),
            cells: found
                .iter()
                .map(|(_, point)| height(point.as_ref()))
                .collect(),
            head,
        }
    });
    let names = plot.curves.iter().map(|curve| {
        if curve.theory {
            format!("{} (theory)", curve.name)
        } else if plot.curves.len() == 1 {
            plot.y.clone()
        } else {
            curve.name.clone()
        }
    });
    Numbers {
        rows: rows.collect(),
        caption: String::new(),
        columns: std::iter::once(plot.x.clone()).chain(names).collect(),
        opens: true,
    }
}

fn behind(run: Option<&String>, name: impl Fn() -> String) -> Vec<Behind> {
    run.map(|run| Behind {
        name: name(),
        run: run.clone(),
    })
    .into_iter()
    .collect()
}

/// A value with its confidence interval: `0.52 (0.50 to 0.54)`.
fn height(point: Option<&Point>) -> String {
    match point {
        None => "–".to_owned(),
        Some(point) => match point.interval {
            // All runs agree.
            Some((low, high)) if low >= high => number(point.y),
            None => number(point.y),
            Some(ends) => format!("{} ({})", number(point.y), interval(ends)),
        },
    }
}

fn interval((low, high): (f64, f64)) -> String {
    format!("{} to {}", number(low), number(high))
}

/// What a bin holds: `3`, `3 to 4`.
fn bin_name(plot: &Plot, bin: &Bin) -> String {
    let last = if plot.whole { bin.to - 1.0 } else { bin.to };
    if plot.whole && last <= bin.from {
        number(bin.from)
    } else {
        interval((bin.from, last))
    }
}

/// A place on the horizontal axis: its name where it has one, else its number.
fn place_name(plot: &Plot, x: f64) -> String {
    let named = plot.names.iter().find(|(place, _)| *place == x);
    named.map_or_else(|| number(x), |(_, name)| name.clone())
}

/// A quantile in words: `median 2 (95 % confidence interval 2 to 3)`.
pub(super) fn mark(mark: &Mark) -> String {
    let value = format!("{} {}", mark.name, number(mark.x));
    match mark.interval {
        Some((low, high)) if low >= high => value,
        None => value,
        Some(ends) => format!("{value} (95 % confidence interval {})", interval(ends)),
    }
}

/// What a plot shows, for those who cannot see it.
pub(super) fn finding(plot: &Plot) -> String {
    let mut sentences = vec![format!("{}.", plot.title)];
    sentences.extend(bins_finding(plot));
    sentences.extend(
        plot.curves
            .iter()
            .filter_map(|curve| curve_finding(plot, curve)),
    );
    if sentences.len() == 1 {
        sentences.push("No run has given this number yet.".to_owned());
    }
    sentences.join(" ")
}

fn bins_finding(plot: &Plot) -> Option<String> {
    let (first, last) = (plot.bins.first()?, plot.bins.last()?);
    // The first of those that are equally frequent.
    let mode = plot.bins.iter().rev().max_by_key(|bin| bin.count)?;
    let all: u64 = plot.bins.iter().map(|bin| bin.count).sum();
    let marks: String = plot
        .marks
        .iter()
        .map(|mark| format!("; {} {}", mark.name, number(mark.x)))
        .collect();
    let end = if plot.whole { last.to - 1.0 } else { last.to };
    let range = if end <= first.from {
        format!("all {}", number(end))
    } else {
        format!("from {} to {}", number(first.from), number(end))
    };
    Some(format!(
        "Histogram of {} {}: {range}{marks}; most often {} ({}, {}).",
        count(all),
        plot.y,
        bin_name(plot, mode),
        count(mode.count),
        share(mode.count, all)
    ))
}

fn curve_finding(plot: &Plot, curve: &Curve) -> Option<String> {
    let points = || curve.points.iter().filter(|point| point.y.is_finite());
    let at = |point: &Point| format!("{} at {}", number(point.y), place_name(plot, point.x));
    let (first, last) = (points().next()?, points().next_back()?);
    let least = points().min_by(|a, b| a.y.total_cmp(&b.y))?;
    // The first of those that are equally large.
    let most = points().rev().max_by(|a, b| a.y.total_cmp(&b.y))?;
    let theory = if curve.theory { " (theory)" } else { "" };
    Some(format!(
        "{}{theory}, by {}: {}, {}; smallest {}, largest {}.",
        curve.name,
        plot.x,
        at(first),
        at(last),
        at(least),
        at(most)
    ))
}

/// A number of runs: `10,000`.
pub(super) fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// A part of all, in percent.
fn share(part: u64, all: u64) -> String {
    let percent = 100.0 * super::layout::count(part) / super::layout::count(all.max(1));
    format!("{percent:.1} %")
}

/// A number with three significant digits, or all of them where it is whole.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    if value == value.round() {
        return rounded(value, 1.0);
    }
    rounded(value, 10.0_f64.powf((value.abs().log10()).floor() - 2.0))
}

/// A number with as many digits after the point as its step needs.
pub(super) fn rounded(value: f64, step: f64) -> String {
    if value.abs() >= 1e15 {
        return format!("{value:.2e}").replace('-', "−");
    }
    let (mut digits, mut unit) = (0_usize, 1.0);
    while unit > step * (1.0 + 1e-9) && digits < 12 {
        unit /= 10.0;
        digits += 1;
    }
    let text = format!("{:.digits$}", value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    let is_zero = rest.is_empty() && whole == "0";
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{rest}", grouped(whole))
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let count = digits.chars().count();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (count - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_digits_that_mean_something_and_true_minus_signs() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (10_000.0, "10,000"),
            (1_234_567.0, "1,234,567"),
            (-5.0, "−5"),
            (0.52314, "0.523"),
            (12.345, "12.3"),
            (0.000_123_4, "0.000123"),
            (2.5, "2.5"),
            (-0.000_000_000_000_1, "0"),
            (-2e18, "−2.00e18"),
            (f64::NAN, "–"),
            (f64::INFINITY, "–"),
        ] {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn marks_on_an_axis_have_the_digits_of_their_step() {
        assert_eq!(rounded(0.30000000000000004, 0.1), "0.3");
        assert_eq!(rounded(0.25, 0.05), "0.25");
        assert_eq!(rounded(1_500.0, 500.0), "1,500");
    }

    fn histogram() -> Plot {
        let bin = |from: f64, to: f64, count, run: &str| Bin {
            from,
            to,
            count,
            run: Some(run.to_owned()),
        };
        Plot {
            title: "Lost updates".to_owned(),
            x: "Lost updates".to_owned(),
            y: "runs".to_owned(),
            whole: true,
            bins: vec![bin(0.0, 1.0, 750, "a"), bin(1.0, 2.0, 250, "b")],
            marks: vec![Mark {
                name: "median".to_owned(),
                x: 0.0,
                interval: Some((0.0, 1.0)),
                run: None,
            }],
            ..Plot::default()
        }
    }

    #[test]
    fn a_histogram_has_a_row_for_each_bin_and_says_what_is_most_frequent() {
        let numbers = numbers(&histogram());
        assert_eq!(numbers.columns, ["Lost updates", "runs", "share"]);
        let row = &numbers.rows[1];
        assert_eq!(
            (row.head.as_str(), row.cells.join(" | ")),
            ("1", "250 | 25.0 %".to_owned())
        );
        assert_eq!(row.runs[0].name, "open a run with Lost updates 1");
        assert_eq!(
            finding(&histogram()),
            "Lost updates. Histogram of 1,000 runs: from 0 to 1; median 0; most often 0 (750, 75.0 %)."
        );
        assert_eq!(
            mark(&histogram().marks[0]),
            "median 0 (95 % confidence interval 0 to 1)"
        );
    }

    #[test]
    fn a_bin_of_several_whole_numbers_names_the_first_and_the_last() {
        let mut plot = histogram();
        plot.bins[0].to = 5.0;
        assert_eq!(numbers(&plot).rows[0].head, "0 to 4");
        plot.whole = false;
        assert_eq!(numbers(&plot).rows[0].head, "0 to 5");
    }

    #[test]
    fn curves_share_the_rows_of_their_places() {
        let point = |x, y, interval, run: Option<&str>| Point {
            x,
            y,
            interval,
            run: run.map(str::to_owned),
        };
        let plot = Plot {
            title: "Stale reads by lag".to_owned(),
            x: "lag (ms)".to_owned(),
            curves: vec![
                Curve {
                    name: "measured".to_owned(),
                    points: vec![
                        point(0.0, 0.5, Some((0.4, 0.6)), Some("a")),
                        point(2.0, 0.25, None, None),
                    ],
                    ..Curve::default()
                },
                Curve {
                    name: "exponential".to_owned(),
                    theory: true,
                    points: vec![point(0.0, 0.5, None, None)],
                    ..Curve::default()
                },
            ],
            ..Plot::default()
        };
        let numbers = numbers(&plot);
        assert_eq!(
            numbers.columns,
            ["lag (ms)", "measured", "exponential (theory)"]
        );
        assert_eq!(numbers.rows[0].cells, ["0.5 (0.4 to 0.6)", "0.5"]);
        assert_eq!(
            numbers.rows[0].runs[0].name,
            "open a run of measured at lag (ms) 0"
        );
        assert_eq!(numbers.rows[1].cells, ["0.25", "–"]);
        assert_eq!(
            finding(&plot),
            "Stale reads by lag. measured, by lag (ms): 0.5 at 0, 0.25 at 2; smallest 0.25 at 2, largest 0.5 at 0. exponential (theory), by lag (ms): 0.5 at 0, 0.5 at 0; smallest 0.5 at 0, largest 0.5 at 0."
        );
    }

    #[test]
    fn a_plot_of_nothing_says_so() {
        let finding = finding(&Plot {
            title: "Wrong pairs".to_owned(),
            ..Plot::default()
        });
        assert_eq!(finding, "Wrong pairs. No run has given this number yet.");
    }
}
