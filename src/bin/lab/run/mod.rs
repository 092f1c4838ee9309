//! `lab run`: plays a lab once or under many seeds, and says what it measures.

mod figures;
mod play;

use std::fmt::Write as _;

#[expect(
    clippy::disallowed_types,
    reason = "how long the runs took is not part of what they gave"
)]
use std::time::Instant;

use happens_before::sim::batch::{Batch, Figures};
use happens_before::sim::{Parameter, Run, link};
use serde_json::{Value, json};

use super::answer::{Answer, Problem, notice};
use super::arguments::{Argument, Arguments};
use super::selection::Selection;
use super::statistics::{QUANTILES, Summary, summary};
use super::{show, table};
use play::Played;

/// What the command takes.
pub const HELP: &str = "\
lab run LAB [options]

Plays a lab and prints its configuration, the numbers that it measures, the promises that were
broken, and how long it took. With --runs the same run is played under as many seeds (S, S+1, …);
the numbers then have mean, standard error and quantiles with 95 % confidence intervals. A lab that
has a study of its own (lab list --json says so) makes it as well.

Which run:
  LAB               the lab's name (lab list); not needed with --link
  --scenario ID     start from that scenario; without it, from the lab's first
  --link TEXT       start from a run link, or from an address that holds one
  --set KEY=VALUE   set a parameter, as often as needed; values as in links: 50ms, 64s, 200ppm,
                    30%, on, off, 3, or the name of an option (lab show LAB)
  --seed S          what the random numbers start from
  --do ACTIONS      what is done while it runs, instead of what the scenario does, as in links:
                    120ms:write:n2,200ms:jump:n1:-30ms; \"\" for nothing
  --at MOMENT       where a reader looks, for the link; what happens does not depend on it
  --at-end          the same: at the end of the run

How it is played:
  --runs N          play it under N seeds; 1 if nothing is said
  --study N         make only the first N runs of the lab's study; 0 leaves it out
  --json            as JSON; see docs/lab.md
";

/// The most runs of one call.
const MOST_RUNS: u64 = 1_000_000;

/// Does it.
pub fn command(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let mut selection = Selection::default();
    let (mut runs, mut most, mut as_json) = (1, u64::MAX, false);
    while let Some(argument) = arguments.next()? {
        match selection.take(argument, arguments)? {
            None => {}
            Some(Argument::Option(name)) if name == "--runs" => {
                runs = how_many(arguments.number("a whole number from 1 on")?);
            }
            Some(Argument::Option(name)) if name == "--study" => {
                most = arguments.number("a whole number from 0 on")?;
            }
            Some(Argument::Option(name)) if name == "--json" => as_json = true,
            Some(argument) => return Err(arguments.unexpected(&argument)),
        }
    }
    let report = Report::of(selection.run()?, runs, most)?;
    if as_json {
        Answer::json(&report.as_value())
    } else {
        Ok(Answer::text(report.in_words()))
    }
}

/// A number of runs, moved into range.
fn how_many(asked: u64) -> u64 {
    let runs = asked.clamp(1, MOST_RUNS);
    if runs != asked {
        notice(&format!(
            "--runs goes from 1 to {MOST_RUNS}, not {asked}; {runs} is used."
        ));
    }
    runs
}

/// What there is to say.
struct Report {
    run: Run,
    runs: u64,
    played: Played,
    /// For each probe, its numbers summed up, if there are any.
    metrics: Vec<Option<Summary>>,
    study: Option<Figures>,
    /// Seconds that the runs took.
    playing: f64,
    /// Seconds that the study took.
    studying: f64,
}

