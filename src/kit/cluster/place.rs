//! Where nodes, messages and cuts stand in the picture of a cluster. Lengths are in pixels.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::words::{Sides, sides};
use crate::kit::axis::ratio;
use crate::sim::Micros;
use crate::sim::protocol::{Layout, MessageView, NodeId};

/// Room above and below the middle of the outermost nodes: for the role, and for state and clock.
const ABOVE: f64 = 52.0;
const BELOW: f64 = 66.0;
/// From one row of nodes to the next.
const ROW: f64 = 132.0;
/// A letter of a node's state takes about so much.
const LETTER: f64 = 6.2;
/// Nodes stand no closer in a row.
const CLOSEST: f64 = 64.0;
/// More nodes than these have no room on one circle and stand in rows.
const MOST_ON_A_CIRCLE: usize = 16;
/// Messages keep so far to their right, so that those in the other direction pass beside them.
const ASIDE: f64 = 11.0;
/// Two messages of one way that are closer than this share of it stand beside each other.
const CLOSE: f64 = 0.16;

/// A line between two sides is looked for in so many directions, and needs so much room.
const DIRECTIONS: u16 = 72;
const ROOM_FOR_A_CUT: f64 = 44.0;

/// A point of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From above.
    pub y: f64,
}

impl Point {
    fn towards(self, other: Self, share: f64) -> Self {
        Self {
            x: self.x + (other.x - self.x) * share,
            y: self.y + (other.y - self.y) * share,
        }
    }

    /// One step of length 1 towards another point; nothing if it is the same.
    fn direction(self, other: Self) -> Option<Self> {
        let (x, y) = (other.x - self.x, other.y - self.y);
        let length = x.hypot(y);
        (length > 1e-6).then(|| Self {
            x: x / length,
            y: y / length,
        })
    }

    fn plus(self, direction: Self, length: f64) -> Self {
        Self {
            x: self.x + direction.x * length,
            y: self.y + direction.y * length,
        }
    }

    fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// To the right of one who goes in this direction.
    fn right(self) -> Self {
        Self {
            x: -self.y,
            y: self.x,
        }
    }
}

/// A node's square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Square {
    /// Its middle.
    pub middle: Point,
    /// Half of its width.
    pub half_width: f64,
    /// Half of its height.
    pub half_height: f64,
    /// How many letters there is room for below it.
    pub letters: usize,
}

/// Where all nodes stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The picture's width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The nodes' squares, n1 first.
    pub squares: Vec<Square>,
}

/// Where a message is, and which way it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Its middle.
    pub at: Point,
    /// Its direction in degrees, clockwise from the right.
    pub turn: f64,
}

/// A dashed line across ways on which no message passes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// One end.
    pub from: Point,
    /// The other end.
    pub to: Point,
    /// Where the way is open in one direction: its direction in degrees, clockwise from the right.
    pub open: Option<f64>,
}

impl Plan {
    /// Places nodes of these names in a picture of this width.
    pub fn of(layout: &Layout, names: &[String], width: f64) -> Self {
        let (middles, height) = match layout {
            Layout::Circle if names.len() <= MOST_ON_A_CIRCLE => circle(names.len(), width),
            Layout::Circle => in_rows(&[], names.len(), width),
            Layout::Rows(rows) => in_rows(rows, names.len(), width),
        };
        let squares = (0..middles.len())
            .zip(names)
            .map(|(index, name)| square(&middles, index, name, width))
            .collect();
        Self {
            width,
            height,
            squares,
        }
    }

    /// A node's square; that of no node stands in the corner.
    pub fn square(&self, node: NodeId) -> Square {
        let index = usize::from(node).checked_sub(1);
        let found = index.and_then(|index| self.squares.get(index));
        found.copied().unwrap_or(Square {
            middle: Point::default(),
            half_width: 0.0,
            half_height: 0.0,
            letters: 0,
        })
    }

