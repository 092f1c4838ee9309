//! A run on the page: what is played, where the reader looks, and everything that moves it.
//!
//! [`Player`] knows the world; [`Deck`] is the same without the world's type, so that all that
//! stands around a lab's picture is compiled once for all labs.

use std::sync::Arc;

use leptos::prelude::*;

use super::done;
use super::shared::Shared;
pub use super::speed::Speed;
use crate::sim::{
    Action, ActionKind, Decoded, Difference, History, Lab, Micros, On, Run, Told, Verdict, World,
    first_difference, link,
};

/// A lab's run with its world.
#[derive(Debug)]
pub struct Player<W: World> {
    /// Everything that can be done without knowing the world.
    pub deck: Deck,
    /// The run from beginning to end.
    pub history: Memo<Shared<History<W>>>,
}

impl<W: World> Clone for Player<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W: World> Copy for Player<W> {}

impl<W: World> Player<W> {
    /// Opens the lab with a run, as it stands in a chapter: `scenario=fast-clock`.
    #[must_use]
    pub fn open(run: &str) -> Self {
        if let Some(Twin(deck)) = use_context::<Twin>() {
            return Self::of_twin(deck);
        }
        let run = link::decode(W::lab(), run).run;
        let plan = RwSignal::new(run.clone());
        let history = Memo::new(move |_| Shared::new(plan.with(History::<W>::of)));
        let tape = Memo::new(move |_| Shared::new(Tape::of(history.get().arc())));
        Self {
            deck: Deck {
                lab: W::lab(),
                cursor: RwSignal::new(run.cursor),
                opened: RwSignal::new(run),
                plan,
                own: RwSignal::new(Vec::new()),
                tape,
                playing: RwSignal::new(false),
                speed: RwSignal::new(Speed::default()),
                notices: RwSignal::new(Vec::new()),
                note: RwSignal::new(String::new()),
                said: RwSignal::new(String::new()),
                picked: RwSignal::new(On::World),
                is_twin: false,
            },
            history,
        }
    }

    /// The second run of a comparison, whose history is there already.
    fn of_twin(deck: Deck) -> Self {
        let history = Memo::new(move |_| {
            let told = deck.tape.with(|tape| Arc::clone(&tape.told));
            match told.into_any().downcast::<History<W>>() {
                Ok(history) => Shared::from(history),
                Err(_) => Shared::new(deck.plan.with(History::<W>::of)),
            }
        });
        Self { deck, history }
    }

    /// The world at the moment that the reader looks at.
    pub fn world(&self) -> W {
        self.history.get().world_at(self.deck.at())
    }
}

/// What a run's history says to those who do not know its world.
#[derive(Clone, Debug)]
pub struct Tape {
    told: Arc<dyn Told>,
    /// Where the run ends.
    pub end: Micros,
    /// What became of the world's promises.
    pub verdicts: Vec<Verdict>,
}

impl Tape {
    fn of(told: Arc<dyn Told>) -> Self {
        Self {
            end: told.end(),
            verdicts: told.verdicts().to_vec(),
            told,
        }
    }

    /// Where this run and another part.
    #[must_use]
    pub fn differs_from(&self, other: &Self) -> Option<Difference> {
        first_difference(self.told.as_ref(), other.told.as_ref())
    }

    /// The messages on their way at a moment, by number, in words.
    #[must_use]
    pub fn messages_at(&self, at: Micros) -> Vec<(u32, String)> {
        self.told.messages_at(at)
    }

    /// How many events there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.told.count()
    }

    /// When an event happened, by its place from 0.
    #[must_use]
    pub fn when(&self, place: usize) -> Option<Micros> {
        self.told.when(place)
    }

    /// An event's sentence, by its place from 0. Sentences are made when they are looked at: a run
    /// has many more than a page shows.
    #[must_use]
    pub fn sentence(&self, place: usize) -> Option<String> {
        self.told.sentence(place)
    }

    /// How many events happened at or before a moment.
    #[must_use]
    pub fn count_until(&self, at: Micros) -> usize {
        self.told.count_until(at)
    }

    /// Whether the run was stopped because it has too many events.
    #[must_use]
    pub fn cut_short(&self) -> bool {
        self.told.cut_short()
    }
}

/// Something that the reader did, so that it can be taken back.
#[derive(Clone, Debug)]
enum Done {
    /// An action was added.
    Acted(Action),
    /// The run was edited: what it was before, and what it was then.
    Edited(Box<(Run, Run)>),
}

