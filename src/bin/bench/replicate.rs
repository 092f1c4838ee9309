//! A small protocol to measure with: a leader replicates a write every 50 ms to four followers, as
//! Raft does when nothing goes wrong, with heartbeats and acknowledgements.

use happens_before::sim::protocol::{Cluster, Label, NodeId, Protocol, Turn, network};
use happens_before::sim::{Broken, Config, Lab, Micros, Parameter, Property, Unit};

/// Five nodes, of which n1 leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Replicate {
    length: Micros,
}

/// What a node knows: its log as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    written: u32,
    committed: u32,
    matched: [u32; 5],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum Message {
    Append { last: u32, committed: u32 },
    Appended { last: u32 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum Timer {
    Write,
    Heartbeat,
    Election,
}

#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub enum Note {
    Stored(u32),
    Committed(u32),
}

pub static LAB: Lab = Lab {
    parameters: &[
        Parameter::number(
            "length",
            "Length",
            Unit::Time,
            (0, 86_400_000_000),
            1_000_000,
            1,
        ),
        network::DELAY,
        network::JITTER,
    ],
    nodes: |_| 5,
    ..Lab::of::<Cluster<Replicate>>("replicate", "Replicate", "Something to measure with.")
};

const EVERY: Micros = Micros::from_millis(50);

impl Replicate {
    fn append(node: &Node, turn: &mut Turn<'_, Self>) {
        for other in turn.others() {
            turn.send(
                other,
                Message::Append {
                    last: node.written,
                    committed: node.committed,
                },
            );
        }
        turn.set(Timer::Heartbeat, EVERY);
    }
}

impl Protocol for Replicate {
    type Node = Node;
    type Message = Message;
    type Timer = Timer;
    type Note = Note;

    fn lab() -> &'static Lab {
        &LAB
    }

    fn new(config: &Config) -> Self {
        Self {
            length: Micros::from_signed(config.get("length")),
        }
    }

    fn nodes(&self) -> Vec<Node> {
        vec![
            Node {
                written: 0,
                committed: 0,
                matched: [0; 5]
            };
            5
        ]
    }

    fn on_start(&self, _node: &mut Node, turn: &mut Turn<'_, Self>) {
        if turn.me() == 1 {
            turn.set(Timer::Write, EVERY);
        } else {
            turn.set(Timer::Election, Micros::from_millis(300));
        }
    }

    fn on_message(
        &self,
        node: &mut Node,
        from: NodeId,
        message: Message,
        turn: &mut Turn<'_, Self>,
    ) {
        match message {
            Message::Append { last, committed } => {
                node.written = node.written.max(last);
                node.committed = node.committed.max(committed.min(node.written));
                let after = turn.random().between(150_000, 300_000);
                turn.set(Timer::Election, Micros::from_signed(after));
                turn.send(from, Message::Appended { last: node.written });
                turn.note(Note::Stored(last));
            }
            Message::Appended { last } => {
                if let Some(matched) = node.matched.get_mut(usize::from(from) - 1) {
                    *matched = (*matched).max(last);
                }
                let mut sorted = node.matched;
                sorted.sort_unstable();
                if sorted[2] > node.committed {
                    node.committed = sorted[2];
                    turn.note(Note::Committed(node.committed));
                }
            }
        }
    }

    fn on_timer(&self, node: &mut Node, timer: Timer, turn: &mut Turn<'_, Self>) {
        match timer {
            Timer::Write => {
                node.written += 1;
                node.matched[0] = node.written;
                turn.set(Timer::Write, EVERY);
                Self::append(node, turn);
            }
            Timer::Heartbeat => Self::append(node, turn),
            Timer::Election => turn.set(Timer::Election, Micros::from_millis(300)),
        }
    }

    fn label(&self, message: &Message) -> Label {
        match message {
            Message::Append { last, .. } => Label::request(format!("append up to {last}")),
            Message::Appended { last } => Label::reply(format!("has up to {last}")),
        }
    }

    fn sentence(&self, note: &Note) -> String {
        match note {
            Note::Stored(last) => format!("it stores up to {last}"),
            Note::Committed(last) => format!("a majority has {last}: it is committed"),
        }
    }

    fn is_routine(&self, _timer: Timer) -> bool {
        true
    }

    fn shortest(&self) -> Micros {
        self.length
    }

    fn properties() -> &'static [Property<Cluster<Self>>] {
        &[Property {
            id: "committed-is-written",
            name: "Committed is written",
            promise: "No node takes for committed what it has not written.",
            check: |world| {
                let holds = world.states().all(|node| node.committed <= node.written);
                if holds {
                    return Ok(());
                }
                Err(Broken {
                    sentence: "a node takes for committed what it has not written".to_owned(),
                    entries: Vec::new(),
                })
            },
        }]
    }
}
