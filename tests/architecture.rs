//! The lab that ARCHITECTURE.md builds step by step: it stands there as it stands in `tests/toy/`,
//! and does what is said of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "toy/ping.rs"]
mod ping;

mod sim {
    //! As the lab's files see it.
    pub(crate) use crate::ping;
    pub use happens_before::sim::*;
}

#[cfg(feature = "ssr")]
mod kit {
    //! As the lab's files see it.
    pub use happens_before::kit::*;
}

#[cfg(feature = "ssr")]
#[path = "toy/view.rs"]
mod view;

use std::fs;
use std::path::Path;

use sim::ping::LAB;
use sim::{Action, Micros, On, Run, link};

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// Checks that a file of the toy stands as a block of code in ARCHITECTURE.md.
fn check_printed(file: &str) {
    let (text, code) = (read("ARCHITECTURE.md"), read(file));
    assert!(
        text.contains(&format!("```rust\n{code}```\n")),
        "ARCHITECTURE.md does not print {file} as it is; copy it there"
    );
}

#[test]
fn the_rules_stand_in_the_text_as_they_are_tested() {
    check_printed("tests/toy/ping.rs");
}

#[test]
fn the_view_stands_in_the_text_as_it_is_tested() {
    check_printed("tests/toy/view.rs");
}

#[test]
fn the_scenario_shows_what_its_text_promises() {
    let run = Run::scenario(&LAB, "impatient").unwrap();
    let told = LAB.engine.transcript(&run);
    assert!(told.contains("n2 receives ping from n1: works on it, time 2, and answers"));
    let broken = (LAB.engine.broken)(&run);
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].0, "works-once");
}

#[test]
fn a_patient_client_on_a_good_network_repeats_no_work() {
    let mut run = Run::of(&LAB);
    run.config.set_text("patience", "21ms").unwrap();
    assert_eq!((LAB.engine.broken)(&run), []);
}

#[test]
fn every_fault_can_be_done_and_comes_back_from_a_link() {
    for kind in LAB.actions {
        let on = match kind.on {
            sim::Target::Node => On::Node(1),
            sim::Target::Link => On::Link(1, 2),
            sim::Target::Nodes => On::Nodes(1),
            sim::Target::Message => On::Message(1),
            sim::Target::None => On::World,
        };
        let mut run = Run::of(&LAB);
        let amount = kind.amount.map_or(0, |amount| amount.default_value());
        assert!(run.act(Action {
            at: Micros::from_millis(5),
            kind: kind.id,
            on,
            amount,
        }));
        let decoded = link::decode(&LAB, &link::encode(&run));
        assert_eq!(decoded.notices, [], "{}", kind.id);
        assert_eq!(decoded.run, run, "{}", kind.id);
        let told = LAB.engine.transcript(&run);
        assert!(told.lines().count() > 1, "{}: {told}", kind.id);
    }
}

#[cfg(feature = "ssr")]
#[test]
fn its_first_picture_is_drawn_without_a_browser() {
    use leptos::prelude::*;
    use leptos_router::components::Router;
    use leptos_router::location::RequestUrl;

    let page = Owner::new().with(|| {
        // The shell reads the address, which the router keeps.
        provide_context(RequestUrl::new("/"));
        let caption = view! { "Try it." }.into_any();
        let lab = move || view::view("scenario=impatient", caption);
        view! { <Router>{lab()}</Router> }.to_html()
    });
    for wanted in [
        "class=\"stage\"",
        "class=\"space-time\"",
        "m3 ping, attempt 2 from n1 to n2, arrives at 25 ms (in 9 ms)",
        "n2: 1 ×",
    ] {
        assert!(page.contains(wanted), "{wanted:?} is not in {page}");
    }
}
