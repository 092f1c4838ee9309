//! The orchestrator: it keeps a log, sends one command at a time for each saga, and waits.
//!
//! It is the saga execution component of Garcia-Molina and Salem 1987, sections 4 and 5: backward
//! recovery runs the compensations of what the log says is done, forward recovery goes on where the
//! log ends.

use std::collections::BTreeMap;

use super::logbook::{Entry, Log, Position};
use super::message::{Answer, Deed, Ending, Message, SagaId, Timer};
use super::note::Note;
use super::protocol::{CLIENT, Saga, service_node};
use crate::sim::protocol::Turn;

/// What the orchestrator knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Orchestrator {
    /// Its log, on disk.
    pub log: Log,
    /// In memory only: how often it has asked what each saga now waits for.
    pub attempts: BTreeMap<SagaId, Asked>,
}

/// How often something was asked for, and whether the last attempt was answered with an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asked {
    /// The attempts made.
    pub attempts: u32,
    /// Whether the last one is known to have failed.
    pub failed: bool,
}

impl Saga {
    /// Begins, or recovers from the log.
    pub(super) fn recover(&self, state: &mut Orchestrator, turn: &mut Turn<'_, Self>) {
        let sagas: Vec<SagaId> = state.log.sagas().collect();
        if sagas.is_empty() {
            return;
        }
        let mut unfinished = Vec::new();
        for saga in sagas {
            let Some(mut position) = state.log.position(saga, self.setting()) else {
                continue;
            };
            if matches!(position, Position::Ended(_)) || state.log.is_stuck(saga) {
                continue;
            }
            if let (Position::Forward(step), true) = (position, self.setting().backward) {
                // It may have been asked for already: nobody knows.
                state.log.write(Entry::GivenUp(saga, step));
                position = Position::Backward(step);
            }
            self.ask(state, saga, position, 1, turn);
            unfinished.push((saga, position));
        }
        turn.note(Note::Recovers(unfinished));
    }

    pub(super) fn take_order(
        &self,
        state: &mut Orchestrator,
        saga: SagaId,
        turn: &mut Turn<'_, Self>,
    ) {
        match state.log.position(saga, self.setting()) {
            None => {
                turn.send(CLIENT, Message::Accepted(saga));
                self.log(state, Entry::Begin(saga), turn);
            }
            Some(Position::Ended(ending)) => {
                turn.send(CLIENT, Message::Ended(saga, ending));
                turn.note(Note::KnowsOrder(saga));
            }
            Some(_) => {
                turn.send(CLIENT, Message::Accepted(saga));
                turn.note(Note::KnowsOrder(saga));
            }
        }
    }

    /// Writes an entry to the log, and goes on from where the saga then stands.
    fn log(&self, state: &mut Orchestrator, entry: Entry, turn: &mut Turn<'_, Self>) {
        let saga = entry.saga();
        state.log.write(entry);
        let Some(position) = state.log.position(saga, self.setting()) else {
            return;
        };
        turn.note(Note::Logs(entry, position));
        self.ask(state, saga, position, 1, turn);
    }

    /// Sends the command that a saga in this position waits for; ends it where it is over.
    fn ask(
        &self,
        state: &mut Orchestrator,
        saga: SagaId,
        position: Position,
        attempt: u32,
        turn: &mut Turn<'_, Self>,
    ) {
        let (step, deed) = match position {
            Position::Ended(ending) => {
                if !state.log.has_ended(saga) {
                    state.log.write(Entry::End(saga, ending));
                }
                state.attempts.remove(&saga);
                turn.stop(Timer::Reply(saga));
                turn.send(CLIENT, Message::Ended(saga, ending));
                return;
            }
            Position::Forward(step) => (step, Deed::Do),
            Position::Backward(step) => (step, Deed::Undo),
            Position::Confirming => (1, Deed::Confirm),
        };
        let asked = Asked {
            attempts: attempt,
            failed: false,
        };
        state.attempts.insert(saga, asked);
        turn.send(
            service_node(step),
            Message::Command(saga, step, deed, attempt),
        );
        turn.set(Timer::Reply(saga), self.setting().timeout);
    }

    /// A service's answer.
    pub(super) fn on_reply(
        &self,
        state: &mut Orchestrator,
        (saga, step, deed, answer): (SagaId, u8, Deed, Answer),
        turn: &mut Turn<'_, Self>,
    ) {
        let position = state.log.position(saga, self.setting());
        let open = match position {
            Some(Position::Forward(at)) => deed == Deed::Do && at == step,
            Some(Position::Backward(at)) => deed == Deed::Undo && at == step,
            Some(Position::Confirming) => deed == Deed::Confirm,
            _ => false,
        };
        if !open || state.log.is_stuck(saga) {
            return turn.note(Note::Ignores(saga, step, deed));
        }
        let entry = match (deed, answer) {
            (_, Answer::Error) => {
                if let Some(asked) = state.attempts.get_mut(&saga) {
                    asked.failed = true;
                }
                return turn.note(Note::Waits(saga, step, deed));
            }
            (Deed::Do, Answer::Done) | (Deed::Undo, Answer::TooLate) => Entry::Done(saga, step),
            (Deed::Do, _) => Entry::Refused(saga, step),
            (Deed::Undo, _) => Entry::Undone(saga, step),
            (Deed::Confirm, _) => Entry::End(saga, Ending::Committed),
        };
        self.log(state, entry, turn);
    }

    /// No answer in time.
    pub(super) fn on_patience_lost(
        &self,
        state: &mut Orchestrator,
        saga: SagaId,
        turn: &mut Turn<'_, Self>,
    ) {
        let Some(position) = state.log.position(saga, self.setting()) else {
            return;
        };
        let Asked { attempts, failed } = state.attempts.get(&saga).copied().unwrap_or_default();
        let (step, deed) = match position {
            Position::Ended(_) => return,
            Position::Forward(step) => (step, Deed::Do),
            Position::Backward(step) => (step, Deed::Undo),
            Position::Confirming => (1, Deed::Confirm),
        };
        if attempts <= self.setting().retries {
            self.ask(state, saga, position, attempts + 1, turn);
            return turn.note(Note::AsksAgain(saga, step, deed, attempts + 1, failed));
        }
        if deed == Deed::Do {
            return self.log(state, Entry::GivenUp(saga, step), turn);
        }
        state.attempts.remove(&saga);
        state.log.write(Entry::Stuck(saga));
        turn.note(Note::Dead(saga, step, deed));
    }

    /// People had a look: stuck sagas are tried again.
    pub(super) fn redrive(&self, state: &mut Orchestrator, turn: &mut Turn<'_, Self>) {
        let sagas: Vec<SagaId> = state.log.sagas().collect();
        let mut count = 0;
        for saga in sagas {
            if !state.log.is_stuck(saga) {
                continue;
            }
            state.log.write(Entry::Tried(saga));
            if let Some(position) = state.log.position(saga, self.setting()) {
                self.ask(state, saga, position, 1, turn);
                count += 1;
            }
        }
        if count > 0 {
            turn.note(Note::Redrives(count));
        }
    }
}
