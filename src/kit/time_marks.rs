//! The true time along the foot of a picture.

use leptos::prelude::*;

use super::axis::{TimeAxis, multiples};
use crate::sim::Micros;
use crate::sim::time::span;

/// A line at height `y`, in pixels, with round moments marked below it.
pub fn time_marks(axis: &TimeAxis, y: f64) -> impl IntoView + use<> {
    let axis = *axis;
    let marks = multiples(axis.from.signed(), axis.to.signed(), axis.step(90.0))
        .map(|at| {
            let x = format!("{:.1}", axis.x(Micros::from_signed(at)));
            view! {
                <line class="axis" x1=x.clone() x2=x.clone() y1=y y2=y + 5.0 />
                <text class="tick-label" x=x y=y + 18.0 text-anchor="middle">{span(at)}</text>
            }
        })
        .collect_view();
    view! {
        <line class="axis" x1=axis.left x2=axis.right y1=y y2=y />
        {marks}
    }
}
