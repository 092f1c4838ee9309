//! What the reader does to a cluster: the faults, and the lab's own actions.

use super::cluster::{Cluster, Flight, Held, Planned, refused};
use super::event::{Arrival, Event, What, Why};
use super::node::Status;
use super::{NodeId, Protocol};
use crate::sim::action::{Action, On};
use crate::sim::queue::Duty;
use crate::sim::time::Micros;

impl<P: Protocol> Cluster<P> {
    /// Lets an action happen. Nothing comes of one that names a node which is not there.
    pub(super) fn steer(&mut self, action: &Action) -> Option<Event<P>> {
        match action.on {
            On::Node(node) => self.steer_node(node, action),
            On::Message(id) => Some(self.steer_message(id, action)),
            on => self.steer_network(on, action.kind),
        }
    }

    fn steer_node(&mut self, node: NodeId, action: &Action) -> Option<Event<P>> {
        let status = self.member(node)?.status;
        let what = match (action.kind, status) {
            ("crash", Status::Crashed) | ("crash-keep", Status::Crashed) => {
                return Some(refused(node, "the node is down already"));
            }
            ("crash", _) => self.crash(node, false),
            ("crash-keep", _) => self.crash(node, true),
            ("restart", Status::Crashed) => return self.restart(node),
            ("restart", _) => return Some(refused(node, "the node is up already")),
            ("pause", Status::Up) => {
                self.member(node)?.status = Status::Paused;
                What::Paused
            }
            ("pause", _) => return Some(refused(node, "the node does not run")),
            ("resume", Status::Paused) => self.resume(node)?,
            ("resume", _) => return Some(refused(node, "the node does not stand still")),
            ("skew", _) => {
                let now = self.now();
                self.member(node)?.clock.jump(now, action.amount);
                What::Skewed(action.amount)
            }
            ("fire", Status::Up) => return self.fire(node, action.amount),
            ("fire", _) => return Some(refused(node, "the node does not run")),
            _ => return self.ask(action),
        };
        Some(Event {
            node,
            what,
            note: None,
        })
    }

    fn crash(&mut self, node: NodeId, kept: bool) -> What<P> {
        let timers: Vec<P::Timer> = self
            .member(node)
            .map(|member| member.timers.iter().map(|(timer, _)| *timer).collect())
            .unwrap_or_default();
        for timer in timers {
            self.stop(node, timer);
        }
        // Messages that waited for it have come too late; timers are gone as all others.
        let now = self.now();
        for (planned, duty) in self.take_waiting(node) {
            if matches!(planned, Planned::Flight(_)) {
                self.plan(now, planned, duty);
            }
        }
        if !kept {
            self.forget(node);
        }
        if let Some(member) = self.member(node) {
            member.status = Status::Crashed;
        }
        What::Crashed { kept }
    }

    fn restart(&mut self, node: NodeId) -> Option<Event<P>> {
        self.member(node)?.status = Status::Up;
        let note = self.begin(node);
        Some(Event {
            node,
            what: What::Restarted,
            note,
        })
    }

    fn resume(&mut self, node: NodeId) -> Option<What<P>> {
        self.member(node)?.status = Status::Up;
        let waiting = self.take_waiting(node);
        let count = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
        let now = self.now();
        for (planned, duty) in waiting {
            let timer = match &planned {
                Planned::Timer(_, timer) => Some(*timer),
                _ => None,
            };
            let at = self.plan(now, planned, duty);
            let slots = self.member(node)?.timers.iter_mut();
            for (name, slot) in slots {
                if Some(*name) == timer {
                    *slot = at;
                }
            }
        }
        Some(What::Resumed(count))
    }

    /// Lets a timer run out now, by its place among the node's timers.
    fn fire(&mut self, node: NodeId, place: i64) -> Option<Event<P>> {
        let place = usize::try_from(place)
            .ok()
            .and_then(|place| place.checked_sub(1));
        let timer =
            place.and_then(|place| self.members().get(usize::from(node) - 1)?.timers.get(place));
        let Some(timer) = timer.map(|(timer, _)| *timer) else {
            return Some(refused(node, "the node has no such timer running"));
        };
        self.stop(node, timer);
        self.carry_out(Planned::Timer(node, timer), Duty::Work)
    }

