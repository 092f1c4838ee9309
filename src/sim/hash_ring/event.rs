//! What happens in the lab, and the sentence that says it.

use serde::Serialize;

use super::effect::Effect;
use super::setting::Setting;
use super::share::{Share, grouped};
use crate::sim::hashing::{Node, Scheme};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Which node it was about; 0 at the beginning.
    pub node: u16,
    /// What became of it.
    pub what: What,
    /// What that did to the keys; nothing when nothing changed.
    pub effect: Option<Effect>,
    /// The share of keys none of whose copies is on a node that is up; for the ring.
    pub without_copy: Share,
    /// The largest and the smallest part of the keys that a node serves, of those that serve.
    pub extremes: Option<(Share, Share)>,
    /// The nodes from then on: the page makes its pictures of them.
    #[serde(skip)]
    pub nodes: Vec<Node>,
}

/// What became of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum What {
    /// The run begins with so many nodes.
    Began {
        /// How many.
        nodes: u16,
        /// How many points they have on the circle, together.
        points: u32,
    },
    /// It joined.
    Joined {
        /// Its size in percent of an ordinary node.
        weight: u32,
    },
    /// It left for good.
    Left,
    /// It stopped, and keeps its place.
    Failed,
    /// It came back.
    Recovered,
    /// It became larger or smaller.
    Weighed {
        /// In percent of an ordinary node, before.
        from: u32,
        /// And after.
        to: u32,
    },
    /// The reader asked for something that makes no sense.
    Refused(Refusal),
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Refusal {
    /// There is no free name left.
    Full,
    /// No node of that name is there.
    Absent,
    /// It has failed already.
    Down,
    /// It has not failed.
    Up,
    /// It has that weight already.
    SameWeight,
}

impl Event {
    /// Whether the nodes changed.
    pub fn changed(&self) -> bool {
        self.effect.is_some()
    }

    /// One sentence.
    pub fn sentence(&self, setting: &Setting) -> String {
        let name = format!("n{}", self.node);
        let said = match self.what {
            What::Began { nodes, points } => return self.beginning(setting, nodes, points),
            What::Refused(refusal) => return refuse(&name, refusal),
            What::Joined { weight: 100 } => format!("{name} joins"),
            What::Joined { weight } => format!("{name} joins with a weight of {weight} %"),
            What::Left => format!("{name} leaves"),
            What::Failed => format!("{name} fails"),
            What::Recovered => format!("{name} comes back"),
            What::Weighed { from, to: 0 } => {
                format!("{name} is drained, from a weight of {from} %")
            }
            What::Weighed { from, to } => {
                format!("{name} goes from a weight of {from} % to {to} %")
            }
        };
        let Some(effect) = &self.effect else {
            return format!("{said}.");
        };
        let Some(extremes) = self.extremes else {
            return format!("{said}: nobody is left to serve a key.");
        };
        let moved = self.movement(effect, setting.scheme);
        let lost = if self.without_copy > Share::NONE {
            format!(
                " {} of the keys have no copy left on a node that is up.",
                self.without_copy
            )
        } else {
            String::new()
        };
        let (largest, _) = extremes;
        format!(
            "{said}: {moved}. The fullest node has {largest} of the {}.{lost}",
            whole(setting.scheme)
        )
    }

    /// What moved, and what theory says.
    fn movement(&self, effect: &Effect, scheme: Scheme) -> String {
        if effect.moved == Share::NONE {
            return match scheme {
                Scheme::Modulo | Scheme::Jump if matches!(self.what, What::Weighed { .. }) => {
                    "nothing moves, because this scheme knows no weights".to_owned()
                }
                _ => "nothing moves".to_owned(),
            };
        }
        let theory = effect
            .theory
            .map_or_else(String::new, |theory| format!(" (theory: {theory})"));
        let direction = self.direction(effect);
        let moved = match scheme {
            Scheme::Ring => "of the circle moves",
            _ => "of the keys move",
        };
        format!("{} {moved}, {direction}{theory}", effect.moved)
    }

    fn direction(&self, effect: &Effect) -> String {
        if effect.astray > Share::NONE {
            return format!(
                "{} of these between other nodes than n{}",
                Share::of(u128::from(effect.astray.0), u128::from(effect.moved.0)),
                self.node
            );
        }
        let gains = match self.what {
            What::Joined { .. } | What::Recovered => true,
            What::Weighed { from, to } => to > from,
            _ => false,
        };
        let whom = match (effect.other, effect.others) {
            (Some(other), _) => format!("n{other}"),
            (None, 0) => "nobody".to_owned(),
            (None, others) => format!("{others} others"),
        };
        if gains {
            format!("all to n{} from {whom}", self.node)
        } else {
            format!("all from n{} to {whom}", self.node)
        }
    }

    fn beginning(&self, setting: &Setting, nodes: u16, points: u32) -> String {
        let points = grouped(u64::from(points));
        let who = match nodes {
            1 => "n1 is alone".to_owned(),
            _ => format!("n1 to n{nodes} share the keys"),
        };
        let how = match setting.scheme {
            Scheme::Ring => format!("on a ring of {points} points"),
            Scheme::Modulo => format!("by hash mod {nodes}"),
            Scheme::Rendezvous => "by rendezvous hashing".to_owned(),
            Scheme::Jump => "by jump hashing".to_owned(),
            Scheme::Bounded { slack } => {
                format!(
                    "on a ring of {points} points with loads bounded at {slack} % above the mean"
                )
            }
        };
        let (largest, smallest) = self.extremes.unwrap_or_default();
        format!(
            "{who} {how}: the fullest node has {largest} of the {}, the emptiest {smallest}.",
            whole(setting.scheme)
        )
    }
}

/// Of what a sentence tells the shares: the circle is exact, keys are counted.
fn whole(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Ring => "circle",
        _ => "keys",
    }
}

fn refuse(name: &str, refusal: Refusal) -> String {
    let why = match refusal {
        Refusal::Full => {
            return "Nobody joins: the run has no free name left; begin with more nodes."
                .to_owned();
        }
        Refusal::Absent => "is not there",
        Refusal::Down => "has failed already",
        Refusal::Up => "has not failed",
        Refusal::SameWeight => "has that weight already",
    };
    format!("{name} {why}: nothing changes.")
}
