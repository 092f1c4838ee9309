//! The hybrid logical clock: Kulkarni, Demirbas, Madappa, Avva and Leone, *Logical Physical Clocks*
//! (2014), figure 5.

use std::fmt;

use serde::Serialize;

use super::physical::Reading;

/// The clock of one process, and the stamp of its last event.
///
/// `l` is the largest physical reading that the process has heard of, `c` counts events that share
/// it. Names and cases are the paper's; `pt` is the physical clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hybrid {
    /// The largest reading heard of.
    pub l: Reading,
    /// The count within it.
    pub c: u32,
}

impl Hybrid {
    /// Stamps an event of the process itself, sending included.
    pub fn local(&mut self, pt: Reading) -> Self {
        let l = self.l.max(pt);
        let c = if l == self.l {
            self.c.saturating_add(1)
        } else {
            0
        };
        *self = Self { l, c };
        *self
    }

    /// Stamps the receipt of message `m`.
    pub fn receive(&mut self, m: Self, pt: Reading) -> Self {
        let l = self.l.max(m.l).max(pt);
        let c = match (l == self.l, l == m.l) {
            (true, true) => self.c.max(m.c).saturating_add(1),
            (true, false) => self.c.saturating_add(1),
            (false, true) => m.c.saturating_add(1),
            (false, false) => 0,
        };
        *self = Self { l, c };
        *self
    }
}

impl fmt::Display for Hybrid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}", self.l, self.c)
    }
}
