//! The world: processes that do what the reader draws, and the stamps that their events get.

use super::declaration::{LAB, processes};
use super::drawn::{Drawn, drawn};
use super::event::{Deed, Event};
use super::stamps::{Shown, Stamps};
use super::{file, promises, report};
use crate::sim::action::{Action, On};
use crate::sim::causality::{Computation, Event as Cause, MessageId, Mistake};
use crate::sim::clocks::Reading;
use crate::sim::config::Config;
use crate::sim::export::Format;
use crate::sim::history::History;
use crate::sim::lab::Lab;
use crate::sim::queue::{Duty, Queue};
use crate::sim::time::Micros;
use crate::sim::world::{Property, World};

/// A run without an event still shows its processes for so long.
const SHORTEST: Micros = Micros::from_millis(100);
/// What arrives at a process or leaves it within so many microseconds is one event.
const STEP: u64 = 1_000;

/// The world of the lab.
#[derive(Clone, Debug)]
pub struct LogicalClocks {
    names: Vec<String>,
    shown: Shown,
    /// How far each process's physical clock is ahead, in microseconds.
    skews: Vec<i64>,
    queue: Queue<Planned>,
    happenings: Vec<Happening>,
    /// The last event of each process.
    latest: Vec<Option<usize>>,
    /// The event that sends each message; the first is that of m1.
    senders: Vec<usize>,
    /// How many of the reader's actions there were.
    acted: usize,
    /// The event that was changed last, for the promises to look at.
    last: Option<usize>,
}

/// What is going to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Planned {
    /// Something that was drawn at random: its number among those, and what it is.
    Drawn(usize, usize, Option<(usize, Micros)>),
    /// A message arrives.
    Arrive {
        /// The message.
        message: MessageId,
        /// Where, counted from 0.
        to: usize,
        /// What it was made by.
        source: Source,
    },
}

/// What put an event or a message into the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The reader's action of that place among the run's actions, counted from 0.
    Action(usize),
    /// Chance; counted from 0.
    Drawn(usize),
}

/// Which end of an action an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All of it: an event that concerns no other process.
    Local,
    /// The sending of a message.
    Send,
    /// The receipt of a message.
    Receive,
}

/// A reason why there is an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it was made by.
    pub source: Source,
    /// Which end of that it is.
    pub end: End,
    /// What the process does.
    pub deed: Deed,
}

/// An event of a process with its stamps.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// The process, counted from 0.
    pub process: usize,
    /// When, in true time.
    pub at: Micros,
    /// What it consists of; at least one.
    pub parts: Vec<Part>,
    /// The messages that it receives.
    pub receives: Vec<MessageId>,
    /// The message that it sends, to one process or several.
    pub sends: Option<MessageId>,
    /// The event before it on its process.
    pub previous: Option<usize>,
    /// Its stamps.
    pub stamps: Stamps,
}

impl LogicalClocks {
    /// The processes' names: n1 and so on.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The stamp that this run shows.
    pub fn shown(&self) -> Shown {
        self.shown
    }

    /// All events so far, in the order of time.
    pub fn happenings(&self) -> &[Happening] {
        &self.happenings
    }

    /// How far the physical clock of a process, counted from 0, is ahead of true time, in
    /// microseconds.
    pub fn skew(&self, process: usize) -> i64 {
        self.skews.get(process).copied().unwrap_or(0)
    }

    /// The event that sends a message.
    pub fn sender(&self, message: MessageId) -> Option<usize> {
        let place = usize::try_from(message.0).ok()?.checked_sub(1)?;
        self.senders.get(place).copied()
    }

    /// What was drawn, without times: the events in the order of time, with labels as `label` gives
    /// them.
    ///
    /// # Errors
    /// If a name is no name of a process, or is given twice.
    pub fn computation(
        &self,
        names: &[String],
        label: impl Fn(&Happening) -> String,
    ) -> Result<Computation, Mistake> {
        let events = self.happenings.iter().map(|happening| Cause {
            process: happening.process,
            receives: happening.receives.clone(),
            sends: happening.sends,
            label: label(happening),
        });
        Computation::of(names.to_vec(), events)
    }

    /// The event that was changed last, with its number.
    pub(super) fn last_changed(&self) -> Option<(usize, &Happening)> {
        let number = self.last?;
        Some((number, self.happenings.get(number)?))
    }

    /// An event of a process's own.
    fn local(&mut self, process: usize, source: Source) -> Option<Event> {
        let deed = Deed::Local;
        let number = self.begin(process)?;
        self.add(
            number,
            Part {
                source,
                end: End::Local,
                deed,
            },
            false,
        )
    }

    /// A message leaves, together with whatever the process does in this millisecond.
    fn send(&mut self, from: usize, to: usize, takes: Micros, source: Source) -> Option<Event> {
        self.latest.get(to)?;
        let open = self.current(from);
        let number = match open {
            Some(number) => number,
            None => self.begin(from)?,
        };
        let next = MessageId(u32::try_from(self.senders.len()).ok()?.saturating_add(1));
        let happening = self.happenings.get_mut(number)?;
        let message = *happening.sends.get_or_insert(next);
        if message == next {
            self.senders.push(number);
        }
        // It takes its time from when the event began, which may be some microseconds ago.
        let arrives = happening.at.plus(takes);
        self.queue.schedule(
            arrives,
            Planned::Arrive {
                message,
                to,
                source,
            },
        );
        let deed = Deed::Sent { message, to };
        self.add(
            number,
            Part {
                source,
                end: End::Send,
                deed,
            },
            open.is_some(),
        )
    }

