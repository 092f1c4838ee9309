//! `lab list`: all labs.

use happens_before::sim;
use serde_json::json;

use super::answer::{Answer, Problem};
use super::arguments::{Argument, Arguments};
use super::table;

/// What the command takes.
pub const HELP: &str = "\
lab list [--json]

All labs, each with its title and what it shows.
";

/// Does it.
pub fn command(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let mut as_json = false;
    while let Some(argument) = arguments.next()? {
        match &argument {
            Argument::Option(name) if name == "--json" => as_json = true,
            _ => return Err(arguments.unexpected(&argument)),
        }
    }
    let labs = sim::labs().iter();
    if as_json {
        let labs = labs.map(|lab| {
            json!({
                "id": lab.id,
                "title": lab.title,
                "version": lab.version,
                "about": lab.about,
                "study": lab.study.is_some(),
            })
        });
        return Answer::json(&labs.collect::<Vec<_>>());
    }
    let rows = labs.map(|lab| [lab.id, lab.title, lab.about].map(str::to_owned).to_vec());
    Ok(Answer::text(table::aligned(rows)))
}
