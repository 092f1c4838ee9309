//! A run as a line of text, for links: `clock-skew;v=1;seed=7;machines=3;…;do=120ms:write:n2;at=310ms`.
//!
//! Written links name every value, so that they give the same run when a default changes. Read
//! links may leave anything out, and may start from a scenario: `clock-skew;scenario=fast-clock`.
//! Reading never fails: what makes no sense is left out, and a sentence says so.

mod actions;
pub mod file;
mod note;
mod notices;

use actions::{read_actions, write_action, write_time};
pub use note::{LONGEST_NOTE, clean_note};
use notices::Notices;
pub use notices::{MOST_NOTICES, Notice};

use super::lab::Lab;
use super::parameter::{Unit, quote};
use super::run::Run;
use super::time::Micros;
use super::unit::Figure;

/// Longer links, in bytes, are not read at all.
pub const LONGEST: usize = 16 * 1024;

/// What a link says besides the lab's parameters; no parameter may have one of these names.
pub const KEYS: [&str; 6] = ["v", "scenario", "seed", "do", "at", "note"];

/// What a link says, as far as it makes sense.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The run; always in range.
    pub run: Run,
    /// What was ignored or moved into range; empty when the link was taken as it stands.
    pub notices: Vec<Notice>,
    /// What somebody wrote to the run, as plain text; empty where nobody did. At most
    /// [`LONGEST_NOTE`] characters, none of them a control character.
    pub note: String,
}

/// The link of a run with a note to it: `…;note=look%20at%20n2`. Without a note it is [`encode`]'s.
pub fn encode_with_note(run: &Run, note: &str) -> String {
    let (link, note) = (encode(run), clean_note(note));
    if note.is_empty() {
        link
    } else {
        format!("{link};note={}", note::escape(&note))
    }
}

/// The link of a run. It holds only characters that a URL fragment may hold as they are.
pub fn encode(run: &Run) -> String {
    let mut parts = vec![
        run.lab.id.to_owned(),
        format!("v={}", run.lab.version),
        format!("seed={}", run.seed),
    ];
    parts.extend(
        run.config
            .iter()
            .map(|(parameter, value)| format!("{}={}", parameter.id, parameter.write(value))),
    );
    let actions: Vec<String> = run
        .actions
        .iter()
        .map(|action| write_action(run.lab, action))
        .collect();
    parts.push(format!("do={}", actions.join(",")));
    parts.push(format!(
        "at={}",
        if run.cursor == Micros::END {
            "end".to_owned()
        } else {
            write_time(run.cursor)
        }
    ));
    parts.join(";")
}

/// Which lab a link names, if it names one.
pub fn lab_id(text: &str) -> Option<&str> {
    let text = bare(text);
    // Some programs escape what need not be escaped.
    let ends = [";", "%3B", "%3b"]
        .into_iter()
        .filter_map(|mark| text.find(mark));
    let first = text
        .get(..ends.min().unwrap_or(text.len()))
        .unwrap_or_default()
        .trim();
    (!first.is_empty() && !first.contains('=')).then_some(first)
}

/// The run that a link means for a lab. The link may leave out the lab's name, and anything else.
pub fn decode(lab: &'static Lab, text: &str) -> Decoded {
    let mut notices = Notices::default();
    let (run, note) = read(lab, text, &mut notices);
    Decoded {
        run,
        notices: notices.finish(),
        note,
    }
}

fn read(lab: &'static Lab, text: &str, notices: &mut Notices) -> (Run, String) {
    let first = || (Run::of(lab), String::new());
    if text.len() > LONGEST {
        notices.say(format!(
            "The link is longer than {} KiB and was not read; this is the lab's first run.",
            LONGEST / 1024
        ));
        return first();
    }
    let (text, note) = note::split(bare(text), notices);
    if let Some(other) = lab_id(&text).filter(|id| *id != lab.id) {
        notices.say(format!(
            "The link is for {}, not for {}; this is the lab's first run.",
            quote(other),
            lab.id
        ));
        return first();
    }
    let pairs = pairs(&text, notices);
    (apply(lab, &pairs, notices), note)
}

/// A link without what may stand before it in a page's address or a chapter's text.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_start_matches('#');
    text.strip_prefix("lab:").unwrap_or(text)
}

