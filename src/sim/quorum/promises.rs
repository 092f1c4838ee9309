//! What the lab promises, each checked when an operation has just been finished, or after every
//! event.

use super::Quorum;
use super::message::chip;
use super::nodes::{Node, Operation, WRITER};
use super::report::{clients, replicas};
use crate::sim::protocol::{Cluster, NodeId};
use crate::sim::world::{Broken, Property};

/// All of them.
pub(super) const ALL: &[Property<Cluster<Quorum>>] = &[
    Property {
        id: "read-your-latest",
        name: "Reads are fresh",
        promise: "A read that begins after a write was acknowledged returns that write or a newer one.",
        check: read_your_latest,
    },
    Property {
        id: "monotonic-reads",
        name: "Reads never go back",
        promise: "No read returns an older version than a read that ended before it began, whoever read.",
        check: monotonic_reads,
    },
    Property {
        id: "kept-by-quorum",
        name: "Acknowledged means kept by W",
        promise: "The newest acknowledged version, or a newer one, is on at least W of the N replicas.",
        check: kept_by_quorum,
    },
];

/// The read that was finished by the last event, and whose it is.
fn just_read(world: &Cluster<Quorum>) -> Option<(NodeId, &Operation)> {
    let node = world.last_event()?.node;
    let (_, client) = clients(world).find(|(number, _)| *number == node)?;
    let last = client.log.last().filter(|last| !last.is_write)?;
    (last.ended() == Some(world.now())).then_some((node, last))
}

fn read_your_latest(world: &Cluster<Quorum>) -> Result<(), Broken> {
    let Some((reader, read)) = just_read(world) else {
        return Ok(());
    };
    let Some(write) = newest_acknowledged(world, read).filter(|write| write.version > read.version)
    else {
        return Ok(());
    };
    let ended = write.ended().unwrap_or_default();
    Err(Broken {
        sentence: format!(
            "{} read {}, although {} was acknowledged at {ended}, {} before the read began",
            world.protocol().name_of(reader),
            chip(read.version),
            chip(write.version),
            read.began().minus(ended)
        ),
        entries: vec![write.version, read.version],
    })
}

/// The newest write that was acknowledged before a read began.
pub(super) fn newest_acknowledged<'a>(
    world: &'a Cluster<Quorum>,
    read: &Operation,
) -> Option<&'a Operation> {
    let writes = clients(world).filter(|(node, _)| *node == WRITER);
    writes
        .flat_map(|(_, client)| &client.log)
        .filter(|write| write.is_write && write.ended().is_some_and(|end| end < read.began()))
        .max_by_key(|write| write.version)
}

fn monotonic_reads(world: &Cluster<Quorum>) -> Result<(), Broken> {
    let Some((reader, read)) = just_read(world) else {
        return Ok(());
    };
    let Some((earlier_reader, earlier)) =
        newest_read_before(world, read).filter(|(_, earlier)| earlier.version > read.version)
    else {
        return Ok(());
    };
    let name = |node| world.protocol().name_of(node);
    Err(Broken {
        sentence: format!(
            "{} read {}, although {} had read {} already, and was done before this read began",
            name(reader),
            chip(read.version),
            name(earlier_reader),
            chip(earlier.version)
        ),
        entries: vec![earlier.version, read.version],
    })
}

/// The read with the newest version among those that ended before this one began.
pub(super) fn newest_read_before<'a>(
    world: &'a Cluster<Quorum>,
    read: &Operation,
) -> Option<(NodeId, &'a Operation)> {
    let reads = clients(world)
        .flat_map(|(node, client)| client.log.iter().map(move |operation| (node, operation)));
    reads
        .filter(|(_, other)| !other.is_write && other.ended().is_some_and(|end| end < read.began()))
        .max_by_key(|(_, other)| other.version)
}

fn kept_by_quorum(world: &Cluster<Quorum>) -> Result<(), Broken> {
    let writes = clients(world).flat_map(|(_, client)| &client.log);
    let newest = writes
        .filter(|write| write.is_write && write.returned.is_some())
        .map(|write| write.version)
        .max();
    let Some(newest) = newest else { return Ok(()) };
    let settings = world.protocol().settings();
    let having = replicas(world).filter(|version| *version >= newest).count();
    if having >= usize::from(settings.w) {
        return Ok(());
    }
    let hints = world
        .states()
        .filter_map(|node| match node {
            Node::Spare(spare) => Some(spare.hints.values().filter(|kept| **kept >= newest)),
            _ => None,
        })
        .flatten()
        .count();
    let spares = match hints {
        0 => String::new(),
        1 => ", and as a hint on a spare".to_owned(),
        count => format!(", and as {count} hints on spares"),
    };
    Err(Broken {
        sentence: format!(
            "{} is acknowledged, but on {having} of the N = {} replicas{spares}; W = {}",
            chip(newest),
            settings.n,
            settings.w
        ),
        entries: vec![newest],
    })
}
