//! The world at the moment that the reader looks at, made anew only when something has happened.

use leptos::prelude::*;

use super::deck::Player;
use super::shared::Shared;
use crate::sim::{History, Micros, World};

/// A world, and from when until when it stays as it is.
#[derive(Debug)]
pub struct Present<W: World> {
    /// The world.
    pub world: W,
    /// The moment of what happened last.
    pub from: Micros,
    /// The moment of what happens next.
    until: Micros,
    history: Shared<History<W>>,
}

impl<W: World> Present<W> {
    fn at(history: Shared<History<W>>, at: Micros) -> Self {
        let world = history.world_at(at);
        let planned = world.queue().next_at().unwrap_or(Micros::END);
        let next = history.next_after(at).unwrap_or(Micros::END);
        Self {
            // Steps that nothing came of count as well: they may change what is on its way.
            from: world.queue().now().min(at),
            until: planned.min(next),
            world,
            history,
        }
    }

    fn is_still(&self, history: &Shared<History<W>>, at: Micros) -> bool {
        self.history == *history && self.from <= at && at < self.until
    }
}

/// The player's present. The cursor moves with every frame of playing; what is drawn from this is
/// drawn anew with events only.
#[must_use]
pub fn present<W: World>(player: Player<W>) -> Memo<Shared<Present<W>>> {
    Memo::new(move |before: Option<&Shared<Present<W>>>| {
        let (history, at) = (player.history.get(), player.deck.at());
        match before {
            Some(before) if before.is_still(&history, at) => before.clone(),
            _ => Shared::new(Present::at(history, at)),
        }
    })
}
