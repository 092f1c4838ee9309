//! Playing a run: the player's buttons, the scrubber, the live region, reduced motion.

use crate::lab::Lab;
use crate::reader::visit;
use crate::site;

#[test]
fn the_first_picture_stands_in_the_file() {
    let page = site::get(&format!("{}{}", site::at_root(), &site::chapter()[1..])).text;
    let (_, lab) = page
        .split_once("data-lab=\"clock-skew\"")
        .expect("the lab is in the file");
    // Two layers: the lines, and what happens on them.
    let picture: String = lab
        .split("<svg")
        .filter_map(|rest| rest.split_once("</svg>"))
        .map(|(picture, _)| picture)
        .filter(|picture| picture.contains("class=\"space-time\""))
        .collect();
    for wanted in ["n1", "n2", "<circle", "aria-label"] {
        assert!(
            picture.contains(wanted),
            "the picture in the file has no {wanted}"
        );
    }
    assert!(
        lab.contains("log-sentence"),
        "what happened is not in the file"
    );
}

#[test]
fn the_lab_shows_at_once_what_the_file_showed() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        let file = site::get(&lab.reader.address(&site::chapter())).text;
        for sentence in lab.log().await {
            let escaped = sentence.replace('&', "&amp;").replace('<', "&lt;");
            assert!(file.contains(&escaped), "not in the file: {sentence}");
        }
    });
}

#[test]
fn stepping_goes_from_event_to_event_and_back_returns() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.press("start").await;
        lab.until(
            "the run is at its beginning",
            "lab.querySelector('.scrub').value === '0'",
        )
        .await;
        let mut seen = vec![(lab.moment().await, lab.log().await)];
        for _ in 0..4 {
            let before = lab.clock().await;
            lab.press("step").await;
            let moved = format!("lab.querySelector('.lab-clock').textContent !== '{before}'");
            lab.until("a step moves the clock", &moved).await;
            seen.push((lab.moment().await, lab.log().await));
        }
        for pair in seen.windows(2) {
            assert!(pair[0].0 < pair[1].0, "a step does not go on: {pair:#?}");
            assert!(
                pair[0].1.len() < pair[1].1.len(),
                "a step adds no event: {pair:#?}"
            );
            assert!(
                pair[1].1.starts_with(&pair[0].1),
                "a step changes what was: {pair:#?}"
            );
        }
        for (moment, log) in seen.iter().rev().skip(1) {
            lab.press("back").await;
            lab.until(
                "back goes back",
                &format!("lab.querySelector('.scrub').value === '{moment}'"),
            )
            .await;
            assert_eq!(lab.log().await, *log);
        }
    });
}

#[test]
fn start_and_end_show_the_beginning_and_the_end() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.press("start").await;
        lab.until(
            "nothing has happened",
            "lab.querySelectorAll('.lab-log > li').length <= 1",
        )
        .await;
        let beginning = lab.picture().await;
        lab.press("end").await;
        lab.until(
            "the end is shown",
            "lab.querySelector('.scrub').value === lab.querySelector('.scrub').max",
        )
        .await;
        assert_ne!(
            lab.picture().await,
            beginning,
            "the picture is the same at both ends"
        );
        let current = "lab.querySelectorAll('.lab-log > li[aria-current=true]').length === 1";
        lab.expect("one event is the current one", current).await;
    });
}

#[test]
fn the_scrubber_shows_any_moment_and_the_same_one_the_same_way() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.scrub(0).await;
        lab.until(
            "the clock is at the beginning",
            "lab.querySelectorAll('.lab-log > li').length <= 1",
        )
        .await;
        let end: u64 = lab
            .reader
            .text("document.querySelector('.scrub').max")
            .await
            .parse()
            .unwrap();
        lab.scrub(end / 2).await;
        lab.until(
            "something has happened",
            "lab.querySelectorAll('.lab-log > li').length > 1",
        )
        .await;
        let half = lab.everything().await;
        lab.scrub(end).await;
        lab.until(
            "the run is at its end",
            &format!("lab.querySelector('.scrub').value === '{end}'"),
        )
        .await;
        lab.scrub(end / 2).await;
        lab.until(
            "the run is half-way",
            &format!("lab.querySelector('.scrub').value === '{}'", end / 2),
        )
        .await;
        crate::lab::assert_same(&half, &lab.everything().await, "half-way, reached twice");
    });
}

