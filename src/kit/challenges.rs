//! Challenges: something to bring about in a run of the reader's own, judged by the engine.

use leptos::prelude::*;

use super::deck::Deck;
use super::fold::Fold;
use super::study;
use crate::sim::Challenge;

/// The lab's challenges, folded; nothing for a lab that has none.
#[component]
pub fn Challenges(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let all = deck.lab.challenges;
    let first = all.first()?;
    let tries = Tries::of(deck, first);
    let met = move || tries.met.with(Vec::len);
    let summary = move || format!("Challenges: {} of {} met", met(), all.len());
    Some(view! {
        <Fold class="lab-fold lab-tasks lab-challenges needs-program" summary=move || summary>
            <ChallengeTask tries />
        </Fold>
    })
}

/// The chosen challenge, and the menu to choose another.
#[component]
fn ChallengeTask(tries: Tries) -> impl IntoView {
    let all = tries.deck.lab.challenges.iter();
    let items = all
        .map(|challenge| view! { <ChallengeItem tries challenge /> })
        .collect_view();
    view! {
        <label>
            "Challenge "
            <select data-set="challenge" on:change=move |event| tries.choose(&event_target_value(&event))>
                {items}
            </select>
        </label>
        <p class="task">{move || tries.chosen.get().0.task}</p>
        <div class="lab-tools">
            <button type="button" data-do="challenge-start" on:click=move |_| tries.start()>"Start from here"</button>
            <button
                type="button"
                data-do="challenge-hint"
                aria-expanded=move || tries.hinted.get().to_string()
                on:click=move |_| tries.hinted.update(|hinted| *hinted = !*hinted)
            >
                "Hint"
            </button>
            <button type="button" data-do="challenge-solution" on:click=move |_| tries.give_up()>"I give up: show a solution"</button>
        </div>
        <p class="task-hint" hidden=move || !tries.hinted.get()>{move || tries.chosen.get().0.hint}</p>
        <p class="task-verdict" role="status" data-state=move || tries.state()>{move || tries.in_words()}</p>
    }
}

#[component]
fn ChallengeItem(tries: Tries, challenge: &'static Challenge) -> impl IntoView {
    let is_chosen = move || tries.chosen.get() == Task(challenge);
    let name = move || {
        let done = if tries.is_met(challenge) {
            "✓ met: "
        } else {
            ""
        };
        format!("{done}{}", challenge.name)
    };
    view! {
        <option value=challenge.id selected=untrack(is_chosen) prop:selected=is_chosen>
            {name}
        </option>
    }
}

/// A challenge, the same as another if it has the same name.
#[derive(Clone, Copy, Debug)]
struct Task(&'static Challenge);

impl PartialEq for Task {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

/// How far the reader has come with one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Not begun: the run on the page may be any.
    Looking,
    /// Begun: the run is judged whenever it changes.
    Trying,
    /// The solution was shown.
    Shown,
}

/// The reader's tries. What was met is kept, all else only as long as the page is.
#[derive(Clone, Copy, Debug)]
struct Tries {
    deck: Deck,
    chosen: RwSignal<Task>,
    stage: RwSignal<Stage>,
    hinted: RwSignal<bool>,
    /// The names of those that were met without looking at the solution, now or before.
    met: RwSignal<Vec<&'static str>>,
    /// What the engine says of the run as it is; nothing unless a try is on.
    verdict: Memo<Option<Result<(), String>>>,
}

impl Tries {
    fn of(deck: Deck, first: &'static Challenge) -> Self {
        let chosen = RwSignal::new(Task(first));
        let stage = RwSignal::new(Stage::Looking);
        let met = RwSignal::new(Vec::new());
        let verdict = Memo::new(move |_| {
            (stage.get() == Stage::Trying)
                .then(|| (deck.lab.engine.judge)(&deck.plan(), chosen.get().0))
        });
        Effect::new(move |_| {
            study::open();
            let all = deck.lab.challenges.iter().map(|challenge| challenge.id);
            let is_kept = |id: &&str| study::with(|kept| kept.is_met(deck.lab.id, id));
            met.set(all.filter(is_kept).collect());
        });
        Effect::new(move |_| {
            if verdict.get() == Some(Ok(())) {
                let id = chosen.get_untracked().0.id;
                study::change(|kept, now| kept.meet(deck.lab.id, id, now));
            }
        });
        Self {
            deck,
            chosen,
            stage,
            hinted: RwSignal::new(false),
            met,
            verdict,
        }
    }

    fn choose(&self, id: &str) {
        let found = self.deck.lab.challenges.iter().find(|task| task.id == id);
        if let Some(challenge) = found {
            self.stage.set(Stage::Looking);
            self.hinted.set(false);
            self.chosen.set(Task(challenge));
        }
    }

    fn start(&self) {
        self.deck.open_link(self.chosen.get_untracked().0.from);
        self.stage.set(Stage::Trying);
    }

    fn give_up(&self) {
        self.stage.set(Stage::Shown);
        self.deck.open_link(self.chosen.get_untracked().0.solution);
    }

    fn is_met(&self, challenge: &Challenge) -> bool {
        self.met.with(|met| met.contains(&challenge.id))
    }

    /// For the style sheet: `looking`, `missing`, `met` or `shown`.
    fn state(&self) -> &'static str {
        match (self.stage.get(), self.verdict.get()) {
            (Stage::Shown, _) => "shown",
            (_, Some(Ok(()))) => "met",
            (_, Some(Err(_))) => "missing",
            (_, None) => "looking",
        }
    }

    fn in_words(&self) -> String {
        match (self.stage.get(), self.verdict.get()) {
            (Stage::Shown, _) => {
                "This run is one solution. To try it yourself, start again.".to_owned()
            }
            (_, Some(Ok(()))) => "Met: the engine ran it, and so it came about.".to_owned(),
            (_, Some(Err(missing))) => format!("Not yet. {missing}"),
            (_, None) => String::new(),
        }
    }
}
