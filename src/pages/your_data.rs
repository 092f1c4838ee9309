//! What is kept of the reader's own: shown, saved as a file, merged with another file, deleted.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::chapter_address;
use super::head::title_of;
use super::library::Library;
use crate::book::ChapterCard;
use crate::kit::arrival::arrive;
use crate::kit::data_table::DataTable;
use crate::kit::{browser, study};
use crate::study::{Damage, Document, LARGEST, age, counted, date, day, read};

/// The page's title.
pub const TITLE: &str = "Your data";
/// Its address, relative to the site's root.
pub const ADDRESS: &str = "your-data/";

const NOT_WRITTEN: &str =
    "This browser could not keep it, though: it is forgotten when this page is closed.";

/// `/your-data/`
#[component]
pub fn YourDataPage() -> impl IntoView {
    arrive(|| Some(title_of(TITLE)));
    Effect::new(|_| study::open());
    view! {
        <div class="page your-data">
            <h1 tabindex="-1">{TITLE}</h1>
            <p class="lead">
                "Where you were, what you have read, the last run of each lab. It is kept in this "
                "browser and nowhere else; nothing of it is ever sent."
            </p>
            <div class="needs-program">
                <State />
                <h2>"What is kept"</h2>
                <Summary />
                <Chapters />
                <Labs />
                <h2>"Take it with you"</h2>
                <p>
                    "The file holds all of it. In another browser it is merged with what is there: of "
                    "each place and each mark the later one stays, and it does not matter which file "
                    "is opened first, or how often."
                </p>
                <Files />
                <Damaged />
                <h2>"Delete"</h2>
                <Delete />
            </div>
        </div>
    }
}

/// Says so when nothing can be kept.
#[component]
fn State() -> impl IntoView {
    let words = move || {
        let health = study::health();
        if let Some(version) = health.newer {
            Some(format!(
                "A newer edition of this book has written your data (version {version}). This edition \
                 leaves them as they are, and keeps nothing: load the newer edition."
            ))
        } else if health.is_stuck {
            Some(
                "What is kept is damaged, and so large that it cannot be set aside. Until it is \
                 deleted nothing new is kept: save the damaged text below, then delete."
                    .to_owned(),
            )
        } else if health.is_refused {
            Some(
                "This browser refuses to keep anything for this site, or has no room left. You can \
                 read on; what you do is forgotten when the page is closed. Save it as a file to keep \
                 it."
                    .to_owned(),
            )
        } else {
            None
        }
    };
    view! { <p class="kept-state" role="status" hidden=move || words().is_none()>{words}</p> }
}

/// How much there is, in a sentence.
#[component]
fn Summary() -> impl IntoView {
    view! {
        <p>{move || match study::health().newer {
            Some(version) => of_newer(version, study::kept_text().unwrap_or_default().len()),
            None => in_words(&study::with(|kept| kept.beyond(&Document::default()))),
        }}</p>
    }
}

fn in_words(kept: &[String]) -> String {
    match kept {
        [] => "Nothing yet.".to_owned(),
        some => format!("{}.", some.join(", ")),
    }
}

fn of_newer(version: u64, length: usize) -> String {
    let size = counted(length, "byte");
    format!("What a newer edition wrote (version {version}, {size}). This edition cannot show it.")
}

/// A row for each chapter of which anything is kept.
#[component]
fn Chapters() -> impl IntoView {
    let contents = expect_context::<Library>().contents;
    let rows = move || {
        let cards = contents.chapters.iter();
        let rows: Vec<_> = cards
            .filter(|card| study::with(|kept| is_kept(kept, &card.slug)))
            .map(chapter_row)
            .collect();
        (!rows.is_empty()).then(|| {
            view! {
                <DataTable label="What is kept, by chapter" columns=&["Chapter", "Where you were", "When", "Sections read", "Chapter read"]>
                    {rows}
                </DataTable>
            }
        })
    };
    view! { <div>{rows}</div> }
}

fn chapter_row(card: &ChapterCard) -> impl IntoView + use<> {
    let (slug, title) = (card.slug.as_str(), card.title.clone());
    let address = chapter_address(slug);
    let (place, sections, is_read) = study::with_untracked(|kept| {
        (
            kept.places.get(slug).cloned(),
            kept.sections_read(slug),
            kept.is_read(slug),
        )
    });
    let (anchor, when) = match place {
        Some(place) => (
            Some(place.value.text().to_owned()),
            age(place.at, study::now()),
        ),
        None => (None, String::new()),
    };
    let place = anchor.map(|anchor| {
        let there = format!("{address}#{anchor}");
        view! { <a href=there>{said(&anchor)}</a> }
    });
    view! {
        <tr>
            <th scope="row"><a href=address.clone()>{title}</a></th>
            <td>{place}</td>
            <td>{when}</td>
            <td>{sections}</td>
            <td>{if is_read { "yes" } else { "no" }}</td>
        </tr>
    }
}

