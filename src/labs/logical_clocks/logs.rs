//! ShiViz logs in and out.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::desk::Desk;
use crate::kit::{browser, files};
use crate::sim::logical_clocks::file::{load, save};

/// Loads a log from a file or from what was pasted, and saves the run as one.
#[component]
pub fn Logs(
    /// The lab on the page.
    desk: Desk,
) -> impl IntoView {
    let pasted = RwSignal::new(String::new());
    let told = RwSignal::new(String::new());
    let open = move |bytes: &[u8]| told.set(opened(desk, bytes));
    let choose = move |event: leptos::ev::Event| {
        let field = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(file) = field.and_then(|field| field.files()?.get(0)) else {
            return;
        };
        spawn_local(async move {
            match files::read(&file).await {
                Some(text) => open(text.as_bytes()),
                None => told.set("The file could not be read.".to_owned()),
            }
        });
    };
    let written = move || {
        let names = desk.names();
        desk.world
            .with(|world| save(world, &names))
            .unwrap_or_default()
    };
    let download = move |_| {
        let saved = files::save("happens-before.log", &untrack(written));
        told.set(
            if saved {
                "The log is saved."
            } else {
                "The browser refused to save it: copy it instead."
            }
            .to_owned(),
        );
    };
    let copy = move |_| {
        let text = untrack(written);
        spawn_local(async move {
            let done = browser::copy(&text).await;
            if !done {
                pasted.set(text);
            }
            told.set(
                if done {
                    "The log is copied."
                } else {
                    "Copy it from the field."
                }
                .to_owned(),
            );
        });
    };
    let keeps = move || {
        desk.has_names().then_some(
            "Names and labels come from the log and stay on this page: a link to this run holds its events and messages only, and whoever opens it sees n1, n2 and so on. Save the log to keep them.",
        )
    };
    view! {
        <div class="clock-logs needs-program">
            <p>
                "A log has an event a line, with its host and its vector clock, as GoVector or ShiViz write it. "
                "It has no times: its events are put 10 ms apart, causes before effects. "
                "Up to six hosts, and 200 events and messages."
            </p>
            <label>"From a file: " <input type="file" accept=".log,.txt,text/plain" data-set="log-file" on:change=choose /></label>
            <label class="clock-paste">
                "Or pasted:"
                <textarea
                    rows="4"
                    spellcheck="false"
                    data-set="log-text"
                    prop:value=move || pasted.get()
                    on:input=move |event| pasted.set(event_target_value(&event))
                ></textarea>
            </label>
            <p class="clock-buttons">
                <button type="button" data-do="load-log" on:click=move |_| open(pasted.get_untracked().as_bytes())>"Load what is pasted"</button>
                <button type="button" data-do="save-log" on:click=download>"Save this run as a log"</button>
                <button type="button" data-do="copy-log" on:click=copy>"Copy the log"</button>
            </p>
            <p class="clock-told" role="status">{move || told.get()}</p>
            <p class="muted">{keeps}</p>
        </div>
    }
}

/// Opens a log and says what came of it.
fn opened(desk: Desk, bytes: &[u8]) -> String {
    match load(bytes, &desk.run()) {
        Ok(loaded) => {
            let hosts = loaded.names.hosts.len();
            let skipped = match loaded.skipped {
                0 => String::new(),
                1 => " One line belongs to no event and was passed over.".to_owned(),
                lines => format!(" {lines} lines belong to no event and were passed over."),
            };
            desk.open(loaded);
            let events = desk.world.with_untracked(|world| world.happenings().len());
            format!("The log is loaded: {events} events of {hosts} hosts.{skipped}")
        }
        Err(why) => why,
    }
}