#[test]
fn playing_moves_the_clock_until_it_is_paused() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.press("start").await;
        lab.press("play").await;
        lab.until(
            "the run plays",
            "Number(lab.querySelector('.scrub').value) > 0",
        )
        .await;
        lab.expect(
            "the button offers a pause",
            "lab.querySelector('[data-do=play]').ariaLabel === 'Pause'",
        )
        .await;
        lab.press("play").await;
        lab.until(
            "the button offers to play",
            "lab.querySelector('[data-do=play]').ariaLabel === 'Play'",
        )
        .await;
        let paused = lab.moment().await;
        lab.reader.until_drawn().await;
        lab.reader.until_drawn().await;
        assert_eq!(
            lab.moment().await,
            paused,
            "the clock goes on after the pause"
        );
    });
}

#[test]
fn a_run_that_plays_comes_to_its_end_and_stops() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.reader
            .run(
                "const menu = document.querySelector('[data-set=speed]');
            menu.selectedIndex = menu.options.length - 1;
            menu.dispatchEvent(new Event('change', { bubbles: true }))",
            )
            .await;
        let end: u64 = lab
            .reader
            .text("document.querySelector('.scrub').max")
            .await
            .parse()
            .unwrap();
        lab.scrub(end - end / 50).await;
        lab.press("play").await;
        lab.until(
            "the end comes",
            &format!("lab.querySelector('.scrub').value === '{end}'"),
        )
        .await;
        lab.until(
            "the run has stopped",
            "lab.querySelector('[data-do=play]').ariaLabel === 'Play'",
        )
        .await;
    });
}

#[test]
fn with_reduced_motion_a_run_plays_event_by_event() {
    visit().read(|reader| async move {
        reader.ask_for_less_motion().await;
        let lab = Lab::open(reader).await;
        lab.press("start").await;
        lab.press("play").await;
        // Only moments at which something happens are shown.
        for count in [1, 2] {
            let shown = format!("lab.querySelectorAll('.lab-log > li').length >= {count}");
            lab.until("the run plays", &shown).await;
        }
        lab.press("play").await;
        let at = lab.clock().await;
        let last = lab
            .reader
            .text("document.querySelector('.lab-log > li .log-time').textContent")
            .await;
        assert_eq!(at, last, "the clock stands between two events");
    });
}

#[test]
fn the_live_region_says_the_event_of_each_step() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.press("start").await;
        for _ in 0..3 {
            let before = lab.said().await;
            lab.press("step").await;
            let other = format!(
                "lab.querySelector('.lab-said').textContent !== {}",
                serde_json::json!(before)
            );
            lab.until("something is said", &other).await;
            let said = lab.said().await;
            let newest = lab.log().await.pop().expect("a step shows an event");
            assert!(
                said.contains(&newest),
                "said {said:?}, but {newest:?} happened"
            );
        }
    });
}

#[test]
fn a_sentence_of_the_log_leads_to_its_moment() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.press("end").await;
        lab.until(
            "there are events",
            "lab.querySelectorAll('.lab-log > li').length > 3",
        )
        .await;
        let third = "document.querySelector('.lab-log > li:nth-last-child(3) ";
        let when = lab
            .reader
            .text(&format!("{third}.log-time').textContent"))
            .await;
        lab.reader.run(&format!("{third}button').click()")).await;
        let there = format!("lab.querySelector('.lab-clock').textContent === '{when}'");
        lab.until("the run is at that moment", &there).await;
    });
}

#[test]
fn leaving_the_page_while_a_run_plays_leaves_nothing_behind() {
    visit().read(|reader| async move {
        for less_motion in [false, true] {
            if less_motion {
                reader.ask_for_less_motion().await;
            }
            let lab = Lab::open(reader.clone()).await;
            lab.press("start").await;
            lab.press("play").await;
            lab.until(
                "the run plays",
                "Number(lab.querySelector('.scrub').value) > 0",
            )
            .await;
            reader
                .run("document.querySelector(\".site-nav > a[href*='about']\").click()")
                .await;
            reader
                .until("another page is shown", "!document.querySelector('.lab')")
                .await;
            reader.set_width(700).await;
            reader.until_drawn().await;
            reader.back().await;
            lab.until("the lab is back", "lab?.querySelector('.scrub')")
                .await;
            lab.press("end").await;
            lab.press("back").await;
            lab.until(
                "it works",
                "lab.querySelector('.scrub').value !== lab.querySelector('.scrub').max",
            )
            .await;
        }
    });
}

#[test]
fn a_run_can_be_changed_while_it_plays() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader).await;
        lab.press("start").await;
        lab.press("play").await;
        for (parameter, value) in [
            ("machines", "5"),
            ("writes", "40"),
            ("machines", "2"),
            ("writes", "0"),
        ] {
            lab.set(parameter, value).await;
            let set =
                format!("lab.querySelector('[data-parameter={parameter}]').value === '{value}'");
            lab.until("the parameter is set", &set).await;
        }
        lab.press("end").await;
        lab.until(
            "the end is shown",
            "lab.querySelector('.scrub').value === lab.querySelector('.scrub').max",
        )
        .await;
    });
}
