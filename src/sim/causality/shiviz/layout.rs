//! Where description, host and clock of an event stand in a log. Found out, not asked for.

use super::clock::{self, Clock};
use super::parse::Wrong;

/// How the events of a log are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A line with the description, then a line `host {"host":1}`: ShiViz's own default,
    /// `(?<event>.*)\n(?<host>\S*) (?<clock>{.*})`.
    DescriptionFirst,
    /// The line with host and clock, then the description, as GoVector writes it.
    ClockFirst,
    /// One line, with the clock somewhere in it and the host's name right before the clock, brackets
    /// aside: `[INFO] [akka://user/node0] {"node0":1} Sending`. What follows is the description;
    /// where nothing does, what stands before.
    OneLine,
}

/// An event as it stands in the log.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    /// The line of its clock, counted from 1.
    pub(super) line: usize,
    pub(super) host: String,
    pub(super) clock: Clock,
    pub(super) label: String,
}

/// What was found in a log: its events, and the lines that belong to none.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) events: Vec<Raw>,
    pub(super) skipped: Vec<usize>,
}

/// The layout of a log and what is in it; or the first thing that is wrong.
pub(super) fn events(text: &str) -> Result<(Layout, Found), Wrong> {
    let lines: Vec<&str> = text.lines().collect();
    let layout = detect(&lines);
    let mut found = Found::default();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let next = lines.get(at + 1).copied().unwrap_or("");
        let (this_host, mut next_host) = (bare(line), bare(next));
        // A blank line describes nothing where the line after it describes the one after that.
        if line.trim().is_empty() && lines.get(at + 2).is_some_and(|line| bare(line).is_some()) {
            next_host = None;
        }
        at += match (layout, this_host, next_host) {
            (Layout::DescriptionFirst, _, Some(host)) => {
                found.add(at + 1, host, next, line)?;
                2
            }
            // Without a description where the next event follows at once.
            (Layout::ClockFirst, Some(host), Some(_)) => {
                found.add(at, host, line, "")?;
                1
            }
            (Layout::ClockFirst, Some(host), None) => {
                found.add(at, host, line, next)?;
                2
            }
            (Layout::OneLine, ..) => {
                found.add_line(at, line)?;
                1
            }
            (Layout::DescriptionFirst | Layout::ClockFirst, ..) => {
                found.skip(at, line);
                1
            }
        };
    }
    if found.events.is_empty() {
        return Err(Wrong {
            line: 1,
            what: "there is no event in the log".to_owned(),
            mend: MEND.to_owned(),
        });
    }
    Ok((layout, found))
}

/// What to do where no clock can be read.
const MEND: &str = "an event is a line with a description, then a line such as a {\"a\":1, \"b\":2} with its host, a blank and its vector clock";

fn no_host(line: usize, clock: &Clock) -> Wrong {
    let names: Vec<String> = clock.keys().map(|name| format!("{name:?}")).collect();
    Wrong {
        line,
        what: format!(
            "it is not clear whose event this is: none of the clock's names ({}) stands right before the clock",
            names.join(", ")
        ),
        mend: "write the host's name and a blank before the clock".to_owned(),
    }
}

/// Most lines that have a clock tell: host and clock alone, or among other things. Then the first line
/// with anything in it: a clock or a description.
fn detect(lines: &[&str]) -> Layout {
    let alone = lines.iter().filter(|line| bare(line).is_some()).count();
    let hosted =
        |line: &&&str| bare(line).is_none() && inline(line).is_some_and(|found| found.0.is_some());
    let among = lines.iter().filter(hosted).count();
    let mut first = lines.iter().filter(|line| !line.trim().is_empty());
    let (first, second) = (first.next(), first.next());
    let is_bare = |line: Option<&&str>| line.is_some_and(|line| bare(line).is_some());
    if alone == 0 || among > alone {
        Layout::OneLine
    } else if is_bare(first) && (first.is_some_and(|line| sound(line)) || !is_bare(second)) {
        Layout::ClockFirst
    } else {
        Layout::DescriptionFirst
    }
}

/// Whether a line is nothing but a host and a clock that counts that host.
fn sound(line: &str) -> bool {
    let clock = line.find('{').and_then(|at| line.get(at..));
    let clock = clock.and_then(|text| clock::read(text).ok());
    bare(line).is_some_and(|host| clock.is_some_and(|(clock, _)| clock.contains_key(host)))
}

impl Found {
    /// Adds an event whose clock stands alone with its host in line `at`, counted from 0.
    fn add(&mut self, at: usize, host: &str, line: &str, label: &str) -> Result<(), Wrong> {
        let after = line.trim().get(host.len()..).unwrap_or("").trim_start();
        let (clock, _) = clock::read(after).map_err(|what| Wrong {
            line: at + 1,
            what,
            mend: MEND.to_owned(),
        })?;
        self.events.push(Raw {
            line: at + 1,
            host: host.to_owned(),
            clock,
            label: label.trim().to_owned(),
        });
        Ok(())
    }

    /// Adds the event of line `at`, counted from 0, or passes over it if it has no clock.
    fn add_line(&mut self, at: usize, line: &str) -> Result<(), Wrong> {
        match inline(line) {
            Some((Some(host), clock, label)) => self.events.push(Raw {
                line: at + 1,
                host,
                clock,
                label,
            }),
            Some((None, clock, _)) => return Err(no_host(at + 1, &clock)),
            None => match damaged(line) {
                Some(what) => {
                    return Err(Wrong {
                        line: at + 1,
                        what,
                        mend: "correct the clock, or take the line out".to_owned(),
                    });
                }
                None => self.skip(at, line),
            },
        }
        Ok(())
    }

