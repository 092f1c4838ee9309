//! A service: its own database, one transaction and its compensation.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::choreography::Outbox;
use super::message::{Answer, Deed, SagaId};
use super::setting::{Fate, Setting, UndoFate};

/// A service. All of it is on disk, a late answer excepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Service {
    /// Which step of the saga is its own, from 1.
    pub step: u8,
    /// What it has done for each saga.
    pub records: BTreeMap<SagaId, Record>,
    /// What it has taken from customers and not paid back, in whole euros.
    pub balance: i64,
    /// Seats or items left; only the first service runs out of them.
    pub left: i64,
    /// Sagas whose reservation is not confirmed; only the first service keeps them. They are the
    /// semantic lock where there is one.
    pub pending: BTreeSet<SagaId>,
    /// Whether somebody has repaired it: all it is asked for works from then on.
    pub repaired: bool,
    /// Events of the choreography that nobody has acknowledged yet.
    pub outbox: Outbox,
    /// In choreography: what failed here and is tried again, with the attempts made.
    pub again: BTreeMap<(SagaId, Deed), u32>,
    /// In choreography: what was given up here, and is a matter for people.
    pub dead: BTreeSet<(SagaId, Deed)>,
}

/// What a service has done for one saga.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record {
    /// How often the transaction took effect.
    pub done: u32,
    /// How often the compensation took effect.
    pub undone: u32,
    /// Whether the transaction was refused.
    pub refused: bool,
    /// Whether it was called off before it came: it must not take effect any more.
    pub barred: bool,
    /// How often the transaction was asked for.
    pub asked: u32,
    /// How often the compensation was asked for and there was something to do.
    pub asked_undo: u32,
    /// Sagas that held what this one was refused, unfinished at that time.
    pub seen: BTreeSet<SagaId>,
}

/// What a service made of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Deal {
    /// It took effect.
    Effect,
    /// It took effect, and the answer will come late.
    EffectLate,
    /// It knows the request and gives the answer that it gave before.
    Known(Answer),
    /// It refuses.
    Refuses,
    /// There is nothing left.
    SoldOut,
    /// It was called off before.
    Barred,
    /// The last one is pending for an unfinished saga.
    Locked(SagaId),
    /// It fails; the next attempt may work.
    Fails,
    /// It hangs.
    Hangs,
    /// There was nothing to take back, and there never will be.
    NothingToUndo,
    /// The last step is done, and nothing takes it back.
    TooLate,
    /// The reservation is final.
    Confirms,
}

impl Deal {
    /// The answer to the one who asked, if there is one now.
    pub fn answer(self) -> Option<Answer> {
        match self {
            Self::Effect | Self::NothingToUndo | Self::Confirms => Some(Answer::Done),
            Self::Known(answer) => Some(answer),
            Self::Refuses | Self::SoldOut | Self::Barred => Some(Answer::Refused),
            Self::Locked(_) | Self::Fails => Some(Answer::Error),
            Self::TooLate => Some(Answer::TooLate),
            Self::EffectLate | Self::Hangs => None,
        }
    }
}

impl Service {
    /// The service of a step, before any order.
    pub fn new(step: u8, setting: &Setting) -> Self {
        Self {
            step,
            left: setting.stock,
            ..Self::default()
        }
    }

    /// Carries out a request, or says why not.
    pub fn carry_out(&mut self, saga: SagaId, deed: Deed, setting: &Setting) -> Deal {
        match deed {
            Deed::Do => self.transaction(saga, setting),
            Deed::Undo => self.compensation(saga, setting),
            Deed::Confirm => {
                self.pending.remove(&saga);
                Deal::Confirms
            }
        }
    }

    /// The transaction Tⱼ.
    fn transaction(&mut self, saga: SagaId, setting: &Setting) -> Deal {
        let record = self.records.entry(saga).or_default();
        if setting.keys {
            if record.done > 0 {
                return Deal::Known(Answer::Done);
            }
            if record.barred {
                return Deal::Barred;
            }
            if record.refused {
                return Deal::Known(Answer::Refused);
            }
        }
        record.asked = record.asked.saturating_add(1);
        let fate = match (self.repaired, setting.fate(self.step)) {
            (true, _) => Fate::Works,
            (false, Fate::RefusesFirst) if saga == 1 => Fate::Refuses,
            (false, Fate::RefusesFirst) => Fate::Works,
            (false, fate) => fate,
        };
        match fate {
            Fate::Hangs => return Deal::Hangs,
            Fate::FailsOnce if record.asked == 1 => return Deal::Fails,
            Fate::Refuses => {
                record.refused = true;
                return Deal::Refuses;
            }
            _ => {}
        }
        if let Some(refusal) = self.look_for_stock(saga, setting) {
            return refusal;
        }
        let record = self.records.entry(saga).or_default();
        record.done = record.done.saturating_add(1);
        self.balance = self.balance.saturating_add(self.price(setting));
        if self.step == 1 {
            self.pending.insert(saga);
        }
        match fate {
            Fate::Late => Deal::EffectLate,
            _ => Deal::Effect,
        }
    }

    /// Takes one out of the stock, or says why not. Only the first service can run out.
    fn look_for_stock(&mut self, saga: SagaId, setting: &Setting) -> Option<Deal> {
        if self.step != 1 {
            return None;
        }
        if self.left > 0 {
            self.left -= 1;
            return None;
        }
        if setting.lock
            && let Some(holder) = self.pending.iter().find(|holder| **holder != saga)
        {
            return Some(Deal::Locked(*holder));
        }
        let holders = self.pending.clone();
        let record = self.records.entry(saga).or_default();
        record.refused = true;
        record.seen.extend(holders);
        Some(Deal::SoldOut)
    }

    /// The compensation Cⱼ; of the last step: to call it off.
    fn compensation(&mut self, saga: SagaId, setting: &Setting) -> Deal {
        let last = setting.is_last(self.step);
        let record = self.records.entry(saga).or_default();
        if last && record.done > 0 {
            return Deal::TooLate;
        }
        if setting.keys {
            if record.undone > 0 {
                return Deal::Known(Answer::Done);
            }
            record.barred = true;
        }
        if last || (setting.keys && record.done == 0) {
            return Deal::NothingToUndo;
        }
        record.asked_undo = record.asked_undo.saturating_add(1);
        let fails = match setting.undo_fate(self.step) {
            _ if self.repaired => false,
            UndoFate::Works => false,
            UndoFate::FailsOnce => record.asked_undo == 1,
            UndoFate::Fails => true,
        };
        if fails {
            return Deal::Fails;
        }
        record.undone = record.undone.saturating_add(1);
        self.balance = self.balance.saturating_sub(self.price(setting));
        self.pending.remove(&saga);
        if self.step == 1 {
            self.left = self.left.saturating_add(1);
        }
        Deal::Effect
    }

    fn price(&self, setting: &Setting) -> i64 {
        setting.step(self.step).map_or(0, |step| step.price)
    }
}
