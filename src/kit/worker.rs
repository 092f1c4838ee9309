//! Many runs beside the page: the page's side of the web worker that makes them.
//!
//! The worker is loaded when the first job is started. Where it cannot be loaded the page makes
//! the runs itself, in slices too short to be felt.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::browser;
use super::shared::Shared;
use crate::sim::batch::{Bench, Figures, Job, Report, Request, Work};

/// The name of the `<meta>` in which a page says where the worker's script is.
pub const WORKER: &str = "worker";

/// How long a slice of runs takes on the page itself, in milliseconds: several fit into a frame.
const SLICE_ON_PAGE: f64 = 4.0;

/// What is said when the page has to make the runs itself.
const WITHOUT_WORKER: &str = "The browser could not load the worker that makes many runs beside the page, so the page makes them itself, a few at a time. It takes longer; reloading the page may help.";

/// How far a job is.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// None has been started.
    Idle,
    /// It is under way.
    Running,
    /// It is cancelled, and will be started again at once with other settings.
    Restarting,
    /// All its runs have been made.
    Finished,
    /// The reader has stopped it.
    Cancelled,
    /// It could not be done: why, and what to do.
    Failed(String),
}

/// The jobs of one lab, one at a time.
#[derive(Clone, Copy, Debug)]
pub struct Jobs {
    /// How far the last job is.
    pub phase: RwSignal<Phase>,
    /// How many of its runs have been made, and how many there will be.
    pub progress: RwSignal<Option<(u64, u64)>>,
    /// What its runs show so far; until there are any, what the job before has shown.
    pub figures: RwSignal<Option<Shared<Figures>>>,
    /// What is odd about the way in which it is done.
    pub notice: RwSignal<Option<&'static str>>,
    desk: StoredValue<Desk, LocalStorage>,
}

/// What the page keeps about its jobs.
#[derive(Debug, Default)]
struct Desk {
    /// The number of the last job.
    last: u64,
    /// The job that is under way.
    current: Option<Job>,
    place: Place,
}

/// Where runs are made.
#[derive(Debug, Default)]
enum Place {
    /// Nobody has asked for any.
    #[default]
    Nowhere,
    /// In the worker.
    Beside(Beside),
    /// On the page, because there is no worker; and whether the next slice is on its way.
    Here(Bench, bool),
}