    /// Passes over line `at`, counted from 0; a blank one is not worth mentioning.
    fn skip(&mut self, at: usize, line: &str) {
        if !line.trim().is_empty() {
            self.skipped.push(at + 1);
        }
    }
}

/// What is wrong with the first thing in a line that begins like a clock.
fn damaged(line: &str) -> Option<String> {
    line.match_indices('{').find_map(|(at, _)| {
        let from = line.get(at..)?;
        let begins = from.get(1..)?.trim_start().starts_with('"');
        clock::read(from).err().filter(|_| begins)
    })
}

/// The host of a line that is nothing but a host and a clock, or is meant to be: the clock itself may
/// be damaged.
pub(super) fn bare(line: &str) -> Option<&str> {
    let line = line.trim();
    let (host, clock) = line.split_once(char::is_whitespace)?;
    let clock = clock.trim_start();
    let inside = clock.strip_prefix('{')?.trim_start();
    let meant = match clock::read(clock) {
        Ok((_, bytes)) => bytes == clock.len(),
        Err(_) => inside.starts_with('"') || clock.ends_with('}'),
    };
    meant.then_some(host)
}

/// Host, clock and description of a line that contains a clock.
fn inline(line: &str) -> Option<(Option<String>, Clock, String)> {
    let (at, clock, bytes) = line.match_indices('{').find_map(|(at, _)| {
        let (clock, bytes) = clock::read(line.get(at..)?).ok()?;
        (!clock.is_empty()).then_some((at, clock, bytes))
    })?;
    let before = line.get(..at)?.trim();
    let after = line.get(at + bytes..)?.trim();
    let bracketed = |c: char| c.is_whitespace() || "[](){}<>:;,|\"'".contains(c);
    let near = before.trim_end_matches(bracketed);
    let host = clock
        .keys()
        .filter(|name| {
            near.strip_suffix(name.as_str())
                .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
        .max_by_key(|name| name.len());
    let label = if after.is_empty() { before } else { after };
    let (host, label) = (host.cloned(), label.to_owned());
    Some((host, clock, label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, layout: Layout, expected: &[(usize, &str, &str)]) {
        let (detected, found) = events(text).unwrap();
        let found: Vec<_> = found
            .events
            .iter()
            .map(|raw| (raw.line, raw.host.as_str(), raw.label.as_str()))
            .collect();
        assert_eq!((detected, found.as_slice()), (layout, expected), "{text}");
    }

    #[test]
    fn the_description_may_come_first() {
        check(
            "start\na {\"a\":1}\n\nstop {x}\na {\"a\":2}\n",
            Layout::DescriptionFirst,
            &[(2, "a", "start"), (5, "a", "stop {x}")],
        );
    }

    #[test]
    fn a_description_may_end_in_braces() {
        check(
            "go {x}\na {\"a\":1}\n\ngot {}\na {\"a\":2}\n",
            Layout::DescriptionFirst,
            &[(2, "a", "go {x}"), (5, "a", "got {}")],
        );
    }

    #[test]
    fn a_blank_line_may_be_an_empty_description() {
        check(
            "start\na {\"a\":1}\n\na {\"a\":2}\n",
            Layout::DescriptionFirst,
            &[(2, "a", "start"), (4, "a", "")],
        );
    }

    #[test]
    fn the_clock_may_come_first() {
        check(
            "a {\"a\":1}\nstart\na {\"a\":2}\nstop\n",
            Layout::ClockFirst,
            &[(1, "a", "start"), (3, "a", "stop")],
        );
    }

    #[test]
    fn clocks_alone_are_a_log_without_descriptions() {
        check(
            "a {\"a\":1}\na {\"a\":2}",
            Layout::ClockFirst,
            &[(1, "a", ""), (2, "a", "")],
        );
    }

    #[test]
    fn everything_may_stand_in_one_line() {
        check(
            "[INFO] [x://user/a] {\"a\" : 1} start\n[INFO] [x://user/b1] {\"1\":4, \"b1\" : 1} {go}\n",
            Layout::OneLine,
            &[(1, "a", "start"), (2, "b1", "{go}")],
        );
    }

    #[test]
    fn a_clock_at_the_end_of_the_line_has_its_description_before_it() {
        check(
            "a starts: a {\"a\":1}",
            Layout::OneLine,
            &[(1, "a", "a starts: a")],
        );
    }

    #[test]
    fn a_description_that_looks_like_a_clock_is_still_a_description() {
        check(
            "start\na {\"a\":1}\na {\"a\":7}\na {\"a\":2}",
            Layout::DescriptionFirst,
            &[(2, "a", "start"), (4, "a", "a {\"a\":7}")],
        );
    }

    #[test]
    fn lines_of_no_event_are_named() {
        let (_, found) = events("# a log\n\nstart\na {\"a\":1}\nend").unwrap();
        assert_eq!((found.events.len(), found.skipped), (1, vec![1, 5]));
    }

    #[test]
    fn a_damaged_clock_is_wrong_and_not_passed_over() {
        let wrong = events("start\na {\"a\":1}\nstop\na {\"a\":2").unwrap_err();
        assert_eq!(wrong.line, 4);
    }

    #[test]
    fn a_damaged_clock_in_a_line_of_text_is_wrong_too() {
        let wrong = events("a {\"a\":1} start\na {\"a\":} stop").unwrap_err();
        assert_eq!(wrong.line, 2);
    }

    #[test]
    fn a_log_without_events_says_what_one_is() {
        let wrong = events("hello\n").unwrap_err();
        assert!(wrong.to_string().contains("an event is"), "{wrong}");
    }

    #[test]
    fn an_event_of_nobody_is_wrong() {
        let wrong = events("[x] {\"a\":1} start").unwrap_err();
        assert!(wrong.to_string().contains("whose event"), "{wrong}");
    }
}
