//! Small diagrams: their stamps, their edits, their tasks, and logs. What holds of every run stands
//! in `tests/logical_clocks.rs`.

use super::edit::{add_event, add_message, frozen, move_to, played, remove};
use super::event::letter;
use super::file::{Names, load, save};
use super::report::{accounts, between, computation};
use super::{Edited, LAB, LogicalClocks, Place, Shown, mark};
use crate::sim::causality::{Judgement, Relation};
use crate::sim::{History, Micros, Run, World, link};

fn run(text: &str) -> Run {
    let decoded = link::decode(&LAB, text);
    assert_eq!(decoded.notices, [], "{text}");
    decoded.run
}

fn world(text: &str) -> LogicalClocks {
    played(&run(text))
}

fn stamps(world: &LogicalClocks, shown: Shown) -> Vec<String> {
    let all = world.happenings().iter();
    all.map(|happening| happening.stamps.text(shown, world.names()))
        .collect()
}

fn check(scenario: &str, shown: Shown, expected: &[&str]) {
    let world = world(&format!("scenario={scenario}"));
    assert_eq!(stamps(&world, shown), expected, "{scenario}");
}

const fn place(process: usize, millis: u64) -> Place {
    Place {
        process,
        at: Micros::from_millis(millis),
    }
}

fn probe(run: &Run, probe: &str) -> i64 {
    LAB.engine.probe(run, probe).unwrap()
}

/// The events' processes and moments in milliseconds.
fn layout(run: &Run) -> Vec<(usize, u64)> {
    let world = played(run);
    let all = world.happenings().iter();
    all.map(|happening| (happening.process, happening.at.0 / 1_000))
        .collect()
}

#[test]
fn the_figure_of_the_chapter_has_the_chapter_s_stamps() {
    check(
        "three-processes",
        Shown::Lamport,
        &["1", "1", "2", "3", "2", "4"],
    );
    check(
        "three-processes",
        Shown::Vector,
        &[
            "[0,1,0]", "[0,0,1]", "[1,1,0]", "[2,1,0]", "[0,0,2]", "[2,1,3]",
        ],
    );
}

#[test]
fn the_exercise_of_the_chapter_has_the_stamps_of_its_solution() {
    let world = world("scenario=exercise");
    let mut all: Vec<String> = world
        .happenings()
        .iter()
        .map(|happening| {
            let names = world.names();
            let lamport = happening.stamps.text(Shown::Lamport, names);
            format!("{lamport} {}", happening.stamps.text(Shown::Vector, names))
        })
        .collect();
    all.sort();
    let mut expected = [
        "1 [1,0,0]",
        "2 [2,0,0]",
        "3 [2,1,0]",
        "4 [2,2,0]",
        "1 [0,0,1]",
        "2 [0,0,2]",
        "5 [2,2,3]",
        "3 [3,0,2]",
    ];
    expected.sort_unstable();
    assert_eq!(all, expected);
    assert_eq!(probe(&run("scenario=exercise"), "concurrent-pairs"), 11);
}

#[test]
fn a_hybrid_stamp_stays_with_the_fast_clock_until_its_own_has_caught_up() {
    check(
        "fast-clock",
        Shown::Hybrid,
        &[
            "(60, 0)", "(60, 1)", "(60, 2)", "(60, 3)", "(61, 0)", "(130, 0)",
        ],
    );
}

#[test]
fn an_overtaken_message_is_known_of_before_it_arrives() {
    let world = world("scenario=slow-message");
    let names = world.names();
    let at = |number: usize| world.happenings()[number].stamps.text(Shown::Vector, names);
    assert_eq!((at(4), at(5)), ("[2,2,1]".to_owned(), "[2,2,2]".to_owned()));
}

#[test]
fn a_sentence_says_where_the_stamp_comes_from() {
    let run = run("scenario=three-processes");
    let history = History::<LogicalClocks>::of(&run);
    let sentences: Vec<String> = history
        .entries()
        .iter()
        .map(|entry| history.start().sentence(&entry.event))
        .collect();
    assert_eq!(
        sentences[5],
        "f: n3 receives m2 from n1: its Lamport clock becomes max(2, 3) + 1 = 4"
    );
    assert_eq!(
        sentences[0],
        "a: n2 sends m1 to n1: its Lamport clock becomes 0 + 1 = 1"
    );
}

