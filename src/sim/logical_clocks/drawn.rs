//! Events and messages that are drawn at random from the seed.

use std::collections::BTreeMap;

use super::declaration::processes;
use crate::sim::config::Config;
use crate::sim::random::Random;
use crate::sim::time::Micros;

/// The distance between two moments at which something may be drawn, in milliseconds.
const STEP: u64 = 5;
/// A message is under way for 1 to so many steps.
const LONGEST: u64 = 8;

/// An event or a message that was drawn. Processes are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    pub(super) process: usize,
    /// Where it goes and how long it takes, if it is a message.
    pub(super) message: Option<(usize, Micros)>,
    pub(super) at: Micros,
}

/// What a configuration and a seed draw. No two events of it share a millisecond.
pub(super) fn drawn(config: &Config, seed: u64) -> Vec<Drawn> {
    let count = u64::try_from(config.get("random")).unwrap_or(0);
    let (all, share) = (processes(config), config.get("messages"));
    let mut random = Random::stream(seed, 0);
    // No two in one millisecond, and on one process none closer to another than a step, so that all
    // can be told apart.
    let mut taken = BTreeMap::new();
    let mut free = |process: usize, wanted: u64| {
        let is_free = |millis: u64, taken: &BTreeMap<u64, usize>| {
            let mut near = taken.range(millis.saturating_sub(STEP - 1)..millis + STEP);
            !taken.contains_key(&millis) && near.all(|(_, other)| *other != process)
        };
        let mut millis = wanted;
        while !is_free(millis, &taken) {
            millis += 1;
        }
        taken.insert(millis, process);
        millis
    };
    let mut below = |bound: usize| {
        let number = random.below(u64::try_from(bound).unwrap_or(1));
        (
            usize::try_from(number).unwrap_or(0),
            random.chance(share),
            random.next_u64(),
        )
    };
    let mut list = Vec::new();
    for _ in 0..count {
        let (process, is_message, more) = below(all);
        let at = free(process, STEP * (1 + more % (2 * count + 2)));
        // The other processes, counted on from this one.
        let other = 1 + usize::try_from((more >> 16) % (all as u64 - 1).max(1)).unwrap_or(0);
        let travel = STEP * (1 + (more >> 32) % LONGEST);
        let message = is_message.then(|| {
            let to = (process + other) % all;
            (to, Micros::from_millis(free(to, at + travel) - at))
        });
        list.push(Drawn {
            process,
            message,
            at: Micros::from_millis(at),
        });
    }
    list.sort_by_key(|drawn| drawn.at);
    list
}
