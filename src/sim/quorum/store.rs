//! What replicas and spares do.

use super::Quorum;
use super::message::{Message, Note, Timer};
use super::nodes::Spare;
use crate::sim::protocol::{NodeId, Turn};
use crate::sim::time::Micros;

/// How often a spare tries to hand over before it leaves the rest to anti-entropy.
const MOST_TRIES: u8 = 20;

impl Quorum {
    pub(super) fn replica_hears(
        &self,
        stored: &mut u32,
        me: u8,
        from: NodeId,
        message: Message,
        turn: &mut Turn<'_, Self>,
    ) {
        match message {
            Message::Write { op, version } => {
                self.take(stored, version, turn);
                turn.send(from, Message::Ack { op, replica: me });
            }
            Message::WriteBack { op, version } => {
                self.take(stored, version, turn);
                turn.send(from, Message::Backed { op, replica: me });
            }
            Message::Handoff { version } => {
                self.take(stored, version, turn);
                turn.send(from, Message::Handed { version });
            }
            Message::Repair { version } | Message::Sync { version } => {
                self.take(stored, version, turn);
            }
            Message::Read { op } => {
                let version = *stored;
                turn.send(
                    from,
                    Message::Answer {
                        op,
                        replica: me,
                        version,
                    },
                );
                turn.note(Note::Gives(version));
            }
            Message::Digest { version } => {
                let own = *stored;
                if own > version {
                    turn.send(from, Message::Sync { version: own });
                    turn.note(Note::IsAhead(own));
                } else if own < version {
                    turn.send(from, Message::Digest { version: own });
                    turn.note(Note::IsBehind(own));
                } else {
                    turn.note(Note::IsEven);
                }
            }
            _ => turn.note(Note::Late),
        }
    }

    /// Keeps the newer of two versions; without comparing, whatever comes last.
    fn take(&self, stored: &mut u32, version: u32, turn: &mut Turn<'_, Self>) {
        let before = *stored;
        let note = match version.cmp(&before) {
            std::cmp::Ordering::Greater => Note::Takes(version, before),
            std::cmp::Ordering::Less if !self.settings.compare => Note::TakesOlder(version, before),
            _ => return turn.note(Note::Has(before)),
        };
        *stored = version;
        turn.note(note);
    }

    /// Anti-entropy: a replica compares itself with another one, drawn at random.
    pub(super) fn compares(&self, stored: u32, me: u8, turn: &mut Turn<'_, Self>) {
        self.plan_anti_entropy(turn);
        let others = u64::from(self.settings.n).saturating_sub(1);
        if others == 0 {
            return;
        }
        let drawn = u8::try_from(turn.random().below(others)).unwrap_or(0) + 1;
        let other = if drawn < me { drawn } else { drawn + 1 };
        turn.send(self.node_of(other), Message::Digest { version: stored });
        turn.note(Note::Compares(other));
    }

    pub(super) fn plan_anti_entropy(&self, turn: &mut Turn<'_, Self>) {
        if self.settings.anti_entropy > Micros::ZERO {
            turn.set(Timer::AntiEntropy, self.settings.anti_entropy);
        }
    }

    pub(super) fn spare_hears(
        &self,
        spare: &mut Spare,
        from: NodeId,
        message: Message,
        turn: &mut Turn<'_, Self>,
    ) {
        match message {
            Message::Hint {
                op,
                replica,
                version,
            } => {
                if spare.hints.is_empty() {
                    spare.tries = 0;
                    turn.set(Timer::HandOff, self.settings.hand_off);
                }
                let kept = spare.hints.entry(replica).or_insert(version);
                *kept = version.max(*kept);
                turn.send(from, Message::Ack { op, replica });
                turn.note(Note::Keeps(version, replica));
            }
            Message::ReadInstead { op, replica } => {
                let version = spare.hints.values().copied().max().unwrap_or(0);
                turn.send(
                    from,
                    Message::Answer {
                        op,
                        replica,
                        version,
                    },
                );
                turn.note(Note::Gives(version));
            }
            Message::Handed { version } => {
                let Some(replica) = self.replica_of(from) else {
                    return;
                };
                if spare
                    .hints
                    .get(&replica)
                    .is_some_and(|kept| *kept <= version)
                {
                    spare.hints.remove(&replica);
                }
                if spare.hints.is_empty() {
                    turn.stop(Timer::HandOff);
                }
                turn.note(Note::Forgets(replica));
            }
            _ => turn.note(Note::Late),
        }
    }

    pub(super) fn hands_over(&self, spare: &mut Spare, turn: &mut Turn<'_, Self>) {
        if spare.tries >= MOST_TRIES {
            return turn.note(Note::StopsTrying);
        }
        spare.tries += 1;
        for (replica, version) in &spare.hints {
            let version = *version;
            turn.send(self.node_of(*replica), Message::Handoff { version });
        }
        turn.set(Timer::HandOff, self.settings.hand_off);
        turn.note(Note::HandsOver(spare.hints.keys().copied().collect()));
    }
}
