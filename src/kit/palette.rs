//! The fault palette: the one vocabulary of faults, grouped, wherever a lab offers any of it.

use leptos::prelude::*;

use super::actions::Rows;
use super::deck::Deck;
use super::fold::Fold;
use super::targets::Targets;
use crate::sim::{ActionKind, Lab, On, Target};

/// The faults by what they befall, in the order of the page.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "Nodes",
        &[
            "crash",
            "crash-keep",
            "restart",
            "pause",
            "resume",
            "skew",
            "fire",
        ],
    ),
    (
        "Messages",
        &["drop", "delay", "duplicate", "reorder", "deliver"],
    ),
    ("Network", &["partition", "partition-out", "cut", "heal"]),
    ("Time", &["hold", "release"]),
];

/// The lab's faults in their groups, folded until they are wanted.
#[component]
pub fn Palette(
    /// The run on the page.
    deck: Deck,
    /// What they are done to.
    targets: Targets,
) -> impl IntoView {
    let groups = grouped(deck.lab);
    if groups.is_empty() {
        return ().into_any();
    }
    let has_messages = groups
        .iter()
        .any(|(_, kinds)| kinds.iter().any(|kind| kind.on == Target::Message));
    let picked = move || match deck.picked.get() {
        On::World => String::new(),
        on => format!(" · picked: {}", deck.on_in_words(on)),
    };
    let toggled = Callback::new(move |is_open| {
        if is_open && has_messages {
            targets.wants_messages.set(true);
        }
    });
    let summary = move || view! { "Faults" <span class="muted">{picked}</span> };
    view! {
        <Fold class="lab-fold lab-palette needs-program" summary toggled>
            <Groups deck targets />
        </Fold>
    }
    .into_any()
}

#[component]
fn Groups(deck: Deck, targets: Targets) -> impl IntoView {
    let groups = grouped(deck.lab)
        .into_iter()
        .map(|(name, kinds)| {
            view! {
                <fieldset class="palette-group">
                    <legend>{name}</legend>
                    <Rows deck targets kinds name />
                </fieldset>
            }
        })
        .collect_view();
    view! { <div class="palette-groups">{groups}</div> }
}

/// The faults that a lab offers, in their groups; groups without any are left out.
fn grouped(lab: &'static Lab) -> Vec<(&'static str, Vec<&'static ActionKind>)> {
    GROUPS
        .iter()
        .map(|(name, ids)| (*name, ids.iter().filter_map(|id| lab.action(id)).collect()))
        .filter(|(_, kinds): &(_, Vec<_>)| !kinds.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::deck::Player;
    use crate::sim::clock_skew::LAB;
    use crate::sim::protocol::sample::Greeting;
    use crate::sim::protocol::{Cluster, faults};

    #[test]
    fn every_fault_stands_in_one_group() {
        let mut grouped: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, ids)| ids.iter().copied())
            .collect();
        let mut all: Vec<&str> = faults::ALL.iter().map(|kind| kind.id).collect();
        grouped.sort_unstable();
        all.sort_unstable();
        assert_eq!(grouped, all);
    }

    #[test]
    fn a_lab_without_faults_has_no_palette() {
        assert!(grouped(&LAB).is_empty());
    }

    #[test]
    fn a_lab_with_some_faults_has_their_groups() {
        static SOME: Lab = Lab {
            actions: &[faults::HEAL, faults::CRASH, faults::CUT],
            ..LAB
        };
        let names: Vec<_> = grouped(&SOME)
            .into_iter()
            .map(|(name, kinds)| (name, kinds.iter().map(|kind| kind.id).collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            names,
            [("Nodes", vec!["crash"]), ("Network", vec!["cut", "heal"])]
        );
    }

    /// What the palette of a lab with three nodes and two messages on their way is on the page.
    #[cfg(feature = "ssr")]
    #[test]
    fn every_fault_has_a_button_and_what_it_is_done_to_can_be_chosen() {
        let html = Owner::new().with(|| {
            let deck = Player::<Cluster<Greeting>>::open("do=5ms:greet:n1;at=5ms").deck;
            let targets = Targets::of(deck);
            targets.wants_messages.set(true);
            view! { <Groups deck targets /> }.to_html()
        });
        for kind in &faults::ALL {
            assert_eq!(
                html.matches(&format!("data-act=\"{}\"", kind.id)).count(),
                1,
                "{}",
                kind.id
            );
        }
        assert!(
            html.contains("m2, node 1 to node 3: hello from n1"),
            "{html}"
        );
        assert_eq!(html.matches("type=\"checkbox\"").count(), 3);
        assert!(
            html.contains("aria-label=\"Network: to which node\""),
            "{html}"
        );
    }
}
