//! What the study of the WARS model shows.

use crate::sim::batch::{Bin, Curve, Figures, Mark, Plot, Point, Table};
use crate::sim::link;
use crate::sim::pbs::{Estimate, Histogram, Outcome, Study, Summed, Sweep, Trial, k_staleness};
use crate::sim::quorum::settings::{Model, Settings};
use crate::sim::random::Random;
use crate::sim::run::Run;
use crate::sim::time::Micros;

/// How many versions back the k-staleness plot looks.
const VERSIONS: u32 = 10;
/// The draws behind each of its measured points.
const DRAWS: u32 = 20_000;

/// What a run, whose events are whole microseconds apart, cannot tell from a trial, in ms: an example
/// is not decided by less.
const RESOLUTION: f64 = 0.015;

/// Everything that the study shows so far.
pub(super) fn of(run: &Run, settings: &Settings, study: &Study) -> Figures {
    let seen = Seen {
        run,
        settings,
        study,
    };
    let Some(own) = seen.outcome(settings.r, settings.w) else {
        return Figures::default();
    };
    let (r, w) = (usize::from(settings.r), usize::from(settings.w));
    let mut plots = vec![
        seen.freshness(&own),
        seen.trade(),
        versions(settings, run.seed),
    ];
    let lengths = [
        (
            "Time a read must wait to be fresh",
            study.needed(r, w),
            &own.needed,
        ),
        ("Read latency", study.reads(r), &own.read),
        ("Write latency", study.writes(w), &own.write),
    ];
    for (title, histogram, summed) in lengths {
        plots.extend(histogram.map(|histogram| seen.histogram(title, histogram, summed)));
    }
    Figures {
        runs: study.trials(),
        plots,
        tables: vec![seen.table(), seen.visibility(&own)],
        ..Figures::default()
    }
}

struct Seen<'a> {
    run: &'a Run,
    settings: &'a Settings,
    study: &'a Study,
}