    /// Where a message is after this share of its way. `beside` is how many others stand between it
    /// and the middle of the way.
    pub fn spot(&self, from: NodeId, to: NodeId, share: f64, beside: u32) -> Spot {
        let (start, end) = (self.square(from), self.square(to));
        let Some(direction) = start.middle.direction(end.middle) else {
            return around(start, share);
        };
        let aside = ASIDE + 22.0 * f64::from(beside);
        let begin = start.middle.plus(direction, edge(start, direction));
        let arrive = end.middle.plus(direction, -edge(end, direction));
        Spot {
            at: begin.towards(arrive, share).plus(direction.right(), aside),
            turn: degrees(direction),
        }
    }

    /// The dashed lines that show where no message passes.
    pub fn cuts(&self, cuts: &[(NodeId, NodeId)]) -> Vec<Cut> {
        let parted = sides(self.squares.len(), cuts);
        if let Some(line) = parted.and_then(|sides| self.between(&sides)) {
            return vec![line];
        }
        let is_first = |(from, to): (NodeId, NodeId)| from < to || !cuts.contains(&(to, from));
        cuts.iter()
            .copied()
            .filter(|cut| is_first(*cut))
            .filter_map(|(from, to)| self.across(from, to, cuts.contains(&(to, from))))
            .collect()
    }

    /// One line between two sides, if a straight one parts them: the one with most room.
    fn between(&self, sides: &Sides) -> Option<Cut> {
        let middles = |side: &[NodeId]| -> Vec<Point> {
            side.iter().map(|node| self.square(*node).middle).collect()
        };
        let (ours, theirs) = (middles(&sides.from), middles(&sides.to));
        let room = |direction: Point| {
            farthest(&theirs, direction, f64::min) - farthest(&ours, direction, f64::max)
        };
        let directions = (0..DIRECTIONS).map(|count| {
            let angle = TAU * f64::from(count) / f64::from(DIRECTIONS);
            Point {
                x: angle.cos(),
                y: angle.sin(),
            }
        });
        let direction = directions.max_by(|one, other| room(*one).total_cmp(&room(*other)))?;
        if room(direction) < ROOM_FOR_A_CUT {
            return None;
        }
        let foot = farthest(&ours, direction, f64::max) + room(direction) / 2.0;
        let (all, along) = ([ours, theirs].concat(), direction.right());
        let end = |at: f64| Point {
            x: (direction.x * foot + along.x * at).clamp(4.0, self.width - 4.0),
            y: (direction.y * foot + along.y * at).clamp(4.0, self.height - 4.0),
        };
        Some(Cut {
            from: end(farthest(&all, along, f64::min) - 30.0),
            to: end(farthest(&all, along, f64::max) + 30.0),
            open: sides.one_way.then(|| degrees(direction) + 180.0),
        })
    }

    /// A short line across the way between two nodes.
    fn across(&self, from: NodeId, to: NodeId, both: bool) -> Option<Cut> {
        let (start, end) = (self.square(from).middle, self.square(to).middle);
        let direction = start.direction(end)?;
        let middle = start.towards(end, 0.5);
        Some(Cut {
            from: middle.plus(direction.right(), -26.0),
            to: middle.plus(direction.right(), 26.0),
            open: (!both).then(|| degrees(direction) + 180.0),
        })
    }
}

/// Which share of its way a message has behind it. One that is lost gets half of the way.
pub fn share(message: &MessageView, at: Micros) -> f64 {
    let takes = message.arrives.minus(message.sent).signed().max(1);
    let passed = at.minus(message.sent).signed().min(takes);
    let whole = if message.lost { 0.5 } else { 1.0 };
    ratio(passed, takes) * whole
}

