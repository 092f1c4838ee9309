//! One write and one read at a glance: who was in which quorum, and why the read is fresh or stale.

use super::Quorum;
use super::message::{chip, listed};
use super::nodes::{CLIENTS, Client, Heard, Node, Operation, READER, WRITER};
use super::promises::{newest_acknowledged, newest_read_before};
use super::report::{Freshness, clients, freshness};
use crate::sim::protocol::{Cluster, NodeId, Status};
use crate::sim::time::Micros;

/// One write and one read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// The replicas, r1 first, and after them the spares.
    pub nodes: Vec<Seen>,
    /// The write that matters to the read: its version, and whether it is acknowledged.
    pub write: Option<(u32, bool)>,
    /// The last read: the name of who reads, and the version that it returned, if it has.
    pub read: Option<(String, Option<u32>)>,
    /// Whether the read was fresh, once it is finished.
    pub freshness: Option<Freshness>,
    /// What happened and why, in a sentence or two.
    pub sentence: String,
}

/// A node that keeps versions, at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its name: `r1`, `s1`.
    pub name: String,
    /// For a spare the replicas for which it keeps something.
    pub keeps_for: Option<Vec<u8>>,
    /// The newest that it has; 0 for nothing.
    pub version: u32,
    /// Whether it runs.
    pub status: Status,
    /// Whether it is a replica that is behind the newest version that the writer has begun to write.
    pub is_behind: bool,
    /// Whether the write counts its own acknowledgement.
    pub in_write: bool,
    /// What it answered, if the read counts its own answer.
    pub answered: Option<u32>,
}

/// An operation, with who did it.
type Done<'a> = (NodeId, &'a Client, &'a Operation);

/// The last read that has begun, with the write that matters to it; before any read, the last
/// write.
pub fn glance(world: &Cluster<Quorum>) -> Glance {
    let all = |is_write| {
        clients(world).flat_map(move |(node, client)| {
            let log = client.log.iter();
            log.filter(move |operation| operation.is_write == is_write)
                .map(move |operation| (node, client, operation))
        })
    };
    let read: Option<Done<'_>> = all(false).max_by_key(|(_, _, read)| read.called);
    let finished = read.filter(|(_, _, read)| read.returned.is_some());
    let freshness = finished.map(|(_, _, read)| freshness(world, read));
    let wanted = read.and_then(|(_, _, read)| match freshness {
        Some(Freshness::WentBack) => {
            newest_read_before(world, read).map(|(_, earlier)| earlier.version)
        }
        _ => newest_acknowledged(world, read).map(|write| write.version),
    });
    let write: Option<Done<'_>> = all(true)
        .filter(|(_, _, write)| wanted.is_none_or(|wanted| write.version == wanted))
        .max_by_key(|(_, _, write)| write.called);
    let of_write = write.map_or(&[][..], counted);
    let of_read = read.map_or(&[][..], counted);
    let newest = all(true).map(|(_, _, write)| write.version).max();
    let protocol = world.protocol();
    let keepers = (1..).zip(world.members()).skip(usize::from(CLIENTS));
    let nodes: Vec<Seen> = keepers
        .map(|(node, member)| {
            let (version, keeps_for) = match &member.state {
                Node::Client(_) => (0, None),
                Node::Replica(version) => (*version, None),
                Node::Spare(spare) => (
                    spare.hints.values().copied().max().unwrap_or(0),
                    Some(spare.hints.keys().copied().collect()),
                ),
            };
            Seen {
                name: protocol.name_of(node),
                is_behind: keeps_for.is_none() && newest.is_some_and(|newest| version < newest),
                keeps_for,
                version,
                status: member.status,
                in_write: by(of_write, node).is_some(),
                answered: by(of_read, node).map(|heard| heard.version),
            }
        })
        .collect();
    Glance {
        write: write.map(|(_, _, write)| (write.version, write.returned.is_some())),
        read: read.map(|(node, _, read)| {
            let returned = read.returned.map(|_| read.version);
            (protocol.name_of(node), returned)
        }),
        freshness,
        sentence: match (read, freshness) {
            (None, _) => before_any_read(world, write),
            (Some(read), None) => unfinished(world, read),
            (Some(read), Some(freshness)) => explain(world, read, freshness, &nodes),
        },
        nodes,
    }
}

