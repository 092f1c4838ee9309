//! Many rings: how evenly they spread the circle over their nodes, by the number of virtual nodes.

use super::setting::Setting;
use crate::sim::batch::{Batch, Bin, Curve, Figures, Mark, Plot, Point, Table};
use crate::sim::hashing::{Among, Node, Ring, Spread, theory};
use crate::sim::link;
use crate::sim::run::Run;

/// The numbers of virtual nodes that are looked at, beside that of the run.
const VIRTUAL_NODES: [u32; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
/// How many rings of each.
const RINGS: u64 = 200;

/// Rings that differ from a run's in their seed, and in the number of virtual nodes.
#[derive(Clone, Debug)]
pub struct Rings {
    base: Run,
    nodes: Vec<Node>,
    points: Vec<u32>,
    /// For each number of virtual nodes the spread of the nodes' shares, ring by ring.
    found: Vec<Vec<Spread>>,
    done: u64,
}

impl Rings {
    /// The study of the nodes that a run begins with.
    pub fn new(run: &Run) -> Self {
        let setting = Setting::of(&run.config, run.seed);
        let mut points = VIRTUAL_NODES.to_vec();
        points.push(setting.virtual_nodes);
        points.sort_unstable();
        points.dedup();
        let mut base = run.clone();
        base.actions.clear();
        Self {
            base,
            nodes: (1..=setting.nodes).map(Node::new).collect(),
            found: vec![Vec::new(); points.len()],
            points,
            done: 0,
        }
    }

    /// The numbers of virtual nodes take turns, so that every curve grows everywhere at once.
    fn look_at(&mut self, number: u64) {
        let count = self.points.len() as u64;
        let place = usize::try_from(number % count).unwrap_or(0);
        let seed = self.base.seed.wrapping_add(number / count);
        if let (Some(points), Some(found)) = (self.points.get(place), self.found.get_mut(place)) {
            let ring = Ring::new(&self.nodes, *points, seed);
            found.push(Spread::of(&ring.shares(Among::All)));
        }
    }

    /// The run of a ring, as a link.
    fn link(&self, points: u32, ring: usize) -> Option<String> {
        let further = u64::try_from(ring).ok()?;
        let mut run = self.base.with("vnodes", i64::from(points));
        run.seed = run.seed.wrapping_add(further);
        Some(link::encode(&run))
    }

    fn curve(&self, name: &str, of: impl Fn(&[f64]) -> Option<Estimate>, number: Number) -> Curve {
        let points = self.points.iter().zip(&self.found);
        let points = points.filter_map(|(points, spreads)| {
            let values: Vec<f64> = spreads.iter().map(number).collect();
            let estimate = of(&values)?;
            let nearest = nearest(&values, estimate.value)?;
            Some(Point {
                x: f64::from(*points),
                y: estimate.value,
                interval: Some(estimate.interval),
                run: self.link(*points, nearest),
            })
        });
        Curve {
            name: name.to_owned(),
            theory: false,
            points: points.collect(),
            ..Curve::default()
        }
    }

    fn variation_by_theory(&self) -> Curve {
        let nodes = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let points = self.points.iter().map(|points| Point {
            x: f64::from(*points),
            y: theory::variation_of_arcs(nodes, *points),
            ..Point::default()
        });
        Curve {
            name: "√((N−1)/(N·V+1))".to_owned(),
            theory: true,
            points: points.collect(),
            ..Curve::default()
        }
    }

    fn variation(&self) -> Plot {
        Plot {
            title: "Coefficient of variation of the nodes’ shares".to_owned(),
            x: AXIS.to_owned(),
            y: "standard deviation as a multiple of the mean".to_owned(),
            log_x: true,
            curves: vec![
                self.curve("measured", root_mean_square, |spread| spread.variation),
                self.variation_by_theory(),
            ],
            ..Plot::default()
        }
    }

    fn largest(&self) -> Plot {
        Plot {
            title: "The largest node’s share as a multiple of the mean".to_owned(),
            x: AXIS.to_owned(),
            y: "largest share as a multiple of the mean".to_owned(),
            log_x: true,
            curves: vec![
                self.curve("mean", mean, |spread| spread.max_over_mean),
                self.curve("95 % of the rings are below", upper, |spread| {
                    spread.max_over_mean
                }),
            ],
            ..Plot::default()
        }
    }

    /// How the largest share is distributed over rings with as many points as the run's.
    fn distribution(&self) -> Option<Plot> {
        let setting = Setting::of(&self.base.config, self.base.seed);
        let place = self.points.binary_search(&setting.virtual_nodes).ok()?;
        let found = self.found.get(place)?;
        let values: Vec<f64> = found.iter().map(|spread| spread.max_over_mean).collect();
        let marks = [("median", 0.5), ("95 %", 0.95)];
        let marks = marks.iter().filter_map(|(name, share)| {
            Some(Mark {
                name: (*name).to_owned(),
                x: quantile(&values, *share)?,
                ..Mark::default()
            })
        });
        Some(Plot {
            title: format!(
                "The largest share over rings with {} virtual nodes",
                setting.virtual_nodes
            ),
            x: "largest share as a multiple of the mean".to_owned(),
            y: "rings".to_owned(),
            bins: self.bins(&values, setting.virtual_nodes),
            marks: marks.collect(),
            ..Plot::default()
        })
    }

    /// Twenty bins of one width, from the smallest value to the largest.
    fn bins(&self, values: &[f64], points: u32) -> Vec<Bin> {
        const BINS: usize = 20;
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(0.0, f64::max);
        let width = ((high - low) / BINS as f64).max(1e-6);
        let within = |bin: usize, value: f64| {
            let from = low + width * bin as f64;
            let last = bin + 1 == BINS;
            value >= from && (last || value < from + width)
        };
        if values.is_empty() {
            return Vec::new();
        }
        let bins = (0..BINS).map(|bin| {
            let first = values.iter().position(|value| within(bin, *value));
            let count = values.iter().filter(|value| within(bin, **value)).count();
            Bin {
                from: low + width * bin as f64,
                to: low + width * (bin + 1) as f64,
                count: count as u64,
                run: first.and_then(|ring| self.link(points, ring)),
            }
        });
        bins.collect()
    }

    fn table(&self) -> Table {
        let nodes = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let columns = [
            "virtual nodes",
            "rings",
            "variation",
            "theory",
            "largest share / mean",
            "95 % of rings below",
        ];
        let rows = self.points.iter().zip(&self.found).map(|(points, found)| {
            let of = |number: Number| found.iter().map(number).collect::<Vec<f64>>();
            let shown = |estimate: Option<Estimate>| {
                estimate.map_or("–".to_owned(), |estimate| {
                    format!("{:.3}", estimate.value)
                })
            };
            let largest = of(|spread| spread.max_over_mean);
            vec![
                points.to_string(),
                found.len().to_string(),
                shown(root_mean_square(&of(|spread| spread.variation))),
                format!("{:.3}", theory::variation_of_arcs(nodes, *points)),
                shown(mean(&largest)),
                shown(upper(&largest)),
            ]
        });
        Table {
            title: format!("Rings of {nodes} nodes"),
            columns: columns.map(str::to_owned).to_vec(),
            rows: rows.collect(),
        }
    }
}

const AXIS: &str = "virtual nodes";

/// A number of a ring.
type Number = fn(&Spread) -> f64;

impl Batch for Rings {
    fn total(&self) -> u64 {
        RINGS * self.points.len() as u64
    }

    fn done(&self) -> u64 {
        self.done
    }

    fn advance(&mut self, runs: u64) {
        let until = self.done.saturating_add(runs.max(1)).min(self.total());
        while self.done < until {
            self.look_at(self.done);
            self.done += 1;
        }
    }

    fn figures(&self) -> Figures {
        let mut plots = vec![self.variation(), self.largest()];
        plots.extend(self.distribution());
        Figures {
            runs: self.done,
            plots,
            tables: vec![self.table()],
            ..Figures::default()
        }
    }
}

/// A value with its 95 % confidence interval.
#[derive(Clone, Copy, Debug)]
struct Estimate {
    value: f64,
    interval: (f64, f64),
}

fn mean(values: &[f64]) -> Option<Estimate> {
    if values.is_empty() {
        return None;
    }
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    let error = libm::sqrt(squares / (count - 1.0).max(1.0) / count);
    Some(Estimate {
        value: mean,
        interval: (mean - 1.96 * error, mean + 1.96 * error),
    })
}

/// The formula is exact for the mean of the square.
fn root_mean_square(values: &[f64]) -> Option<Estimate> {
    let squares: Vec<f64> = values.iter().map(|value| value * value).collect();
    let mean = mean(&squares)?;
    let root = |square: f64| libm::sqrt(square.max(0.0));
    Some(Estimate {
        value: root(mean.value),
        interval: (root(mean.interval.0), root(mean.interval.1)),
    })
}

/// The value that 95 % of them do not exceed, with the interval that order statistics give.
fn upper(values: &[f64]) -> Option<Estimate> {
    const SHARE: f64 = 0.95;
    let count = values.len() as f64;
    let spread = 1.96 * libm::sqrt(SHARE * (1.0 - SHARE) / count.max(1.0));
    Some(Estimate {
        value: quantile(values, SHARE)?,
        interval: (
            quantile(values, SHARE - spread)?,
            quantile(values, SHARE + spread)?,
        ),
    })
}

/// The value that this share of them does not exceed (the nearest rank).
fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let below = |rank: &usize| ((rank + 1) as f64) < share * count;
    let rank = (0..sorted.len()).take_while(below).count();
    sorted.get(rank).or(sorted.last()).copied()
}

