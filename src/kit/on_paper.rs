//! A lab on paper: a figure with what is needed to have it on the screen again. On the screen
//! nothing of it is shown.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::browser;
use super::deck::Deck;
use super::done::in_words;
use super::run_address::FRAGMENT;
#[cfg(feature = "ssr")]
use super::verdicts::Verdicts;
use crate::sim::{Config, Micros, Run, link};

/// As a context, on the host: the address of the page that the lab stands in, from the site's root.
#[derive(Clone, Debug)]
pub struct OnPage(pub String);

/// As a context, on the host: a lab is drawn for paper only, without anything that moves it.
#[derive(Clone, Copy, Debug)]
pub struct ForPaper;

/// The pictures that are drawn for a width, which is not that of paper.
const PICTURES: &str = ".space-time-frame, .stage-frame, .chart-frame, .log-order-frame";

/// Which run it is, in words and as a link.
#[component]
pub fn OnPaper(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let page = use_context::<OnPage>().map(|OnPage(page)| page);
    let page = RwSignal::new(page.unwrap_or_default());
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let printing = window_event_listener_untyped("beforeprint", move |_| {
            deck.playing.set(false);
            // Only now: what the file says stays as it is while it is on the screen.
            let address = browser::address_with_fragment("");
            page.set(address.trim_end_matches('#').to_owned());
            if let Some(place) = place.get_untracked() {
                measure(&place);
            }
        });
        on_cleanup(move || printing.remove());
    });
    // Not with every frame: while it plays nobody reads it.
    let run = Memo::new(move |before: Option<&Run>| match before {
        Some(before) if deck.playing.get() => before.clone(),
        _ => deck.run(),
    });
    let address = move || {
        let link = run.with(link::encode);
        page.with(|page| format!("{page}#{FRAGMENT}{link}"))
    };
    let end = move || deck.tape.with(|tape| tape.end);
    view! {
        <div class="on-paper" node_ref=place>
            <p class="on-paper-run">{move || run.with(|run| said(run, end()))}</p>
            <p class="on-paper-link">"This run: " <a href=address>{address}</a></p>
        </div>
    }
}

/// Writes down for the style sheet how wide each picture of the lab is drawn.
fn measure(place: &web_sys::Element) {
    let Some(pictures) = place
        .closest(".lab")
        .ok()
        .flatten()
        .and_then(|lab| lab.query_selector_all(PICTURES).ok())
    else {
        return;
    };
    for at in 0..pictures.length() {
        let picture = pictures.item(at);
        let picture = picture.and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(picture) = picture.filter(|picture| picture.client_width() > 0) {
            let width = picture.client_width().to_string();
            let _ = picture.style().set_property("--drawn", &width);
        }
    }
}

/// The whole lab as a figure: title and caption, picture, run, promises, and what is below them.
#[cfg(feature = "ssr")]
pub fn figure(deck: Deck, caption: AnyView, stage: AnyView, panels: AnyView) -> AnyView {
    view! {
        <figure class="lab" id=format!("lab-{}", deck.lab.id) data-lab=deck.lab.id>
            <div class="lab-head">
                <p class="block-title">"Lab"</p>
                <h3 class="lab-title">{deck.lab.title}</h3>
                <p class="lab-caption">{caption}</p>
            </div>
            <div class="lab-stage">{stage}</div>
            <OnPaper deck />
            <Verdicts deck />
            <div class="lab-panels">{panels}</div>
        </figure>
    }
    .into_any()
}

/// What a run is, in sentences: its name, what is set otherwise than usual, what was done, and
/// which moment is shown.
fn said(run: &Run, end: Micros) -> String {
    let scenario = run.scenario_id().and_then(|id| run.lab.scenario(id));
    let name = scenario.map_or("The reader’s own run", |scenario| scenario.name);
    let settings = otherwise(run);
    let settings = match settings.is_empty() {
        true => "all settings as usual".to_owned(),
        false => settings.join(", "),
    };
    let mut sentences = vec![format!("{name}: {settings}; seed {}.", run.seed)];
    if scenario.is_none() && !run.actions.is_empty() {
        let done = run.actions.iter();
        let done = done.map(|action| format!("{} ({})", in_words(run, action), action.at));
        sentences.push(format!(
            "Done in it: {}.",
            done.collect::<Vec<_>>().join("; ")
        ));
    }
    sentences.push(match run.cursor >= end {
        true => format!("Shown at its end, {end}."),
        false => format!("Shown at {} of {end}.", run.cursor),
    });
    sentences.join(" ")
}

/// What differs from the defaults: `Clock offset 80 ms`.
fn otherwise(run: &Run) -> Vec<String> {
    let usual = Config::defaults(run.lab.parameters);
    let values = run.config.iter();
    values
        .filter(|(parameter, value)| usual.get(parameter.id) != *value)
        .map(|(parameter, value)| format!("{} {}", parameter.label, parameter.show(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Action;
    use crate::sim::clock_skew::LAB;

    const END: Micros = Micros(200_000);

    #[test]
    fn a_run_as_it_comes_is_said_by_its_name() {
        let mut run = Run::of(&LAB);
        run.cursor = Micros::END;
        let said = said(&run, END);
        assert!(said.starts_with(LAB.scenarios[0].name), "{said}");
        assert!(said.ends_with("Shown at its end, 200 ms."), "{said}");
    }

    #[test]
    fn what_is_set_otherwise_than_usual_is_named_with_its_unit() {
        let mut run = Run::of(&LAB).with("offset", 80_000);
        run.cursor = Micros(120_000);
        let said = said(&run, END);
        assert!(said.starts_with("The reader’s own run: "), "{said}");
        assert!(said.contains("80 ms"), "{said}");
        assert!(said.ends_with("Shown at 120 ms of 200 ms."), "{said}");
        assert_eq!(
            otherwise(&Run {
                config: Config::defaults(LAB.parameters),
                ..run
            }),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_the_reader_did_is_said_with_its_moment() {
        let mut run = Run::of(&LAB);
        run.act(Action::on_node(7, "write", 1));
        let said = said(&run, END);
        assert!(said.contains("Write: n1 (7 ms)"), "{said}");
    }
}
