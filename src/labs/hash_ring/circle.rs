//! The circle cut into stretches, and keys on it: what is drawn where, as shares of a turn.

use crate::sim::hash_ring::Setting;
use crate::sim::hashing::{Among, Placing, Popularity, Ring, Scheme};

/// Rings with more points than this are drawn as so many equal stretches: finer than a screen.
const FINEST: usize = 1_440;
/// So many keys are drawn.
const MARKS: usize = 360;

/// A part of the circle, in turns from the top; `from` is below 0 where it passes the top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Where it begins.
    pub from: f64,
    /// Where it ends; above `from`, by at most 1.
    pub to: f64,
    /// Whose it is.
    pub node: u16,
}

/// A key on the circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Where it is, in turns from the top.
    pub at: f64,
    /// The node that serves it.
    pub node: u16,
    /// Whether it was on another node before the last change.
    pub moved: bool,
}

/// A place on the circle in turns.
pub fn turn(hash: u64) -> f64 {
    hash as f64 / 2_f64.powi(64)
}

/// Where the circle is cut: at every point, or evenly where there are too many to be drawn.
#[derive(Clone, Debug)]
pub struct Cuts(Vec<u64>);

impl Cuts {
    /// The cuts for these rings together.
    pub fn of(rings: &[&Ring]) -> Self {
        let count: usize = rings.iter().map(|ring| ring.points().len()).sum();
        if count > FINEST {
            let width = u64::MAX / FINEST as u64;
            return Self((1..=FINEST as u64).map(|n| n * width).collect());
        }
        let points = rings.iter().flat_map(|ring| ring.points());
        let mut cuts: Vec<u64> = points.map(|point| point.0).collect();
        cuts.sort_unstable();
        cuts.dedup();
        Self(cuts)
    }

    /// The stretches with what `of` says of the hashes in them; those without anything are left
    /// out, and neighbours that say the same are one. All hashes up to a cut are alike, so that it
    /// is enough to ask for the last.
    pub fn stretches(&self, of: impl Fn(u64) -> Option<u16>) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = Vec::new();
        let Some(last) = self.0.last() else {
            return found;
        };
        let mut from = turn(*last) - 1.0;
        for cut in &self.0 {
            let to = turn(*cut);
            if let Some(node) = of(*cut) {
                match found.last_mut() {
                    Some(before) if before.node == node && before.to >= from => before.to = to,
                    _ => found.push(Stretch { from, to, node }),
                }
            }
            from = to;
        }
        found
    }
}

/// Who serves which stretch.
pub fn served(ring: &Ring) -> Vec<Stretch> {
    Cuts::of(&[ring]).stretches(|hash| ring.owner(hash, Among::Up))
}

/// The stretches of nodes that have failed.
pub fn failed(ring: &Ring) -> Vec<Stretch> {
    let down = |id: u16| ring.nodes().iter().any(|node| node.id == id && !node.up);
    if ring.nodes().iter().all(|node| node.up) {
        return Vec::new();
    }
    Cuts::of(&[ring]).stretches(|hash| ring.owner(hash, Among::All).filter(|id| down(*id)))
}

/// The stretches that another node serves than before, with that node.
pub fn moved(before: &Ring, after: &Ring) -> Vec<Stretch> {
    Cuts::of(&[before, after]).stretches(|hash| {
        let owner = after.owner(hash, Among::Up)?;
        (before.owner(hash, Among::Up) != Some(owner)).then_some(owner)
    })
}

/// The first keys with the nodes that serve them; none when nobody does.
pub fn marks(setting: &Setting, before: Option<&Ring>, after: &Ring) -> Vec<Mark> {
    let owners = |ring: &Ring| {
        let uniform = Popularity::Uniform;
        let mut placing = Placing::new(setting.scheme, ring, setting.keys, uniform);
        placing.advance(MARKS);
        placing.placement().owners.clone()
    };
    let was = before.map(owners);
    let marks = owners(after).into_iter().enumerate().map(|(key, node)| {
        let moved = was.as_ref().is_some_and(|was| was.get(key) != Some(&node));
        Mark {
            at: turn(after.hash(key as u64)),
            node,
            moved,
        }
    });
    marks.collect()
}

/// The first points of different nodes clockwise from a hash: where each is, and whose.
pub fn successors(ring: &Ring, hash: u64, copies: usize) -> Vec<(f64, u16)> {
    let mut found: Vec<(f64, u16)> = Vec::new();
    let after = ring.points().filter(|point| point.0 >= hash);
    for (position, node) in after.chain(ring.points()) {
        if found.len() == copies {
            break;
        }
        if found.iter().all(|other| other.1 != node) {
            found.push((turn(position), node));
        }
    }
    found
}

/// Whether a scheme has arcs: a node's keys lie together on the circle.
pub fn has_arcs(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::Ring | Scheme::Bounded { .. })
}

