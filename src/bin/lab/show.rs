//! `lab show`: a lab's declaration.

use std::fmt::Write as _;

use happens_before::sim::parameter::{Kind, Parameter};
use happens_before::sim::{ActionKind, Cursor, Lab, Scenario, Target};
use serde_json::{Value, json};

use super::answer::{Answer, Problem};
use super::arguments::{Argument, Arguments};
use super::selection;

/// What the command takes.
pub const HELP: &str = "\
lab show LAB [--json]

A lab's parameters with unit, range and default, its actions, scenarios, challenges, predictions,
the numbers that it measures (probes), and the published results that it is checked against.
";

/// Does it.
pub fn command(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let mut name = None;
    let mut as_json = false;
    while let Some(argument) = arguments.next()? {
        match &argument {
            Argument::Option(option) if option == "--json" => as_json = true,
            Argument::Value(lab) if name.is_none() => name = Some(lab.clone()),
            _ => return Err(arguments.unexpected(&argument)),
        }
    }
    let name = name.ok_or_else(|| arguments.problem("no lab is named"))?;
    let lab = selection::find(&name)?;
    if as_json {
        Answer::json(&as_value(lab))
    } else {
        Ok(Answer::text(in_words(lab)))
    }
}

/// The unit's name in links and in JSON: `us`, `ppm`, `pct`; empty for plain counts and what is no
/// number.
pub fn unit(parameter: &Parameter) -> String {
    let one = parameter.unit().map(|unit| unit.write(1));
    one.map_or_else(String::new, |one| one.trim_start_matches('1').to_owned())
}

fn in_words(lab: &Lab) -> String {
    let mut page = Page(format!(
        "{} ({}), version {}\n{}\n",
        lab.title, lab.id, lab.version, lab.about
    ));
    page.part("Parameters (--set KEY=VALUE)");
    for parameter in lab.parameters {
        page.parameter(parameter);
    }
    page.part("Actions (--do MOMENT:ACTION…)");
    for action in lab.actions {
        page.action(action);
    }
    page.part("Scenarios (--scenario ID)");
    for scenario in lab.scenarios {
        let what = format!("{}: {}", scenario.name, scenario.try_first);
        page.item(scenario.id, &[&what, &differences(scenario)]);
    }
    page.part("Challenges");
    for challenge in lab.challenges {
        let what = format!("{}: {}", challenge.name, challenge.task);
        page.item(challenge.id, &[&what, &format!("from {}", challenge.from)]);
    }
    page.part("Predictions");
    for prediction in lab.predictions {
        let about = format!("of {}, answered by {}", prediction.run, prediction.probe);
        page.item(prediction.id, &[prediction.question, &about]);
    }
    page.part("Numbers that a run gives (probes)");
    for probe in lab.probes {
        page.item(probe.id, &[&format!("{}: {}", probe.label, probe.help)]);
    }
    page.part("References");
    for reference in lab.references {
        let figures = format!(
            "published {}; reached {}; tolerance {}",
            reference.published, reference.reached, reference.tolerance
        );
        page.item(reference.what, &[reference.source, &figures]);
    }
    page.finish()
}

/// How a scenario differs from the defaults, with its seed.
fn differences(scenario: &Scenario) -> String {
    let values = scenario
        .values
        .iter()
        .map(|(id, text)| format!("{id}={text}"));
    let mut parts = vec![format!("seed={}", scenario.seed)];
    parts.extend(values);
    if !scenario.actions.is_empty() {
        parts.push(format!("{} actions", scenario.actions.len()));
    }
    parts.join(", ")
}

/// The values that a parameter takes and the one that it has, as `--set` reads them.
fn values(parameter: &Parameter) -> String {
    let default = parameter.write(parameter.default_value());
    match parameter.kind {
        Kind::Number { zero, .. } => {
            let (min, max) = parameter.range();
            let zero = zero.map_or_else(String::new, |word| format!(" (0 is {word})"));
            format!(
                "{} to {}{zero}, default {default}",
                parameter.write(min),
                parameter.write(max)
            )
        }
        Kind::Switch { .. } => format!("on or off, default {default}"),
        Kind::Choice { options, .. } => {
            let ids: Vec<&str> = options.iter().map(|choice| choice.id).collect();
            format!("{}, default {default}", ids.join(" or "))
        }
    }
}

/// What an action looks like in `--do`, after its moment.
fn form(action: &ActionKind) -> String {
    let on = match action.on {
        Target::Node => ":n2",
        Target::Link => ":n1-n2",
        Target::Nodes => ":n1.n2",
        Target::Message => ":m7",
        Target::None => "",
    };
    let amount = action.amount.map_or_else(String::new, |amount| {
        format!(":{}", amount.write(amount.default_value()))
    });
    format!("120ms:{}{on}{amount}", action.id)
}

