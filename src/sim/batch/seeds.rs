//! One run under many seeds: how often each number comes out, and how it changes with a parameter.

use super::Batch;
use super::figures::{Bin, Curve, Figures, Mark, Plot, Point, Table};
use crate::sim::lab::Probe;
use crate::sim::link;
use crate::sim::parameter::{Parameter, Unit};
use crate::sim::run::Run;

/// A run played under many seeds.
#[derive(Clone, Debug)]
pub struct Seeds {
    base: Run,
    settings: Vec<Run>,
    sweep: Option<Sweep>,
    /// How many seeds each setting is played with.
    seeds: u64,
    done: u64,
    /// For each setting and each probe of the lab, what came out, seed by seed.
    found: Vec<Vec<Vec<Option<i64>>>>,
}

/// A parameter and the values that it takes one after the other.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// The values, in its own unit.
    pub values: Vec<i64>,
}

impl Sweep {
    /// A parameter over its whole range, in at most so many values.
    pub fn over(parameter: &'static Parameter, most: u16) -> Self {
        let (min, max) = parameter.range();
        let steps = i64::from(most.max(2)) - 1;
        let width = max.saturating_sub(min);
        let mut values: Vec<i64> = (0..=steps)
            .map(|step| min.saturating_add(width / steps * step + width % steps * step / steps))
            .collect();
        values.dedup();
        Self { parameter, values }
    }
}

impl Seeds {
    /// The most seeds for one setting.
    pub const MOST: u64 = 100_000;

    /// A batch of `seeds` runs that differ from `base` in their seed only: its own, the next one,
    /// and so on. With a sweep there are as many for each value of the parameter.
    pub fn new(base: Run, seeds: u64, sweep: Option<Sweep>) -> Self {
        let settings: Vec<Run> = match &sweep {
            None => vec![base.clone()],
            Some(sweep) => sweep
                .values
                .iter()
                .map(|value| base.with(sweep.parameter.id, *value))
                .collect(),
        };
        let found = vec![vec![Vec::new(); base.lab.probes.len()]; settings.len()];
        Self {
            base,
            settings,
            sweep,
            seeds: seeds.clamp(1, Self::MOST),
            done: 0,
            found,
        }
    }

    /// One run: the settings take turns, so that a curve grows everywhere at once.
    fn play(&mut self, number: u64) {
        let count = self.settings.len() as u64;
        let place = usize::try_from(number % count).unwrap_or(0);
        let Some(run) = self.settings.get(place) else {
            return;
        };
        let run = seeded(run, number / count);
        let names: Vec<&str> = run.lab.probes.iter().map(|probe| probe.id).collect();
        let values = (run.lab.engine.probes)(&run, &names);
        if let Some(found) = self.found.get_mut(place) {
            for (list, value) in found.iter_mut().zip(values) {
                list.push(value);
            }
        }
    }

    /// The numbers of one probe under one setting, with the seed's place behind each, smallest first.
    fn sorted(&self, setting: usize, probe: usize) -> Vec<(i64, u64)> {
        let list = self.found.get(setting).and_then(|found| found.get(probe));
        let mut values: Vec<(i64, u64)> = (0_u64..)
            .zip(list.into_iter().flatten())
            .filter_map(|(seed, value)| Some(((*value)?, seed)))
            .collect();
        values.sort_unstable();
        values
    }

    fn link(&self, setting: usize, seed: u64) -> Option<String> {
        self.settings
            .get(setting)
            .map(|run| link::encode(&seeded(run, seed)))
    }

    fn histogram(&self, place: usize, probe: &Probe) -> Plot {
        let values = self.sorted(0, place);
        let marks = [("median", 0.5), ("95 %", 0.95)]
            .iter()
            .filter_map(|(name, share)| mark(&values, name, *share))
            .collect();
        Plot {
            title: probe.label.to_owned(),
            x: probe.label.to_owned(),
            y: "runs".to_owned(),
            bins: self.bins(&values),
            marks,
            ..Plot::default()
        }
    }

    /// At most 40 bins of one width, from the smallest number to the largest.
    fn bins(&self, values: &[(i64, u64)]) -> Vec<Bin> {
        let (Some((low, _)), Some((high, _))) = (values.first(), values.last()) else {
            return Vec::new();
        };
        let width = (high.saturating_sub(*low) / 40).saturating_add(1);
        let mut bins: Vec<Bin> = Vec::new();
        for (value, seed) in values {
            let from = low.saturating_add((value - low) / width * width);
            match bins.last_mut().filter(|bin| bin.from >= real(from)) {
                Some(bin) => bin.count += 1,
                None => bins.push(Bin {
                    from: real(from),
                    to: real(from.saturating_add(width)),
                    count: 1,
                    run: self.link(0, *seed),
                }),
            }
        }
        bins
    }

    fn curve(&self, place: usize, probe: &Probe, sweep: &Sweep) -> Plot {
        let points = (0..).zip(&sweep.values).filter_map(|(setting, value)| {
            let values = self.sorted(setting, place);
            let (mean, error) = mean(&values)?;
            let nearest = values.iter().min_by(|a, b| {
                (real(a.0) - mean)
                    .abs()
                    .total_cmp(&(real(b.0) - mean).abs())
            });
            Some(Point {
                x: axis(sweep.parameter, *value),
                y: mean,
                interval: Some((mean - 1.96 * error, mean + 1.96 * error)),
                run: nearest.and_then(|(_, seed)| self.link(setting, *seed)),
            })
        });
        Plot {
            title: format!("{} by {}", probe.label, lower(sweep.parameter.label)),
            x: axis_name(sweep.parameter),
            y: format!("{} (mean)", probe.label),
            curves: vec![Curve {
                name: probe.label.to_owned(),
                theory: false,
                points: points.collect(),
            }],
            ..Plot::default()
        }
    }