/// The `key=value` parts, each key once.
fn pairs<'a>(text: &'a str, notices: &mut Notices) -> Vec<(&'a str, &'a str)> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let skip = usize::from(lab_id(text).is_some());
    for part in text
        .split(';')
        .skip(skip)
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let Some((key, value)) = part.split_once('=') else {
            notices.say(format!(
                "{} was ignored: it does not have the form name=value.",
                quote(part)
            ));
            continue;
        };
        let key = key.trim();
        if pairs.iter().any(|(seen, _)| *seen == key) {
            notices.say(format!(
                "{} is given more than once; the first is used.",
                quote(key)
            ));
        } else {
            pairs.push((key, value.trim()));
        }
    }
    pairs
}

/// Everything a link says, put on the run it starts from: scenario and settings first, because they
/// decide which nodes there are to act on.
fn apply(lab: &'static Lab, pairs: &[(&str, &str)], notices: &mut Notices) -> Run {
    let find = |wanted: &str| {
        pairs
            .iter()
            .find(|(key, _)| *key == wanted)
            .map(|(_, value)| *value)
    };
    check_version(lab, find("v"), notices);
    let mut run = first_run(lab, find("scenario"), notices);
    for (key, value) in pairs {
        match *key {
            "seed" => read_seed(&mut run, value, notices),
            key if KEYS.contains(&key) => {}
            id => set(&mut run, id, value, notices),
        }
    }
    match find("do") {
        Some(list) => run.actions = read_actions(&run, list, notices),
        None => leave_out_strays(&mut run, notices),
    }
    if let Some(at) = find("at") {
        read_cursor(&mut run, at, notices);
    }
    run
}

/// A scenario's own actions on nodes that the settings of the link have taken away.
fn leave_out_strays(run: &mut Run, notices: &mut Notices) {
    let nodes = (run.lab.nodes)(&run.config);
    let before = run.actions.len();
    run.actions.retain(|action| action.on.is_within(nodes));
    let strays = before - run.actions.len();
    if strays > 0 {
        notices.say(format!(
            "{strays} of the scenario's actions are left out: there are only {nodes} nodes."
        ));
    }
}

fn check_version(lab: &Lab, version: Option<&str>, notices: &mut Notices) {
    let Some(text) = version else { return };
    match text.parse::<u32>() {
        Ok(version) if version > u32::from(lab.version) => notices.say(format!(
            "The link was made by a newer edition: version {version}, where this one knows {}. What it could not read it ignored; reload the page to get the newest edition.",
            lab.version
        )),
        Ok(version) if version > 0 => {}
        _ => notices.say(format!("The version {} is none; the link was read as version {}.", quote(text), lab.version)),
    }
}

fn first_run(lab: &'static Lab, scenario: Option<&str>, notices: &mut Notices) -> Run {
    let Some(id) = scenario else {
        return Run::of(lab);
    };
    Run::scenario(lab, id).unwrap_or_else(|| {
        let known: Vec<&str> = lab.scenarios.iter().map(|scenario| scenario.id).collect();
        notices.say(format!(
            "There is no scenario {}; there are {}. This is the first.",
            quote(id),
            known.join(", ")
        ));
        Run::of(lab)
    })
}

fn read_seed(run: &mut Run, text: &str, notices: &mut Notices) {
    match text.parse::<u64>() {
        Ok(seed) => run.seed = seed,
        Err(_) => notices.say(format!(
            "The seed {} is not a whole number from 0 to {}; {} is used.",
            quote(text),
            u64::MAX,
            run.seed
        )),
    }
}

fn set(run: &mut Run, id: &str, text: &str, notices: &mut Notices) {
    let before = run.config.iter().find(|(parameter, _)| parameter.id == id);
    let Some((parameter, kept)) = before else {
        notices.say(format!(
            "The lab has nothing called {} to set; it was ignored.",
            quote(id)
        ));
        return;
    };
    if let Err(rejected) = run.config.set_text(id, text) {
        let used = parameter.show(rejected.nearest.unwrap_or(kept));
        notices.say(format!("{}; {used} is used.", rejected.why));
    }
}

fn read_cursor(run: &mut Run, text: &str, notices: &mut Notices) {
    match (text, Unit::Time.read(text)) {
        ("end", _) => run.cursor = Micros::END,
        (_, Figure::Is(at)) if at > Micros::LATEST.signed() => {
            run.cursor = Micros::END;
            notices.say("The link looks at a moment after the last possible one; this is the end of the run.".to_owned());
        }
        (_, Figure::Is(at)) if at >= 0 => run.cursor = Micros::from_signed(at),
        _ => notices.say(format!(
            "The moment {} is none; it takes end or {}.",
            quote(text),
            Unit::Time.example()
        )),
    }
}

