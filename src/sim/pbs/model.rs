//! The delays that Bailis et al. fitted to measurements: *Probabilistically Bounded Staleness for
//! Practical Partial Quorums*, VLDB 2012, section 5.3 and table 3.
//!
//! The paper prints α = 3.35 for the writes of Yammer. The authors' own program has 3.5, and only
//! that reproduces their tables, so 3.5 is what stands here.

use serde::Serialize;

use super::delay::{Delay, LONGEST, Shape, within};

/// The four delays of the WARS model (section 4.1), and how far the replicas are apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Delays {
    /// W: the write's way to a replica.
    pub write: Delay,
    /// A: the replica's acknowledgement of it.
    pub acknowledge: Delay,
    /// R: the read's way to a replica.
    pub read: Delay,
    /// S: the replica's answer to it.
    pub answer: Delay,
    /// What every message to and from a replica in another place takes on top, in ms. Where it is
    /// above 0, one replica, drawn anew for each write and each read, is near and all others far.
    pub away: f64,
}

impl Delays {
    /// All four as given; `away` as the nearest value from 0 to [`LONGEST`].
    pub fn new(write: Delay, acknowledge: Delay, read: Delay, answer: Delay, away: f64) -> Self {
        Self {
            write,
            acknowledge,
            read,
            answer,
            away: within(away, 0.0, LONGEST),
        }
    }
}

/// A named set of delays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// Its name in links and on the command line.
    pub id: &'static str,
    /// The paper's name for it.
    pub name: &'static str,
    /// What was measured, in one sentence.
    pub about: &'static str,
    /// W, as parts of a mixture.
    pub write: &'static [(f64, Shape)],
    /// A, as parts of a mixture.
    pub acknowledge: &'static [(f64, Shape)],
    /// R, as parts of a mixture.
    pub read: &'static [(f64, Shape)],
    /// S, as parts of a mixture.
    pub answer: &'static [(f64, Shape)],
    /// As in [`Delays::away`], in ms.
    pub away: f64,
}

impl Model {
    /// Its delays as distributions.
    pub fn delays(&self) -> Delays {
        Delays::new(
            Delay::mixture(self.write),
            Delay::mixture(self.acknowledge),
            Delay::mixture(self.read),
            Delay::mixture(self.answer),
            self.away,
        )
    }
}

const SSD: &[(f64, Shape)] = &[
    (0.9122, pareto(0.235, 10.0)),
    (0.0878, Shape::Exponential { rate: 1.66 }),
];
const DISK_WRITE: &[(f64, Shape)] = &[
    (0.38, pareto(1.05, 1.51)),
    (0.62, Shape::Exponential { rate: 0.183 }),
];
const YAMMER_WRITE: &[(f64, Shape)] = &[
    (0.939, pareto(3.0, 3.5)),
    (0.061, Shape::Exponential { rate: 0.0028 }),
];
const YAMMER: &[(f64, Shape)] = &[
    (0.982, pareto(1.5, 3.8)),
    (0.018, Shape::Exponential { rate: 0.0217 }),
];

/// The paper's models, in its order.
pub static MODELS: [Model; 4] = [
    Model {
        id: "lnkd-ssd",
        name: "LNKD-SSD",
        about: "LinkedIn's store on solid-state disks: all four delays are short and alike.",
        write: SSD,
        acknowledge: SSD,
        read: SSD,
        answer: SSD,
        away: 0.0,
    },
    Model {
        id: "lnkd-disk",
        name: "LNKD-DISK",
        about: "LinkedIn's store on spinning disks: writes are slow and vary much.",
        write: DISK_WRITE,
        acknowledge: SSD,
        read: SSD,
        answer: SSD,
        away: 0.0,
    },
    Model {
        id: "ymmr",
        name: "YMMR",
        about: "Yammer's store: usually a few milliseconds, now and then a third of a second.",
        write: YAMMER_WRITE,
        acknowledge: YAMMER,
        read: YAMMER,
        answer: YAMMER,
        away: 0.0,
    },
    Model {
        id: "wan",
        name: "WAN",
        about: "LNKD-DISK with one replica near and the others 75 ms away, each way.",
        write: DISK_WRITE,
        acknowledge: SSD,
        read: SSD,
        answer: SSD,
        away: 75.0,
    },
];

/// The model of that id.
pub fn model(id: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.id == id)
}

const fn pareto(least: f64, alpha: f64) -> Shape {
    Shape::Pareto { least, alpha }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_found_by_its_id() {
        assert_eq!(model("wan").map(|model| model.away), Some(75.0));
        assert_eq!(model("none"), None);
    }
}