/// The text so far; a heading is written when something stands under it.
struct Page(String);

impl Page {
    fn part(&mut self, title: &str) {
        self.drop_empty_part();
        // Writing to a string cannot fail.
        let _ = write!(self.0, "\n{title}\n");
    }

    /// Takes back a heading under which nothing stands.
    fn drop_empty_part(&mut self) {
        if let Some(heading) = self.0.rfind("\n\n").filter(|at| {
            let rest = self.0.get(at + 2..).unwrap_or_default();
            rest.lines().count() == 1
        }) {
            self.0.truncate(heading + 1);
        }
    }

    /// A name, and lines about it.
    fn item(&mut self, name: &str, lines: &[&str]) {
        let _ = writeln!(self.0, "  {name}");
        for line in lines.iter().filter(|line| !line.is_empty()) {
            let _ = writeln!(self.0, "      {line}");
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        let what = format!("{}: {}", parameter.label, parameter.help);
        self.item(parameter.id, &[&values(parameter), &what]);
        if let Kind::Choice { options, .. } = parameter.kind {
            for choice in options {
                let _ = writeln!(self.0, "        {}: {}", choice.id, choice.help);
            }
        }
    }

    fn action(&mut self, action: &ActionKind) {
        let amount = action.amount.map_or_else(String::new, |amount| {
            format!("{}: {}", amount.label, values(&amount))
        });
        let what = format!("{}: {}", action.label, action.help);
        self.item(action.id, &[&form(action), &what, &amount]);
    }

    fn finish(mut self) -> String {
        self.drop_empty_part();
        self.0
    }
}

fn as_value(lab: &Lab) -> Value {
    let actions = lab.actions.iter().map(|action| {
        json!({
            "id": action.id, "label": action.label, "help": action.help, "form": form(action),
            "amount": action.amount.as_ref().map(parameter_value),
        })
    });
    let challenges = lab.challenges.iter().map(|challenge| {
        json!({
            "id": challenge.id, "name": challenge.name, "task": challenge.task,
            "from": challenge.from, "hint": challenge.hint, "solution": challenge.solution,
        })
    });
    let predictions = lab.predictions.iter().map(|prediction| {
        json!({
            "id": prediction.id, "question": prediction.question, "run": prediction.run,
            "answers": prediction.answers, "probe": prediction.probe, "why": prediction.why,
        })
    });
    let probes = lab
        .probes
        .iter()
        .map(|probe| json!({ "id": probe.id, "label": probe.label, "help": probe.help }));
    let references = lab.references.iter().map(|reference| {
        json!({
            "what": reference.what, "source": reference.source, "published": reference.published,
            "reached": reference.reached, "tolerance": reference.tolerance,
        })
    });
    json!({
        "id": lab.id,
        "title": lab.title,
        "version": lab.version,
        "about": lab.about,
        "study": lab.study.is_some(),
        "parameters": lab.parameters.iter().map(parameter_value).collect::<Vec<_>>(),
        "actions": actions.collect::<Vec<_>>(),
        "scenarios": lab.scenarios.iter().map(scenario_value).collect::<Vec<_>>(),
        "challenges": challenges.collect::<Vec<_>>(),
        "predictions": predictions.collect::<Vec<_>>(),
        "probes": probes.collect::<Vec<_>>(),
        "references": references.collect::<Vec<_>>(),
    })
}

fn parameter_value(parameter: &Parameter) -> Value {
    let (min, max) = parameter.range();
    let (kind, options) = match parameter.kind {
        Kind::Number { .. } => ("number", Vec::new()),
        Kind::Switch { .. } => ("switch", Vec::new()),
        Kind::Choice { options, .. } => ("choice", options.to_vec()),
    };
    let options = options
        .iter()
        .map(|choice| json!({ "id": choice.id, "label": choice.label, "help": choice.help }));
    json!({
        "id": parameter.id,
        "label": parameter.label,
        "help": parameter.help,
        "group": parameter.group,
        "kind": kind,
        "unit": unit(parameter),
        "min": parameter.write(min),
        "max": parameter.write(max),
        "default": parameter.write(parameter.default_value()),
        "options": options.collect::<Vec<_>>(),
    })
}

fn scenario_value(scenario: &Scenario) -> Value {
    let values = scenario
        .values
        .iter()
        .map(|(id, text)| json!({ "id": id, "value": text }));
    json!({
        "id": scenario.id,
        "name": scenario.name,
        "try_first": scenario.try_first,
        "seed": scenario.seed,
        "values": values.collect::<Vec<_>>(),
        "actions": scenario.actions,
        "cursor_us": match scenario.cursor {
            Cursor::End => None,
            Cursor::At(at) => Some(at.0),
        },
    })
}
