//! Many runs of a lab: chosen, started, watched and cancelled; what they show; and the way back
//! from every number to a run behind it.

mod canvas;
mod draw;
mod layout;
mod plot_view;
mod words;

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::browser;
use super::deck::Deck;
use super::fold::Fold;
use super::shared::Shared;
use super::worker::{Jobs, Phase};
use crate::sim::batch::{Figures, Table, Work};
use crate::sim::{Micros, link};
use plot_view::PlotView;

/// How many seeds there are to choose from.
const SEEDS: [u64; 3] = [100, 1_000, 10_000];

/// How long the settings have to rest before runs are started again.
const REST: Duration = Duration::from_millis(250);

/// How far apart the views of what is found are brought up to date.
const TURN: Duration = Duration::from_millis(20);

/// The panel, for labs that have numbers to count or a study of their own.
#[component]
pub fn ManyRuns(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let has_any = !deck.lab.probes.is_empty() || deck.lab.study.is_some();
    has_any.then(|| {
        let batch = Runs::of(deck);
        batch.follow();
        let before = view! {
            <p class="program-missing">"Many runs need the program, which has not been loaded."</p>
        }
        .into_any();
        view! {
            <Fold class="panel panel-wide panel-fold many-runs" summary=|| "Many runs" before>
                <Choices runs=batch />
                <State runs=batch />
                <Shown runs=batch />
            </Fold>
        }
    })
}

/// The many runs of a lab on the page.
#[derive(Clone, Copy)]
struct Runs {
    deck: Deck,
    jobs: Jobs,
    /// How many seeds are chosen.
    seeds: RwSignal<u64>,
    /// The id of the parameter to vary; empty for none.
    sweep: RwSignal<String>,
    /// The run in the player, as a link that says nothing of where the reader looks.
    now: Memo<String>,
    /// What was started last, and from which run.
    started: RwSignal<Option<(String, Work)>>,
    /// The run that was opened from a number: it is one of those that were counted.
    opened: RwSignal<Option<String>>,
    /// The timer that starts the runs again.
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Runs {
    fn of(deck: Deck) -> Self {
        Self {
            deck,
            jobs: Jobs::new(),
            seeds: RwSignal::new(1_000),
            sweep: RwSignal::new(String::new()),
            now: Memo::new(move |_| link::encode(&deck.whole_run())),
            started: RwSignal::new(None),
            opened: RwSignal::new(None),
            timer: StoredValue::new(None),
        }
    }

    /// Starts runs from the run in the player.
    fn start(self, work: Work) {
        self.stop_timer();
        let run = self.now.get_untracked();
        self.opened.set(None);
        self.started.set(Some((run.clone(), work.clone())));
        self.jobs.start(run, work);
    }

    fn start_seeds(self) {
        let sweep = self.sweep.get_untracked();
        self.start(Work::Seeds {
            count: self.seeds.get_untracked(),
            sweep: (!sweep.is_empty()).then_some(sweep),
        });
    }

    fn cancel(self) {
        self.stop_timer();
        self.jobs.cancel();
    }

    /// Whether the figures are of other settings than those in the player.
    fn is_stale(self) -> bool {
        let now = self.now.get();
        let is_opened = self.opened.with(|opened| opened.as_ref() == Some(&now));
        let is_started = self
            .started
            .with(|started| started.as_ref().is_none_or(|(run, _)| *run == now));
        !is_opened && !is_started
    }

    /// Runs under way are started again when the settings change: once they rest.
    fn follow(self) {
        Effect::new(move |_| {
            let stale = self.is_stale();
            let under_way = matches!(
                self.jobs.phase.get_untracked(),
                Phase::Running | Phase::Restarting
            );
            if !under_way {
                return;
            }
            self.stop_timer();
            if stale || self.jobs.phase.get_untracked() == Phase::Restarting {
                self.jobs.hold();
                let again = move || {
                    let work = self.started.try_get_untracked().flatten();
                    if let Some((_, work)) = work {
                        self.start(work);
                    }
                };
                self.timer
                    .set_value(set_timeout_with_handle(again, REST).ok());
            }
        });
        on_cleanup(move || self.stop_timer());
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// Opens a run behind a number in the player.
    fn open(self, run: &str) {
        let deck = self.deck;
        let decoded = link::decode(deck.lab, run).run;
        let whole = crate::sim::Run {
            cursor: Micros::END,
            ..decoded
        };
        self.opened.set(Some(link::encode(&whole)));
        deck.open_link(run);
        deck.said.set(format!(
            "The run with seed {} is in the player.",
            whole.seed
        ));
        let id = format!("lab-{}", deck.lab.id);
        request_animation_frame(move || browser::scroll_to_id(&id));
    }
}

/// What to run, and the buttons that begin and end it.
#[component]
fn Choices(runs: Runs) -> impl IntoView {
    let lab = runs.deck.lab;
    let is_busy = move || matches!(runs.jobs.phase.get(), Phase::Running | Phase::Restarting);
    let seeds = (!lab.probes.is_empty()).then(|| view! { <Seeds runs /> });
    let study = lab.study.map(|study| {
        let title = study(&runs.deck.whole_run_untracked()).title();
        view! {
            <button type="button" data-do="start-study" on:click=move |_| runs.start(Work::Study)>
                "Study: " {title}
            </button>
        }
    });
    view! {
        <div class="many-runs-choices">
            {seeds} {study}
            <button type="button" data-do="cancel-runs" disabled=move || !is_busy() on:click=move |_| runs.cancel()>
                "Cancel"
            </button>
        </div>
    }
}

/// How many seeds, and the parameter to vary.
#[component]
fn Seeds(runs: Runs) -> impl IntoView {
    let counts = SEEDS
        .iter()
        .map(|count| {
            let is_chosen = move || runs.seeds.get() == *count;
            view! {
                <option value=count.to_string() selected=untrack(is_chosen) prop:selected=is_chosen>
                    {words::count(*count)}
                </option>
            }
        })
        .collect_view();
    let parameters = runs
        .deck
        .lab
        .parameters
        .iter()
        .map(|parameter| view! { <option value=parameter.id>{parameter.label}</option> })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        if let Ok(count) = event_target_value(&event).parse() {
            runs.seeds.set(count);
        }
    };
    view! {
        <label>
            "Seeds "
            <select data-set="seeds" on:change=choose>{counts}</select>
        </label>
        <label>
            "Vary "
            <select data-set="sweep" on:change=move |event| runs.sweep.set(event_target_value(&event))>
                <option value="">"nothing"</option>
                {parameters}
            </select>
        </label>
        <button type="button" data-do="start-runs" on:click=move |_| runs.start_seeds()>"Start"</button>
    }
}

/// How far the runs are, and what is odd.
#[component]
fn State(runs: Runs) -> impl IntoView {
    let jobs = runs.jobs;
    let progress = move || jobs.progress.get();
    let made = move || {
        let (done, total) = progress()?;
        Some(format!(
            "{} of {} runs",
            words::count(done),
            words::count(total)
        ))
    };
    let state = move || match jobs.phase.get() {
        Phase::Idle => "Nothing has been started.".to_owned(),
        Phase::Running => "Making runs …".to_owned(),
        Phase::Restarting => "The settings have changed; the runs begin again.".to_owned(),
        Phase::Finished => "All runs are made.".to_owned(),
        Phase::Cancelled => "Cancelled; what stands below is of the runs made so far.".to_owned(),
        Phase::Failed(why) => why,
    };
    let stale = move || {
        (matches!(jobs.phase.get(), Phase::Finished | Phase::Cancelled) && runs.is_stale())
            .then_some("The figures are of other settings than those above; start again for these.")
    };
    view! {
        <div class="many-runs-state">
            <progress
                aria-label="Runs made"
                max=move || progress().map_or(1, |(_, total)| total).to_string()
                value=move || progress().map_or(0, |(done, _)| done).to_string()
            ></progress>
            <span class="many-runs-count">{made}</span>
            <span role="status" data-phase=move || phase_name(&jobs.phase.get())>{state}</span>
        </div>
        <p class="many-runs-note" role="status">{move || jobs.notice.get()} " " {stale}</p>
    }
}

fn phase_name(phase: &Phase) -> &'static str {
    match phase {
        Phase::Idle => "idle",
        Phase::Running => "running",
        Phase::Restarting => "restarting",
        Phase::Finished => "finished",
        Phase::Cancelled => "cancelled",
        Phase::Failed(_) => "failed",
    }
}

