//! The client, who places orders and waits.

use std::collections::BTreeMap;

use super::message::{Ending, Message, SagaId, Timer};
use super::note::Note;
use super::protocol::{ORCHESTRATOR, Saga};
use crate::sim::protocol::Turn;

/// The client's orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Client {
    /// How each order stands, as far as the client knows.
    pub orders: BTreeMap<SagaId, Known>,
}

/// What the client knows of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// It was placed so often, and nobody has answered.
    Placed(u32),
    /// It is accepted.
    Accepted,
    /// It has ended.
    Ended(Ending),
}

/// So many orders a client places at most.
const MOST_ORDERS: SagaId = 6;

impl Saga {
    pub(super) fn client_starts(&self, client: &mut Client, turn: &mut Turn<'_, Self>) {
        if !client.orders.is_empty() {
            for (saga, known) in &client.orders {
                if let Known::Placed(_) = known {
                    turn.set(Timer::Order(*saga), self.setting().timeout);
                }
            }
            return;
        }
        self.place(client, 1, turn);
        if self.setting().second.0 > 0 {
            turn.set(Timer::Order(2), self.setting().second);
        }
    }

    /// Places an order for the first time or again, or gives up.
    pub(super) fn place(&self, client: &mut Client, saga: SagaId, turn: &mut Turn<'_, Self>) {
        let attempt = match client.orders.get(&saga) {
            None => 1,
            Some(Known::Placed(attempts)) => attempts.saturating_add(1),
            Some(_) => return,
        };
        if attempt > self.setting().retries.saturating_add(1) {
            return turn.note(Note::GivesUp(saga));
        }
        client.orders.insert(saga, Known::Placed(attempt));
        turn.send(ORCHESTRATOR, Message::Order(saga, attempt));
        turn.set(Timer::Order(saga), self.setting().timeout);
        turn.note(Note::Orders(saga, attempt));
    }

    /// The reader has the client place one more order.
    pub(super) fn place_next(&self, client: &mut Client, turn: &mut Turn<'_, Self>) {
        let next = (1..=MOST_ORDERS).find(|saga| !client.orders.contains_key(saga));
        if let Some(saga) = next {
            self.place(client, saga, turn);
        }
    }

    pub(super) fn client_hears(
        &self,
        client: &mut Client,
        message: Message,
        turn: &mut Turn<'_, Self>,
    ) {
        match message {
            Message::Accepted(saga) => {
                turn.stop(Timer::Order(saga));
                if let Some(known @ Known::Placed(_)) = client.orders.get_mut(&saga) {
                    *known = Known::Accepted;
                }
                turn.note(Note::IsAccepted(saga));
            }
            Message::Ended(saga, ending) => {
                turn.stop(Timer::Order(saga));
                client.orders.insert(saga, Known::Ended(ending));
                turn.note(Note::Learns(saga, ending));
            }
            _ => {}
        }
    }
}
