//! The line at the cursor's moment, and the cover over what lies after it.
//!
//! Both move with every frame of playing. They are moved by transforms of their own layers, so that
//! no picture is laid out or painted anew for them.

use leptos::prelude::*;

/// A vertical line over a picture of `width` pixels, `x` pixels from its left.
#[component]
pub fn NowLine(
    /// Where the moment is, in pixels of the picture.
    #[prop(into)]
    x: Signal<f64>,
    /// The width that the picture is drawn for, in pixels.
    #[prop(into)]
    width: Signal<f64>,
) -> impl IntoView {
    let transform = move || format!("translateX({})", from_left(x.get(), width.get()));
    view! { <div class="now-line" style:transform=transform></div> }
}

/// Shows its children, a picture of `width` pixels, only up to `x` pixels from their left.
#[component]
pub fn Past(
    /// Up to where, in pixels of the picture.
    #[prop(into)]
    x: Signal<f64>,
    /// The width that the picture is drawn for, in pixels.
    #[prop(into)]
    width: Signal<f64>,
    /// The picture.
    children: Children,
) -> impl IntoView {
    // The frame moves to the left, and what is in it to the right by as much: it stays in place.
    let at = move || from_left(x.get(), width.get());
    let frame = move || format!("translateX(calc({} - 100%))", at());
    let inside = move || format!("translateX(calc(100% - {}))", at());
    view! {
        <div class="past" style:transform=frame>
            <div class="past-inside" style:transform=inside>{children()}</div>
        </div>
    }
}

/// How far `x` is from the left, also where the picture is shown smaller than it is drawn: before
/// the program has measured how much room there is.
fn from_left(x: f64, width: f64) -> String {
    let x = x.max(0.0);
    format!("min({:.2}%, {x:.1}px)", x / width.max(1.0) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_share_of_a_smaller_picture_and_exact_in_one_of_its_size() {
        assert_eq!(from_left(180.0, 720.0), "min(25.00%, 180.0px)");
        assert_eq!(from_left(-5.0, 0.0), "min(0.00%, 0.0px)");
    }
}