#[test]
fn what_arrives_and_leaves_in_one_millisecond_is_one_event() {
    let world = world(
        "processes=3;do=10ms:message:n1-n2:20ms,12ms:message:n3-n2:18ms,30ms:message:n2-n1:10ms,30ms:message:n2-n3:15ms",
    );
    let middle = &world.happenings()[2];
    assert_eq!((middle.receives.len(), middle.parts.len()), (2, 4));
    assert_eq!(middle.stamps.vector.0, [1, 1, 1]);
    assert_eq!(world.happenings().len(), 5);
}

#[test]
fn what_arrives_after_something_was_sent_is_an_event_of_its_own() {
    let world = world(
        "do=10ms:message:n1-n2:20ms,30001us:message:n2-n1:10ms,30200us:message:n3-n2:1ms,10100us:message:n3-n2:20700us",
    );
    let on_n2: Vec<u32> = world
        .happenings()
        .iter()
        .filter(|happening| happening.process == 1)
        .map(|happening| happening.stamps.vector.0[1])
        .collect();
    assert_eq!(on_n2, [1, 2, 3]);
}

#[test]
fn two_events_of_one_process_at_one_moment_are_two() {
    assert_eq!(probe(&run("do=10ms:event:n1,10ms:event:n1"), "events"), 2);
}

#[test]
fn letters_go_on_after_z() {
    let named = [0, 25, 26, 51, 52, 701, 702].map(letter);
    assert_eq!(named, ["a", "z", "aa", "az", "ba", "zz", "aaa"]);
}

#[test]
fn a_pair_is_said_with_its_path_and_with_what_the_stamps_say() {
    let world = world("scenario=three-processes");
    let computation = computation(&world).unwrap();
    let say = |a, b| between(&world, &computation, a, b).unwrap();
    let path = say(5, 0);
    assert_eq!(path.relation, Relation::After);
    assert_eq!(path.sentence, "a happened before f: a → c → d → f.");
    assert_eq!(
        path.stamps,
        "Stamps (Lamport): f 4 > a 1; the cause has the smaller one."
    );
    let none = say(3, 4);
    assert_eq!(
        none.sentence,
        "d and e are concurrent: no path leads from one to the other."
    );
    assert_eq!(
        none.stamps,
        "Stamps (Lamport): d 3 > e 2; that looks like an order, and nothing caused it."
    );
    assert_eq!(between(&world, &computation, 0, 6), None);
}

#[test]
fn only_vectors_recognise_concurrent_pairs() {
    let world = world("scenario=three-processes");
    let told: Vec<(u64, u64, u64)> = accounts(&world)
        .iter()
        .map(|account| {
            let counts = account.counts;
            (counts.recognised, counts.concurrent_tied, counts.invented)
        })
        .collect();
    // Lamport; with the process; vector; hybrid and physical, whose clocks are right here.
    assert_eq!(
        told,
        [(0, 2, 4), (0, 0, 6), (6, 0, 0), (0, 0, 6), (0, 0, 6)]
    );
}

#[test]
fn skewed_clocks_put_causes_after_their_effects_and_hybrid_stamps_do_not() {
    let world = world("scenario=three-processes;skew=50ms");
    let wrong: Vec<u64> = accounts(&world)
        .iter()
        .map(|account| account.counts.contradicting)
        .collect();
    assert_eq!(wrong[..4], [0, 0, 0, 0]);
    assert!(wrong[4] > 0);
}

