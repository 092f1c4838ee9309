//! What holds for runs under many seeds, whatever the lab.

use super::*;
use crate::sim::clock_skew::LAB;
use crate::sim::{Run, link};

fn base() -> Run {
    link::decode(&LAB, "scenario=lost-update;writes=20;react=60%").run
}

fn sweep(id: &str, most: u16) -> Sweep {
    let parameter = LAB.parameters.iter().find(|p| p.id == id).unwrap();
    Sweep::over(parameter, most)
}

/// All of a batch's runs, so many at a time.
fn finished(mut batch: Seeds, slice: u64) -> Figures {
    while batch.done() < batch.total() {
        batch.advance(slice);
    }
    batch.figures()
}

/// The numbers of the run behind a link, by the probe's label.
fn numbers(text: &str) -> Vec<(&'static str, Option<i64>)> {
    let decoded = link::decode(&LAB, text);
    assert_eq!(decoded.notices, [], "{text}");
    LAB.probes
        .iter()
        .map(|probe| (probe.label, LAB.engine.probe(&decoded.run, probe.id)))
        .collect()
}

fn number(text: &str, label: &str) -> f64 {
    let found = numbers(text).into_iter().find(|(name, _)| *name == label);
    let value = found.and_then(|(_, value)| value).unwrap();
    f64::from(i32::try_from(value).unwrap())
}

#[test]
fn what_is_found_does_not_depend_on_how_it_was_sliced() {
    for sweep in [None, Some(sweep("offset", 4))] {
        let batch = Seeds::new(base(), 30, sweep);
        let whole = finished(batch.clone(), u64::MAX);
        for slice in [1, 7, 29] {
            assert_eq!(finished(batch.clone(), slice), whole, "slices of {slice}");
        }
    }
}

#[test]
fn every_run_is_in_one_bin_and_the_run_behind_a_bin_falls_into_it() {
    let figures = finished(Seeds::new(base(), 60, None), 8);
    assert_eq!(figures.plots.len(), LAB.probes.len());
    for plot in &figures.plots {
        let count: u64 = plot.bins.iter().map(|bin| bin.count).sum();
        assert_eq!(count, 60, "{}", plot.title);
        for bin in &plot.bins {
            let value = number(bin.run.as_deref().unwrap(), &plot.title);
            assert!(
                bin.from <= value && value < bin.to,
                "{}: {bin:?}",
                plot.title
            );
        }
        for mark in &plot.marks {
            let value = number(mark.run.as_deref().unwrap(), &plot.title);
            assert_eq!(value, mark.x, "{}: {mark:?}", plot.title);
        }
    }
}

#[test]
fn a_sweep_has_a_point_for_each_value_and_one_run_behind_it_gives_its_number() {
    // One seed: the mean is the number of the one run.
    let figures = finished(Seeds::new(base(), 1, Some(sweep("offset", 5))), 2);
    for plot in &figures.plots {
        let [curve] = plot.curves.as_slice() else {
            panic!("{} has not one curve", plot.title)
        };
        let xs: Vec<f64> = curve.points.iter().map(|point| point.x).collect();
        assert_eq!(xs, [-500.0, -250.0, 0.0, 250.0, 500.0], "{}", plot.x);
        for point in &curve.points {
            let value = number(point.run.as_deref().unwrap(), &curve.name);
            assert_eq!((point.y, point.interval), (value, None));
        }
    }
}

#[test]
fn the_mean_of_a_sweep_is_that_of_its_runs() {
    let figures = finished(Seeds::new(base(), 10, Some(sweep("machines", 9))), 3);
    let plot = &figures.plots[1];
    let point = &plot.curves[0].points[0];
    let sum: i64 = (0..10)
        .map(|further| {
            let mut run = base().with("machines", 2);
            run.seed += further;
            LAB.engine.probe(&run, LAB.probes[1].id).unwrap()
        })
        .sum();
    // Whole numbers below 2^53 add without error.
    assert_eq!(point.y * 10.0, f64::from(i32::try_from(sum).unwrap()));
    let (low, high) = point.interval.unwrap();
    assert!(low <= point.y && point.y <= high);
}

#[test]
fn a_sweep_goes_through_the_stops_of_the_slider_from_end_to_end() {
    let check = |id: &str, most: u16, expected: &[i64]| {
        assert_eq!(sweep(id, most).values, expected, "{id} in {most}");
    };
    check("machines", 21, &[2, 3, 4, 5]);
    check("machines", 2, &[2, 5]);
    check("drift", 5, &[-500, -250, 0, 250, 500]);
    check("sync", 3, &[0, 10_000_000, 1_024_000_000]);
    check("correction", 21, &[0, 1]);
}

#[test]
fn what_is_no_evenly_spaced_number_stands_on_the_axis_with_its_name() {
    let figures = finished(Seeds::new(base(), 1, Some(sweep("sync", 3))), 1);
    let names: Vec<(f64, &str)> = figures.plots[0]
        .names
        .iter()
        .map(|(x, name)| (*x, name.as_str()))
        .collect();
    assert_eq!(names, [(0.0, "never"), (1.0, "10 s"), (2.0, "1024 s")]);
}

#[test]
fn the_number_of_seeds_is_kept_in_range() {
    assert_eq!(Seeds::new(base(), 0, None).total(), 1);
    assert_eq!(Seeds::new(base(), u64::MAX, None).total(), Seeds::MOST);
    let mut batch = Seeds::new(base(), 2, None);
    batch.advance(u64::MAX);
    batch.advance(1);
    assert_eq!((batch.done(), batch.figures().runs), (2, 2));
}
