//! What caused what in a cluster's run: a vector clock for every event, and the ShiViz log.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::event::What;
use super::{Cluster, NodeId, Protocol};
use crate::sim::history::History;
use crate::sim::time::Micros;
use crate::sim::world::World;

/// How many events of each node are known (Fidge 1988, Mattern 1989); as long as there are nodes.
type Vector = Vec<u32>;

/// The events that happened at a node, each with its vector clock. Losses and what the reader did
/// to the network happen at no node.
fn stamped<P: Protocol>(history: &History<Cluster<P>>) -> Vec<(usize, NodeId, Vector)> {
    let count = history.start().members().len();
    let mut clocks: Vec<Vector> = vec![vec![0; count]; count];
    let mut sent: BTreeMap<(NodeId, Micros), Vector> = BTreeMap::new();
    let mut stamped = Vec::new();
    for (place, entry) in history.entries().iter().enumerate() {
        let node = entry.event.node;
        if node == 0 || matches!(entry.event.what, What::Lost(..) | What::Refused(_)) {
            continue;
        }
        let index = usize::from(node) - 1;
        let Some(clock) = clocks.get_mut(index) else {
            continue;
        };
        let message = match &entry.event.what {
            What::Received(arrival) => sent.get(&(arrival.from, arrival.sent)),
            _ => None,
        };
        for (known, told) in clock.iter_mut().zip(message.into_iter().flatten()) {
            *known = (*known).max(*told);
        }
        if let Some(own) = clock.get_mut(index) {
            *own = own.saturating_add(1);
        }
        sent.insert((node, entry.at), clock.clone());
        stamped.push((place, node, clock.clone()));
    }
    stamped
}

/// The run as a ShiViz log: for each event at a node a line with the sentence, and one with the
/// node's name and its vector clock.
pub(super) fn shiviz<P: Protocol>(history: &History<Cluster<P>>) -> String {
    let world = history.start();
    let host = |node: NodeId| {
        world
            .protocol()
            .name(node)
            .replace(char::is_whitespace, "_")
    };
    let mut text = String::new();
    for (place, node, clock) in stamped(history) {
        let Some(entry) = history.entries().get(place) else {
            continue;
        };
        let parts: Vec<String> = (1..)
            .zip(&clock)
            .filter(|(_, count)| **count > 0)
            .map(|(node, count)| format!("\"{}\":{count}", host(node)))
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}\n{} {{{}}}",
            world.sentence(&entry.event),
            host(node),
            parts.join(", ")
        );
    }
    text
}
