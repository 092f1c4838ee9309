//! Where processes and moments stand in the diagram, and what a movement of the pointer means.

use crate::kit::axis::TimeAxis;
use crate::sim::Micros;
use crate::sim::logical_clocks::{Happening, Place};

/// A process takes so many pixels.
pub const LANE: f64 = 76.0;
const TOP: f64 = 0.0;
const LEFT: f64 = 30.0;
const RIGHT: f64 = 34.0;
const FOOT: f64 = 28.0;
/// What is touched with a finger is at least so large, and so far from the next.
const FINGER: f64 = 28.0;
/// A touch of a process is no further from its line.
const REACH: f64 = 24.0;
/// What is moved less than this is not moved but pressed.
const STILL: f64 = 5.0;
/// Events that are closer than this overlap: the picture is not stretched for them.
const CLOSEST: u64 = 4_000;
/// Nor does it grow wider than this.
const WIDEST: f64 = 8_000.0;
/// The pointer puts events on multiples of this.
pub const SNAP: Micros = Micros::from_millis(5);
/// Behind the last event there is room for more.
const ROOM: Micros = Micros::from_millis(15);
const SHORTEST: Micros = Micros::from_millis(100);
const ROUND: u64 = 10_000;

/// The diagram's measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    axis: TimeAxis,
    lanes: usize,
}

impl Plot {
    /// Room for these events on so many processes. It takes `width` pixels, or more where events
    /// would stand too close to be touched, or their stamps, `stamp` pixels wide and alternately
    /// above and below their line, too close to be read.
    pub fn of(happenings: &[Happening], lanes: usize, width: f64, stamp: f64) -> Self {
        let last = happenings.last().map_or(Micros::ZERO, |last| last.at);
        let end = last.plus(ROOM).max(SHORTEST).0.div_ceil(ROUND) * ROUND;
        let needed = FINGER.max(stamp / 2.0);
        let closest = gaps(happenings, lanes).min();
        let across = closest.map_or(0.0, |gap| needed * pixels(end) / pixels(gap));
        let inner = (width - LEFT - RIGHT).max(across.min(WIDEST));
        Self {
            axis: TimeAxis {
                from: Micros::ZERO,
                to: Micros(end),
                left: LEFT,
                right: LEFT + inner.round(),
            },
            lanes,
        }
    }

    /// The time along the foot.
    pub fn axis(&self) -> &TimeAxis {
        &self.axis
    }

    /// How wide the picture is.
    pub fn width(&self) -> f64 {
        self.axis.right + RIGHT
    }

    /// How high the picture is.
    pub fn height(&self) -> f64 {
        self.bottom() + FOOT
    }

    /// Where the time axis runs.
    pub fn bottom(&self) -> f64 {
        TOP + LANE * whole(self.lanes)
    }

    /// Where a moment stands.
    pub fn x(&self, at: Micros) -> f64 {
        self.axis.x(at)
    }

    /// Where the line of a process runs, counted from 0.
    pub fn y(&self, lane: usize) -> f64 {
        TOP + LANE * (whole(lane) + 0.5)
    }

    /// The moment at which something is put that is dropped here.
    pub fn moment(&self, x: f64) -> Micros {
        let length = self.axis.right - self.axis.left;
        let share = (x - self.axis.left) / length;
        let snap = pixels(SNAP.0);
        let steps = (share * pixels(self.axis.to.0) / snap).round().max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number, not negative, of steps in a picture"
        )]
        Micros((steps as u64).saturating_mul(SNAP.0))
    }

    /// The process whose line is here; nothing between lines.
    pub fn lane(&self, y: f64) -> Option<usize> {
        (0..self.lanes).find(|lane| (self.y(*lane) - y).abs() <= REACH)
    }
}

/// How far events are from the one before them on their process, in microseconds.
fn gaps(happenings: &[Happening], lanes: usize) -> impl Iterator<Item = u64> {
    (0..lanes).flat_map(move |lane| {
        let on: Vec<u64> = happenings
            .iter()
            .filter(|happening| happening.process == lane)
            .map(|happening| happening.at.0)
            .collect();
        let gaps: Vec<u64> = on
            .windows(2)
            .filter_map(|pair| pair.last()?.checked_sub(*pair.first()?))
            .map(|gap| gap.max(CLOSEST))
            .collect();
        gaps
    })
}

