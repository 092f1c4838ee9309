//! What a rule did and why, with the values that it went by.

use serde::Serialize;

use super::logbook::{Entry, Position};
use super::message::{Answer, Deed, Ending, SagaId, What};
use super::protocol::Saga;
use super::report::euros;
use super::service::Deal;

/// What a rule did and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Note {
    /// The client places an order; the number counts the attempts.
    Orders(SagaId, u32),
    /// The client has heard nothing of it as often as it asks.
    GivesUp(SagaId),
    /// The client knows that the order is accepted.
    IsAccepted(SagaId),
    /// The client learns how it ended.
    Learns(SagaId, Ending),
    /// The orchestrator writes this to its log, and then goes on from there.
    Logs(Entry, Position),
    /// The same order came again.
    KnowsOrder(SagaId),
    /// The orchestrator asks again; the number counts the attempts. The one before failed (`true`), or
    /// no answer came in time.
    AsksAgain(SagaId, u8, Deed, u32, bool),
    /// The attempt failed: it asks again when its timer runs out.
    Waits(SagaId, u8, Deed),
    /// An answer to a question that is not open any more.
    Ignores(SagaId, u8, Deed),
    /// After a crash: where each unfinished saga stands by the log.
    Recovers(Vec<(SagaId, Position)>),
    /// People had a look: what was given up is tried again, so many things.
    Redrives(u32),
    /// A service carries out a request, or does not.
    Deals {
        /// The saga.
        saga: SagaId,
        /// The step.
        step: u8,
        /// What was asked.
        deed: Deed,
        /// What came of it.
        deal: Deal,
        /// What the service holds of its customers' money afterwards.
        balance: i64,
        /// In choreography: the event that it publishes.
        tells: Option<What>,
    },
    /// A service gives up a deed that keeps failing.
    Dead(SagaId, u8, Deed),
    /// A service gives its late answer.
    AnswersLate(SagaId, u8, Answer),
    /// An event was not acknowledged and is sent again.
    TellsAgain(SagaId, What, u32),
    /// An event was not acknowledged as often as it was sent.
    Undelivered(SagaId, What),
    /// An event is acknowledged.
    IsReceived(SagaId, What),
    /// The orders take an order in, tell the first service of it.
    TakesIn(SagaId),
    /// The orders learn how a saga ended.
    Closes(SagaId, Ending),
    /// The orders have waited too long and call the order off.
    CallsOff(SagaId),
    /// A service was repaired.
    Repaired,
}

impl Saga {
    /// A note in words, see [`Protocol::sentence`](crate::sim::protocol::Protocol::sentence).
    pub(super) fn tell(&self, note: &Note) -> String {
        match note {
            Note::Orders(saga, 1) => format!("places order {saga}"),
            Note::Orders(saga, attempt) => {
                format!("has heard nothing of order {saga} and places it again, attempt {attempt}")
            }
            Note::GivesUp(saga) => format!("gives up: nobody accepts order {saga}"),
            Note::IsAccepted(saga) => format!("order {saga} is in hand"),
            Note::Learns(saga, ending) => format!("order {saga} is {}", ended(*ending)),
            Note::Logs(entry, position) => {
                format!(
                    "logs “{}” and {}",
                    self.entry(*entry),
                    self.goes_on(*position)
                )
            }
            Note::KnowsOrder(saga) => {
                format!("order {saga} is in the log already, and is not begun again")
            }
            Note::AsksAgain(saga, step, deed, attempt, true) => format!(
                "asks again for {} of order {saga}, attempt {attempt}",
                self.deed(*step, *deed)
            ),
            Note::AsksAgain(saga, step, deed, attempt, false) => format!(
                "no answer to {} of order {saga}, and it cannot tell a lost question from a lost answer; asks again, attempt {attempt}",
                self.deed(*step, *deed)
            ),
            Note::Waits(saga, step, deed) => format!(
                "{} of order {saga} failed and may work later; waits for its timer",
                self.deed(*step, *deed)
            ),
            Note::Ignores(saga, step, deed) => format!(
                "is not waiting for {} of order {saga} any more",
                self.deed(*step, *deed)
            ),
            Note::Recovers(sagas) => self.recovers(sagas),
            Note::Redrives(count) => match count {
                1 => "takes up again the one thing that was given up".to_owned(),
                _ => format!("takes up again {count} things that were given up"),
            },
            Note::Repaired => "is repaired: what it is asked for works from here on".to_owned(),
            _ => self.tell_of_service(note),
        }
    }

    fn tell_of_service(&self, note: &Note) -> String {
        match note {
            Note::Deals {
                saga,
                step,
                deed,
                deal,
                balance,
                tells,
            } => {
                let told = match tells {
                    Some(what) => format!("; tells “{}”", self.what(*what)),
                    None => String::new(),
                };
                let deal = self.deal(*saga, *step, *deed, *deal, *balance);
                format!("{deal}{told}")
            }
            Note::Dead(saga, step, deed) => format!(
                "{} of order {saga} was tried as often as allowed; it goes to people",
                self.deed(*step, *deed)
            ),
            Note::AnswersLate(saga, step, _) => {
                format!("answers at last that T{step} of order {saga} is done")
            }
            Note::TellsAgain(saga, what, attempt) => format!(
                "“{}” of order {saga} is not acknowledged; tells it again, attempt {attempt}",
                self.what(*what)
            ),
            Note::Undelivered(saga, what) => format!(
                "“{}” of order {saga} was told as often as allowed; it goes to people",
                self.what(*what)
            ),
            Note::IsReceived(saga, what) => {
                format!("“{}” of order {saga} has arrived", self.what(*what))
            }
            Note::TakesIn(saga) => {
                format!(
                    "writes order {saga} down and tells “{}”",
                    self.what(What::Placed)
                )
            }
            Note::Closes(saga, ending) => format!("order {saga} is {}", ended(*ending)),
            Note::CallsOff(saga) => {
                format!("order {saga} takes too long; calls it off, beginning at its last step")
            }
            _ => String::new(),
        }
    }

