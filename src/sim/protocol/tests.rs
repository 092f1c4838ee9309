//! What the faults do, by a client that pings a server and tries again.
//!
//! n1 asks at 0 ms, waits 30 ms for an answer and asks up to four times; a message takes 10 ms.

// The lab of ARCHITECTURE.md.
#[path = "../../../tests/toy/ping.rs"]
mod ping;

use ping::{LAB, Ping};

use super::network::{self, Network};
use super::{Cluster, Event, Status, What};
use crate::sim::causality::shiviz;
use crate::sim::{Action, Config, Entry, Format, History, Micros, On, Parameter, Run, World, link};

type Pings = History<Cluster<Ping>>;

/// What is done: when, in milliseconds, what, to what, and by how much.
type Deed = (u64, &'static str, On, i64);

const MS: i64 = 1_000;

fn run(values: &[(&str, &str)], deeds: &[Deed]) -> Run {
    let mut run = Run::of(&LAB);
    run.config = Config::defaults(LAB.parameters);
    for (id, text) in values {
        run.config.set_text(id, text).unwrap();
    }
    for (at, kind, on, amount) in deeds {
        run.actions.push(Action {
            at: Micros::from_millis(*at),
            kind,
            on: *on,
            amount: *amount,
        });
    }
    run
}

fn play(values: &[(&str, &str)], deeds: &[Deed]) -> Pings {
    Pings::of(&run(values, deeds))
}

/// The run as a reader hears it: whole milliseconds, and the sentence.
fn told(history: &Pings) -> Vec<String> {
    let world = history.start();
    let line = |entry: &Entry<Event<Ping>>| {
        format!("{} {}", entry.at.0 / 1_000, world.sentence(&entry.event))
    };
    history.entries().iter().map(line).collect()
}

/// Checks that these lines stand in the run, in this order, maybe with others between them.
fn check(values: &[(&str, &str)], deeds: &[Deed], expected: &[&str]) {
    let lines = told(&play(values, deeds));
    let mut rest = lines.iter();
    for wanted in expected {
        assert!(
            rest.any(|line| line == wanted),
            "no {wanted:?} (or not there) in\n{}",
            lines.join("\n")
        );
    }
}

/// Checks that no line has this in it.
fn check_without(values: &[(&str, &str)], deeds: &[Deed], unwanted: &str) {
    let lines = told(&play(values, deeds));
    assert!(
        !lines.iter().any(|line| line.contains(unwanted)),
        "{unwanted:?} in\n{}",
        lines.join("\n")
    );
}

const N1: On = On::Node(1);
const N2: On = On::Node(2);
/// The first message, n1's first ping.
const M1: On = On::Message(1);

#[test]
fn without_faults_a_ping_goes_there_and_its_answer_back() {
    let lines = told(&play(&[], &[]));
    assert_eq!(
        lines,
        [
            "0 n1 sends the ping, attempt 1",
            "10 n2 receives ping from n1: works on it, time 1, and answers",
            "20 n1 receives pong from n2: has the answer to attempt 1",
        ]
    );
}

#[test]
fn what_the_network_loses_is_lost_half_way_and_sent_again_until_the_client_gives_up() {
    check(
        &[("loss", "100%")],
        &[],
        &[
            "5 ping from n1 to n2 is lost: the network dropped it",
            "30 n1: its timer runs out: sends the ping, attempt 2",
            "95 ping from n1 to n2 is lost: the network dropped it",
            "120 n1: its timer runs out: gives up after 4 attempts",
        ],
    );
}

#[test]
fn a_crash_takes_what_was_in_memory() {
    let deeds = [(12, "crash", N2, 0), (14, "restart", N2, 0)];
    check(
        &[("patience", "15ms")],
        &deeds,
        &[
            "12 n2 crashes and loses what it had only in memory",
            "14 n2 starts again",
            "25 n2 receives ping from n1: works on it, time 1, and answers",
        ],
    );
}

#[test]
fn a_crash_with_the_disk_intact_takes_nothing() {
    let deeds = [(12, "crash-keep", N2, 0), (14, "restart", N2, 0)];
    check(
        &[("patience", "15ms")],
        &deeds,
        &["25 n2 receives ping from n1: works on it, time 2, and answers"],
    );
}

#[test]
fn what_reaches_a_node_that_is_down_is_lost_and_says_why() {
    check(
        &[],
        &[(5, "crash", N2, 0)],
        &["10 ping from n1 to n2 is lost: n2 is down"],
    );
}

#[test]
fn the_timers_of_a_node_that_crashes_are_gone() {
    check_without(&[], &[(5, "crash-keep", N1, 0)], "attempt 2");
    let history = play(&[], &[(5, "crash-keep", N1, 0)]);
    assert_eq!(history.last().members()[0].timers, []);
}

#[test]
fn a_node_that_comes_up_again_begins_anew() {
    let deeds = [(5, "crash", N1, 0), (50, "restart", N1, 0)];
    check(
        &[],
        &deeds,
        &["50 n1 starts again: sends the ping, attempt 1"],
    );
}

#[test]
fn a_paused_node_answers_when_it_goes_on() {
    let deeds = [(5, "pause", N2, 0), (25, "resume", N2, 0)];
    check(
        &[],
        &deeds,
        &[
            "5 n2 stands still; what reaches it waits",
            "25 n2 goes on, with 1 thing that waited for it",
            "25 n2 receives ping from n1: works on it, time 1, and answers",
        ],
    );
    let paused = play(&[], &deeds).world_at(Micros::from_millis(15));
    let view = &paused.node_views()[1];
    assert_eq!((view.status, view.waiting), (Status::Paused, 1));
}

#[test]
fn a_timer_that_runs_out_while_its_node_is_paused_waits_too() {
    let deeds = [(5, "pause", N1, 0), (50, "resume", N1, 0)];
    check(
        &[("loss", "100%")],
        &deeds,
        &[
            "50 n1 goes on, with 1 thing that waited for it",
            "50 n1: its timer runs out: sends the ping, attempt 2",
        ],
    );
}

#[test]
fn what_has_reached_a_paused_node_is_not_lost_in_a_later_partition() {
    let deeds = [
        (5, "pause", N2, 0),
        (15, "partition", On::Nodes(1), 0),
        (20, "resume", N2, 0),
    ];
    check(
        &[],
        &deeds,
        &["20 n2 receives ping from n1: works on it, time 1, and answers"],
    );
}

#[test]
fn what_waits_for_a_node_is_lost_when_it_crashes() {
    let deeds = [(5, "pause", N2, 0), (15, "crash", N2, 0)];
    check(&[], &deeds, &["15 ping from n1 to n2 is lost: n2 is down"]);
}

#[test]
fn a_dropped_message_is_lost_at_once() {
    check(
        &[],
        &[(4, "drop", M1, 0)],
        &["4 ping from n1 to n2 is lost: you dropped it"],
    );
}

#[test]
fn a_delayed_message_arrives_so_much_later() {
    check(
        &[],
        &[(4, "delay", M1, 100 * MS)],
        &[
            "4 message m1 is made slower by 100 ms",
            "110 n2 receives ping from n1: works on it, time 2, and answers",
        ],
    );
}

#[test]
fn a_duplicated_message_arrives_twice() {
    check(
        &[],
        &[(2, "duplicate", M1, 0)],
        &[
            "2 message m1 is on its way twice; the copy is m2",
            "10 n2 receives ping from n1: works on it, time 1, and answers",
            "12 n2 receives a second copy of ping from n1: works on it, time 2, and answers",
        ],
    );
}

#[test]
fn reordered_messages_change_places() {
    let history = play(&[("patience", "3ms")], &[(5, "reorder", M1, 0)]);
    let received: Vec<u32> = history
        .entries()
        .iter()
        .filter(|entry| entry.event.node == 2)
        .filter_map(|entry| match &entry.event.what {
            What::Received(arrival) => Some(arrival.id),
            _ => None,
        })
        .collect();
    assert_eq!(received, [2, 1, 3, 4]);
}

#[test]
fn nothing_passes_a_partition_either_way() {
    let part = |at| [(at, "partition", On::Nodes(1), 0)];
    let lost = "is lost: there is no way through the partition";
    check(&[], &part(5), &[&format!("10 ping from n1 to n2 {lost}")]);
    check(&[], &part(15), &[&format!("20 pong from n2 to n1 {lost}")]);
}

#[test]
fn a_partition_one_way_leaves_the_way_back_open() {
    let of_the_server = [(5, "partition-out", On::Nodes(2), 0)];
    check(
        &[],
        &of_the_server,
        &[
            "5 no message passes from n2 to the others; the way back is open",
            "10 n2 receives ping from n1: works on it, time 1, and answers",
            "15 pong from n2 to n1 is lost: there is no way through the partition",
        ],
    );
}

#[test]
fn a_cut_link_loses_messages_in_one_direction() {
    let deeds = [(5, "cut", On::Link(2, 1), 0)];
    check(
        &[],
        &deeds,
        &[
            "10 n2 receives ping from n1: works on it, time 1, and answers",
            "15 pong from n2 to n1 is lost: there is no way through the partition",
        ],
    );
    let parted = play(&[], &deeds).world_at(Micros::from_millis(12));
    assert_eq!(parted.cuts(), [(2, 1)]);
}

#[test]
fn after_healing_messages_pass_again() {
    let deeds = [
        (5, "partition", On::Nodes(1), 0),
        (40, "heal", On::World, 0),
    ];
    check(
        &[],
        &deeds,
        &[
            "40 the network is whole again",
            "70 n2 receives ping from n1: works on it, time 1, and answers",
        ],
    );
}

#[test]
fn a_message_sent_into_a_partition_is_lost_even_if_that_heals_meanwhile() {
    let deeds = [
        (20, "partition", On::Nodes(1), 0),
        (32, "heal", On::World, 0),
    ];
    check(
        &[("loss", "0%"), ("delay", "20ms")],
        &deeds,
        &["40 ping from n1 to n2 is lost: there is no way through the partition"],
    );
}

#[test]
fn a_skewed_clock_shows_another_time_and_leaves_running_timers_alone() {
    let deeds = [(5, "skew", N1, 50 * MS)];
    check(
        &[("loss", "100%")],
        &deeds,
        &[
            "5 n1’s clock jumps by +50 ms",
            "30 n1: its timer runs out: sends the ping, attempt 2",
        ],
    );
    let history = play(&[], &deeds);
    let clocks = |at| -> Vec<Option<String>> {
        let views = history.world_at(Micros::from_millis(at)).node_views();
        views.into_iter().map(|view| view.clock).collect()
    };
    assert_eq!(clocks(1), [None, None]);
    let after = clocks(6);
    assert!(after[0].is_some() && after[0] != after[1], "{after:?}");
}

#[test]
fn while_everything_is_held_only_what_is_asked_for_happens() {
    let deeds = [
        (5, "hold", On::World, 0),
        (50, "deliver", M1, 0),
        (60, "fire", N1, 1),
    ];
    let lines = told(&play(&[], &deeds));
    assert_eq!(
        lines,
        [
            "0 n1 sends the ping, attempt 1",
            "5 from here on nothing happens by itself",
            "50 n2 receives ping from n1: works on it, time 1, and answers",
            "60 n1: its timer runs out: sends the ping, attempt 2",
        ]
    );
}

#[test]
fn released_things_go_on_as_if_no_time_had_passed() {
    let deeds = [
        (5, "hold", On::World, 0),
        (15, "deliver", M1, 0),
        (25, "release", On::World, 0),
    ];
    // The answer has its 10 ms before it, and the timer of 30 ms had 25 left.
    check(
        &[],
        &deeds,
        &[
            "25 everything goes on by itself again",
            "35 n1 receives pong from n2: has the answer to attempt 1",
        ],
    );
    let held = &[(4, "hold", On::World, 0), (25, "release", On::World, 0)];
    check(
        &[("loss", "100%")],
        held,
        &["51 n1: its timer runs out: sends the ping, attempt 2"],
    );
}

#[test]
fn a_message_on_its_way_keeps_its_distance_while_it_is_held() {
    let deeds = [(4, "hold", On::World, 0), (30, "skew", N1, 1)];
    let world = play(&[], &deeds).last().clone();
    let views = world.message_views();
    assert_eq!(views[0].arrives.minus(world.now()), Micros::from_millis(6));
}

#[test]
fn what_makes_no_sense_is_refused_with_the_reason() {
    let cases: [(Deed, &str); 8] = [
        ((5, "restart", N1, 0), "5 the node is up already"),
        ((5, "resume", N1, 0), "5 the node does not stand still"),
        ((5, "fire", N1, 9), "5 the node has no such timer running"),
        (
            (5, "drop", On::Message(9), 0),
            "5 that message is not on its way",
        ),
        (
            (5, "reorder", M1, 0),
            "5 there is no second message on that way",
        ),
        ((5, "release", On::World, 0), "5 nothing is held"),
        ((5, "crash", On::Node(9), 0), ""),
        ((5, "nonsense", N1, 0), "5 nothing comes of it"),
    ];
    for (deed, expected) in cases {
        match expected {
            "" => check_without(&[], &[deed], "crash"),
            _ => check(&[], &[deed], &[expected]),
        }
    }
    let paused = [(1, "pause", N1, 0), (5, "fire", N1, 1)];
    check(&[], &paused, &["5 the node does not run"]);
}

#[test]
fn a_promise_that_is_broken_says_when_and_how() {
    let history = play(&[("patience", "15ms")], &[]);
    let (at, broken) = history.verdicts()[0].broken.clone().unwrap();
    assert_eq!(at, Micros::from_millis(25));
    assert_eq!(broken.sentence, "n2 works on the ping again, time 2");
    assert_eq!(play(&[], &[]).verdicts()[0].broken, None);
}

#[test]
fn the_same_run_has_the_same_transcript() {
    let run = run(
        &[("loss", "40%"), ("patience", "12ms")],
        &[(11, "duplicate", M1, 0), (13, "crash", N2, 0)],
    );
    assert_eq!(
        Pings::of(&run).transcript(),
        Pings::of(&run.clone()).transcript()
    );
}

#[test]
fn a_run_with_faults_comes_back_from_its_link() {
    let run = run(
        &[("loss", "10%")],
        &[
            (1, "cut", On::Link(2, 1), 0),
            (2, "delay", M1, 7 * MS),
            (3, "partition", On::Nodes(2), 0),
            (4, "skew", N2, -30 * MS),
            (5, "heal", On::World, 0),
        ],
    );
    let decoded = link::decode(&LAB, &link::encode(&run));
    assert_eq!(decoded.notices, []);
    assert!(decoded.run.same_history(&run));
}

#[test]
fn more_loss_changes_nothing_about_the_messages_that_arrive() {
    const SETTINGS: &[Parameter] = &[
        network::DELAY,
        network::JITTER,
        network::LOSS,
        network::DUPLICATES,
    ];
    let fates = |loss| -> Vec<Option<Micros>> {
        let mut config = Config::defaults(SETTINGS);
        config.set(network::LOSS.id, loss).unwrap();
        config.set(network::JITTER.id, 90).unwrap();
        let mut network = Network::new(&config, 2, 7);
        (0..200)
            .map(|message| {
                let sent = Micros::from_millis(message);
                let fate = network.send(1, 2, sent, |_| None);
                fate.lost.is_none().then_some(fate.arrives)
            })
            .collect()
    };
    let (few, many) = (fates(0), fates(50));
    let survivors = few.iter().zip(&many).filter(|(_, other)| other.is_some());
    assert!(survivors.clone().all(|(one, other)| one == other));
    // 200 tosses of a coin: 99.99 % of all seeds lie within 100 ± 28.
    assert!((72..=128).contains(&survivors.count()));
}

#[test]
fn without_overtaking_even_copies_arrive_in_the_order_of_sending() {
    const SETTINGS: &[Parameter] = &[
        network::DELAY,
        network::JITTER,
        network::DUPLICATES,
        network::REORDER,
    ];
    let mut config = Config::defaults(SETTINGS);
    config.set(network::JITTER.id, 100).unwrap();
    config.set(network::DUPLICATES.id, 50).unwrap();
    config.set(network::REORDER.id, 0).unwrap();
    let mut network = Network::new(&config, 2, 7);
    let mut last = Micros::ZERO;
    for message in 0..200 {
        let fate = network.send(1, 2, Micros::from_millis(message), |_| None);
        for arrives in [Some(fate.arrives), fate.copy].into_iter().flatten() {
            assert!(arrives > last, "message {message}");
            last = arrives;
        }
    }
}

#[test]
fn the_shiviz_log_is_one_that_shiviz_reads() {
    let run = run(
        &[("loss", "40%"), ("patience", "12ms")],
        &[(11, "crash", N2, 0), (13, "restart", N2, 0)],
    );
    let text = (LAB.engine.export)(&run, Format::Shiviz).unwrap();
    let log = shiviz::parse(text.as_bytes()).unwrap();
    assert_eq!(log.computation.names(), ["n1", "n2"]);
    let at_nodes = Pings::of(&run)
        .entries()
        .iter()
        .filter(|entry| !matches!(entry.event.what, What::Lost(..)))
        .count();
    assert_eq!(log.computation.events().len(), at_nodes);
}
