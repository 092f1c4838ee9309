//! A calm notice on whatever page: what was kept is damaged or of a newer edition, or what the reader
//! marks cannot be kept.

use leptos::prelude::*;

use super::your_data::{ADDRESS, TITLE};
use crate::kit::browser;
use crate::kit::study::{self, Health};

/// Lies over the lower edge of the window, so that nothing moves.
#[component]
pub fn KeptNotice() -> impl IntoView {
    Effect::new(move |_| study::open());
    let understood = RwSignal::new(None::<Health>);
    let words = move || {
        let health = study::health();
        let is_new = understood.with(|understood| understood.as_ref() != Some(&health));
        words(&health).filter(|_| is_new)
    };
    let understand = move |_| {
        study::set_told();
        browser::focus_on("main h1");
        understood.set(Some(study::health()));
    };
    view! {
        <div class="kept-notice" role="status">
            {move || words().map(|words| view! {
                <p>{words} " " <a href=ADDRESS>{TITLE}</a> " has more."</p>
                <button type="button" data-do="understood" on:click=understand>"Understood"</button>
            })}
        </div>
    }
}

/// What there is to say. That the browser keeps nothing matters when the reader marks something; before
/// that the page of the data says it.
fn words(health: &Health) -> Option<&'static str> {
    if health.newer.is_some() {
        Some(
            "A newer edition of this book keeps your marks in this browser. This edition leaves them \
             as they are, and keeps nothing.",
        )
    } else if health.is_stuck {
        Some(
            "What this browser had kept of your reading is damaged, and too large to be set aside.",
        )
    } else if health.is_news {
        Some(
            "What this browser had kept of your reading was damaged. What could be read of it is in \
             use, and the damaged text is set aside.",
        )
    } else if health.is_refused && health.is_missed {
        Some("This browser keeps nothing: what you mark is forgotten when the page is closed.")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_healthy_browser_and_one_that_keeps_nothing_are_not_disturbed() {
        assert_eq!(words(&Health::default()), None);
        let refused = Health {
            is_refused: true,
            ..Health::default()
        };
        assert_eq!(words(&refused), None);
    }

    #[test]
    fn a_mark_that_is_not_kept_is_told() {
        let missed = Health {
            is_refused: true,
            is_missed: true,
            ..Health::default()
        };
        assert!(words(&missed).is_some_and(|words| words.contains("keeps nothing")));
    }

    #[test]
    fn damage_is_said_until_the_reader_has_been_told() {
        let damaged = Health {
            damaged: vec![1],
            is_news: true,
            ..Health::default()
        };
        assert!(words(&damaged).is_some_and(|words| words.contains("set aside")));
        let told = Health {
            is_news: false,
            ..damaged
        };
        assert_eq!(words(&told), None);
    }
}
