//! What passes between a page and the worker that makes its runs: text (JSON) in both directions.

use serde::{Deserialize, Serialize};

use super::Batch;
use super::figures::Figures;
use super::hunt::Hunt;
use super::seeds::Seeds;
use super::sweep::Sweep;
use crate::sim::link;
use crate::sim::parameter::quote;
use crate::sim::run::Run;
use crate::sim::search::Limits;

/// The most values that a sweep gives a parameter.
const MOST_VALUES: u16 = 21;

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Makes these runs, and no others any more.
    Start(Job),
    /// Makes no more runs of the job with this number.
    Cancel(u64),
}

/// Many runs that somebody wants made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Its number. All that is said of a job carries it, so that what comes late is known as late.
    pub id: u64,
    /// The run that they start from: a link with the lab's name.
    pub run: String,
    /// Which runs.
    pub work: Work,
}

/// Which runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// The run under many seeds, see [`Seeds`].
    Seeds {
        /// How many seeds, for each value of the parameter.
        count: u64,
        /// The id of a parameter that takes one value after the other.
        sweep: Option<String>,
    },
    /// The lab's own study, see [`crate::sim::Lab::study`].
    Study,
    /// A search from the run's cursor for a run that breaks a promise.
    Search {
        /// The promise's id; nothing for any of them.
        property: Option<String>,
        /// What is tried.
        limits: Limits,
    },
}

/// What is said of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Report {
    /// The worker has been loaded and listens.
    Ready,
    /// So many runs of a job have been made.
    Progress {
        /// The job's number.
        id: u64,
        /// How many runs have been made.
        done: u64,
        /// How many there will be.
        total: u64,
    },
    /// What the runs so far show.
    Figures {
        /// The job's number.
        id: u64,
        /// What they show.
        figures: Figures,
    },
    /// All runs have been made, and the last figures sent.
    Finished(u64),
    /// A job could not be done, or a request not be read.
    Failed {
        /// The job's number, if the request had one.
        id: Option<u64>,
        /// What was wrong and what to do, one or two sentences.
        why: String,
    },
}

impl Request {
    /// The request as text.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a request.
    ///
    /// # Errors
    /// What is wrong with the text, as the report that answers it.
    pub fn read(text: &str) -> Result<Self, Report> {
        serde_json::from_str(text).map_err(|error| Report::Failed {
            id: None,
            why: format!("A request for runs could not be read ({error}); reload the page."),
        })
    }
}

impl Report {
    /// The report as text.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a report; nothing where the text is none.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The number of the job that it is about, if it is about one.
    pub fn job(&self) -> Option<u64> {
        match self {
            Self::Ready => None,
            Self::Progress { id, .. } | Self::Figures { id, .. } | Self::Finished(id) => Some(*id),
            Self::Failed { id, .. } => *id,
        }
    }
}

impl Job {
    /// The batch that makes the runs.
    ///
    /// # Errors
    /// What was wrong with the job, and what to do.
    pub fn batch(&self) -> Result<Box<dyn Batch>, String> {
        let base = read_run(&self.run)?;
        match &self.work {
            Work::Study => base.lab.study.map(|study| study(&base)).ok_or_else(|| {
                format!(
                    "The lab {} has no study; start runs under many seeds instead.",
                    base.lab.id
                )
            }),
            Work::Search { property, limits } => {
                match Hunt::new(&base, property.as_deref(), *limits) {
                    Some(hunt) => Ok(Box::new(hunt)),
                    None => Err(format!(
                        "The lab {} has no protocol to search; start runs under many seeds instead.",
                        base.lab.id
                    )),
                }
            }
            Work::Seeds { count, sweep } => {
                if !(1..=Seeds::MOST).contains(count) {
                    return Err(format!(
                        "{count} seeds were asked for; choose from 1 to {}.",
                        Seeds::MOST
                    ));
                }
                let sweep = match sweep {
                    Some(id) => Some(read_sweep(&base, id)?),
                    None => None,
                };
                Ok(Box::new(Seeds::new(base, *count, sweep)))
            }
        }
    }
}

/// A run that has to be right as it stands: other runs than those asked for would mislead.
fn read_run(text: &str) -> Result<Run, String> {
    let id = link::lab_id(text).unwrap_or_default();
    let Some(lab) = crate::sim::lab(id) else {
        let known: Vec<&str> = crate::sim::labs().iter().map(|lab| lab.id).collect();
        return Err(format!(
            "There is no lab {} here; there are {}. Reload the page to get one edition of it all.",
            quote(id),
            known.join(", ")
        ));
    };
    let decoded = link::decode(lab, text);
    match decoded.notices.first() {
        None => Ok(decoded.run),
        Some(notice) => Err(format!("{notice} Open the run anew and start again.")),
    }
}

fn read_sweep(base: &Run, id: &str) -> Result<Sweep, String> {
    let parameters = base.lab.parameters;
    let found = parameters.iter().find(|parameter| parameter.id == id);
    found
        .map(|parameter| Sweep::over(parameter, MOST_VALUES))
        .ok_or_else(|| {
            let known: Vec<&str> = parameters.iter().map(|parameter| parameter.id).collect();
            format!(
                "The lab {} has nothing called {} to vary; it has {}.",
                base.lab.id,
                quote(id),
                known.join(", ")
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(run: &str, work: Work) -> Job {
        Job {
            id: 1,
            run: run.to_owned(),
            work,
        }
    }

    /// What is said about a job that cannot be done.
    fn check(run: &str, work: Work, expected: &str) {
        assert_eq!(job(run, work).batch().map(|_| ()), Err(expected.to_owned()));
    }

    const TEN: Work = Work::Seeds {
        count: 10,
        sweep: None,
    };

    #[test]
    fn a_job_that_makes_no_sense_is_answered_with_what_to_do() {
        check(
            "tea-time;seed=1",
            TEN,
            &format!(
                "There is no lab “tea-time” here; there are {}. Reload the page to get one edition of it all.",
                crate::sim::labs()
                    .iter()
                    .map(|lab| lab.id)
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        );
        check(
            "clock-skew;colour=red",
            TEN,
            "The lab has nothing called “colour” to set; it was ignored. Open the run anew and start again.",
        );
        check(
            "clock-skew",
            Work::Seeds {
                count: 0,
                sweep: None,
            },
            "0 seeds were asked for; choose from 1 to 100000.",
        );
        check(
            "clock-skew",
            Work::Study,
            "The lab clock-skew has no study; start runs under many seeds instead.",
        );
        let sweep = Work::Seeds {
            count: 1,
            sweep: Some("colour".to_owned()),
        };
        let why = job("clock-skew", sweep).batch().map(|_| ()).unwrap_err();
        assert!(
            why.starts_with(
                "The lab clock-skew has nothing called “colour” to vary; it has machines, "
            ),
            "{why}"
        );
    }

    #[test]
    fn a_request_is_read_as_it_was_written() {
        let sweep = Work::Seeds {
            count: 7,
            sweep: Some("offset".to_owned()),
        };
        for request in [
            Request::Start(job("clock-skew;seed=1", sweep)),
            Request::Start(job("clock-skew", Work::Study)),
            Request::Cancel(u64::MAX),
        ] {
            assert_eq!(Request::read(&request.write()), Ok(request));
        }
    }
}