/// How many earlier messages of the same way are so close that this one stands beside them.
pub fn beside(messages: &[MessageView], message: &MessageView) -> u32 {
    let close = |other: &&MessageView| {
        let takes = message.arrives.minus(message.sent).signed().max(1);
        let apart = message.sent.signed().abs_diff(other.sent.signed());
        let apart = i64::try_from(apart).unwrap_or(i64::MAX);
        other.id < message.id
            && (other.from, other.to) == (message.from, message.to)
            && ratio(apart, takes) < CLOSE
    };
    // More would leave the picture.
    u32::try_from(messages.iter().filter(close).count().min(3)).unwrap_or_default()
}

/// All on one circle, the first at the top; two side by side.
fn circle(count: usize, width: f64) -> (Vec<Point>, f64) {
    let nodes = f64::from(u32::try_from(count).unwrap_or(64));
    let inner = match count {
        0..=2 => 30.0,
        3..=6 => 236.0,
        _ => (236.0 + 14.0 * (nodes - 6.0)).min(420.0),
    };
    let height = ABOVE + inner + BELOW;
    let middle = Point {
        x: width / 2.0,
        y: ABOVE + inner / 2.0,
    };
    let side = if width < 480.0 { 50.0 } else { 76.0 };
    let across = (width / 2.0 - side).clamp(20.0, 300.0);
    let up = match count {
        0..=2 => 0.0,
        _ => inner / 2.0,
    };
    let begin = if count == 2 {
        -2.0 * FRAC_PI_2
    } else {
        -FRAC_PI_2
    };
    let points = (0..count).map(|index| {
        let place = f64::from(u32::try_from(index).unwrap_or_default());
        let angle = begin + TAU * place / nodes;
        Point {
            x: middle.x
                + if count == 1 {
                    0.0
                } else {
                    across * angle.cos()
                },
            y: middle.y + up * angle.sin(),
        }
    });
    (points.collect(), height)
}

/// In rows from the top; a row that is too long goes on in the next, and nodes that stand in no row
/// stand in the last.
fn in_rows(rows: &[Vec<NodeId>], count: usize, width: f64) -> (Vec<Point>, f64) {
    let placed: Vec<NodeId> = rows.iter().flatten().copied().collect();
    let rest: Vec<NodeId> = (1..)
        .take(count)
        .filter(|node| !placed.contains(node))
        .collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a picture is at least one and at most some hundred nodes wide"
    )]
    let fit = ((width / CLOSEST) as usize).max(1);
    let lines: Vec<&[NodeId]> = rows
        .iter()
        .chain([&rest])
        .flat_map(|row| row.chunks(fit))
        .collect();
    let mut points = vec![Point::default(); count];
    let mut y = ABOVE;
    for line in &lines {
        let each = width / f64::from(u32::try_from(line.len()).unwrap_or(1).max(1));
        let mut x = each / 2.0;
        for node in *line {
            let place = usize::from(*node).checked_sub(1);
            if let Some(point) = place.and_then(|place| points.get_mut(place)) {
                *point = Point { x, y };
            }
            x += each;
        }
        y += ROW;
    }
    let last = if lines.is_empty() { ABOVE } else { y - ROW };
    (points, last + BELOW)
}

fn square(middles: &[Point], index: usize, name: &str, width: f64) -> Square {
    let middle = middles.get(index).copied().unwrap_or_default();
    let others = middles
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != index)
        .map(|(_, other)| *other);
    let nearest = others
        .clone()
        .map(|other| (other.x - middle.x).hypot(other.y - middle.y))
        .fold(f64::INFINITY, f64::min);
    // The text below has the room up to the next one's, or to the picture's edge.
    let beside = others
        .filter(|other| (other.y - middle.y).abs() < 60.0)
        .map(|other| (other.x - middle.x).abs());
    let room = beside.fold(2.0 * middle.x.min(width - middle.x), f64::min);
    let letters = u32::try_from(name.chars().count()).unwrap_or(64);
    let half_height = (nearest * 0.4).clamp(9.0, 25.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of letters"
    )]
    let letters_below = (room / LETTER).max(0.0) as usize;
    Square {
        middle,
        half_width: (f64::from(letters) * 4.4 + 8.0)
            .max(half_height)
            .min((nearest * 0.46).max(9.0)),
        half_height,
        letters: letters_below,
    }
}

