//! `lab explore`: every state of a protocol within limits, and the shortest run that breaks a promise.

use std::fmt::Write as _;

use happens_before::sim::search::{Explore, Finding, Limits};
use happens_before::sim::{Lab, Micros, Run, link};
use serde_json::json;

use super::answer::{Answer, Problem};
use super::arguments::{Argument, Arguments};
use super::selection::Selection;

/// What the command takes.
pub const HELP: &str = "\
lab explore PROTOCOL [options]

Tries everything that can happen in a protocol, breadth first, from a moment of a run, and says how
many distinct states there are, how deep, and whether a promise can be broken; if so, prints the link
of the shortest run that breaks it. PROTOCOL is a lab of nodes and messages, or one of the published
specifications: two-phase, t-commit, lamport-mutex.

  --set KEY=VALUE, --seed S, --scenario ID, --link TEXT, --do ACTIONS
                   the run to start from, as for lab run
  --at TIME        the moment to start at; when all nodes have begun, if nothing is said
  --property ID    the promise to break; any, if nothing is said
  --states N       the most states to look at
  --depth N        the most steps
  --drops N        the most messages lost
  --duplicates N   the most messages that arrive twice
  --crashes N      the most crashes
  --requests N     the most requests of clients
  --kept on|off    whether a message can arrive at any later time, and again
  --json           as JSON; see docs/lab.md
";

/// What is asked.
#[derive(Debug)]
struct Question {
    run: Run,
    property: Option<String>,
    limits: Limits,
    as_json: bool,
}

/// Does it.
#[expect(
    clippy::disallowed_types,
    reason = "how long it took is part of the answer"
)]
pub fn command(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let question = read(arguments)?;
    let Some(begin) = question.run.lab.search else {
        let why = "has no messages to explore; lab list says which labs there are";
        return Err(Problem(format!("{} {why}", question.run.lab.id)));
    };
    let begun = std::time::Instant::now();
    let mut search = begin(&question.run, question.property.as_deref(), question.limits);
    while search.finding() == Finding::Searching {
        search.advance(1_000);
    }
    let seconds = begun.elapsed().as_secs_f64();
    Ok(if question.as_json {
        as_json(&question, search.as_ref(), seconds)
    } else {
        in_words(&question, search.as_ref(), seconds)
    })
}

fn read(arguments: &mut Arguments) -> Result<Question, Problem> {
    let (mut selection, mut given) = (Selection::default(), Given::default());
    let (mut property, mut as_json) = (None, false);
    while let Some(argument) = arguments.next()? {
        let Some(argument) = selection.take(argument, arguments)? else {
            continue;
        };
        let Argument::Option(name) = &argument else {
            return Err(arguments.unexpected(&argument));
        };
        match name.as_str() {
            "--property" => property = Some(arguments.value()?),
            "--json" => as_json = true,
            name if given.take(name, arguments)? => {}
            _ => return Err(arguments.unexpected(&argument)),
        }
    }
    let mut run = selection.run()?;
    if !selection.has_moment() {
        run.cursor = beginning(&run);
    }
    check_property(run.lab, property.as_deref())?;
    Ok(Question {
        limits: given.over(run.lab.limits).bounded(),
        run,
        property,
        as_json,
    })
}

/// When all nodes have begun: each has a microsecond of its own.
fn beginning(run: &Run) -> Micros {
    Micros(u64::from((run.lab.nodes)(&run.config)))
}

fn check_property(lab: &Lab, property: Option<&str>) -> Result<(), Problem> {
    let known = (lab.engine.properties)();
    match property {
        Some(id) if known.iter().all(|property| property.id != id) => {
            let ids = known.iter().map(|property| property.id);
            Err(Problem::unknown("promise", id, ids))
        }
        _ => Ok(()),
    }
}

/// The limits that were given.
#[derive(Debug, Default)]
struct Given {
    states: Option<usize>,
    depth: Option<usize>,
    drops: Option<u8>,
    duplicates: Option<u8>,
    crashes: Option<u8>,
    requests: Option<u8>,
    kept: Option<bool>,
}

impl Given {
    /// Takes an option if it is a limit.
    fn take(&mut self, name: &str, arguments: &mut Arguments) -> Result<bool, Problem> {
        const WHOLE: &str = "a whole number from 0 on";
        const FEW: &str = "a whole number from 0 to 255";
        match name {
            "--states" => self.states = Some(arguments.number(WHOLE)?),
            "--depth" => self.depth = Some(arguments.number(WHOLE)?),
            "--drops" => self.drops = Some(arguments.number(FEW)?),
            "--duplicates" => self.duplicates = Some(arguments.number(FEW)?),
            "--crashes" => self.crashes = Some(arguments.number(FEW)?),
            "--requests" => self.requests = Some(arguments.number(FEW)?),
            "--kept" => {
                self.kept = Some(match arguments.value()?.as_str() {
                    "on" => true,
                    "off" => false,
                    _ => return Err(arguments.problem("--kept takes on or off")),
                });
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The lab's own limits, with those that were given in their place.
    fn over(&self, own: Limits) -> Limits {
        Limits {
            states: self.states.unwrap_or(own.states),
            depth: self.depth.unwrap_or(own.depth),
            drops: self.drops.unwrap_or(own.drops),
            duplicates: self.duplicates.unwrap_or(own.duplicates),
            crashes: self.crashes.unwrap_or(own.crashes),
            requests: self.requests.unwrap_or(own.requests),
            kept: self.kept.unwrap_or(own.kept),
        }
    }
}

fn in_words(question: &Question, search: &dyn Explore, seconds: f64) -> Answer {
    let mut text = format!(
        "{}: {} distinct states, {} levels deep, {seconds:.2} s\n",
        question.run.lab.id,
        search.states(),
        search.depth() + 1
    );
    // Writing to a string cannot fail.
    let _ = match search.finding() {
        Finding::Broken(found) => writeln!(
            text,
            "broken in {} steps ({}): {}\n{}",
            found.steps,
            found.property,
            found.sentence,
            link::encode(&found.run)
        ),
        Finding::GaveUp => writeln!(
            text,
            "no promise is broken in them, but there are more: raise --states"
        ),
        _ => writeln!(
            text,
            "every promise holds in all of them ({})",
            limits(question.limits)
        ),
    };
    Answer::text(text)
}

fn limits(limits: Limits) -> String {
    format!(
        "at most {} steps, {} losses, {} duplicates, {} crashes, {} requests{}",
        limits.depth,
        limits.drops,
        limits.duplicates,
        limits.crashes,
        limits.requests,
        if limits.kept {
            ", messages arrive any number of times"
        } else {
            ""
        }
    )
}

fn as_json(question: &Question, search: &dyn Explore, seconds: f64) -> Answer {
    let limits = question.limits;
    let (outcome, violation) = match search.finding() {
        Finding::Broken(found) => (
            "broken",
            Some(json!({
                "property": found.property,
                "steps": found.steps,
                "sentence": found.sentence,
                "link": link::encode(&found.run),
            })),
        ),
        Finding::GaveUp => ("gave-up", None),
        _ => ("holds", None),
    };
    let answer = json!({
        "protocol": question.run.lab.id,
        "from": link::encode(&question.run),
        "states": search.states(),
        "depth": search.depth() + 1,
        "outcome": outcome,
        "violation": violation,
        "limits": {
            "states": limits.states,
            "depth": limits.depth,
            "drops": limits.drops,
            "duplicates": limits.duplicates,
            "crashes": limits.crashes,
            "requests": limits.requests,
            "kept": limits.kept,
        },
        "seconds": seconds,
    });
    Answer::text(format!("{answer:#}\n"))
}