/// The worker.
#[derive(Debug)]
struct Beside {
    worker: web_sys::Worker,
    /// Whether it listens; what is sent before is lost.
    ready: bool,
    /// What hears it, and what hears that it failed; dropped with it.
    _hear: Closure<dyn Fn(web_sys::MessageEvent)>,
    _fault: Closure<dyn Fn(web_sys::Event)>,
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Jobs {
    /// No job yet, and no worker.
    #[must_use]
    pub fn new() -> Self {
        Self {
            phase: RwSignal::new(Phase::Idle),
            progress: RwSignal::new(None),
            figures: RwSignal::new(None),
            notice: RwSignal::new(None),
            desk: StoredValue::new_local(Desk::default()),
        }
    }

    /// Starts a job from a run (a link with the lab's name). One that is under way is given up.
    pub fn start(&self, run: String, work: Work) {
        let job = self.desk.try_update_value(|desk| {
            desk.last += 1;
            let id = desk.last;
            let job = Job { id, run, work };
            desk.current = Some(job.clone());
            job
        });
        let Some(job) = job else { return };
        self.progress.set(None);
        self.phase.set(Phase::Running);
        self.send(Request::Start(job));
    }

    /// Stops the job that is under way. What it has shown stays.
    pub fn cancel(&self) {
        self.give_up(Phase::Cancelled);
    }

    /// Stops it because another is about to be started in its place.
    pub fn hold(&self) {
        self.give_up(Phase::Restarting);
    }

    fn give_up(&self, phase: Phase) {
        let job = self.desk.try_update_value(|desk| desk.current.take());
        if let Some(job) = job.flatten() {
            self.send(Request::Cancel(job.id));
        }
        self.phase.set(phase);
    }

    /// Hands a request to whoever makes the runs.
    fn send(&self, request: Request) {
        let refused = self.desk.try_update_value(|desk| {
            if matches!(desk.place, Place::Nowhere) {
                desk.place = self.load();
            }
            match &mut desk.place {
                // What is current is sent when it is ready.
                Place::Beside(beside) if beside.ready => {
                    let text = JsValue::from_str(&request.write());
                    let _ = beside.worker.post_message(&text);
                    None
                }
                Place::Here(bench, _) => bench.take(request, &browser::milliseconds).err(),
                Place::Beside(_) | Place::Nowhere => None,
            }
        });
        if let Some(report) = refused.flatten() {
            self.take(report);
        }
        self.turn_again();
    }

    /// Begins to load the worker.
    fn load(&self) -> Place {
        let jobs = *self;
        let hear = Closure::<dyn Fn(_)>::new(move |event: web_sys::MessageEvent| {
            if let Some(report) = event.data().as_string().as_deref().and_then(Report::read) {
                jobs.take(report);
            }
        });
        let fault = Closure::<dyn Fn(_)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            // Later, because what is dropped then is what runs now.
            set_timeout(move || jobs.lose_worker(), Duration::ZERO);
        });
        let Some(worker) = browser::meta(WORKER).and_then(|src| web_sys::Worker::new(&src).ok())
        else {
            return self.without_worker();
        };
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fault.as_ref().unchecked_ref()));
        Place::Beside(Beside {
            worker,
            ready: false,
            _hear: hear,
            _fault: fault,
        })
    }

    fn without_worker(&self) -> Place {
        self.notice.set(Some(WITHOUT_WORKER));
        Place::Here(Bench::new(SLICE_ON_PAGE), false)
    }

    /// The worker said that something went wrong: while it was loaded, or in the middle of a job.
    fn lose_worker(&self) {
        let lost = self.desk.try_update_value(|desk| {
            let was_ready = matches!(&desk.place, Place::Beside(beside) if beside.ready);
            let job = if was_ready {
                desk.place = Place::Nowhere;
                desk.current.take()
            } else {
                desk.place = self.without_worker();
                desk.current.clone()
            };
            (was_ready, job)
        });
        match lost {
            Some((false, Some(job))) => self.send(Request::Start(job)),
            Some((true, Some(_))) => self.phase.set(Phase::Failed(
                "The runs stopped with an error of the program. Start them again, with fewer seeds or other settings.".to_owned(),
            )),
            _ => {}
        }
    }

    /// What is said of a job; of one that is no longer wanted, nothing is taken.
    fn take(&self, report: Report) {
        if report == Report::Ready {
            self.begin_waiting();
            return;
        }
        let current = self
            .desk
            .try_with_value(|desk| desk.current.as_ref().map(|job| job.id))
            .flatten();
        if current.is_none() || report.job().is_some_and(|id| Some(id) != current) {
            return;
        }
        match report {
            Report::Ready => {}
            Report::Progress { done, total, .. } => self.progress.set(Some((done, total))),
            Report::Figures { figures, .. } => self.figures.set(Some(Shared::new(figures))),
            Report::Finished(_) => self.end(Phase::Finished),
            Report::Failed { why, .. } => self.end(Phase::Failed(why)),
        }
    }

    fn end(&self, phase: Phase) {
        self.desk.try_update_value(|desk| desk.current = None);
        self.phase.set(phase);
    }

    /// The worker listens: it gets the job that waits for it.
    fn begin_waiting(&self) {
        let waiting = self.desk.try_update_value(|desk| {
            if let Place::Beside(beside) = &mut desk.place {
                beside.ready = true;
            }
            desk.current.clone()
        });
        if let Some(job) = waiting.flatten() {
            self.send(Request::Start(job));
        }
    }

    /// On the page itself: makes the next slice as soon as the browser has done what waits.
    fn turn_again(&self) {
        let due = self.desk.try_update_value(|desk| match &mut desk.place {
            Place::Here(bench, called) if bench.is_busy() && !*called => {
                *called = true;
                true
            }
            _ => false,
        });
        if due == Some(true) {
            let jobs = *self;
            set_timeout(move || jobs.turn(), Duration::ZERO);
        }
    }

    fn turn(&self) {
        // The lab may have left the page meanwhile.
        let reports = self.desk.try_update_value(|desk| match &mut desk.place {
            Place::Here(bench, called) => {
                *called = false;
                bench.work(&browser::milliseconds)
            }
            _ => Vec::new(),
        });
        for report in reports.unwrap_or_default() {
            self.take(report);
        }
        self.turn_again();
    }
}

impl Default for Jobs {
    fn default() -> Self {
        Self::new()
    }
}
