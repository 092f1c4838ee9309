//! The saga as a protocol: who is there, and which rule answers what.

use super::choreography::Orders;
use super::client::Client;
use super::declaration::LAB;
use super::message::{Answer, Deed, Message, SagaId, Timer};
use super::note::Note;
use super::orchestrator::Orchestrator;
use super::service::{Deal, Service};
use super::setting::Setting;
use super::{promises, report};
use crate::sim::action::Action;
use crate::sim::config::Config;
use crate::sim::history::History;
use crate::sim::lab::Lab;
use crate::sim::protocol::{Cluster, Label, Layout, NodeId, Protocol, Turn};
use crate::sim::world::Property;

/// The client's number.
pub const CLIENT: NodeId = 1;
/// The number of the orchestrator or, in choreography, of the service that keeps the orders.
pub const ORCHESTRATOR: NodeId = 2;

/// The number of the service whose transaction a step is.
pub fn service_node(step: u8) -> NodeId {
    NodeId::from(step).saturating_add(ORCHESTRATOR)
}

/// The rules, with their settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Saga(Setting);

/// What a node knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// The client.
    Client(Client),
    /// The orchestrator.
    Orchestrator(Orchestrator),
    /// In choreography: the service that keeps the orders.
    Orders(Orders),
    /// A service with a step of the saga.
    Service(Service),
}

impl Saga {
    /// The rules with these settings.
    pub fn with(setting: Setting) -> Self {
        Self(setting)
    }

    /// What the lab is set to.
    pub fn setting(&self) -> &Setting {
        &self.0
    }

    /// A service carries out the orchestrator's command and answers.
    fn on_command(
        &self,
        service: &mut Service,
        (saga, step, deed): (SagaId, u8, Deed),
        turn: &mut Turn<'_, Self>,
    ) {
        let deal = service.carry_out(saga, deed, self.setting());
        turn.note(Note::Deals {
            saga,
            step,
            deed,
            deal,
            balance: service.balance,
            tells: None,
        });
        let effects = service.records.get(&saga).map_or(0, |record| record.done);
        if deal == Deal::EffectLate && effects == 1 {
            turn.set(Timer::Late(saga), self.setting().lateness());
        }
        if let Some(answer) = deal.answer() {
            turn.send(ORCHESTRATOR, Message::Reply(saga, step, deed, answer));
        }
    }

    /// A service's late answer.
    fn on_late(&self, service: &mut Service, saga: SagaId, turn: &mut Turn<'_, Self>) {
        let step = service.step;
        turn.note(Note::AnswersLate(saga, step, Answer::Done));
        if self.setting().choreography {
            self.tell_late(service, saga, turn);
        } else {
            let reply = Message::Reply(saga, step, Deed::Do, Answer::Done);
            turn.send(ORCHESTRATOR, reply);
        }
    }
}

impl Protocol for Saga {
    type Node = Node;
    type Message = Message;
    type Timer = Timer;
    type Note = Note;

