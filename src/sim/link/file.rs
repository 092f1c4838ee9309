//! A run as a small file: written as JSON, read from that or from any text that holds a link.
//!
//! The file says `{"happens-before-run": 1, "link": "clock-skew;v=1;…", "note": "…"}`. The number is
//! the version of this format; what a link means is versioned by the link itself.

use serde::Serialize;
use serde_json::Value;

use super::{Decoded, clean_note, decode as decode_link, encode as encode_link, lab_id};
use crate::sim::lab::Lab;
use crate::sim::parameter::quote;
use crate::sim::run::Run;

/// Larger files, in bytes, are not read: a saved run takes a few thousand.
pub const LARGEST: usize = 1024 * 1024;

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u64 = 1;

const MARK: &str = "happens-before-run";

#[derive(Serialize)]
struct Saved<'a> {
    #[serde(rename = "happens-before-run")]
    version: u64,
    link: &'a str,
    note: &'a str,
}

/// The file of a run, with what the reader noted to it.
pub fn encode(run: &Run, note: &str) -> String {
    let (link, note) = (encode_link(run), clean_note(note));
    let saved = Saved {
        version: VERSION,
        link: &link,
        note: &note,
    };
    // A number and two strings can always be written.
    serde_json::to_string_pretty(&saved).unwrap_or_default() + "\n"
}

/// The run in a file's text, for a lab. What was odd about its link is among the notices.
///
/// # Errors
/// A sentence for the reader when the file holds no run of this lab: it is too large, no saved run,
/// of a newer edition, or of another lab.
pub fn decode(lab: &'static Lab, text: &str) -> Result<Decoded, String> {
    if text.len() > LARGEST {
        return Err(too_large());
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err("The file is empty.".to_owned());
    }
    if text.starts_with('{') {
        return decode_json(lab, text);
    }
    let link = link_in(lab, text)?;
    Ok(decode_link(lab, link))
}

/// What the reader is told about a file above [`LARGEST`].
pub fn too_large() -> String {
    format!(
        "The file is larger than {} KiB and was not read; a saved run takes a few.",
        LARGEST / 1024
    )
}

fn decode_json(lab: &'static Lab, text: &str) -> Result<Decoded, String> {
    let whole: Value = serde_json::from_str(text).map_err(|error| {
        format!(
            "The file looks like JSON and is not valid from line {}, column {} on. It may be damaged; save the run again.",
            error.line(),
            error.column()
        )
    })?;
    let Some(version) = whole.get(MARK) else {
        return Err(format!(
            "The file is JSON, but no saved run: it has no “{MARK}”. Choose a file made with “Save run”."
        ));
    };
    match version.as_u64() {
        Some(VERSION) => {}
        Some(newer) if newer > VERSION => {
            return Err(format!(
                "The file was saved by a newer edition: version {newer}, where this one reads {VERSION}. Reload the page to get the newest edition."
            ));
        }
        _ => {
            return Err(format!(
                "The file says it is of version {}, which there never was; it reads {VERSION}.",
                quote(&version.to_string())
            ));
        }
    }
    let Some(link) = whole.get("link").and_then(Value::as_str) else {
        return Err("The saved run has no “link”, so there is nothing to open.".to_owned());
    };
    right_lab(lab, lab_id(link))?;
    let mut decoded = decode_link(lab, link);
    if let Some(note) = whole.get("note").and_then(Value::as_str) {
        decoded.note = clean_note(note);
    }
    Ok(decoded)
}

/// The first link of this lab in a text, such as a message that somebody saved.
fn link_in<'a>(lab: &'static Lab, text: &'a str) -> Result<&'a str, String> {
    let mut other = None;
    for word in text.split_whitespace() {
        let link = match word.split_once("#run=") {
            Some((_, link)) => link,
            None => word,
        };
        let link = link
            .trim_start_matches(['"', '\'', '<', '('])
            .trim_end_matches(['"', '\'', '>', ')', ']', ',', '.']);
        let looks_like_one = link.len() < word.len() || link.contains([';', '%']);
        match lab_id(link) {
            Some(id) if id == lab.id => return Ok(link),
            Some(id) if looks_like_one && is_name(id) => other = other.or(Some(id)),
            _ => {}
        }
    }
    right_lab(lab, other)?;
    Err("The file holds no run: neither a saved one nor a link to one.".to_owned())
}

/// Whether it could be a lab's name, and not just any word before a semicolon.
fn is_name(id: &str) -> bool {
    crate::sim::lab(id).is_some()
        || id.contains('-') && id.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

fn right_lab(lab: &Lab, named: Option<&str>) -> Result<(), String> {
    match named {
        Some(id) if id != lab.id => Err(format!(
            "The file holds a run of {}, and this lab is {}; open it there.",
            quote(id),
            quote(lab.id)
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::clock_skew::LAB;

    /// The sentence that a file is refused with begins so.
    fn check(text: &str, expected: &str) {
        let refused = decode(&LAB, text).unwrap_err();
        assert!(refused.starts_with(expected), "{refused}");
    }

    #[test]
    fn a_saved_run_comes_back_with_its_note() {
        let run = Run::scenario(&LAB, "drift").unwrap();
        let decoded = decode(&LAB, &encode(&run, "look \"here\"\n")).unwrap();
        assert_eq!(decoded.run, run);
        assert_eq!(decoded.note, "look \"here\"");
        assert_eq!(decoded.notices, []);
    }

    #[test]
    fn a_text_with_a_link_opens_it() {
        for text in [
            "clock-skew;scenario=drift",
            "Look: <https://example.org/chapter/time/#run=clock-skew;scenario=drift>.",
            "[this run](../#run=clock-skew;scenario=drift), and more",
            "\u{feff}#clock-skew%3Bscenario%3Ddrift\r\n",
        ] {
            let decoded = decode(&LAB, text).unwrap();
            assert_eq!(decoded.run.scenario_id(), Some("drift"), "{text}");
            assert_eq!(decoded.notices, [], "{text}");
        }
    }

    #[test]
    fn what_is_no_run_is_refused_with_what_is_wrong() {
        check("", "The file is empty");
        check("hello; world\n<script>", "The file holds no run");
        check("\u{fffd}PNG\u{1a}", "The file holds no run");
        check(
            "{\"link\":",
            "The file looks like JSON and is not valid from line 1",
        );
        check("{}", "The file is JSON, but no saved run");
        check("[1, 2]", "The file holds no run");
        check(&"{\"a\":".repeat(100_000), "The file looks like JSON");
        check("{\"happens-before-run\": 1}", "The saved run has no “link”");
        check(
            "{\"happens-before-run\": \"x\"}",
            "The file says it is of version",
        );
        check(&"x".repeat(LARGEST + 1), "The file is larger than 1024 KiB");
    }

    #[test]
    fn a_run_of_a_newer_edition_or_of_another_lab_says_so() {
        check(
            "{\"happens-before-run\": 2, \"link\": \"clock-skew\"}",
            "The file was saved by a newer edition: version 2",
        );
        check(
            "{\"happens-before-run\": 1, \"link\": \"read-quorum;v=1\"}",
            "The file holds a run of “read-quorum”, and this lab is “clock-skew”",
        );
        check(
            "see /#run=read-quorum;v=1",
            "The file holds a run of “read-quorum”",
        );
    }
}
