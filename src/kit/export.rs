//! The run as a file: in the forms that other programs read, and as a saved run to open again.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;
use super::deck::Deck;
use super::fold::Fold;
use crate::sim::export::file_stem;
use crate::sim::link::file;
use crate::sim::{Format, Run};

/// Export, save, open.
#[component]
pub fn Export(
    /// The run on the page.
    deck: Deck,
) -> impl IntoView {
    let told = RwSignal::new(String::new());
    // While it is folded nobody needs to know what there is.
    let open = RwSignal::new(false);
    let formats = move || {
        open.get().then(|| {
            available(&deck.plan())
                .into_iter()
                .map(|format| view! { <FormatLine deck format told /> })
                .collect_view()
        })
    };
    let save = move |_| {
        let run = untrack(|| deck.run());
        let name = format!("{}.run.json", file_stem(&run));
        let text = file::encode(&run, &deck.note.get_untracked());
        told.set(offered(&name, "application/json", &text));
    };
    view! {
        <Fold class="lab-fold lab-export needs-program" summary=|| "Export, save, open" toggled=Callback::new(move |is_open| open.set(is_open))>
            <ul class="export-formats">{formats}</ul>
            <div class="lab-tools">
                <button type="button" data-do="save-run" on:click=save>"Save run"</button>
                <OpenFile deck told />
            </div>
            <p class="export-told" role="status">{move || told.get()}</p>
        </Fold>
    }
}

/// The forms that this run has something to say in.
fn available(run: &Run) -> Vec<Format> {
    let has = |format: &Format| match format {
        // Every run has these, and they can be long.
        Format::Text | Format::Json => true,
        Format::Shiviz | Format::Operations => (run.lab.engine.export)(run, *format).is_some(),
    };
    Format::ALL.into_iter().filter(has).collect()
}

const fn media_type(format: Format) -> &'static str {
    match format {
        Format::Json => "application/json",
        _ => "text/plain;charset=utf-8",
    }
}

/// Hands a file to the browser, and says so.
fn offered(name: &str, media_type: &str, text: &str) -> String {
    if browser::download(name, media_type, text) {
        format!("Saved as {name}.")
    } else {
        "The browser refuses to save files; copy the text instead.".to_owned()
    }
}

#[component]
fn FormatLine(deck: Deck, format: Format, told: RwSignal<String>) -> impl IntoView {
    let text = move || {
        let run = untrack(|| deck.run());
        let name = format!("{}.{}", file_stem(&run), format.extension());
        let text = (run.lab.engine.export)(&run, format).unwrap_or_default();
        (name, text)
    };
    let download = move |_| {
        let (name, text) = text();
        told.set(offered(&name, media_type(format), &text));
    };
    let copy = move |_| {
        let (_, text) = text();
        spawn_local(async move {
            told.set(if browser::copy(&text).await {
                format!("{} copied.", format.label())
            } else {
                "The browser refuses the clipboard; download it instead.".to_owned()
            });
        });
    };
    let label = format.label();
    view! {
        <li data-format=format.id()>
            <span>{label}</span>
            <button type="button" data-do="download" aria-label=format!("Download: {label}") on:click=download>"Download"</button>
            <button type="button" data-do="copy-export" aria-label=format!("Copy: {label}") on:click=copy>"Copy"</button>
        </li>
    }
}

/// A field for a file. What cannot be opened leaves the run as it is.
#[component]
fn OpenFile(deck: Deck, told: RwSignal<String>) -> impl IntoView {
    let field = NodeRef::<leptos::html::Input>::new();
    let change = move |_| {
        let Some(input) = field.get_untracked() else {
            return;
        };
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file can be chosen again after it was mended.
        input.set_value("");
        spawn_local(async move {
            told.set(opened(deck, &chosen).await);
        });
    };
    view! {
        <label class="file-field">
            "Open a file "
            <input type="file" data-do="open-file" accept=".json,.txt,text/plain,application/json" node_ref=field on:change=change />
        </label>
    }
}

/// Opens a file's run, and says what became of it.
async fn opened(deck: Deck, chosen: &web_sys::File) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a round limit")]
    let is_too_large = chosen.size() > file::LARGEST as f64;
    if is_too_large {
        return format!("{} The run on the page is as it was.", file::too_large());
    }
    let Some(text) = browser::text_of_file(chosen).await else {
        return "The browser could not read the file. The run on the page is as it was.".to_owned();
    };
    match file::decode(deck.lab, &text) {
        Ok(decoded) => {
            deck.open(decoded);
            "The run in the file is open.".to_owned()
        }
        Err(why) => format!("{why} The run on the page is as it was."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::clock_skew::LAB;

    #[test]
    fn only_forms_with_something_in_them_are_offered() {
        assert_eq!(available(&Run::of(&LAB)), [Format::Text, Format::Json]);
    }
}
