//! What many runs show: plots and tables, as plain numbers that any view can draw.

use serde::{Deserialize, Serialize};

/// Everything that a batch has to show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// How many runs went into it.
    pub runs: u64,
    /// The plots, in the order of the page.
    pub plots: Vec<Plot>,
    /// The tables, in the order of the page.
    pub tables: Vec<Table>,
    /// How a search stands, where the batch is one.
    #[serde(default)]
    pub hunted: Option<Box<Hunted>>,
}

/// How a search for a broken promise stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hunted {
    /// How many distinct states were found.
    pub states: u64,
    /// How many steps the farthest of them is away.
    pub depth: u64,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing yet.
    Searching,
    /// Every promise holds in every state within the limits.
    Holds,
    /// As many states as allowed were looked at, and every promise holds in them.
    GaveUp,
    /// A promise can be broken.
    Broken {
        /// The promise's id.
        property: String,
        /// What happens, and why it breaks the promise.
        sentence: String,
        /// In how few steps.
        steps: u64,
        /// The run, as a link.
        run: String,
    },
}

/// One plot.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plot {
    /// What it shows.
    pub title: String,
    /// What stands along the horizontal axis, with its unit.
    pub x: String,
    /// What stands along the vertical axis, with its unit.
    pub y: String,
    /// Whether the horizontal axis is logarithmic.
    pub log_x: bool,
    /// Whether what stands along it is whole numbers: the bin from 3 to 5 then holds 3 and 4.
    pub whole: bool,
    /// Words for places on the horizontal axis where a number would say little: a sweep over
    /// `wall`, `Lamport`, `hybrid` has them at 0, 1 and 2. With any of them, only they are marked.
    pub names: Vec<(f64, String)>,
    /// The curves.
    pub curves: Vec<Curve>,
    /// The bins of a histogram, from left to right.
    pub bins: Vec<Bin>,
    /// Named places on the horizontal axis: quantiles.
    pub marks: Vec<Mark>,
}

/// One curve.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Its name, which stands beside it.
    pub name: String,
    /// Whether it is theory and not measured; drawn dashed.
    pub theory: bool,
    /// Whether a value holds until the next point, as in a distribution function; else the points
    /// are joined.
    pub steps: bool,
    /// Its points, from left to right.
    pub points: Vec<Point>,
}

/// A point of a curve.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Where it stands on the horizontal axis.
    pub x: f64,
    /// Its value.
    pub y: f64,
    /// The ends of its 95 % confidence interval, where there is one.
    pub interval: Option<(f64, f64)>,
    /// A run that counts towards it, as a link.
    pub run: Option<String>,
}

/// A bin of a histogram.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How many runs fell into it.
    pub count: u64,
    /// The first of them, as a link.
    pub run: Option<String>,
}

/// A named place on the horizontal axis.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Its name: `median`, `95th percentile`.
    pub name: String,
    /// Where it is.
    pub x: f64,
    /// The ends of its 95 % confidence interval, where there is one.
    pub interval: Option<(f64, f64)>,
    /// A run that comes out just there, as a link.
    pub run: Option<String>,
}

/// A table of figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// The names of the columns; the first is that of the rows' names.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}
