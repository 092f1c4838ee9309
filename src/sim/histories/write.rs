//! Writes a history as Jepsen's EDN, one event a line; [`super::parse::edn`] reads it back.

use std::collections::BTreeMap;

use super::notation::{Answer, Notation};
use super::operation::{History, Moment, Operation};
use super::value::Value;
use crate::sim::time::Micros;

/// The history as text. `:time` is in nanoseconds, as Jepsen has it. An operation that never
/// returned ends with `:info`, before the next call of its process or at the end.
///
/// Read back it is the same history, as long as no two of its events share a microsecond; if some
/// do, its times become places in the same order. A compare-and-set that found another value is a
/// `:fail` whose `:error` is `:mismatch`: tools that leave failed operations out are not misled.
pub fn edn<M: Notation>(history: &History<M::Input, M::Output>) -> String {
    let operations = history.operations();
    let mut lines = Lines::default();
    let mut unanswered = BTreeMap::new();
    for moment in history.moments() {
        let (Moment::Call(place) | Moment::Return(place)) = moment;
        let Some(operation) = operations.get(place) else {
            continue;
        };
        let argument = M::call(&operation.input).1;
        match (moment, &operation.returned) {
            (Moment::Call(_), returned) => {
                if let Some(given_up) = unanswered.remove(&operation.process) {
                    lines.info::<M>(given_up);
                }
                lines.add::<M>(operation, "invoke", argument, Some(operation.call), None);
                if returned.is_none() {
                    unanswered.insert(operation.process, operation);
                }
            }
            (Moment::Return(_), Some(returned)) => {
                let at = Some(returned.at);
                match M::answer(&operation.input, &returned.output) {
                    Answer::Ok(value) => lines.add::<M>(operation, "ok", value, at, None),
                    Answer::Fail(error) => {
                        lines.add::<M>(operation, "fail", argument, at, Some(error));
                    }
                }
            }
            (Moment::Return(_), None) => {}
        }
    }
    for operation in unanswered.into_values() {
        lines.info::<M>(operation);
    }
    lines.0
}

/// The text so far.
#[derive(Debug, Default)]
struct Lines(String);

impl Lines {
    fn info<M: Notation>(&mut self, operation: &Operation<M::Input, M::Output>) {
        let argument = M::call(&operation.input).1;
        self.add::<M>(operation, "info", argument, None, None);
    }

    fn add<M: Notation>(
        &mut self,
        operation: &Operation<M::Input, M::Output>,
        kind: &str,
        value: Value,
        at: Option<Micros>,
        error: Option<Value>,
    ) {
        let mut pairs = vec![
            ("process", Value::Whole(operation.process.into())),
            ("type", Value::keyword(kind)),
            ("f", Value::keyword(M::call(&operation.input).0)),
        ];
        pairs.extend(operation.key.clone().map(|key| ("key", Value::Text(key))));
        pairs.push(("value", value));
        pairs.extend(at.map(|at| ("time", nanoseconds(at))));
        pairs.extend(error.map(|error| ("error", error)));
        let pairs = pairs
            .into_iter()
            .map(|(name, value)| (Value::keyword(name), value));
        self.0.push_str(&Value::Map(pairs.collect()).to_string());
        self.0.push('\n');
    }
}

/// A time; the latest that EDN's whole numbers hold is 292 years after the beginning.
fn nanoseconds(at: Micros) -> Value {
    Value::Whole(at.signed().saturating_mul(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::histories::cas_register::{CasRegister, Input, Output};
    use crate::sim::histories::operation::Returned;
    use crate::sim::histories::parse;

    /// An operation on a register without a key.
    fn operation(
        process: u32,
        call: u64,
        input: Input,
        returned: Option<(u64, Output)>,
    ) -> Operation<Input, Output> {
        Operation {
            process,
            key: None,
            call: Micros(call),
            input,
            returned: returned.map(|(at, output)| Returned {
                at: Micros(at),
                output,
            }),
        }
    }

    fn history() -> History<Input, Output> {
        History::new(vec![
            operation(0, 10, Input::Write(1), Some((40, Output::Written))),
            operation(1, 20, Input::Cas(2, 3), Some((30, Output::Mismatch))),
            operation(2, 25, Input::Cas(1, 2), None),
            operation(2, 50, Input::Read, Some((60, Output::Value(Some(1))))),
            operation(3, 55, Input::Read, None),
        ])
        .unwrap()
    }

    #[test]
    fn a_history_is_written_one_event_a_line() {
        assert_eq!(
            edn::<CasRegister>(&history()),
            "\
{:process 0, :type :invoke, :f :write, :value 1, :time 10000}
{:process 1, :type :invoke, :f :cas, :value [2 3], :time 20000}
{:process 2, :type :invoke, :f :cas, :value [1 2], :time 25000}
{:process 1, :type :fail, :f :cas, :value [2 3], :time 30000, :error :mismatch}
{:process 0, :type :ok, :f :write, :value 1, :time 40000}
{:process 2, :type :info, :f :cas, :value [1 2]}
{:process 2, :type :invoke, :f :read, :value nil, :time 50000}
{:process 3, :type :invoke, :f :read, :value nil, :time 55000}
{:process 2, :type :ok, :f :read, :value 1, :time 60000}
{:process 3, :type :info, :f :read, :value nil}
"
        );
    }

    #[test]
    fn a_written_history_is_read_back_as_it_was() {
        let text = edn::<CasRegister>(&history());
        assert_eq!(parse::edn::<CasRegister>(text.as_bytes()), Ok(history()));
    }

    #[test]
    fn events_of_one_microsecond_keep_their_order_but_not_their_times() {
        let at_once = History::new(vec![
            operation(0, 10, Input::Write(1), Some((20, Output::Written))),
            operation(1, 20, Input::Read, Some((30, Output::Value(None)))),
        ])
        .unwrap();
        let read = parse::edn::<CasRegister>(edn::<CasRegister>(&at_once).as_bytes()).unwrap();
        let calls: Vec<u64> = read.operations().iter().map(|o| o.call.0).collect();
        assert_eq!(calls, [0, 1], "the read is called before the write returns");
    }
}
