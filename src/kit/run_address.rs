//! Runs in addresses: `#run=clock-skew;scenario=drift`.

use wasm_bindgen::JsCast;

use crate::sim::link;

/// What stands before a run in the address.
pub const FRAGMENT: &str = "run=";

/// The run in an address or fragment, if it is one of this lab.
#[must_use]
pub fn run_of<'a>(address: &'a str, lab: &str) -> Option<&'a str> {
    run_in(address).filter(|run| link::lab_id(run) == Some(lab))
}

/// The run in an address or fragment, whichever lab it is of.
#[must_use]
pub fn run_in(address: &str) -> Option<&str> {
    let (_, fragment) = address.split_once('#')?;
    fragment.strip_prefix(FRAGMENT)
}

/// Whether an address or fragment names a run of none of these labs.
#[must_use]
pub fn is_stray(address: &str, labs: &[String]) -> bool {
    run_in(address).is_some_and(|run| {
        let named = link::lab_id(run);
        !labs.iter().any(|lab| named == Some(lab))
    })
}

/// Where a click on a link to a run leads.
pub fn clicked(event: &leptos::ev::MouseEvent) -> Option<String> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let anchor = target.closest("a.run-link").ok()??;
    anchor.get_attribute("href")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_another_lab_is_stray() {
        let labs = ["clock-skew".to_owned()];
        assert!(is_stray("#run=nonsense;v=1", &labs));
        assert!(is_stray("#run=", &labs));
        assert!(!is_stray("chapter/x/#run=clock-skew;seed=1", &labs));
        assert!(!is_stray("#ntp", &labs));
        assert!(!is_stray("", &labs));
    }

    #[test]
    fn a_run_is_given_to_its_own_lab_only() {
        let address = "chapter/x/#run=quorum;seed=1";
        assert_eq!(run_of(address, "quorum"), Some("quorum;seed=1"));
        assert_eq!(run_of(address, "saga"), None);
        assert_eq!(run_of("#ntp", "quorum"), None);
    }
}
