//! A parameter that takes one value after the other.

use crate::sim::parameter::{Kind, Parameter, Scale, Unit};

/// A parameter and the values that it takes one after the other.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// The values, in its own unit.
    pub values: Vec<i64>,
}

impl Sweep {
    /// A parameter over its whole range, in at most so many values, each one at which its slider
    /// stops. The first and the last stop are always among them.
    pub fn over(parameter: &'static Parameter, most: u16) -> Self {
        let (min, max) = parameter.range();
        let most = i64::from(most.max(2));
        let (stops, step) = match parameter.kind {
            Kind::Number {
                scale: Scale::Stops(stops),
                ..
            } => return Self::of_stops(parameter, stops, most),
            Kind::Number {
                scale: Scale::Linear { step },
                ..
            } => (max.saturating_sub(min) / step.max(1), step.max(1)),
            Kind::Switch { .. } | Kind::Choice { .. } => (max.saturating_sub(min), 1),
        };
        let values = places(stops.saturating_add(1), most)
            .map(|place| min.saturating_add(place.saturating_mul(step)).min(max))
            .collect();
        Self { parameter, values }
    }

    fn of_stops(parameter: &'static Parameter, stops: &'static [i64], most: i64) -> Self {
        let count = i64::try_from(stops.len()).unwrap_or(i64::MAX);
        let values = places(count, most)
            .filter_map(|place| stops.get(usize::try_from(place).ok()?).copied())
            .collect();
        Self { parameter, values }
    }

    /// Where the values stand on an axis: times in milliseconds, other numbers as they are; what
    /// is no evenly spaced number one after the other, from 0.
    pub(super) fn axis(&self) -> Vec<f64> {
        if self.is_even() {
            let scale = if self.parameter.unit() == Some(Unit::Time) {
                1_000.0
            } else {
                1.0
            };
            return self.values.iter().map(|v| real(*v) / scale).collect();
        }
        (0_i64..)
            .zip(&self.values)
            .map(|(place, _)| real(place))
            .collect()
    }

    /// The words for those places, where they are no numbers.
    pub(super) fn names(&self) -> Vec<(f64, String)> {
        if self.is_even() {
            return Vec::new();
        }
        let words = self.values.iter().map(|value| self.parameter.show(*value));
        self.axis().into_iter().zip(words).collect()
    }

    /// What stands along the axis.
    pub(super) fn axis_name(&self) -> String {
        let label = self.parameter.label;
        match self.parameter.unit() {
            Some(Unit::Time) if self.is_even() => format!("{label} (ms)"),
            Some(Unit::Percent) if self.is_even() => format!("{label} (%)"),
            Some(Unit::Ppm) if self.is_even() => format!("{label} (ppm)"),
            _ => label.to_owned(),
        }
    }

    fn is_even(&self) -> bool {
        matches!(
            self.parameter.kind,
            Kind::Number {
                scale: Scale::Linear { .. },
                ..
            }
        )
    }
}

/// At most so many of the places from 0 to before `count`, evenly spread, the ends included.
fn places(count: i64, most: i64) -> impl Iterator<Item = i64> {
    let last = count.saturating_sub(1).max(0);
    let shown = count.clamp(1, most);
    let gaps = (shown - 1).max(1);
    (0..shown).map(move |place| last / gaps * place + last % gaps * place / gaps)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a place on an axis; beyond 2^53 it need not be exact"
)]
fn real(value: i64) -> f64 {
    value as f64
}
