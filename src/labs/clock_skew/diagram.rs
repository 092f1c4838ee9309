//! The run as a space-time diagram.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::kit::axis::{multiples, ratio, round_step};
use crate::kit::space_time::{Arrow, Diagram, Lane, Mark};
use crate::sim::clock_skew::{ClockSkew, LogEntry, What, report};
use crate::sim::clocks::Reading;
use crate::sim::time::span;
use crate::sim::{History, Micros};

/// A clock's ticks are so far apart that a whole run has about this many.
const TICKS: f64 = 6.0;

/// Everything that happened in a run.
pub fn of(history: &History<ClockSkew>) -> Diagram {
    let log = history.last().log();
    let lost: BTreeSet<u32> = report::lost_updates(log, history.last().order())
        .into_iter()
        .map(|update| update.write)
        .collect();
    let mut diagram = Diagram {
        lanes: lanes(history),
        marks: log
            .iter()
            .map(|entry| mark(entry, lost.contains(&entry.id)))
            .collect(),
        arrows: replication(log),
        ..Diagram::default()
    };
    add_time_server(&mut diagram, history);
    diagram
}

/// What the picture shows, for those who cannot see it.
pub fn in_words(diagram: &Diagram) -> String {
    let writes: Vec<_> = diagram
        .marks
        .iter()
        .filter(|mark| !mark.label.is_empty())
        .map(|mark| mark.title.clone())
        .collect();
    format!(
        "Space-time diagram of {} machines. {}",
        diagram.lanes.iter().filter(|lane| lane.colour > 0).count(),
        writes.join(". ")
    )
}

fn lanes(history: &History<ClockSkew>) -> Vec<Lane> {
    let step = round_step(history.end().signed().max(1), TICKS);
    report::clock_error(history)
        .into_iter()
        .map(|curve| {
            let readings: Vec<(Micros, i64)> = curve
                .points
                .iter()
                .map(|point| (point.at, Reading::perfect(point.at).0 + point.error))
                .collect();
            Lane {
                name: format!("n{}", curve.machine),
                colour: curve.machine,
                ticks: ticks(&readings, step),
                ..Lane::default()
            }
        })
        .collect()
}

/// When a clock shows round values. Between two points it runs evenly; where it was set back, a
/// value comes twice.
fn ticks(readings: &[(Micros, i64)], step: i64) -> Vec<(Micros, String)> {
    let mut ticks = Vec::new();
    for pair in readings.windows(2) {
        let [(begun, from), (done, to)] = pair else {
            continue;
        };
        if to <= from || done == begun {
            continue;
        }
        let length = done.minus(*begun).signed();
        for value in multiples(*from, *to, step) {
            let share = ratio(value - from, to - from);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a place in a picture, to the microsecond"
            )]
            let at = begun.plus(Micros::from_signed((ratio(length, 1) * share) as i64));
            ticks.push((at, short(value, step)));
        }
    }
    ticks
}

/// A reading with only as many digits as tell ticks apart: `00.040`, `59:58`.
fn short(reading: i64, step: i64) -> String {
    let whole = Reading(reading).to_string();
    let (minutes, rest) = whole.split_at(whole.len().min(3));
    if step >= 1_000_000 {
        let seconds = rest.split('.').next().unwrap_or(rest);
        return if step >= 60_000_000 {
            format!("{minutes}{}", seconds.get(..2).unwrap_or(seconds))
        } else {
            seconds.to_owned()
        };
    }
    rest.get(3..).unwrap_or(rest).to_owned()
}

fn mark(entry: &Arc<LogEntry>, lost: bool) -> Mark {
    let is_write = entry.what.is_write();
    let fate = if lost { "; this update is lost" } else { "" };
    Mark {
        lane: usize::from(entry.machine.saturating_sub(1)),
        at: entry.begun,
        until: entry.done,
        label: if is_write {
            entry.what.value().to_string()
        } else {
            String::new()
        },
        note: if is_write {
            entry.stamp.to_string()
        } else {
            String::new()
        },
        lost,
        title: format!("{entry}, truly at {}{fate}", Reading::perfect(entry.begun)),
        ..Mark::default()
    }
}

/// From each write to its arrivals.
fn replication(log: &[Arc<LogEntry>]) -> Vec<Arrow> {
    let writes: BTreeMap<u32, &Arc<LogEntry>> = log.iter().map(|entry| (entry.id, entry)).collect();
    let arrow = |entry: &Arc<LogEntry>| {
        let What::Apply { write, .. } = entry.what else {
            return None;
        };
        let write = writes.get(&write)?;
        Some(Arrow::new(
            (lane(write.machine), write.done),
            (lane(entry.machine), entry.begun),
        ))
    };
    log.iter().filter_map(arrow).collect()
}

/// A line for the time server, if anybody asked it.
fn add_time_server(diagram: &mut Diagram, history: &History<ClockSkew>) {
    let exchanges = report::exchanges(history);
    if exchanges.is_empty() {
        return;
    }
    let server = diagram.lanes.len();
    diagram.lanes.push(Lane {
        name: "time".to_owned(),
        ..Lane::default()
    });
    for answer in exchanges {
        let machine = lane(answer.machine);
        diagram.arrows.extend([
            Arrow::new((machine, answer.asked), (server, answer.arrived)),
            Arrow::new((server, answer.left), (machine, answer.answered)),
        ]);
        diagram.marks.push(Mark {
            lane: machine,
            at: answer.answered,
            until: answer.answered,
            title: format!(
                "n{} learns that it is off by {}",
                answer.machine,
                span(answer.exchange.offset())
            ),
            ..Mark::default()
        });
    }
}

fn lane(machine: u8) -> usize {
    usize::from(machine.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_has_as_many_digits_as_it_needs() {
        let reading = Reading::START.0 + 140_000;
        assert_eq!(short(reading, 20_000), "00.040");
        assert_eq!(short(reading, 5_000_000), "00:00");
        assert_eq!(short(reading, 120_000_000), "14:00");
    }

    #[test]
    fn a_fast_clock_shows_its_round_values_early() {
        let fast = [(Micros(0), 50), (Micros(1_000), 1_050)];
        let at: Vec<u64> = ticks(&fast, 100).into_iter().map(|(at, _)| at.0).collect();
        assert_eq!(at.first(), Some(&50));
        assert_eq!(at.len(), 10);
    }

    #[test]
    fn a_clock_that_is_set_back_shows_a_value_twice() {
        let stepped = [
            (Micros(0), 0),
            (Micros(150), 150),
            (Micros(150), 50),
            (Micros(250), 150),
        ];
        assert_eq!(ticks(&stepped, 100).len(), 3);
    }
}
