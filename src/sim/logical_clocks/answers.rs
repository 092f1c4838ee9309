//! The reader's own stamps: read from text, and marked.

use super::report::computation;
use super::stamps::{Shown, show};
use super::world::LogicalClocks;
use crate::sim::causality::{
    Computation, HybridRule, Judgement, LamportRule, Rule, VectorRule, VectorStamp, check,
};
use crate::sim::clocks::{Hybrid, Lamport, Reading};

/// A reader's answer, marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What it is worth; nothing if it could not be read.
    pub judgement: Option<Judgement>,
    /// One sentence that says why. It gives nothing away where there is no answer yet.
    pub sentence: String,
}

/// Marks the reader's stamps, one text for each event in the order of time, by the clock that the
/// world shows (Lamport's where the process is added). Texts missing or empty are no answer yet.
pub fn mark(world: &LogicalClocks, texts: &[String]) -> Vec<Answered> {
    let Some(computation) = computation(world) else {
        return Vec::new();
    };
    let readings: Vec<Reading> = world
        .happenings()
        .iter()
        .map(|happening| happening.stamps.reading)
        .collect();
    let width = world.names().len();
    match world.shown() {
        Shown::Lamport | Shown::Total => marked(&computation, &LamportRule, texts, lamport),
        Shown::Vector => marked(&computation, &VectorRule, texts, |text| vector(text, width)),
        Shown::Hybrid => {
            let rule = HybridRule {
                readings: &readings,
                show,
            };
            marked(&computation, &rule, texts, hybrid)
        }
    }
}

fn marked<R: Rule>(
    computation: &Computation,
    rule: &R,
    texts: &[String],
    read: impl Fn(&str) -> Result<R::Stamp, String>,
) -> Vec<Answered> {
    let given: Vec<Option<Result<R::Stamp, String>>> = computation
        .ids()
        .map(|id| {
            let text = texts.get(id.0).map_or("", |text| text.trim());
            (!text.is_empty()).then(|| read(text))
        })
        .collect();
    let answers: Vec<Option<R::Stamp>> = given
        .iter()
        .map(|answer| answer.as_ref()?.as_ref().ok().cloned())
        .collect();
    let marks = check(computation, rule, &answers);
    marks
        .into_iter()
        .zip(&given)
        .map(|(mark, answer)| match answer {
            Some(Err(why)) => Answered {
                judgement: None,
                sentence: why.clone(),
            },
            _ => Answered {
                judgement: Some(mark.judgement),
                sentence: mark.sentence,
            },
        })
        .collect()
}

fn lamport(text: &str) -> Result<Lamport, String> {
    text.parse()
        .map(Lamport)
        .map_err(|_not_a_number| "Write a whole number, such as 3.".to_owned())
}

fn vector(text: &str, width: usize) -> Result<VectorStamp, String> {
    let counts: Result<Vec<u32>, _> = numbers(text).map(str::parse).collect();
    match counts {
        Ok(counts) if counts.len() == width => Ok(VectorStamp(counts)),
        _ => {
            let example: Vec<String> = (0..width).map(|entry| entry.to_string()).collect();
            Err(format!(
                "Write {width} whole numbers, one for each process, such as [{}].",
                example.join(",")
            ))
        }
    }
}

fn hybrid(text: &str) -> Result<Hybrid, String> {
    let plain = text.replace('−', "-");
    let mut parts = numbers(&plain);
    let read = match (parts.next(), parts.next(), parts.next()) {
        (Some(l), Some(c), None) => millis(l).zip(c.parse().ok()),
        _ => None,
    };
    read.map(|(l, c)| Hybrid { l, c })
        .ok_or_else(|| "Write l in milliseconds and c, such as (40, 2).".to_owned())
}

/// What stands between brackets, commas and blanks.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',' | ';'))
        .filter(|part| !part.is_empty())
}

/// A reading as [`show`] writes it. Physical clocks count whole milliseconds.
fn millis(text: &str) -> Option<Reading> {
    let millis: i64 = text.parse().ok()?;
    Some(Reading(millis.checked_mul(1_000)?))
}
