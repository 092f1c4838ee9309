//! A client that pings a server over a network that loses messages, and tries again.

use serde::Serialize;

use crate::sim::protocol::{Cluster, Label, NodeId, Protocol, Turn, network};
use crate::sim::{Broken, Config, Cursor, Lab, Micros, Parameter, Property, Scenario, Unit};

/// n1 asks so often before it gives up.
const MOST: u32 = 4;
const PATIENCE: Parameter =
    Parameter::number("patience", "Patience", Unit::Time, (0, 99_000), 30_000, 500)
        .help("How long n1 waits for an answer before it asks again.");

/// The lab as data: sliders, menus, links and checks are made from it.
pub static LAB: Lab = Lab {
    parameters: &[PATIENCE, network::DELAY, network::LOSS],
    scenarios: &[Scenario {
        id: "impatient",
        name: "An impatient client",
        try_first: "n1 does not wait as long as an answer takes: look how often n2 works.",
        seed: 1,
        values: &[("patience", "15ms")],
        actions: &[],
        cursor: Cursor::At(Micros::from_millis(16)),
    }],
    ..Lab::of_protocol::<Ping>("ping", "Ping", "n1 asks n2, and asks again.")
};

/// The rules, with their setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Ping(Micros);

/// What a node knows: how often it asked or worked, and whether it has the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(pub u32, pub bool);

/// What nodes say to each other, with the number of the attempt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Message {
    /// From n1 to n2.
    Ping(u32),
    /// The answer.
    Pong(u32),
}

impl Protocol for Ping {
    type Node = Node;
    type Message = Message;
    type Timer = ();
    type Note = String;

    fn lab() -> &'static Lab {
        &LAB
    }
    fn new(config: &Config) -> Self {
        Self(Micros::from_signed(config.get("patience")))
    }
    fn nodes(&self) -> Vec<Node> {
        vec![Node::default(); 2]
    }
    fn on_start(&self, node: &mut Node, turn: &mut Turn<'_, Self>) {
        if turn.me() == 1 {
            self.on_timer(node, (), turn);
        }
    }
    fn on_timer(&self, node: &mut Node, (): (), turn: &mut Turn<'_, Self>) {
        if node.0 == MOST {
            return turn.note(format!("gives up after {MOST} attempts"));
        }
        node.0 += 1;
        turn.send(2, Message::Ping(node.0));
        turn.set((), self.0);
        turn.note(format!("sends the ping, attempt {}", node.0));
    }
    fn on_message(&self, node: &mut Node, from: NodeId, got: Message, turn: &mut Turn<'_, Self>) {
        match got {
            Message::Ping(attempt) => {
                node.0 += 1;
                turn.send(from, Message::Pong(attempt));
                turn.note(format!("works on it, time {}, and answers", node.0));
            }
            Message::Pong(attempt) => {
                node.1 = true;
                turn.stop(());
                turn.note(format!("has the answer to attempt {attempt}"));
            }
        }
    }
    fn forget(&self, node: &mut Node) {
        *node = Node::default();
    }
    fn label(&self, message: &Message) -> Label {
        match message {
            Message::Ping(attempt) => Label::request("ping").attempt(*attempt),
            Message::Pong(_) => Label::reply("pong"),
        }
    }
    fn sentence(&self, note: &String) -> String {
        note.clone()
    }
    fn state(&self, node: &Node) -> String {
        format!("{} ×{}", node.0, if node.1 { ", answered" } else { "" })
    }
    fn properties() -> &'static [Property<Cluster<Self>>] {
        &[Property {
            id: "works-once",
            name: "No work is repeated",
            promise: "n2 works on the ping no more than once.",
            check: |world| match world.states().nth(1) {
                Some(Node(times @ 2.., _)) => Err(Broken {
                    sentence: format!("n2 works on the ping again, time {times}"),
                    entries: Vec::new(),
                }),
                _ => Ok(()),
            },
        }]
    }
}
