//! Projector mode, for a group before one screen: larger type, nothing beside the text, and arrow
//! keys that go from one thing to talk about to the next: heading, figure, lab, question.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::arrival::Arrival;
use super::{browser, slices};

/// What the group stops at; nothing that is folded.
const STOPS: &str = "main :is(h1, h2, h3, figure, .lab, .callout, .define, .quiz, .predict, \
    .exercise, .worked):not(details:not([open]) *)";
/// Where the last stop leads on, and the first one back.
const NEXT_PAGE: &str = ".neighbours .after a";
const PAGE_BEFORE: &str = ".neighbours .before a";
/// The style sheet's mark.
const MARK: &str = "data-projector";
/// What is less than this share of a window away is on the screen already, and no stop of its own.
const SHARE: f64 = 0.3;
/// What stands this close to the window's top is where the group is, in pixels.
const HERE: f64 = 24.0;

/// The two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    On,
    Back,
}

/// Which stop comes next: its place in `tops`. `tops` are the distances of the stops from the
/// window's top, in pixels and in order; `height` is the window's.
fn next_stop(tops: &[f64], height: f64, way: Way) -> Option<usize> {
    let far = (height * SHARE).max(HERE);
    match way {
        Way::On => tops.iter().position(|top| *top > far),
        Way::Back => {
            let before = tops.iter().rposition(|top| *top < -HERE)?;
            // The first of those that will be on the screen together.
            let place = tops.get(before)?;
            let together = |top: &f64| *top > place - far;
            tops.iter().position(together).or(Some(before))
        }
    }
}

/// The stop from which the way leads to the next page.
fn last_stop(tops: &[f64], height: f64) -> Option<usize> {
    let end = tops.last()? + 2.0 * HERE;
    let from_end: Vec<f64> = tops.iter().map(|top| top - end).collect();
    next_stop(&from_end, height, Way::Back)
}

/// The address of the page that is to be shown from its end, as the link to it has it.
type FromEnd = StoredValue<Option<String>>;

/// The button that switches it on, and the controls that are there while it is on.
#[component]
pub fn Projector() -> impl IntoView {
    let on = RwSignal::new(false);
    let from_end = FromEnd::new(None);
    let arrival = expect_context::<Arrival>();
    Effect::new(move |_| {
        arrival.shown.track();
        let path = window().location().pathname().unwrap_or_default();
        let wanted = from_end.try_update_value(Option::take).flatten();
        if wanted.is_some_and(|wanted| path.ends_with(&wanted)) {
            go_to_end();
        }
    });
    Effect::new(move |before: Option<bool>| {
        let on = on.get();
        if before.is_some() {
            mark(on);
        }
        on
    });
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| {
            if on.get_untracked() && press(on, from_end, &event) {
                event.prevent_default();
            }
        });
        on_cleanup(move || keys.remove());
    });
    view! {
        <button
            type="button"
            class="projector-button wide-only needs-program"
            aria-pressed=move || on.get().to_string()
            on:click=move |_| on.update(|on| *on = !*on)
        >
            "Projector"
        </button>
        <Show when=move || on.get()>
            <div class="projector-bar" role="toolbar" aria-label="Projector">
                <button type="button" data-do="stop-before" aria-label="Stop before" on:click=move |_| go(Way::Back, from_end)>"←"</button>
                <button type="button" data-do="stop-next" aria-label="Next stop" on:click=move |_| go(Way::On, from_end)>"→"</button>
                <button type="button" data-do="leave-projector" on:click=move |_| leave(on)>"Leave"</button>
            </div>
            <p class="visually-hidden" role="status">
                "Projector mode. The arrow keys lead on and back, F fills the screen with a lab, Escape leaves."
            </p>
        </Show>
    }
}

fn mark(on: bool) {
    let Some(root) = document().document_element() else {
        return;
    };
    // The text gets another size: what was at the top shall stay there.
    let stop = stops().into_iter().find(|stop| top_of(stop) > -HERE);
    let _ = if on {
        root.set_attribute(MARK, "")
    } else {
        root.remove_attribute(MARK)
    };
    if let Some(stop) = stop.filter(|_| window().scroll_y().is_ok_and(|y| y > 0.0)) {
        stop.scroll_into_view();
    }
}

/// Switches it off. A focus on the bar goes back to where it was switched on.
fn leave(on: RwSignal<bool>) {
    let has_focus = document().query_selector(".projector-bar:focus-within");
    if has_focus.is_ok_and(|bar| bar.is_some()) {
        browser::focus_on(".projector-button");
    }
    on.set(false);
}

