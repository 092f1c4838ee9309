//! What pages say of interview questions.

use crate::book::Level;

/// The address of a question's own page, relative to the site's root.
#[must_use]
pub fn question_address(id: &str) -> String {
    format!("question/{id}/")
}

/// A level in a word.
#[must_use]
pub fn word(level: Level) -> &'static str {
    match level {
        Level::Foundation => "foundation",
        Level::Senior => "senior",
        Level::Staff => "staff",
    }
}
