//! The world: machines, the messages between them, the time server, and what happens when.

use std::sync::Arc;

use super::declaration::{LAB, machines};
use super::entry::{LogEntry, Order, What};
use super::event::Event;
use super::machine::{Machine, Waiting};
use super::planned::{InFlight, Planned};
use super::rules::{Rules, SHORTEST, THINKING, bit};
use super::{promises, report};
use crate::sim::action::Action;
use crate::sim::config::Config;
use crate::sim::history::History;
use crate::sim::lab::Lab;
use crate::sim::queue::{Duty, Queue};
use crate::sim::random::Random;
use crate::sim::time::Micros;
use crate::sim::world::{Property, World};

/// The world of the lab.
#[derive(Clone, Debug)]
pub struct ClockSkew {
    pub(super) rules: Rules,
    pub(super) queue: Queue<Planned>,
    pub(super) machines: Vec<Machine>,
    log: Vec<Arc<LogEntry>>,
    begun: u32,
    /// Who reacts to each write so far, one bit for each machine; the first is for x = 1.
    reactors: Vec<u8>,
    /// Decides who reacts to what the reader makes a machine write.
    mind: Random,
    /// What the last event was, for the promises to look at.
    last: Option<Event>,
    horizon: Micros,
}

impl ClockSkew {
    /// The machines, n1 first.
    pub fn machines(&self) -> &[Machine] {
        &self.machines
    }

    /// Every finished entry, in the order in which they were finished.
    pub fn log(&self) -> &[Arc<LogEntry>] {
        &self.log
    }

    /// Writes on their way.
    pub fn in_flight(&self) -> impl Iterator<Item = InFlight> + '_ {
        self.queue
            .iter()
            .filter_map(|(arrives, planned)| match planned {
                Planned::Deliver { to, write } => Some(InFlight {
                    write: Arc::clone(write),
                    to: *to,
                    arrives,
                }),
                _ => None,
            })
    }

    /// When the last event was.
    pub fn now(&self) -> Micros {
        self.queue.now()
    }

    /// The stamp that this run goes by.
    pub fn order(&self) -> Order {
        self.rules.order
    }

    /// What the last event was.
    pub(super) fn last_event(&self) -> Option<&Event> {
        self.last.as_ref()
    }

    pub(super) fn machine(&mut self, number: u8) -> Option<&mut Machine> {
        self.machines.get_mut(usize::from(number).checked_sub(1)?)
    }

    fn carry_out(&mut self, planned: &Planned) -> Option<Event> {
        match planned {
            Planned::Write { machine, reactors } => self.write(*machine, None, *reactors),
            // Nobody reacts to a reaction, so that every conversation ends.
            Planned::React { machine, upon } => self.write(*machine, Some(*upon), 0),
            Planned::Deliver { to, write } => self.receive(*to, write),
            Planned::Release { machine, entry } => self.release(*machine, *entry),
            Planned::Poll { machine } => {
                self.queue
                    .schedule_routine(self.now().plus(self.rules.sync), planned.clone());
                self.ask(*machine)
            }
            Planned::Answer { machine } => self.answer(*machine),
        }
    }

    /// A machine writes the next value.
    fn write(&mut self, machine: u8, upon: Option<u32>, reactors: u8) -> Option<Event> {
        let value = u32::try_from(self.reactors.len()).ok()?.saturating_add(1);
        let event = self.begin(machine, What::Write { value, upon }, None)?;
        self.reactors.push(reactors);
        Some(event)
    }

    /// A machine receives another's write.
    fn receive(&mut self, machine: u8, write: &Arc<LogEntry>) -> Option<Event> {
        let what = What::Apply {
            value: write.what.value(),
            write: write.id,
            by: write.machine,
        };
        self.begin(machine, what, Some(Arc::clone(write)))
    }

    /// A machine stamps an entry, and finishes it unless it has to wait.
    fn begin(&mut self, number: u8, what: What, write: Option<Arc<LogEntry>>) -> Option<Event> {
        let (now, rules, id) = (self.now(), self.rules, self.begun.saturating_add(1));
        let machine = self.machine(number)?;
        let (stamps, vector) = machine.stamp(now, write.as_deref());
        let stamp = stamps.by(rules.order);
        let mut entry = LogEntry {
            id,
            machine: number,
            what,
            begun: now,
            done: now,
            stamps,
            vector,
            stamp,
            holds: 0,
        };
        entry.done = machine.releases(&entry, rules.order, rules.wait, now);
        self.begun = id;
        if entry.done <= now {
            return self.finish(entry, write);
        }
        entry.done = self.queue.schedule(
            entry.done,
            Planned::Release {
                machine: number,
                entry: id,
            },
        );
        self.machine(number)?.waiting.push(Waiting { entry, write });
        Some(Event::Stamped(entry))
    }

    /// Commit wait is over.
    fn release(&mut self, number: u8, id: u32) -> Option<Event> {
        let machine = self.machine(number)?;
        let place = machine
            .waiting
            .iter()
            .position(|waiting| waiting.entry.id == id)?;
        let Waiting { entry, write } = machine.waiting.remove(place);
        self.finish(entry, write)
    }

    /// An entry is in the log: the register is compared, a write is sent, a receipt may be reacted to.
    fn finish(&mut self, mut entry: LogEntry, write: Option<Arc<LogEntry>>) -> Option<Event> {
        entry.done = self.now();
        let number = entry.machine;
        let written = write.unwrap_or_else(|| Arc::new(entry));
        entry.holds = self.machine(number)?.keep(&written);
        match entry.what {
            What::Write { .. } => self.replicate(&written),
            What::Apply { value, .. } => self.perhaps_react(number, value),
        }
        self.log.push(Arc::new(entry));
        Some(Event::Logged(entry))
    }

    /// Sends a write to all other machines.
    fn replicate(&mut self, write: &Arc<LogEntry>) {
        let (now, rules, from) = (self.now(), self.rules, write.machine);
        let others: Vec<u8> = self
            .machines
            .iter()
            .map(|machine| machine.number)
            .filter(|number| *number != from)
            .collect();
        for to in others {
            let Some(machine) = self.machine(from) else {
                return;
            };
            let delay = rules.one_way(to > from, &mut machine.network);
            self.queue.schedule(
                now.plus(delay),
                Planned::Deliver {
                    to,
                    write: Arc::clone(write),
                },
            );
        }
    }

    /// A machine may write on top of what it received. Whether it does was decided with the write
    /// and not by which value it keeps, so that a run's true history is the same whichever stamp it
    /// goes by.
    fn perhaps_react(&mut self, number: u8, upon: u32) {
        let place = usize::try_from(upon.saturating_sub(1)).unwrap_or(usize::MAX);
        let reactors = self.reactors.get(place).copied().unwrap_or(0);
        if reactors & bit(number) != 0 {
            self.queue.schedule(
                self.now().plus(THINKING),
                Planned::React {
                    machine: number,
                    upon,
                },
            );
        }
    }
}

