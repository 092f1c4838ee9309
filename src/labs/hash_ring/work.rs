//! Counting up to a million keys while the page stays usable: in slices of a few milliseconds,
//! begun anew whenever what is counted changes.

use std::time::Duration;

use leptos::prelude::*;

use super::moment::Moment;
use crate::kit::browser;
use crate::kit::shared::Shared;
use crate::sim::hash_ring::{Counting, Tally};
use crate::sim::hashing::Scheme;

/// So much is counted before the page is drawn for the first time, on the host as in the browser:
/// ten thousand keys on ten nodes are all of it.
const AT_ONCE: u32 = 200_000;
/// So much is counted between two looks at the clock.
const PORTION: u32 = 5_000;
/// So long is a slice, in milliseconds.
const SLICE: f64 = 6.0;

/// What has been counted, as signals.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// What there is so far.
    pub tally: RwSignal<Shared<Tally>>,
    /// How much of it is done, 0 to 1.
    pub progress: RwSignal<f64>,
    /// How long each scheme took, in milliseconds of work; nothing before it was timed.
    pub times: RwSignal<Vec<(Scheme, f64)>>,
    job: StoredValue<Option<Job>>,
    /// Raised with every job, so that what is left of an earlier one ends.
    number: StoredValue<u64>,
}

/// A job and what it has taken.
#[derive(Debug)]
struct Job {
    counting: Counting,
    times: Vec<(Scheme, f64)>,
    shown: usize,
}

fn counting(moment: &Moment) -> Counting {
    Counting::new(moment.setting, moment.before.clone(), moment.ring.clone())
}

impl Work {
    /// Counts what `moment` is, now and whenever it changes.
    pub fn on(moment: Memo<Shared<Moment>>) -> Self {
        let mut first = moment.with_untracked(|moment| counting(moment));
        let mut done = 0;
        while done < AT_ONCE && !first.advance(PORTION) {
            done += PORTION;
        }
        let work = Self {
            progress: RwSignal::new(first.tally().progress),
            tally: RwSignal::new(Shared::new(first.tally().clone())),
            times: RwSignal::new(Vec::new()),
            job: StoredValue::new(None),
            number: StoredValue::new(0),
        };
        // What was counted before the first picture stays as it is; it has no times.
        Effect::new(move |before: Option<()>| {
            let moment = moment.get();
            if before.is_some() || work.progress.get_untracked() < 1.0 {
                work.begin(&moment);
            }
        });
        work
    }

    /// Counts a moment from the beginning.
    pub fn begin(self, moment: &Moment) {
        self.job.set_value(Some(Job {
            counting: counting(moment),
            times: Vec::new(),
            shown: 0,
        }));
        self.number.update_value(|number| *number += 1);
        let number = self.number.get_value();
        self.progress.set(0.0);
        self.times.set(Vec::new());
        set_timeout(move || self.slice(number), Duration::ZERO);
    }

    /// One slice, and the next one after the page has had its turn.
    fn slice(self, number: u64) {
        // The lab may have left the page meanwhile, or count something else.
        if self.number.try_get_value() != Some(number) {
            return;
        }
        let finished = self
            .job
            .try_update_value(|job| job.as_mut().map(Job::slice));
        let Some(Some(finished)) = finished else {
            return;
        };
        self.show(finished);
        if !finished {
            set_timeout(move || self.slice(number), Duration::ZERO);
        }
    }

    /// Shows what is new.
    fn show(self, finished: bool) {
        let news = self
            .job
            .try_update_value(|job| job.as_mut().map(|job| job.news(finished)));
        let Some(Some(news)) = news else { return };
        self.progress.set(news.progress);
        if let Some(tally) = news.tally {
            self.tally.set(Shared::new(tally));
        }
        if finished {
            self.times.set(news.times);
        }
    }
}

/// What a slice has brought.
struct News {
    progress: f64,
    tally: Option<Tally>,
    times: Vec<(Scheme, f64)>,
}

impl Job {
    /// Counts for a few milliseconds, and says whether all is counted.
    fn slice(&mut self) -> bool {
        let begun = browser::milliseconds();
        let mut before = begun;
        loop {
            let scheme = self.counting.scheme();
            let finished = self.counting.advance(PORTION);
            let now = browser::milliseconds();
            if let Some(scheme) = scheme {
                self.add(scheme, now - before);
            }
            if finished || now - begun >= SLICE {
                return finished;
            }
            before = now;
        }
    }

    fn add(&mut self, scheme: Scheme, milliseconds: f64) {
        match self.times.last_mut().filter(|(last, _)| *last == scheme) {
            Some((_, time)) => *time += milliseconds,
            None => self.times.push((scheme, milliseconds)),
        }
    }

    /// A tally is shown when it has another row.
    fn news(&mut self, finished: bool) -> News {
        let tally = self.counting.tally();
        let is_new = finished || self.shown != tally.rows.len();
        self.shown = tally.rows.len();
        News {
            progress: tally.progress,
            tally: is_new.then(|| tally.clone()),
            times: self.times.clone(),
        }
    }
}