impl Report {
    #[expect(
        clippy::disallowed_types,
        reason = "how long the runs took is not part of what they gave"
    )]
    fn of(run: Run, runs: u64, most: u64) -> Result<Self, Problem> {
        let begun = Instant::now();
        let played = play::play(&run, runs)?;
        let playing = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let study = run
            .lab
            .study
            .filter(|_| most > 0)
            .map(|study| finished(study(&run).as_mut(), most));
        let studying = begun.elapsed().as_secs_f64();
        let metrics = played.numbers.iter().cloned().map(summary).collect();
        Ok(Self {
            run,
            runs,
            played,
            metrics,
            study,
            playing,
            studying,
        })
    }

    fn in_words(&self) -> String {
        let lab = self.run.lab;
        let mut text = format!(
            "{} ({}), version {}\n{}\n\nConfiguration\n",
            lab.title,
            lab.id,
            lab.version,
            link::encode(&self.run)
        );
        let rows = self.run.config.iter().map(|(parameter, value)| {
            vec![
                parameter.id.to_owned(),
                parameter.show(value),
                parameter.label.to_owned(),
            ]
        });
        text += &table::indented(&table::aligned(rows));
        // Writing to a string cannot fail.
        let _ = match self.runs {
            1 => writeln!(text, "\nOne run, seed {}", self.run.seed),
            runs => writeln!(
                text,
                "\n{runs} runs, seeds {} to {}; quantiles with their 95 % confidence intervals",
                self.run.seed,
                self.run.seed.wrapping_add(runs - 1)
            ),
        };
        text += &table::indented(&if self.runs == 1 {
            self.one()
        } else {
            self.many()
        });
        self.promises(&mut text);
        if let Some(study) = &self.study {
            figures::write(&mut text, study);
        }
        let _ = match self.study {
            None => writeln!(text, "\nTook {:.3} s.", self.playing),
            Some(_) => writeln!(
                text,
                "\nTook {:.3} s, and {:.3} s for the study.",
                self.playing, self.studying
            ),
        };
        text
    }

    /// The numbers of a single run.
    fn one(&self) -> String {
        let probes = self.run.lab.probes.iter().zip(&self.metrics);
        table::aligned(probes.map(|(probe, metric)| {
            vec![
                probe.id.to_owned(),
                metric
                    .as_ref()
                    .map_or_else(|| "none".to_owned(), |metric| metric.min.to_string()),
                probe.label.to_owned(),
            ]
        }))
    }

    /// The numbers of many runs.
    fn many(&self) -> String {
        let mut head = vec!["", "runs", "mean", "std. error", "min"];
        head.extend(QUANTILES.iter().map(|(_, name)| *name));
        head.push("max");
        let width = head.len();
        let head = head.into_iter().map(str::to_owned).collect();
        let probes = self.run.lab.probes.iter().zip(&self.metrics);
        let rows = probes.map(|(probe, metric)| {
            let mut row = vec![probe.id.to_owned()];
            match metric {
                None => row.resize(width, "–".to_owned()),
                Some(metric) => row.extend(cells(metric)),
            }
            row
        });
        table::numbers(std::iter::once(head).chain(rows))
    }

    fn promises(&self, text: &mut String) {
        // Writing to a string cannot fail.
        let _ = match self.played.broken.is_empty() {
            true => writeln!(text, "\nNo promise was broken."),
            false => writeln!(text, "\nBroken promises"),
        };
        for (id, broken) in &self.played.broken {
            let sentence = &broken.sentence;
            let _ = match self.runs {
                1 => writeln!(text, "  {id}: {sentence}"),
                runs => writeln!(
                    text,
                    "  {id}: in {} of {runs} runs, first with seed {}: {sentence}",
                    broken.runs, broken.seed
                ),
            };
        }
    }

    fn as_value(&self) -> Value {
        let lab = self.run.lab;
        let metrics = lab.probes.iter().zip(&self.metrics).map(
            |(probe, metric)| json!({ "id": probe.id, "label": probe.label, "summary": metric }),
        );
        let broken = self.played.broken.iter().map(|(id, broken)| {
            json!({
                "id": id, "runs": broken.runs, "first_seed": broken.seed,
                "sentence": broken.sentence,
            })
        });
        json!({
            "lab": lab.id,
            "version": lab.version,
            "link": link::encode(&self.run),
            "configuration": self.run.config.iter().map(setting).collect::<Vec<_>>(),
            "seed": self.run.seed,
            "runs": self.runs,
            "metrics": metrics.collect::<Vec<_>>(),
            "broken_promises": broken.collect::<Vec<_>>(),
            "study": self.study,
            "seconds": { "runs": self.playing, "study": self.study.as_ref().map(|_| self.studying) },
        })
    }
}

fn setting((parameter, value): (&Parameter, i64)) -> Value {
    json!({
        "id": parameter.id,
        "value": value,
        "unit": show::unit(parameter),
        "text": parameter.write(value),
    })
}

/// Makes a batch, up to so many of its runs.
fn finished(batch: &mut dyn Batch, most: u64) -> Figures {
    /// Runs at a time.
    const SLICE: u64 = 10_000;
    let total = batch.total().min(most);
    while batch.done() < total {
        let before = batch.done();
        batch.advance((total - before).min(SLICE));
        if batch.done() == before {
            break;
        }
    }
    batch.figures()
}

fn cells(metric: &Summary) -> Vec<String> {
    let end = |end: Option<i64>| end.map_or_else(|| "–".to_owned(), |end| end.to_string());
    let mut cells = vec![
        metric.count.to_string(),
        figures::number(metric.mean),
        metric
            .standard_error
            .map_or_else(|| "–".to_owned(), figures::number),
        metric.min.to_string(),
    ];
    cells.extend(metric.quantiles.iter().map(|quantile| {
        let (low, high) = (end(quantile.low), end(quantile.high));
        format!("{} [{low}, {high}]", quantile.value)
    }));
    cells.push(metric.max.to_string());
    cells
}

#[cfg(test)]
mod tests {
    use happens_before::sim::batch::Seeds;
    use happens_before::sim::labs;

    use super::*;

    fn check(most: u64, expected: u64) {
        let mut batch = Seeds::new(Run::of(labs()[0]), 5, None);
        assert_eq!(finished(&mut batch, most).runs, expected);
    }

    #[test]
    fn a_study_is_made_to_its_end_or_as_far_as_it_is_asked_for() {
        check(u64::MAX, 5);
        check(3, 3);
    }
}
