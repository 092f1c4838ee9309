//! What the nodes say to each other, their timers, and what their rules did, in words.

use serde::Serialize;

use super::Quorum;
use crate::sim::protocol::Label;

/// A message. Clients number their operations from 1; replicas are named by their number, from 1;
/// version 0 stands for nothing written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Message {
    /// To a replica: take this version.
    Write {
        /// The client's operation.
        op: u32,
        /// What to take.
        version: u32,
    },
    /// To the writer: taken.
    Ack {
        /// The client's operation.
        op: u32,
        /// The replica that has it, or for which a spare keeps it.
        replica: u8,
    },
    /// To a replica: what have you?
    Read {
        /// The client's operation.
        op: u32,
    },
    /// To a reader: this.
    Answer {
        /// The client's operation.
        op: u32,
        /// The replica that answers, or for which a spare does.
        replica: u8,
        /// Its version.
        version: u32,
    },
    /// To a replica, from a reader that is done: you are behind, take this.
    Repair {
        /// What to take.
        version: u32,
    },
    /// To a replica, from a reader that waits for it: take this.
    WriteBack {
        /// The client's operation.
        op: u32,
        /// What to take.
        version: u32,
    },
    /// To the reader: taken.
    Backed {
        /// The client's operation.
        op: u32,
        /// The replica.
        replica: u8,
    },
    /// To a spare: keep this for a replica.
    Hint {
        /// The client's operation.
        op: u32,
        /// The replica that it is for.
        replica: u8,
        /// What to keep.
        version: u32,
    },
    /// To a spare: what have you, in a replica's place?
    ReadInstead {
        /// The client's operation.
        op: u32,
        /// The replica that did not answer.
        replica: u8,
    },
    /// From a spare to a replica: this was meant for you.
    Handoff {
        /// What to take.
        version: u32,
    },
    /// To a spare: taken.
    Handed {
        /// What was taken.
        version: u32,
    },
    /// Between replicas: I have this version.
    Digest {
        /// The sender's version.
        version: u32,
    },
    /// Between replicas: you are behind, take this.
    Sync {
        /// What to take.
        version: u32,
    },
    /// From the writer to a reader, outside of the store: it is written.
    Told {
        /// What is written.
        version: u32,
    },
}

/// A timer's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Timer {
    /// The script's next write.
    Script,
    /// A client has waited long enough for the replicas.
    Patience,
    /// A client has waited long enough altogether.
    Timeout,
    /// A spare tries to hand over.
    HandOff,
    /// A replica compares itself with another.
    AntiEntropy,
}

/// What a rule did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Note {
    /// W or R was asked to be more than there are replicas: what was asked, what is used.
    Clamped(u8, u8),
    /// The client sends a write of this version; true if it gives up on what it was doing.
    Writes(u32, bool),
    /// The client asks all replicas; true if it gives up on what it was doing.
    Reads(bool),
    /// Only the writer writes.
    OnlyTheWriter,
    /// Replicas and spares take no requests of their own.
    NoClient,
    /// An acknowledgement more: how many there are.
    Acknowledgements(u8),
    /// The write of this version has its acknowledgements.
    Written(u32),
    /// What came is for an operation that is over.
    Late,
    /// An answer more: how many there are.
    Answers(u8),
    /// The read has its answers and returns a version; so many replicas are sent a repair.
    Returns(u32, u8),
    /// The read has its answers, but a version is on too few replicas: it is written back first.
    WritesBack(u32, u8),
    /// A late answer is older than what was returned.
    LateAndOlder(u32, bool),
    /// A late answer is newer than what was returned, which is over and done.
    LateAndNewer(u32),
    /// A replica takes a version in place of an older one.
    Takes(u32, u32),
    /// A replica takes an older version than it has, because it does not compare.
    TakesOlder(u32, u32),
    /// A replica has that version or a newer one.
    Has(u32),
    /// A node answers with its version.
    Gives(u32),
    /// A spare keeps a version for a replica.
    Keeps(u32, u8),
    /// The client turns to spares in place of these replicas.
    TurnsToSpares(Vec<u8>),
    /// Everybody has answered.
    NobodyMissing,
    /// The client gives up: true for a write.
    GivesUp(bool),
    /// A spare tries to hand over to these replicas.
    HandsOver(Vec<u8>),
    /// A spare stops trying.
    StopsTrying,
    /// A spare has handed over, and forgets.
    Forgets(u8),
    /// A replica asks another how far it is.
    Compares(u8),
    /// A replica is ahead of another and sends what it has.
    IsAhead(u32),
    /// A replica is behind another and says so.
    IsBehind(u32),
    /// Both have the same.
    IsEven,
}

