//! The pages as files: what a server gives to anybody who asks, with or without a browser.

use crate::reader::visit;
use crate::site;

#[test]
fn every_page_is_a_file_with_its_title_and_description() {
    for page in site::pages() {
        let answer = site::get(&format!("{}{}", site::at_root(), &page.path[1..]));
        assert_eq!(answer.status, 200, "{}", page.path);
        assert!(
            answer.head.contains("content-type: text/html"),
            "{}: {}",
            page.path,
            answer.head
        );
        for (open, wanted, close) in [
            ("<title>", &page.title, "</title>"),
            (
                "<meta name=\"description\" content=\"",
                &page.description,
                "\"",
            ),
        ] {
            let found = answer
                .text
                .split_once(open)
                .and_then(|(_, rest)| rest.split_once(close));
            let found = found.map(|(found, _)| {
                found
                    .replace("&quot;", "\"")
                    .replace("&lt;", "<")
                    .replace("&amp;", "&")
            });
            assert_eq!(found.as_ref(), Some(wanted), "{} after {open}", page.path);
            assert!(!wanted.is_empty(), "{}: nothing after {open}", page.path);
        }
    }
}

#[test]
fn a_page_opens() {
    visit().read(|reader| async move { reader.open("/").await });
}
