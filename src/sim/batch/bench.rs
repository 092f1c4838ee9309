//! Where a batch is made, slice by slice, between the requests that arrive: the part of a web
//! worker that needs no browser.

use super::Batch;
use super::message::{Job, Report, Request};

/// How many milliseconds have passed since some moment. The bench asks no clock of its own.
pub type Clock<'a> = &'a dyn Fn() -> f64;

/// Progress is said this often, in milliseconds.
const PROGRESS_EVERY: f64 = 150.0;

/// Figures are shown this often, in milliseconds, …
const FIGURES_EVERY: f64 = 500.0;

/// … and take at most one part in so many of the time.
const FIGURES_SHARE: f64 = 8.0;

/// Makes one job at a time. Whoever has it calls [`Bench::work`] again and again while it is
/// [busy](Bench::is_busy), and hands it in between what has been asked.
#[derive(Debug)]
pub struct Bench {
    pace: Pace,
    current: Option<Current>,
}

impl Bench {
    /// A bench whose slices take about so many milliseconds.
    pub fn new(slice: f64) -> Self {
        Self {
            pace: Pace::new(slice),
            current: None,
        }
    }

    /// Whether there are runs to make.
    pub fn is_busy(&self) -> bool {
        self.current.is_some()
    }

    /// Takes a request that comes as text.
    ///
    /// # Errors
    /// What was wrong with it and what to do.
    pub fn hear(&mut self, text: &str, clock: Clock<'_>) -> Result<(), Report> {
        self.take(Request::read(text)?, clock)
    }

    /// Takes a request. A new job takes the place of the one before.
    ///
    /// # Errors
    /// What was wrong with it and what to do.
    pub fn take(&mut self, request: Request, clock: Clock<'_>) -> Result<(), Report> {
        match request {
            Request::Start(job) => self.start(&job, clock()),
            Request::Cancel(id) => {
                self.current.take_if(|current| current.id == id);
                Ok(())
            }
        }
    }

    fn start(&mut self, job: &Job, now: f64) -> Result<(), Report> {
        self.current = None;
        let batch = job.batch().map_err(|why| Report::Failed {
            id: Some(job.id),
            why,
        })?;
        self.pace.begin();
        self.current = Some(Current {
            id: job.id,
            batch,
            told_at: now,
            shown_at: now,
            showing_took: 0.0,
        });
        Ok(())
    }

    /// Makes one slice of the job, and gives what there is to say about it.
    pub fn work(&mut self, clock: Clock<'_>) -> Vec<Report> {
        let Some(current) = &mut self.current else {
            return Vec::new();
        };
        let begun = clock();
        current.batch.advance(self.pace.runs());
        self.pace.took(clock() - begun);
        let reports = current.report(clock);
        if current.is_finished() {
            self.current = None;
        }
        reports
    }
}

/// A job in the making.
#[derive(Debug)]
struct Current {
    id: u64,
    batch: Box<dyn Batch>,
    told_at: f64,
    shown_at: f64,
    showing_took: f64,
}

impl Current {
    fn is_finished(&self) -> bool {
        self.batch.done() >= self.batch.total()
    }

    fn report(&mut self, clock: Clock<'_>) -> Vec<Report> {
        let (id, now, finished) = (self.id, clock(), self.is_finished());
        let mut reports = Vec::new();
        if finished || now - self.told_at >= PROGRESS_EVERY {
            self.told_at = now;
            reports.push(Report::Progress {
                id,
                done: self.batch.done(),
                total: self.batch.total(),
            });
        }
        let wait = FIGURES_EVERY.max(self.showing_took * FIGURES_SHARE);
        if finished || now - self.shown_at >= wait {
            reports.push(Report::Figures {
                id,
                figures: self.batch.figures(),
            });
            self.shown_at = clock();
            self.showing_took = self.shown_at - now;
        }
        if finished {
            reports.push(Report::Finished(id));
        }
        reports
    }
}

/// How many runs make a slice.
#[derive(Debug)]
struct Pace {
    /// How long a slice is to take, in milliseconds.
    slice: f64,
    runs: u64,
}

impl Pace {
    /// A slice has at most so many times the runs of the one before: the first may have been quick
    /// by chance.
    const MOST_GROWTH: f64 = 8.0;

    fn new(slice: f64) -> Self {
        Self { slice, runs: 1 }
    }

    /// Begins with one run, because nobody knows how long it takes.
    fn begin(&mut self) {
        self.runs = 1;
    }

    fn runs(&self) -> u64 {
        self.runs
    }

