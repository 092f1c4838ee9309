//! What the parts of the lab share: the run, what the reader has picked, and the names of a log.

use std::collections::BTreeMap;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::kit::deck::{Deck, Player};
use crate::kit::shared::Shared;
use crate::sim::logical_clocks::event::letter;
use crate::sim::logical_clocks::file::{Loaded, Names};
use crate::sim::logical_clocks::{Edited, LogicalClocks, Place, Shown, edit, report};
use crate::sim::{Micros, Run};

/// The lab on the page.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// The run.
    pub player: Player<LogicalClocks>,
    /// The world at the end of the run: all that is drawn.
    pub world: Memo<Shared<LogicalClocks>>,
    /// The two events that are compared.
    pub picked: RwSignal<[Option<Place>; 2]>,
    /// Whether the reader fills in the stamps; none are shown then.
    pub filling: RwSignal<bool>,
    /// What the reader has filled in, by the kind of stamp and the event.
    pub answers: RwSignal<BTreeMap<(&'static str, Place), String>>,
    /// Why the last edit was refused.
    pub refused: RwSignal<String>,
    /// What a log said that the run cannot hold, and the run that it belongs to.
    log: RwSignal<Option<(Run, Names)>>,
}

impl Desk {
    /// For the run on the page.
    pub fn of(player: Player<LogicalClocks>) -> Self {
        Self {
            player,
            world: Memo::new(move |_| Shared::new(player.history.get().last().clone())),
            picked: RwSignal::new([None, None]),
            filling: RwSignal::new(false),
            answers: RwSignal::new(BTreeMap::new()),
            refused: RwSignal::new(String::new()),
            log: RwSignal::new(None),
        }
    }

    /// The same without the world's type.
    pub fn deck(&self) -> Deck {
        self.player.deck
    }

    /// The run, without following it.
    pub fn run(&self) -> Run {
        untrack(|| self.deck().run())
    }

    /// The stamp that is shown.
    pub fn shown(&self) -> Shown {
        self.world.with(|world| world.shown())
    }

    /// The log's names and labels, as long as its run or an edit of it is open.
    pub fn names(&self) -> Names {
        let opened = self.deck().opened();
        self.log.with(|log| match log {
            Some((run, names)) if run.same_history(&opened) => names.clone(),
            _ => Names::default(),
        })
    }

    /// Whether there are names and labels of a log, which a link does not hold.
    pub fn has_names(&self) -> bool {
        !self.names().hosts.is_empty()
    }

    /// What the processes are called on the page.
    pub fn process_names(&self) -> Vec<String> {
        let names = self.names();
        self.world.with(|world| names.of(world))
    }

    /// The number of the event at a place.
    pub fn number(&self, place: Place) -> Option<usize> {
        self.world.with(|world| place.find(world.happenings()))
    }

    /// An event in words, with its label if it came from a log; nothing if there is none of that
    /// number.
    pub fn described(&self, number: usize) -> Option<String> {
        let names = self.names();
        self.world.with(|world| {
            let happening = world.happenings().get(number)?;
            let said = report::described(&names.of(world), number, happening);
            Some(match names.label(Place::of(happening)) {
                Some(label) => format!("{said}. {label}"),
                None => said,
            })
        })
    }

    /// Picks an event, or lets go of it. The first two are kept; a third takes the place of the
    /// second.
    pub fn pick(&self, place: Place) {
        // Those of a run that was open before are not there any more.
        let is_there = |place: &Place| untrack(|| self.number(*place)).is_some();
        self.picked.update(|picked| {
            *picked = picked.map(|place| place.filter(is_there));
            *picked = match *picked {
                [Some(one), other] if one == place => [other, None],
                [one, Some(other)] if other == place => [one, None],
                [None, None] => [Some(place), None],
                [None, one] | [one, _] => [one, Some(place)],
            };
        });
        if let Some(number) = untrack(|| self.number(place)) {
            let now = if untrack(|| self.is_picked(place)) {
                "picked"
            } else {
                "let go"
            };
            self.deck().say(&format!("{} is {now}.", letter(number)));
        }
    }

    /// Whether an event is one of the two.
    pub fn is_picked(&self, place: Place) -> bool {
        self.picked.with(|picked| picked.contains(&Some(place)))
    }

    /// Opens a log.
    pub fn open(&self, loaded: Loaded) {
        self.picked.set([None, None]);
        self.deck().notices.set(Vec::new());
        self.log.set(Some((loaded.run.clone(), loaded.names)));
        self.deck().load(loaded.run);
    }

