//! How clocks are set while the world runs: by the time server, or by somebody's hand.

use super::event::{Answer, Correction, Event};
use super::machine::Question;
use super::planned::Planned;
use super::rules::SERVING;
use super::world::ClockSkew;

impl ClockSkew {
    /// A machine sends a question to the time server.
    pub(super) fn ask(&mut self, number: u8) -> Option<Event> {
        let (now, rules) = (self.now(), self.rules);
        let machine = self.machine(number)?;
        if machine.asking.is_some() {
            return Some(Event::StillAsking { machine: number });
        }
        let arrives = now.plus(rules.one_way(true, &mut machine.server));
        let leaves = arrives.plus(SERVING);
        let back = rules.one_way(false, &mut machine.server);
        let reading = machine.clock.reading(now);
        machine.asking = Some(Question {
            asked: now,
            t0: reading,
            arrives,
            leaves,
        });
        self.queue
            .schedule(leaves.plus(back), Planned::Answer { machine: number });
        Some(Event::Asked {
            machine: number,
            reading,
        })
    }

    /// The answer arrives, and the machine corrects its clock.
    pub(super) fn answer(&mut self, number: u8) -> Option<Event> {
        let (now, slew) = (self.now(), self.rules.slew);
        let machine = self.machine(number)?;
        let question = machine.asking.take()?;
        let exchange = machine.exchange(&question, now);
        let true_offset = -machine.clock.error(now);
        let correction = match (exchange.delay() < 0, slew) {
            (true, _) => Correction::Refused,
            (false, true) => Correction::Slew,
            (false, false) => Correction::Step,
        };
        if correction != Correction::Refused {
            machine.correct(&exchange, now, slew);
        }
        let (clock, bound) = (machine.clock, machine.bound);
        self.replan(number);
        let Question {
            asked,
            arrives: arrived,
            leaves: left,
            ..
        } = question;
        Some(Event::Answered(Answer {
            machine: number,
            asked,
            arrived,
            left,
            answered: now,
            exchange,
            true_offset,
            correction,
            clock,
            bound,
        }))
    }

    /// A machine's clock jumps.
    pub(super) fn jump(&mut self, number: u8, by: i64) -> Option<Event> {
        let now = self.now();
        let machine = self.machine(number)?;
        let from = machine.clock.reading(now);
        machine.clock.jump(now, by);
        machine.jumped = machine.jumped.saturating_add(by);
        let clock = machine.clock;
        self.replan(number);
        Some(Event::Jumped {
            machine: number,
            by,
            from,
            clock,
        })
    }

    /// A machine's clock was set: entries in commit wait get another moment of release.
    fn replan(&mut self, number: u8) {
        let (now, rules) = (self.now(), self.rules);
        let Some(machine) = self.machines.get_mut(usize::from(number.saturating_sub(1))) else {
            return;
        };
        for place in 0..machine.waiting.len() {
            let Some(entry) = machine.waiting.get(place).map(|waiting| waiting.entry) else {
                return;
            };
            self.queue.cancel(entry.done);
            let release = machine.releases(&entry, rules.order, rules.wait, now);
            let planned = self.queue.schedule(
                release,
                Planned::Release {
                    machine: number,
                    entry: entry.id,
                },
            );
            if let Some(waiting) = machine.waiting.get_mut(place) {
                waiting.entry.done = planned;
            }
        }
    }
}
