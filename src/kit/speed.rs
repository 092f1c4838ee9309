//! How fast a run plays.

use crate::sim::Micros;

/// How fast a run plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Speed {
    /// A quarter of the usual speed.
    Quarter,
    /// Half.
    Half,
    /// The whole run in twelve seconds.
    #[default]
    Usual,
    /// Twice.
    Double,
    /// Four times.
    Fourfold,
}

impl Speed {
    /// How long a run takes at the usual speed, in seconds.
    const WHOLE_RUN: f64 = 12.0;
    /// All of them, slowest first.
    pub const ALL: [Self; 5] = [
        Self::Quarter,
        Self::Half,
        Self::Usual,
        Self::Double,
        Self::Fourfold,
    ];

    /// Its name on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Quarter => "¼×",
            Self::Half => "½×",
            Self::Usual => "1×",
            Self::Double => "2×",
            Self::Fourfold => "4×",
        }
    }

    /// How much of a run of this length passes in so many milliseconds.
    #[must_use]
    pub fn passes(self, end: Micros, milliseconds: f64) -> Micros {
        let factor = match self {
            Self::Quarter => 0.25,
            Self::Half => 0.5,
            Self::Usual => 1.0,
            Self::Double => 2.0,
            Self::Fourfold => 4.0,
        };
        let share = milliseconds / 1000.0 / Self::WHOLE_RUN * factor;
        #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
        #[expect(
            clippy::cast_possible_truncation,
            reason = "cut off at whole microseconds"
        )]
        Micros::from_signed((end.signed() as f64 * share) as i64)
    }
}
