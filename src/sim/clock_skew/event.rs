//! What happens in the world, and how it is told.

use serde::Serialize;

use super::entry::{LogEntry, What};
use crate::sim::clocks::{Bound, Clock, Exchange, Reading};
use crate::sim::time::{Micros, span};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Event {
    /// An entry was stamped; it is released only when its stamp has certainly passed.
    Stamped(LogEntry),
    /// An entry was finished: the register compared, replication sent, the log line visible.
    Logged(LogEntry),
    /// A machine asked the time server.
    Asked {
        /// The machine's number.
        machine: u8,
        /// When, by its own clock.
        reading: Reading,
    },
    /// A machine should have asked, but has not been answered yet.
    StillAsking {
        /// The machine's number.
        machine: u8,
    },
    /// An answer of the time server arrived.
    Answered(Answer),
    /// The reader made a clock jump.
    Jumped {
        /// The machine's number.
        machine: u8,
        /// By how much, in microseconds.
        by: i64,
        /// What the clock showed before.
        from: Reading,
        /// The clock from now on.
        clock: Clock,
    },
    /// The reader acted on a machine that is not there.
    Nobody {
        /// The machine's number.
        machine: u8,
    },
}

/// What a machine learned from the time server, what was true, and what it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The machine's number.
    pub machine: u8,
    /// When the question left, in true time.
    pub asked: Micros,
    /// When it arrived at the server, in true time.
    pub arrived: Micros,
    /// When the answer left the server, in true time.
    pub left: Micros,
    /// When the answer arrived, in true time.
    pub answered: Micros,
    /// The four timestamps.
    pub exchange: Exchange,
    /// How far true time was ahead of the machine's clock when the answer arrived, in microseconds.
    pub true_offset: i64,
    /// What the machine did.
    pub correction: Correction,
    /// The machine's clock from now on.
    pub clock: Clock,
    /// What the machine believes its clock's error to be at most from now on.
    pub bound: Bound,
}

/// What a machine does with an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Correction {
    /// Sets the clock at once.
    Step,
    /// Runs the clock faster or slower for a while.
    Slew,
    /// Nothing: by its own clock the answer came before the question.
    Refused,
}

impl Answer {
    /// How far the estimate is from the truth, in microseconds.
    pub const fn error(&self) -> i64 {
        self.exchange.offset() - self.true_offset
    }

    /// Whether the estimate is as close to the truth as the exchange promises.
    pub const fn keeps_its_bound(&self) -> bool {
        self.error().unsigned_abs() <= self.exchange.bound().unsigned_abs()
    }
}

impl Event {
    /// One plain sentence: what happened and why.
    pub fn sentence(&self) -> String {
        match self {
            Self::Stamped(entry) => format!(
                "n{} {}, stamped {}; it waits until that has passed for certain, {} from now",
                entry.machine,
                began(entry),
                entry.stamp,
                span(entry.waited().signed())
            ),
            Self::Logged(entry) => logged(entry),
            Self::Asked { machine, reading } => {
                format!("n{machine} asks the time server; its clock reads {reading}")
            }
            Self::StillAsking { machine } => format!(
                "n{machine} does not ask again: it still waits for the time server's last answer"
            ),
            Self::Answered(answer) => answered(answer),
            Self::Jumped {
                machine,
                by,
                from,
                clock: _,
            } => {
                let way = if *by < 0 { "back" } else { "forward" };
                format!(
                    "n{machine}'s clock jumps {way} by {}, from {from} to {}; nobody tells n{machine}",
                    span(by.saturating_abs()),
                    from.plus(*by)
                )
            }
            Self::Nobody { machine } => {
                format!("nothing happens: there is no n{machine} that could do it")
            }
        }
    }
}

fn began(entry: &LogEntry) -> String {
    match entry.what {
        What::Write { value, upon: None } => format!("begins to write x = {value}"),
        What::Write {
            value,
            upon: Some(upon),
        } => format!("begins to write x = {value} on top of x = {upon}"),
        What::Apply { value, by, .. } => format!("receives x = {value} from n{by}"),
    }
}

fn logged(entry: &LogEntry) -> String {
    let (machine, holds) = (entry.machine, entry.holds);
    let deed = match (entry.what, entry.waited() > Micros::ZERO) {
        (what, true) => {
            let kind = if what.is_write() { "write" } else { "copy" };
            let waited = span(entry.waited().signed());
            format!(
                "n{machine} releases its {kind} of x = {} after waiting {waited}",
                what.value()
            )
        }
        (What::Write { value, upon: None }, _) => format!("n{machine} writes x = {value}"),
        (
            What::Write {
                value,
                upon: Some(upon),
            },
            _,
        ) => format!("n{machine} writes x = {value} on top of x = {upon}"),
        (What::Apply { value, by, .. }, _) => format!("n{machine} receives x = {value} from n{by}"),
    };
    let outcome = match (entry.what.is_write(), holds == entry.what.value()) {
        (true, true) => "and sends it to the others".to_owned(),
        (false, true) => "and keeps it, because its stamp is the largest so far".to_owned(),
        (true, false) => {
            format!("and sends it, but its own register stays x = {holds}, whose stamp is larger")
        }
        (false, false) => format!("but stays with x = {holds}, whose stamp is larger"),
    };
    format!("{deed}, logged at {}, {outcome}", entry.stamp)
}

fn answered(answer: &Answer) -> String {
    let estimate = answer.exchange.offset();
    let start = format!("n{} hears from the time server", answer.machine);
    let found = format!(
        "its clock is {} by the estimate, {} in truth, and the estimate may err by {}",
        fast(-estimate),
        fast(-answer.true_offset),
        span(answer.exchange.bound())
    );
    let size = span(estimate.saturating_abs());
    match (answer.correction, estimate < 0) {
        (Correction::Refused, _) => format!(
            "{start}, but by its clock the answer came before the question: it leaves the clock alone"
        ),
        (Correction::Step, _) if estimate == 0 => {
            format!("{start}: {found}; it leaves the clock as it is")
        }
        (Correction::Step, true) => format!("{start}: {found}; it steps back {size}"),
        (Correction::Step, false) => format!("{start}: {found}; it steps forward {size}"),
        (Correction::Slew, true) => {
            format!("{start}: {found}; it slows down by 500 ppm until {size} are made up")
        }
        (Correction::Slew, false) => {
            format!("{start}: {found}; it speeds up by 500 ppm until {size} are made up")
        }
    }
}

/// `49.8 ms fast`, `3 ms slow`, `right`.
fn fast(ahead: i64) -> String {
    match ahead {
        0 => "right".to_owned(),
        1.. => format!("{} fast", span(ahead)),
        _ => format!("{} slow", span(ahead.saturating_abs())),
    }
}
