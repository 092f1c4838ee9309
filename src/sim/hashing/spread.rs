//! How evenly load is spread over nodes.

/// The spread of loads over nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean load.
    pub mean: f64,
    /// The largest load.
    pub max: f64,
    /// The largest load as a multiple of the mean: 1 when all are equal.
    pub max_over_mean: f64,
    /// The coefficient of variation: the standard deviation, of these nodes and not of a sample,
    /// as a multiple of the mean.
    pub variation: f64,
}

impl Spread {
    /// The spread of these loads. Without nodes, or without any load, nothing is uneven: the ratios
    /// are then 1 and 0.
    pub fn of(loads: &[f64]) -> Self {
        let count = loads.len().max(1) as f64;
        let mean = loads.iter().sum::<f64>() / count;
        let max = loads.iter().copied().fold(0.0, f64::max);
        if mean <= 0.0 {
            return Self {
                mean: 0.0,
                max: 0.0,
                max_over_mean: 1.0,
                variation: 0.0,
            };
        }
        let squares: f64 = loads.iter().map(|load| (load - mean) * (load - mean)).sum();
        Self {
            mean,
            max,
            max_over_mean: max / mean,
            variation: libm::sqrt(squares / count) / mean,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_those_of_all_nodes_not_of_a_sample() {
        let spread = Spread::of(&[1.0, 3.0]);
        let expected = Spread {
            mean: 2.0,
            max: 3.0,
            max_over_mean: 1.5,
            variation: 0.5,
        };
        assert_eq!(spread, expected);
    }

    #[test]
    fn nothing_is_spread_evenly() {
        for loads in [&[][..], &[0.0, 0.0]] {
            let spread = Spread::of(loads);
            assert_eq!((spread.max_over_mean, spread.variation), (1.0, 0.0));
        }
    }
}
