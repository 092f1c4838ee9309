//! Everything around a lab's picture: title and scenarios, parameters, player, actions, verdicts,
//! log, link, references. A lab brings its picture and nothing else.

use leptos::prelude::*;

use super::actions::Actions;
use super::break_it::BreakIt;
use super::browser;
use super::challenges::Challenges;
use super::compare::Compare;
use super::data_table::DataTable;
use super::deck::{Deck, Twin};
use super::export::Export;
use super::full_screen::{FullScreen, FullScreenButton};
use super::last_run::LastRun;
use super::log::{EventLog, Said};
use super::many_runs::ManyRuns;
use super::on_paper::OnPaper;
#[cfg(feature = "ssr")]
use super::on_paper::{self, ForPaper};
use super::parameters::Parameters;
use super::player_bar::PlayerBar;
use super::playing;
use super::predictions::Predictions;
use super::share::{CopyLink, Note, Notices, follow_asked};
use super::verdicts::Verdicts;

/// A lab on the page. `stage` is its picture, above the player; `children` are the panels below
/// it that tell more.
#[component]
pub fn Shell(
    /// The run on the page.
    deck: Deck,
    /// What to try first.
    caption: AnyView,
    /// The picture.
    stage: AnyView,
    /// The panels below the player.
    children: Children,
) -> impl IntoView {
    if use_context::<Twin>().is_some() {
        return stage;
    }
    #[cfg(feature = "ssr")]
    if use_context::<ForPaper>().is_some() {
        return on_paper::figure(deck, caption, stage, children().into_any());
    }
    playing::drive(deck);
    follow_asked(deck);
    let full = FullScreen::new();
    let lab = deck.lab;
    let anchor = format!("lab-{}", lab.id);
    let title_id = format!("{anchor}-title");
    let labelled_by = title_id.clone();
    view! {
        <section
            class="lab"
            class:lab-full=move || full.is_on()
            node_ref=full.element
            id=anchor
            data-lab=lab.id
            aria-labelledby=labelled_by
            on:keydown=move |event| press(deck, full, &event)
            on:focusout=move |event| full.keep_focus(&event)
        >
            <header class="lab-head">
                <p class="block-title">"Lab"</p>
                <h3 class="lab-title" id=title_id>{lab.title}</h3>
                <p class="lab-caption">{caption}</p>
                <Scenarios deck />
            </header>
            <Notices deck />
            <Note deck />
            <div class="lab-body">
                <div class="lab-main">
                    <div class="lab-stage">{stage}</div>
                    <OnPaper deck />
                    <PlayerBar deck />
                    <Actions deck />
                    <div class="lab-tools needs-program">
                        <button type="button" data-do="reset" on:click=move |_| deck.reset()>"Reset"</button>
                        <FullScreenButton full />
                        <LastRun deck />
                        <CopyLink deck />
                    </div>
                    <div class="lab-extras">
                        <Challenges deck />
                        <Predictions deck />
                        <Compare deck />
                        <Export deck />
                    </div>
                    <div class="lab-side">
                        <h4>"What is promised"</h4>
                        <Verdicts deck />
                        <h4>"What happened"</h4>
                        <EventLog deck />
                        <Said deck />
                    </div>
                    <div class="lab-panels">{children()}</div>
                    <ManyRuns deck />
                    <BreakIt deck />
                </div>
                <Parameters deck />
            </div>
            <References deck />
        </section>
    }
    .into_any()
}

/// Named runs, and what to look for in the one that is open.
#[component]
fn Scenarios(deck: Deck) -> impl IntoView {
    let items = deck
        .lab
        .scenarios
        .iter()
        .map(|scenario| {
            let is_open = move || deck.scenario() == Some(scenario.id);
            view! {
                <option value=scenario.id selected=untrack(is_open) prop:selected=is_open>
                    {scenario.name}
                </option>
            }
        })
        .collect_view();
    let is_own = move || deck.scenario().is_none();
    let look_for = move || {
        let scenario = deck.scenario().and_then(|id| deck.lab.scenario(id));
        scenario.map_or("Your own run.", |scenario| scenario.try_first)
    };
    view! {
        <div class="lab-scenario">
            <label class="needs-program">
                "Scenario "
                <select data-set="scenario" on:change=move |event| deck.open_scenario(&event_target_value(&event))>
                    {items}
                    <option value="" disabled selected=untrack(is_own) prop:selected=is_own>"your own"</option>
                </select>
            </label>
            <p class="lab-try">{look_for}</p>
        </div>
    }
}

/// The published results that the lab is held to.
#[component]
fn References(deck: Deck) -> impl IntoView {
    let rows = deck
        .lab
        .references
        .iter()
        .map(|reference| {
            view! {
                <tr>
                    <th scope="row">{reference.what}</th>
                    <td>{reference.published}</td>
                    <td>{reference.reached}</td>
                    <td>{reference.tolerance}</td>
                    <td>{reference.source}</td>
                </tr>
            }
        })
        .collect_view();
    let count = deck.lab.references.len();
    (count > 0).then(|| view! {
        <details class="lab-references">
            <summary>{format!("Checked against {count} published result{}", if count == 1 { "" } else { "s" })}</summary>
            <DataTable
                label="Published results"
                columns=&["What", "Published", "This lab", "Tolerance", "Source"]
            >
                {rows}
            </DataTable>
        </details>
    })
}

/// Keys that mean something anywhere in a lab, unless a control that has the focus uses them.
fn press(deck: Deck, full: FullScreen, event: &leptos::ev::KeyboardEvent) {
    if full.escape(event) || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let key = event.key();
    let Some(target) = browser::target(event) else {
        return;
    };
    if uses_key(&target, &key) {
        return;
    }
    match key.as_str() {
        " " => deck.toggle(),
        "ArrowRight" => {
            deck.playing.set(false);
            deck.step();
        }
        "ArrowLeft" => deck.back(),
        "Home" => deck.to_start(),
        "End" => deck.to_end(),
        "r" | "R" => deck.reset(),
        _ => return,
    }
    event.prevent_default();
}

/// Sliders, menus and fields have their own use for keys; a button has for the space bar.
fn uses_key(target: &web_sys::Element, key: &str) -> bool {
    match target.tag_name().to_ascii_lowercase().as_str() {
        "input" | "select" | "textarea" => true,
        "button" | "summary" | "a" => key == " ",
        _ => false,
    }
}