/// How far it is from a square's middle to just outside of its edge.
fn edge(square: Square, direction: Point) -> f64 {
    let across = square.half_width / direction.x.abs().max(1e-6);
    let up = square.half_height / direction.y.abs().max(1e-6);
    across.min(up) + 8.0
}

/// The way of a message that a node sends to itself: once around its upper right corner.
fn around(square: Square, share: f64) -> Spot {
    let angle = TAU * (0.5 + 0.75 * share) + FRAC_PI_2 / 2.0;
    Spot {
        at: Point {
            x: square.middle.x + square.half_width + 4.0 + 18.0 * angle.cos(),
            y: square.middle.y - square.half_height - 4.0 + 18.0 * angle.sin(),
        },
        turn: angle.to_degrees() + 90.0,
    }
}

/// How far along a direction the first or the last of these points is.
fn farthest(points: &[Point], direction: Point, choose: fn(f64, f64) -> f64) -> f64 {
    let along = points.iter().map(|point| point.dot(direction));
    along.reduce(choose).unwrap_or_default()
}

fn degrees(direction: Point) -> f64 {
    direction.y.atan2(direction.x).to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::protocol::Label;

    fn names(count: usize) -> Vec<String> {
        (1..=count).map(|node| format!("n{node}")).collect()
    }

    fn on_circle(count: usize, width: f64) -> Plan {
        Plan::of(&Layout::Circle, &names(count), width)
    }

    fn message(id: u32, sent: u64, lost: bool) -> MessageView {
        MessageView {
            id,
            from: 1,
            to: 2,
            label: Label::request("ping"),
            copy: false,
            sent: Micros(sent),
            arrives: Micros(sent + 100),
            lost,
        }
    }

    fn assert_inside_and_apart(plan: &Plan) {
        for (index, square) in plan.squares.iter().enumerate() {
            let Point { x, y } = square.middle;
            assert!(x - square.half_width >= 0.0 && x + square.half_width <= plan.width);
            assert!(y - square.half_height >= 0.0 && y + square.half_height <= plan.height);
            for other in plan.squares.iter().skip(index + 1) {
                let apart_x = (x - other.middle.x).abs() - square.half_width - other.half_width;
                let apart_y = (y - other.middle.y).abs() - square.half_height - other.half_height;
                assert!(apart_x >= 0.0 || apart_y >= 0.0, "{square:?} {other:?}");
            }
        }
    }

    #[test]
    fn nodes_stand_inside_the_picture_and_apart_at_any_width() {
        for width in [296.0, 720.0, 1100.0] {
            for count in [1, 2, 3, 5, 9, 16, 33] {
                assert_inside_and_apart(&on_circle(count, width));
                let rows = Layout::Rows(vec![vec![1], (2..40).collect()]);
                assert_inside_and_apart(&Plan::of(&rows, &names(count), width));
            }
        }
    }

    #[test]
    fn the_first_node_of_a_circle_is_at_its_top() {
        let plan = on_circle(5, 720.0);
        let top = plan.square(1).middle;
        assert!((top.x - 360.0).abs() < 1e-9);
        assert!(plan.squares.iter().all(|square| square.middle.y >= top.y));
        assert!(
            plan.square(2).middle.x > top.x,
            "the second is on the right"
        );
    }

    #[test]
    fn two_nodes_stand_side_by_side() {
        let plan = on_circle(2, 720.0);
        let (one, two) = (plan.square(1).middle, plan.square(2).middle);
        assert!((one.y - two.y).abs() < 1e-9 && one.x < two.x);
    }

    #[test]
    fn nodes_that_stand_in_no_row_stand_in_the_last() {
        let plan = Plan::of(&Layout::Rows(vec![vec![2]]), &names(3), 720.0);
        assert!(plan.square(1).middle.y > plan.square(2).middle.y);
        assert!((plan.square(1).middle.y - plan.square(3).middle.y).abs() < 1e-9);
    }

    #[test]
    fn messages_in_opposite_directions_pass_beside_each_other() {
        for plan in [on_circle(2, 296.0), on_circle(5, 720.0)] {
            for share in [0.0, 0.25, 0.5, 0.9] {
                let there = plan.spot(1, 2, share, 0).at;
                let back = plan.spot(2, 1, 1.0 - share, 0).at;
                let apart = (there.x - back.x).hypot(there.y - back.y);
                assert!((apart - 2.0 * ASIDE).abs() < 1e-9, "{apart}");
            }
        }
    }

    #[test]
    fn a_message_begins_beside_its_sender_and_ends_beside_its_receiver() {
        let plan = on_circle(3, 720.0);
        let (from, to) = (plan.square(1).middle, plan.square(2).middle);
        let (begin, end) = (plan.spot(1, 2, 0.0, 0).at, plan.spot(1, 2, 1.0, 0).at);
        let far = |a: Point, b: Point| (a.x - b.x).hypot(a.y - b.y);
        assert!(far(begin, from) < 60.0 && far(end, to) < 60.0);
    }

    #[test]
    fn a_message_to_oneself_stays_near() {
        let plan = on_circle(3, 720.0);
        let own = plan.square(2).middle;
        for share in [0.0, 0.5, 1.0] {
            let at = plan.spot(2, 2, share, 0).at;
            assert!((at.x - own.x).abs() < 60.0 && (at.y - own.y).abs() < 60.0);
        }
    }

    #[test]
    fn a_message_is_where_its_time_has_brought_it() {
        let check = |lost, at, expected: f64| {
            let share = share(&message(1, 1_000, lost), Micros(at));
            assert!((share - expected).abs() < 1e-9, "{share} at {at}");
        };
        check(false, 900, 0.0);
        check(false, 1_025, 0.25);
        check(false, 2_000, 1.0);
        check(true, 1_050, 0.25);
        check(true, 1_100, 0.5);
    }

    #[test]
    fn messages_sent_close_together_stand_beside_each_other() {
        let messages = [
            message(1, 0, false),
            message(2, 5, false),
            message(3, 60, false),
        ];
        let places: Vec<u32> = messages
            .iter()
            .map(|message| beside(&messages, message))
            .collect();
        assert_eq!(places, [0, 1, 0]);
    }

    #[test]
    fn a_partition_is_one_line_between_its_sides() {
        let plan = on_circle(4, 720.0);
        let mut ways = vec![(1, 3), (1, 4), (2, 3), (2, 4)];
        let one_way = plan.cuts(&ways);
        assert_eq!(one_way.len(), 1);
        assert!(one_way[0].open.is_some());
        ways.extend([(3, 1), (4, 1), (3, 2), (4, 2)]);
        assert_eq!(plan.cuts(&ways)[0].open, None);
    }

    #[test]
    fn neighbours_on_a_wide_circle_are_parted_by_one_line_too() {
        let plan = on_circle(5, 720.0);
        let ways: Vec<_> = [1, 2]
            .into_iter()
            .flat_map(|from| [3, 4, 5].map(|to| [(from, to), (to, from)]))
            .flatten()
            .collect();
        assert_eq!(plan.cuts(&ways).len(), 1);
    }

    #[test]
    fn sides_that_no_straight_line_parts_are_cut_way_by_way() {
        let plan = on_circle(4, 720.0);
        let opposite = [(1, 2), (1, 4), (3, 2), (3, 4)];
        let both: Vec<_> = opposite
            .iter()
            .flat_map(|(a, b)| [(*a, *b), (*b, *a)])
            .collect();
        assert_eq!(plan.cuts(&both).len(), 4);
        assert_eq!(plan.cuts(&[(1, 3)]).len(), 1);
    }
}