/// An anchor or a name as words: the contents know neither headings nor labs.
fn said(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Whether anything is kept of a chapter.
fn is_kept(kept: &Document, chapter: &str) -> bool {
    kept.places.get(chapter).is_some()
        || kept.chapters.get(chapter).is_some()
        || kept.sections_read(chapter) > 0
}

/// A row for each lab that was left with a run of the reader's own.
#[component]
fn Labs() -> impl IntoView {
    let rows = move || {
        let runs: Vec<_> = study::with(|kept| {
            let runs = kept.runs.iter();
            runs.map(|(lab, run)| (lab.to_owned(), run.clone()))
                .collect()
        });
        (!runs.is_empty()).then(|| {
            let rows = runs
                .into_iter()
                .map(|(lab, run)| view! {
                    <tr>
                        <th scope="row">{said(&lab)}</th>
                        <td>{age(run.at, study::now())}</td>
                        <td><code>{run.value.text().to_owned()}</code></td>
                    </tr>
                })
                .collect_view();
            view! {
                <DataTable label="Last runs, by lab" columns=&["Lab", "When", "Run"]>{rows}</DataTable>
            }
        })
    };
    view! { <div>{rows}</div> }
}

/// Export and import.
#[component]
fn Files() -> impl IntoView {
    let told = RwSignal::new(Vec::<String>::new());
    let field = NodeRef::<leptos::html::Input>::new();
    let save = move |_| {
        study::write_now();
        let name = format!("happens-before-{}.json", today());
        // What a newer edition wrote is saved as it stands.
        let newer = study::health_untracked()
            .newer
            .and_then(|_| study::kept_text());
        let text = newer.unwrap_or_else(|| study::with_untracked(Document::to_text));
        told.set(vec![offered(&name, &text)]);
    };
    let open = move |_| {
        let Some(input) = field.get_untracked() else {
            return;
        };
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file can be chosen again.
        input.set_value("");
        spawn_local(async move { told.set(take_in(&chosen).await) });
    };
    view! {
        <div class="your-data-tools">
            <button type="button" data-do="export" on:click=save>"Save as a file"</button>
            <label class="file-field">
                "Merge a file "
                <input type="file" data-do="import" accept=".json,application/json" node_ref=field on:change=open />
            </label>
        </div>
        <div class="your-data-told" role="status">
            {move || told.get().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </div>
    }
}

fn today() -> String {
    day(study::now(), study::minutes_ahead())
}

/// Hands a file to the browser, and says so.
fn offered(name: &str, text: &str) -> String {
    if browser::download(name, "application/json", text) {
        format!("Saved as {name}.")
    } else {
        "The browser refuses to save files.".to_owned()
    }
}

/// Merges a file, and says what came in.
async fn take_in(chosen: &web_sys::File) -> Vec<String> {
    if let Some(version) = study::health_untracked().newer {
        return vec![refused(&format!(
            "A newer edition of this book keeps your data here (version {version}): merge the file there."
        ))];
    }
    #[expect(clippy::cast_precision_loss, reason = "a round limit")]
    let is_too_large = chosen.size() > LARGEST as f64;
    if is_too_large {
        return vec![refused("It is larger than anything this book saves.")];
    }
    let Some(text) = browser::text_of_file(chosen).await else {
        return vec![refused("The browser could not read it.")];
    };
    let found = read(&text);
    if let Some(version) = found.newer {
        return vec![refused(&format!(
            "A newer edition of this book has written it (version {version})."
        ))];
    }
    if let Some(Damage::Unreadable(why)) = &found.damage {
        return vec![refused(why)];
    }
    let before = study::with_untracked(Document::clone);
    let after = before.merged(&found.document);
    if after.to_text().len() > LARGEST {
        return vec![refused(
            "With it there would be more than this book can keep.",
        )];
    }
    study::change(|_, _| found.document);
    let is_written = study::write_now();
    let mut told = vec![came_in(&after.beyond(&before))];
    if !is_written {
        told.push(NOT_WRITTEN.to_owned());
    }
    told.extend(left_out(found.left_out));
    told.extend(found.damage.iter().flat_map(damage_in_words));
    told
}

fn refused(why: &str) -> String {
    format!("The file was not merged. {why} What is kept is as it was.")
}

/// How many entries of a file are not taken over.
fn left_out(count: usize) -> Option<String> {
    (count > 0).then(|| {
        format!(
            "It has more than this book keeps: the oldest {} left out.",
            match count {
                1 => "entry was".to_owned(),
                count => format!("{count} entries were"),
            }
        )
    })
}

fn damage_in_words(damage: &Damage) -> Vec<String> {
    let first = match damage {
        Damage::Whole(_) => {
            "Everything in the file could be read, but it is not as this book wrote it:"
        }
        _ => "The file is damaged, and not all of it could be read:",
    };
    let mut words = vec![first.to_owned()];
    words.extend_from_slice(damage.sentences());
    words
}

fn came_in(what: &[String]) -> String {
    match what {
        [] => "The file is merged; it had nothing that is not here already.".to_owned(),
        what => format!(
            "The file is merged. New or newer in it: {}.",
            what.join(", ")
        ),
    }
}

/// Texts that were damaged, to be saved.
#[component]
fn Damaged() -> impl IntoView {
    let told = RwSignal::new(String::new());
    let all = move || {
        let health = study::health();
        let stuck = health.is_stuck.then_some(None);
        let aside = health.damaged.into_iter().map(Some);
        stuck.into_iter().chain(aside).collect::<Vec<_>>()
    };
    let rows = move || {
        let rows = all()
            .into_iter()
            .map(|when| view! { <DamagedRow when told /> });
        rows.collect_view()
    };
    view! {
        <section hidden=move || all().is_empty()>
            <h2>"Damaged texts"</h2>
            <p>
                "Something has changed what this book had written: another program, a full disk, a "
                "hand. What could be read of it is in use. The text itself is here, as it was found."
            </p>
            <ul class="your-data-damaged">{rows}</ul>
            <p role="status">{move || told.get()}</p>
        </section>
    }
}

#[component]
fn DamagedRow(when: Option<u64>, told: RwSignal<String>) -> impl IntoView {
    let found = when.map_or_else(
        || "still in its place".to_owned(),
        |when| format!("found on {}", date(when, study::minutes_ahead())),
    );
    let text = study::damaged_text(when).unwrap_or_default();
    let size = counted(text.len(), "byte");
    let why = read(&text).damage;
    let why = why.map(|damage| damage.sentences().join(" "));
    let label = format!("Save the damaged text {found}");
    let save = move |_| {
        let text = study::damaged_text(when).unwrap_or_default();
        told.set(offered(
            &format!("happens-before-damaged-{}.txt", today()),
            &text,
        ));
    };
    view! {
        <li>
            {format!("{size}, {found}. ")}
            {why}
            " "
            <button type="button" data-do="save-damaged" aria-label=label on:click=save>"Save it"</button>
        </li>
    }
}

/// Deletes everything, when the reader has said so twice.
#[component]
fn Delete() -> impl IntoView {
    let is_asking = RwSignal::new(false);
    let told = RwSignal::new("");
    let keep = NodeRef::<leptos::html::Button>::new();
    let ask = NodeRef::<leptos::html::Button>::new();
    let focus = |button: NodeRef<leptos::html::Button>| {
        // When it is shown.
        let show = move || {
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        };
        set_timeout(show, Duration::ZERO);
    };
    let begin = move |_| {
        told.set("");
        is_asking.set(true);
        focus(keep);
    };
    let end = move |words| {
        is_asking.set(false);
        told.set(words);
        focus(ask);
    };
    let delete = move |_| {
        study::delete_all();
        end("Everything is deleted.");
    };
    view! {
        <p hidden=move || is_asking.get()>
            <button type="button" data-do="delete" node_ref=ask on:click=begin>"Delete everything …"</button>
        </p>
        <div class="your-data-ask" role="group" aria-label="Delete everything?" hidden=move || !is_asking.get()>
            <p>
                "Places, marks, runs, and the damaged texts too: in this browser they are gone then. "
                "Only a file that you have saved brings them back. The theme, the setting of the "
                "search key, and the copy of the book for reading without network stay."
            </p>
            <div class="your-data-tools">
                <button type="button" data-do="keep" node_ref=keep on:click=move |_| end("Everything is as it was.")>"Keep it"</button>
                <button type="button" data-do="delete-now" on:click=delete>"Delete everything"</button>
            </div>
        </div>
        <p role="status">{move || told.get()}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_of_which_only_a_section_is_read_has_its_row() {
        let kept = Document::default().see_section("crdts", "sets", 1);
        assert!(is_kept(&kept, "crdts"));
        assert!(!is_kept(&kept, "replication"));
    }

    #[test]
    fn ids_are_said_in_words() {
        assert_eq!(said("success-then-nothing"), "Success then nothing");
        assert_eq!(said("quorum"), "Quorum");
        assert_eq!(said(""), "");
    }

    #[test]
    fn a_file_of_which_everything_was_read_is_not_said_to_be_lost_in_part() {
        let fault = || vec!["Its sum does not fit.".to_owned()];
        let whole = damage_in_words(&Damage::Whole(fault()));
        assert!(whole[0].starts_with("Everything in the file could be read"));
        let partly = damage_in_words(&Damage::Partly(fault()));
        assert!(partly[0].contains("not all of it"));
        assert_eq!(whole[1], partly[1]);
    }

    #[test]
    fn what_was_left_out_is_counted() {
        assert_eq!(left_out(0), None);
        let said = left_out(66_000).unwrap();
        assert!(
            said.ends_with("the oldest 66000 entries were left out."),
            "{said}"
        );
    }

    #[test]
    fn what_came_in_is_said() {
        assert_eq!(
            came_in(&["1 place".to_owned(), "2 runs of a lab".to_owned()]),
            "The file is merged. New or newer in it: 1 place, 2 runs of a lab."
        );
        assert!(came_in(&[]).contains("nothing that is not here already"));
    }
}
