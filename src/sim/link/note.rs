//! The note in a link: what one reader writes to another, percent-encoded, shown as plain text.

use super::notices::Notices;
use super::unescape;

/// A note has at most so many characters.
pub const LONGEST_NOTE: usize = 200;

const KEY: &str = "note=";

/// A note as it may be shown: without control characters, without those that turn the direction
/// of the text around it, and no longer than [`LONGEST_NOTE`] characters.
pub fn clean_note(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown: String = text
        .chars()
        .filter(|c| !turns(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let shown: String = shown.trim().chars().take(LONGEST_NOTE).collect();
    shown.trim_end().to_owned()
}

/// Every byte but letters, digits and `-._~` as `%41` (RFC 3986, section 2.3), so that nothing in a
/// note can end it.
pub(super) fn escape(note: &str) -> String {
    let mut text = String::with_capacity(note.len());
    for byte in note.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// The link without its note, unescaped, and the note.
///
/// The note is taken out before anything is unescaped, because it may hold an escaped `;`. Where
/// some program has escaped the whole link, that is undone first.
pub(super) fn split(text: &str, notices: &mut Notices) -> (String, String) {
    let whole = !text.contains(';') && text.to_ascii_lowercase().contains("%3b");
    let text = if whole {
        unescape(text)
    } else {
        text.to_owned()
    };
    let is_note = |part: &&str| part.trim_start().starts_with(KEY);
    let mut found = text.split(';').filter(is_note);
    let note = found
        .next()
        .and_then(|part| part.trim_start().strip_prefix(KEY))
        .map(unescape)
        .unwrap_or_default();
    if found.next().is_some() {
        notices.say("“note” is given more than once; the first is used.".to_owned());
    }
    if note.trim().chars().count() > LONGEST_NOTE {
        notices.say(format!(
            "The note is longer than {LONGEST_NOTE} characters; the rest was left out."
        ));
    }
    let rest: Vec<&str> = text.split(';').filter(|part| !is_note(part)).collect();
    let rest = rest.join(";");
    let rest = if whole { rest } else { unescape(&rest) };
    (rest, clean_note(&note))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::clock_skew::LAB;
    use crate::sim::link::{decode, encode, encode_with_note};
    use crate::sim::run::Run;

    /// The note comes back from a link that says it.
    fn check(note: &str, expected: &str) {
        let link = encode_with_note(&Run::of(&LAB), note);
        let decoded = decode(&LAB, &link);
        assert_eq!(decoded.note, expected, "{link}");
        assert_eq!(decoded.notices, [], "{link}");
        assert_eq!(decoded.run, Run::of(&LAB), "{link}");
    }

    #[test]
    fn a_note_comes_back_whatever_it_holds() {
        check("look at n2", "look at n2");
        check("a;seed=9;b=%3B & 100 %", "a;seed=9;b=%3B & 100 %");
        check("<b>né</b> → ✓", "<b>né</b> → ✓");
        check("two\nlines\u{202e}", "two lines");
        check("", "");
    }

    #[test]
    fn a_run_without_a_note_has_the_link_it_always_had() {
        let run = Run::of(&LAB);
        assert_eq!(encode_with_note(&run, "  "), encode(&run));
    }

    #[test]
    fn a_long_note_is_cut_and_the_reader_is_told() {
        let decoded = decode(&LAB, &format!("seed=3;note={}", "x".repeat(300)));
        assert_eq!(decoded.note.chars().count(), LONGEST_NOTE);
        assert_eq!(decoded.run.seed, 3);
        assert_eq!(
            decoded.notices.first().map(|notice| notice.0.as_str()),
            Some("The note is longer than 200 characters; the rest was left out.")
        );
    }

    #[test]
    fn a_note_survives_a_program_that_escapes_the_whole_link() {
        let link = encode_with_note(&Run::of(&LAB), "a;b = 100 %");
        let decoded = decode(&LAB, &escape(&link));
        assert_eq!(
            (decoded.note.as_str(), decoded.notices),
            ("a;b = 100 %", vec![])
        );
        assert_eq!(decoded.run, Run::of(&LAB));
    }

    #[test]
    fn the_first_of_two_notes_is_used() {
        let decoded = decode(&LAB, "note=one;note=two");
        assert_eq!((decoded.note.as_str(), decoded.notices.len()), ("one", 1));
    }
}