/// Which of them is nearest to a value.
fn nearest(values: &[f64], wanted: f64) -> Option<usize> {
    let distance = |value: &f64| (value - wanted).abs();
    let places = values.iter().enumerate();
    places
        .min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))
        .map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::hash_ring::LAB;

    fn study(nodes: i64, runs: u64) -> Rings {
        let run = Run::of(&LAB).with("nodes", nodes);
        let mut rings = Rings::new(&run);
        rings.advance(runs);
        rings
    }

    #[test]
    fn what_is_found_does_not_depend_on_the_slices() {
        let whole = study(5, 40).figures();
        let mut sliced = study(5, 7);
        while sliced.done() < 40 {
            sliced.advance(3.min(40 - sliced.done()));
        }
        assert_eq!(sliced.figures(), whole);
    }

    #[test]
    fn the_variation_meets_the_theory_within_its_interval_of_four_standard_errors() {
        // 20 nodes; 40 rings for each number of points. 1.96 standard errors are half the interval.
        let figures = study(20, 400).figures();
        let [measured, expected] = figures.plots[0].curves.as_slice() else {
            panic!("two curves")
        };
        for (point, theory) in measured.points.iter().zip(&expected.points) {
            let (low, high) = point.interval.unwrap();
            let four = (high - low) / 1.96 * 2.0;
            assert!((point.y - theory.y).abs() < four, "{point:?}, {theory:?}");
        }
    }

    #[test]
    fn behind_every_point_stands_a_run() {
        let figures = study(5, 30).figures();
        let points = figures.plots.iter().flat_map(|plot| &plot.curves);
        for point in points
            .filter(|curve| !curve.theory)
            .flat_map(|curve| &curve.points)
        {
            let run = point.run.as_deref().unwrap();
            assert_eq!(link::decode(&LAB, run).notices, []);
        }
        let histogram = figures.plots.last().unwrap();
        assert_eq!(histogram.bins.iter().map(|bin| bin.count).sum::<u64>(), 3);
    }

    #[test]
    fn before_the_first_ring_there_is_nothing_to_show() {
        let figures = study(5, 0);
        assert_eq!(figures.done(), 1);
        let none = Rings::new(&Run::of(&LAB)).figures();
        assert!(none.plots.iter().all(|plot| plot.bins.is_empty()));
    }

    #[test]
    fn a_quantile_is_one_of_the_values() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(quantile(&values, 0.5), Some(50.0));
        assert_eq!(quantile(&values, 0.95), Some(95.0));
        assert_eq!(quantile(&values, 2.0), Some(100.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