    fn steer_message(&mut self, id: u32, action: &Action) -> Event<P> {
        let Some((at, flight, duty)) = self.take(id) else {
            return refused(0, "that message is not on its way");
        };
        let now = self.now();
        let what = match action.kind {
            "drop" => {
                let (node, arrival) = (flight.to, arrival(flight));
                return Event {
                    node,
                    what: What::Lost(arrival, Why::Dropped),
                    note: None,
                };
            }
            "deliver" => {
                let flight = Flight {
                    lost: None,
                    ..flight
                };
                let planned = Planned::Flight(flight);
                return self
                    .carry_out(planned, Duty::Work)
                    .unwrap_or_else(|| refused(0, "the message waits for its node to go on"));
            }
            "delay" => {
                let by = Micros::from_signed(action.amount);
                self.plan(at.plus(by), Planned::Flight(flight), duty);
                What::Delayed(id, by)
            }
            "duplicate" => {
                let copy = Flight {
                    id: self.next_id(),
                    copy: true,
                    lost: None,
                    ..flight.clone()
                };
                let number = copy.id;
                let later = at.plus(Micros(at.minus(now).0 / 4));
                self.plan(at, Planned::Flight(flight), duty);
                self.plan(later.next(), Planned::Flight(copy), duty);
                What::Duplicated(id, number)
            }
            "reorder" => return self.reorder(at, flight, duty),
            _ => {
                self.plan(at, Planned::Flight(flight), duty);
                return refused(0, "nothing comes of it");
            }
        };
        Event {
            node: 0,
            what,
            note: None,
        }
    }

    /// Changes a message's place with that of the next one on the same way.
    fn reorder(&mut self, at: Micros, flight: Flight<P>, duty: Duty) -> Event<P> {
        let next = self
            .in_flight()
            .filter(|(when, other)| {
                *when > at && other.from == flight.from && other.to == flight.to
            })
            .min_by_key(|(when, _)| *when)
            .map(|(_, other)| other.id);
        let Some((later, other, its_duty)) = next.and_then(|id| self.take(id)) else {
            self.plan(at, Planned::Flight(flight), duty);
            return refused(0, "there is no second message on that way");
        };
        let ids = (flight.id, other.id);
        self.plan(at, Planned::Flight(other), its_duty);
        self.plan(later, Planned::Flight(flight), duty);
        Event {
            node: 0,
            what: What::Reordered(ids.0, ids.1),
            note: None,
        }
    }

    /// Takes a message from its way.
    fn take(&mut self, id: u32) -> Option<(Micros, Flight<P>, Duty)> {
        let is_it =
            |planned: &Planned<P>| matches!(planned, Planned::Flight(flight) if flight.id == id);
        let stood = self.stood_still();
        let (at, planned, duty) = match &mut self.held {
            Some(held) => {
                let place = held
                    .planned
                    .iter()
                    .position(|(_, planned, _)| is_it(planned))?;
                let (at, planned, duty) = held.planned.remove(place);
                (at.plus(stood), planned, duty)
            }
            None => {
                let (at, _) = self.queue.iter().find(|(_, planned)| is_it(planned))?;
                let (planned, duty) = self.queue.cancel(at)?;
                (at, planned, duty)
            }
        };
        match planned {
            Planned::Flight(flight) => Some((at, flight, duty)),
            _ => None,
        }
    }

    fn steer_network(&mut self, on: On, kind: &str) -> Option<Event<P>> {
        let what = match (kind, on) {
            ("partition", On::Nodes(side)) => {
                self.network.part(side, false);
                What::Partitioned {
                    side,
                    one_way: false,
                }
            }
            ("partition-out", On::Nodes(side)) => {
                self.network.part(side, true);
                What::Partitioned {
                    side,
                    one_way: true,
                }
            }
            ("cut", On::Link(from, to)) => {
                self.network.cut(from, to);
                What::Cut(from, to)
            }
            ("heal", _) => {
                self.network.heal();
                What::Healed
            }
            ("hold", _) => self.hold(),
            ("release", _) => self.release(),
            _ => return None,
        };
        Some(Event {
            node: 0,
            what,
            note: None,
        })
    }

    fn hold(&mut self) -> What<P> {
        if self.held.is_some() {
            return What::Refused("everything is held already");
        }
        let mut held = Held {
            since: self.now(),
            planned: Vec::new(),
        };
        while let Some(at) = self.queue.next_at() {
            if let Some((planned, duty)) = self.queue.cancel(at) {
                held.planned.push((at, planned, duty));
            }
        }
        self.held = Some(held);
        What::Held
    }

    fn release(&mut self) -> What<P> {
        let Some(held) = self.held.take() else {
            return What::Refused("nothing is held");
        };
        let shift = self.now().minus(held.since);
        for (at, planned, duty) in held.planned {
            let timer = match &planned {
                Planned::Timer(node, timer) => Some((*node, *timer)),
                _ => None,
            };
            let slot = self.plan(at.plus(shift), planned, duty);
            let Some((node, timer)) = timer else { continue };
            for (name, place) in self
                .member(node)
                .into_iter()
                .flat_map(|member| &mut member.timers)
            {
                if *name == timer {
                    *place = slot;
                }
            }
        }
        What::Released
    }
}

fn arrival<P: Protocol>(flight: Flight<P>) -> Arrival<P> {
    Arrival {
        id: flight.id,
        from: flight.from,
        sent: flight.sent,
        copy: flight.copy,
        message: flight.message,
    }
}
