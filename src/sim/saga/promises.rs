//! What the lab promises, looked at after every event.

use super::message::{Deed, SagaId};
use super::protocol::{Node, Saga};
use super::report::euros;
use super::service::{Record, Service};
use crate::sim::protocol::Cluster;
use crate::sim::world::{Broken, Property};

/// All of them.
pub(super) const ALL: &[Property<Cluster<Saga>>] = &[
    Property {
        id: "saga-order",
        name: "T1 … Tn, or T1 … Tj Cj … C1",
        promise: "What has taken effect is the beginning of all steps in order, or of some steps in order and their compensations in the opposite order.",
        check: saga_order,
    },
    Property {
        id: "no-double-effect",
        name: "Nothing takes effect twice",
        promise: "No step and no compensation takes effect twice for one order.",
        check: no_double_effect,
    },
    Property {
        id: "money-is-conserved",
        name: "The money is right",
        promise: "Every service holds the money for the orders that stand with it, no more and no less.",
        check: money_is_conserved,
    },
    Property {
        id: "isolation",
        name: "No order is refused for another’s sake",
        promise: "No order is refused because of what another, unfinished one then takes back.",
        check: isolation,
    },
];

/// The services, the first step's first.
pub(super) fn services(world: &Cluster<Saga>) -> impl Iterator<Item = &Service> {
    world.states().filter_map(|node| match node {
        Node::Service(service) => Some(service),
        _ => None,
    })
}

/// The orders that any service has heard of.
pub(super) fn sagas(world: &Cluster<Saga>) -> Vec<SagaId> {
    let mut sagas: Vec<SagaId> = services(world)
        .flat_map(|service| service.records.keys().copied())
        .collect();
    sagas.sort_unstable();
    sagas.dedup();
    sagas
}

fn broken(sentence: String) -> Result<(), Broken> {
    Err(Broken {
        sentence,
        entries: Vec::new(),
    })
}

/// What has taken effect for a saga, step by step: the transaction, the compensation.
pub(super) fn effects(world: &Cluster<Saga>, saga: SagaId) -> Vec<(bool, bool)> {
    let effect = |record: &Record| (record.done > 0, record.undone > 0);
    services(world)
        .map(|service| service.records.get(&saga).map_or((false, false), effect))
        .collect()
}

/// Whether these effects are those of a beginning of T1 … Tn or of T1 … Tj Cj … C1 with j < n.
///
/// It is enough to look at which effects there are, and not in which order they came, as long as that
/// is done after every single one: a transaction after a compensation then stands above a gap.
fn is_saga_order(effects: &[(bool, bool)]) -> bool {
    let done = effects.iter().take_while(|(done, _)| *done).count();
    let stands = effects
        .iter()
        .take_while(|(done, undone)| *done && !*undone)
        .count();
    let no_step_skipped = effects.iter().skip(done).all(|(done, _)| !done);
    let taken_back = effects.iter().filter(|(_, undone)| *undone).count();
    no_step_skipped && taken_back == done - stands && (taken_back == 0 || done < effects.len())
}

fn saga_order(world: &Cluster<Saga>) -> Result<(), Broken> {
    for saga in sagas(world) {
        let effects = effects(world, saga);
        if is_saga_order(&effects) {
            continue;
        }
        let list = |which: fn(&(bool, bool)) -> bool, letter: &str| {
            let found = (1..).zip(&effects).filter(|(_, effect)| which(effect));
            let names: Vec<String> = found.map(|(step, _)| format!("{letter}{step}")).collect();
            match names.is_empty() {
                true => "nothing".to_owned(),
                false => names.join(" "),
            }
        };
        return broken(format!(
            "of order {saga} there are in effect {}, and taken back {}: that is no beginning of T1 … Tn or of T1 … Tj Cj … C1",
            list(|(done, _)| *done, "T"),
            list(|(_, undone)| *undone, "C"),
        ));
    }
    Ok(())
}

fn no_double_effect(world: &Cluster<Saga>) -> Result<(), Broken> {
    let protocol = world.protocol();
    for service in services(world) {
        for (saga, record) in &service.records {
            let twice = [(record.done, Deed::Do), (record.undone, Deed::Undo)];
            if let Some((count, deed)) = twice.into_iter().find(|(count, _)| *count > 1) {
                return broken(format!(
                    "{} of order {saga} took effect {count} times",
                    protocol.deed(service.step, deed)
                ));
            }
        }
    }
    Ok(())
}

fn money_is_conserved(world: &Cluster<Saga>) -> Result<(), Broken> {
    let setting = world.protocol().setting();
    for service in services(world) {
        let Some(step) = setting.step(service.step) else {
            continue;
        };
        let stand = |record: &&Record| record.done > 0 && record.undone == 0;
        let standing = service.records.values().filter(stand).count();
        let right = step
            .price
            .saturating_mul(i64::try_from(standing).unwrap_or(i64::MAX));
        if service.balance != right {
            return broken(format!(
                "{} holds {}, and the orders that stand with it come to {}",
                step.service,
                euros(service.balance),
                euros(right)
            ));
        }
    }
    Ok(())
}

/// Orders that were refused for what another order held and then gave back.
pub(super) fn dirty_reads(world: &Cluster<Saga>) -> Vec<(SagaId, SagaId)> {
    let mut found = Vec::new();
    for service in services(world) {
        let given_back = |holder: &SagaId| {
            let record = service.records.get(holder);
            record.is_some_and(|record| record.undone > 0)
        };
        for (saga, record) in &service.records {
            let holders = record.seen.iter().filter(|holder| given_back(holder));
            found.extend(holders.map(|holder| (*saga, *holder)));
        }
    }
    found
}

fn isolation(world: &Cluster<Saga>) -> Result<(), Broken> {
    match dirty_reads(world).first() {
        None => Ok(()),
        Some((refused, holder)) => broken(format!(
            "order {refused} was refused because order {holder} held the last one, and order {holder} has given it back"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `T` for a step in effect, `C` for one that was taken back, `-` for one that never was.
    fn check(steps: &str, expected: bool) {
        let effects: Vec<(bool, bool)> = steps
            .chars()
            .map(|step| (step == 'T' || step == 'C', step == 'C'))
            .collect();
        assert_eq!(is_saga_order(&effects), expected, "{steps}");
    }

    #[test]
    fn the_beginning_of_all_steps_is_in_order() {
        for steps in ["---", "T--", "TT-", "TTT"] {
            check(steps, true);
        }
    }

    #[test]
    fn what_is_taken_back_last_first_is_in_order() {
        for steps in ["C--", "TC-", "CC-"] {
            check(steps, true);
        }
    }

    #[test]
    fn a_step_that_was_skipped_is_not_in_order() {
        for steps in ["-T-", "T-T", "--C"] {
            check(steps, false);
        }
    }

    #[test]
    fn a_compensation_before_that_of_a_later_step_is_not_in_order() {
        for steps in ["CT-", "CTT", "CCT"] {
            check(steps, false);
        }
    }

    #[test]
    fn a_complete_saga_is_never_taken_back() {
        for steps in ["TTC", "TCC", "CCC"] {
            check(steps, false);
        }
    }
}
