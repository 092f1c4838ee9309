//! What a run shows: how each step stands, who holds what, and the lab's numbers.

use super::client::Known;
use super::logbook::{Log, Position};
use super::message::{Deed, Ending, Message, SagaId, What};
use super::promises::{dirty_reads, sagas, services};
use super::protocol::{Node, Saga, service_node};
use super::service::{Record, Service};
use crate::sim::protocol::Cluster;

/// How a step, or its compensation, stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has not been asked for, or is not needed.
    Pending,
    /// It has been asked for, and the one who asked has no answer.
    Asked,
    /// It has taken effect.
    Done,
    /// It took effect and was taken back.
    Compensated,
    /// It was refused, or will never happen.
    Failed,
    /// It keeps failing, and people have to look at it.
    Stuck,
}

impl Standing {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Asked => "asked",
            Self::Done => "done",
            Self::Compensated => "compensated",
            Self::Failed => "failed",
            Self::Stuck => "stuck",
        }
    }
}

/// One step of one saga in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its number, from 1.
    pub step: u8,
    /// Whose it is.
    pub service: &'static str,
    /// What the transaction does.
    pub does: &'static str,
    /// What the compensation does; nothing for the last step.
    pub undoes: Option<&'static str>,
    /// How the transaction stands, and how often it took effect.
    pub forward: (Standing, u32),
    /// How the compensation stands, and how often it took effect.
    pub backward: (Standing, u32),
}

/// One saga in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Its number.
    pub saga: SagaId,
    /// Its steps, T1 first.
    pub cells: Vec<Cell>,
    /// How it stands as a whole: `running`, `committed`, `compensated`, `stuck`.
    pub outcome: &'static str,
}

/// All sagas that there are, the first one even before anything has happened.
pub fn flows(world: &Cluster<Saga>) -> Vec<Flow> {
    let mut all = sagas(world);
    all.extend(placed(world));
    all.push(1);
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .map(|saga| Flow {
            saga,
            cells: services(world)
                .filter_map(|service| cell(world, service, saga))
                .collect(),
            outcome: match outcome(world, saga) {
                1 => "committed",
                2 => "compensated",
                3 => "stuck",
                _ => "running",
            },
        })
        .collect()
}

fn placed(world: &Cluster<Saga>) -> Vec<SagaId> {
    let client = world.states().find_map(|node| match node {
        Node::Client(client) => Some(client),
        _ => None,
    });
    client.map_or_else(Vec::new, |client| client.orders.keys().copied().collect())
}

fn cell(world: &Cluster<Saga>, service: &Service, saga: SagaId) -> Option<Cell> {
    let setting = world.protocol().setting();
    let step = setting.step(service.step)?;
    let record = service.records.get(&saga).cloned().unwrap_or_default();
    let position = log(world).and_then(|log| log.position(saga, setting));
    let asked = |deed: Deed| match deed {
        Deed::Do => position == Some(Position::Forward(service.step)),
        _ => position == Some(Position::Backward(service.step)),
    } || service.again.contains_key(&(saga, deed))
        || in_flight_to(world, service.step, saga, deed);
    let stuck = service.dead.contains(&(saga, Deed::Undo))
        || (position == Some(Position::Backward(service.step))
            && log(world).is_some_and(|log| log.is_stuck(saga)));
    Some(Cell {
        step: service.step,
        service: step.service,
        does: step.does,
        undoes: (!setting.is_last(service.step)).then_some(step.undoes),
        forward: (forward(&record, asked(Deed::Do)), record.done),
        backward: (backward(&record, stuck, asked(Deed::Undo)), record.undone),
    })
}

fn forward(record: &Record, asked: bool) -> Standing {
    match record {
        Record { undone: 1.., .. } => Standing::Compensated,
        Record { done: 1.., .. } => Standing::Done,
        Record { refused: true, .. } | Record { barred: true, .. } => Standing::Failed,
        Record { asked: 1.., .. } => Standing::Asked,
        _ if asked => Standing::Asked,
        _ => Standing::Pending,
    }
}

fn backward(record: &Record, stuck: bool, asked: bool) -> Standing {
    match record {
        Record { undone: 1.., .. } => Standing::Done,
        _ if stuck => Standing::Stuck,
        _ if asked => Standing::Asked,
        _ => Standing::Pending,
    }
}

/// Whether an event is on its way that asks a service for a deed.
fn in_flight_to(world: &Cluster<Saga>, step: u8, saga: SagaId, deed: Deed) -> bool {
    world.in_flight().any(|(_, flight)| {
        flight.to == service_node(step)
            && match flight.message {
                Message::Command(of, _, asked, _) => of == saga && asked == deed,
                Message::Event(of, what, _) => {
                    let forward = matches!(what, What::Placed | What::Did(_));
                    of == saga && what != What::Complete && forward == (deed == Deed::Do)
                }
                _ => false,
            }
    })
}

/// The orchestrator's log, where there is an orchestrator.
pub fn log(world: &Cluster<Saga>) -> Option<&Log> {
    world.states().find_map(|node| match node {
        Node::Orchestrator(state) => Some(&state.log),
        _ => None,
    })
}

/// What a service holds: its customers' money, and what it has left to sell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Whose it is.
    pub service: &'static str,
    /// The price of its step, in euros.
    pub price: i64,
    /// What it has taken and not paid back, in euros.
    pub balance: i64,
    /// What it has left; nothing where it never runs out.
    pub left: Option<i64>,
    /// What it should hold, by the orders that stand with it, in euros.
    pub right: i64,
}