    fn table(&self) -> Table {
        let names = [
            "number", "runs", "mean", "smallest", "median", "95 %", "largest",
        ];
        let rows = (0..).zip(self.base.lab.probes).map(|(place, probe)| {
            let values = self.sorted(0, place);
            let at = |share| {
                quantile(&values, share).map_or("–".to_owned(), |value| value.to_string())
            };
            let middle = mean(&values).map_or("–".to_owned(), |(mean, error)| {
                format!("{mean:.2} ± {:.2}", 1.96 * error)
            });
            vec![
                probe.label.to_owned(),
                values.len().to_string(),
                middle,
                at(0.0),
                at(0.5),
                at(0.95),
                at(1.0),
            ]
        });
        Table {
            title: "The numbers of all runs; ± is half the 95 % confidence interval of the mean"
                .to_owned(),
            columns: names.iter().map(|name| (*name).to_owned()).collect(),
            rows: rows.collect(),
        }
    }

    fn sweep_table(&self, sweep: &Sweep) -> Table {
        let probes = self.base.lab.probes;
        let mut columns = vec![sweep.parameter.label.to_owned()];
        columns.extend(probes.iter().map(|probe| format!("{} (mean)", probe.label)));
        let rows = (0..).zip(&sweep.values).map(|(setting, value)| {
            let mut row = vec![sweep.parameter.show(*value)];
            row.extend((0..probes.len()).map(|place| {
                mean(&self.sorted(setting, place)).map_or("–".to_owned(), |(mean, error)| {
                    format!("{mean:.2} ± {:.2}", 1.96 * error)
                })
            }));
            row
        });
        Table {
            title: "Means with half their 95 % confidence intervals".to_owned(),
            columns,
            rows: rows.collect(),
        }
    }
}

impl Batch for Seeds {
    fn total(&self) -> u64 {
        self.seeds.saturating_mul(self.settings.len() as u64)
    }

    fn done(&self) -> u64 {
        self.done
    }

    fn advance(&mut self, runs: u64) {
        let until = self.done.saturating_add(runs).min(self.total());
        while self.done < until {
            self.play(self.done);
            self.done += 1;
        }
    }

    fn figures(&self) -> Figures {
        let probes = || (0..).zip(self.base.lab.probes);
        let (plots, tables) = match &self.sweep {
            None => (
                probes()
                    .map(|(place, probe)| self.histogram(place, probe))
                    .collect(),
                vec![self.table()],
            ),
            Some(sweep) => (
                probes()
                    .map(|(place, probe)| self.curve(place, probe, sweep))
                    .collect(),
                vec![self.sweep_table(sweep)],
            ),
        };
        Figures {
            runs: self.done,
            plots,
            tables,
        }
    }
}

fn seeded(run: &Run, further: u64) -> Run {
    Run {
        seed: run.seed.wrapping_add(further),
        ..run.clone()
    }
}

/// The mean and its standard error; nothing without numbers.
fn mean(values: &[(i64, u64)]) -> Option<(f64, f64)> {
    let count = values.len() as f64;
    if values.is_empty() {
        return None;
    }
    let mean = values.iter().map(|(value, _)| real(*value)).sum::<f64>() / count;
    let square = |(value, _): &(i64, u64)| (real(*value) - mean) * (real(*value) - mean);
    let variance = values.iter().map(square).sum::<f64>() / (count - 1.0).max(1.0);
    Some((mean, libm::sqrt(variance / count)))
}

/// The number below which that share of them lies (the nearest rank).
fn quantile(values: &[(i64, u64)], share: f64) -> Option<i64> {
    let rank = libm::ceil(values.len() as f64 * share) - 1.0;
    values
        .get(index(rank, values.len()))
        .map(|(value, _)| *value)
}

/// A quantile with the 95 % confidence interval that order statistics give, whatever the
/// distribution: ranks n·p ± 1.96 √(n·p·(1 − p)).
fn mark(values: &[(i64, u64)], name: &str, share: f64) -> Option<Mark> {
    let count = values.len() as f64;
    let spread = 1.96 * libm::sqrt(count * share * (1.0 - share));
    let at = |rank: f64| {
        values
            .get(index(rank, values.len()))
            .map(|(value, _)| real(*value))
    };
    Some(Mark {
        name: name.to_owned(),
        x: real(quantile(values, share)?),
        interval: Some((
            at(libm::floor(count * share - spread) - 1.0)?,
            at(libm::ceil(count * share + spread) - 1.0)?,
        )),
    })
}

/// A rank as an index, moved to the nearest end.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..length just before"
)]
fn index(rank: f64, length: usize) -> usize {
    rank.clamp(0.0, length.saturating_sub(1) as f64) as usize
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a figure for a plot; beyond 2^53 it need not be exact"
)]
fn real(value: i64) -> f64 {
    value as f64
}

/// A parameter's value on an axis: times in milliseconds.
fn axis(parameter: &Parameter, value: i64) -> f64 {
    match parameter.unit() {
        Some(Unit::Time) => real(value) / 1_000.0,
        _ => real(value),
    }
}

fn axis_name(parameter: &Parameter) -> String {
    match parameter.unit() {
        Some(Unit::Time) => format!("{} (ms)", parameter.label),
        Some(Unit::Percent) => format!("{} (%)", parameter.label),
        Some(Unit::Ppm) => format!("{} (ppm)", parameter.label),
        _ => parameter.label.to_owned(),
    }
}

fn lower(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        // An initialism stays as it is.
        (Some(_), Some(second)) if second.is_uppercase() => label.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(letters).collect(),
        (None, _) => String::new(),
    }
}
