//! What came of a run: its operations, and how fresh its reads were.

use super::Quorum;
use super::message::{Message, Note, chip};
use super::nodes::{Client, Node, Operation, Phase};
use super::promises::{newest_acknowledged, newest_read_before};
use super::settings::Settings;
use crate::sim::histories::{self, Returned, register};
use crate::sim::history::History;
use crate::sim::protocol::{Cluster, NodeId, What};

/// The clients with their node numbers.
pub fn clients(world: &Cluster<Quorum>) -> impl Iterator<Item = (NodeId, &Client)> {
    (1..)
        .zip(world.states())
        .filter_map(|(node, state)| match state {
            Node::Client(client) => Some((node, client)),
            _ => None,
        })
}

/// The versions of the replicas, r1 first.
pub fn replicas(world: &Cluster<Quorum>) -> impl Iterator<Item = u32> {
    world.states().filter_map(|state| match state {
        Node::Replica(version) => Some(*version),
        _ => None,
    })
}

/// A client's state in one line.
pub(super) fn state_of(client: &Client, settings: &Settings) -> String {
    let (w, r) = (settings.w, settings.r);
    match (&client.pending, client.log.last()) {
        (Some(pending), _) => match &pending.phase {
            Phase::Acks(version) => {
                format!("writes v{version}: {} of {w} acks", pending.heard.len())
            }
            Phase::Answers => format!("reads: {} of {r} answers", pending.heard.len()),
            Phase::Back(version, having) => {
                format!("writes v{version} back: {} of {w}", having.len())
            }
        },
        (None, None) => "idle".to_owned(),
        (None, Some(last)) => match (last.is_write, last.returned) {
            (true, Some(_)) => format!("wrote {}", chip(last.version)),
            (false, Some(_)) => format!("read {}", chip(last.version)),
            (_, None) => "gave up".to_owned(),
        },
    }
}

/// How fresh a finished read was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It returned the newest version that was acknowledged before it began, or a newer one.
    Fresh,
    /// It missed a version that was acknowledged before it began.
    Stale,
    /// It returned an older version than a read that ended before it began, and missed none that
    /// was acknowledged.
    WentBack,
}

/// How fresh a finished read of a world was.
pub fn freshness(world: &Cluster<Quorum>, read: &Operation) -> Freshness {
    let acknowledged = newest_acknowledged(world, read).map_or(0, |write| write.version);
    let seen = newest_read_before(world, read).map_or(0, |(_, earlier)| earlier.version);
    if read.version < acknowledged {
        Freshness::Stale
    } else if read.version < seen {
        Freshness::WentBack
    } else {
        Freshness::Fresh
    }
}

/// The operations as a linearizability checker reads them; the value of version k is k.
pub fn operations(
    world: &Cluster<Quorum>,
) -> Option<histories::History<register::Input, register::Output>> {
    let operations = clients(world).flat_map(|(node, client)| {
        client.log.iter().map(move |operation| {
            let value = i64::from(operation.version);
            let output = if operation.is_write {
                register::Output::Written
            } else {
                register::Output::Value((value > 0).then_some(value))
            };
            histories::Operation {
                process: node.into(),
                key: None,
                call: operation.began(),
                input: if operation.is_write {
                    register::Input::Write(value)
                } else {
                    register::Input::Read
                },
                returned: operation.ended().map(|at| Returned { at, output }),
            }
        })
    });
    histories::History::new(operations.collect()).ok()
}

/// The number of that name at the end of a run.
pub(super) fn probe(history: &History<Cluster<Quorum>>, probe: &str) -> Option<i64> {
    let world = history.last();
    let finished = |is_write: bool| {
        let all = clients(world).flat_map(|(_, client)| &client.log);
        all.filter(move |operation| operation.is_write == is_write && operation.returned.is_some())
    };
    let count_reads = |wanted: &dyn Fn(&Operation) -> bool| {
        whole(finished(false).filter(|read| wanted(read)).count())
    };
    let latency = |is_write| {
        let first = finished(is_write).min_by_key(|operation| operation.called)?;
        Some(first.ended()?.minus(first.began()).signed())
    };
    let behind = |read: &Operation| {
        let newest = newest_acknowledged(world, read).map_or(0, |write| write.version);
        i64::from(newest.saturating_sub(read.version))
    };
    let went_back = |read: &Operation| {
        newest_read_before(world, read).is_some_and(|(_, earlier)| earlier.version > read.version)
    };
    match probe {
        "fresh-reads" => Some(count_reads(&|read| behind(read) == 0)),
        "stale-reads" => Some(count_reads(&|read| behind(read) > 0)),
        "versions-behind" => Some(finished(false).map(behind).max().unwrap_or(0)),
        "went-back" => Some(count_reads(&went_back)),
        "last-read" => {
            let last = finished(false).max_by_key(|read| read.returned);
            Some(last.map_or(0, |read| read.version.into()))
        }
        "acknowledged-writes" => Some(whole(finished(true).count())),
        "write-latency-us" => latency(true),
        "read-latency-us" => latency(false),
        "repairs" => Some(count_events(
            history,
            |what, _| matches!(what, What::Received(arrival) if matches!(arrival.message, Message::Repair { .. })),
        )),
        "hints" => Some(count_events(history, |_, note| {
            matches!(note, Some(Note::Keeps(..)))
        })),
        "stale-replicas" => {
            let newest = finished(true).map(|write| write.version).max().unwrap_or(0);
            Some(whole(
                replicas(world).filter(|version| *version < newest).count(),
            ))
        }
        _ => None,
    }
}

fn count_events(
    history: &History<Cluster<Quorum>>,
    wanted: impl Fn(&What<Quorum>, Option<&Note>) -> bool,
) -> i64 {
    let events = history.entries().iter();
    whole(
        events
            .filter(|entry| wanted(&entry.event.what, entry.event.note.as_ref()))
            .count(),
    )
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
