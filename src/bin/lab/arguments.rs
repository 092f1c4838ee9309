//! The program's arguments, one after the other.

use std::ffi::OsString;
use std::str::FromStr;

use happens_before::sim::parameter::quote;

use super::answer::Problem;

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `--name`; what it is set to, if anything, is read by [`Arguments::value`].
    Option(String),
    /// Anything else.
    Value(String),
}

/// What is left of the arguments.
#[derive(Debug)]
pub struct Arguments {
    parser: lexopt::Parser,
    /// The command that they belong to, for messages.
    command: String,
    /// The option that was read last, for messages.
    option: String,
}

impl Arguments {
    /// Those that the program was called with.
    pub fn of_this_program() -> Self {
        Self::over(lexopt::Parser::from_env())
    }

    fn over(parser: lexopt::Parser) -> Self {
        Self {
            parser,
            command: String::new(),
            option: String::new(),
        }
    }

    /// The name of a command; nothing at the end, or where help is asked for.
    pub fn command(&mut self) -> Result<Option<String>, Problem> {
        match self.next()? {
            None => Ok(None),
            Some(Argument::Value(name)) => Ok(Some(name)),
            Some(Argument::Option(name)) if is_help(&name) => Ok(None),
            Some(argument) => Err(self.unexpected(&argument)),
        }
    }

    /// Says, for messages, which command what follows belongs to.
    pub fn named(&mut self, command: &str) {
        command.clone_into(&mut self.command);
    }

    /// Whether help is asked for anywhere in what follows.
    pub fn ask_for_help(&mut self) -> bool {
        self.parser.try_raw_args().is_some_and(|raw| {
            raw.as_slice()
                .iter()
                .any(|argument| argument == "--help" || argument == "-h")
        })
    }

    /// The next argument.
    pub fn next(&mut self) -> Result<Option<Argument>, Problem> {
        let argument = match self.parser.next() {
            Ok(None) => return Ok(None),
            Ok(Some(lexopt::Arg::Long(name))) => Argument::Option(format!("--{name}")),
            Ok(Some(lexopt::Arg::Short(letter))) => Argument::Option(format!("-{letter}")),
            Ok(Some(lexopt::Arg::Value(value))) => Argument::Value(text(value)?),
            Err(error) => return Err(self.problem(&error.to_string())),
        };
        if let Argument::Option(name) = &argument {
            name.clone_into(&mut self.option);
        }
        Ok(Some(argument))
    }

    /// What the option that was read last is set to.
    pub fn value(&mut self) -> Result<String, Problem> {
        let value = self.parser.value();
        match value {
            Ok(value) => text(value),
            Err(_) => Err(self.problem(&format!("{} needs a value behind it", self.option))),
        }
    }

    /// The same as a number; `expected` says which: `a whole number from 1 on`.
    pub fn number<N: FromStr>(&mut self, expected: &str) -> Result<N, Problem> {
        let value = self.value()?;
        value.trim().parse().ok().ok_or_else(|| {
            let option = &self.option;
            self.problem(&format!("{option} takes {expected}, not {}", quote(&value)))
        })
    }

    /// Nothing may follow.
    pub fn end(&mut self) -> Result<(), Problem> {
        match self.next()? {
            None => Ok(()),
            Some(argument) => Err(self.unexpected(&argument)),
        }
    }

    /// An argument that the command does not know.
    pub fn unexpected(&self, argument: &Argument) -> Problem {
        self.problem(&match argument {
            Argument::Option(name) => format!("there is no option {}", quote(name)),
            Argument::Value(value) => format!("nothing is expected at {}", quote(value)),
        })
    }

    /// What is wrong with the arguments, with where to look up what would be right.
    pub fn problem(&self, wrong: &str) -> Problem {
        let help = format!("lab help {}", self.command);
        Problem(format!("{wrong}; see: {}", help.trim_end()))
    }
}

fn is_help(option: &str) -> bool {
    option == "--help" || option == "-h"
}

fn text(value: OsString) -> Result<String, Problem> {
    value.into_string().map_err(|value| {
        Problem(format!(
            "the argument {} is no text in UTF-8",
            quote(&value.to_string_lossy())
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Arguments {
        let mut arguments = Arguments::over(lexopt::Parser::from_args(words));
        arguments.named("run");
        arguments
    }

    #[test]
    fn a_value_may_begin_with_a_dash_behind_its_option() {
        let mut arguments = arguments(&["--at", "-5ms", "-"]);
        assert_eq!(
            arguments.next(),
            Ok(Some(Argument::Option("--at".to_owned())))
        );
        assert_eq!(arguments.value(), Ok("-5ms".to_owned()));
        assert_eq!(arguments.next(), Ok(Some(Argument::Value("-".to_owned()))));
        assert_eq!(arguments.next(), Ok(None));
    }

    #[test]
    fn what_is_wrong_is_said_with_where_to_look() {
        let mut wrong = arguments(&["--runs", "many", "more", "--at"]);
        wrong.next().unwrap();
        let number = wrong.number::<u64>("a whole number from 1 on");
        assert_eq!(
            number.unwrap_err().0,
            "--runs takes a whole number from 1 on, not “many”; see: lab help run"
        );
        assert_eq!(
            wrong.end().unwrap_err().0,
            "nothing is expected at “more”; see: lab help run"
        );
        wrong.next().unwrap();
        assert_eq!(
            wrong.value().unwrap_err().0,
            "--at needs a value behind it; see: lab help run"
        );
    }
}