    /// Puts an edited run in place of this one. `from` is where the event stood, if it was moved;
    /// `goes_on` that the edit goes on with the one before. True if anything changed.
    pub fn apply(
        &self,
        edited: Result<Edited, String>,
        from: Option<Place>,
        goes_on: bool,
    ) -> bool {
        match edited {
            Ok(edited) if edited.run != self.run() => {
                self.refused.set(String::new());
                self.relabel(from, edited.place);
                self.deck().playing.set(false);
                self.deck().edit(edited.run, goes_on);
                true
            }
            Ok(_) => false,
            Err(why) => {
                self.deck().say(&why);
                self.refused.set(why);
                false
            }
        }
    }

    /// Moves an event to a moment and keeps the focus on it.
    pub fn move_to(&self, place: Place, at: Micros) {
        let edited = edit::move_to(&self.run(), place, at);
        let now = edited.as_ref().map_or(place, |edited| edited.place);
        if self.apply(edited, Some(place), false) {
            focus(now);
            self.say_event(now);
        }
    }

    /// Adds an event.
    pub fn add_event(&self, process: usize, at: Micros) {
        let edited = edit::add_event(&self.run(), process, at);
        self.added(edited, false);
    }

    /// Adds a message, see [`edit::add_message`].
    pub fn add_message(&self, run: &Run, from: Place, to: usize, arrives: Micros, goes_on: bool) {
        self.added(edit::add_message(run, from, to, arrives), goes_on);
    }

    fn added(&self, edited: Result<Edited, String>, goes_on: bool) {
        let place = edited.as_ref().ok().map(|edited| edited.place);
        if self.apply(edited, None, goes_on)
            && let Some(place) = place
        {
            self.say_event(place);
        }
    }

    /// Takes an event out, with its messages.
    pub fn remove(&self, place: Place) {
        let number = untrack(|| self.number(place));
        match edit::remove(&self.run(), place) {
            Ok(run) => {
                self.refused.set(String::new());
                self.picked.update(|picked| {
                    picked
                        .iter_mut()
                        .filter(|one| **one == Some(place))
                        .for_each(|one| *one = None);
                    picked.sort_by_key(Option::is_none);
                });
                self.deck().edit(run, false);
                self.deck().say("The event is removed, with its messages.");
                // The one before it on the page is the next to be asked for.
                let before = number.and_then(|number| number.checked_sub(1));
                let there = self.world.with_untracked(|world| {
                    let all = world.happenings();
                    all.get(before.unwrap_or(0)).map(Place::of)
                });
                if let Some(there) = there {
                    focus(there);
                }
            }
            Err(why) => self.refused.set(why),
        }
    }

    /// Takes everything out.
    pub fn clear(&self) {
        let mut run = self.run().with("random", 0);
        run.actions.clear();
        self.picked.set([None, None]);
        self.refused.set(String::new());
        self.deck().edit(run, false);
        self.deck().say("The diagram is empty.");
    }

    /// What was picked, filled in and labelled goes with an event that was moved.
    fn relabel(&self, from: Option<Place>, to: Place) {
        let Some(from) = from else {
            // A new event is not the one that a label was for.
            self.log.update(|log| {
                if let Some((_, names)) = log {
                    names.labels.remove(&to);
                }
            });
            return;
        };
        if from == to {
            return;
        }
        self.picked.update(|picked| {
            let moved = picked.iter_mut().filter(|one| **one == Some(from));
            moved.for_each(|one| *one = Some(to));
        });
        self.answers.update(|answers| {
            for shown in Shown::ALL {
                if let Some(text) = answers.remove(&(shown.id(), from)) {
                    answers.insert((shown.id(), to), text);
                }
            }
        });
        self.log.update(|log| {
            if let Some((_, names)) = log
                && let Some(label) = names.labels.get(&from).cloned()
            {
                // The old place keeps it, for when the move is taken back.
                names.labels.insert(to, label);
            }
        });
    }

    fn say_event(&self, place: Place) {
        let said = untrack(|| self.described(self.number(place)?));
        self.deck().say(&said.unwrap_or_default());
    }
}

/// The id of an event's mark in the page.
pub fn mark_id(place: Place) -> String {
    format!("event-{}-{}", place.process, place.at.0)
}

/// The place in such an id.
pub fn place_in(id: &str) -> Option<Place> {
    let (process, at) = id.strip_prefix("event-")?.split_once('-')?;
    Some(Place {
        process: process.parse().ok()?,
        at: Micros(at.parse().ok()?),
    })
}

/// Puts the focus on an event, once it is drawn.
pub fn focus(place: Place) {
    request_animation_frame(move || {
        let mark = document().get_element_by_id(&mark_id(place));
        if let Some(mark) = mark {
            // An SVG element takes the focus as an HTML element does.
            let _ = mark.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_s_id_names_its_place() {
        let place = Place {
            process: 2,
            at: Micros(10_001),
        };
        assert_eq!(place_in(&mark_id(place)), Some(place));
        assert_eq!(place_in("event-x-1"), None);
    }
}
