//! The content pipeline: what it makes of a book, and how it tells what is wrong with one.

#[cfg(test)]
mod content {
    mod blocks;
    mod concepts;
    mod figures;
    mod files;
    mod formulas;
    mod front_matter;
    mod hostile;
    mod inserts;
    mod links;
    mod pages;
    mod prerequisites;
    mod questions;
    mod sources;
    mod support;
    mod syllabus;
    mod text;
}