impl Done {
    /// Whether it is that action.
    fn is(&self, action: &Action) -> bool {
        matches!(self, Self::Acted(own) if own == action)
    }

    /// Whether there is anything of it to be taken back from the run.
    fn still_in(&self, run: &Run) -> bool {
        match self {
            Self::Acted(action) => run.actions.contains(action),
            Self::Edited(_) => true,
        }
    }
}

/// A run on the page, whatever its world.
#[derive(Clone, Copy, Debug)]
pub struct Deck {
    /// The lab.
    pub lab: &'static Lab,
    /// The run that a reset goes back to.
    opened: RwSignal<Run>,
    /// Seed, configuration and actions of the run; its own cursor is not used.
    plan: RwSignal<Run>,
    /// What the reader has done since the run was opened, in the order of doing.
    own: RwSignal<Vec<Done>>,
    /// Where the reader looks; apart from the plan, because it moves with every frame.
    cursor: RwSignal<Micros>,
    /// What the history says.
    pub tape: Memo<Shared<Tape>>,
    /// Whether it plays.
    pub playing: RwSignal<bool>,
    /// How fast.
    pub speed: RwSignal<Speed>,
    /// What was odd about the link that was opened.
    pub notices: RwSignal<Vec<String>>,
    /// What somebody wrote to the run, in the link that was opened or here; plain text.
    pub note: RwSignal<String>,
    /// What the live region says.
    pub said: RwSignal<String>,
    /// What the reader has picked in the picture, for the next action to be done to.
    pub picked: RwSignal<On>,
    /// Whether it is the second run of a comparison.
    is_twin: bool,
}

/// As a context: views that are made here show the second run of a comparison, this one.
#[derive(Clone, Copy, Debug)]
pub struct Twin(pub Deck);

impl Deck {
    /// A second run beside this one, with the same cursor and player: what `change` makes of this
    /// run's seed, settings and actions, whenever they change.
    #[must_use]
    pub fn beside(&self, change: impl Fn(&Run) -> Run + Send + Sync + 'static) -> Self {
        let first = *self;
        let plan = RwSignal::new(first.plan.with_untracked(&change));
        let wanted = Memo::new(move |_| first.plan.with(&change));
        Effect::new(move |_| plan.set(wanted.get()));
        let tape = Memo::new(move |_| {
            Shared::new(Tape::of(plan.with(|run| (first.lab.engine.told)(run))))
        });
        Self {
            opened: RwSignal::new(plan.get_untracked()),
            plan,
            own: RwSignal::new(Vec::new()),
            tape,
            notices: RwSignal::new(Vec::new()),
            note: RwSignal::new(String::new()),
            said: RwSignal::new(String::new()),
            picked: RwSignal::new(On::World),
            is_twin: true,
            ..first
        }
    }

    /// The id of an element of this lab; one lab stands once in a page, so its name makes it unique.
    #[must_use]
    pub fn id(&self, name: &str) -> String {
        let twin = if self.is_twin { "-other" } else { "" };
        format!("{}{twin}-{name}", self.lab.id)
    }

    /// The moment that the reader looks at.
    #[must_use]
    pub fn at(&self) -> Micros {
        self.cursor.get().min(self.tape.with(|tape| tape.end))
    }

    /// The same, without following it.
    #[must_use]
    pub fn at_untracked(&self) -> Micros {
        untrack(|| self.at())
    }

    /// How many events have happened.
    #[must_use]
    pub fn count(&self) -> usize {
        let at = self.at();
        self.tape.with(|tape| tape.count_until(at))
    }

    /// The run as a value.
    #[must_use]
    pub fn run(&self) -> Run {
        Run {
            cursor: self.cursor.get(),
            ..self.plan.get()
        }
    }

    /// The same, wherever the reader looks: it does not change while the run plays.
    #[must_use]
    pub fn plan(&self) -> Run {
        self.plan.get()
    }

    /// The run as a value, looked at from its end: it stays the same while the run plays.
    #[must_use]
    pub fn whole_run(&self) -> Run {
        Run {
            cursor: Micros::END,
            ..self.plan.get()
        }
    }

    /// The same, without following it.
    #[must_use]
    pub fn whole_run_untracked(&self) -> Run {
        untrack(|| self.whole_run())
    }

