//! What a run of the lab is set to, with sizes that fit together.

use crate::sim::config::Config;
use crate::sim::pbs::{self, Delay, Delays, MODELS, Shape};
use crate::sim::protocol::network::{DELAY, JITTER};
use crate::sim::time::Micros;

/// The settings of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// N: how many replicas, 1 to 7.
    pub n: u8,
    /// W: how many acknowledgements a write waits for, 1 to N.
    pub w: u8,
    /// R: how many answers a read waits for, 1 to N.
    pub r: u8,
    /// W and R as they were asked for, which may be more than N.
    pub asked: (u8, u8),
    /// How many writes the script has.
    pub writes: u32,
    /// From the start of a write of the script to the start of the next.
    pub gap: Micros,
    /// How many readers are told of each write of the script, 0 to 2.
    pub reads: u8,
    /// How long after the acknowledgement they are told.
    pub after: Micros,
    /// Which delays.
    pub model: Model,
    /// The replica that is slow, from 1; 0 for none.
    pub slow: u8,
    /// How much longer every message to and from it takes.
    pub slow_by: Micros,
    /// Whether a replica keeps the newest version whatever comes last.
    pub compare: bool,
    /// Whether a read mends the replicas that answered with an older version.
    pub repair: bool,
    /// Whether a read first brings what it returns to W replicas.
    pub write_back: bool,
    /// Whether spare nodes stand in for replicas that do not answer.
    pub sloppy: bool,
    /// How long a client waits for a replica before it turns to a spare.
    pub patience: Micros,
    /// How often a spare tries to hand over what it keeps.
    pub hand_off: Micros,
    /// How often a replica compares itself with another, at least 1 ms; zero for never.
    pub anti_entropy: Micros,
    /// When a client gives up; zero for never.
    pub timeout: Micros,
}

/// Where delays come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Any length between two, in microseconds, each as likely.
    Uniform(u64, u64),
    /// One of [`MODELS`], by its place.
    Fitted(usize),
}

impl Settings {
    /// The settings of a configuration. W and R above N count as N.
    pub fn of(config: &Config) -> Self {
        let small = |id| u8::try_from(config.get(id)).unwrap_or(0);
        let length = |id| Micros::from_signed(config.get(id));
        let n = small("n").clamp(1, 7);
        let asked = (small("w"), small("r"));
        Self {
            n,
            w: asked.0.clamp(1, n),
            r: asked.1.clamp(1, n),
            asked,
            writes: u32::try_from(config.get("writes")).unwrap_or(0),
            gap: length("gap"),
            reads: small("reads").min(2),
            after: length("after"),
            model: Model::of(config),
            slow: small("slow"),
            slow_by: length("slow-by"),
            compare: config.is_on("compare"),
            repair: config.is_on("repair"),
            write_back: config.is_on("write-back"),
            sloppy: config.is_on("sloppy"),
            patience: length("patience"),
            hand_off: length("hand-off"),
            anti_entropy: match length("anti-entropy") {
                Micros::ZERO => Micros::ZERO,
                interval => interval.max(Micros::from_millis(1)),
            },
            timeout: length("timeout"),
        }
    }

    /// Whether every read quorum shares a replica with every write quorum: W + R > N.
    pub fn overlap(&self) -> bool {
        self.w + self.r > self.n
    }
}

impl Model {
    fn of(config: &Config) -> Self {
        let id = config.choice("model");
        match MODELS.iter().position(|model| model.id == id) {
            Some(place) => Self::Fitted(place),
            None => {
                let delay = Micros::from_signed(config.get(DELAY.id)).0;
                let percent = Micros::from_signed(config.get(JITTER.id)).0;
                let spread = delay.saturating_mul(percent) / 100;
                Self::Uniform(delay - spread.min(delay), delay.saturating_add(spread))
            }
        }
    }

    /// The four delays as distributions.
    pub fn delays(self) -> Delays {
        match self {
            Self::Fitted(place) => MODELS
                .get(place)
                .map_or_else(|| uniform(0, 0), pbs::Model::delays),
            Self::Uniform(low, high) => uniform(low, high),
        }
    }
}

fn uniform(low: u64, high: u64) -> Delays {
    let delay = between(low, high);
    Delays::new(delay.clone(), delay.clone(), delay.clone(), delay, 0.0)
}

/// Any length between two, both in microseconds.
pub(super) fn between(low: u64, high: u64) -> Delay {
    Delay::of(Shape::Uniform {
        low: low as f64 / 1_000.0,
        high: high as f64 / 1_000.0,
    })
}