impl Quorum {
    pub(super) fn label_of(&self, message: &Message) -> Label {
        match *message {
            Message::Write { version, .. } => Label::request(format!("write {}", chip(version))),
            Message::Ack { .. } | Message::Backed { .. } | Message::Handed { .. } => {
                Label::reply("ack")
            }
            Message::Read { .. } => Label::request("read x"),
            Message::Answer { version, .. } => Label::reply(chip(version)),
            Message::Repair { version } => Label::request(format!("repair {}", chip(version))),
            Message::WriteBack { version, .. } => {
                Label::request(format!("write back {}", chip(version)))
            }
            Message::Hint {
                replica, version, ..
            } => Label::request(format!("hint for r{replica}: {}", chip(version))),
            Message::ReadInstead { replica, .. } => {
                Label::request(format!("read x in place of r{replica}"))
            }
            Message::Handoff { version } => Label::request(format!("hand-off {}", chip(version))),
            Message::Digest { version } => Label::request(format!("digest v{version}")),
            Message::Sync { version } => Label::request(format!("sync {}", chip(version))),
            Message::Told { version } => Label::request(format!("“v{version} is written”")),
        }
    }

    pub(super) fn words(&self, note: &Note) -> String {
        let (n, w, r) = (self.settings.n, self.settings.w, self.settings.r);
        match note {
            Note::Clamped(asked, used) => format!(
                "begins; a quorum of {asked} was asked for, but there are only {n} replicas, so {used} is used"
            ),
            Note::Writes(version, gave_up) => format!(
                "{}writes {} to all {n} replicas and waits for W = {w} acknowledgements",
                gave_up_first(*gave_up),
                chip(*version)
            ),
            Note::Reads(gave_up) => format!(
                "{}asks all {n} replicas for x and waits for the first R = {r} answers",
                gave_up_first(*gave_up)
            ),
            Note::OnlyTheWriter => "does not write: there is one writer in this lab".to_owned(),
            Note::NoClient => "takes no requests of its own: clients write and read".to_owned(),
            Note::Acknowledgements(count) => format!("that is {count} of the W = {w} needed"),
            Note::Written(version) => {
                format!("that is W = {w}, so {} is acknowledged", chip(*version))
            }
            Note::Late => "nobody waits for it any more".to_owned(),
            Note::Answers(count) => format!("that is {count} of the R = {r} needed"),
            Note::Returns(version, 0) => {
                format!("that is enough; the read returns {}", chip(*version))
            }
            Note::Returns(version, count) => format!(
                "that is enough; the read returns {} and repairs {count} of those that answered",
                chip(*version)
            ),
            Note::WritesBack(version, count) => format!(
                "that is R = {r}; {} is known to be on {count} of the W = {w} replicas that it has to be on, so it is written back before the read returns",
                chip(*version)
            ),
            Note::LateAndOlder(version, true) => format!(
                "the read is over, but {} is older, so the replica is repaired",
                chip(*version)
            ),
            Note::LateAndOlder(version, false) => {
                format!("the read is over, and {} is not newer", chip(*version))
            }
            Note::LateAndNewer(version) => format!(
                "{} is newer than what the read returned, but came too late",
                chip(*version)
            ),
            Note::Takes(version, before) => {
                format!("it takes {} in place of {}", chip(*version), chip(*before))
            }
            Note::TakesOlder(version, before) => format!(
                "it does not compare versions and puts {} in place of {}",
                chip(*version),
                chip(*before)
            ),
            Note::Has(version) => format!("it has {} and keeps it", chip(*version)),
            Note::Gives(version) => format!("it answers with {}", chip(*version)),
            Note::Keeps(version, replica) => format!(
                "it keeps {} for r{replica} and acknowledges in its place",
                chip(*version)
            ),
            Note::TurnsToSpares(replicas) => format!(
                "no answer from {} yet, so it turns to the spares",
                names(replicas)
            ),
            Note::NobodyMissing => "no replica is missing".to_owned(),
            Note::GivesUp(true) => {
                "it gives up; the write may still take effect, or not".to_owned()
            }
            Note::GivesUp(false) => "it gives up and returns an error".to_owned(),
            Note::HandsOver(replicas) => {
                format!("it sends what it keeps to {}", names(replicas))
            }
            Note::StopsTrying => {
                "it has tried often enough and leaves the rest to anti-entropy".to_owned()
            }
            Note::Forgets(replica) => format!("r{replica} has it, so the hint is deleted"),
            Note::Compares(replica) => format!("it tells r{replica} which version it has"),
            Note::IsAhead(version) => {
                format!("it is ahead and sends {}", chip(*version))
            }
            Note::IsBehind(version) => {
                format!("it is behind with {} and says so", chip(*version))
            }
            Note::IsEven => "both have the same".to_owned(),
        }
    }
}

/// A version as it stands in the picture: `x = 2 · v2`. The value of version k is k; version 0 is
/// what there is before the first write.
pub fn chip(version: u32) -> String {
    match version {
        0 => "x = nothing".to_owned(),
        version => format!("x = {version} · v{version}"),
    }
}

fn gave_up_first(gave_up: bool) -> &'static str {
    if gave_up {
        "gives up on what it was waiting for, "
    } else {
        ""
    }
}

/// Replicas by their numbers, see [`listed`].
fn names(replicas: &[u8]) -> String {
    let names: Vec<String> = replicas.iter().map(|number| format!("r{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    listed(&names)
}

/// `r1`, `r1 and r3`, `r1, r2 and r3`.
pub(super) fn listed(names: &[&str]) -> String {
    match names.split_last() {
        None => "nobody".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