/// The books of all services.
pub fn ledger(world: &Cluster<Saga>) -> Vec<Holding> {
    let setting = world.protocol().setting();
    services(world)
        .filter_map(|service| {
            let step = setting.step(service.step)?;
            let stand = |record: &&Record| record.done > 0 && record.undone == 0;
            let standing = service.records.values().filter(stand).count();
            Some(Holding {
                service: step.service,
                price: step.price,
                balance: service.balance,
                left: (service.step == 1).then_some(service.left),
                right: step
                    .price
                    .saturating_mul(i64::try_from(standing).unwrap_or(i64::MAX)),
            })
        })
        .collect()
}

/// How a saga ended: 0 it has not, 1 committed, 2 compensated, 3 it is stuck.
pub fn outcome(world: &Cluster<Saga>, saga: SagaId) -> i64 {
    let setting = world.protocol().setting();
    let ending = world.states().find_map(|node| match node {
        Node::Orchestrator(state) => match state.log.position(saga, setting)? {
            Position::Ended(ending) => Some(ending),
            Position::Confirming => Some(Ending::Committed),
            _ => None,
        },
        Node::Orders(orders) => *orders.endings.get(&saga)?,
        _ => None,
    });
    match ending {
        Some(Ending::Committed) => 1,
        Some(Ending::Compensated) => 2,
        None if is_stuck(world, saga) => 3,
        None => 0,
    }
}

/// Whether something of a saga was given up and waits for people.
fn is_stuck(world: &Cluster<Saga>, saga: SagaId) -> bool {
    stuck_things(world).contains(&saga)
}

/// The sagas of all things that were given up, one entry for each.
fn stuck_things(world: &Cluster<Saga>) -> Vec<SagaId> {
    let mut stuck = Vec::new();
    for node in world.states() {
        match node {
            Node::Orchestrator(state) => {
                let sagas = state.log.sagas();
                stuck.extend(sagas.filter(|saga| state.log.is_stuck(*saga)));
            }
            Node::Orders(orders) => {
                stuck.extend(orders.outbox.dead.iter().map(|(saga, _)| *saga));
            }
            Node::Service(service) => {
                stuck.extend(service.outbox.dead.iter().map(|(saga, _)| *saga));
                stuck.extend(service.dead.iter().map(|(saga, _)| *saga));
            }
            Node::Client(_) => {}
        }
    }
    stuck
}

/// The lab's numbers.
pub(super) fn probe(world: &Cluster<Saga>, probe: &str) -> Option<i64> {
    let setting = world.protocol().setting();
    let records = || services(world).flat_map(|service| service.records.values());
    let sum = |numbers: &mut dyn Iterator<Item = u32>| {
        i64::from(numbers.fold(0_u32, u32::saturating_add))
    };
    let count = |found: usize| i64::try_from(found).ok();
    match probe {
        "outcome" => Some(outcome(world, 1)),
        "outcome-2" => Some(outcome(world, 2)),
        "refunds" => Some(sum(&mut services(world)
            .filter(|service| {
                setting
                    .step(service.step)
                    .is_some_and(|step| step.price > 0)
            })
            .flat_map(|service| service.records.values().map(|record| record.undone)))),
        "compensations" => Some(sum(&mut records().map(|record| record.undone))),
        "kept" => {
            Some(services(world).fold(0_i64, |sum, service| sum.saturating_add(service.balance)))
        }
        "messages" => Some(i64::from(world.messages_sent())),
        "stuck" => count(stuck_things(world).len()),
        "dirty-reads" => count(dirty_reads(world).len()),
        _ => None,
    }
}

/// An amount of money, with a real minus sign.
pub fn euros(amount: i64) -> String {
    match amount {
        ..0 => format!("−{} €", amount.unsigned_abs()),
        _ => format!("{amount} €"),
    }
}

/// A node's state in one line.
pub(super) fn state(protocol: &Saga, node: &Node) -> String {
    match node {
        Node::Client(client) => each(client.orders.iter().map(|(saga, known)| {
            let known = match known {
                Known::Placed(_) => "placed",
                Known::Accepted => "in hand",
                Known::Ended(ending) => super::note::ended(*ending),
            };
            format!("order {saga} {known}")
        })),
        Node::Orchestrator(state) => each(state.log.sagas().filter_map(|saga| {
            let position = state.log.position(saga, protocol.setting())?;
            let stands = match position {
                _ if state.log.is_stuck(saga) => "stuck".to_owned(),
                Position::Forward(step) => format!("waits for T{step}"),
                Position::Backward(step) => format!("waits for C{step}"),
                Position::Confirming => "confirms".to_owned(),
                Position::Ended(ending) => super::note::ended(ending).to_owned(),
            };
            Some(format!("order {saga} {stands}"))
        })),
        Node::Orders(orders) => each(orders.endings.iter().map(|(saga, ending)| {
            let ending = ending.map_or("pending", super::note::ended);
            format!("order {saga} {ending}")
        })),
        Node::Service(service) => {
            let limited = service.step == 1;
            let price = protocol
                .setting()
                .step(service.step)
                .map_or(0, |step| step.price);
            match (limited, price) {
                (true, 0) => format!("{} left", service.left),
                (true, _) => format!("{}, {} left", euros(service.balance), service.left),
                (false, 0) => {
                    let stand = |record: &&Record| record.done > 0 && record.undone == 0;
                    let count = service.records.values().filter(stand).count();
                    format!("{count} in effect")
                }
                (false, _) => euros(service.balance),
            }
        }
    }
}

fn each(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    match parts.is_empty() {
        true => "no order".to_owned(),
        false => parts.join("; "),
    }
}
