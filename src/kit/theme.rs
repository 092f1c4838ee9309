//! Light or dark: by the system, or by choice.

use leptos::prelude::*;

use super::storage;

/// The key under which the choice is kept; index.html reads it before the first paint.
const KEY: &str = "theme";

/// Which theme the reader has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Theme {
    /// As the system says.
    System,
    Light,
    Dark,
}

impl Theme {
    fn read(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Shows the theme and keeps the choice.
    fn apply(self) {
        if let Some(root) = document().document_element() {
            let _ = match self {
                Self::System => root.remove_attribute("data-theme"),
                chosen => root.set_attribute("data-theme", chosen.word()),
            };
        }
        match self {
            Self::System => storage::remove(KEY),
            chosen => drop(storage::write(KEY, chosen.word())),
        }
    }
}

/// The button that goes through the three.
#[component]
pub fn ThemeButton() -> impl IntoView {
    let theme = RwSignal::new(Theme::System);
    Effect::new(move |_| {
        if let Some(kept) = storage::read(KEY) {
            theme.set(Theme::read(&kept));
        }
    });
    let choose = move |_| {
        theme.update(|theme| *theme = theme.next());
        theme.get_untracked().apply();
    };
    view! {
        <button type="button" class="theme-button needs-program" on:click=choose>
            <span class="theme-label">"Theme: "</span>
            <span>{move || theme.get().word()}</span>
        </button>
    }
}
