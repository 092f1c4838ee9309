//! A cluster's whole run as a space-time diagram.

use super::stage::colour;
use super::words::short;
use crate::kit::space_time::{Arrow, Band, Diagram, Lane, Mark, Span, SpanKind};
use crate::sim::Micros;
use crate::sim::protocol::{Deed, NodeId, Step, Story, Travel, Why};

/// A note below a mark has at most so many letters.
const LETTERS: usize = 16;

/// Everything that happened in a run.
pub fn diagram(story: &Story) -> Diagram {
    let mut diagram = Diagram {
        lanes: lanes(story),
        ..Diagram::default()
    };
    for (place, step) in story.steps.iter().enumerate() {
        if let Some(arrow) = arrow(step) {
            diagram.arrows.push(arrow);
        }
        if let Some(mark) = mark(place, step) {
            diagram.marks.push(mark);
        }
    }
    // A message that is still on its way ends where the run does.
    let unfinished = story.unfinished.iter();
    diagram.arrows.extend(unfinished.map(|message| Arrow {
        reply: message.label.reply,
        copy: message.copy,
        reach: super::place::share(message, story.end),
        ..Arrow::new(
            (lane(message.from), message.sent),
            (lane(message.to), story.end.min(message.arrives)),
        )
    }));
    diagram.bands = bands(story);
    diagram
}

/// What the diagram shows, for those who cannot see it; the log tells every event.
pub fn in_words(story: &Story) -> String {
    let count = |wanted: fn(&Deed) -> bool| {
        let steps = story.steps.iter();
        steps.filter(|step| wanted(&step.what)).count()
    };
    let arrived = count(|what| matches!(what, Deed::Received(_)));
    let lost = count(|what| matches!(what, Deed::Lost(..)));
    let arrive = if arrived == 1 {
        "message arrives"
    } else {
        "messages arrive"
    };
    let are = if lost == 1 { "is" } else { "are" };
    let mut sentences = vec![format!(
        "Space-time diagram of {}: {arrived} {arrive}, {lost} {are} lost",
        story.names.join(", ")
    )];
    for (name, lane) in story.names.iter().zip(lanes(story)) {
        sentences.extend(lane.spans.iter().map(|span| {
            let word = match span.kind {
                SpanKind::Down => "is down",
                SpanKind::Still => "stands still",
            };
            format!("{name} {word} from {} to {}", span.from, span.to)
        }));
    }
    sentences.extend(bands(story).iter().map(|band| {
        format!(
            "Some messages do not pass from {} to {}",
            band.from, band.to
        )
    }));
    sentences.join(". ") + "."
}

fn lane(node: NodeId) -> usize {
    usize::from(node.saturating_sub(1))
}

/// The nodes' lines, with the stretches in which they did not run.
fn lanes(story: &Story) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = (1..)
        .zip(&story.names)
        .map(|(node, name)| Lane {
            name: name.clone(),
            colour: u8::try_from(colour(node)).unwrap_or_default(),
            ..Lane::default()
        })
        .collect();
    for step in &story.steps {
        let begins = match step.what {
            Deed::Crashed => Some(SpanKind::Down),
            Deed::Paused => Some(SpanKind::Still),
            Deed::Restarted | Deed::Resumed => None,
            _ => continue,
        };
        let Some(lane) = lanes.get_mut(lane(step.node)) else {
            continue;
        };
        if let Some(open) = lane.spans.last_mut().filter(|span| span.to == Micros::END) {
            open.to = step.at;
        }
        lane.spans.extend(begins.map(|kind| Span {
            from: step.at,
            to: Micros::END,
            kind,
        }));
    }
    for span in lanes.iter_mut().flat_map(|lane| &mut lane.spans) {
        span.to = span.to.min(story.end);
    }
    lanes
}

/// When some messages did not pass.
fn bands(story: &Story) -> Vec<Band> {
    let mut bands = Vec::new();
    let mut since = None;
    for step in &story.steps {
        match (&step.what, since) {
            (Deed::Parted, None) => since = Some(step.at),
            (Deed::Healed, Some(from)) => {
                bands.push((from, step.at));
                since = None;
            }
            _ => {}
        }
    }
    bands.extend(since.map(|from| (from, story.end)));
    let band = |(from, to)| Band {
        from,
        to,
        label: "parted",
    };
    bands.into_iter().map(band).collect()
}

/// The message of a step.
fn arrow(step: &Step) -> Option<Arrow> {
    let (travel, lost) = match &step.what {
        Deed::Received(travel) => (travel, None),
        Deed::Lost(travel, why) => (travel, Some(*why)),
        _ => return None,
    };
    Some(Arrow {
        reply: travel.label.reply,
        copy: travel.copy,
        lost: lost.is_some(),
        reach: match lost {
            None => 1.0,
            // It got as far as the node.
            Some(Why::Down) => 0.86,
            Some(Why::Network | Why::Dropped | Why::Partition) => 0.5,
        },
        ..Arrow::new((lane(travel.from), travel.sent), (lane(step.node), step.at))
    })
}

