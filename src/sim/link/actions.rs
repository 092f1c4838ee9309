//! The actions in a link: `do=120ms:write:n2,200ms:jump:n1:-30ms`.

use super::notices::Notices;
use crate::sim::action::{Action, ActionKind, On, Target};
use crate::sim::lab::Lab;
use crate::sim::parameter::{Rejected, Unit, quote};
use crate::sim::run::Run;
use crate::sim::time::Micros;
use crate::sim::unit::Figure;

pub(super) fn write_time(at: Micros) -> String {
    Unit::Time.write(at.signed())
}

pub(super) fn write_action(lab: &Lab, action: &Action) -> String {
    let mut text = format!("{}:{}", write_time(action.at), action.kind);
    text.push_str(&write_on(action.on));
    if let Some(amount) = lab.action(action.kind).and_then(|kind| kind.amount) {
        text.push_str(&format!(":{}", amount.write(action.amount)));
    }
    text
}

/// `:n2`, `:n1-n3` (from n1 to n3), `:n1.n2` (both), `:m7` (the message), or nothing.
fn write_on(on: On) -> String {
    match on {
        On::World => String::new(),
        On::Node(node) => format!(":n{node}"),
        On::Link(from, to) => format!(":n{from}-n{to}"),
        On::Nodes(set) => {
            let names = (1..=64).filter(|node| set >> (node - 1) & 1 == 1);
            let names: Vec<String> = names.map(|node| format!("n{node}")).collect();
            format!(":{}", names.join("."))
        }
        On::Message(message) => format!(":m{message}"),
    }
}

/// A comma-separated list of actions, in the order of time.
pub(super) fn read_actions(run: &Run, list: &str, notices: &mut Notices) -> Vec<Action> {
    let mut actions = Vec::new();
    let texts = list
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty());
    for (index, text) in texts.enumerate() {
        if index >= Run::MOST_ACTIONS {
            notices.say(format!(
                "The link has more than {} actions; the rest was ignored.",
                Run::MOST_ACTIONS
            ));
            break;
        }
        match read_action(run, text, notices) {
            Ok(action) => actions.push(action),
            Err(why) => notices.say(format!("The action {} was ignored: {why}.", quote(text))),
        }
    }
    actions.sort_by_key(|action| action.at);
    actions
}

/// One action: `120ms:write:n2`, `200ms:jump:n1:-30ms`. Fails with what is wrong.
fn read_action(run: &Run, text: &str, notices: &mut Notices) -> Result<Action, String> {
    let mut parts = text.split(':').map(str::trim);
    let at = read_moment(parts.next().unwrap_or_default())?;
    let name = parts.next().unwrap_or_default();
    let kind = run
        .lab
        .action(name)
        .ok_or_else(|| format!("there is no action {}", quote(name)))?;
    let on = match kind.on {
        Target::None => On::World,
        target => read_on(run, target, parts.next().unwrap_or_default())?,
    };
    let amount = read_amount(kind, &mut parts, notices)?;
    match parts.next() {
        Some(rest) => Err(format!("it goes on with {}", quote(rest))),
        None => Ok(Action {
            at,
            kind: kind.id,
            on,
            amount,
        }),
    }
}

fn read_moment(text: &str) -> Result<Micros, String> {
    match Unit::Time.read(text) {
        Figure::Is(at) if at < 0 => Err("it is before the run begins".to_owned()),
        Figure::Is(at) if at > Micros::LATEST.signed() => {
            Err(format!("it is later than {}", Micros::LATEST))
        }
        Figure::Is(at) => Ok(Micros::from_signed(at)),
        _ => Err(format!("its moment must be {}", Unit::Time.example())),
    }
}

/// What an action is done to.
fn read_on(run: &Run, target: Target, text: &str) -> Result<On, String> {
    match target {
        Target::None => Ok(On::World),
        Target::Node => read_node(run, text).map(On::Node),
        Target::Link => {
            let (from, to) = text.split_once('-').ok_or_else(|| {
                format!("{} is no way between two nodes, such as n1-n2", quote(text))
            })?;
            let (from, to) = (read_node(run, from)?, read_node(run, to)?);
            if from == to {
                return Err(format!("there is no way from n{from} to itself"));
            }
            Ok(On::Link(from, to))
        }
        Target::Nodes => {
            let mut set = 0_u64;
            for name in text.split('.') {
                let node = read_node(run, name)?;
                set |= 1_u64
                    .checked_shl(u32::from(node) - 1)
                    .ok_or("only n1 to n64 can be named together")?;
            }
            Ok(On::Nodes(set))
        }
        Target::Message => text
            .strip_prefix('m')
            .and_then(|number| number.parse().ok())
            .map(On::Message)
            .ok_or_else(|| format!("{} is no message, such as m7", quote(text))),
    }
}

fn read_node(run: &Run, text: &str) -> Result<u16, String> {
    let last = (run.lab.nodes)(&run.config);
    let number = text
        .strip_prefix('n')
        .and_then(|number| number.parse::<u16>().ok());
    number
        .filter(|number| (1..=last).contains(number))
        .ok_or_else(|| format!("there is no node {}; there are n1 to n{last}", quote(text)))
}

fn read_amount<'a>(
    kind: &ActionKind,
    parts: &mut impl Iterator<Item = &'a str>,
    notices: &mut Notices,
) -> Result<i64, String> {
    let Some(parameter) = kind.amount else {
        return Ok(0);
    };
    let text = parts
        .next()
        .ok_or_else(|| format!("it does not say how much; {}", parameter.help))?;
    match parameter.read(text) {
        Ok(amount) => Ok(amount),
        Err(Rejected {
            why,
            nearest: Some(amount),
        }) => {
            notices.say(format!("{why}; {} is used.", parameter.show(amount)));
            Ok(amount)
        }
        Err(Rejected { why, nearest: None }) => Err(why),
    }
}
