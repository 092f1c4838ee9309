//! `clock-skew`: hybrid clocks, NTP, Marzullo, TrueTime.

use happens_before::sim::clock_skew::{ClockSkew, LAB, LogEntry, What, report};
use happens_before::sim::clocks::{Exchange, Hybrid, Interval, Reading, marzullo};
use happens_before::sim::{Action, History, Micros, Run};

/// Kulkarni et al. 2014, figure 5; physical readings and received stamps of REFERENCES.md.
#[test]
fn the_hybrid_clock_gives_the_stamps_of_the_paper() {
    let events = [
        (5, None),
        (6, None),
        (10, Some((10, 5))),
        (7, None),
        (8, Some((10, 4))),
        (10, Some((10, 99))),
        (11, Some((10, 31))),
        (11, None),
    ];
    let mut clock = Hybrid::default();
    let stamps: Vec<(i64, u32)> = events
        .into_iter()
        .map(|(pt, message)| match message {
            None => clock.local(Reading(pt)),
            Some((l, c)) => clock.receive(Hybrid { l: Reading(l), c }, Reading(pt)),
        })
        .map(|stamp| (stamp.l.0, stamp.c))
        .collect();
    let published = [
        (5, 0),
        (6, 0),
        (10, 6),
        (10, 7),
        (10, 8),
        (10, 100),
        (11, 0),
        (11, 1),
    ];
    assert_eq!(stamps, published);
    println!("hybrid clock: {stamps:?}");
}

/// RFC 5905, section 8. Client 50 ms fast; 2 ms out, 1 ms at the server, 6 ms back: the estimate errs
/// by half the difference of the ways, 2 ms, and may err by half their sum, 4 ms.
#[test]
fn the_ntp_formulas_give_the_worked_figures() {
    let ms = |millis: i64| Reading(millis * 1_000);
    let exchange = Exchange {
        t0: ms(50),
        t1: ms(2),
        t2: ms(3),
        t3: ms(59),
    };
    assert_eq!(
        (exchange.offset(), exchange.delay(), exchange.bound()),
        (-52_000, 8_000, 4_000)
    );
    let even = Exchange {
        t0: ms(0),
        t1: ms(105),
        t2: ms(106),
        t3: ms(11),
    };
    assert_eq!(
        (even.offset(), even.delay(), even.bound()),
        (100_000, 10_000, 5_000)
    );
    println!(
        "NTP: offset {} µs, delay {} µs",
        exchange.offset(),
        exchange.delay()
    );
}

/// Marzullo 1984.
#[test]
fn marzullos_algorithm_finds_the_published_interval() {
    let interval = |(earliest, latest)| Interval {
        earliest: Reading(earliest),
        latest: Reading(latest),
    };
    let sources = [(8, 12), (11, 13), (10, 12)].map(interval);
    assert_eq!(marzullo(&sources), Some(interval((11, 12))));
}

/// Corbett et al. 2012, section 3: ε is a sawtooth from 1 to 7 ms, 4 ms on average. Measured on
/// every whole tooth of every machine in the scenario's own run.
#[test]
fn the_uncertainty_of_truetime_is_a_sawtooth_of_1_to_7_ms_with_mean_4_ms() {
    let history: History<ClockSkew> = History::of(&Run::scenario(&LAB, "truetime").unwrap());
    let (mut lowest, mut highest, mut area, mut length) = (i64::MAX, 0, 0.0, 0.0);
    for curve in report::clock_error(&history) {
        let points = &curve.points;
        // Points come in pairs, the two ends of a tooth; the first tooth begins before any poll and
        // the last ends with the run.
        for tooth in points
            .chunks(2)
            .skip(1)
            .take((points.len() / 2).saturating_sub(2))
        {
            let [from, to] = tooth else {
                panic!("a tooth without an end: {tooth:?}")
            };
            lowest = lowest.min(from.bound);
            highest = highest.max(to.bound);
            let seconds = to.at.minus(from.at).0 as f64;
            area += seconds * (from.bound + to.bound) as f64 / 2.0;
            length += seconds;
        }
    }
    let mean = area / length;
    println!(
        "ε from {lowest} to {highest} µs, mean {mean:.1} µs, over {:.0} s of clock",
        length / 1e6
    );
    assert!(
        (990..=1_010).contains(&lowest)
            && (6_930..=7_070).contains(&highest)
            && (mean - 4_000.0).abs() <= 40.0
    );
}

/// Corbett et al. 2012, section 4.2.1: a commit waits for at least twice the mean ε. The scenario's
/// parameters, with one write by n1 in every second of three whole teeth instead of writes at random,
/// which would have to be very many to sample a tooth evenly.
#[test]
fn commit_wait_is_about_twice_the_mean_uncertainty() {
    let mut run = Run::scenario(&LAB, "truetime").unwrap();
    run.config.set("writes", 0).unwrap();
    for second in 0..90 {
        let at = Micros::from_millis(30_500 + second * 1_000);
        assert!(run.act(Action {
            at,
            kind: "write",
            on: happens_before::sim::On::Node(1),
            amount: 0
        }));
    }
    let history: History<ClockSkew> = History::of(&run);
    let commits = history
        .last()
        .log()
        .iter()
        .filter(|entry| is_spontaneous(entry));
    let waits: Vec<f64> = commits.map(|entry| entry.waited().0 as f64).collect();
    let mean = waits.iter().sum::<f64>() / waits.len() as f64;
    println!(
        "mean commit wait {:.3} ms over {} writes",
        mean / 1e3,
        waits.len()
    );
    assert_eq!(waits.len(), 90);
    assert!(
        (mean / 8_000.0 - 1.0).abs() <= 0.01,
        "mean commit wait {mean} µs"
    );
}

fn is_spontaneous(entry: &LogEntry) -> bool {
    matches!(entry.what, What::Write { upon: None, .. })
}

/// Of every single entry of the scenario: it waits for twice its own ε, up to what ε grows meanwhile.
#[test]
fn every_commit_waits_for_twice_its_own_uncertainty() {
    let history: History<ClockSkew> = History::of(&Run::scenario(&LAB, "truetime").unwrap());
    for entry in history.last().log() {
        let (wait, twice) = (
            entry.waited().signed(),
            2 * entry.stamps.truetime.uncertainty(),
        );
        assert!(
            (twice..=twice + twice / 1_000 + 3).contains(&wait),
            "{entry}: waited {wait} µs, 2ε = {twice} µs"
        );
    }
}