/// What an operation counts, or has heard so far.
fn counted<'a>((_, client, operation): Done<'a>) -> &'a [Heard] {
    match &client.pending {
        Some(pending) if client.log.last() == Some(operation) => &pending.heard,
        _ => &operation.quorum,
    }
}

fn by(heard: &[Heard], node: NodeId) -> Option<&Heard> {
    heard.iter().find(|heard| heard.from == node)
}

fn before_any_read(world: &Cluster<Quorum>, write: Option<Done<'_>>) -> String {
    let settings = world.protocol().settings();
    match write {
        None => format!(
            "Nothing is written yet. A write goes to all N = {} replicas and waits for W = {}; a read asks all of them and takes the first R = {} answers.",
            settings.n, settings.w, settings.r
        ),
        Some((_, _, write)) if write.returned.is_some() => format!(
            "{} is acknowledged; nobody has read it yet.",
            chip(write.version)
        ),
        Some((_, client, write)) => format!(
            "{} is under way, with {} of W = {} acknowledgements.",
            chip(write.version),
            client
                .pending
                .as_ref()
                .map_or(0, |pending| pending.heard.len()),
            settings.w
        ),
    }
}

fn unfinished(world: &Cluster<Quorum>, (node, client, read): Done<'_>) -> String {
    let r = world.protocol().settings().r;
    match &client.pending {
        Some(pending) if client.log.last() == Some(read) && pending.heard.len() < r.into() => {
            format!(
                "{} has {} of the R = {r} answers that it waits for.",
                capital(who(world, node)),
                pending.heard.len()
            )
        }
        Some(_) if client.log.last() == Some(read) => format!(
            "{} has its answers, and writes the newest back before it returns it.",
            capital(who(world, node))
        ),
        _ => format!("{} gave up without an answer.", capital(who(world, node))),
    }
}

/// Why a finished read is as fresh as it is.
fn explain(
    world: &Cluster<Quorum>,
    (node, _, read): Done<'_>,
    freshness: Freshness,
    seen: &[Seen],
) -> String {
    let reader = who(world, node);
    let got = chip(read.version);
    let of = |wanted: &dyn Fn(&Seen) -> bool| -> Vec<&str> {
        let wanted = seen.iter().filter(|seen| wanted(seen));
        wanted.map(|seen| seen.name.as_str()).collect()
    };
    let answered = of(&|seen| seen.answered.is_some());
    let both = of(&|seen| seen.in_write && seen.answered.is_some());
    match (freshness, newest_acknowledged(world, read)) {
        (Freshness::Stale, Some(write)) => format!(
            "Stale: {} had been acknowledged {} before {reader} asked, but it had not reached {} by then.",
            chip(write.version),
            read.began().minus(write.ended().unwrap_or(Micros::ZERO)),
            listed(&answered)
        ),
        (Freshness::WentBack, _) | (Freshness::Stale, None) => {
            let (other, earlier) = newest_read_before(world, read).unwrap_or((node, read));
            format!(
                "Back in time: {reader} got {got}, after {} had read {}. That write was not acknowledged yet, so no read quorum had to meet it.",
                who(world, other),
                chip(earlier.version)
            )
        }
        (Freshness::Fresh, None) => format!(
            "{} got {got}. No write was acknowledged before it asked, so no answer would have been stale.",
            capital(reader)
        ),
        (Freshness::Fresh, Some(_)) if both.is_empty() => format!(
            "Fresh by good fortune: no replica is in both quorums, but {got} had spread beyond the write quorum in time.",
        ),
        (Freshness::Fresh, Some(_)) => format!(
            "Fresh: {} {} in both quorums, so {reader} got {got}.",
            listed(&both),
            if both.len() == 1 { "is" } else { "are" },
        ),
    }
}

fn who(world: &Cluster<Quorum>, node: NodeId) -> String {
    let name = world.protocol().name_of(node);
    if node == WRITER || node == READER {
        format!("the {name}")
    } else {
        name
    }
}

fn capital(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}
