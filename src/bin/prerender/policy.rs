//! The Content-Security-Policy of a page, as a meta element, because static hosts send no headers.
//! It names each inline script and style by its hash, computed from what really stands there.

use crate::{digest, tags};

/// The policy is to stand before all that it is about.
const AFTER: &str = "<meta charset=\"utf-8\" />";
/// Trunk's server fills these in while it serves, so that no hash can be told before.
const FILLED_IN_LATER: &str = "{{__TRUNK_";

/// The page with its policy.
///
/// # Errors
/// A sentence when the page does not begin as index.html does.
pub fn with_policy(page: &str) -> Result<String, String> {
    if page.contains(FILLED_IN_LATER) {
        return Ok(page.to_owned());
    }
    let (before, after) = page
        .split_once(AFTER)
        .ok_or_else(|| format!("the page has no {AFTER}"))?;
    let policy = policy(page);
    Ok(format!(
        "{before}{AFTER}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />{after}"
    ))
}

/// What the page may do: run its own scripts and its WebAssembly, and read files of its own host.
fn policy(page: &str) -> String {
    let scripts = sources(
        tags::elements(page, "script")
            .into_iter()
            .filter(|(tag, _)| runs(tag)),
    );
    let styles = sources(tags::elements(page, "style").into_iter());
    [
        "default-src 'none'".to_owned(),
        format!("script-src 'self' 'wasm-unsafe-eval'{scripts}"),
        "script-src-attr 'none'".to_owned(),
        format!("style-src 'self'{styles}"),
        // The first pictures have sizes and places that are computed: see ARCHITECTURE.md.
        "style-src-attr 'unsafe-inline'".to_owned(),
        "img-src 'self'".to_owned(),
        "connect-src 'self'".to_owned(),
        "worker-src 'self'".to_owned(),
        "manifest-src 'self'".to_owned(),
        "frame-src 'none'".to_owned(),
        "object-src 'none'".to_owned(),
        "base-uri 'self'".to_owned(),
        "form-action 'none'".to_owned(),
    ]
    .join("; ")
}

/// Data in a script element is not run, and needs no permission; a file is the host's own.
fn runs(tag: &str) -> bool {
    let kind = tags::attribute(tag, "type");
    tags::attribute(tag, "src").is_none() && !kind.is_some_and(|kind| kind.ends_with("json"))
}

fn sources<'a>(elements: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let hashes = elements.map(|(_, text)| format!(" '{}'", digest::sha256(text.as_bytes())));
    hashes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta charset=\"utf-8\" /><script>let a = 1;</script>\
        <script type=\"importmap\">{}</script><style>p{top:0}</style></head>\
        <body><script type=\"application/json\" id=\"d\">{\"a\":1}</script>\
        <script type=\"module\" src=\"b.js\"></script></body>";

    fn directive(page: &str, name: &str) -> String {
        let page = with_policy(page).unwrap();
        let (_, rest) = page.split_once("Security-Policy\" content=\"").unwrap();
        let (policy, _) = rest.split_once('"').unwrap();
        let found = policy
            .split("; ")
            .find(|directive| directive.starts_with(&format!("{name} ")));
        found.unwrap_or_default().to_owned()
    }

    #[test]
    fn inline_scripts_and_styles_are_named_by_their_hash_and_nothing_else_is() {
        assert_eq!(
            directive(PAGE, "script-src"),
            format!(
                "script-src 'self' 'wasm-unsafe-eval' '{}' '{}'",
                digest::sha256(b"let a = 1;"),
                digest::sha256(b"{}")
            )
        );
        assert_eq!(
            directive(PAGE, "style-src"),
            format!("style-src 'self' '{}'", digest::sha256(b"p{top:0}"))
        );
    }

    #[test]
    fn what_is_not_named_is_forbidden_and_nothing_is_evaluated() {
        assert_eq!(directive(PAGE, "default-src"), "default-src 'none'");
        assert_eq!(directive(PAGE, "connect-src"), "connect-src 'self'");
        let page = with_policy(PAGE).unwrap();
        assert!(!page.contains("'unsafe-eval'"), "{page}");
        assert_eq!(page.matches("'unsafe-inline'").count(), 1);
    }

    #[test]
    fn the_policy_stands_before_all_that_it_is_about() {
        let page = with_policy(PAGE).unwrap();
        assert!(page.find("http-equiv") < page.find("<script"));
    }

    #[test]
    fn the_page_for_unknown_addresses_has_its_policy_too() {
        let page = include_str!("not_found.html");
        let scripts = tags::elements(page, "script");
        assert_eq!(scripts.len(), 1);
        assert!(directive(page, "script-src").contains(&digest::sha256(scripts[0].1.as_bytes())));
    }

    #[test]
    fn a_script_that_is_filled_in_later_gets_no_policy() {
        let page = PAGE.replace("let a", "let b = '{{__TRUNK_ADDRESS__}}'; let a");
        assert_eq!(with_policy(&page).unwrap(), page);
    }
}
