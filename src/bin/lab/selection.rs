//! Which run is meant: the arguments that `run`, `trace` and `link` have in common.

use happens_before::sim::parameter::{Parameter, Rejected, Unit, quote};
use happens_before::sim::{self, Lab, Micros, Run, link};

use super::answer::{Problem, notice};
use super::arguments::{Argument, Arguments};

/// What stands before a run in an address.
const FRAGMENT: &str = "#run=";

/// A moment that a reader can look at.
const MOMENT: Parameter = Parameter::number(
    "--at",
    "The moment",
    Unit::Time,
    (0, Micros::LATEST.signed()),
    0,
    1,
);

/// A run as the arguments say it.
#[derive(Debug, Default)]
pub struct Selection {
    lab: Option<String>,
    scenario: Option<String>,
    link: Option<String>,
    settings: Vec<(String, String)>,
    seed: Option<u64>,
    actions: Option<String>,
    cursor: Option<Micros>,
}

impl Selection {
    /// Takes an argument if it says which run is meant; gives it back if it does not.
    pub fn take(
        &mut self,
        argument: Argument,
        arguments: &mut Arguments,
    ) -> Result<Option<Argument>, Problem> {
        let name = match &argument {
            Argument::Value(lab) if self.lab.is_none() => {
                self.lab = Some(lab.clone());
                return Ok(None);
            }
            Argument::Value(_) => return Ok(Some(argument)),
            Argument::Option(name) => name.as_str(),
        };
        match name {
            "--scenario" => self.scenario = Some(arguments.value()?),
            "--link" => self.link = Some(arguments.value()?),
            "--set" => self.settings.push(setting(arguments)?),
            "--seed" => self.seed = Some(arguments.number(SEED)?),
            "--do" => self.actions = Some(arguments.value()?),
            "--at" => self.cursor = Some(moment(&arguments.value()?)?),
            "--at-end" => self.cursor = Some(Micros::END),
            _ => return Ok(Some(argument)),
        }
        Ok(None)
    }

    /// The run. What is out of range is moved to the nearest value, with a notice.
    pub fn run(&self) -> Result<Run, Problem> {
        let link = self.link.as_deref().map(bare);
        let lab = self.lab(link)?;
        let mut run = match (link, &self.scenario) {
            (Some(_), Some(_)) => {
                return Err(Problem(
                    "--link and --scenario both say where to start; give one of them".to_owned(),
                ));
            }
            (Some(link), None) => read_link(lab, link)?,
            (None, Some(id)) => Run::scenario(lab, id).ok_or_else(|| {
                let known = lab.scenarios.iter().map(|scenario| scenario.id);
                Problem::unknown("scenario", id, known)
            })?,
            (None, None) => Run::of(lab),
        };
        run.seed = self.seed.unwrap_or(run.seed);
        for (id, text) in &self.settings {
            set(&mut run, id, text)?;
        }
        match &self.actions {
            Some(list) => act(&mut run, list)?,
            None => leave_out_strays(&mut run),
        }
        run.cursor = self.cursor.unwrap_or(run.cursor);
        Ok(run)
    }

    /// Whether the arguments name a moment.
    pub fn has_moment(&self) -> bool {
        self.cursor.is_some()
    }

    fn lab(&self, link: Option<&str>) -> Result<&'static Lab, Problem> {
        let linked = link.and_then(link::lab_id);
        let name = match (&self.lab, linked) {
            (Some(name), Some(linked)) if name != linked => {
                return Err(Problem(format!(
                    "the link is for {}, not for {}; leave the lab's name out, or the link",
                    quote(linked),
                    quote(name)
                )));
            }
            (Some(name), _) => name,
            (None, Some(linked)) => linked,
            (None, None) => {
                return Err(Problem(
                    "no lab is named; lab list says which there are".to_owned(),
                ));
            }
        };
        find(name)
    }
}

const SEED: &str = "a whole number from 0 to 18446744073709551615";