    fn lab() -> &'static Lab {
        &LAB
    }

    fn new(config: &Config) -> Self {
        Self(Setting::new(config))
    }

    fn nodes(&self) -> Vec<Node> {
        let second = if self.0.choreography {
            Node::Orders(Orders::default())
        } else {
            Node::Orchestrator(Orchestrator::default())
        };
        let services =
            (1..=self.0.count()).map(|step| Node::Service(Service::new(step, self.setting())));
        [Node::Client(Client::default()), second]
            .into_iter()
            .chain(services)
            .collect()
    }

    fn on_start(&self, node: &mut Node, turn: &mut Turn<'_, Self>) {
        match node {
            Node::Client(client) => self.client_starts(client, turn),
            Node::Orchestrator(state) => self.recover(state, turn),
            Node::Orders(orders) => self.orders_start(orders, turn),
            Node::Service(service) => self.service_starts(service, turn),
        }
    }

    fn on_message(
        &self,
        node: &mut Node,
        from: NodeId,
        message: Message,
        turn: &mut Turn<'_, Self>,
    ) {
        match (node, message) {
            (Node::Client(client), message) => self.client_hears(client, message, turn),
            (Node::Orchestrator(state), Message::Order(saga, _)) => {
                self.take_order(state, saga, turn);
            }
            (Node::Orchestrator(state), Message::Reply(saga, step, deed, answer)) => {
                self.on_reply(state, (saga, step, deed, answer), turn);
            }
            (Node::Orders(orders), Message::Order(saga, _)) => self.take_in(orders, saga, turn),
            (Node::Orders(orders), Message::Event(saga, what, _)) => {
                self.close(orders, (saga, what), from, turn);
            }
            (Node::Orders(orders), Message::Received(saga, what)) => {
                self.on_received(&mut orders.outbox, saga, what, turn);
            }
            (Node::Service(service), Message::Command(saga, step, deed, _)) => {
                self.on_command(service, (saga, step, deed), turn);
            }
            (Node::Service(service), Message::Event(saga, what, _)) => {
                self.on_event(service, (saga, what), from, turn);
            }
            (Node::Service(service), Message::Received(saga, what)) => {
                self.on_received(&mut service.outbox, saga, what, turn);
            }
            _ => {}
        }
    }

    fn on_timer(&self, node: &mut Node, timer: Timer, turn: &mut Turn<'_, Self>) {
        match (node, timer) {
            (Node::Client(client), Timer::Order(saga)) => self.place(client, saga, turn),
            (Node::Orchestrator(state), Timer::Reply(saga)) => {
                self.on_patience_lost(state, saga, turn);
            }
            (Node::Orders(orders), Timer::Deadline(saga)) => self.on_deadline(orders, saga, turn),
            (Node::Orders(orders), Timer::Event(saga, what)) => {
                self.on_unacknowledged(&mut orders.outbox, saga, what, turn);
            }
            (Node::Service(service), Timer::Event(saga, what)) => {
                self.on_unacknowledged(&mut service.outbox, saga, what, turn);
            }
            (Node::Service(service), Timer::Late(saga)) => self.on_late(service, saga, turn),
            (Node::Service(service), Timer::Again(saga, deed)) => {
                let attempts = service.again.get(&(saga, deed)).copied().unwrap_or(0);
                self.attempt(service, saga, deed, attempts + 1, turn);
            }
            _ => {}
        }
    }

    fn on_action(&self, node: &mut Node, action: &Action, turn: &mut Turn<'_, Self>) {
        match (action.kind, node) {
            ("order", Node::Client(client)) => self.place_next(client, turn),
            ("repair", Node::Service(service)) => {
                service.repaired = true;
                turn.note(Note::Repaired);
            }
            ("redrive", Node::Orchestrator(state)) => self.redrive(state, turn),
            ("redrive", Node::Orders(orders)) => {
                let count = self.retell(&mut orders.outbox, turn);
                if count > 0 {
                    turn.note(Note::Redrives(count));
                }
            }
            ("redrive", Node::Service(service)) => self.retry_dead(service, turn),
            _ => {}
        }
    }

    fn forget(&self, node: &mut Node) {
        // Everything else is on disk; that is what recovery stands on.
        if let Node::Orchestrator(state) = node {
            state.attempts.clear();
        }
    }

    fn label(&self, message: &Message) -> Label {
        match *message {
            Message::Order(saga, attempt) => {
                Label::request(format!("order {saga}")).attempt(attempt)
            }
            Message::Accepted(saga) => Label::reply(format!("order {saga} accepted")),
            Message::Ended(saga, ending) => {
                Label::reply(format!("order {saga} {}", super::note::ended(ending)))
            }
            Message::Command(saga, step, deed, attempt) => {
                Label::request(of(saga, self.deed(step, deed))).attempt(attempt)
            }
            Message::Reply(saga, step, deed, answer) => {
                let name = match deed {
                    Deed::Do => format!("T{step}"),
                    Deed::Undo if self.0.is_last(step) => format!("calling off T{step}"),
                    Deed::Undo => format!("C{step}"),
                    Deed::Confirm => "confirm".to_owned(),
                };
                let answer = match answer {
                    Answer::Done => "done",
                    Answer::Refused => "refused",
                    Answer::Error => "error",
                    Answer::TooLate => "too late",
                };
                Label::reply(of(saga, format!("{name} {answer}")))
            }
            Message::Event(saga, what, attempt) => {
                Label::request(of(saga, self.what(what))).attempt(attempt)
            }
            Message::Received(saga, what) => {
                Label::reply(of(saga, format!("ack of “{}”", self.what(what))))
            }
        }
    }

    fn sentence(&self, note: &Note) -> String {
        self.tell(note)
    }

    fn name(&self, node: NodeId) -> String {
        name(self.setting(), node)
    }

    fn timer(&self, timer: Timer) -> String {
        match timer {
            Timer::Order(saga) => format!("its timer for order {saga}"),
            Timer::Reply(saga) => format!("its patience for order {saga}"),
            Timer::Late(saga) => format!("its slow work for order {saga}"),
            Timer::Event(saga, what) => {
                format!("its timer for “{}” of order {saga}", self.what(what))
            }
            Timer::Again(saga, _) => format!("its pause before the next attempt, order {saga},"),
            Timer::Deadline(saga) => format!("its deadline for order {saga}"),
        }
    }

    fn state(&self, node: &Node) -> String {
        report::state(self, node)
    }

    fn role(&self, node: &Node) -> Option<&'static str> {
        matches!(node, Node::Orchestrator(_)).then_some("coordinates")
    }

    fn layout(&self) -> Layout {
        let services = (1..=self.0.count()).map(service_node).collect();
        Layout::Rows(vec![vec![CLIENT, ORCHESTRATOR], services])
    }

    fn properties() -> &'static [Property<Cluster<Self>>] {
        promises::ALL
    }

    fn probe(history: &History<Cluster<Self>>, probe: &str) -> Option<i64> {
        report::probe(history.last(), probe)
    }
}

/// What a node is called.
pub(super) fn name(setting: &Setting, node: NodeId) -> String {
    let step = node
        .checked_sub(ORCHESTRATOR)
        .and_then(|step| u8::try_from(step).ok());
    match (node, step.and_then(|step| setting.step(step))) {
        (CLIENT, _) => "client".to_owned(),
        (ORCHESTRATOR, _) if setting.choreography => "orders".to_owned(),
        (ORCHESTRATOR, _) => "orchestrator".to_owned(),
        (_, Some(step)) => step.service.to_owned(),
        (_, None) => format!("n{node}"),
    }
}

/// A label with the number of its order, where that is not the first.
fn of(saga: SagaId, text: String) -> String {
    match saga {
        1 => text,
        _ => format!("{text}, order {saga}"),
    }
}
