//! The content model: Markdown in, chapters out.
