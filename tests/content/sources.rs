//! What can be wrong with sources and citations.

use super::support::check;

const SOURCES: &str = "sources.toml";

#[test]
fn an_unknown_source_gets_the_nearest() {
    check(
        &[("chapters/clocks.md", "[^lamport1978]", "‸[^lamport1979]")],
        &[(
            "unknown source `lamport1979`",
            "did you mean `lamport1978`?",
        )],
    );
}

#[test]
fn a_source_that_nobody_cites_is_told() {
    check(
        &[
            ("chapters/words.md", "[^ntp]", ""),
            (SOURCES, "[ntp]", "[‸ntp]"),
        ],
        &[(
            "the source `ntp` is never cited",
            "cite it where it is used, `[^ntp]`, or take it out",
        )],
    );
}

#[test]
fn a_source_lacks_nothing() {
    check(
        &[
            (SOURCES, "read_for = \"The four timestamps.\"\n", ""),
            (SOURCES, "[ntp]", "‸[ntp]"),
        ],
        &[("`ntp` lacks `read_for`", "add `read_for = …`")],
    );
}

#[test]
fn a_source_is_on_the_encrypted_web() {
    check(
        &[(
            SOURCES,
            "https://example.org/rfc5905",
            "‸http://example.org/rfc5905",
        )],
        &[(
            "`http://example.org/rfc5905` is not an https address",
            "write an address that begins with https://",
        )],
    );
}

#[test]
fn a_year_is_a_year() {
    check(
        &[(SOURCES, "year = 2010", "year = ‸20100")],
        &[(
            "`year` is 20100, out of range",
            "write a whole number from 1800 to 2100",
        )],
    );
}

#[test]
fn a_source_list_that_is_no_toml_is_one_problem() {
    check(
        &[(SOURCES, "year = 2010", "year = ‸")],
        &[(
            "the source list is not TOML: string values must be quoted, expected literal string",
            "write `key = value`, text in quotes, one key a line",
        )],
    );
}

#[test]
fn every_entry_of_the_source_list_is_a_table() {
    check(
        &[(SOURCES, "[lamport1978]", "loose = ‸1\n\n[lamport1978]")],
        &[("`loose` is a whole number", "write a table of its own")],
    );
}
