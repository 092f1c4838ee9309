//! Jepsen's own log, as it was written to the console:
//! `INFO  jepsen.util - 3 :invoke :write 4`, with tabs or blanks between.

use super::pairing::{Event, KINDS, Kind, Pairing};
use super::reader::Reader;
use super::{Malformed, excerpt, text};
use crate::sim::histories::notation::Notation;
use crate::sim::histories::operation::History;
use crate::sim::histories::value::Value;

/// What every line about an operation has; other lines of the log are passed over.
const MARK: &str = "jepsen.util - ";
const SHAPE: &str = "a line such as `INFO  jepsen.util - 3 :invoke :write 4`";

/// Reads a log. Lines that are not about an operation, and those of processes with a name
/// (`:nemesis`), are passed over.
///
/// # Errors
/// On the first line that makes no sense, and when no line is about an operation.
pub fn jepsen<M: Notation>(bytes: &[u8]) -> Result<History<M::Input, M::Output>, Malformed> {
    let text = text(bytes)?;
    let mut pairing = Pairing::<M>::new();
    let mut found = text.trim().is_empty();
    for (line, content) in (1..).zip(text.lines()) {
        let Some((_, content)) = content.split_once(MARK) else {
            continue;
        };
        found = true;
        if let Some(event) = event(line, content)? {
            pairing.take(event)?;
        }
    }
    if !found {
        return Err(Malformed::new(1, "no line is about an operation", SHAPE));
    }
    pairing.finish()
}

fn event(line: usize, content: &str) -> Result<Option<Event>, Malformed> {
    let mut reader = Reader::new(content, line);
    let process = match reader.value()? {
        Value::Keyword(_) => return Ok(None),
        Value::Whole(number) => u32::try_from(number).ok(),
        _ => None,
    };
    let (Some(process), Value::Keyword(kind), Value::Keyword(function)) =
        (process, reader.value()?, reader.value()?)
    else {
        return Err(Malformed::new(line, excerpt(content), SHAPE));
    };
    let Some(kind) = Kind::named(&kind) else {
        return Err(Malformed::new(line, excerpt(content), KINDS));
    };
    Ok(Some(Event {
        line,
        process,
        kind,
        function,
        value: reader.value()?,
        key: None,
        error: reader.peek().map(|_| reader.value()).transpose()?,
        time: None,
    }))
}
