//! A whole run, with any moment of it at hand.

use std::fmt::Write as _;

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
    checkpoints: Vec<Tape<W>>,
    last: Tape<W>,
    end: Micros,
    verdicts: Vec<Verdict>,
    cut_short: bool,
}

impl<W: World> History<W> {
    /// No run goes on for longer than this many events.
    pub const MOST_EVENTS: usize = 20_000;
    /// A checkpoint is kept every so many events.
    const STRIDE: usize = 128;

    /// Plays a run from its beginning until nothing but routine is left.
    pub fn of(run: &Run) -> Self {
        let actions = run.actions.clone();
        let mut tape = Tape {
            world: W::start(&run.config, run.seed),
            done: 0,
            last: None,
        };
        let mut checkpoints = vec![tape.clone()];
        let mut entries = Vec::new();
        let mut verdicts = Self::unbroken();
        let mut cut_short = false;
        while let Some(entry) = tape.advance(&actions) {
            judge(&mut verdicts, &tape.world, entry.at);
            entries.push(entry);
            if entries.len() % Self::STRIDE == 0 {
                checkpoints.push(tape.clone());
            }
            if entries.len() >= Self::MOST_EVENTS {
                cut_short = true;
                break;
            }
        }
        let last_at = tape.last.unwrap_or_default();
        let end = if cut_short {
            last_at
        } else {
            last_at.max(tape.world.horizon())
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
        self.checkpoints
            .first()
            .map_or(&self.last.world, |tape| &tape.world)
    }

    /// The world at the end of the run.
    pub fn last(&self) -> &W {
        &self.last.world
    }

    /// The world after everything that happened at or before `at`.
    pub fn world_at(&self, at: Micros) -> W {
        let wanted = self.count_until(at);
        if wanted == self.entries.len() {
            return self.last.world.clone();
        }
        let nearest = self
            .checkpoints
            .get(wanted / Self::STRIDE)
            .or(self.checkpoints.first())
            .unwrap_or(&self.last);
        let mut tape = nearest.clone();
        for _ in wanted / Self::STRIDE * Self::STRIDE..wanted {
            tape.advance(&self.actions);
        }
        tape.world
    }

    /// Where the run ends; not before its last event.
    pub fn end(&self) -> Micros {
        self.end
    }

    /// Whether the run was stopped at [`History::MOST_EVENTS`].
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
            line(&mut text, entry.at, &W::sentence(&entry.event));
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
    /// When the last event was.
    last: Option<Micros>,
}

impl<W: World> Tape<W> {
    /// Lets the next thing happen, the world's or the reader's; nothing when the run is over.
    fn advance(&mut self, actions: &[Action]) -> Option<Entry<W::Event>> {
        let planned = self.world.next_at();
        let action = actions.get(self.done).map(|action| Action {
            at: self.free_from(action.at),
            ..*action
        });
        let (at, event) = match (planned, action) {
            (Some(at), Some(action)) if at <= action.at => (at, self.world.step()?),
            (_, Some(action)) => {
                self.done += 1;
                (action.at, self.world.act(&action))
            }
            (Some(at), None) if at <= self.world.horizon() => (at, self.world.step()?),
            (_, None) => return None,
        };
        self.last = Some(at);
        Some(Entry { at, event })
    }

    /// The first microsecond at or after `at` that has not passed.
    fn free_from(&self, at: Micros) -> Micros {
        self.last.map_or(at, |last| at.max(last.next()))
    }
}
