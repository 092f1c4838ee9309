//! The machines, and what happens to them.

use serde::Serialize;

use super::declaration::{LAB, machines};
use crate::sim::action::Action;
use crate::sim::config::Config;
use crate::sim::history::History;
use crate::sim::lab::Lab;
use crate::sim::queue::Queue;
use crate::sim::time::Micros;
use crate::sim::world::{Property, World};

/// The world of the lab (first form: actions happen and are told).
#[derive(Clone, Debug)]
pub struct ClockSkew {
    machines: u8,
    queue: Queue<u8>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Event {
    /// The reader acted.
    Acted {
        /// The machine's number.
        machine: u8,
    },
}

impl World for ClockSkew {
    type Event = Event;

    fn lab() -> &'static Lab {
        &LAB
    }

    fn start(config: &Config, _seed: u64) -> Self {
        Self {
            machines: machines(config),
            queue: Queue::new(),
        }
    }

    fn next_at(&self) -> Option<Micros> {
        self.queue.next_at()
    }

    fn step(&mut self) -> Option<Event> {
        self.queue
            .pop()
            .map(|(_, machine)| Event::Acted { machine })
    }

    fn act(&mut self, action: &Action) -> Event {
        self.queue.pass(action.at);
        Event::Acted {
            machine: action.node.min(self.machines),
        }
    }

    fn horizon(&self) -> Micros {
        Micros::from_millis(200)
    }

    fn sentence(event: &Event) -> String {
        match event {
            Event::Acted { machine } => format!("n{machine} acts"),
        }
    }

    fn properties() -> &'static [Property<Self>] {
        &[]
    }

    fn probe(_history: &History<Self>, _probe: &str) -> Option<i64> {
        None
    }
}
