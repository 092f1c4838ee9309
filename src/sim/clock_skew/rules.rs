//! What the configuration means for the world: delays, reactions, fixed lengths of time.

use super::entry::Order;
use crate::sim::config::Config;
use crate::sim::random::Random;
use crate::sim::time::Micros;

/// How long a machine thinks before it writes on top of what it received.
pub(super) const THINKING: Micros = Micros::from_millis(1);
/// How long the time server takes from a question to its answer.
pub(super) const SERVING: Micros = Micros(20);
/// A run without anything to do still shows its clocks for so long.
pub(super) const SHORTEST: Micros = Micros::from_millis(200);
/// The most machines that a run can have.
const MOST_MACHINES: u8 = 5;

/// What the configuration says, read once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) order: Order,
    pub(super) wait: bool,
    pub(super) slew: bool,
    pub(super) sync: Micros,
    pub(super) delay: i64,
    pub(super) jitter: i64,
    pub(super) asymmetry: i64,
    pub(super) react: i64,
}

impl Rules {
    pub(super) fn of(config: &Config) -> Self {
        Self {
            order: Order::of(config),
            wait: config.is_on("wait"),
            slew: config.choice("correction") == "slew",
            sync: Micros::from_signed(config.get("sync")),
            delay: config.get("delay"),
            jitter: config.get("jitter"),
            asymmetry: config.get("asymmetry"),
            react: config.get("react"),
        }
    }

    /// How long one message is under way: the mean, changed by the asymmetry of its way and by
    /// jitter; at least a microsecond.
    pub(super) fn one_way(&self, out: bool, random: &mut Random) -> Micros {
        let asymmetry = if out { self.asymmetry } else { -self.asymmetry };
        let mean = self.delay.saturating_mul(100 + asymmetry) / 100;
        let jitter = random.between(-self.jitter * 1_000, self.jitter * 1_000);
        Micros::from_signed(
            mean.saturating_add(mean.saturating_mul(jitter) / 100_000)
                .max(1),
        )
    }

    /// Which machines will react to a write, one bit for each. Always draws for as many machines as
    /// there can be.
    pub(super) fn reactors(&self, random: &mut Random) -> u8 {
        (1..=MOST_MACHINES)
            .filter(|_| random.chance(self.react))
            .fold(0, |bits, number| bits | bit(number))
    }
}

/// The bit that stands for a machine.
pub(super) const fn bit(number: u8) -> u8 {
    1_u8.wrapping_shl(number as u32)
}
