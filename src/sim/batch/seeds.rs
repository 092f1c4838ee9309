//! One run under many seeds: how often each number comes out, and how it changes with a parameter.

use super::Batch;
use super::figures::{Bin, Curve, Figures, Plot, Point, Table};
use super::sweep::Sweep;
use super::tally::{Tally, real};
use crate::sim::lab::Probe;
use crate::sim::link;
use crate::sim::run::Run;

/// How many bins a histogram has at most.
const MOST_BINS: i64 = 40;

/// The quantiles that histograms mark: the name, and the share of runs that is no larger.
const QUANTILES: [(&str, f64); 2] = [("median", 0.5), ("95th percentile", 0.95)];

/// A run played under many seeds.
#[derive(Clone, Debug)]
pub struct Seeds {
    base: Run,
    settings: Vec<Run>,
    sweep: Option<Sweep>,
    /// How many seeds each setting is played with.
    seeds: u64,
    done: u64,
    /// For each setting and each probe of the lab, what came out.
    found: Vec<Vec<Tally>>,
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
        let found = vec![vec![Tally::default(); base.lab.probes.len()]; settings.len()];
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
        let count = (self.settings.len() as u64).max(1);
        let (place, seed) = (usize::try_from(number % count), number / count);
        let Some((run, found)) = place
            .ok()
            .and_then(|place| Some((self.settings.get(place)?, self.found.get_mut(place)?)))
        else {
            return;
        };
        let run = seeded(run, seed);
        let names: Vec<&str> = run.lab.probes.iter().map(|probe| probe.id).collect();
        for (tally, value) in found.iter_mut().zip((run.lab.engine.probes)(&run, &names)) {
            if let Some(value) = value {
                tally.add(value, seed);
            }
        }
    }

    /// What came out for one probe under one setting.
    fn tally(&self, setting: usize, probe: usize) -> Option<&Tally> {
        self.found.get(setting)?.get(probe)
    }

    fn link(&self, setting: usize, seed: u64) -> Option<String> {
        self.settings
            .get(setting)
            .map(|run| link::encode(&seeded(run, seed)))
    }

    fn histogram(&self, place: usize, probe: &Probe) -> Plot {
        let tally = self.tally(0, place);
        let marks = QUANTILES.iter().filter_map(|(name, share)| {
            let (mut mark, seed) = tally?.mark(name, *share)?;
            mark.run = self.link(0, seed);
            Some(mark)
        });
        Plot {
            title: probe.label.to_owned(),
            x: probe.label.to_owned(),
            y: "runs".to_owned(),
            whole: true,
            bins: tally.map_or_else(Vec::new, |tally| self.bins(tally)),
            marks: marks.collect(),
            ..Plot::default()
        }
    }

    /// Bins of one width, from the smallest number to the largest, without the empty ones.
    fn bins(&self, tally: &Tally) -> Vec<Bin> {
        let Some((low, high)) = tally.ends() else {
            return Vec::new();
        };
        let width = (high.saturating_sub(low) / MOST_BINS).saturating_add(1);
        let mut bins: Vec<Bin> = Vec::new();
        for (value, count, seed) in tally.iter() {
            let from = low.saturating_add(value.saturating_sub(low) / width * width);
            match bins.last_mut().filter(|bin| bin.from >= real(from)) {
                Some(bin) => bin.count += count,
                None => bins.push(Bin {
                    from: real(from),
                    to: real(from.saturating_add(width)),
                    count,
                    run: self.link(0, seed),
                }),
            }
        }
        bins
    }

    fn curve(&self, place: usize, probe: &Probe, sweep: &Sweep) -> Plot {
        let points = (0..).zip(sweep.axis()).filter_map(|(setting, x)| {
            let tally = self.tally(setting, place)?;
            let (mean, error) = tally.mean()?;
            Some(Point {
                x,
                y: mean,
                interval: error.map(|error| (mean - 1.96 * error, mean + 1.96 * error)),
                run: tally
                    .nearest(mean)
                    .and_then(|seed| self.link(setting, seed)),
            })
        });
        Plot {
            title: format!("{} by {}", probe.label, lower(sweep.parameter.label)),
            x: sweep.axis_name(),
            y: format!("{} (mean)", probe.label),
            names: sweep.names(),
            curves: vec![Curve {
                name: probe.label.to_owned(),
                points: points.collect(),
                ..Curve::default()
            }],
            ..Plot::default()
        }
    }

    fn table(&self) -> Table {
        let names = [
            "number",
            "runs",
            "mean",
            "smallest",
            "median",
            "95th percentile",
            "largest",
        ];
        let rows = (0..).zip(self.base.lab.probes).map(|(place, probe)| {
            let tally = self.tally(0, place);
            let at = |share| {
                tally
                    .and_then(|tally| tally.quantile(share))
                    .map_or_else(none, |(value, _)| minus(&value.to_string()))
            };
            vec![
                probe.label.to_owned(),
                tally.map_or(0, Tally::count).to_string(),
                self.mean(0, place),
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
            row.extend((0..probes.len()).map(|place| self.mean(setting, place)));
            row
        });
        Table {
            title: "Means with half their 95 % confidence intervals".to_owned(),
            columns,
            rows: rows.collect(),
        }
    }

    /// A mean for people: `0.52 ± 0.03`.
    fn mean(&self, setting: usize, probe: usize) -> String {
        let mean = self.tally(setting, probe).and_then(Tally::mean);
        mean.map_or_else(none, |(mean, error)| {
            let mean = minus(&format!("{mean:.2}"));
            error.map_or_else(
                || mean.clone(),
                |error| format!("{mean} ± {:.2}", 1.96 * error),
            )
        })
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
            hunted: None,
        }
    }
}

fn seeded(run: &Run, further: u64) -> Run {
    Run {
        seed: run.seed.wrapping_add(further),
        ..run.clone()
    }
}

/// What stands where there is no number.
fn none() -> String {
    "–".to_owned()
}

/// A number with a true minus sign.
fn minus(number: &str) -> String {
    number.replace('-', "−")
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
