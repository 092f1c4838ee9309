//! The command line `lab`: any lab without a browser, and the checks and models behind the labs.
//!
//! Each command stands in a file of its own and has a row in [`COMMANDS`]. A command reads its
//! arguments and gives an [`Answer`], which is printed here, or a [`Problem`], which ends the program
//! with exit code 2.

mod answer;
mod arguments;
mod explore;
mod history;
mod input;
mod link;
mod list;
mod log;
mod model;
mod run;
mod selection;
mod show;
mod statistics;
mod table;
mod trace;

use std::io::{self, Write};
use std::process::ExitCode;

use answer::{Answer, Problem};
use arguments::Arguments;

/// One command.
struct Command {
    /// What it is called by.
    name: &'static str,
    /// What it does, one line.
    about: &'static str,
    /// Its arguments, for `lab help NAME`.
    help: &'static str,
    /// Does it.
    run: fn(&mut Arguments) -> Result<Answer, Problem>,
}

/// All commands. A new one adds its file above and its row here.
const COMMANDS: &[Command] = &[
    Command {
        name: "list",
        about: "all labs",
        help: list::HELP,
        run: list::command,
    },
    Command {
        name: "show",
        about: "what a lab can be set to, what can be done in it, what it measures and is checked against",
        help: show::HELP,
        run: show::command,
    },
    Command {
        name: "run",
        about: "plays a lab once or under many seeds, and prints what it measures",
        help: run::HELP,
        run: run::command,
    },
    Command {
        name: "trace",
        about: "what happens in a run, event by event",
        help: trace::HELP,
        run: trace::command,
    },
    Command {
        name: "link",
        about: "the link that shows a run in the book",
        help: link::HELP,
        run: link::command,
    },
    Command {
        name: "explore",
        about: "every state of a protocol within limits, and whether a promise can be broken",
        help: explore::HELP,
        run: explore::command,
    },
    Command {
        name: "check-history",
        about: "whether a history of operations is linearizable",
        help: history::HELP,
        run: history::command,
    },
    Command {
        name: "analyse-log",
        about: "what a ShiViz log orders and what it leaves concurrent",
        help: log::HELP,
        run: log::command,
    },
    Command {
        name: "model",
        about: "an algorithm of the book on numbers of your own",
        help: model::HELP,
        run: model::command,
    },
];

fn main() -> ExitCode {
    match answer(&mut Arguments::of_this_program()) {
        Ok(answer) => print(&answer),
        Err(problem) => {
            eprintln!("lab: {problem}");
            ExitCode::from(2)
        }
    }
}

/// What the arguments ask for.
fn answer(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let name = arguments.command()?;
    match name.as_deref() {
        None => Ok(Answer::text(overview())),
        Some("help") => {
            let about = arguments.command()?;
            arguments.end()?;
            about.map_or_else(|| Ok(Answer::text(overview())), |name| help(&name))
        }
        Some(name) => {
            let command = find(name)?;
            arguments.named(command.name);
            if arguments.ask_for_help() {
                return help(name);
            }
            (command.run)(arguments)
        }
    }
}

fn find(name: &str) -> Result<&'static Command, Problem> {
    COMMANDS
        .iter()
        .find(|command| command.name == name)
        .ok_or_else(|| {
            let names = COMMANDS.iter().map(|command| command.name);
            Problem::unknown("command", name, names)
        })
}

fn help(name: &str) -> Result<Answer, Problem> {
    find(name).map(|command| Answer::text(command.help.to_owned()))
}

fn overview() -> String {
    let rows = COMMANDS
        .iter()
        .map(|command| vec![format!("  lab {}", command.name), command.about.to_owned()]);
    let commands = table::aligned(rows);
    format!(
        "Runs the labs of the book without a browser. The same run gives the same events as on the page.\n\n\
         {commands}\n\
         `lab help COMMAND` says what a command takes; docs/lab.md describes what --json gives.\n\
         Exit codes: 0 done, 1 a history that is not linearizable, 2 arguments or input that make no sense.\n"
    )
}

/// Prints an answer. Whoever reads it may stop early (`lab trace … | head`); that is no failure.
fn print(answer: &Answer) -> ExitCode {
    let mut out = io::stdout().lock();
    let written = out
        .write_all(answer.text.as_bytes())
        .and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("lab: the answer could not be written: {error}");
            ExitCode::from(2)
        }
        _ => ExitCode::from(answer.code),
    }
}
