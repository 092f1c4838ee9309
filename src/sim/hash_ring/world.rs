//! The world: a ring of nodes, and what the reader does to it.

use std::sync::Arc;

use super::declaration::LAB;
use super::effect::{self, Effect, Placed};
use super::event::{Event, Refusal, What};
use super::promises;
use super::setting::{Setting, last_name};
use super::share::Share;
use crate::sim::action::Action;
use crate::sim::config::Config;
use crate::sim::hashing::{Among, Node, Placement, Placing, Ring, Scheme};
use crate::sim::history::History;
use crate::sim::lab::Lab;
use crate::sim::queue::{Duty, Queue};
use crate::sim::time::Micros;
use crate::sim::world::{Property, World};

/// The world of the lab. What is large in it is shared, so that a clone costs nothing.
#[derive(Clone, Debug)]
pub struct HashRing {
    setting: Setting,
    ring: Arc<Ring>,
    /// The first keys under the scheme of the run.
    sample: Arc<Placement>,
    /// The last name that is free to be given.
    last_name: u16,
    /// The largest name given so far.
    newest: u16,
    queue: Queue<Beginning>,
    last: Option<Event>,
}

/// The one thing that happens of itself: the run begins.
#[derive(Clone, Copy, Debug)]
pub struct Beginning;

impl HashRing {
    /// What the run is set to.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// The nodes with their points.
    pub fn ring(&self) -> &Ring {
        &self.ring
    }

    /// The same, to be kept on its own.
    pub fn shared_ring(&self) -> Arc<Ring> {
        Arc::clone(&self.ring)
    }

    /// The first keys under the scheme of the run.
    pub fn sample(&self) -> &Placement {
        &self.sample
    }

    /// What happened last; nothing before the run begins.
    pub fn last(&self) -> Option<&Event> {
        self.last.as_ref()
    }

    fn node(&self, id: u16) -> Option<Node> {
        let nodes = self.ring.nodes();
        let place = nodes.binary_search_by_key(&id, |node| node.id).ok()?;
        nodes.get(place).copied()
    }

    /// The next name that nobody has had; when all have been given, the first that is free.
    fn free_name(&self) -> Option<u16> {
        if self.newest < self.last_name {
            return Some(self.newest + 1);
        }
        (1..=self.last_name).find(|id| self.node(*id).is_none())
    }

    fn join(&mut self, weight: u32) -> Event {
        let Some(id) = self.free_name() else {
            return self.refuse(0, Refusal::Full);
        };
        self.newest = self.newest.max(id);
        let node = Node {
            weight,
            ..Node::new(id)
        };
        self.change(id, What::Joined { weight }, |ring| ring.add(node))
    }

    fn leave(&mut self, id: u16) -> Event {
        self.change(id, What::Left, |ring| {
            ring.remove(id);
        })
    }

    fn fail(&mut self, node: Node) -> Event {
        if !node.up {
            return self.refuse(node.id, Refusal::Down);
        }
        self.change(node.id, What::Failed, |ring| {
            ring.set_up(node.id, false);
        })
    }

    fn recover(&mut self, node: Node) -> Event {
        if node.up {
            return self.refuse(node.id, Refusal::Up);
        }
        self.change(node.id, What::Recovered, |ring| {
            ring.set_up(node.id, true);
        })
    }

    fn weigh(&mut self, node: Node, weight: u32) -> Event {
        if node.weight == weight {
            return self.refuse(node.id, Refusal::SameWeight);
        }
        let what = What::Weighed {
            from: node.weight,
            to: weight,
        };
        self.change(node.id, what, |ring| ring.add(Node { weight, ..node }))
    }

    /// Changes the ring, and says what that did to the keys.
    fn change(&mut self, node: u16, what: What, change: impl FnOnce(&mut Ring)) -> Event {
        let mut ring = Ring::clone(&self.ring);
        change(&mut ring);
        let sample = effect::sample(&self.setting, &ring);
        let before = Placed {
            ring: &self.ring,
            keys: &self.sample,
        };
        let after = Placed {
            ring: &ring,
            keys: &sample,
        };
        let effect = Effect::of(self.setting.scheme, before, after, node, what);
        self.ring = Arc::new(ring);
        self.sample = Arc::new(sample);
        self.event(node, what, Some(effect))
    }

    fn refuse(&self, node: u16, refusal: Refusal) -> Event {
        self.event(node, What::Refused(refusal), None)
    }

    fn event(&self, node: u16, what: What, effect: Option<Effect>) -> Event {
        let without_copy = match self.setting.scheme {
            Scheme::Ring => {
                effect::without_copy(&self.ring, self.setting.keys, self.setting.copies)
            }
            _ => Share::NONE,
        };
        Event {
            node,
            what,
            effect,
            without_copy,
            extremes: self.extremes(),
            nodes: self.ring.nodes().to_vec(),
        }
    }