    /// Learns how long the slice took, in milliseconds. A clock that says nonsense changes little.
    fn took(&mut self, milliseconds: f64) {
        // No clock of a browser is finer than this.
        let took = milliseconds.max(0.1);
        let factor = (self.slice / took).clamp(0.1, Self::MOST_GROWTH);
        self.runs = scaled(self.runs, factor).max(1);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a rough number of runs; the cast back goes to the nearest end"
)]
fn scaled(runs: u64, factor: f64) -> u64 {
    (runs as f64 * factor) as u64
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::sim::batch::{Figures, Work};

    /// A clock that moves on by so many milliseconds whenever it is asked.
    fn ticking(step: f64) -> impl Fn() -> f64 {
        let now = Cell::new(0.0);
        move || {
            now.set(now.get() + step);
            now.get()
        }
    }

    fn start(id: u64, run: &str, count: u64) -> String {
        let work = Work::Seeds { count, sweep: None };
        Request::Start(Job {
            id,
            run: run.to_owned(),
            work,
        })
        .write()
    }

    /// Everything that is said until the job is done, in slices of that length.
    fn all(request: &str, slice: f64, step: f64) -> Vec<Report> {
        let (mut bench, clock) = (Bench::new(slice), ticking(step));
        let mut reports: Vec<Report> = bench.hear(request, &clock).err().into_iter().collect();
        while bench.is_busy() {
            reports.extend(bench.work(&clock));
        }
        reports
    }

    fn last_figures(reports: &[Report]) -> Option<&Figures> {
        reports.iter().rev().find_map(|report| match report {
            Report::Figures { figures, .. } => Some(figures),
            _ => None,
        })
    }

    #[test]
    fn a_job_ends_with_all_its_runs_its_figures_and_the_word_that_it_is_finished() {
        let reports = all(&start(7, "clock-skew;scenario=lost-update", 50), 30.0, 1.0);
        assert!(reports.iter().all(|report| report.job() == Some(7)));
        assert_eq!(reports.last(), Some(&Report::Finished(7)));
        assert!(reports.contains(&Report::Progress {
            id: 7,
            done: 50,
            total: 50
        }));
        assert_eq!(last_figures(&reports).map(|figures| figures.runs), Some(50));
    }

    #[test]
    fn the_figures_are_the_same_however_long_the_slices_are() {
        let request = start(1, "clock-skew;scenario=lost-update", 64);
        // Every run a slice of its own; and as many as ever may be.
        let (short, long) = (all(&request, 1.0, 1_000.0), all(&request, 1e9, 0.1));
        assert!(short.len() > long.len());
        assert_eq!(last_figures(&short), last_figures(&long));
    }

    #[test]
    fn a_cancelled_job_is_not_heard_of_again_and_another_one_is_not_touched() {
        let (mut bench, clock) = (Bench::new(30.0), ticking(200.0));
        bench.hear(&start(1, "clock-skew", 1_000), &clock).unwrap();
        assert!(!bench.work(&clock).is_empty());
        bench.hear(&Request::Cancel(9).write(), &clock).unwrap();
        assert!(bench.is_busy());
        bench.hear(&Request::Cancel(1).write(), &clock).unwrap();
        assert!(!bench.is_busy() && bench.work(&clock).is_empty());
    }

    #[test]
    fn a_new_job_takes_the_place_of_the_one_before() {
        let (mut bench, clock) = (Bench::new(30.0), ticking(200.0));
        bench.hear(&start(1, "clock-skew", 1_000), &clock).unwrap();
        bench.hear(&start(2, "clock-skew", 1_000), &clock).unwrap();
        assert!(
            bench
                .work(&clock)
                .iter()
                .all(|report| report.job() == Some(2))
        );
    }

    #[test]
    fn garbage_is_answered_with_what_to_do() {
        for text in [
            "",
            "{",
            "null",
            "[]",
            "{\"start\":{}}",
            "{\"cancel\":-1}",
            "\u{0}💥",
        ] {
            let reports = all(text, 30.0, 1.0);
            let [Report::Failed { id: None, why }] = reports.as_slice() else {
                panic!("{text:?} is answered with {reports:?}");
            };
            assert!(why.ends_with("reload the page."), "{why}");
        }
        let reports = all(&start(3, "no-such-lab", 10), 30.0, 1.0);
        assert!(
            matches!(reports.as_slice(), [Report::Failed { id: Some(3), .. }]),
            "{reports:?}"
        );
    }

    #[test]
    fn slices_grow_to_their_length_and_shrink_when_runs_become_slow() {
        let mut pace = Pace::new(30.0);
        for _ in 0..10 {
            // Ten million runs a second.
            let took = scaled(pace.runs(), 1.0e-4);
            #[expect(clippy::cast_precision_loss, reason = "a few milliseconds")]
            pace.took(took as f64);
        }
        assert!((200_000..=400_000).contains(&pace.runs()), "{pace:?}");
        pace.took(3_000.0);
        assert!(pace.runs() <= 40_000, "{pace:?}");
        pace.took(f64::NAN);
        assert!(pace.runs() >= 1);
    }
}
