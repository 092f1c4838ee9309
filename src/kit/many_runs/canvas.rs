//! The canvas under a plot: its size in the screen's own pixels, and the colours of the theme.

use leptos::prelude::*;
use plotters::prelude::{IntoDrawingArea, RGBColor};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, HtmlCanvasElement};

use super::draw::{Pens, Sheet};
use super::layout::Frame;
use crate::kit::browser;
use crate::sim::batch::Plot;

/// Draws a plot as wide as the page has room for, and returns where everything stands.
pub(super) fn draw(canvas: &HtmlCanvasElement, plot: &Plot, width: f64) -> Option<Frame> {
    let height = f64::from(canvas.client_height());
    let frame = Frame::of(plot, width, height);
    let pens = pens(canvas)?;
    canvas.set_width(pixels(width * pens.scale));
    canvas.set_height(pixels(height * pens.scale));
    let frame = frame?;
    let root = CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area();
    // What the canvas refuses to draw stands in the table.
    let _incomplete = Sheet::new(plot, &frame, &pens, root, width).draw();
    Some(frame)
}

/// Changes whenever plots have to be drawn again although they say the same: with the theme, and
/// with the screen's pixels.
pub(super) fn look() -> Signal<u32> {
    let look = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let changed = move || {
            look.try_update(|look| *look = look.wrapping_add(1));
        };
        let resized = window_event_listener(leptos::ev::resize, move |_| changed());
        on_cleanup(move || resized.remove());
        watch_theme(changed);
    });
    look.into()
}

/// Calls back when the reader chooses another theme, or the system does.
fn watch_theme(changed: impl Fn() + Copy + 'static) {
    let seen = Closure::<dyn Fn()>::new(changed);
    let callback = seen.as_ref().unchecked_ref::<js_sys::Function>();
    let observer = web_sys::MutationObserver::new(callback).ok();
    if let (Some(observer), Some(root)) = (&observer, document().document_element()) {
        let wish = web_sys::MutationObserverInit::new();
        wish.set_attributes(true);
        wish.set_attribute_filter(
            &["data-theme"]
                .map(wasm_bindgen::JsValue::from)
                .into_iter()
                .collect::<js_sys::Array>(),
        );
        let _ = observer.observe_with_options(&root, &wish);
    }
    let system = window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten();
    if let Some(system) = &system {
        let _ = system.add_event_listener_with_callback("change", callback);
    }
    let kept = StoredValue::new_local((observer, system, seen));
    on_cleanup(move || {
        kept.try_with_value(|(observer, system, seen)| {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            if let Some(system) = system {
                let callback = seen.as_ref().unchecked_ref();
                let _ = system.remove_event_listener_with_callback("change", callback);
            }
        });
    });
}

/// The theme's colours and letters, as they are where the canvas stands.
fn pens(canvas: &HtmlCanvasElement) -> Option<Pens> {
    let style = window().get_computed_style(canvas).ok().flatten()?;
    let context = canvas.get_context("2d").ok().flatten()?;
    let context = context.dyn_into::<CanvasRenderingContext2d>().ok()?;
    let token = |name: &str| colour(&context, &style, name);
    let font = style.get_property_value("font-family").unwrap_or_default();
    let size = style.get_property_value("font-size").unwrap_or_default();
    Some(Pens {
        ink: token("--ink"),
        muted: token("--muted"),
        rule: token("--rule"),
        line: token("--line"),
        paper: token("--paper"),
        curves: [
            "--c1", "--c2", "--c3", "--c4", "--c5", "--c6", "--c7", "--c8",
        ]
        .map(token)
        .to_vec(),
        font: (font, size.trim_end_matches("px").parse().unwrap_or(13.0)),
        scale: browser::pixel_ratio().clamp(0.5, 8.0),
    })
}

/// A token as numbers. The canvas itself knows every way to write a colour, and gives back one.
fn colour(
    context: &CanvasRenderingContext2d,
    style: &CssStyleDeclaration,
    token: &str,
) -> RGBColor {
    let text = style.get_property_value(token).unwrap_or_default();
    context.set_fill_style_str("#808080");
    context.set_fill_style_str(text.trim());
    let written = context.fill_style().as_string().unwrap_or_default();
    let part = |from: usize| {
        let digits = written.get(from..from + 2)?;
        u8::from_str_radix(digits, 16).ok()
    };
    match (part(1), part(3), part(5)) {
        (Some(red), Some(green), Some(blue)) => RGBColor(red, green, blue),
        _ => RGBColor(128, 128, 128),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the size of a picture on a screen; the cast goes to the nearest end"
)]
fn pixels(length: f64) -> u32 {
    length.round() as u32
}
