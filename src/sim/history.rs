//! A whole run, with any moment of it at hand.

use std::any::Any;
use std::fmt::{Debug, Write as _};
use std::sync::Arc;

use serde::Serialize;

use super::action::Action;
use super::run::Run;
use super::time::Micros;
use super::world::{Broken, World};

/// An event and when it happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry<E> {
    /// The event's own microsecond.
    pub at: Micros,
    /// What happened.
    pub event: E,
}

/// What became of one of the world's promises.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The property's id.
    pub id: &'static str,
    /// The property's name.
    pub name: &'static str,
    /// What was promised.
    pub promise: &'static str,
    /// The first moment at which it was broken, and how; nothing if it held to the end.
    pub broken: Option<(Micros, Broken)>,
}

impl Verdict {
    /// How it was broken, if that was at or before `at`.
    pub fn broken_by(&self, at: Micros) -> Option<&Broken> {
        self.broken
            .as_ref()
            .filter(|(when, _)| *when <= at)
            .map(|(_, broken)| broken)
    }
}

/// A run from its beginning to its end: what happened, and the world at any moment.
#[derive(Clone, Debug)]
pub struct History<W: World> {
    actions: Vec<Action>,
    entries: Vec<Entry<W::Event>>,
    checkpoints: Checkpoints<W>,
    last: Tape<W>,
    end: Micros,
    verdicts: Vec<Verdict>,
    cut_short: bool,
}

impl<W: World> History<W> {
    /// No run on a page goes on for longer than this many steps.
    pub const MOST_EVENTS: usize = 100_000;

    /// Plays a run from its beginning until nothing but routine is left.
    pub fn of(run: &Run) -> Self {
        Self::up_to(run, Self::MOST_EVENTS)
    }

    /// The same, stopped after `most` steps at the latest.
    pub fn up_to(run: &Run, most: usize) -> Self {
        let actions = run.actions.clone();
        let mut tape = Tape::<W>::start(run);
        let mut checkpoints = Checkpoints::new(&tape);
        let mut entries = Vec::new();
        let mut verdicts = Self::unbroken();
        let mut cut_short = false;
        while let Some(due) = tape.due(&actions) {
            if tape.steps >= most {
                cut_short = true;
                break;
            }
            if let Some(entry) = tape.play(due) {
                judge(&mut verdicts, &tape.world, entry.at);
                entries.push(entry);
            }
            checkpoints.offer(&tape);
        }
        let last_at = entries.last().map(|entry| entry.at).unwrap_or_default();
        let end = if cut_short {
            last_at
        } else {
            last_at.max(tape.horizon())
        };
        Self {
            actions,
            entries,
            checkpoints,
            last: tape,
            end,
            verdicts,
            cut_short,
        }
    }

    fn unbroken() -> Vec<Verdict> {
        let fresh = |property: &super::world::Property<W>| Verdict {
            id: property.id,
            name: property.name,
            promise: property.promise,
            broken: None,
        };
        W::properties().iter().map(fresh).collect()
    }

    /// Everything that happened, in order.
    pub fn entries(&self) -> &[Entry<W::Event>] {
        &self.entries
    }

    /// The world at the beginning of the run.
    pub fn start(&self) -> &W {
        &self.checkpoints.first.world
    }

    /// The world at the end of the run.
    pub fn last(&self) -> &W {
        &self.last.world
    }

    /// The world after everything that happened at or before `at`.
    pub fn world_at(&self, at: Micros) -> W {
        if at >= self.end {
            return self.last.world.clone();
        }
        let mut tape = self.checkpoints.before(at).clone();
        while let Some(due) = tape.due(&self.actions).filter(|due| due.at() <= at) {
            tape.play(due);
        }
        tape.world
    }

    /// Where the run ends; not before its last event.
    pub fn end(&self) -> Micros {
        self.end
    }

    /// Whether the run was stopped because it had too many steps.
    pub fn cut_short(&self) -> bool {
        self.cut_short
    }

    /// The first event's moment after `at`.
    pub fn next_after(&self, at: Micros) -> Option<Micros> {
        self.entries.get(self.count_until(at)).map(|entry| entry.at)
    }

    /// The last event's moment before `at`.
    pub fn previous_before(&self, at: Micros) -> Option<Micros> {
        let before = self.entries.partition_point(|entry| entry.at < at);
        self.entries
            .get(before.checked_sub(1)?)
            .map(|entry| entry.at)
    }

    /// How many events happened at or before `at`.
    pub fn count_until(&self, at: Micros) -> usize {
        self.entries.partition_point(|entry| entry.at <= at)
    }

    /// What became of each of the world's promises.
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// The run as text: one line for each event, and one under it for each promise that it broke.
    pub fn transcript(&self) -> String {
        let mut text = String::new();
        for entry in &self.entries {
            line(&mut text, entry.at, &self.start().sentence(&entry.event));
            for verdict in &self.verdicts {
                if let Some((_, broken)) = verdict.broken.as_ref().filter(|(at, _)| *at == entry.at)
                {
                    line(
                        &mut text,
                        entry.at,
                        &format!("broken ({}): {}", verdict.id, broken.sentence),
                    );
                }
            }
        }
        if self.cut_short {
            line(
                &mut text,
                self.end,
                "the run is stopped here: it has too many events to show",
            );
        }
        text
    }
}

