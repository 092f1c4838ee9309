//! What a reader chooses is kept; where it cannot be kept nothing breaks.

use crate::reader::{Reader, visit};
use crate::site;

const THEME: &str = "document.documentElement.dataset.theme ?? 'system'";
const BUTTON: &str = ".theme-button";

async fn until_theme(reader: &Reader, theme: &str) {
    reader
        .until("the theme is chosen", &format!("({THEME}) === '{theme}'"))
        .await;
    let says = format!("document.querySelector('{BUTTON}').textContent.includes('{theme}')");
    reader.until("the button says so", &says).await;
}

#[test]
fn the_theme_goes_from_system_to_light_to_dark_and_is_kept() {
    visit().read(|reader| async move {
        reader.open("/").await;
        until_theme(&reader, "system").await;
        reader.click(BUTTON).await;
        until_theme(&reader, "light").await;
        let light = reader.text("getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor").await;
        reader.click(BUTTON).await;
        until_theme(&reader, "dark").await;
        let dark = reader.text("getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor").await;
        assert_ne!(light, dark, "light and dark look the same");
        reader.reload().await;
        until_theme(&reader, "dark").await;
        reader.open(&site::chapter()).await;
        until_theme(&reader, "dark").await;
        reader.click(BUTTON).await;
        until_theme(&reader, "system").await;
        reader.reload().await;
        until_theme(&reader, "system").await;
    });
}

#[test]
fn on_a_narrow_phone_the_header_keeps_to_one_line_of_links() {
    visit().read(|reader| async move {
        // A phone's 360 pixels without a scroll bar.
        reader.set_width(345).await;
        reader.open("/").await;
        let place = format!(
            "(b => `${{b.left}} ${{b.width}} ${{b.top < document.querySelector('.site-nav > a').getBoundingClientRect().bottom}}`)
                (document.querySelector('{BUTTON}').getBoundingClientRect())"
        );
        let first = reader.text(&place).await;
        assert!(first.ends_with("true"), "the button has a line of its own");
        for theme in ["light", "dark", "system"] {
            reader.click(BUTTON).await;
            until_theme(&reader, theme).await;
            assert_eq!(reader.text(&place).await, first, "moved by {theme}");
        }
    });
}

#[test]
fn a_kept_theme_is_there_before_the_first_paint() {
    let look = "addEventListener('DOMContentLoaded', () => window.early = document.documentElement.dataset.theme);";
    visit().with_script(look).read(|reader| async move {
        reader.open("/").await;
        reader.run("localStorage.setItem('theme', 'dark')").await;
        reader.reload().await;
        reader
            .expect("the theme was there before the program", "early === 'dark'")
            .await;
    });
}

/// Every page opens, the theme button works, and the console stays empty.
async fn the_book_works(reader: &Reader) {
    for page in site::pages() {
        reader.open(&page.path).await;
    }
    reader.click(BUTTON).await;
    until_theme(reader, "light").await;
    reader.click(".site-nav > a[href*='glossary']").await;
    reader
        .until(
            "the glossary opens",
            "document.querySelector('main h1')?.textContent === 'Glossary'",
        )
        .await;
}

#[test]
fn blocked_storage_breaks_nothing() {
    let block = "for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });";
    visit()
        .with_script(block)
        .read(|reader| async move { the_book_works(&reader).await });
}

#[test]
fn full_storage_breaks_nothing() {
    let fill = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    visit()
        .with_script(fill)
        .read(|reader| async move { the_book_works(&reader).await });
}

#[test]
fn damaged_storage_breaks_nothing() {
    let damage = "for (const key of ['theme', 'progress', 'runs']) localStorage.setItem(key, '{\"broken\\u0000');";
    visit().with_script(damage).read(|reader| async move {
        for page in site::pages() {
            reader.open(&page.path).await;
        }
        until_theme(&reader, "system").await;
    });
}
