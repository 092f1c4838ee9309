//! What client, orchestrator and services say to each other, and what they wait for.

use serde::Serialize;

/// The number of an order, and of the saga that carries it out, from 1.
pub type SagaId = u8;

/// What is done to a step of a saga.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Deed {
    /// The transaction Tⱼ.
    Do,
    /// Its compensation Cⱼ. For the last step, which has none: to call it off if it has not happened.
    Undo,
    /// What was reserved is kept for good: the saga is complete.
    Confirm,
}

/// How a service answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Answer {
    /// It is done; or, of a compensation: it is not in effect any more and never will be.
    Done,
    /// It will not be done, for good.
    Refused,
    /// It was not done; another attempt may fare better.
    Error,
    /// It cannot be taken back: it is the last step, and it is done.
    TooLate,
}

/// How an order ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Ending {
    /// T1 … Tn.
    Committed,
    /// T1 … Tj Cj … C1.
    Compensated,
}

/// What happened, as services tell each other in a choreography.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum What {
    /// The order was placed; for the first service.
    Placed,
    /// Tⱼ is done; for the next service, or after the last for the orders.
    Did(u8),
    /// Tⱼ was refused; for the service before, or for the orders.
    Failed(u8),
    /// Cⱼ is done, or there was nothing to take back; for the service before, or for the orders.
    Undid(u8),
    /// The order took too long and is called off; for the last service.
    CalledOff,
    /// The order is complete; for the first service, which holds the semantic lock.
    Complete,
}

/// A message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Message {
    /// The client places an order, whose number is its key; the second number counts the attempts.
    Order(SagaId, u32),
    /// The order is accepted and will be carried out or taken back.
    Accepted(SagaId),
    /// How it ended.
    Ended(SagaId, Ending),
    /// The orchestrator asks a service for a deed on a step; the last number counts the attempts.
    Command(SagaId, u8, Deed, u32),
    /// The service's answer.
    Reply(SagaId, u8, Deed, Answer),
    /// A service, or the orders, say what happened; the last number counts the attempts.
    Event(SagaId, What, u32),
    /// The event has been received, and is on disk.
    Received(SagaId, What),
}

/// A timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Timer {
    /// The client places an order, or places it again.
    Order(SagaId),
    /// The orchestrator has waited long enough for an answer.
    Reply(SagaId),
    /// A service gives its late answer.
    Late(SagaId),
    /// An event has not been acknowledged.
    Event(SagaId, What),
    /// A service tries again what failed.
    Again(SagaId, Deed),
    /// An order takes too long.
    Deadline(SagaId),
}
