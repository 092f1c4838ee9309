//! What a reader may expect of a placement, checked after every change.

use super::effect;
use super::share::{Share, grouped};
use super::world::HashRing;
use crate::sim::world::{Broken, Property};

/// All promises, in the order of the page.
pub(super) const ALL: &[Property<HashRing>] = &[
    Property {
        id: "least-movement",
        name: "Only the changed node's keys move",
        promise: "When a node joins, leaves, fails, comes back or is weighed, no key moves between two other nodes.",
        check: least_movement,
    },
    Property {
        id: "copy-up",
        name: "Every key has a copy that is up",
        promise: "Of the nodes that keep a key, at least one is up. Counted for the ring; under any scheme somebody must serve.",
        check: copy_up,
    },
    Property {
        id: "within-bound",
        name: "No node is above its bound",
        promise: "No node has more than (1 + ε) times its fair part of the keys, rounded up; only the scheme with bounded loads sees to it.",
        check: within_bound,
    },
];

fn least_movement(world: &HashRing) -> Result<(), Broken> {
    let Some(event) = world.last() else {
        return Ok(());
    };
    match event.effect {
        Some(effect) if effect.astray > Share::NONE => broken(format!(
            "n{} changed, and {} of the keys moved between other nodes.",
            event.node, effect.astray
        )),
        _ => Ok(()),
    }
}

fn copy_up(world: &HashRing) -> Result<(), Broken> {
    let Some(event) = world.last() else {
        return Ok(());
    };
    if event.extremes.is_none() {
        return broken("No node is there that could serve a key.".to_owned());
    }
    if event.without_copy > Share::NONE {
        let keepers = match world.setting().copies {
            1 => "the only node that keeps them has failed".to_owned(),
            2 => "both nodes that keep them have failed".to_owned(),
            copies => format!("all of the {copies} nodes that keep them have failed"),
        };
        return broken(format!("For {} of the keys {keepers}.", event.without_copy));
    }
    Ok(())
}

fn within_bound(world: &HashRing) -> Result<(), Broken> {
    let slack = world.setting().slack;
    match effect::above_bound(world.ring(), world.sample(), slack) {
        Some((node, load, bound)) => broken(format!(
            "n{node} has {} of the first {} keys; {slack} % above its fair part are {}.",
            grouped(load),
            grouped(world.sample().owners.len() as u64),
            grouped(bound)
        )),
        None => Ok(()),
    }
}

fn broken(sentence: String) -> Result<(), Broken> {
    Err(Broken {
        sentence,
        entries: Vec::new(),
    })
}
