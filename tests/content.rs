//! The content pipeline: what it makes of a book, and how it tells what is wrong with one.

mod content {
    mod hostile;
    mod pages;
    mod problems;
    mod support;
}