impl World for ClockSkew {
    type Planned = Planned;
    type Event = Event;

    fn lab() -> &'static Lab {
        &LAB
    }

    fn start(config: &Config, seed: u64) -> Self {
        let (count, rules) = (machines(config), Rules::of(config));
        let mut queue = Queue::new();
        let mut random = Random::stream(seed, 0);
        let mut at = Micros::ZERO;
        for _ in 0..config.get("writes") {
            at = at.plus(random.exponential(Micros::from_signed(config.get("gap"))));
            let machine = u8::try_from(random.below(u64::from(count)) + 1).unwrap_or(1);
            queue.schedule(
                at,
                Planned::Write {
                    machine,
                    reactors: rules.reactors(&mut random),
                },
            );
        }
        let mut horizon = SHORTEST;
        if rules.sync > Micros::ZERO {
            for machine in 1..=count {
                let stagger = Micros(rules.sync.0 / 100 * u64::from(machine - 1));
                queue.schedule_routine(rules.sync.plus(stagger), Planned::Poll { machine });
            }
            if config.get("writes") == 0 {
                horizon = Micros(rules.sync.0.saturating_mul(3));
            }
        }
        let machines = (1..=count)
            .map(|number| Machine::start(number, config, seed))
            .collect();
        Self {
            rules,
            queue,
            machines,
            log: Vec::new(),
            begun: 0,
            reactors: Vec::new(),
            mind: Random::stream(seed, 1),
            last: None,
            horizon,
        }
    }

    fn queue(&self) -> &Queue<Planned> {
        &self.queue
    }

    fn queue_mut(&mut self) -> &mut Queue<Planned> {
        &mut self.queue
    }

    fn happen(&mut self, planned: Planned, _duty: Duty) -> Option<Event> {
        self.last = self.carry_out(&planned);
        self.last.clone()
    }

    fn act(&mut self, action: &Action) -> Option<Event> {
        let node = u8::try_from(action.on.node()).unwrap_or(0);
        let event = match action.kind {
            "jump" => self.jump(node, action.amount),
            "sync" => self.ask(node),
            "write" => {
                let reactors = self.rules.reactors(&mut self.mind);
                self.write(node, None, reactors)
            }
            _ => None,
        };
        self.last = Some(event.unwrap_or(Event::Nobody { machine: node }));
        self.last.clone()
    }

    fn shortest(&self) -> Micros {
        self.horizon
    }

    fn sentence(&self, event: &Event) -> String {
        event.sentence()
    }

    fn properties() -> &'static [Property<Self>] {
        promises::ALL
    }

    fn probe(history: &History<Self>, probe: &str) -> Option<i64> {
        report::probe(history, probe)
    }
}
