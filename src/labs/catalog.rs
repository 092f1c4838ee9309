//! What the book's build may ask of the labs: the table of contents of `sim`, as `book` wants it.

use crate::book::search::LabWords;
use crate::book::{Catalog, LabCard, Refusal};
use crate::sim::{self, Lab, Run, link};

/// All labs of the program.
#[derive(Clone, Copy, Debug)]
pub struct Labs;

impl Catalog for Labs {
    fn names(&self) -> Vec<String> {
        sim::labs().iter().map(|lab| lab.id.to_owned()).collect()
    }

    fn lab(&self, name: &str) -> Option<LabCard> {
        sim::lab(name).map(card)
    }

    fn check_run(&self, lab: &str, run: &str) -> Result<(), Refusal> {
        decode(lab, run).map(|_| ())
    }

    fn probe(&self, lab: &str, run: &str, probe: &str) -> Result<i64, Refusal> {
        let run = decode(lab, run)?;
        run.lab.engine.probe(&run, probe).ok_or_else(|| Refusal {
            what: format!("the run has no number {probe:?}"),
            fix: format!("the lab's numbers are: {}", card(run.lab).probes.join(", ")),
        })
    }
}

/// How search finds a lab: by what it is about, its scenarios and its challenges.
#[must_use]
pub fn words_of(lab: &str) -> Option<LabWords> {
    let lab = sim::lab(lab)?;
    let scenarios = lab.scenarios.iter().map(|scenario| scenario.name);
    let challenges = lab.challenges.iter().map(|challenge| challenge.name);
    let text: Vec<&str> = [lab.about]
        .into_iter()
        .chain(scenarios)
        .chain(challenges)
        .collect();
    Some(LabWords {
        title: lab.title.to_owned(),
        text: text.join("\n"),
    })
}

fn card(lab: &'static Lab) -> LabCard {
    let own = ["v", "seed", "do", "at"].map(str::to_owned);
    let parameters = lab
        .parameters
        .iter()
        .map(|parameter| parameter.id.to_owned());
    LabCard {
        scenarios: lab
            .scenarios
            .iter()
            .map(|scenario| scenario.id.to_owned())
            .collect(),
        keys: parameters.chain(own).collect(),
        probes: lab.probes.iter().map(|probe| probe.id.to_owned()).collect(),
    }
}

/// A run that stands in the content has to be right as it stands: any notice refuses it.
fn decode(lab: &str, run: &str) -> Result<Run, Refusal> {
    let Some(lab) = sim::lab(lab) else {
        return Err(Refusal {
            what: format!("there is no lab {lab:?}"),
            fix: "name one of the labs".to_owned(),
        });
    };
    let decoded = link::decode(lab, run);
    match decoded.notices.first() {
        None => Ok(decoded.run),
        Some(notice) => Err(Refusal {
            what: notice.to_string(),
            fix: "write the run so that the lab takes it as it stands".to_owned(),
        }),
    }
}
