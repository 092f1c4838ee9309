//! What a run of the lab is set to.

use crate::sim::config::Config;
use crate::sim::hashing::{Popularity, Scheme};

/// The most nodes that a ring has, and the last name that there is: `n200`.
pub const MOST_NODES: u16 = 200;
/// How many names there are beyond those that a run begins with.
const ROOM: u16 = 20;

/// The settings as the rules use them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// With how many nodes the run begins.
    pub nodes: u16,
    /// The points of a node of weight 100 %.
    pub virtual_nodes: u32,
    /// How many different nodes keep each key.
    pub copies: usize,
    /// How many keys there are.
    pub keys: u32,
    /// How keys are given to nodes.
    pub scheme: Scheme,
    /// ε in percent: how far above its fair part a node may be.
    pub slack: u32,
    /// How often the keys are asked for.
    pub popularity: Popularity,
    /// What the points and the hashes of keys follow from.
    pub seed: u64,
}

impl Setting {
    /// The settings of a run.
    pub fn of(config: &Config, seed: u64) -> Self {
        let number = |id: &str| u32::try_from(config.get(id)).unwrap_or(0);
        let slack = number("slack");
        Self {
            nodes: nodes(config),
            virtual_nodes: number("vnodes"),
            copies: usize::try_from(config.get("copies")).unwrap_or(1),
            keys: number("keys"),
            scheme: scheme(config.choice("scheme"), slack),
            slack,
            popularity: popularity(config.choice("popularity")),
            seed,
        }
    }
}

/// With how many nodes a configuration begins.
fn nodes(config: &Config) -> u16 {
    u16::try_from(config.get("nodes")).map_or(1, |nodes| nodes.clamp(1, MOST_NODES))
}

/// The last name that a node of this configuration can have.
pub fn last_name(config: &Config) -> u16 {
    nodes(config).saturating_add(ROOM).min(MOST_NODES)
}

/// All schemes, in the order of the page.
pub fn schemes(slack: u32) -> [Scheme; 5] {
    [
        Scheme::Ring,
        Scheme::Modulo,
        Scheme::Rendezvous,
        Scheme::Jump,
        Scheme::Bounded { slack },
    ]
}

/// What a scheme is called on the page.
pub fn scheme_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Ring => "ring",
        Scheme::Modulo => "modulo",
        Scheme::Rendezvous => "rendezvous",
        Scheme::Jump => "jump",
        Scheme::Bounded { .. } => "bounded loads",
    }
}

fn scheme(id: &str, slack: u32) -> Scheme {
    match id {
        "modulo" => Scheme::Modulo,
        "rendezvous" => Scheme::Rendezvous,
        "jump" => Scheme::Jump,
        "bounded" => Scheme::Bounded { slack },
        _ => Scheme::Ring,
    }
}

fn popularity(id: &str) -> Popularity {
    let exponent = match id {
        "zipf-0.6" => 0.6,
        "zipf-0.8" => 0.8,
        "zipf-0.99" => 0.99,
        "zipf-1.2" => 1.2,
        _ => return Popularity::Uniform,
    };
    Popularity::Zipf { exponent }
}