    /// What a service made of a request.
    fn deal(&self, saga: SagaId, step: u8, deed: Deed, deal: Deal, balance: i64) -> String {
        let what = self.deed(step, deed);
        let money = match self.setting().step(step) {
            Some(step) if step.price > 0 => {
                format!("; {} now holds {}", step.service, euros(balance))
            }
            _ => String::new(),
        };
        match deal {
            Deal::Effect => format!("{what} takes effect for order {saga}{money}"),
            Deal::EffectLate => {
                format!("{what} takes effect for order {saga}{money}; the answer will be late")
            }
            Deal::Known(Answer::Refused) => {
                format!("knows the key: {what} of order {saga} was refused, and stays so")
            }
            Deal::Known(_) => {
                format!("knows the key: {what} of order {saga} is done, and is not done again")
            }
            Deal::Refuses => format!("refuses {what} of order {saga}, for good"),
            Deal::SoldOut => format!("nothing is left for order {saga}: refuses {what}, for good"),
            Deal::Barred => {
                format!("{what} of order {saga} was called off before it came: refuses")
            }
            Deal::Locked(holder) => {
                format!("the last one is pending for order {holder}: order {saga} is to ask again")
            }
            Deal::Fails => format!("{what} of order {saga} fails this time"),
            Deal::Hangs => format!("hangs at {what} of order {saga}; nobody will hear of it"),
            Deal::NothingToUndo => format!(
                "T{step} of order {saga} has not happened: there is nothing to take back, and the key bars it from now on"
            ),
            Deal::TooLate => {
                format!("T{step} of order {saga} is done, and as the last step it stays")
            }
            Deal::Confirms => format!("the reservation of order {saga} is final"),
        }
    }

    /// A step's transaction or compensation in words: `T2 charge 80`, `C2 refund 80`.
    pub fn deed(&self, step: u8, deed: Deed) -> String {
        let known = self.setting().step(step);
        match deed {
            Deed::Do => format!("T{step} {}", known.map_or("", |step| step.does)),
            Deed::Undo if self.setting().is_last(step) => {
                known.map_or("", |step| step.undoes).to_owned()
            }
            Deed::Undo => format!("C{step} {}", known.map_or("", |step| step.undoes)),
            Deed::Confirm => "confirm".to_owned(),
        }
    }

    /// What happened, in the words of an event.
    pub fn what(&self, what: What) -> String {
        match what {
            What::Placed => "order placed".to_owned(),
            What::Did(step) => format!("T{step} done"),
            What::Failed(step) => format!("T{step} failed"),
            What::Undid(step) => format!("T{step} undone"),
            What::CalledOff => "order called off".to_owned(),
            What::Complete => "order complete".to_owned(),
        }
    }

    /// An entry of the log in words.
    pub fn entry(&self, entry: Entry) -> String {
        match entry {
            Entry::Begin(saga) => format!("begin order {saga}"),
            Entry::Done(saga, step) => format!("order {saga}: T{step} done"),
            Entry::Refused(saga, step) => format!("order {saga}: T{step} refused"),
            Entry::GivenUp(saga, step) => format!("order {saga}: T{step} unknown, given up"),
            Entry::Undone(saga, step) if self.setting().is_last(step) => {
                format!("order {saga}: T{step} called off")
            }
            Entry::Undone(saga, step) => format!("order {saga}: C{step} done"),
            Entry::Stuck(saga) => format!("order {saga}: stuck"),
            Entry::Tried(saga) => format!("order {saga}: tried again by hand"),
            Entry::End(saga, ending) => format!("end order {saga}: {}", ended(ending)),
        }
    }

    /// What the orchestrator does when a saga stands there.
    fn goes_on(&self, position: Position) -> String {
        match position {
            Position::Forward(step) => format!("asks for {}", self.deed(step, Deed::Do)),
            Position::Backward(step) => format!("asks for {}", self.deed(step, Deed::Undo)),
            Position::Confirming => "confirms the reservation".to_owned(),
            Position::Ended(ending) => format!("tells the client that it is {}", ended(ending)),
        }
    }

    fn recovers(&self, sagas: &[(SagaId, Position)]) -> String {
        if sagas.is_empty() {
            return "reads its log: no order is unfinished".to_owned();
        }
        let each = sagas
            .iter()
            .map(|(saga, position)| format!("for order {saga} it {}", self.goes_on(*position)));
        format!("reads its log; {}", each.collect::<Vec<_>>().join(", "))
    }
}

/// How an order ended, in one word.
pub(super) fn ended(ending: Ending) -> &'static str {
    match ending {
        Ending::Committed => "committed",
        Ending::Compensated => "compensated",
    }
}
