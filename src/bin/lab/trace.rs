//! `lab trace`: what happens in a run, event by event.

use happens_before::sim::Format;

use super::answer::{Answer, Problem};
use super::arguments::{Argument, Arguments};
use super::selection::Selection;

/// What the command takes.
pub const HELP: &str = "\
lab trace LAB [options] [--format FORMAT]

What happens in a run, event by event.

  --format text        a line for each event, and one for each promise that it breaks (the default)
  --format json        the run, its events with all that belongs to them, and the broken promises
  --format shiviz      a ShiViz log: every event with its vector clock (see lab analyse-log)
  --format operations  the operations on the data as EDN, as Jepsen writes them (see lab check-history)
  --json               the same as --format json

Not every lab has messages for a ShiViz log, or operations.

  --scenario --link --set --seed --do --at --at-end   say which run; see: lab help run
";

/// Does it.
pub fn command(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let mut selection = Selection::default();
    let mut format = Format::Text;
    while let Some(argument) = arguments.next()? {
        match selection.take(argument, arguments)? {
            None => {}
            Some(Argument::Option(name)) if name == "--format" => {
                format = named(&arguments.value()?)?;
            }
            Some(Argument::Option(name)) if name == "--json" => format = Format::Json,
            Some(argument) => return Err(arguments.unexpected(&argument)),
        }
    }
    let run = selection.run()?;
    let export = run.lab.engine.export;
    let text = export(&run, format).ok_or_else(|| {
        let has = Format::ALL
            .into_iter()
            .filter(|other| export(&run, *other).is_some());
        let has: Vec<&str> = has.map(Format::id).collect();
        Problem(format!(
            "{} has no form {}; it has: {}",
            run.lab.id,
            format.id(),
            has.join(", ")
        ))
    })?;
    let end = if text.ends_with('\n') { "" } else { "\n" };
    Ok(Answer::text(text + end))
}

fn named(id: &str) -> Result<Format, Problem> {
    let mut all = Format::ALL.into_iter();
    all.find(|format| format.id() == id)
        .ok_or_else(|| Problem::unknown("format", id, Format::ALL.into_iter().map(Format::id)))
}