/// A history for those who do not know its world.
pub trait Told: Debug + Send + Sync {
    /// How many events there are.
    fn count(&self) -> usize;
    /// When an event happened, by its place from 0.
    fn when(&self, place: usize) -> Option<Micros>;
    /// An event's sentence, by its place from 0.
    fn sentence(&self, place: usize) -> Option<String>;
    /// How many events happened at or before a moment.
    fn count_until(&self, at: Micros) -> usize;
    /// Whether the run was stopped because it had too many steps.
    fn cut_short(&self) -> bool;
    /// Where the run ends.
    fn end(&self) -> Micros;
    /// What became of the world's promises.
    fn verdicts(&self) -> &[Verdict];
    /// The messages on their way at a moment, see [`World::on_its_way`].
    fn messages_at(&self, at: Micros) -> Vec<(u32, String)>;
    /// The history itself, for those who know its world after all.
    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
}

impl<W: World> Told for History<W> {
    fn count(&self) -> usize {
        self.entries.len()
    }

    fn when(&self, place: usize) -> Option<Micros> {
        self.entries.get(place).map(|entry| entry.at)
    }

    fn sentence(&self, place: usize) -> Option<String> {
        let entry = self.entries.get(place)?;
        Some(self.start().sentence(&entry.event))
    }

    fn count_until(&self, at: Micros) -> usize {
        Self::count_until(self, at)
    }

    fn cut_short(&self) -> bool {
        self.cut_short
    }

    fn end(&self) -> Micros {
        self.end
    }

    fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    fn messages_at(&self, at: Micros) -> Vec<(u32, String)> {
        self.world_at(at).on_its_way()
    }

    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
}

/// A line of a transcript: the moment in milliseconds, then the sentence.
fn line(text: &mut String, at: Micros, sentence: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{:>10}.{:03} ms  {sentence}",
        at.0 / 1_000,
        at.0 % 1_000
    );
}

/// Looks after every event whether the promises that were kept so far still are.
fn judge<W: World>(verdicts: &mut [Verdict], world: &W, at: Micros) {
    for (verdict, property) in verdicts.iter_mut().zip(W::properties()) {
        if verdict.broken.is_none() {
            verdict.broken = (property.check)(world).err().map(|broken| (at, broken));
        }
    }
}

/// A world in the middle of a run.
#[derive(Clone, Debug)]
struct Tape<W> {
    world: W,
    /// How many of the reader's actions have happened.
    done: usize,
    /// How many steps there were, with those that nothing came of.
    steps: usize,
}

/// What comes next in a run.
#[derive(Clone, Copy, Debug)]
enum Due {
    /// What the world has planned.
    Planned(Micros),
    /// What the reader does, at a microsecond of its own.
    Action(Action),
}

impl Due {
    fn at(self) -> Micros {
        match self {
            Self::Planned(at) => at,
            Self::Action(action) => action.at,
        }
    }
}

impl<W: World> Tape<W> {
    fn start(run: &Run) -> Self {
        Self {
            world: W::start(&run.config, run.seed),
            done: 0,
            steps: 0,
        }
    }

    /// How far the run goes without anything more being done.
    fn horizon(&self) -> Micros {
        self.world.shortest().max(self.world.queue().last_work())
    }

    /// What comes next, the world's or the reader's; nothing when the run is over.
    fn due(&self, actions: &[Action]) -> Option<Due> {
        let planned = self.world.queue().next_at();
        let action = actions.get(self.done).map(|action| Action {
            at: self.free_from(action.at),
            ..*action
        });
        match (planned, action) {
            (Some(at), Some(action)) if at <= action.at => Some(Due::Planned(at)),
            (_, Some(action)) => Some(Due::Action(action)),
            (Some(at), None) if at <= self.horizon() => Some(Due::Planned(at)),
            (_, None) => None,
        }
    }

    /// Lets it happen. Gives nothing when nothing came of it.
    fn play(&mut self, due: Due) -> Option<Entry<W::Event>> {
        self.steps += 1;
        let event = match due {
            Due::Planned(_) => {
                let (_, planned, duty) = self.world.queue_mut().pop()?;
                self.world.happen(planned, duty)
            }
            Due::Action(action) => {
                self.done += 1;
                self.world.queue_mut().pass(action.at);
                self.world.act(&action)
            }
        };
        event.map(|event| Entry {
            at: due.at(),
            event,
        })
    }

    /// The first microsecond at or after `at` that has not passed.
    fn free_from(&self, at: Micros) -> Micros {
        if self.steps == 0 {
            at
        } else {
            at.max(self.world.queue().now().next())
        }
    }
}

/// The world at some moments of a run, close enough to each other that any moment is near one.
#[derive(Clone, Debug)]
struct Checkpoints<W> {
    first: Tape<W>,
    kept: Vec<Tape<W>>,
    /// How many steps lie between two of them.
    stride: usize,
}

impl<W: World> Checkpoints<W> {
    /// How many steps lie between two checkpoints of a short run.
    const STRIDE: usize = 128;
    /// When a run has more checkpoints than this, every other one is given up: a long run does not
    /// take more memory for them, and costs a few more steps for each look.
    const MOST: usize = 1_024;

    fn new(first: &Tape<W>) -> Self {
        Self {
            first: first.clone(),
            kept: Vec::new(),
            stride: Self::STRIDE,
        }
    }

    fn offer(&mut self, tape: &Tape<W>) {
        if !tape.steps.is_multiple_of(self.stride) {
            return;
        }
        if self.kept.len() >= Self::MOST {
            self.stride *= 2;
            let stride = self.stride;
            self.kept.retain(|kept| kept.steps.is_multiple_of(stride));
            if !tape.steps.is_multiple_of(stride) {
                return;
            }
        }
        self.kept.push(tape.clone());
    }

    /// The last one at or before a moment.
    fn before(&self, at: Micros) -> &Tape<W> {
        let place = self
            .kept
            .partition_point(|tape| tape.world.queue().now() <= at);
        place
            .checked_sub(1)
            .and_then(|place| self.kept.get(place))
            .unwrap_or(&self.first)
    }
}
