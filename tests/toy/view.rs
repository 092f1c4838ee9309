//! The lab `ping`: nodes with their messages, and the space-time diagram.

use leptos::prelude::*;

use crate::kit::cluster;
use crate::sim::ping::Ping;

/// The lab, opened with a run.
#[must_use]
pub fn view(run: &str, caption: AnyView) -> AnyView {
    cluster::view::<Ping>(run, caption)
}
