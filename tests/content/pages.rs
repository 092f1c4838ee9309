//! What the pages are made of.

use super::support::good;

#[test]
fn a_right_book_has_no_problems() {
    let book = good(&[]);
    for c in &book.chapters { println!("{c:#?}"); }
    println!("{:#?}", book.glossary);
}