    /// A message arrives, together with others that arrive in this millisecond. What the process has
    /// sent already cannot tell of it any more: then it is an event of its own.
    fn receive(&mut self, to: usize, message: MessageId, source: Source) -> Option<Event> {
        let from = self.happenings.get(self.sender(message)?)?.process;
        let open = self.current(to).filter(|number| {
            self.happenings.get(*number).is_some_and(|happening| {
                happening.sends.is_none() && !happening.receives.is_empty()
            })
        });
        let number = match open {
            Some(number) => number,
            None => self.begin(to)?,
        };
        self.happenings.get_mut(number)?.receives.push(message);
        let deed = Deed::Received { message, from };
        self.add(
            number,
            Part {
                source,
                end: End::Receive,
                deed,
            },
            open.is_some(),
        )
    }

    /// The event of a process that has begun in this millisecond.
    fn current(&self, process: usize) -> Option<usize> {
        let number = (*self.latest.get(process)?)?;
        let began = self.happenings.get(number)?.at;
        (began.0 / STEP == self.queue.now().0 / STEP).then_some(number)
    }

    /// Begins an event, which is stamped when its first part is added. Gives its number.
    fn begin(&mut self, process: usize) -> Option<usize> {
        let (number, at) = (self.happenings.len(), self.queue.now());
        let skew = self.skew(process);
        let latest = self.latest.get_mut(process)?;
        let previous = latest.replace(number);
        // A physical clock counts whole milliseconds; a right one began at 0, as every hybrid clock does.
        let shows = at.signed().saturating_add(skew).div_euclid(1_000) * 1_000;
        let reading = Reading(shows);
        self.happenings.push(Happening {
            process,
            at,
            parts: Vec::new(),
            receives: Vec::new(),
            sends: None,
            previous,
            stamps: Stamps::of(&self.names, process, reading, None, &[]),
        });
        Some(number)
    }

    /// Adds a part to an event and stamps the event.
    fn add(&mut self, number: usize, part: Part, joined: bool) -> Option<Event> {
        let happening = self.happenings.get(number)?;
        let of = |number: usize| self.happenings.get(number).map(|other| &other.stamps);
        let own = happening.previous.and_then(of);
        let told: Vec<&Stamps> = happening
            .receives
            .iter()
            .filter_map(|message| of(self.sender(*message)?))
            .collect();
        let (process, reading) = (happening.process, happening.stamps.reading);
        let stamps = Stamps::of(&self.names, process, reading, own, &told);
        let event = Event {
            happening: number,
            deed: part.deed,
            joined,
            stamps: stamps.clone(),
            own: own.cloned(),
            told: told.into_iter().cloned().collect(),
        };
        let happening = self.happenings.get_mut(number)?;
        happening.parts.push(part);
        happening.stamps = stamps;
        self.last = Some(number);
        Some(event)
    }
}

impl World for LogicalClocks {
    type Planned = Planned;
    type Event = Event;

    fn lab() -> &'static Lab {
        &LAB
    }

    fn start(config: &Config, seed: u64) -> Self {
        let (count, skew) = (processes(config), config.get("skew"));
        let mut queue = Queue::new();
        for (
            number,
            Drawn {
                process,
                message,
                at,
            },
        ) in drawn(config, seed).into_iter().enumerate()
        {
            queue.schedule(at, Planned::Drawn(number, process, message));
        }
        let skews = [0, skew, -skew, skew / 2, -skew / 2, 0];
        Self {
            names: (1..=count).map(|number| format!("n{number}")).collect(),
            shown: Shown::of(config),
            skews: skews.into_iter().take(count).collect(),
            queue,
            happenings: Vec::new(),
            latest: vec![None; count],
            senders: Vec::new(),
            acted: 0,
            last: None,
        }
    }

    fn queue(&self) -> &Queue<Planned> {
        &self.queue
    }

    fn queue_mut(&mut self) -> &mut Queue<Planned> {
        &mut self.queue
    }

    fn happen(&mut self, planned: Planned, _duty: Duty) -> Option<Event> {
        match planned {
            Planned::Arrive {
                message,
                to,
                source,
            } => self.receive(to, message, source),
            Planned::Drawn(number, process, message) => {
                let source = Source::Drawn(number);
                match message {
                    Some((to, takes)) => self.send(process, to, takes, source),
                    None => self.local(process, source),
                }
            }
        }
    }

    fn act(&mut self, action: &Action) -> Option<Event> {
        let source = Source::Action(self.acted);
        self.acted += 1;
        let from_zero = |node: u16| usize::from(node).checked_sub(1);
        match (action.kind, action.on) {
            ("event", On::Node(node)) => self.local(from_zero(node)?, source),
            ("message", On::Link(from, to)) => {
                let takes = Micros::from_signed(action.amount);
                self.send(from_zero(from)?, from_zero(to)?, takes, source)
            }
            _ => None,
        }
    }

    fn shortest(&self) -> Micros {
        SHORTEST
    }

    fn sentence(&self, event: &Event) -> String {
        event.sentence(&self.names, self.shown)
    }

    fn properties() -> &'static [Property<Self>] {
        promises::ALL
    }

    fn probe(history: &History<Self>, probe: &str) -> Option<i64> {
        report::probe(history.last(), probe)
    }

    fn export(history: &History<Self>, format: Format) -> Option<String> {
        match format {
            Format::Shiviz => file::save(history.last(), &file::Names::default()),
            _ => None,
        }
    }
}
