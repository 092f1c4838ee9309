//! The one vocabulary of faults, the same in every lab of nodes and messages.

use crate::sim::action::{ActionKind, Target};
use crate::sim::parameter::{Parameter, Unit};

const MS: i64 = 1_000;

/// A node goes down and loses what it had only in memory.
pub const CRASH: ActionKind = ActionKind::new(
    "crash",
    "Crash",
    "The node goes down and loses what it had only in memory.",
    Target::Node,
);
/// A node goes down and finds everything again when it comes back.
pub const CRASH_KEEP: ActionKind = ActionKind::new(
    "crash-keep",
    "Crash, disk intact",
    "The node goes down; when it comes back it has all that it knew.",
    Target::Node,
);
/// A node that is down comes up.
pub const RESTART: ActionKind = ActionKind::new(
    "restart",
    "Restart",
    "The node comes up again.",
    Target::Node,
);
/// A node stands still.
pub const PAUSE: ActionKind = ActionKind::new(
    "pause",
    "Pause",
    "The node stands still, as in a long garbage collection; what reaches it waits.",
    Target::Node,
);
/// A node that stands still goes on.
pub const RESUME: ActionKind = ActionKind::new(
    "resume",
    "Resume",
    "The node goes on, first with what waited for it.",
    Target::Node,
);
/// A node's clock jumps.
pub const SKEW: ActionKind = ActionKind::new(
    "skew",
    "Skew clock",
    "The node's clock jumps, and nobody tells the node; timers that run are not touched.",
    Target::Node,
)
.by(Parameter::number(
    "skew",
    "By",
    Unit::Time,
    (-10_000 * MS, 10_000 * MS),
    50 * MS,
    10 * MS,
)
.help("How far the clock jumps, such as -30ms."));
/// A message on its way is lost.
pub const DROP: ActionKind = ActionKind::new(
    "drop",
    "Drop",
    "The message is lost here and now.",
    Target::Message,
);
/// A message on its way takes longer.
pub const DELAY: ActionKind = ActionKind::new(
    "delay",
    "Delay",
    "The message arrives later.",
    Target::Message,
)
.by(
    Parameter::number("by", "By", Unit::Time, (MS, 60_000 * MS), 100 * MS, 10 * MS)
        .help("How much later, such as 100ms."),
);
/// A message on its way arrives twice.
pub const DUPLICATE: ActionKind = ActionKind::new(
    "duplicate",
    "Duplicate",
    "The message arrives a second time, a little later.",
    Target::Message,
);
/// A message on its way changes places with the next one on the same way.
pub const REORDER: ActionKind = ActionKind::new(
    "reorder",
    "Reorder",
    "The message changes places with the next one on the same way.",
    Target::Message,
);
/// Some nodes on one side, the others on the other.
pub const PARTITION: ActionKind = ActionKind::new(
    "partition",
    "Partition",
    "No message passes between these nodes and the others.",
    Target::Nodes,
);
/// The same, in one direction only.
pub const PARTITION_OUT: ActionKind = ActionKind::new(
    "partition-out",
    "Partition, one way",
    "No message passes from these nodes to the others; the way back is open.",
    Target::Nodes,
);
/// One way between two nodes.
pub const CUT: ActionKind = ActionKind::new(
    "cut",
    "Cut a link",
    "No message passes from the first node to the second; the way back is open.",
    Target::Link,
);
/// The end of all partitions.
pub const HEAL: ActionKind =
    ActionKind::new("heal", "Heal", "All messages pass again.", Target::None);
/// From now on, only what is asked for happens. Runs that a search has found are made of this.
pub const HOLD: ActionKind = ActionKind::new(
    "hold",
    "Hold",
    "From now on nothing happens by itself: deliver messages and let timers run out one by one.",
    Target::None,
);
/// The end of holding.
pub const RELEASE: ActionKind = ActionKind::new(
    "release",
    "Release",
    "Everything goes on by itself again.",
    Target::None,
);
/// A message arrives now.
pub const DELIVER: ActionKind = ActionKind::new(
    "deliver",
    "Deliver now",
    "The message arrives at once.",
    Target::Message,
);
/// A node's timer runs out now.
pub const FIRE: ActionKind = ActionKind::new(
    "fire",
    "Let timer run out",
    "One of the node's timers runs out at once.",
    Target::Node,
)
.by(
    Parameter::number("timer", "Timer", Unit::Count, (1, 16), 1, 1)
        .help("Which of its timers, in the order in which they were set."),
);

/// All of them.
pub const ALL: [ActionKind; 18] = [
    CRASH,
    CRASH_KEEP,
    RESTART,
    PAUSE,
    RESUME,
    SKEW,
    DROP,
    DELAY,
    DUPLICATE,
    REORDER,
    PARTITION,
    PARTITION_OUT,
    CUT,
    HEAL,
    HOLD,
    RELEASE,
    DELIVER,
    FIRE,
];

/// A lab's own actions, and after them all faults.
///
/// `N` is the number of both together: `faults::with::<20>(&[READ, WRITE])`.
pub const fn with<const N: usize>(own: &[ActionKind]) -> [ActionKind; N] {
    let mut all = [HEAL; N];
    let mut place = 0;
    while place < N {
        all[place] = if place < own.len() {
            own[place]
        } else if place - own.len() < ALL.len() {
            ALL[place - own.len()]
        } else {
            HEAL
        };
        place += 1;
    }
    all
}

/// Whether an action is one of the vocabulary's, and not the lab's own.
pub fn is_fault(id: &str) -> bool {
    ALL.iter().any(|kind| kind.id == id)
}
