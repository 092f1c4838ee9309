//! Choreography: no orchestrator; each service tells the next what it did, and the one before what
//! it could not do.
//!
//! Every event is written down together with what it tells of, and sent until it is acknowledged
//! (an outbox), so that a lost message or a crash delays a saga and does not end it.

use std::collections::{BTreeMap, BTreeSet};

use super::message::{Deed, Ending, Message, SagaId, Timer, What};
use super::note::Note;
use super::protocol::{CLIENT, ORCHESTRATOR, Saga, service_node};
use super::service::{Deal, Service};
use crate::sim::protocol::{NodeId, Turn};

/// Events that are told and not yet acknowledged, on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outbox {
    /// Each with the number of attempts.
    pub open: BTreeMap<(SagaId, What), u32>,
    /// Those that were told as often as allowed: a matter for people.
    pub dead: BTreeSet<(SagaId, What)>,
}

/// The service that takes orders in and hears how they ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Orders {
    /// Orders, and how they ended.
    pub endings: BTreeMap<SagaId, Option<Ending>>,
    /// Orders that took too long and were called off.
    pub called_off: BTreeSet<SagaId>,
    /// Its events that nobody has acknowledged yet.
    pub outbox: Outbox,
}

impl Saga {
    /// Who is told.
    fn listener(&self, what: What) -> NodeId {
        match what {
            What::Placed | What::Complete => service_node(1),
            What::Did(step) if self.setting().is_last(step) => ORCHESTRATOR,
            What::Did(step) => service_node(step.saturating_add(1)),
            What::Failed(1) | What::Undid(1) => ORCHESTRATOR,
            What::Failed(step) | What::Undid(step) => service_node(step.saturating_sub(1)),
            What::CalledOff => service_node(self.setting().count()),
        }
    }

    /// Writes an event down, and tells it, or tells it again.
    fn publish(&self, outbox: &mut Outbox, saga: SagaId, what: What, turn: &mut Turn<'_, Self>) {
        let attempts = outbox.open.entry((saga, what)).or_insert(0);
        *attempts = attempts.saturating_add(1);
        turn.send(self.listener(what), Message::Event(saga, what, *attempts));
        turn.set(Timer::Event(saga, what), self.setting().timeout);
    }

    /// An event has arrived where it should.
    pub(super) fn on_received(
        &self,
        outbox: &mut Outbox,
        saga: SagaId,
        what: What,
        turn: &mut Turn<'_, Self>,
    ) {
        outbox.open.remove(&(saga, what));
        outbox.dead.remove(&(saga, what));
        turn.stop(Timer::Event(saga, what));
        turn.note(Note::IsReceived(saga, what));
    }

    /// An event has not been acknowledged in time.
    pub(super) fn on_unacknowledged(
        &self,
        outbox: &mut Outbox,
        saga: SagaId,
        what: What,
        turn: &mut Turn<'_, Self>,
    ) {
        let Some(attempts) = outbox.open.get(&(saga, what)).copied() else {
            return;
        };
        if attempts > self.setting().retries {
            outbox.open.remove(&(saga, what));
            outbox.dead.insert((saga, what));
            return turn.note(Note::Undelivered(saga, what));
        }
        self.publish(outbox, saga, what, turn);
        turn.note(Note::TellsAgain(saga, what, attempts + 1));
    }

    /// An order from the client.
    pub(super) fn take_in(&self, orders: &mut Orders, saga: SagaId, turn: &mut Turn<'_, Self>) {
        match orders.endings.get(&saga) {
            Some(Some(ending)) => turn.send(CLIENT, Message::Ended(saga, *ending)),
            _ => turn.send(CLIENT, Message::Accepted(saga)),
        }
        if orders.endings.contains_key(&saga) {
            return turn.note(Note::KnowsOrder(saga));
        }
        orders.endings.insert(saga, None);
        self.publish(&mut orders.outbox, saga, What::Placed, turn);
        self.wait_for_end(saga, turn);
        turn.note(Note::TakesIn(saga));
    }

    fn wait_for_end(&self, saga: SagaId, turn: &mut Turn<'_, Self>) {
        if self.setting().deadline.0 > 0 {
            turn.set(Timer::Deadline(saga), self.setting().deadline);
        }
    }

    /// The orders hear how a saga ended.
    pub(super) fn close(
        &self,
        orders: &mut Orders,
        (saga, what): (SagaId, What),
        from: NodeId,
        turn: &mut Turn<'_, Self>,
    ) {
        turn.send(from, Message::Received(saga, what));
        let ending = match what {
            What::Did(_) => Ending::Committed,
            _ => Ending::Compensated,
        };
        if orders.endings.get(&saga) == Some(&Some(ending)) {
            return turn.note(Note::Closes(saga, ending));
        }
        orders.endings.insert(saga, Some(ending));
        turn.stop(Timer::Deadline(saga));
        turn.send(CLIENT, Message::Ended(saga, ending));
        if ending == Ending::Committed && self.setting().lock {
            self.publish(&mut orders.outbox, saga, What::Complete, turn);
        }
        turn.note(Note::Closes(saga, ending));
    }

    /// An order has taken too long.
    pub(super) fn on_deadline(&self, orders: &mut Orders, saga: SagaId, turn: &mut Turn<'_, Self>) {
        if orders.endings.get(&saga) == Some(&None) && orders.called_off.insert(saga) {
            self.publish(&mut orders.outbox, saga, What::CalledOff, turn);
            turn.note(Note::CallsOff(saga));
        }
    }

