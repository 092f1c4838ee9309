//! What a saga consists of, and what its services are like.

use serde::Serialize;

use crate::sim::config::Config;
use crate::sim::time::Micros;

/// One step of a saga: a transaction of one service, and what takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The service whose transaction it is.
    pub service: &'static str,
    /// What the transaction does: `charge 80`.
    pub does: &'static str,
    /// What the compensation does: `refund 80`.
    pub undoes: &'static str,
    /// What the service takes from the customer for it, and pays back, in whole euros.
    pub price: i64,
}

const fn step(service: &'static str, does: &'static str, undoes: &'static str, price: i64) -> Step {
    Step {
        service,
        does,
        undoes,
        price,
    }
}

const BOOKING: &[Step] = &[
    step("flight", "book flight", "cancel flight", 400),
    step("hotel", "book hotel", "cancel hotel", 300),
    step("car", "rent car", "call off car", 100),
];

const CHECKOUT: &[Step] = &[
    step("inventory", "reserve item", "release item", 0),
    step("payment", "charge 80", "refund 80", 80),
    step("shipping", "create shipment", "call off shipment", 0),
];

const CUSTOM: &[Step] = &[
    step("alpha", "do step 1", "undo step 1", 100),
    step("beta", "do step 2", "undo step 2", 100),
    step("gamma", "do step 3", "undo step 3", 100),
    step("delta", "do step 4", "undo step 4", 100),
    step("epsilon", "do step 5", "undo step 5", 100),
];

/// What a service does with the transaction that it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Fate {
    /// It carries it out.
    #[default]
    Works,
    /// It refuses, for good: the card is declined, there is no car.
    Refuses,
    /// It refuses the first order and carries out the others.
    RefusesFirst,
    /// It does nothing and never answers.
    Hangs,
    /// It carries it out at once, and answers when the asker has lost patience.
    Late,
    /// It fails at the first attempt, for no lasting reason, and works at the next.
    FailsOnce,
}

impl Fate {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Works,
        Self::Refuses,
        Self::RefusesFirst,
        Self::Hangs,
        Self::Late,
        Self::FailsOnce,
    ];
}

/// What a service does with the compensation that it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum UndoFate {
    /// It carries it out.
    #[default]
    Works,
    /// It fails at the first attempt and works at the next.
    FailsOnce,
    /// It fails at every attempt, until somebody repairs the service.
    Fails,
}

impl UndoFate {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Works, Self::FailsOnce, Self::Fails];
}

/// What the lab is set to, in its own terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The saga's steps, T1 first; two to five.
    pub steps: Vec<Step>,
    /// What becomes of each of them.
    pub fates: Vec<Fate>,
    /// What becomes of their compensations; the last step has none.
    pub undo_fates: Vec<UndoFate>,
    /// Whether services pass events to each other, with no orchestrator.
    pub choreography: bool,
    /// How long a sender waits for an answer.
    pub timeout: Micros,
    /// How often it tries again after the first attempt.
    pub retries: u32,
    /// Whether services know a request that they have carried out before.
    pub keys: bool,
    /// Whether what an unfinished saga has reserved is marked as pending.
    pub lock: bool,
    /// Whether an orchestrator that comes up again takes back what is unfinished; otherwise it goes
    /// on where it was.
    pub backward: bool,
    /// How many orders the first service can serve: seats, items.
    pub stock: i64,
    /// How long after the first order the client places a second one; 0 if it does not.
    pub second: Micros,
    /// In choreography: how long after it was placed an order is called off; 0 if it never is.
    pub deadline: Micros,
}

impl Setting {
    /// What a configuration says.
    pub fn new(config: &Config) -> Self {
        let steps: Vec<Step> = match config.choice("saga") {
            "checkout" => CHECKOUT.to_vec(),
            "custom" => {
                let count = usize::try_from(config.get("steps")).unwrap_or(3);
                CUSTOM.iter().take(count.max(2)).copied().collect()
            }
            _ => BOOKING.to_vec(),
        };
        let time = |id: &str| Micros::from_signed(config.get(id));
        Self {
            fates: (1..=steps.len())
                .map(|number| pick(&Fate::ALL, config.get(&format!("t{number}"))))
                .collect(),
            undo_fates: (1..steps.len())
                .map(|number| pick(&UndoFate::ALL, config.get(&format!("c{number}"))))
                .collect(),
            steps,
            choreography: config.choice("style") == "choreography",
            timeout: time("timeout"),
            retries: u32::try_from(config.get("retries")).unwrap_or(0),
            keys: config.is_on("keys"),
            lock: config.is_on("lock"),
            backward: config.choice("recovery") == "backward",
            stock: config.get("stock"),
            second: time("second"),
            deadline: time("deadline"),
        }
    }

    /// How many steps there are.
    pub fn count(&self) -> u8 {
        u8::try_from(self.steps.len()).unwrap_or(u8::MAX)
    }

    /// Whether that step is the last one, which nothing takes back.
    pub fn is_last(&self, step: u8) -> bool {
        step == self.count()
    }

    /// The step of that number, from 1.
    pub fn step(&self, step: u8) -> Option<&Step> {
        self.steps.get(usize::from(step).checked_sub(1)?)
    }

    /// What becomes of the step of that number.
    pub fn fate(&self, step: u8) -> Fate {
        let place = usize::from(step).checked_sub(1);
        place
            .and_then(|place| self.fates.get(place).copied())
            .unwrap_or_default()
    }

    /// What becomes of its compensation.
    pub fn undo_fate(&self, step: u8) -> UndoFate {
        let place = usize::from(step).checked_sub(1);
        place
            .and_then(|place| self.undo_fates.get(place).copied())
            .unwrap_or_default()
    }

    /// How long a late answer takes: half as long again as anybody waits for it.
    pub fn lateness(&self) -> Micros {
        self.timeout.plus(Micros(self.timeout.0 / 2))
    }
}

fn pick<T: Copy + Default>(all: &[T], index: i64) -> T {
    usize::try_from(index)
        .ok()
        .and_then(|index| all.get(index).copied())
        .unwrap_or_default()
}