    /// The largest and the smallest part that a node serves, of those that serve: of the circle for
    /// the ring, else of the sample.
    fn extremes(&self) -> Option<(Share, Share)> {
        let shares = self.shares();
        Some((shares.iter().max().copied()?, shares.iter().min().copied()?))
    }

    /// What part of the keys each node serves, of those that serve.
    fn shares(&self) -> Vec<Share> {
        let serves = self.ring.nodes().iter().map(|node| node.serves());
        let shares: Vec<Share> = match self.setting.scheme {
            Scheme::Ring => {
                let arcs = self.ring.arcs(Among::Up).into_iter();
                arcs.map(|arc| Share::of(arc, 1 << 64)).collect()
            }
            _ => {
                let all = self.sample.owners.len() as u128;
                let keys = self.sample.keys.iter();
                keys.map(|keys| Share::of(u128::from(*keys), all)).collect()
            }
        };
        let pairs = shares.into_iter().zip(serves);
        pairs
            .filter_map(|(share, serves)| serves.then_some(share))
            .collect()
    }

    /// The largest share of all requests that one node answers, for the first keys.
    fn hottest(&self) -> f64 {
        let setting = &self.setting;
        let keys = setting.keys.min(effect::SAMPLE);
        let placed = Placing::new(setting.scheme, &self.ring, keys, setting.popularity).finish();
        let all: f64 = placed.requests.iter().sum();
        let most = placed.requests.iter().copied().fold(0.0, f64::max);
        if all > 0.0 { most / all } else { 0.0 }
    }

    /// The coefficient of variation of the sample's keys over the nodes that serve.
    fn variation(&self) -> f64 {
        let up = |id: u16| self.node(id).is_some_and(Node::serves);
        self.sample.spread_of_keys(up).variation
    }
}

impl World for HashRing {
    type Planned = Beginning;
    type Event = Event;

    fn lab() -> &'static Lab {
        &LAB
    }

    fn start(config: &Config, seed: u64) -> Self {
        let setting = Setting::of(config, seed);
        let nodes: Vec<Node> = (1..=setting.nodes).map(Node::new).collect();
        let ring = Ring::new(&nodes, setting.virtual_nodes, seed);
        let sample = effect::sample(&setting, &ring);
        let mut queue = Queue::new();
        queue.schedule(Micros::ZERO, Beginning);
        Self {
            setting,
            ring: Arc::new(ring),
            sample: Arc::new(sample),
            last_name: last_name(config),
            newest: setting.nodes,
            queue,
            last: None,
        }
    }

    fn queue(&self) -> &Queue<Beginning> {
        &self.queue
    }

    fn queue_mut(&mut self) -> &mut Queue<Beginning> {
        &mut self.queue
    }

    fn happen(&mut self, _planned: Beginning, _duty: Duty) -> Option<Event> {
        let what = What::Began {
            nodes: self.setting.nodes,
            points: u32::try_from(self.ring.points().len()).unwrap_or(u32::MAX),
        };
        let event = self.event(0, what, None);
        self.last = Some(event.clone());
        Some(event)
    }

    fn act(&mut self, action: &Action) -> Option<Event> {
        let id = action.on.node();
        let amount = u32::try_from(action.amount).unwrap_or(0);
        let event = match (action.kind, self.node(id)) {
            ("add", _) => self.join(amount),
            (_, None) => self.refuse(id, Refusal::Absent),
            ("remove", Some(_)) => self.leave(id),
            ("fail", Some(node)) => self.fail(node),
            ("recover", Some(node)) => self.recover(node),
            ("weigh", Some(node)) => self.weigh(node, amount),
            _ => return None,
        };
        self.last = Some(event.clone());
        Some(event)
    }

    fn sentence(&self, event: &Event) -> String {
        event.sentence(&self.setting)
    }

    fn properties() -> &'static [Property<Self>] {
        promises::ALL
    }

    fn probe(history: &History<Self>, probe: &str) -> Option<i64> {
        let world = history.last();
        let nodes = world.ring.nodes();
        let count = |count: usize| i64::try_from(count).ok();
        match probe {
            "nodes" => count(nodes.len()),
            "serving" => count(nodes.iter().filter(|node| node.serves()).count()),
            "moved-permille" => {
                let mut events = history.entries().iter().rev().map(|entry| &entry.event);
                let effect = events.find_map(|event| event.effect);
                Some(effect.map_or(0, |effect| effect.moved.permille()))
            }
            "largest-share-permille" => {
                let (largest, _) = world.extremes().unwrap_or_default();
                Some(largest.permille())
            }
            "variation-permille" => Some(permille(world.variation())),
            "without-copy-permille" => {
                let last = history.entries().last();
                Some(last.map_or(0, |entry| entry.event.without_copy.permille()))
            }
            "hottest-permille" => Some(permille(world.hottest())),
            _ => None,
        }
    }
}

/// A ratio in thousandths, rounded.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a ratio of loads is at most the number of nodes"
)]
fn permille(ratio: f64) -> i64 {
    libm::round(ratio * 1_000.0) as i64
}
