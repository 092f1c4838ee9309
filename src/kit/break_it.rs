//! "Break it": the reader says which promise to break and what may go wrong, and a search in the
//! worker finds the shortest run that does it, or says within which limits there is none.

use leptos::prelude::*;

use super::browser;
use super::deck::Deck;
use super::fold::Fold;
use super::worker::{Jobs, Phase};
use crate::sim::batch::{Hunted, Outcome, Work};
use crate::sim::link;
use crate::sim::search::Limits;

/// The panel, for labs whose protocol can be searched.
#[component]
pub fn BreakIt(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    deck.lab.search.is_some().then(|| {
        let hunt = Hunt {
            deck,
            jobs: Jobs::new(),
            property: RwSignal::new(String::new()),
            limits: RwSignal::new(deck.lab.limits),
        };
        let before = view! {
            <p>
                "A search tries everything that can happen from the moment shown in the player on, "
                "step by step: messages arrive in any order, timers run out at any time, and what "
                "you allow below goes wrong. Switch a rule off among the settings and see what it was for."
            </p>
            <p class="program-missing">"The search needs the program, which has not been loaded."</p>
        }
        .into_any();
        view! {
            <Fold class="panel panel-wide panel-fold break-it" summary=|| "Break it" before>
                <Choices hunt />
                <State hunt />
            </Fold>
        }
    })
}

/// A search on the page.
#[derive(Clone, Copy)]
struct Hunt {
    deck: Deck,
    jobs: Jobs,
    /// The promise to break; empty for any.
    property: RwSignal<String>,
    limits: RwSignal<Limits>,
}

impl Hunt {
    fn start(self) {
        let property = self.property.get_untracked();
        self.jobs.start(
            link::encode(&untrack(|| self.deck.run())),
            Work::Search {
                property: (!property.is_empty()).then_some(property),
                limits: self.limits.get_untracked(),
            },
        );
    }

    fn is_busy(self) -> bool {
        matches!(self.jobs.phase.get(), Phase::Running | Phase::Restarting)
    }

    fn hunted(self) -> Option<Box<Hunted>> {
        let figures = self.jobs.figures.get()?;
        figures.hunted.clone()
    }

    /// Opens the run that was found.
    fn watch(self, run: &str) {
        self.deck.open_link(run);
        self.deck.said.set(
            "The run that breaks the promise is in the player; play it, or go on step by step."
                .to_owned(),
        );
        let id = format!("lab-{}", self.deck.lab.id);
        request_animation_frame(move || browser::scroll_to_id(&id));
    }
}

/// One limit: its name in the page's markup, its label, and where it stands.
type Limit = (&'static str, &'static str, fn(&mut Limits) -> &mut u8);

const LIMITS: [Limit; 4] = [
    ("drops", "Lost messages", |limits| &mut limits.drops),
    ("duplicates", "Messages that arrive twice", |limits| {
        &mut limits.duplicates
    }),
    ("crashes", "Crashes", |limits| &mut limits.crashes),
    ("requests", "Requests", |limits| &mut limits.requests),
];

#[component]
fn Choices(hunt: Hunt) -> impl IntoView {
    let promises = (hunt.deck.lab.engine.properties)()
        .into_iter()
        .map(|promise| view! { <option value=promise.id>{promise.name}</option> })
        .collect_view();
    let limits = LIMITS
        .into_iter()
        .map(|limit| view! { <LimitMenu hunt limit /> })
        .collect_view();
    view! {
        <div class="many-runs-choices">
            <label>
                "Promise "
                <select data-set="promise" on:change=move |event| hunt.property.set(event_target_value(&event))>
                    <option value="">"any of them"</option>
                    {promises}
                </select>
            </label>
            {limits}
            <button type="button" data-do="search" on:click=move |_| hunt.start()>"Search"</button>
            <button
                type="button"
                data-do="cancel-search"
                disabled=move || !hunt.is_busy()
                on:click=move |_| hunt.jobs.cancel()
            >
                "Cancel"
            </button>
        </div>
    }
}

/// How many times something may go wrong.
#[component]
fn LimitMenu(hunt: Hunt, limit: Limit) -> impl IntoView {
    let (name, label, place) = limit;
    let chosen = move || hunt.limits.with(|limits| *place(&mut limits.clone()));
    let items = (0..=*place(&mut { Limits::MOST }))
        .map(|count| {
            let is_chosen = move || chosen() == count;
            view! {
                <option selected=untrack(is_chosen) prop:selected=is_chosen>{count.to_string()}</option>
            }
        })
        .collect_view();
    let change = move |event: leptos::ev::Event| {
        if let Ok(count) = event_target_value(&event).trim().parse() {
            hunt.limits.update(|limits| *place(limits) = count);
        }
    };
    view! {
        <label>
            {label} " up to "
            <select data-set=name on:change=change>{items}</select>
        </label>
    }
}

/// How the search stands, and the way to what it found.
#[component]
fn State(hunt: Hunt) -> impl IntoView {
    let counted = move || {
        hunt.hunted()
            .map(|hunted| format!("{} states, {} steps deep", hunted.states, hunted.depth))
    };
    let words = move || match hunt.jobs.phase.get() {
        Phase::Idle => "Nothing has been searched yet.".to_owned(),
        Phase::Running | Phase::Restarting => "Searching …".to_owned(),
        Phase::Cancelled => "Cancelled; nothing was found so far.".to_owned(),
        Phase::Failed(why) => why,
        Phase::Finished => {
            let steps = hunt.limits.with(|limits| limits.depth);
            hunt.hunted()
                .map_or_else(String::new, |hunted| in_words(*hunted, steps))
        }
    };
    let found = Memo::new(move |_| match hunt.hunted()?.outcome {
        Outcome::Broken { run, .. } if hunt.jobs.phase.get() == Phase::Finished => Some(run),
        _ => None,
    });
    let watch = move || {
        found.get().map(|run| {
            view! {
                <button type="button" data-do="watch" on:click=move |_| hunt.watch(&run)>
                    "Watch it happen"
                </button>
            }
        })
    };
    view! {
        <div class="many-runs-state">
            <span class="many-runs-count">{counted}</span>
            <span role="status" data-hunt=move || outcome(hunt)>{words}</span>
            {watch}
        </div>
        <p class="many-runs-note" role="status">{move || hunt.jobs.notice.get()}</p>
    }
}

/// One word for tests and style.
fn outcome(hunt: Hunt) -> &'static str {
    match hunt.jobs.phase.get() {
        Phase::Idle => "idle",
        Phase::Running | Phase::Restarting => "searching",
        Phase::Cancelled => "cancelled",
        Phase::Failed(_) => "failed",
        Phase::Finished => match hunt.hunted().map(|hunted| hunted.outcome) {
            Some(Outcome::Broken { .. }) => "broken",
            Some(Outcome::GaveUp) => "gave-up",
            _ => "holds",
        },
    }
}

fn in_words(hunted: Hunted, most: usize) -> String {
    match hunted.outcome {
        Outcome::Broken {
            sentence, steps, ..
        } => format!("Broken in {steps} steps, and no fewer do it: {sentence}."),
        Outcome::GaveUp => "No promise is broken in all the states that were looked at, but there are more than may be looked at here.".to_owned(),
        Outcome::Holds | Outcome::Searching => {
            format!("No promise can be broken: every state within these limits and {most} steps was looked at.")
        }
    }
}
