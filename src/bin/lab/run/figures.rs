//! A study's plots and tables as text.

use std::fmt::Write as _;

use happens_before::sim::batch::{Curve, Figures, Plot, Table};

use crate::table;

/// Writes all plots and tables.
pub fn write(text: &mut String, figures: &Figures) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\nStudy of {} runs", figures.runs);
    for plot in &figures.plots {
        write_plot(text, plot);
    }
    for table in &figures.tables {
        write_table(text, table);
    }
}

/// A number with at most four decimals, or in powers of ten where those would not show it.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-3..1e12).contains(&size) {
        return format!("{value:.3e}");
    }
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn write_plot(text: &mut String, plot: &Plot) {
    let _ = writeln!(text, "\n{}: {} by {}", plot.title, plot.y, plot.x);
    for curve in &plot.curves {
        write_curve(text, plot, curve);
    }
    if !plot.bins.is_empty() {
        let head = ["from", "to", &plot.y].map(str::to_owned).to_vec();
        let bins = plot.bins.iter();
        let bins = bins.map(|bin| vec![number(bin.from), number(bin.to), bin.count.to_string()]);
        *text += &table::indented(&table::numbers(std::iter::once(head).chain(bins)));
    }
    let marks = plot.marks.iter().map(|mark| {
        vec![
            mark.name.clone(),
            format!("{}{}", number(mark.x), ends(mark.interval)),
        ]
    });
    *text += &table::indented(&table::aligned(marks));
}

fn write_curve(text: &mut String, plot: &Plot, curve: &Curve) {
    let theory = if curve.theory { " (theory)" } else { "" };
    let head = vec![plot.x.clone(), format!("{}{theory}", curve.name)];
    let points = curve.points.iter().map(|point| {
        vec![
            number(point.x),
            format!("{}{}", number(point.y), ends(point.interval)),
        ]
    });
    *text += &table::indented(&table::aligned(std::iter::once(head).chain(points)));
}

/// The ends of a confidence interval, where there is one.
fn ends(interval: Option<(f64, f64)>) -> String {
    interval.map_or_else(String::new, |(low, high)| {
        format!(" [{}, {}]", number(low), number(high))
    })
}

fn write_table(text: &mut String, table: &Table) {
    let _ = writeln!(text, "\n{}", table.title);
    let rows = std::iter::once(&table.columns).chain(&table.rows);
    *text += &table::indented(&table::numbers(rows.cloned()));
}

#[cfg(test)]
mod tests {
    use happens_before::sim::batch::{Batch, Seeds};
    use happens_before::sim::{Run, labs};

    use super::*;

    #[test]
    fn a_number_is_short_and_never_shown_as_nothing() {
        let cases = [
            (0.0, "0"),
            (2.5, "2.5"),
            (-0.333_333, "-0.3333"),
            (100.0, "100"),
            (0.000_25, "2.500e-4"),
            (3e15, "3.000e15"),
        ];
        for (value, expected) in cases {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn every_plot_and_table_of_a_batch_is_written() {
        let mut batch = Seeds::new(Run::of(labs()[0]), 3, None);
        batch.advance(3);
        let figures = batch.figures();
        let mut text = String::new();
        write(&mut text, &figures);
        assert!(text.starts_with("\nStudy of 3 runs\n"));
        let titles = figures.plots.iter().map(|plot| &plot.title);
        for title in titles.chain(figures.tables.iter().map(|table| &table.title)) {
            assert!(text.contains(&format!("\n{title}")), "{title}:\n{text}");
        }
    }
}