/// Whether the key meant something.
fn press(on: RwSignal<bool>, from_end: FromEnd, event: &web_sys::KeyboardEvent) -> bool {
    let with_others = event.ctrl_key() || event.alt_key() || event.meta_key();
    if with_others || event.default_prevented() || uses_keys(event) {
        return false;
    }
    match event.key().as_str() {
        "ArrowRight" => go(Way::On, from_end),
        "ArrowLeft" => go(Way::Back, from_end),
        "f" | "F" => return fill_screen(),
        "Escape" => leave(on),
        _ => return false,
    }
    true
}

/// Labs, fields and dialogs have their own use for keys.
fn uses_keys(event: &web_sys::KeyboardEvent) -> bool {
    let own = ".lab, input, select, textarea, dialog[open], [role=dialog]";
    browser::target(event).is_some_and(|target| browser::closest(&target, own).is_some())
}

fn stops() -> Vec<web_sys::Element> {
    browser::all(STOPS)
        .into_iter()
        // What stands in a lab is the lab's; what is hidden has no place.
        .filter(|stop| stop.get_bounding_client_rect().height() > 0.0)
        .filter(|stop| {
            let around = stop
                .parent_element()
                .and_then(|parent| parent.closest(".lab, figure").ok());
            around.flatten().is_none()
        })
        .collect()
}

fn top_of(stop: &web_sys::Element) -> f64 {
    stop.get_bounding_client_rect().top()
}

fn go(way: Way, from_end: FromEnd) {
    slices::lay_all();
    let stops = stops();
    let tops: Vec<f64> = stops.iter().map(top_of).collect();
    let (_, height) = browser::window_size();
    if let Some(stop) = next_stop(&tops, height, way).and_then(|at| stops.get(at)) {
        stop.scroll_into_view();
        return;
    }
    let page = match way {
        Way::On => NEXT_PAGE,
        Way::Back => PAGE_BEFORE,
    };
    let link = document().query_selector(page).ok().flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        from_end.set_value(link.get_attribute("href").filter(|_| way == Way::Back));
        link.click();
    }
}

/// Shows the page's last stop.
fn go_to_end() {
    slices::lay_all();
    let stops = stops();
    let tops: Vec<f64> = stops.iter().map(top_of).collect();
    let (_, height) = browser::window_size();
    if let Some(stop) = last_stop(&tops, height).and_then(|at| stops.get(at)) {
        stop.scroll_into_view();
    }
}

/// Lets the lab that is in the window fill the screen.
fn fill_screen() -> bool {
    let (_, height) = browser::window_size();
    let in_window = |lab: &web_sys::Element| {
        let place = lab.get_bounding_client_rect();
        place.top() < height / 2.0 && place.bottom() > height / 2.0
    };
    let lab = stops()
        .into_iter()
        .filter(|stop| stop.matches(".lab").unwrap_or(false))
        .find(in_window);
    let button = lab.and_then(|lab| lab.query_selector("[data-do=full-screen]").ok().flatten());
    let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return false;
    };
    button.click();
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEIGHT: f64 = 1000.0;

    #[test]
    fn the_next_stop_is_the_first_that_is_not_on_the_screen_already() {
        let tops = [-500.0, 4.0, 120.0, 900.0, 2000.0];
        assert_eq!(next_stop(&tops, HEIGHT, Way::On), Some(3));
        assert_eq!(next_stop(&[4.0, 120.0], HEIGHT, Way::On), None);
        assert_eq!(next_stop(&[], HEIGHT, Way::On), None);
    }

    #[test]
    fn going_back_leads_to_what_was_shown_before() {
        // A heading with its figure right below it were one stop on the way here.
        let tops = [-3000.0, -900.0, -750.0, 0.0, 800.0];
        assert_eq!(next_stop(&tops, HEIGHT, Way::Back), Some(1));
        assert_eq!(next_stop(&[-20.0, 800.0], HEIGHT, Way::Back), None);
    }

    #[test]
    fn the_last_stop_begins_with_all_that_is_on_the_screen_with_it() {
        assert_eq!(last_stop(&[0.0, 900.0, 1000.0], HEIGHT), Some(1));
        assert_eq!(last_stop(&[40.0], HEIGHT), Some(0));
        assert_eq!(last_stop(&[], HEIGHT), None);
    }

    #[test]
    fn on_and_back_again_leads_to_the_same_stop() {
        let places = [0.0, 150.0, 1400.0, 2900.0, 3000.0, 5000.0];
        let tops = |at: f64| places.map(|place| place - at);
        let mut way_on = vec![0];
        let mut at = 0.0;
        while let Some(next) = next_stop(&tops(at), HEIGHT, Way::On) {
            way_on.push(next);
            at = places[next];
        }
        let mut way_back = vec![*way_on.last().unwrap()];
        while let Some(next) = next_stop(&tops(at), HEIGHT, Way::Back) {
            way_back.push(next);
            at = places[next];
        }
        way_back.reverse();
        assert_eq!(way_on, way_back);
        assert_eq!(last_stop(&tops(0.0), HEIGHT), way_on.last().copied());
    }
}
