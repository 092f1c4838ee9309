//! Histories as EDN maps, one for each event, in a vector or one after the other:
//! `{:process 4, :type :invoke, :f :write, :value 2}`.

use super::pairing::{Event, KINDS, Kind, Pairing};
use super::reader::Reader;
use super::{Malformed, excerpt, text};
use crate::sim::histories::notation::Notation;
use crate::sim::histories::operation::History;
use crate::sim::histories::value::Value;
use crate::sim::time::Micros;

const SHAPE: &str = "a map such as {:process 4, :type :invoke, :f :write, :value 2}";

/// Reads a history. `:key` names the object, where there are several; `:time` is in nanoseconds,
/// as Jepsen has it; other keys, and events of processes with a name (`:nemesis`),
/// are passed over.
///
/// # Errors
/// On the first line that makes no sense.
pub fn edn<M: Notation>(bytes: &[u8]) -> Result<History<M::Input, M::Output>, Malformed> {
    read::<M>(bytes, false)
}

/// The same; whether every operation must name the key that it uses.
pub(super) fn read<M: Notation>(
    bytes: &[u8],
    keyed: bool,
) -> Result<History<M::Input, M::Output>, Malformed> {
    let mut reader = Reader::new(text(bytes)?, 1);
    let mut pairing = Pairing::<M>::new();
    let close = match reader.peek() {
        Some('[') => Some(']'),
        Some('(') => Some(')'),
        _ => None,
    };
    if close.is_some() {
        reader.take('[');
        reader.take('(');
    }
    loop {
        if close.is_some_and(|close| reader.take(close)) {
            let line = reader.line();
            return match reader.peek() {
                None => pairing.finish(),
                Some(more) => Err(Malformed::new(line, excerpt(more), "nothing after the end")),
            };
        }
        let line = reader.line();
        match (reader.peek(), close) {
            (None, None) => return pairing.finish(),
            (None, Some(close)) => {
                let expected = format!("another event or {close}");
                return Err(Malformed::new(line, "the text ends here", expected));
            }
            (Some(_), _) => {
                let map = reader.value()?;
                if let Some(event) = event(line, &map, keyed)? {
                    pairing.take(event)?;
                }
            }
        }
    }
}

fn event(line: usize, map: &Value, keyed: bool) -> Result<Option<Event>, Malformed> {
    if !matches!(map, Value::Map(_)) {
        return Err(Malformed::new(line, excerpt(map), SHAPE));
    }
    let process = match map.get("process") {
        Some(Value::Keyword(_)) => return Ok(None),
        Some(Value::Whole(number)) => u32::try_from(*number).ok(),
        _ => None,
    };
    let process =
        process.ok_or_else(|| field(line, map, "process", "a whole number of 32 bits"))?;
    let kind = match map.get("type") {
        Some(Value::Keyword(kind)) => Kind::named(kind),
        _ => None,
    };
    let Some(Value::Keyword(function)) = map.get("f") else {
        return Err(field(line, map, "f", "a keyword"));
    };
    let key = match map.get("key") {
        Some(Value::Text(key)) => Some(key.clone()),
        Some(Value::Whole(key)) => Some(key.to_string()),
        None | Some(Value::Nil) if !keyed => None,
        _ => return Err(field(line, map, "key", "a string or a whole number")),
    };
    Ok(Some(Event {
        line,
        process,
        kind: kind.ok_or_else(|| field(line, map, "type", KINDS))?,
        function: function.clone(),
        value: map.get("value").cloned().unwrap_or(Value::Nil),
        key,
        error: map.get("error").cloned(),
        time: match map.get("time") {
            Some(Value::Whole(nanos)) => u64::try_from(*nanos)
                .ok()
                .map(|nanos| Micros(nanos / 1_000)),
            _ => None,
        },
    }))
}

/// What is wrong with a field.
fn field(line: usize, map: &Value, name: &str, expected: &str) -> Malformed {
    let wrong = map.get(name).map_or_else(
        || format!("the event has no :{name}"),
        |value| format!(":{name} is {}", excerpt(value)),
    );
    Malformed::new(line, wrong, format!("{expected} there, in {SHAPE}"))
}