#[test]
fn lamport_breaks_the_popular_belief_and_vectors_keep_it() {
    let broken = |stamp: &str| {
        let run = run(&format!("scenario=three-processes;stamp={stamp}"));
        let broken = (LAB.engine.broken)(&run).into_iter();
        broken.map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(broken("vector"), Vec::<&str>::new());
    for stamp in ["lamport", "lamport-process", "hlc"] {
        assert_eq!(broken(stamp), ["smaller-stamp-means-before"], "{stamp}");
    }
}

#[test]
fn an_event_is_put_on_the_nearest_free_millisecond() {
    let empty = run("do=");
    let Edited { run, place: first } = add_event(&empty, 0, Micros(9_700)).unwrap();
    assert_eq!(first, place(0, 10));
    let Edited { run, place: second } = add_event(&run, 2, Micros(10_000)).unwrap();
    assert_eq!(second, place(2, 11));
    assert_eq!(layout(&run), [(0, 10), (2, 11)]);
}

#[test]
fn a_message_from_an_event_leaves_with_it_and_from_elsewhere_makes_one() {
    let one = add_event(&run("do="), 0, Micros::from_millis(10)).unwrap();
    let with_it = add_message(&one.run, one.place, 1, Micros::from_millis(30)).unwrap();
    assert_eq!(layout(&with_it.run), [(0, 10), (1, 30)]);
    let apart = add_message(&one.run, place(0, 20), 1, Micros::from_millis(30)).unwrap();
    assert_eq!(layout(&apart.run), [(0, 10), (0, 20), (1, 30)]);
    assert_eq!(apart.place, place(1, 30));
}

#[test]
fn a_message_against_time_or_to_its_own_process_is_refused() {
    let refused = |to, at| add_message(&run("do="), place(0, 20), to, Micros::from_millis(at));
    assert!(refused(1, 20).unwrap_err().contains("after it is sent"));
    assert!(refused(0, 40).unwrap_err().contains("another process"));
}

#[test]
fn a_moved_end_leaves_the_other_where_it_is() {
    let before = run("do=10ms:message:n1-n2:20ms");
    let sent = move_to(&before, place(0, 10), Micros::from_millis(15)).unwrap();
    assert_eq!(layout(&sent.run), [(0, 15), (1, 30)]);
    let received = move_to(&before, place(1, 30), Micros::from_millis(50)).unwrap();
    assert_eq!(layout(&received.run), [(0, 10), (1, 50)]);
    let too_far = move_to(&before, place(1, 30), Micros::ZERO).unwrap();
    assert_eq!(layout(&too_far.run), [(0, 10), (1, 11)]);
    let nothing = move_to(&before, place(2, 30), Micros::ZERO).unwrap();
    assert_eq!(nothing.run, before);
}

#[test]
fn removing_an_event_removes_its_messages() {
    let before = run("do=5ms:event:n1,10ms:message:n1-n2:20ms");
    let after = remove(&before, place(1, 30)).unwrap();
    assert_eq!(layout(&after), [(0, 5)]);
    assert_eq!(remove(&before, place(1, 31)).unwrap(), before);
}

#[test]
fn random_events_become_the_reader_s_own_when_one_is_edited() {
    let drawn = run("scenario=random");
    let own = frozen(&drawn).unwrap();
    assert_eq!((own.config.get("random"), own.actions.len()), (0, 12));
    assert_eq!(layout(&own), layout(&drawn));
    assert_eq!(LAB.engine.transcript(&own), LAB.engine.transcript(&drawn));
}

#[test]
fn a_full_run_takes_nothing_more_and_says_so() {
    let mut full = run("do=");
    for at in 0..200 {
        full = add_event(&full, 0, Micros::from_millis(at)).unwrap().run;
    }
    let refused = add_event(&full, 0, Micros::from_millis(300)).unwrap_err();
    assert!(refused.contains("at most 200"), "{refused}");
}

#[test]
fn every_challenge_is_open_at_its_start_and_met_by_its_solution() {
    for challenge in LAB.challenges {
        let judge = |text| (LAB.engine.judge)(&run(text), challenge);
        assert!(judge(challenge.from).is_err(), "{}", challenge.id);
        assert_eq!(judge(challenge.solution), Ok(()), "{}", challenge.id);
    }
    let random = run("random=10;processes=2;do=");
    assert!((LAB.engine.judge)(&random, &LAB.challenges[0]).is_err());
}

#[test]
fn every_prediction_offers_the_answer_that_the_engine_gives() {
    for prediction in LAB.predictions {
        let number = probe(&run(prediction.run), prediction.probe);
        let right = prediction
            .answers
            .iter()
            .filter(|(answer, _)| *answer == number);
        assert_eq!(right.count(), 1, "{}: {number}", prediction.id);
    }
}

fn marked(scenario: &str, answers: &[&str]) -> Vec<(Option<Judgement>, String)> {
    let texts: Vec<String> = answers.iter().map(|text| (*text).to_owned()).collect();
    mark(&world(scenario), &texts)
        .into_iter()
        .map(|answered| (answered.judgement, answered.sentence))
        .collect()
}

#[test]
fn answers_are_read_in_the_ways_that_people_write_them() {
    let right = |scenario: &str, answers: &[&str]| {
        for (judgement, sentence) in marked(scenario, answers).into_iter().take(answers.len()) {
            assert_eq!(judgement, Some(Judgement::Right), "{sentence}");
        }
    };
    right("scenario=three-processes", &["1", " 1 ", "2"]);
    right(
        "scenario=three-processes;stamp=vector",
        &["[0,1,0]", "0 0 1", "(1; 1; 0)"],
    );
    right("scenario=fast-clock", &["(60, 0)", "60,1", "60 2"]);
}

#[test]
fn what_is_no_stamp_is_said_and_what_is_empty_gives_nothing_away() {
    let marks = marked("scenario=three-processes;stamp=vector", &["[1,0]", ""]);
    assert_eq!(
        marks[0],
        (
            None,
            "Write 3 whole numbers, one for each process, such as [0,1,2].".to_owned()
        )
    );
    assert_eq!(
        marks[1],
        (Some(Judgement::Missing), "No stamp yet.".to_owned())
    );
}

#[test]
fn a_saved_run_is_loaded_as_the_same_computation_with_its_names() {
    let world = world("scenario=three-processes");
    let names = Names {
        hosts: ["alice", "bob", "carol"].map(str::to_owned).to_vec(),
        labels: [(place(1, 10), "writes x".to_owned())].into(),
    };
    let text = save(&world, &names).unwrap();
    let loaded = load(text.as_bytes(), &Run::of(&LAB)).unwrap();
    assert_eq!(loaded.names.hosts, ["bob", "carol", "alice"]);
    assert_eq!(loaded.names.label(place(0, 10)), Some("writes x"));
    for number in ["events", "ordered-pairs", "concurrent-pairs"] {
        let before = probe(&run("scenario=three-processes"), number);
        assert_eq!(probe(&loaded.run, number), before, "{number}");
    }
}

#[test]
fn a_log_that_is_too_large_or_wrong_is_refused_with_what_to_do() {
    use std::fmt::Write as _;
    let refused = |log: &str| load(log.as_bytes(), &Run::of(&LAB)).unwrap_err();
    let mut long = String::new();
    for count in 1..=201 {
        writeln!(long, "x\na {{\"a\":{count}}}").unwrap();
    }
    assert!(
        refused(&long).contains("a run holds 200"),
        "{}",
        refused(&long)
    );
    let mut wide = String::new();
    for host in 1..=7 {
        writeln!(wide, "x\nh{host} {{\"h{host}\":1}}").unwrap();
    }
    assert!(refused(&wide).contains("room for 6"), "{}", refused(&wide));
    assert!(refused("nothing").starts_with("Line 1:"));
}

#[test]
fn a_log_of_one_host_gets_a_second_line() {
    let loaded = load(b"x\nn2 {\"n2\":1}\n", &Run::of(&LAB)).unwrap();
    assert_eq!(loaded.run.config.get("processes"), 2);
    assert_eq!(loaded.names.of(&played(&loaded.run)), ["n2", "n2'"]);
}

#[test]
fn a_message_takes_its_time_from_when_its_event_began() {
    let world = world("do=30ms:event:n2,30ms:message:n2-n1:25ms");
    let moments: Vec<u64> = world.happenings().iter().map(|event| event.at.0).collect();
    assert_eq!(moments, [30_000, 55_000]);
}