    /// The value of a parameter.
    #[must_use]
    pub fn value(&self, parameter: &str) -> i64 {
        self.plan.with(|plan| plan.config.get(parameter))
    }

    /// The scenario that the run is, if it is one.
    #[must_use]
    pub fn scenario(&self) -> Option<&'static str> {
        self.plan.with(Run::scenario_id)
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> u16 {
        self.plan.with(|plan| (self.lab.nodes)(&plan.config))
    }

    /// What a node is called.
    #[must_use]
    pub fn node_name(&self, node: u16) -> String {
        self.plan
            .with(|plan| (self.lab.node_name)(&plan.config, node))
    }

    /// What something is done to, in words: `n2`, `n1 to n3`, `m7`.
    #[must_use]
    pub fn on_in_words(&self, on: On) -> String {
        self.plan.with(|plan| done::on_in_words(plan, on))
    }

    /// What is done in the run, by the reader or by its script, in the order of time.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        self.plan.with(|plan| plan.actions.clone())
    }

    /// Whether the reader has done something that can be taken back.
    #[must_use]
    pub fn has_acted(&self) -> bool {
        self.own.with(|own| !own.is_empty())
    }

    /// Opens what a link says, and keeps what was odd about it.
    pub fn open_link(&self, text: &str) {
        self.open(link::decode(self.lab, text));
    }

    /// Opens what a link or a file said, and keeps what was odd about it.
    pub fn open(&self, decoded: Decoded) {
        self.notices
            .set(decoded.notices.iter().map(ToString::to_string).collect());
        self.note.set(decoded.note);
        self.load(decoded.run);
    }

    /// Opens a named run.
    pub fn open_scenario(&self, id: &str) {
        if let Some(run) = Run::scenario(self.lab, id) {
            self.notices.set(Vec::new());
            self.note.set(String::new());
            self.load(run);
        }
    }

    /// The run that was opened last, to which a reset goes back.
    #[must_use]
    pub fn opened(&self) -> Run {
        self.opened.get()
    }

    /// Opens a run, to which a reset goes back from now on.
    pub fn load(&self, run: Run) {
        self.playing.set(false);
        self.cursor.set(run.cursor);
        self.opened.set(run.clone());
        self.own.set(Vec::new());
        self.plan.set(run);
    }

    /// Goes back to the run that was opened.
    pub fn reset(&self) {
        self.load(self.opened.get_untracked());
        self.say("The run is as it was opened.");
    }

    /// Sets a parameter; what the reader did stays.
    pub fn set(&self, parameter: &str, value: i64) {
        self.plan.update(|plan| *plan = plan.with(parameter, value));
        // Nodes may be gone, and with them what was done to them.
        self.plan.with_untracked(|plan| {
            self.own
                .update(|own| own.retain(|done| done.still_in(plan)));
        });
    }

    /// Starts the random numbers elsewhere.
    pub fn reseed(&self, seed: u64) {
        self.plan.update(|plan| plan.seed = seed);
    }

    /// What the random numbers start from.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.plan.with(|plan| plan.seed)
    }

    /// Lets the reader do something at the next free moment, and goes there.
    pub fn act(&self, kind: &'static ActionKind, on: On, amount: i64) {
        let now = self.at_untracked();
        let at = now.next();
        let action = Action {
            at,
            kind: kind.id,
            on,
            amount,
        };
        let mut added = false;
        self.plan.update(|plan| added = plan.act(action));
        if added {
            self.own.update(|own| own.push(Done::Acted(action)));
            self.go_to(at);
            self.say_current();
        } else {
            self.say("This run has as many actions as a run may have; reset it, or take one back.");
        }
    }

    /// Puts another run in the place of this one, which the reader made of it; can be taken back.
    /// `goes_on` says that it goes on with the edit before (a drag) and is taken back with it. Where
    /// the reader looks stays.
    pub fn edit(&self, run: Run, goes_on: bool) {
        let before = self.plan.get_untracked();
        self.own.update(|own| match own.last_mut() {
            Some(Done::Edited(edit)) if goes_on => edit.1 = run.clone(),
            _ => own.push(Done::Edited(Box::new((before, run.clone())))),
        });
        self.plan.set(run);
    }

    /// Takes back the last thing that the reader did.
    pub fn take_back(&self) {
        let Some(last) = self.own.try_update(Vec::pop).flatten() else {
            return;
        };
        self.plan.update(|plan| match last {
            Done::Acted(last) => {
                if let Some(place) = plan.actions.iter().rposition(|action| *action == last) {
                    plan.actions.remove(place);
                }
            }
            Done::Edited(edit) => undo(plan, &edit.0, &edit.1),
        });
        self.say("Your last action is taken back.");
    }

    /// Takes back one action of the run, whoever did it.
    pub fn take_back_one(&self, action: &Action) {
        self.own.update(|own| {
            if let Some(place) = own.iter().rposition(|done| done.is(action)) {
                own.remove(place);
            }
        });
        self.plan.update(|plan| {
            if let Some(place) = plan.actions.iter().rposition(|other| other == action) {
                plan.actions.remove(place);
            }
        });
        self.say("That action is taken back.");
    }

    /// Looks at a moment.
    pub fn go_to(&self, at: Micros) {
        self.cursor.set(at);
    }

    /// Looks at the beginning.
    pub fn to_start(&self) {
        self.playing.set(false);
        self.go_to(Micros::ZERO);
        self.say("The beginning of the run.");
    }

    /// Looks at the end, wherever it is.
    pub fn to_end(&self) {
        self.playing.set(false);
        self.go_to(Micros::END);
        self.say_current();
    }

    /// Goes to the next event; false if there is none.
    pub fn step(&self) -> bool {
        let now = self.at_untracked();
        let next = self
            .tape
            .with_untracked(|tape| tape.when(tape.count_until(now)));
        match next {
            Some(at) => {
                self.go_to(at);
                self.say_current();
                true
            }
            None => {
                self.go_to(Micros::END);
                false
            }
        }
    }

    /// Goes to the event before.
    pub fn back(&self) {
        let now = self.at_untracked();
        let before = self.tape.with_untracked(|tape| {
            let before = match now.0.checked_sub(1) {
                Some(before) => tape.count_until(Micros(before)),
                None => 0,
            };
            tape.when(before.checked_sub(1)?)
        });
        self.playing.set(false);
        match before {
            Some(at) => {
                self.go_to(at);
                self.say_current();
            }
            None => self.to_start(),
        }
    }

    /// Plays, from the beginning if the end is shown; or pauses.
    pub fn toggle(&self) {
        if self.playing.get_untracked() {
            self.playing.set(false);
            self.say_current();
            return;
        }
        let end = self.tape.with_untracked(|tape| tape.end);
        if self.at_untracked() >= end {
            self.go_to(Micros::ZERO);
        }
        self.playing.set(true);
    }

    /// Says aloud what has just happened.
    fn say_current(&self) {
        let now = self.at_untracked();
        let sentence = self.tape.with_untracked(|tape| {
            let last = tape.count_until(now).checked_sub(1)?;
            Some(format!("{}: {}", tape.when(last)?, tape.sentence(last)?))
        });
        self.said.set(sentence.unwrap_or_default());
    }

    /// Says something aloud.
    pub fn say(&self, sentence: &str) {
        self.said.set(sentence.to_owned());
    }
}

