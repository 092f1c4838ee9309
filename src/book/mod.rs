//! The content model: what the pages are made of, and the build that makes it from `content/`.
//!
//! `model` is what a page receives, in the browser too. `build` turns the Markdown and TOML of
//! the content folder into it; it runs on the host only and never fails halfway: it gives the
//! book as far as it could be made, and every problem it met.

#[cfg(not(target_arch = "wasm32"))]
mod build;
mod model;
#[cfg(not(target_arch = "wasm32"))]
mod notes;
pub mod search;
mod skeleton;
#[cfg(not(target_arch = "wasm32"))]
pub mod tags;

#[cfg(not(target_arch = "wasm32"))]
pub use build::{Book, Catalog, Files, LabCard, Problem, Refusal, build};
pub use model::{
    Bank, Chapter, ChapterCard, Contents, Exercise, GlossaryEntry, Heading, LabBlock, Level,
    Markup, Need, Page, PageCard, Part, Predict, PredictOption, Question, QuestionCard, Quiz,
    QuizOption, Segment, Source,
};
#[cfg(not(target_arch = "wasm32"))]
pub use notes::add_notes;