/// What the runs show.
#[component]
fn Shown(runs: Runs) -> impl IntoView {
    let figures = Signal::derive(move || runs.jobs.figures.get());
    let look = canvas::look();
    let open = Callback::new(move |run: String| runs.open(&run));
    let count = Memo::new(move |_| {
        figures.with(|figures: &Option<Shared<Figures>>| {
            figures.as_ref().map_or(0, |figures| figures.plots.len())
        })
    });
    let last = in_turn(figures, 0);
    let tables = move || {
        last.with(|figures| {
            let tables = figures.as_ref().map(|figures| figures.tables.iter());
            tables.into_iter().flatten().map(table_view).collect_view()
        })
    };
    view! {
        <div class="plots">
            <For each=move || 0..count.get() key=|place| *place let:place>
                <PlotView figures=in_turn(figures, place + 1) place look open />
            </For>
        </div>
        {tables}
    }
}

/// What there is to show, for the view with that place: each view gets it in a turn of its own, so
/// that no turn takes long and controls answer in between.
fn in_turn(
    figures: Signal<Option<Shared<Figures>>>,
    place: usize,
) -> Signal<Option<Shared<Figures>>> {
    let own = RwSignal::new(None);
    let wait = TURN.saturating_mul(u32::try_from(place).unwrap_or(u32::MAX));
    Effect::new(move |_| {
        let figures = figures.get();
        // The view may have left the page meanwhile.
        let show = move || drop(own.try_set(figures));
        set_timeout(show, wait);
    });
    own.into()
}

fn table_view(table: &Table) -> impl IntoView + use<> {
    view! {
        <div class="table many-runs-table" tabindex="0" role="region" aria-label=table.title.clone()>
            {plot_view::table(&words::of_table(table))}
        </div>
    }
}