/// A point of the picture: so far round the circle, so far from its centre.
#[must_use]
pub fn place(at: f64, radius: f64) -> (f64, f64) {
    let angle = (at - 0.25) * std::f64::consts::TAU;
    (CENTRE + radius * angle.cos(), CENTRE + radius * angle.sin())
}

/// The middle of the picture, which is twice as wide and high.
pub const CENTRE: f64 = 180.0;

/// Circles that are drawn in parts are said to be so many steps long: finer than a screen.
pub const STEPS: i64 = 10_000;

/// The parts of a circle, from where to where in turns, as the dashes of its outline in [`STEPS`].
/// The whole ring stands in the page, and as a path of arcs it would be the largest piece of it.
/// Nothing for parts that are nothing.
pub fn dashes(parts: impl Iterator<Item = (f64, f64)>) -> Option<String> {
    let mut at = 0;
    let mut dashes = Vec::new();
    for (from, to) in joined(parts) {
        // Dashes and gaps take turns, beginning with a dash.
        if dashes.is_empty() && from > 0 {
            dashes.push(0);
        }
        if from > at {
            dashes.push(from - at);
        }
        dashes.push(to - from);
        at = to;
    }
    if dashes.is_empty() {
        return None;
    }
    dashes.push(STEPS - at);
    let words: Vec<String> = dashes.iter().map(i64::to_string).collect();
    Some(words.join(" "))
}

/// The parts in steps from 0 to [`STEPS`], in order and without overlap.
fn joined(parts: impl Iterator<Item = (f64, f64)>) -> Vec<(i64, i64)> {
    let mut cut: Vec<(i64, i64)> = parts.flat_map(|(from, to)| within(from, to)).collect();
    cut.retain(|(from, to)| from < to);
    cut.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, to) in cut {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// A part of a circle in steps, cut in two where it passes the top.
fn within(from: f64, to: f64) -> [(i64, i64); 2] {
    let (from, to) = (steps(from), steps(to));
    let first = from.rem_euclid(STEPS);
    let last = first + (to - from).min(STEPS);
    [(first, last.min(STEPS)), (0, last - STEPS)]
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "places are within a turn or two"
)]
fn steps(turns: f64) -> i64 {
    (turns * STEPS as f64).round() as i64
}

