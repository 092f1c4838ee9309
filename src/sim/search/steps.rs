//! What can happen next in a cluster whose time is held.

use super::Limits;
use crate::sim::action::{Action, ActionKind, On, Target};
use crate::sim::protocol::{Cluster, NodeId, Protocol, Status, faults};
use crate::sim::time::Micros;
use crate::sim::world::World;

/// How much of what [`Limits`] allow has been used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spent {
    drops: u8,
    duplicates: u8,
    crashes: u8,
    requests: u8,
}

impl Spent {
    /// What is used up after one more step.
    #[must_use]
    pub fn after(self, action: &Action) -> Self {
        let mut spent = self;
        match action.kind {
            "drop" => spent.drops += 1,
            "duplicate" => spent.duplicates += 1,
            "crash" => spent.crashes += 1,
            "deliver" | "fire" | "restart" => {}
            _ => spent.requests += 1,
        }
        spent
    }
}

/// Everything that can happen next, at `at`, in a fixed order: what happens by itself first.
pub fn steps<P: Protocol>(
    cluster: &Cluster<P>,
    spent: Spent,
    limits: &Limits,
    at: Micros,
) -> Vec<Action> {
    let step = |kind: &ActionKind, on: On, amount: i64| Action {
        at,
        kind: kind.id,
        on,
        amount,
    };
    let mut steps = Vec::new();
    let messages = distinct_messages(cluster);
    let deliver = messages
        .iter()
        .map(|id| step(&faults::DELIVER, On::Message(*id), 0));
    steps.extend(deliver);
    for (node, member) in (1..).zip(cluster.members()) {
        if member.status == Status::Up {
            let timers = (1..).take(member.timers.len());
            steps.extend(timers.map(|place| step(&faults::FIRE, On::Node(node), place)));
        }
    }
    steps.extend(requests::<P>(cluster, spent, limits, at));
    if spent.drops < limits.drops {
        let drop = messages
            .iter()
            .map(|id| step(&faults::DROP, On::Message(*id), 0));
        steps.extend(drop);
    }
    if spent.duplicates < limits.duplicates {
        let twice = messages
            .iter()
            .map(|id| step(&faults::DUPLICATE, On::Message(*id), 0));
        steps.extend(twice);
    }
    for (node, member) in (1..).zip(cluster.members()) {
        match member.status {
            Status::Crashed => steps.push(step(&faults::RESTART, On::Node(node), 0)),
            _ if spent.crashes < limits.crashes => {
                steps.push(step(&faults::CRASH, On::Node(node), 0));
            }
            _ => {}
        }
    }
    steps
}

/// The lab's own actions, on every node that is up, by as much as they are by default.
fn requests<P: Protocol>(
    cluster: &Cluster<P>,
    spent: Spent,
    limits: &Limits,
    at: Micros,
) -> Vec<Action> {
    if spent.requests >= limits.requests {
        return Vec::new();
    }
    let own = Cluster::<P>::lab().actions.iter();
    let own = own.filter(|kind| kind.on == Target::Node && !faults::is_fault(kind.id));
    let nodes = |kind: &'static ActionKind| {
        (1..)
            .zip(cluster.members())
            .filter(|(_, member)| member.status == Status::Up)
            .map(move |(node, _): (NodeId, _)| Action {
                at,
                kind: kind.id,
                on: On::Node(node),
                amount: kind.amount.map_or(0, |amount| amount.default_value()),
            })
    };
    own.flat_map(nodes).collect()
}

/// One message of each kind on its way; where messages keep their order, only the first on each way.
fn distinct_messages<P: Protocol>(cluster: &Cluster<P>) -> Vec<u32> {
    let mut flights: Vec<_> = cluster.in_flight().map(|(_, flight)| flight).collect();
    flights.sort_by_key(|flight| flight.id);
    let mut kept: Vec<_> = Vec::with_capacity(flights.len());
    let in_order = cluster.network().keeps_order();
    for flight in flights {
        let same = |other: &&crate::sim::protocol::Flight<P>| {
            (other.from, other.to) == (flight.from, flight.to)
                && (in_order || other.message == flight.message)
        };
        if !kept.iter().any(same) {
            kept.push(flight);
        }
    }
    kept.into_iter().map(|flight| flight.id).collect()
}
