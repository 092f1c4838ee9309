//! Lamport's mutual exclusion (*Time, Clocks, and the Ordering of Events in a Distributed System*,
//! 1978), as in the TLA+ specification `LamportMutex` by Merz: messages keep their order on each way,
//! and what a process may do of its own accord is a timer that is free to run out.

use serde::Serialize;

use crate::sim::config::Config;
use crate::sim::lab::Lab;
use crate::sim::parameter::{Parameter, Unit};
use crate::sim::protocol::{Cluster, Label, NodeId, Protocol, Turn, network};
use crate::sim::search::Limits;
use crate::sim::time::Micros;
use crate::sim::world::{Broken, Property};

/// The specification's declaration.
pub static LAB: Lab = Lab {
    parameters: &[
        Parameter::number("processes", "Processes", Unit::Count, (1, 4), 3, 1),
        Parameter::number("clock", "Clock up to", Unit::Count, (1, 20), 6, 1)
            .help("States in which a clock shows more are not looked at."),
        Parameter::switch("wait", "Wait for acknowledgements", true).help(
            "Off: a process enters without having heard from the others. The rule's point shows.",
        ),
        network::REORDER.initially_off(),
    ],
    limits: Limits::EVERYTHING,
    ..Lab::of_protocol::<Mutex>(
        "lamport-mutex",
        "LamportMutex",
        "Mutual exclusion by Lamport clocks, as in the TLA+ specification LamportMutex.",
    )
};

/// The rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutex {
    processes: NodeId,
    clock: u32,
    wait: bool,
}

/// A process.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Process {
    clock: u32,
    /// The stamps of the requests that it knows of, n1's first; 0 for none.
    requests: Vec<u32>,
    /// Who has acknowledged its own; bit 0 is n1.
    acknowledged: u64,
    critical: bool,
}

/// What processes say to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Message {
    /// Asks for the critical section, with its stamp.
    Request(u32),
    /// Has heard of the request.
    Acknowledge,
    /// Has left the critical section.
    Release,
}

/// What a process may do of its own accord.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Step {
    /// Ask for the critical section.
    Request,
    /// Enter it.
    Enter,
    /// Leave it.
    Exit,
}

const FREELY: Micros = Micros::from_secs(1);

impl Mutex {
    /// Whether process `me` comes first among all requests that it knows of.
    fn may_enter(&self, me: NodeId, process: &Process) -> bool {
        let own = process
            .requests
            .get(usize::from(me) - 1)
            .copied()
            .unwrap_or(0);
        let everybody = (1_u64 << self.processes) - 1;
        let first = (1..)
            .zip(&process.requests)
            .all(|(other, stamp): (NodeId, _)| {
                other == me || *stamp == 0 || (own, me) < (*stamp, other)
            });
        own > 0 && !process.critical && first && (!self.wait || process.acknowledged == everybody)
    }

    /// Keeps free to run out exactly what the process may do now.
    fn offer(&self, process: &Process, turn: &mut Turn<'_, Self>) {
        let me = turn.me();
        let asks = process
            .requests
            .get(usize::from(me) - 1)
            .is_some_and(|stamp| *stamp > 0);
        let may = [
            (Step::Request, !asks),
            (Step::Enter, self.may_enter(me, process)),
            (Step::Exit, process.critical),
        ];
        for (step, may) in may {
            if may {
                turn.set(step, FREELY);
            } else {
                turn.stop(step);
            }
        }
    }
}

impl Protocol for Mutex {
    type Node = Process;
    type Message = Message;
    type Timer = Step;
    type Note = ();

    fn lab() -> &'static Lab {
        &LAB
    }

    fn new(config: &Config) -> Self {
        Self {
            processes: NodeId::try_from(config.get("processes")).unwrap_or(3),
            clock: u32::try_from(config.get("clock")).unwrap_or(6),
            wait: config.is_on("wait"),
        }
    }

    fn nodes(&self) -> Vec<Process> {
        let process = Process {
            clock: 1,
            requests: vec![0; usize::from(self.processes)],
            acknowledged: 0,
            critical: false,
        };
        vec![process; usize::from(self.processes)]
    }

    fn on_start(&self, process: &mut Process, turn: &mut Turn<'_, Self>) {
        self.offer(process, turn);
    }

    fn on_message(
        &self,
        process: &mut Process,
        from: NodeId,
        message: Message,
        turn: &mut Turn<'_, Self>,
    ) {
        let known = process.requests.get_mut(usize::from(from) - 1);
        match message {
            Message::Request(stamp) => {
                known.map(|known| *known = stamp).unwrap_or_default();
                process.clock = process.clock.max(stamp) + 1;
                turn.send(from, Message::Acknowledge);
            }
            Message::Acknowledge => process.acknowledged |= 1 << (from - 1),
            Message::Release => known.map(|known| *known = 0).unwrap_or_default(),
        }
        self.offer(process, turn);
    }

    fn on_timer(&self, process: &mut Process, step: Step, turn: &mut Turn<'_, Self>) {
        let (me, stamp) = (turn.me(), process.clock);
        let own = process.requests.get_mut(usize::from(me) - 1);
        let message = match step {
            Step::Request => {
                own.map(|own| *own = stamp).unwrap_or_default();
                process.acknowledged = 1 << (me - 1);
                Some(Message::Request(stamp))
            }
            Step::Enter => {
                process.critical = true;
                None
            }
            Step::Exit => {
                process.critical = false;
                own.map(|own| *own = 0).unwrap_or_default();
                process.acknowledged = 0;
                Some(Message::Release)
            }
        };
        for other in turn.others() {
            message
                .into_iter()
                .for_each(|message| turn.send(other, message));
        }
        self.offer(process, turn);
    }

    fn label(&self, message: &Message) -> Label {
        match message {
            Message::Request(stamp) => Label::request(format!("request at {stamp}")),
            Message::Acknowledge => Label::reply("acknowledged"),
            Message::Release => Label::request("released"),
        }
    }

    fn sentence(&self, (): &()) -> String {
        String::new()
    }

    fn is_within_bounds(&self, cluster: &Cluster<Self>) -> bool {
        cluster.states().all(|process| process.clock <= self.clock)
    }

    fn properties() -> &'static [Property<Cluster<Self>>] {
        &[Property {
            id: "mutual-exclusion",
            name: "One at a time",
            promise: "No two processes are in the critical section together.",
            check: |world| {
                if world.states().filter(|process| process.critical).count() < 2 {
                    return Ok(());
                }
                Err(Broken {
                    sentence: "two processes are in the critical section together".to_owned(),
                    entries: Vec::new(),
                })
            },
        }]
    }
}