/// Takes an edit back: the actions, and the parameters that it has set. What the reader has set
/// since stays.
fn undo(plan: &mut Run, before: &Run, after: &Run) {
    let mut run = plan.clone();
    let values = before.config.iter().zip(after.config.iter());
    for ((parameter, was), (_, became)) in values.filter(|((_, was), (_, became))| was != became) {
        if run.config.get(parameter.id) == became {
            run = run.with(parameter.id, was);
        }
    }
    run.actions.clone_from(&before.actions);
    let nodes = (run.lab.nodes)(&run.config);
    run.actions.retain(|action| action.on.is_within(nodes));
    *plan = run;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::clock_skew::LAB;

    #[test]
    fn an_edit_is_taken_back_and_what_was_set_since_stays() {
        let before = Run::of(&LAB);
        let mut after = before.with("writes", 9);
        after.actions.clear();
        let mut now = after.with("delay", 7_000);
        undo(&mut now, &before, &after);
        assert_eq!(now, before.with("delay", 7_000));
    }

    #[test]
    fn an_edit_taken_back_on_fewer_nodes_leaves_out_what_is_gone() {
        let mut before = Run::of(&LAB).with("machines", 3);
        before.act(Action::on_node(150, "write", 3));
        let mut now = before.with("machines", 2);
        undo(&mut now, &before, &before);
        assert_eq!(now.actions.len(), before.actions.len() - 1);
    }
}
