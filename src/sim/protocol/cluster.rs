//! The world of a protocol: its nodes, the network between them, and what happens when.

use std::mem;
use std::sync::Arc;

use super::event::{Arrival, Event, What, Why};
use super::network::Network;
use super::node::{Member, Status};
use super::turn::{Effects, Turn};
use super::{NodeId, Protocol, causes};
use crate::sim::action::Action;
use crate::sim::config::Config;
use crate::sim::export::Format;
use crate::sim::history::History;
use crate::sim::lab::Lab;
use crate::sim::queue::{Duty, Queue};
use crate::sim::random::Random;
use crate::sim::time::Micros;
use crate::sim::world::{Property, World};

/// Nodes that follow a protocol.
#[derive(Clone, Debug)]
pub struct Cluster<P: Protocol> {
    protocol: Arc<P>,
    members: Vec<Member<P>>,
    pub(super) network: Network,
    pub(super) queue: Queue<Planned<P>>,
    /// While everything is held: what would have happened by itself.
    pub(super) held: Option<Held<P>>,
    /// What waits for nodes that stand still.
    waiting: Vec<(NodeId, Planned<P>, Duty)>,
    random: Random,
    messages: u32,
    last: Option<Event<P>>,
    /// Kept between turns so that a turn need not allocate.
    effects: Effects<P>,
}

/// What is going to happen in a cluster.
#[derive(Clone, Debug)]
pub enum Planned<P: Protocol> {
    /// A node begins.
    Start(NodeId),
    /// A message arrives, or is lost.
    Flight(Flight<P>),
    /// A timer runs out.
    Timer(NodeId, P::Timer),
}

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Flight<P: Protocol> {
    /// Its number, from 1, in the order of sending.
    pub id: u32,
    /// Who sent it.
    pub from: NodeId,
    /// Who it is for.
    pub to: NodeId,
    /// When it was sent.
    pub sent: Micros,
    /// Whether it is a second copy.
    pub copy: bool,
    /// Whether it will be lost, and why, as was decided when it was sent.
    pub lost: Option<Why>,
    /// Whether it has come as far as its node, which stands still.
    pub waits: bool,
    /// What it says.
    pub message: P::Message,
}

/// What would have happened by itself, had it not been held.
#[derive(Clone, Debug)]
pub(super) struct Held<P: Protocol> {
    /// Since when. Time stands still for what is held, so its moments count from here.
    pub(super) since: Micros,
    pub(super) planned: Vec<(Micros, Planned<P>, Duty)>,
}

impl<P: Protocol> Cluster<P> {
    /// The rules that the nodes follow.
    pub fn protocol(&self) -> &P {
        &self.protocol
    }

    /// The nodes, n1 first.
    pub fn members(&self) -> &[Member<P>] {
        &self.members
    }

    /// The states of the nodes, n1 first.
    pub fn states(&self) -> impl ExactSizeIterator<Item = &P::Node> {
        self.members.iter().map(|member| &member.state)
    }

    /// The network between them.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The present.
    pub fn now(&self) -> Micros {
        self.queue.now()
    }

    /// What happened last; properties look at it.
    pub fn last_event(&self) -> Option<&Event<P>> {
        self.last.as_ref()
    }

    /// How many messages have been sent.
    pub fn messages_sent(&self) -> u32 {
        self.messages
    }

    /// Messages on their way, each with the moment at which it arrives or is lost.
    pub fn in_flight(&self) -> impl Iterator<Item = (Micros, &Flight<P>)> {
        let stood = self.stood_still();
        let held = self.held.iter().flat_map(|held| &held.planned);
        let planned = self.queue.iter();
        planned
            .chain(held.map(move |(at, planned, _)| (at.plus(stood), planned)))
            .filter_map(|(at, planned)| match planned {
                Planned::Flight(flight) => Some((at, flight)),
                _ => None,
            })
    }

    /// How many messages and timers wait for a node that stands still.
    pub fn waiting_for(&self, node: NodeId) -> usize {
        let its = self.waiting.iter().filter(|(who, _, _)| *who == node);
        its.count()
    }

    /// For how long everything has been held.
    pub(super) fn stood_still(&self) -> Micros {
        let held = self.held.as_ref();
        held.map_or(Micros::ZERO, |held| self.now().minus(held.since))
    }

    pub(super) fn member(&mut self, node: NodeId) -> Option<&mut Member<P>> {
        self.members.get_mut(usize::from(node).checked_sub(1)?)
    }

    pub(super) fn next_id(&mut self) -> u32 {
        self.messages = self.messages.saturating_add(1);
        self.messages
    }

    /// Plans something, or keeps it while everything is held. Returns when it would happen.
    pub(super) fn plan(&mut self, at: Micros, planned: Planned<P>, duty: Duty) -> Micros {
        let stood = self.stood_still();
        match (&mut self.held, duty) {
            (Some(held), _) => {
                held.planned.push((at.minus(stood), planned, duty));
                at
            }
            (None, Duty::Work) => self.queue.schedule(at, planned),
            (None, Duty::Routine) => self.queue.schedule_routine(at, planned),
        }
    }