/// The mark of a step on its node's line.
fn mark(place: usize, step: &Step) -> Option<Mark> {
    let (label, note, is_small) = match &step.what {
        Deed::Received(travel) => ("", noted(travel), true),
        Deed::Acted => ("", String::new(), false),
        Deed::Crashed => ("✕", String::new(), false),
        Deed::Restarted => ("↑", String::new(), false),
        Deed::Paused => ("‖", String::new(), false),
        Deed::Resumed => ("▸", String::new(), false),
        Deed::Lost(..) | Deed::Parted | Deed::Healed | Deed::Other => return None,
    };
    Some(Mark {
        lane: lane(step.node),
        at: step.at,
        until: step.at,
        label: label.to_owned(),
        note,
        is_own: !is_small,
        place: Some(place),
        ..Mark::default()
    })
}

fn noted(travel: &Travel) -> String {
    match travel.label.attempt {
        0 | 1 => short(&travel.label.text, LETTERS),
        attempt => short(&format!("↻{attempt} {}", travel.label.text), LETTERS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::protocol::{Label, MessageView};

    fn step(at: u64, node: NodeId, what: Deed) -> Step {
        Step {
            at: Micros::from_millis(at),
            node,
            what,
        }
    }

    fn travel(from: NodeId, sent: u64, label: Label) -> Travel {
        Travel {
            from,
            sent: Micros::from_millis(sent),
            copy: false,
            label,
        }
    }

    fn story() -> Story {
        let ping = |sent| travel(1, sent, Label::request("ping"));
        Story {
            names: vec!["n1".to_owned(), "n2".to_owned()],
            steps: vec![
                step(0, 1, Deed::Acted),
                step(10, 2, Deed::Received(ping(0))),
                step(
                    15,
                    1,
                    Deed::Lost(travel(2, 10, Label::reply("pong")), Why::Network),
                ),
                step(20, 2, Deed::Crashed),
                step(30, 0, Deed::Parted),
                step(40, 2, Deed::Lost(ping(30), Why::Down)),
                step(50, 0, Deed::Healed),
                step(60, 2, Deed::Restarted),
                step(70, 1, Deed::Paused),
            ],
            unfinished: vec![MessageView {
                id: 9,
                from: 2,
                to: 1,
                label: Label::reply("pong"),
                copy: true,
                sent: Micros::from_millis(75),
                arrives: Micros::from_millis(85),
                lost: false,
            }],
            end: Micros::from_millis(80),
        }
    }

    #[test]
    fn every_message_has_its_line_from_sending_to_its_end() {
        let arrows = diagram(&story()).arrows;
        let told: Vec<(usize, u64, usize, u64, bool, bool)> = arrows
            .iter()
            .map(|arrow| {
                let (from, to) = (arrow.from, arrow.to);
                (from.0, from.1.0, to.0, to.1.0, arrow.reply, arrow.lost)
            })
            .collect();
        assert_eq!(
            told,
            [
                (0, 0, 1, 10_000, false, false),
                (1, 10_000, 0, 15_000, true, true),
                (0, 30_000, 1, 40_000, false, true),
                (1, 75_000, 0, 80_000, true, false),
            ]
        );
        let reach: Vec<f64> = arrows.iter().map(|arrow| arrow.reach).collect();
        assert_eq!(reach, [1.0, 0.5, 0.86, 0.5]);
        assert!(arrows[3].copy);
    }

    #[test]
    fn a_node_that_does_not_run_is_marked_until_it_does_again_or_the_run_ends() {
        let lanes = diagram(&story()).lanes;
        let spans = |lane: usize| -> Vec<(u64, u64, SpanKind)> {
            let spans = lanes[lane].spans.iter();
            spans
                .map(|span| (span.from.0, span.to.0, span.kind))
                .collect()
        };
        assert_eq!(spans(0), [(70_000, 80_000, SpanKind::Still)]);
        assert_eq!(spans(1), [(20_000, 60_000, SpanKind::Down)]);
    }

    #[test]
    fn marks_know_their_place_in_the_log() {
        let marks = diagram(&story()).marks;
        let places: Vec<_> = marks.iter().map(|mark| mark.place).collect();
        assert_eq!(places, [Some(0), Some(1), Some(3), Some(7), Some(8)]);
        assert_eq!(marks[1].note, "ping");
    }

    #[test]
    fn the_diagram_is_told_in_words() {
        assert_eq!(
            in_words(&story()),
            "Space-time diagram of n1, n2: 1 message arrives, 2 are lost. \
             n1 stands still from 70 ms to 80 ms. n2 is down from 20 ms to 60 ms. \
             Some messages do not pass from 30 ms to 50 ms."
        );
    }
}
