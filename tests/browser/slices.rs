//! A chapter is laid out in slices, and has only the style that it needs: neither may be seen.

use crate::reader::{Reader, visit};
use crate::site;

/// Nothing waits to be laid out.
const LAID: &str = "document.documentElement.hasAttribute('data-laid')
    && !document.querySelector('.chapter-body > :not([data-laid])')";

/// The last heading of the chapter's text.
const LAST: &str = "[...document.querySelectorAll('.chapter-body > .prose > h2')].at(-1)";

/// How far below the window's top the last heading is.
fn top() -> String {
    format!("Math.round({LAST}.getBoundingClientRect().top)")
}

async fn last_heading(reader: &Reader) -> String {
    reader.text(&format!("{LAST}.id")).await
}

/// Waits until the last heading is where an anchor has to be, and everything is laid out.
async fn until_at_the_last_heading(reader: &Reader) {
    reader.until("everything is laid out", LAID).await;
    let is_there = format!("scrollY > 1000 && {0} >= 0 && {0} <= 40", top());
    reader.until("the heading is at the top", &is_there).await;
}

#[test]
fn a_chapter_ends_up_as_high_as_one_that_was_laid_out_at_once() {
    visit().read(|reader| async move {
        let heights = "JSON.stringify([...document.querySelectorAll('.chapter-body > *')].map(e => e.offsetHeight))";
        reader.open(&site::chapter()).await;
        reader.until("everything is laid out", LAID).await;
        let in_slices = reader.text(heights).await;
        reader.open(&format!("{}#sources", site::chapter())).await;
        reader.reload().await;
        reader.until_ready().await;
        reader.until("everything is laid out", LAID).await;
        assert_eq!(reader.text(heights).await, in_slices);
    });
}

#[test]
fn an_anchor_is_where_it_has_to_be_however_one_comes_there() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        let anchor = last_heading(&reader).await;
        let address = format!("{}#{anchor}", site::chapter());
        // From outside, from within the page, and from another page.
        reader.open("/about/").await;
        reader.open(&address).await;
        until_at_the_last_heading(&reader).await;
        reader.open(&site::chapter()).await;
        reader
            .click(&format!(".outline a[href$='#{anchor}']"))
            .await;
        until_at_the_last_heading(&reader).await;
        reader.open("/about/").await;
        let link = serde_json::json!(address.trim_start_matches('/'));
        reader
            .run(&format!(
                "const link = document.createElement('a');
                 link.href = {link};
                 link.id = 'there';
                 link.textContent = 'there';
                 document.querySelector('main').prepend(link)"
            ))
            .await;
        reader.click("#there").await;
        reader
            .until("the page has come", &format!("{LAST} !== undefined"))
            .await;
        until_at_the_last_heading(&reader).await;
    });
}

#[test]
fn a_page_loaded_again_stands_where_it_stood() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        reader.until("everything is laid out", LAID).await;
        reader
            .run(&format!("{LAST}.scrollIntoView({{behavior: 'instant'}})"))
            .await;
        let before = reader.see(&top()).await.as_i64().expect("a number");
        reader.reload().await;
        reader.until_ready().await;
        reader.until("everything is laid out", LAID).await;
        reader
            .until(
                "the window is there again",
                &format!("Math.abs({} - {before}) <= 2", top()),
            )
            .await;
    });
}

#[test]
fn the_style_of_a_page_shows_it_as_all_of_the_style_does() {
    visit().read(|reader| async move {
        let look = "[...document.querySelectorAll('body *')].map(element => {
            const { x, y, width, height } = element.getBoundingClientRect();
            const { color, backgroundColor, display, visibility, fontSize } = getComputedStyle(element);
            return `${element.tagName}.${element.getAttribute('class')} ` + [x, y, width, height, color,
                backgroundColor, display, visibility, fontSize].join(' ');
        })";
        let own = format!(
            "(() => {{
                const all = document.querySelector('head > link[rel=stylesheet]').sheet;
                const look = () => {look};
                const whole = look();
                all.disabled = true;
                const own = look();
                all.disabled = false;
                return own.filter((words, place) => words !== whole[place]).slice(0, 5);
            }})()"
        );
        for width in [360, 1280] {
            reader.set_width(width).await;
            for page in site::pages() {
                reader.open(&page.path).await;
                reader
                    .until("all of the style is there", "document.querySelector('head > link[rel=stylesheet]')?.sheet")
                    .await;
                reader.until("everything is laid out", LAID).await;
                let other = reader.texts(&own).await;
                assert!(other.is_empty(), "{} at {width}: {other:#?}", page.path);
            }
        }
    });
}

#[test]
fn the_next_chapter_is_fetched_when_the_end_of_this_one_is_reached() {
    visit().read(|reader| async move {
        reader.open(&site::chapter()).await;
        let chapters = &site::book().contents.chapters;
        let place = chapters
            .iter()
            .position(|card| site::chapter().contains(&card.slug))
            .expect("the chapter is in the contents");
        let next = &chapters[place + 1].slug;
        let is_fetched = format!(
            "performance.getEntriesByType('resource').some(entry => entry.name.includes('/data/{next}-'))"
        );
        reader.expect("nobody has asked for it", &format!("!({is_fetched})")).await;
        reader
            .run("document.querySelector('.neighbours').scrollIntoView({behavior: 'instant'})")
            .await;
        reader.until("it is fetched", &is_fetched).await;
    });
}