impl Seen<'_> {
    fn outcome(&self, r: u8, w: u8) -> Option<Outcome> {
        self.study.outcome(usize::from(r), usize::from(w))
    }

    /// The run of a trial, as a link, with its read so many milliseconds after the acknowledgement.
    fn link(&self, trial: u64, after: f64, r: u8, w: u8) -> String {
        let after = crate::sim::pbs::delay::micros(after).signed();
        let mut run = self
            .run
            .with("after", after)
            .with("r", r.into())
            .with("w", w.into());
        run.seed = self.study.seed_of(trial);
        run.cursor = Micros::END;
        link::encode(&run)
    }

    /// A trial whose read is stale `t` ms after the acknowledgement; where there is none, a fresh
    /// one.
    fn example(&self, needed: &Histogram, (r, w): (u8, u8), t: f64) -> Option<u64> {
        let bins = needed.bins(64);
        let stale = |bin: &&crate::sim::pbs::Bin| bin.low > t + RESOLUTION;
        let clear = bins.iter().filter(stale).find(|bin| {
            let (n, seed) = (self.settings.n.into(), self.study.seed_of(bin.trial));
            let trial = Trial::draw(self.study.sampler(), n, seed);
            let (r, w) = (usize::from(r), usize::from(w));
            let next = trial.read_latency(r + 1) - trial.read_latency(r);
            trial.needed_delay(r, w) > t + RESOLUTION && (r >= trial.n || next > RESOLUTION)
        });
        clear.or_else(|| bins.first()).map(|bin| bin.trial)
    }

    fn freshness(&self, own: &Outcome) -> Plot {
        let (r, w) = (self.settings.r, self.settings.w);
        let moments = moments(&own.needed);
        let needed = self.study.needed(r.into(), w.into());
        let points = moments.iter().map(|t| {
            let at = own.consistent(*t);
            Point {
                x: *t,
                y: at.value,
                interval: Some((at.low, at.high)),
                run: needed
                    .and_then(|needed| self.example(needed, (r, w), *t))
                    .map(|trial| self.link(trial, *t, r, w)),
            }
        });
        let formula = k_staleness::fresh_within(self.settings.n.into(), r.into(), w.into(), 1);
        let theory = moments.iter().map(|t| Point {
            x: *t,
            y: formula,
            ..Point::default()
        });
        let curve = |name: String, theory, points| Curve {
            name,
            theory,
            points,
            ..Curve::default()
        };
        Plot {
            title: "Probability of a fresh read by the time since the acknowledgement".to_owned(),
            x: "Time from the acknowledgement to the read (ms)".to_owned(),
            y: "Probability of a fresh read".to_owned(),
            log_x: true,
            curves: vec![
                curve(format!("R = {r}, W = {w}"), false, points.collect()),
                curve(
                    "if the write never went beyond W replicas".to_owned(),
                    true,
                    theory.collect(),
                ),
            ],
            ..Plot::default()
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (u8, u8)> + use<> {
        let n = self.settings.n;
        (1..=n).flat_map(move |r| (1..=n).map(move |w| (r, w)))
    }

    /// One curve of one point for each pair.
    fn trade(&self) -> Plot {
        let curves = self.pairs().filter_map(|(r, w)| {
            let outcome = self.outcome(r, w)?;
            let tail = |summed: &Summed| summed.quantile(0.999).map(|found| found.value);
            let fresh = outcome.consistent(0.0);
            let needed = self.study.needed(r.into(), w.into())?;
            let run = self.example(needed, (r, w), 0.0);
            Some(Curve {
                name: format!("R = {r}, W = {w}"),
                theory: false,
                points: vec![Point {
                    x: tail(&outcome.read)? + tail(&outcome.write)?,
                    y: fresh.value,
                    interval: Some((fresh.low, fresh.high)),
                    run: run.map(|trial| self.link(trial, 0.0, r, w)),
                }],
                ..Curve::default()
            })
        });
        Plot {
            title: "Latency against freshness for every R and W".to_owned(),
            x: "99.9th percentile of read latency plus that of write latency (ms)".to_owned(),
            y: "Probability of a fresh read at once".to_owned(),
            log_x: true,
            curves: curves.collect(),
            ..Plot::default()
        }
    }

    fn histogram(&self, title: &str, histogram: &Histogram, summed: &Summed) -> Plot {
        let (r, w) = (self.settings.r, self.settings.w);
        let bins = histogram.bins(4).into_iter().filter(|bin| bin.high > 0.0);
        let marks = [("median", 0.5), ("99 %", 0.99), ("99.9 %", 0.999)];
        Plot {
            title: title.to_owned(),
            x: format!("{title} (ms)"),
            y: "Trials".to_owned(),
            log_x: true,
            bins: bins
                .map(|bin| Bin {
                    from: bin.low,
                    to: bin.high,
                    count: bin.count,
                    run: Some(self.link(bin.trial, 0.0, r, w)),
                })
                .collect(),
            marks: marks
                .iter()
                .filter_map(|(name, share)| mark(summed, name, *share))
                .collect(),
            ..Plot::default()
        }
    }

    fn table(&self) -> Table {
        let columns = [
            "R, W",
            "W + R > N",
            "fresh at once",
            "99.9 % fresh after",
            "read, median",
            "read, 99.9 %",
            "write, median",
            "write, 99.9 %",
        ];
        let rows = self.pairs().filter_map(|(r, w)| {
            let outcome = self.outcome(r, w)?;
            let length = |summed: &Summed, share| {
                summed
                    .quantile(share)
                    .map_or("–".to_owned(), |found| millis(found.value))
            };
            let fresh = outcome.consistent(0.0);
            Some(vec![
                format!("R = {r}, W = {w}"),
                if r + w > self.settings.n { "yes" } else { "no" }.to_owned(),
                format!(
                    "{:.2} % ({:.2} to {:.2})",
                    100.0 * fresh.value,
                    100.0 * fresh.low,
                    100.0 * fresh.high
                ),
                length(&outcome.needed, 0.999),
                length(&outcome.read, 0.5),
                length(&outcome.read, 0.999),
                length(&outcome.write, 0.5),
                length(&outcome.write, 0.999),
            ])
        });
        Table {
            title: format!(
                "Every read and write quorum of N = {}, on the same trials",
                self.settings.n
            ),
            columns: columns.map(str::to_owned).to_vec(),
            rows: rows.collect(),
        }
    }

    /// The true 99.9 % t-visibility beside what the paper's way of measuring would have found.
    fn visibility(&self, own: &Outcome) -> Table {
        let step = match self.settings.model {
            Model::Fitted(0) => 0.01,
            Model::Fitted(2) => 1.0,
            _ => 0.1,
        };
        let sweep = Sweep {
            start: 0.0,
            step,
            points: 2_000,
            trials: 50_000,
        };
        let row = |name: &str, found: Option<Estimate>| {
            let shown = found.map_or("–".to_owned(), |found| {
                format!(
                    "{} ({} to {})",
                    millis(found.value),
                    millis(found.low),
                    millis(found.high)
                )
            });
            vec![name.to_owned(), shown]
        };
        let swept = sweep.stops_at(&own.needed, 0.999);
        Table {
            title: format!(
                "When 99.9 % of reads are fresh, R = {}, W = {}, with 95 % intervals",
                self.settings.r, self.settings.w
            ),
            columns: vec!["how it is measured".to_owned(), "time".to_owned()],
            rows: vec![
                row("the quantile of all trials", own.visibility(0.999)),
                row(
                    "the first lucky point of a sweep, as in the paper: too short",
                    Some(swept),
                ),
            ],
        }
    }
}

/// Moments from where hardly anything has changed to where nearly all reads are fresh.
fn moments(needed: &Summed) -> Vec<f64> {
    const POINTS: u8 = 48;
    let at = |share| needed.quantile(share).map_or(0.0, |found| found.value);
    let last = at(0.9999).max(1.0) * 1.5;
    let first = (last / 10_000.0).max(0.01);
    let ratio = libm::log(last / first) / f64::from(POINTS - 1);
    (0..POINTS)
        .map(|place| first * libm::exp(ratio * f64::from(place)))
        .collect()
}

/// The chance that a read gives one of the last k versions: the formula beside a measurement.
fn versions(settings: &Settings, seed: u64) -> Plot {
    let (n, r, w) = (
        u32::from(settings.n),
        u32::from(settings.r),
        u32::from(settings.w),
    );
    let mut random = Random::stream(seed, 2);
    let measured = (1..=VERSIONS).map(|k| {
        let missed = k_staleness::measured(n, r, w, k, DRAWS, &mut random);
        Point {
            x: f64::from(k),
            y: 1.0 - missed.value,
            interval: Some((1.0 - missed.high, 1.0 - missed.low)),
            run: None,
        }
    });
    let measured = measured.collect();
    let formula = (1..=VERSIONS).map(|k| Point {
        x: f64::from(k),
        y: k_staleness::fresh_within(n, r, w, k),
        ..Point::default()
    });
    Plot {
        title: "k-staleness: one of the last k versions, with quorums drawn at random".to_owned(),
        x: "k (versions)".to_owned(),
        y: "Probability that the read gives one of them".to_owned(),
        curves: vec![
            Curve {
                name: "measured".to_owned(),
                theory: false,
                points: measured,
                ..Curve::default()
            },
            Curve {
                name: "1 − (C(N − W, R) / C(N, R))^k".to_owned(),
                theory: true,
                points: formula.collect(),
                ..Curve::default()
            },
        ],
        ..Plot::default()
    }
}

fn mark(summed: &Summed, name: &str, share: f64) -> Option<Mark> {
    let found = summed.quantile(share)?;
    Some(Mark {
        name: name.to_owned(),
        x: found.value,
        interval: found.high.is_finite().then_some((found.low, found.high)),
        ..Mark::default()
    })
}

/// A length in ms with three digits that count.
fn millis(length: f64) -> String {
    if !length.is_finite() {
        "longer than measured".to_owned()
    } else if length == 0.0 {
        "0 ms".to_owned()
    } else if length < 1.0 {
        format!("{length:.3} ms")
    } else if length < 100.0 {
        format!("{length:.2} ms")
    } else {
        format!("{length:.0} ms")
    }
}
