//! What a client does: it is the coordinator of its own operations (Dynamo 2007, section 4.5).

use std::collections::BTreeSet;

use super::Quorum;
use super::message::{Message, Note, Timer};
use super::nodes::{Client, Heard, Operation, Pending, Phase, READER, READER_2, WRITER};
use crate::sim::clocks::Reading;
use crate::sim::protocol::{NodeId, Turn};
use crate::sim::time::Micros;

/// When the script's first write begins.
pub(super) const START: Micros = Micros::from_millis(1);

impl Quorum {
    /// The script's next write, at its moment or, if that has passed, now.
    pub(super) fn plan_script(&self, client: &Client, turn: &mut Turn<'_, Self>) {
        let settings = &self.settings;
        if turn.me() != WRITER || client.scripted >= settings.writes {
            return;
        }
        let at = Reading::perfect(START)
            .plus(settings.gap.signed().saturating_mul(client.scripted.into()));
        turn.set(Timer::Script, Micros::from_signed(at.since(turn.now())));
    }

    /// Begins a write of the next version.
    pub(super) fn write(&self, client: &mut Client, scripted: bool, turn: &mut Turn<'_, Self>) {
        client.version = client.version.saturating_add(1);
        let version = client.version;
        let gave_up = begin(client, true, version, turn);
        client.pending = Some(Pending {
            phase: Phase::Acks(version),
            scripted,
            heard: Vec::new(),
        });
        let op = client.op();
        for (_, node) in self.replicas() {
            turn.send(node, Message::Write { op, version });
        }
        self.wait(turn);
        turn.note(Note::Writes(version, gave_up));
    }

    /// Begins a read.
    pub(super) fn read(&self, client: &mut Client, turn: &mut Turn<'_, Self>) {
        let gave_up = begin(client, false, 0, turn);
        client.pending = Some(Pending {
            phase: Phase::Answers,
            scripted: false,
            heard: Vec::new(),
        });
        let op = client.op();
        for (_, node) in self.replicas() {
            turn.send(node, Message::Read { op });
        }
        self.wait(turn);
        turn.note(Note::Reads(gave_up));
    }

    fn wait(&self, turn: &mut Turn<'_, Self>) {
        if self.settings.sloppy {
            turn.set(Timer::Patience, self.settings.patience);
        }
        if self.settings.timeout > Micros::ZERO {
            turn.set(Timer::Timeout, self.settings.timeout);
        }
    }

    pub(super) fn client_hears(
        &self,
        client: &mut Client,
        from: NodeId,
        message: Message,
        turn: &mut Turn<'_, Self>,
    ) {
        match message {
            Message::Told { .. } => self.read(client, turn),
            Message::Ack { op, replica } => self.acknowledged(client, op, (replica, from), turn),
            Message::Answer {
                op,
                replica,
                version,
            } => {
                let heard = Heard {
                    replica,
                    version,
                    from,
                };
                self.answered(client, op, heard, turn);
            }
            Message::Backed { op, replica } => self.backed(client, op, replica, turn),
            _ => turn.note(Note::Late),
        }
    }

    fn acknowledged(
        &self,
        client: &mut Client,
        op: u32,
        (replica, from): (u8, NodeId),
        turn: &mut Turn<'_, Self>,
    ) {
        let current = client.op();
        let Some(Pending {
            phase: Phase::Acks(version),
            scripted,
            heard,
        }) = client.pending.as_mut().filter(|_| op == current)
        else {
            return turn.note(Note::Late);
        };
        let (version, scripted) = (*version, *scripted);
        hear(
            heard,
            Heard {
                replica,
                version,
                from,
            },
        );
        if heard.len() < usize::from(self.settings.w) {
            let count = u8::try_from(heard.len()).unwrap_or(u8::MAX);
            return turn.note(Note::Acknowledgements(count));
        }
        finish(client, version, turn);
        if scripted {
            for reader in [READER, READER_2]
                .into_iter()
                .take(usize::from(self.settings.reads))
            {
                turn.send(reader, Message::Told { version });
            }
        }
        turn.note(Note::Written(version));
    }

    fn answered(&self, client: &mut Client, op: u32, answer: Heard, turn: &mut Turn<'_, Self>) {
        let current = client.op();
        let settings = &self.settings;
        match client.pending.as_mut().filter(|_| op == current) {
            Some(Pending {
                phase: Phase::Answers,
                heard,
                ..
            }) => {
                hear(heard, answer);
                if heard.len() < usize::from(settings.r) {
                    let count = u8::try_from(heard.len()).unwrap_or(u8::MAX);
                    return turn.note(Note::Answers(count));
                }
                self.settle(client, turn);
            }
            Some(Pending {
                phase: Phase::Back(version, having),
                ..
            }) => {
                if answer.version >= *version {
                    having.insert(answer.replica);
                }
                self.settle_back(client, turn);
            }
            _ => self.answered_late(client, op, answer, turn),
        }
    }

