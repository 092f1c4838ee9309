//! What a machine's log says about one thing it did, and what was true.

use std::fmt;

use serde::Serialize;

use crate::sim::clocks::{Hybrid, Interval, Lamport, Reading, Vector};
use crate::sim::config::Config;
use crate::sim::time::Micros;

/// Which stamp a log and a register go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Order {
    /// The machine's own clock.
    Wall,
    /// The Lamport clock.
    Lamport,
    /// The hybrid logical clock.
    Hybrid,
    /// The latest bound of TrueTime.
    TrueTime,
}

impl Order {
    /// All of them, in the order of the parameter's options.
    pub const ALL: [Self; 4] = [Self::Wall, Self::Lamport, Self::Hybrid, Self::TrueTime];

    /// The one that a configuration chooses.
    pub fn of(config: &Config) -> Self {
        Self::ALL
            .into_iter()
            .find(|order| order.id() == config.choice("order"))
            .unwrap_or(Self::Wall)
    }

    /// Its name in links.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Wall => "wall",
            Self::Lamport => "lamport",
            Self::Hybrid => "hlc",
            Self::TrueTime => "truetime",
        }
    }
}

/// Every clock's stamp of one entry; all are taken, whichever the log goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Stamps {
    /// What the machine's clock read.
    pub wall: Reading,
    /// Its Lamport clock.
    pub lamport: Lamport,
    /// Its hybrid logical clock.
    pub hybrid: Hybrid,
    /// Its TrueTime interval.
    pub truetime: Interval,
}

impl Stamps {
    /// The stamp that an order goes by.
    pub const fn by(&self, order: Order) -> Stamp {
        match order {
            Order::Wall => Stamp::Wall(self.wall),
            Order::Lamport => Stamp::Lamport(self.lamport),
            Order::Hybrid => Stamp::Hybrid(self.hybrid),
            Order::TrueTime => Stamp::TrueTime(self.truetime.latest),
        }
    }
}

/// One stamp. Only stamps of one kind are ever compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Stamp {
    /// What the machine's clock read.
    Wall(Reading),
    /// A Lamport stamp.
    Lamport(Lamport),
    /// A hybrid stamp.
    Hybrid(Hybrid),
    /// The latest bound of TrueTime.
    TrueTime(Reading),
}

impl Stamp {
    /// How far this stamp is after another of its kind: microseconds, or counts for Lamport's.
    pub fn after(&self, other: &Self) -> i64 {
        self.size().saturating_sub(other.size())
    }

    fn size(&self) -> i64 {
        match self {
            Self::Wall(reading) | Self::TrueTime(reading) => reading.0,
            Self::Lamport(count) => i64::try_from(count.0).unwrap_or(i64::MAX),
            Self::Hybrid(hybrid) => hybrid.l.0,
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wall(reading) | Self::TrueTime(reading) => write!(f, "{reading}"),
            Self::Lamport(count) => write!(f, "{}", count.0),
            Self::Hybrid(hybrid) => write!(f, "{hybrid}"),
        }
    }
}

/// A stamp made unique: ties go by machine, then by the order on the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Tag {
    /// The stamp.
    pub stamp: Stamp,
    /// The machine's number, from 1.
    pub machine: u8,
    /// The entry's number.
    pub id: u32,
}

/// What a machine did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum What {
    /// It wrote x = `value`, as the `value`-th write of the run.
    Write {
        /// The value.
        value: u32,
        /// The value that it had just received and wrote on top of, if it reacted to one.
        upon: Option<u32>,
    },
    /// It received another machine's write and compared it with what it had.
    Apply {
        /// The value.
        value: u32,
        /// The entry of the write.
        write: u32,
        /// Who wrote it.
        by: u8,
    },
}

impl What {
    /// The value that it is about.
    pub const fn value(&self) -> u32 {
        match self {
            Self::Write { value, .. } | Self::Apply { value, .. } => *value,
        }
    }

    /// Whether it is a write.
    pub const fn is_write(&self) -> bool {
        matches!(self, Self::Write { .. })
    }
}

/// One entry of a machine's log, with what the machine cannot know: when it truly happened, and
/// what truly happened before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// Its number: entries are counted from 1 in the order in which they begin.
    pub id: u32,
    /// The machine's number, from 1.
    pub machine: u8,
    /// What the machine did.
    pub what: What,
    /// When it began and was stamped, in true time.
    pub begun: Micros,
    /// When it was finished and could be seen, in true time; `begun` unless there was commit wait.
    /// Before it is finished, the moment for which that is planned.
    pub done: Micros,
    /// Every clock's stamp.
    pub stamps: Stamps,
    /// Which entries could have caused it (the truth, kept beside the simulated machines).
    pub vector: Vector,
    /// The stamp that this run goes by.
    pub stamp: Stamp,
    /// What the machine's register held when the entry was finished; 0 before.
    pub holds: u32,
}

impl LogEntry {
    /// The stamp that this run goes by, made unique.
    pub const fn tag(&self) -> Tag {
        Tag {
            stamp: self.stamp,
            machine: self.machine,
            id: self.id,
        }
    }

    /// The stamp that another order would go by, made unique.
    pub const fn tag_by(&self, order: Order) -> Tag {
        Tag {
            stamp: self.stamps.by(order),
            machine: self.machine,
            id: self.id,
        }
    }

    /// Whether this entry was finished before the other began, in true time.
    pub fn precedes(&self, other: &Self) -> bool {
        self.done < other.begun
    }

    /// Whether this entry was finished before the other began and could have caused it.
    pub fn causes(&self, other: &Self) -> bool {
        self.precedes(other) && self.vector.before(&other.vector)
    }

    /// How long commit wait kept it.
    pub fn waited(&self) -> Micros {
        self.done.minus(self.begun)
    }
}

impl fmt::Display for LogEntry {
    /// `n2's write of x = 1 at 14:00:00.040`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let deed = if self.what.is_write() {
            "write"
        } else {
            "copy"
        };
        write!(
            f,
            "n{}'s {deed} of x = {} at {}",
            self.machine,
            self.what.value(),
            self.stamp
        )
    }
}