#[expect(clippy::cast_precision_loss, reason = "a length in a picture")]
fn pixels(length: u64) -> f64 {
    length as f64
}

fn whole(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or_default())
}

/// What the pointer went down on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// An event.
    Event(Place),
    /// The line of a process, at a moment.
    Line(Place),
}

/// What a movement of the pointer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// It did not move: what is under it is pressed.
    Press,
    /// The event goes to this moment.
    Move(Micros),
    /// A message goes to that process, counted from 0, and arrives then.
    Message(usize, Micros),
    /// Nothing that means anything.
    Nothing,
}

/// What it means that the pointer went from one point to another. `moved` says that it has been
/// further away in between.
pub fn gesture(plot: &Plot, grip: Grip, from: (f64, f64), to: (f64, f64), moved: bool) -> Gesture {
    let still = (to.0 - from.0).abs() < STILL && (to.1 - from.1).abs() < STILL;
    if still && !moved {
        return Gesture::Press;
    }
    let (Grip::Event(place) | Grip::Line(place)) = grip;
    match (plot.lane(to.1), grip) {
        (Some(lane), _) if lane != place.process => Gesture::Message(lane, plot.moment(to.0)),
        // The event keeps its distance from the finger that holds it.
        (_, Grip::Event(place)) if (to.1 - plot.y(place.process)).abs() < LANE / 2.0 => {
            Gesture::Move(plot.moment(plot.x(place.at) + to.0 - from.0))
        }
        _ => Gesture::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::link;
    use crate::sim::logical_clocks::LAB;
    use crate::sim::logical_clocks::edit::played;

    fn plot(run: &str, width: f64) -> Plot {
        let world = played(&link::decode(&LAB, run).run);
        Plot::of(world.happenings(), world.names().len(), width, 50.0)
    }

    const fn place(process: usize, millis: u64) -> Place {
        Place {
            process,
            at: Micros::from_millis(millis),
        }
    }

    fn check(grip: Grip, to: (f64, f64), expected: Gesture) {
        let plot = plot("processes=3;do=50ms:event:n1", 664.0);
        let (Grip::Event(place) | Grip::Line(place)) = grip;
        let from = (plot.x(place.at), plot.y(place.process));
        let to = (from.0 + to.0, from.1 + to.1);
        assert_eq!(gesture(&plot, grip, from, to, false), expected);
    }

    #[test]
    fn what_stands_far_apart_fits_into_the_window() {
        let plot = plot("scenario=three-processes", 360.0);
        assert!((plot.width() - 360.0).abs() < 1.0, "{}", plot.width());
    }

    #[test]
    fn what_stands_close_together_gets_room_for_a_finger() {
        let plot = plot("do=10ms:event:n1,15ms:event:n1", 360.0);
        let apart = plot.x(Micros(15_000)) - plot.x(Micros(10_000));
        assert!(apart >= FINGER - 1.0, "{apart}");
    }

    #[test]
    fn events_on_one_point_stretch_the_picture_no_further() {
        let at_once = plot("do=10ms:event:n1,10ms:event:n1", 360.0);
        let close = plot("do=10ms:event:n1,14ms:event:n1", 360.0);
        assert_eq!(at_once, close);
    }

    #[test]
    fn a_point_is_the_nearest_five_milliseconds_and_the_line_that_is_near() {
        let plot = plot("processes=3;do=", 664.0);
        assert_eq!(plot.moment(plot.x(Micros(31_000))), Micros(30_000));
        assert_eq!(plot.moment(-100.0), Micros::ZERO);
        assert_eq!(plot.lane(plot.y(1) + 20.0), Some(1));
        assert_eq!(plot.lane(plot.y(1) + LANE / 2.0), None);
    }

    #[test]
    fn an_event_that_is_pulled_along_its_line_moves() {
        let event = Grip::Event(place(0, 50));
        check(event, (3.0, 2.0), Gesture::Press);
        check(event, (60.0, 10.0), Gesture::Move(Micros::from_millis(60)));
        check(Grip::Line(place(0, 50)), (60.0, 10.0), Gesture::Nothing);
    }

    #[test]
    fn what_is_pulled_to_another_line_is_a_message() {
        for grip in [Grip::Event(place(0, 50)), Grip::Line(place(0, 50))] {
            check(
                grip,
                (60.0, LANE),
                Gesture::Message(1, Micros::from_millis(60)),
            );
            check(grip, (60.0, -LANE), Gesture::Nothing);
        }
    }
}
