//! The orchestrator's log, which is all that a crash leaves of it.

use serde::Serialize;

use super::message::{Ending, SagaId};
use super::setting::Setting;

/// One line of the log. It is on disk before anything is sent because of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Entry {
    /// The saga begins.
    Begin(SagaId),
    /// Tⱼ is done.
    Done(SagaId, u8),
    /// Tⱼ was refused: it is not in effect and will not be, so compensation begins below it.
    Refused(SagaId, u8),
    /// Nobody knows whether Tⱼ took effect: compensation begins with it.
    GivenUp(SagaId, u8),
    /// Cⱼ is done.
    Undone(SagaId, u8),
    /// Cⱼ, or the last confirmation, was tried as often as allowed; people have to look at it.
    Stuck(SagaId),
    /// People have looked at it; it is tried again.
    Tried(SagaId),
    /// The saga has ended.
    End(SagaId, Ending),
}

impl Entry {
    /// The saga that it is about.
    pub fn saga(self) -> SagaId {
        match self {
            Self::Begin(saga)
            | Self::Done(saga, _)
            | Self::Refused(saga, _)
            | Self::GivenUp(saga, _)
            | Self::Undone(saga, _)
            | Self::Stuck(saga)
            | Self::Tried(saga)
            | Self::End(saga, _) => saga,
        }
    }
}

/// Where a saga stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Position {
    /// Tⱼ is to be done.
    Forward(u8),
    /// Cⱼ is to be done.
    Backward(u8),
    /// All is done; the first service is to be told that its reservation is final.
    Confirming,
    /// It has ended.
    Ended(Ending),
}

/// A log, the oldest entry first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Log(Vec<Entry>);

impl Log {
    /// All entries, the oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Writes an entry to the disk.
    pub fn write(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    /// All sagas that have begun, in the order of beginning.
    pub fn sagas(&self) -> impl Iterator<Item = SagaId> {
        self.0.iter().filter_map(|entry| match entry {
            Entry::Begin(saga) => Some(*saga),
            _ => None,
        })
    }

    /// Where a saga stands; nothing if it has not begun.
    pub fn position(&self, saga: SagaId, setting: &Setting) -> Option<Position> {
        let entries = self.0.iter().filter(|entry| entry.saga() == saga);
        let mut position = None;
        for entry in entries {
            position = match *entry {
                Entry::Begin(_) => Some(Position::Forward(1)),
                Entry::Done(_, step) if setting.is_last(step) => Some(match setting.lock {
                    true => Position::Confirming,
                    false => Position::Ended(Ending::Committed),
                }),
                Entry::Done(_, step) => Some(Position::Forward(step + 1)),
                Entry::Refused(_, step) | Entry::Undone(_, step) => Some(back(step)),
                Entry::GivenUp(_, step) => Some(Position::Backward(step)),
                Entry::Stuck(_) | Entry::Tried(_) => position,
                Entry::End(_, ending) => Some(Position::Ended(ending)),
            };
        }
        position
    }

    /// Whether the log says that a saga has ended.
    pub fn has_ended(&self, saga: SagaId) -> bool {
        let mut entries = self.0.iter();
        entries.any(|entry| matches!(entry, Entry::End(other, _) if *other == saga))
    }

    /// Whether a saga is stuck: people have to look at it, and have not.
    pub fn is_stuck(&self, saga: SagaId) -> bool {
        let last = self.0.iter().rev().find(|entry| entry.saga() == saga);
        matches!(last, Some(Entry::Stuck(_)))
    }
}

/// Where a saga stands when a step is out of effect: at the one below it, or at the end.
fn back(step: u8) -> Position {
    match step {
        0 | 1 => Position::Ended(Ending::Compensated),
        _ => Position::Backward(step - 1),
    }
}
