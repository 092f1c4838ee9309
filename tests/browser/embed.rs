//! A lab alone, in a frame of another page.

use serde_json::json;

use crate::lab::{Lab, NAME};
use crate::reader::visit;
use crate::site;

#[test]
fn a_lab_alone_can_be_moved_without_the_page_s_program() {
    visit().read(|reader| async move {
        reader.open(&format!("/embed/{NAME}/")).await;
        reader
            .expect(
                "only the labs' program is loaded",
                "!performance.getEntriesByType('resource').some(e => /happens-before-/.test(e.name))",
            )
            .await;
        reader
            .expect(
                "it says where it is from",
                &format!("document.querySelector('.embed-from a').pathname.endsWith('{}')", site::chapter()),
            )
            .await;
        let lab = Lab { reader };
        lab.expect_first_run().await;
        lab.press("step").await;
        lab.until("it moves", "lab.querySelector('.scrub').value > 0").await;
    });
}

#[test]
fn the_frame_that_the_lab_gives_shows_the_same_run() {
    visit().read(|reader| async move {
        let lab = Lab::open_run(reader, "clock-skew;scenario=drift;seed=7").await;
        lab.press("copy-frame").await;
        let field = "lab.querySelector('.lab-link input').value";
        lab.until("the frame is given", &format!("{field}.startsWith('<iframe ')")).await;
        let html = lab.reader.text("document.querySelector('#lab-clock-skew .lab-link input').value").await;
        // As the browser reads it; that a page may hold a frame is the other page's business.
        let source = "new DOMParser().parseFromString(arguments[0], 'text/html').querySelector('iframe').src";
        let source = lab.reader.see_with(source, vec![json!(html)]).await;
        let source = source.as_str().expect("the frame has a source");
        lab.reader.go_to("about:blank").await;
        lab.reader.go_to(source).await;
        lab.reader.until_ready().await;
        lab.until(
            "the frame shows the run",
            "lab.querySelector('[data-parameter=seed]').value === '7'",
        )
        .await;
    });
}

#[test]
fn a_lab_alone_says_so_when_the_address_is_for_another() {
    visit().read(|reader| async move {
        for run in ["no-such-lab;seed=1", "%00"] {
            reader.go_to("about:blank").await;
            reader.open(&format!("/embed/{NAME}/#run={run}")).await;
            let lab = Lab {
                reader: reader.clone(),
            };
            lab.expect_first_run().await;
            let notices = lab.notices().await;
            let is_said = |notice: &String| notice.contains("The link is for");
            assert!(notices.iter().any(is_said), "{run}: {notices:#?}");
        }
    });
}

#[test]
fn a_lab_alone_takes_nothing_from_a_hostile_address() {
    visit().read(|reader| async move {
        reader
            .open(&format!(
                "/embed/{NAME}/#run={NAME};seed=%3Cimg%20src=x%20onerror=alert(1)%3E;loss=9e999"
            ))
            .await;
        reader
            .expect(
                "nothing of it is an element",
                "!document.querySelector('img')",
            )
            .await;
        reader
            .expect(
                "the lab says what it could not take",
                "document.querySelector('.lab-notices li')",
            )
            .await;
    });
}
