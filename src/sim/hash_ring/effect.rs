//! What a change of the nodes does to the keys.

use serde::Serialize;

use super::event::What;
use super::setting::Setting;
use super::share::{Fraction, Share};
use super::theory;
use crate::sim::hashing::{Among, Placement, Popularity, Ring, Scheme, moved};
use crate::sim::hashing::{Placing, bounded};

/// The most keys that are looked at for a sentence. The page counts all of them.
pub const SAMPLE: u32 = 10_000;

/// What a change of one node did to the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// How many of the keys are on another node than before. For the ring it is the exact share of
    /// the circle, for the other schemes that of the first keys, at most [`SAMPLE`].
    pub moved: Share,
    /// How many moved between two nodes that the change was not about.
    pub astray: Share,
    /// How many other nodes gave keys to the node or took keys from it.
    pub others: u16,
    /// The one of them, where there is only one.
    pub other: Option<u16>,
    /// What theory says of `moved`, where it says something.
    pub theory: Option<Fraction>,
}

/// A ring, and its first keys placed.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The ring.
    pub ring: &'a Ring,
    /// Its sample; see [`sample`].
    pub keys: &'a Placement,
}

/// The first keys under the scheme of a setting.
pub fn sample(setting: &Setting, ring: &Ring) -> Placement {
    let keys = setting.keys.min(SAMPLE);
    Placing::new(setting.scheme, ring, keys, Popularity::Uniform).finish()
}

impl Effect {
    /// What became of the keys when `node` changed as `what` says.
    pub fn of(
        scheme: Scheme,
        before: Placed<'_>,
        after: Placed<'_>,
        node: u16,
        what: What,
    ) -> Self {
        let flows = match scheme {
            Scheme::Ring => Flows::of_arcs(before.ring, after.ring, node),
            _ => Flows::of_keys(before.keys, after.keys, node),
        };
        let theory = theory::moved(scheme, before.ring.nodes(), after.ring.nodes(), node, what);
        Self {
            moved: flows.moved,
            astray: flows.astray,
            others: u16::try_from(flows.others.len()).unwrap_or(u16::MAX),
            other: match flows.others.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            theory,
        }
    }
}

/// What went from where to where.
struct Flows {
    moved: Share,
    astray: Share,
    others: Vec<u16>,
}

impl Flows {
    /// On a ring keys move only to the changed node, or only from it (`tests` beside the world and
    /// those of [`Ring`] hold that), so that the differences of the arcs say everything, exactly.
    fn of_arcs(before: &Ring, after: &Ring, node: u16) -> Self {
        let arcs = |ring: &Ring| -> Vec<(u16, u128)> {
            let ids = ring.nodes().iter().map(|node| node.id);
            ids.zip(ring.arcs(Among::Up)).collect()
        };
        let (was, is) = (arcs(before), arcs(after));
        let arc = |arcs: &[(u16, u128)], id: u16| {
            let place = arcs.binary_search_by_key(&id, |arc| arc.0);
            place.map_or(0, |place| arcs.get(place).map_or(0, |arc| arc.1))
        };
        let others = was
            .iter()
            .filter(|(id, length)| *id != node && arc(&is, *id) != *length);
        Self {
            moved: Share::of(arc(&was, node).abs_diff(arc(&is, node)), 1 << 64),
            astray: Share::NONE,
            others: others.map(|(id, _)| *id).collect(),
        }
    }

    fn of_keys(before: &Placement, after: &Placement, node: u16) -> Self {
        let moves = moved(before, after);
        let keys = before.owners.len().max(after.owners.len()) as u128;
        let (mut astray, mut others) = (0_u128, Vec::new());
        for (from, to, count) in moves.iter() {
            if from == node || to == node {
                others.push(if from == node { to } else { from });
            } else {
                astray += u128::from(count);
            }
        }
        others.sort_unstable();
        others.dedup();
        Self {
            moved: Share::of(moves.moved() as u128, keys),
            astray: Share::of(astray, keys),
            others,
        }
    }
}

/// The share of the first keys none of whose copies is on a node that is up: the first `copies`
/// different nodes clockwise, on the ring.
pub fn without_copy(ring: &Ring, keys: u32, copies: usize) -> Share {
    let down: Vec<u16> = ring
        .nodes()
        .iter()
        .filter(|node| !node.up && node.weight > 0)
        .map(|node| node.id)
        .collect();
    let able = ring.nodes().iter().filter(|node| node.weight > 0).count();
    if down.len() < copies.min(able) {
        return Share::NONE;
    }
    let keys = keys.min(SAMPLE);
    let lost = (0..u64::from(keys))
        .filter(|key| {
            let owners = ring.owners(ring.hash(*key), copies, Among::All);
            owners.iter().all(|owner| down.binary_search(owner).is_ok())
        })
        .count();
    Share::of(lost as u128, u128::from(keys))
}

/// The node that is farthest above its bound of ⌈(1 + ε) · its part of the keys⌉, with its keys and
/// its bound; nobody when all are within it.
pub fn above_bound(ring: &Ring, placement: &Placement, slack: u32) -> Option<(u16, u64, u64)> {
    let keys = u32::try_from(placement.owners.len()).unwrap_or(u32::MAX);
    let serving = |index: usize| ring.nodes().get(index).filter(|node| node.serves());
    let total = (0..ring.nodes().len())
        .filter_map(serving)
        .map(|node| u64::from(node.weight))
        .sum();
    let loads = placement.keys.iter().enumerate();
    loads
        .filter_map(|(index, load)| {
            let node = serving(index)?;
            let bound = bounded::capacity(keys, node.weight, total, slack);
            (*load > bound).then_some((node.id, *load, bound))
        })
        .max_by_key(|(id, load, bound)| (load - bound, u16::MAX - id))
}
