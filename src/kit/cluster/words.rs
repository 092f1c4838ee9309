//! What the picture of a cluster says in words: for the list below it, and for screen readers.

use crate::sim::Micros;
use crate::sim::protocol::{MessageView, NodeId, NodeView, Status};
use crate::sim::time::span;

/// What a node is called.
pub fn name(nodes: &[NodeView], node: NodeId) -> String {
    let found = nodes.iter().find(|view| view.node == node);
    found.map_or_else(|| format!("n{node}"), |view| view.name.clone())
}

/// A message on its way: `m7 write x = 7 from n1 to n3, arrives at 34 ms`. `now`, where it is
/// given, adds how long that still takes.
pub fn message(nodes: &[NodeView], message: &MessageView, now: Option<Micros>) -> String {
    let attempt = match message.label.attempt {
        0 | 1 => String::new(),
        attempt => format!(", attempt {attempt}"),
    };
    let copy = if message.copy { " (a copy)" } else { "" };
    let ends = if message.lost { "is lost" } else { "arrives" };
    let rest = now.map_or_else(String::new, |now| {
        format!(" (in {})", span(message.arrives.minus(now).signed()))
    });
    format!(
        "m{} {}{attempt}{copy} from {} to {}, {ends} at {}{rest}",
        message.id,
        message.label.text,
        name(nodes, message.from),
        name(nodes, message.to),
        message.arrives,
    )
}

/// A node with its state: `n2, leader: term 3; stands still, 2 things wait for it`.
pub fn node(view: &NodeView) -> String {
    let role = view
        .role
        .map_or_else(String::new, |role| format!(", {role}"));
    let state = if view.state.is_empty() {
        String::new()
    } else {
        format!(": {}", view.state)
    };
    let status = match (view.status, view.waiting) {
        (Status::Up, _) => String::new(),
        (Status::Crashed, _) => "; is down".to_owned(),
        (Status::Paused, 0) => "; stands still".to_owned(),
        (Status::Paused, 1) => "; stands still, 1 thing waits for it".to_owned(),
        (Status::Paused, count) => format!("; stands still, {count} things wait for it"),
    };
    let clock = view
        .clock
        .as_ref()
        .map_or_else(String::new, |clock| format!("; its clock shows {clock}"));
    format!("{}{role}{state}{status}{clock}", view.name)
}

/// Two sets of nodes with no way between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// From these nothing goes to the others.
    pub from: Vec<NodeId>,
    /// The others.
    pub to: Vec<NodeId>,
    /// Whether the way back is open.
    pub one_way: bool,
}

/// The two sides that cuts leave, where that is what they leave: every way from one side to the
/// other is cut, all or none of those back, and none within a side.
pub fn sides(count: usize, cuts: &[(NodeId, NodeId)]) -> Option<Sides> {
    let is_cut = |from: NodeId, to: NodeId| cuts.contains(&(from, to));
    let (first, _) = *cuts.first()?;
    let nodes = || (1..).take(count);
    let (to, from): (Vec<NodeId>, Vec<NodeId>) = nodes().partition(|node| is_cut(first, *node));
    let ways = from.len() * to.len();
    let across = |one: &[NodeId], other: &[NodeId]| {
        let pairs = one
            .iter()
            .flat_map(|from| other.iter().map(move |to| (*from, *to)));
        pairs.filter(|(from, to)| is_cut(*from, *to)).count()
    };
    let (there, back) = (across(&from, &to), across(&to, &from));
    let is_whole = there == ways && (back == 0 || back == ways) && cuts.len() == there + back;
    is_whole.then_some(Sides {
        from,
        to,
        one_way: back == 0,
    })
}

/// Where no message passes, one sentence; nothing where all pass.
pub fn cuts(nodes: &[NodeView], cuts: &[(NodeId, NodeId)]) -> Option<String> {
    if cuts.is_empty() {
        return None;
    }
    let list = |side: &[NodeId]| {
        let names: Vec<String> = side.iter().map(|node| name(nodes, *node)).collect();
        names.join(", ")
    };
    Some(match sides(nodes.len(), cuts) {
        Some(Sides { from, to, one_way }) => {
            let (from, to) = (list(&from), list(&to));
            if one_way {
                format!("No message passes from {from} to {to}; the way back is open.")
            } else {
                format!("No message passes between {from} and {to}.")
            }
        }
        None => {
            let ways: Vec<String> = cuts
                .iter()
                .map(|(from, to)| format!("{} to {}", name(nodes, *from), name(nodes, *to)))
                .collect();
            format!("No message passes from {}.", ways.join(", from "))
        }
    })
}

/// At most so many characters; what is cut off becomes an ellipsis.
pub fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::protocol::Label;

    fn nodes() -> Vec<NodeView> {
        let view = |node: NodeId| NodeView {
            node,
            name: format!("n{node}"),
            state: String::new(),
            role: None,
            status: Status::Up,
            clock: None,
            waiting: 0,
        };
        (1..=3).map(view).collect()
    }

    fn check_cuts(these: &[(NodeId, NodeId)], expected: &str) {
        assert_eq!(cuts(&nodes(), these).as_deref(), Some(expected));
    }

    #[test]
    fn a_message_says_who_sends_what_to_whom_and_when_it_arrives() {
        let view = MessageView {
            id: 7,
            from: 1,
            to: 3,
            label: Label::request("write x = 7").attempt(2),
            copy: true,
            sent: Micros(0),
            arrives: Micros(34_000),
            lost: false,
        };
        let told = "m7 write x = 7, attempt 2 (a copy) from n1 to n3, arrives at 34 ms";
        assert_eq!(message(&nodes(), &view, None), told);
        let now = Some(Micros(30_000));
        assert_eq!(message(&nodes(), &view, now), format!("{told} (in 4 ms)"));
    }

    #[test]
    fn a_node_says_its_role_its_state_and_what_ails_it() {
        let view = NodeView {
            state: "term 3".to_owned(),
            role: Some("leader"),
            status: Status::Paused,
            waiting: 2,
            ..nodes().remove(1)
        };
        assert_eq!(
            node(&view),
            "n2, leader: term 3; stands still, 2 things wait for it"
        );
    }

    #[test]
    fn cuts_between_two_sides_are_told_as_one_partition() {
        check_cuts(
            &[(1, 2), (1, 3), (2, 1), (3, 1)],
            "No message passes between n1 and n2, n3.",
        );
        check_cuts(
            &[(2, 1), (3, 1)],
            "No message passes from n2, n3 to n1; the way back is open.",
        );
    }

    #[test]
    fn other_cuts_are_told_one_by_one() {
        check_cuts(
            &[(1, 2), (2, 3)],
            "No message passes from n1 to n2, from n2 to n3.",
        );
        assert_eq!(cuts(&nodes(), &[]), None);
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis() {
        assert_eq!(short("write x = 7", 11), "write x = 7");
        assert_eq!(short("write x = 7", 7), "write…");
    }
}
