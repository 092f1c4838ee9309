//! Merging what this edition does not know: JSON that a newer one has written.
//!
//! A newer edition may add whatever these rules merge rightly: objects with a stamp, which are taken
//! whole, and objects of such objects.

use serde_json::{Map, Value};

/// The field of a register that says when it was written.
pub const STAMP: &str = "at";

/// Everything that is in one of them.
pub fn joined_maps(one: &Map<String, Value>, other: &Map<String, Value>) -> Map<String, Value> {
    let mut all = one.clone();
    for (name, value) in other {
        let joined = all
            .get(name)
            .map_or_else(|| value.clone(), |own| joined(own, value));
        all.insert(name.clone(), joined);
    }
    all
}

/// Of two registers the later one, of two objects everything that is in one of them, and of anything
/// else the one that comes later in an order that all copies share.
fn joined(one: &Value, other: &Value) -> Value {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => match stamp(a).cmp(&stamp(b)) {
            std::cmp::Ordering::Less => other.clone(),
            std::cmp::Ordering::Greater => one.clone(),
            std::cmp::Ordering::Equal => Value::Object(joined_maps(a, b)),
        },
        // An object says more than anything that is none.
        (Value::Object(_), _) => one.clone(),
        (_, Value::Object(_)) => other.clone(),
        _ => {
            let texts = (one.to_string(), other.to_string());
            if texts.0 >= texts.1 { one } else { other }.clone()
        }
    }
}

fn stamp(map: &Map<String, Value>) -> Option<u64> {
    map.get(STAMP).and_then(Value::as_u64)
}
