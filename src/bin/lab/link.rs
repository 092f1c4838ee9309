//! `lab link`: the permalink of a run.

use happens_before::sim::link;

use super::answer::{Answer, Problem};
use super::arguments::Arguments;
use super::selection::Selection;

/// What the command takes.
pub const HELP: &str = concat!(
    "lab link LAB [options]\n\n",
    "The link of a run. It opens the run behind #run= at the address of the lab's chapter, and stands\n",
    "behind lab: in a chapter's text.\n\n",
    "  --scenario --link --set --seed --do --at --at-end   say which run; see: lab help run\n",
);

/// Does it.
pub fn command(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let mut selection = Selection::default();
    while let Some(argument) = arguments.next()? {
        if let Some(argument) = selection.take(argument, arguments)? {
            return Err(arguments.unexpected(&argument));
        }
    }
    selection
        .run()
        .map(|run| Answer::text(link::encode(&run) + "\n"))
}
