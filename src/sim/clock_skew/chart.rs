//! The error of the clocks over a run, as curves.

use serde::Serialize;

use super::event::Event;
use super::machine::Machine;
use super::world::ClockSkew;
use crate::sim::clocks::{Bound, Clock};
use crate::sim::history::History;
use crate::sim::time::Micros;

/// The error of one machine's clock over a run, for a chart: straight lines between the points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorCurve {
    /// The machine's number.
    pub machine: u8,
    /// The points; two at one moment where the clock was set.
    pub points: Vec<ErrorPoint>,
}

/// A clock's error at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorPoint {
    /// The moment, in true time.
    pub at: Micros,
    /// What the clock read less what was true, in microseconds.
    pub error: i64,
    /// ε, what the machine believes the error to be at most either way, in microseconds.
    pub bound: i64,
}

/// The error of every machine's clock over the whole run.
pub fn clock_error(history: &History<ClockSkew>) -> Vec<ErrorCurve> {
    let curve = |machine: &Machine| {
        let settings = settings(machine, history);
        let ends = settings
            .iter()
            .skip(1)
            .map(|setting| setting.at)
            .chain([history.end()]);
        let points = settings
            .iter()
            .zip(ends)
            .flat_map(|(setting, until)| setting.points(until))
            .collect();
        ErrorCurve {
            machine: machine.number,
            points,
        }
    };
    history.start().machines().iter().map(curve).collect()
}

/// A clock and its bound as they were set at a moment.
struct Setting {
    at: Micros,
    clock: Clock,
    bound: Bound,
}

impl Setting {
    /// Where the curve begins, bends because a correction is made, and ends.
    fn points(&self, until: Micros) -> Vec<ErrorPoint> {
        let bend = self
            .clock
            .corrected_at()
            .filter(|bend| (self.at..until).contains(bend));
        let moments = [Some(self.at), bend, Some(until)];
        let point = |at| ErrorPoint {
            at,
            error: self.clock.error(at),
            bound: self.bound.of(&self.clock, at),
        };
        moments.into_iter().flatten().map(point).collect()
    }
}

/// How a machine's clock was set at the start and at every change.
fn settings(machine: &Machine, history: &History<ClockSkew>) -> Vec<Setting> {
    let mut settings = vec![Setting {
        at: Micros::ZERO,
        clock: machine.clock,
        bound: machine.bound,
    }];
    let mut bound = machine.bound;
    for entry in history.entries() {
        let clock = match &entry.event {
            Event::Answered(answer) if answer.machine == machine.number => {
                bound = answer.bound;
                answer.clock
            }
            Event::Jumped {
                machine: number,
                clock,
                ..
            } if *number == machine.number => *clock,
            _ => continue,
        };
        settings.push(Setting {
            at: entry.at,
            clock,
            bound,
        });
    }
    settings
}

/// The largest error of any clock at any moment of the run, in microseconds.
pub fn largest_error(history: &History<ClockSkew>) -> i64 {
    let curves = clock_error(history);
    let errors = curves.iter().flat_map(|curve| {
        curve
            .points
            .iter()
            .map(|point| point.error.saturating_abs())
    });
    errors.max().unwrap_or(0)
}