/// The lab, or the published specification, of that name.
pub fn find(name: &str) -> Result<&'static Lab, Problem> {
    let all = || sim::labs().iter().chain(sim::specs::SPECS).copied();
    all()
        .find(|lab| lab.id == name)
        .ok_or_else(|| Problem::unknown("lab", name, all().map(|lab| lab.id)))
}

/// `key=value`.
fn setting(arguments: &mut Arguments) -> Result<(String, String), Problem> {
    let text = arguments.value()?;
    match text.split_once('=') {
        Some((key, value)) => Ok((key.trim().to_owned(), value.trim().to_owned())),
        None => Err(arguments.problem(&format!(
            "--set takes a parameter and its value, such as loss=30%, not {}",
            quote(&text)
        ))),
    }
}

fn moment(text: &str) -> Result<Micros, Problem> {
    let value = match MOMENT.read(text) {
        Ok(value) => value,
        Err(rejected) => nearest(&MOMENT, rejected)?,
    };
    Ok(Micros::from_signed(value))
}

/// A link without the address that it stands in.
fn bare(text: &str) -> &str {
    text.split_once(FRAGMENT).map_or(text, |(_, link)| link)
}

fn read_link(lab: &'static Lab, text: &str) -> Result<Run, Problem> {
    if text.len() > link::LONGEST {
        let most = link::LONGEST;
        return Err(Problem(format!(
            "the link has {} bytes; no more than {most} are read",
            text.len()
        )));
    }
    let decoded = link::decode(lab, text);
    for said in decoded.notices {
        notice(&said.0);
    }
    Ok(decoded.run)
}

fn set(run: &mut Run, id: &str, text: &str) -> Result<(), Problem> {
    let parameters = run.lab.parameters;
    let Some(parameter) = parameters.iter().find(|parameter| parameter.id == id) else {
        let known = parameters.iter().map(|parameter| parameter.id);
        return Err(Problem::unknown("parameter", id, known));
    };
    match run.config.set_text(id, text) {
        Ok(()) => Ok(()),
        Err(rejected) => nearest(parameter, rejected).map(|_| ()),
    }
}

/// The nearest value to one that is out of range, with a notice; else what is wrong.
fn nearest(parameter: &Parameter, rejected: Rejected) -> Result<i64, Problem> {
    let Some(value) = rejected.nearest else {
        return Err(Problem(rejected.why));
    };
    notice(&format!(
        "{}; {} is used.",
        rejected.why,
        parameter.show(value)
    ));
    Ok(value)
}

/// Puts the actions of a list in place of those that the run has.
fn act(run: &mut Run, list: &str) -> Result<(), Problem> {
    run.actions.clear();
    let given = list
        .split(',')
        .filter(|text| !text.trim().is_empty())
        .count();
    if given > Run::MOST_ACTIONS || list.contains(';') {
        return Err(Problem(format!(
            "--do takes at most {} actions, with a comma between them, such as 120ms:write:n2,200ms:write:n1",
            Run::MOST_ACTIONS
        )));
    }
    // The run's link with these actions is read as any link is.
    let link = link::encode(run).replace(";do=;", &format!(";do={list};"));
    let decoded = link::decode(run.lab, &link);
    let said: Vec<String> = decoded.notices.into_iter().map(|notice| notice.0).collect();
    if decoded.run.actions.len() < given {
        let kinds: Vec<&str> = run.lab.actions.iter().map(|action| action.id).collect();
        return Err(Problem(format!(
            "--do was not taken. {} (The lab's actions: {}.)",
            said.join(" "),
            kinds.join(", ")
        )));
    }
    for sentence in said {
        notice(&sentence);
    }
    run.actions = decoded.run.actions;
    Ok(())
}

/// Leaves out what is done to nodes that the settings have taken away.
fn leave_out_strays(run: &mut Run) {
    let nodes = (run.lab.nodes)(&run.config);
    let before = run.actions.len();
    run.actions.retain(|action| action.on.is_within(nodes));
    let strays = before - run.actions.len();
    if strays > 0 {
        notice(&format!(
            "{strays} of the run's actions are left out: there are only {nodes} nodes."
        ));
    }
}