    /// The read has its R answers: it returns the newest, or writes it back first.
    fn settle(&self, client: &mut Client, turn: &mut Turn<'_, Self>) {
        let op = client.op();
        let Some(pending) = client.pending.as_mut() else {
            return;
        };
        let newest = pending.heard.iter().map(|heard| heard.version).max();
        let newest = newest.unwrap_or(0);
        let (having, behind): (Vec<Heard>, Vec<Heard>) = pending
            .heard
            .iter()
            .copied()
            .partition(|heard| heard.version >= newest);
        if self.settings.write_back && newest > 0 {
            let having: BTreeSet<u8> = having.into_iter().map(|heard| heard.replica).collect();
            if having.len() < usize::from(self.settings.w) {
                for (replica, node) in self.replicas() {
                    if !having.contains(&replica) {
                        let version = newest;
                        turn.send(node, Message::WriteBack { op, version });
                    }
                }
                let count = u8::try_from(having.len()).unwrap_or(u8::MAX);
                pending.phase = Phase::Back(newest, having);
                return turn.note(Note::WritesBack(newest, count));
            }
        }
        let mut repaired = 0;
        if self.settings.repair {
            for heard in behind.iter().filter(|heard| !self.is_spare(heard.from)) {
                turn.send(heard.from, Message::Repair { version: newest });
                repaired += 1;
            }
        }
        finish(client, newest, turn);
        turn.note(Note::Returns(newest, repaired));
    }

    fn backed(&self, client: &mut Client, op: u32, replica: u8, turn: &mut Turn<'_, Self>) {
        let current = client.op();
        match client.pending.as_mut().filter(|_| op == current) {
            Some(Pending {
                phase: Phase::Back(_, having),
                ..
            }) => {
                having.insert(replica);
                self.settle_back(client, turn);
            }
            _ => turn.note(Note::Late),
        }
    }

    /// Returns what is written back once enough replicas have it.
    fn settle_back(&self, client: &mut Client, turn: &mut Turn<'_, Self>) {
        let Some(Pending {
            phase: Phase::Back(version, having),
            ..
        }) = &client.pending
        else {
            return;
        };
        if having.len() < usize::from(self.settings.w) {
            let count = u8::try_from(having.len()).unwrap_or(u8::MAX);
            return turn.note(Note::Acknowledgements(count));
        }
        let version = *version;
        finish(client, version, turn);
        turn.note(Note::Returns(version, 0));
    }

    /// An answer to a read that is over can still mend a replica (read repair).
    fn answered_late(
        &self,
        client: &Client,
        op: u32,
        Heard { version, from, .. }: Heard,
        turn: &mut Turn<'_, Self>,
    ) {
        let place = usize::try_from(op)
            .ok()
            .and_then(|place| place.checked_sub(1));
        let returned = place
            .and_then(|place| client.log.get(place))
            .filter(|operation| !operation.is_write && operation.returned.is_some())
            .map(|operation| operation.version);
        let note = match returned {
            None => Note::Late,
            Some(returned) if version > returned => Note::LateAndNewer(version),
            Some(returned) => {
                let mends =
                    self.settings.repair && version < returned && self.replica_of(from).is_some();
                if mends {
                    turn.send(from, Message::Repair { version: returned });
                }
                Note::LateAndOlder(version, mends)
            }
        };
        turn.note(note);
    }

    /// A client has waited long enough for the replicas: spares stand in for those that are missing.
    pub(super) fn loses_patience(&self, client: &Client, turn: &mut Turn<'_, Self>) {
        let op = client.op();
        let Some(pending) = &client.pending else {
            return turn.note(Note::NobodyMissing);
        };
        let missing: Vec<u8> = self
            .replicas()
            .map(|(replica, _)| replica)
            .filter(|replica| pending.heard.iter().all(|heard| heard.replica != *replica))
            .collect();
        let spares: Vec<NodeId> = self.spares().collect();
        let ask = |replica: u8| match pending.phase {
            Phase::Acks(version) => Some(Message::Hint {
                op,
                replica,
                version,
            }),
            Phase::Answers => Some(Message::ReadInstead { op, replica }),
            Phase::Back(..) => None,
        };
        for (replica, spare) in missing.iter().zip(spares.iter().cycle()) {
            if let Some(message) = ask(*replica) {
                turn.send(*spare, message);
            }
        }
        turn.note(if missing.is_empty() {
            Note::NobodyMissing
        } else {
            Note::TurnsToSpares(missing)
        });
    }

    pub(super) fn times_out(&self, client: &mut Client, turn: &mut Turn<'_, Self>) {
        if let Some(pending) = client.pending.take() {
            turn.stop(Timer::Patience);
            turn.note(Note::GivesUp(matches!(pending.phase, Phase::Acks(_))));
        }
    }
}

/// Counts what came, once for each replica.
fn hear(heard: &mut Vec<Heard>, new: Heard) {
    if heard.iter().all(|known| known.replica != new.replica) {
        heard.push(new);
    }
}

/// Opens an operation in the client's record; true if that ends another.
fn begin(client: &mut Client, is_write: bool, version: u32, turn: &mut Turn<'_, Quorum>) -> bool {
    let gave_up = client.pending.take().is_some();
    turn.stop(Timer::Patience);
    turn.stop(Timer::Timeout);
    client.log.push(Operation {
        is_write,
        version,
        called: turn.now(),
        returned: None,
        quorum: Vec::new(),
    });
    gave_up
}

/// Closes it with the version that was written or is returned.
fn finish(client: &mut Client, version: u32, turn: &mut Turn<'_, Quorum>) {
    turn.stop(Timer::Patience);
    turn.stop(Timer::Timeout);
    if let (Some(pending), Some(operation)) = (client.pending.take(), client.log.last_mut()) {
        operation.version = version;
        operation.returned = Some(turn.now());
        operation.quorum = pending.heard;
    }
}