    /// Takes back a node's timer.
    pub(super) fn stop(&mut self, node: NodeId, timer: P::Timer) {
        let Some(member) = self.member(node) else {
            return;
        };
        let Some(place) = member.timers.iter().position(|(name, _)| *name == timer) else {
            return;
        };
        let (_, at) = member.timers.remove(place);
        let is_it = |planned: &Planned<P>| matches!(planned, Planned::Timer(who, what) if *who == node && *what == timer);
        if let Some(held) = &mut self.held {
            held.planned.retain(|(_, planned, _)| !is_it(planned));
        } else if self.queue.get(at).is_some_and(is_it) {
            self.queue.cancel(at);
        }
        self.waiting.retain(|(_, planned, _)| !is_it(planned));
    }

    /// One turn of a node: its rule, and then what the rule wants done.
    fn turn(
        &mut self,
        node: NodeId,
        duty: Duty,
        rule: impl FnOnce(&P, &mut P::Node, &mut Turn<'_, P>),
    ) -> Option<P::Note> {
        let (now, count) = (self.queue.now(), self.count());
        let member = self.members.get_mut(usize::from(node).checked_sub(1)?)?;
        let mut effects = mem::take(&mut self.effects);
        let reading = member.clock.reading(now);
        let mut turn = Turn::new(node, count, reading, &mut self.random, &mut effects);
        rule(&self.protocol, &mut member.state, &mut turn);
        for (timer, after) in effects.timers.drain(..) {
            self.stop(node, timer);
            if let Some(after) = after {
                self.start_timer(node, timer, after, duty);
            }
        }
        for (to, message) in effects.sends.drain(..) {
            self.send(node, to, message, duty);
        }
        let note = effects.note.take();
        self.effects = effects;
        note
    }

    fn start_timer(&mut self, node: NodeId, timer: P::Timer, after: Micros, duty: Duty) {
        let (now, duty) = match self.protocol.is_routine(timer) {
            true => (self.now(), Duty::Routine),
            false => (self.now(), duty),
        };
        let Some(length) = self
            .member(node)
            .map(|member| member.clock.true_length(after))
        else {
            return;
        };
        let at = self.plan(now.plus(length), Planned::Timer(node, timer), duty);
        if let Some(member) = self.member(node) {
            member.timers.push((timer, at));
        }
    }

    fn send(&mut self, from: NodeId, to: NodeId, message: P::Message, duty: Duty) {
        if to == 0 || to > self.count() {
            return;
        }
        let (now, protocol) = (self.now(), Arc::clone(&self.protocol));
        let fate = self.network.send(from, to, now, |random| {
            protocol.delay(from, to, &message, random)
        });
        let mut flight = Flight {
            id: self.next_id(),
            from,
            to,
            sent: now,
            copy: false,
            lost: None,
            waits: false,
            message,
        };
        if let Some(at) = fate.copy {
            let copy = Flight {
                id: self.next_id(),
                copy: true,
                ..flight.clone()
            };
            self.plan(at, Planned::Flight(copy), duty);
        }
        flight.lost = fate.lost;
        self.plan(fate.arrives, Planned::Flight(flight), duty);
    }

    fn count(&self) -> NodeId {
        NodeId::try_from(self.members.len()).unwrap_or(NodeId::MAX)
    }

    /// Lets what was planned happen, whether by itself or because the reader wants it now.
    pub(super) fn carry_out(&mut self, planned: Planned<P>, duty: Duty) -> Option<Event<P>> {
        match planned {
            Planned::Start(node) => {
                let note = self.turn(node, duty, |protocol, state, turn| {
                    protocol.on_start(state, turn);
                })?;
                Some(Event {
                    node,
                    what: What::Started,
                    note: Some(note),
                })
            }
            Planned::Flight(flight) => self.arrive(flight, duty),
            Planned::Timer(node, timer) => self.run_out(node, timer, duty),
        }
    }

    fn arrive(&mut self, flight: Flight<P>, duty: Duty) -> Option<Event<P>> {
        let (from, to) = (flight.from, flight.to);
        let passes = flight.waits || self.network.passes(from, to);
        let why = match (flight.lost, passes, self.member(to)?.status) {
            (Some(why), _, _) => Some(why),
            (None, false, _) => Some(Why::Partition),
            (None, true, Status::Crashed) => Some(Why::Down),
            (None, true, Status::Paused) => {
                let flight = Flight {
                    waits: true,
                    ..flight
                };
                self.waiting.push((to, Planned::Flight(flight), duty));
                return None;
            }
            (None, true, Status::Up) => None,
        };
        let arrival = Arrival {
            id: flight.id,
            from,
            sent: flight.sent,
            copy: flight.copy,
            message: flight.message.clone(),
        };
        let Some(why) = why else {
            let note = self.turn(to, duty, |protocol, state, turn| {
                protocol.on_message(state, from, flight.message, turn);
            });
            return Some(Event {
                node: to,
                what: What::Received(arrival),
                note,
            });
        };
        Some(Event {
            node: to,
            what: What::Lost(arrival, why),
            note: None,
        })
    }

    fn run_out(&mut self, node: NodeId, timer: P::Timer, duty: Duty) -> Option<Event<P>> {
        let member = self.member(node)?;
        if member.status == Status::Paused {
            self.waiting.push((node, Planned::Timer(node, timer), duty));
            return None;
        }
        member.timers.retain(|(name, _)| *name != timer);
        let note = self.turn(node, duty, |protocol, state, turn| {
            protocol.on_timer(state, timer, turn);
        });
        Some(Event {
            node,
            what: What::Timer(timer),
            note,
        })
    }

    /// One of the lab's own actions on a node.
    pub(super) fn ask(&mut self, action: &Action) -> Option<Event<P>> {
        let node = action.on.node();
        match self.member(node)?.status {
            Status::Up => {}
            Status::Paused => return Some(refused(node, "a node that stands still does nothing")),
            Status::Crashed => return Some(refused(node, "a node that is down does nothing")),
        }
        let sent = self.messages;
        let note = self.turn(node, Duty::Work, |protocol, state, turn| {
            protocol.on_action(state, action, turn);
        });
        // A rule that sent something did something, whether it says so or not.
        let what = if note.is_some() || self.messages > sent {
            What::Asked(action.kind)
        } else {
            What::Refused("nothing comes of it")
        };
        Some(Event { node, what, note })
    }

    /// A node that was down or new begins.
    pub(super) fn begin(&mut self, node: NodeId) -> Option<P::Note> {
        self.turn(node, Duty::Work, |protocol, state, turn| {
            protocol.on_start(state, turn);
        })
    }

    /// What waited for a node, in the order in which it came.
    pub(super) fn take_waiting(&mut self, node: NodeId) -> Vec<(Planned<P>, Duty)> {
        let (its, others) = mem::take(&mut self.waiting)
            .into_iter()
            .partition(|(who, _, _)| *who == node);
        self.waiting = others;
        let its: Vec<(NodeId, Planned<P>, Duty)> = its;
        its.into_iter()
            .map(|(_, planned, duty)| (planned, duty))
            .collect()
    }

    /// Lets a node forget what it had only in memory.
    pub(super) fn forget(&mut self, node: NodeId) {
        let protocol = Arc::clone(&self.protocol);
        if let Some(member) = self.member(node) {
            protocol.forget(&mut member.state);
        }
    }
}

/// An event that says why nothing happened.
pub(super) fn refused<P: Protocol>(node: NodeId, why: &'static str) -> Event<P> {
    Event {
        node,
        what: What::Refused(why),
        note: None,
    }
}

impl<P: Protocol> World for Cluster<P> {
    type Planned = Planned<P>;
    type Event = Event<P>;