    /// A service hears an event.
    pub(super) fn on_event(
        &self,
        service: &mut Service,
        (saga, what): (SagaId, What),
        from: NodeId,
        turn: &mut Turn<'_, Self>,
    ) {
        turn.send(from, Message::Received(saga, what));
        let deed = match what {
            What::Placed | What::Did(_) => Deed::Do,
            What::Failed(_) | What::Undid(_) | What::CalledOff => Deed::Undo,
            What::Complete => Deed::Confirm,
        };
        if service.again.contains_key(&(saga, deed)) && self.setting().keys {
            return;
        }
        self.attempt(service, saga, deed, 1, turn);
    }

    /// A service does what an event asks of it, and tells what came of it.
    pub(super) fn attempt(
        &self,
        service: &mut Service,
        saga: SagaId,
        deed: Deed,
        attempt: u32,
        turn: &mut Turn<'_, Self>,
    ) {
        let step = service.step;
        if deed == Deed::Undo {
            service.again.remove(&(saga, Deed::Do));
            turn.stop(Timer::Again(saga, Deed::Do));
        }
        service.again.remove(&(saga, deed));
        let deal = service.carry_out(saga, deed, self.setting());
        let tells = match (deed, deal) {
            (Deed::Do, Deal::Effect | Deal::EffectLate) => Some(What::Did(step)),
            (Deed::Do, Deal::Refuses | Deal::SoldOut) => Some(What::Failed(step)),
            (Deed::Undo, Deal::Effect | Deal::NothingToUndo) => Some(What::Undid(step)),
            (_, Deal::Fails | Deal::Locked(_)) => {
                self.try_later(service, saga, deed, attempt, turn)
            }
            _ => None,
        };
        turn.note(Note::Deals {
            saga,
            step,
            deed,
            deal,
            balance: service.balance,
            tells: tells.filter(|_| deal != Deal::EffectLate),
        });
        let Some(what) = tells else {
            if service.dead.contains(&(saga, deed)) {
                turn.note(Note::Dead(saga, step, deed));
            }
            return;
        };
        if deal == Deal::EffectLate {
            service.outbox.open.entry((saga, what)).or_insert(0);
            turn.set(Timer::Late(saga), self.setting().lateness());
        } else {
            self.publish(&mut service.outbox, saga, what, turn);
        }
    }

    /// Tries again later what failed, or gives it up: a transaction that is given up has failed, a
    /// compensation is a matter for people.
    fn try_later(
        &self,
        service: &mut Service,
        saga: SagaId,
        deed: Deed,
        attempt: u32,
        turn: &mut Turn<'_, Self>,
    ) -> Option<What> {
        if attempt <= self.setting().retries {
            service.again.insert((saga, deed), attempt);
            turn.set(Timer::Again(saga, deed), self.setting().timeout);
            return None;
        }
        if deed == Deed::Do {
            service.records.entry(saga).or_default().refused = true;
            return Some(What::Failed(service.step));
        }
        service.dead.insert((saga, deed));
        None
    }

    /// What a service has on its disk and was not done with when it went down.
    pub(super) fn service_starts(&self, service: &mut Service, turn: &mut Turn<'_, Self>) {
        for (saga, deed) in service.again.keys() {
            turn.set(Timer::Again(*saga, *deed), self.setting().timeout);
        }
        self.tell_all(&mut service.outbox, turn);
    }

    pub(super) fn orders_start(&self, orders: &mut Orders, turn: &mut Turn<'_, Self>) {
        for (saga, ending) in &orders.endings {
            if ending.is_none() && !orders.called_off.contains(saga) {
                self.wait_for_end(*saga, turn);
            }
        }
        self.tell_all(&mut orders.outbox, turn);
    }

    fn tell_all(&self, outbox: &mut Outbox, turn: &mut Turn<'_, Self>) {
        let open: Vec<(SagaId, What)> = outbox.open.keys().copied().collect();
        for (saga, what) in open {
            outbox.open.insert((saga, what), 0);
            self.publish(outbox, saga, what, turn);
        }
    }

    /// A late answer is given.
    pub(super) fn tell_late(&self, service: &mut Service, saga: SagaId, turn: &mut Turn<'_, Self>) {
        let what = What::Did(service.step);
        if service.outbox.open.contains_key(&(saga, what)) {
            self.publish(&mut service.outbox, saga, what, turn);
        }
    }

    /// People had a look: what was given up is tried again. Returns how much that is.
    pub(super) fn retell(&self, outbox: &mut Outbox, turn: &mut Turn<'_, Self>) -> u32 {
        let dead = std::mem::take(&mut outbox.dead);
        for (saga, what) in &dead {
            self.publish(outbox, *saga, *what, turn);
        }
        u32::try_from(dead.len()).unwrap_or(u32::MAX)
    }

    /// The same for a service, with the compensations that it gave up.
    pub(super) fn retry_dead(&self, service: &mut Service, turn: &mut Turn<'_, Self>) {
        let mut count = self.retell(&mut service.outbox, turn);
        let dead = std::mem::take(&mut service.dead);
        for (saga, deed) in dead {
            count = count.saturating_add(1);
            self.attempt(service, saga, deed, 1, turn);
        }
        if count > 0 {
            turn.note(Note::Redrives(count));
        }
    }
}