/// `%3B` as `;` and so on, since some programs escape more of an address than they must. What is
/// not a valid escape stays as it is.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| *first == b'%').and_then(hex);
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits)
        .ok()
        .filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u8::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::clock_skew::LAB;

    fn notices(text: &str) -> Vec<String> {
        decode(&LAB, text)
            .notices
            .into_iter()
            .map(|notice| notice.0)
            .collect()
    }

    /// The only notice that a link gets.
    fn check(text: &str, expected: &str) {
        assert_eq!(notices(text), [expected], "{text}");
    }

    #[test]
    fn a_link_may_leave_out_the_lab_and_anything_else() {
        let run = decode(&LAB, "scenario=fast-clock;offset=80ms;at=120ms");
        assert_eq!(run.notices, []);
        assert_eq!(
            (
                run.run.config.get("offset"),
                run.run.cursor,
                run.run.actions.len()
            ),
            (80_000, Micros(120_000), 2)
        );
        assert_eq!(decode(&LAB, "").run, Run::of(&LAB));
        assert_eq!(decode(&LAB, "lab:clock-skew;do=").run.actions, []);
        assert_eq!(
            (lab_id("#clock-skew;v=1"), lab_id("v=1"), lab_id("")),
            (Some("clock-skew"), None, None)
        );
    }

    #[test]
    fn a_value_out_of_range_is_moved_and_the_reader_is_told() {
        check(
            "offset=9s",
            "Clock offset (offset) goes from −500 ms to +500 ms, not +9 s; +500 ms is used.",
        );
        let far = "Machines (machines) goes from 2 to 5, not 9223372036854775807; 5 is used.";
        check("machines=99999999999999999999999999", far);
        check(
            "drift=NaN",
            "Clock drift (drift) takes a whole number with ppm, such as 200ppm; “NaN” is not a number of the right kind; 0 ppm is used.",
        );
    }

    #[test]
    fn what_is_unknown_is_ignored_and_the_reader_is_told() {
        check(
            "colour=red",
            "The lab has nothing called “colour” to set; it was ignored.",
        );
        check(
            "<script>alert(1)</script>=1",
            "The lab has nothing called “<script>alert(1)</script>” to set; it was ignored.",
        );
        check(
            "offset=1ms;offset=2ms",
            "“offset” is given more than once; the first is used.",
        );
        check(
            "do=10ms:write:n5",
            "The action “10ms:write:n5” was ignored: there is no node “n5”; there are n1 to n2.",
        );
        check(
            "do=-10ms:write:n1",
            "The action “-10ms:write:n1” was ignored: it is before the run begins.",
        );
        assert!(
            notices("v=9")
                .concat()
                .starts_with("The link was made by a newer edition: version 9")
        );
    }

    #[test]
    fn notices_are_few_and_repeat_little_of_the_link() {
        let many: String = (0..30)
            .map(|number| format!("k{number}{}=1;", "x".repeat(200)))
            .collect();
        let said = notices(&many);
        assert_eq!(said.len(), MOST_NOTICES + 1);
        assert_eq!(
            said.last().map(String::as_str),
            Some("And 22 more parts of the link were ignored or changed.")
        );
        assert!(
            said.iter().all(|sentence| sentence.chars().count() < 120),
            "{said:?}"
        );
    }

    #[test]
    fn a_link_that_is_too_long_or_for_another_lab_is_not_read() {
        let long = format!("clock-skew;seed=9;{}", "x".repeat(100_000));
        assert_eq!(decode(&LAB, &long).run, Run::of(&LAB));
        check(
            &long,
            "The link is longer than 16 KiB and was not read; this is the lab's first run.",
        );
        check(
            "quorum;seed=9",
            "The link is for “quorum”, not for clock-skew; this is the lab's first run.",
        );
        let actions: String = (0..300).map(|at| format!("{at}us:write:n1,")).collect();
        let decoded = decode(&LAB, &format!("do={actions}"));
        assert_eq!(
            (decoded.run.actions.len(), decoded.notices.len()),
            (Run::MOST_ACTIONS, 1)
        );
    }
}