/// A stretch as the `d` of a path. In two arcs: one from a point to itself would be nothing, and not
/// the whole circle.
pub fn arc(stretch: &Stretch, radius: f64) -> String {
    let middle = f64::midpoint(stretch.from, stretch.to);
    let point = |at: f64| {
        let (x, y) = place(at, radius);
        format!("{x:.1} {y:.1}")
    };
    let to = |at: f64| format!("A{radius} {radius} 0 0 1 {}", point(at));
    format!("M{}{}{}", point(stretch.from), to(middle), to(stretch.to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Config;
    use crate::sim::hash_ring::LAB;
    use crate::sim::hashing::Node;

    fn ring(nodes: u16, points: u32) -> Ring {
        let nodes: Vec<Node> = (1..=nodes).map(Node::new).collect();
        Ring::new(&nodes, points, 1)
    }

    fn length(stretches: &[Stretch]) -> f64 {
        stretches
            .iter()
            .map(|stretch| stretch.to - stretch.from)
            .sum()
    }

    #[test]
    fn stretches_go_once_round_and_have_the_nodes_shares() {
        let ring = ring(5, 10);
        let stretches = served(&ring);
        assert!((length(&stretches) - 1.0).abs() < 1e-9);
        for node in 1..=5 {
            let own: Vec<Stretch> = stretches
                .iter()
                .filter(|s| s.node == node)
                .copied()
                .collect();
            let share = ring.share(node, Among::Up).unwrap();
            assert!((length(&own) - share).abs() < 1e-9, "n{node}");
        }
    }

    #[test]
    fn a_ring_with_too_many_points_is_drawn_in_equal_stretches() {
        let many = ring(200, 1_000);
        let stretches = served(&many);
        assert!(stretches.len() <= FINEST && (length(&stretches) - 1.0).abs() < 1e-6);
    }

    /// What a list of dashes draws, in steps from where to where.
    fn drawn(parts: &[(f64, f64)]) -> Vec<(i64, i64)> {
        let dashes = dashes(parts.iter().copied()).unwrap_or_default();
        let lengths: Vec<i64> = dashes.split(' ').filter_map(|n| n.parse().ok()).collect();
        assert_eq!(lengths.len() % 2, 0, "an odd list is taken twice: {dashes}");
        let mut at = 0;
        let mut drawn = Vec::new();
        for pair in lengths.chunks(2) {
            drawn.push((at, at + pair[0]));
            at += pair[0] + pair[1];
        }
        drawn.retain(|(from, to)| from < to);
        drawn
    }

    #[test]
    fn a_node_alone_is_drawn_as_a_whole_circle() {
        let stretches = served(&ring(1, 1));
        assert_eq!(stretches.len(), 1);
        assert_eq!(drawn(&[(stretches[0].from, stretches[0].to)]), [(0, STEPS)]);
    }

    #[test]
    fn a_way_all_round_goes_by_the_other_side() {
        let whole = Stretch {
            from: 0.0,
            to: 1.0,
            node: 1,
        };
        let path = arc(&whole, 100.0);
        assert_eq!(
            path,
            "M180.0 80.0A100 100 0 0 1 180.0 280.0A100 100 0 0 1 180.0 80.0"
        );
    }

    #[test]
    fn parts_of_a_circle_are_dashes_where_they_are() {
        assert_eq!(
            drawn(&[(0.25, 0.5), (0.75, 0.8)]),
            [(2500, 5000), (7500, 8000)]
        );
        assert_eq!(
            drawn(&[(0.0, 0.1), (0.5, 1.0)]),
            [(0, 1000), (5000, 10_000)]
        );
    }

    #[test]
    fn a_part_that_passes_the_top_is_drawn_on_both_sides_of_it() {
        for part in [(-0.1, 0.2), (0.9, 1.2)] {
            assert_eq!(drawn(&[part]), [(0, 2000), (9000, 10_000)]);
        }
    }

    #[test]
    fn parts_in_any_order_that_touch_or_overlap_are_one() {
        assert_eq!(
            drawn(&[(0.2, 0.3), (0.1, 0.2), (0.25, 0.4)]),
            [(1000, 4000)]
        );
    }

    #[test]
    fn parts_that_are_nothing_are_not_drawn_as_the_whole() {
        assert_eq!(dashes(std::iter::empty()), None);
        assert_eq!(dashes(std::iter::once((0.5, 0.500_001))), None);
    }

    #[test]
    fn the_dashes_of_all_nodes_go_once_round() {
        let stretches = served(&ring(10, 100));
        let mut all: Vec<(i64, i64)> = (1..=10)
            .flat_map(|node| {
                let own = stretches.iter().filter(|stretch| stretch.node == node);
                drawn(&own.map(|own| (own.from, own.to)).collect::<Vec<_>>())
            })
            .collect();
        all.sort_unstable();
        assert_eq!(all.first().unwrap().0, 0);
        assert_eq!(all.last().unwrap().1, STEPS);
        assert!(all.windows(2).all(|pair| pair[0].1 == pair[1].0));
    }

    #[test]
    fn without_nodes_nothing_is_drawn() {
        assert_eq!(served(&ring(0, 1)), []);
        assert_eq!(
            marks(
                &Setting::of(&Config::defaults(LAB.parameters), 1),
                None,
                &ring(0, 1)
            ),
            []
        );
        assert_eq!(successors(&ring(0, 1), 5, 3), []);
    }

    #[test]
    fn a_failed_nodes_stretches_are_its_home_and_served_by_others() {
        let mut ring = ring(5, 10);
        let share = ring.share(2, Among::All).unwrap();
        ring.set_up(2, false);
        assert!((length(&failed(&ring)) - share).abs() < 1e-9);
        assert!(served(&ring).iter().all(|stretch| stretch.node != 2));
    }

    #[test]
    fn what_moved_when_a_node_joined_is_its_own_share() {
        let (before, after) = (ring(5, 10), ring(6, 10));
        let moved = moved(&before, &after);
        assert!(moved.iter().all(|stretch| stretch.node == 6));
        assert!((length(&moved) - after.share(6, Among::Up).unwrap()).abs() < 1e-9);
    }

    #[test]
    fn marks_say_which_keys_moved() {
        let setting = Setting::of(&Config::defaults(LAB.parameters), 1);
        let (before, after) = (ring(5, 10), ring(6, 10));
        let marks = marks(&setting, Some(&before), &after);
        assert_eq!(marks.len(), MARKS);
        assert!(marks.iter().all(|mark| mark.moved == (mark.node == 6)));
    }

    #[test]
    fn the_copies_of_a_key_are_on_different_nodes_beginning_with_its_owner() {
        let ring = ring(5, 10);
        let found: Vec<u16> = successors(&ring, 77, 3)
            .iter()
            .map(|point| point.1)
            .collect();
        assert_eq!(found, ring.owners(77, 3, Among::All));
    }

    #[test]
    fn the_top_is_where_the_circle_begins_and_it_goes_clockwise() {
        let near = |(x, y): (f64, f64), expected: (f64, f64)| {
            assert!((x - expected.0).abs() < 1e-9 && (y - expected.1).abs() < 1e-9);
        };
        near(place(0.0, 100.0), (180.0, 80.0));
        near(place(0.25, 100.0), (280.0, 180.0));
    }
}