    fn lab() -> &'static Lab {
        P::lab()
    }

    fn start(config: &Config, seed: u64) -> Self {
        let protocol = Arc::new(P::seeded(config, seed));
        let mut states = protocol.nodes();
        states.truncate(64);
        let members: Vec<Member<P>> = (1..)
            .zip(states)
            .map(|(node, state)| Member::new(state, protocol.clock(node)))
            .collect();
        let mut queue = Queue::new();
        for node in (1..).take(members.len()) {
            queue.schedule(Micros::ZERO, Planned::Start(node));
        }
        Self {
            network: Network::new(config, members.len(), seed),
            protocol,
            members,
            queue,
            held: None,
            waiting: Vec::new(),
            random: Random::stream(seed, 0),
            messages: 0,
            last: None,
            effects: Effects::default(),
        }
    }

    fn queue(&self) -> &Queue<Planned<P>> {
        &self.queue
    }

    fn queue_mut(&mut self) -> &mut Queue<Planned<P>> {
        &mut self.queue
    }

    fn happen(&mut self, planned: Planned<P>, duty: Duty) -> Option<Event<P>> {
        self.last = self.carry_out(planned, duty);
        self.last.clone()
    }

    fn act(&mut self, action: &Action) -> Option<Event<P>> {
        self.last = self.steer(action);
        self.last.clone()
    }

    fn shortest(&self) -> Micros {
        self.protocol.shortest()
    }

    fn sentence(&self, event: &Event<P>) -> String {
        event.sentence(&self.protocol)
    }

    fn on_its_way(&self) -> Vec<(u32, String)> {
        self.messages_in_words()
    }

    fn properties() -> &'static [Property<Self>] {
        P::properties()
    }

    fn probe(history: &History<Self>, probe: &str) -> Option<i64> {
        P::probe(history, probe)
    }

    fn export(history: &History<Self>, format: Format) -> Option<String> {
        match format {
            Format::Shiviz => Some(causes::shiviz(history)),
            _ => P::export(history, format),
        }
    }
}
