//! `lab check-history`: whether a history of operations is linearizable.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use happens_before::sim::histories::notation::{Answer as Written, Notation};
use happens_before::sim::histories::parse::{self, MOST_BYTES, Malformed};
use happens_before::sim::histories::{
    Bound, CasRegister, Checked, History, Kv, Operation, Refutation, Register, Verdict, check,
};
use serde::Serialize;
use serde_json::json;

use super::answer::{Answer, Problem};
use super::arguments::{Argument, Arguments};
use super::input;

/// What the command takes.
pub const HELP: &str = "\
lab check-history FILE --model MODEL [options]

Says whether the operations in a file (- for the standard input) could have taken effect one at a
time, each between its call and its return. Exit code 0: they could; 1: they could not; 2: it is
not known, or the input makes no sense.

  --model register      one value: read, write
  --model cas-register  the same, and compare-and-set (cas)
  --model kv            texts by key: get, put, append
  --format edn          EDN maps, as Jepsen writes them and lab trace LAB --format operations (default)
  --format jepsen       the lines of a Jepsen log
  --format porcupine-kv the key-value histories that come with porcupine; only with --model kv
  --initial N           the value of a register before the first operation; without it there is none
  --states N            give up after N states for one object; 10000000 if nothing is said
  --json                as JSON; see docs/lab.md
";

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Edn,
    Jepsen,
    PorcupineKv,
}

/// What is asked.
#[derive(Debug)]
struct Question {
    file: String,
    model: String,
    layout: Layout,
    initial: Option<i64>,
    bound: Bound,
    as_json: bool,
}

/// Does it.
pub fn command(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let question = read(arguments)?;
    let bytes = input::bytes(&question.file, MOST_BYTES)?;
    let initial = question.initial;
    match question.model.as_str() {
        "register" => judge(&Register { initial }, &bytes, &question),
        "cas-register" => judge(&CasRegister { initial }, &bytes, &question),
        "kv" if question.layout == Layout::PorcupineKv => {
            decide(&Kv, parse::porcupine_kv(&bytes), &question)
        }
        "kv" => judge(&Kv, &bytes, &question),
        other => Err(Problem::unknown("model", other, MODELS.into_iter())),
    }
}

const MODELS: [&str; 3] = ["register", "cas-register", "kv"];
const LAYOUTS: [(&str, Layout); 3] = [
    ("edn", Layout::Edn),
    ("jepsen", Layout::Jepsen),
    ("porcupine-kv", Layout::PorcupineKv),
];

fn read(arguments: &mut Arguments) -> Result<Question, Problem> {
    let (mut file, mut model) = (None, None);
    let (mut layout, mut initial, mut bound) = (Layout::Edn, None, Bound::default());
    let mut as_json = false;
    while let Some(argument) = arguments.next()? {
        match &argument {
            Argument::Value(name) if file.is_none() => file = Some(name.clone()),
            Argument::Value(_) => return Err(arguments.unexpected(&argument)),
            Argument::Option(name) => match name.as_str() {
                "--model" => model = Some(arguments.value()?),
                "--format" => layout = layout_named(&arguments.value()?)?,
                "--initial" => initial = Some(arguments.number("a whole number")?),
                "--states" => bound.states = arguments.number("a whole number from 1 on")?,
                "--json" => as_json = true,
                _ => return Err(arguments.unexpected(&argument)),
            },
        }
    }
    let question = Question {
        file: file.ok_or_else(|| arguments.problem("no file is named"))?,
        model: model.ok_or_else(|| {
            let models = MODELS.join(", ");
            arguments.problem(&format!("--model is missing; it takes one of {models}"))
        })?,
        layout,
        initial,
        bound,
        as_json,
    };
    if question.layout == Layout::PorcupineKv && question.model != "kv" {
        return Err(arguments.problem("--format porcupine-kv goes with --model kv"));
    }
    if question.initial.is_some() && question.model == "kv" {
        return Err(arguments.problem("--initial goes with the two registers"));
    }
    Ok(question)
}

fn layout_named(name: &str) -> Result<Layout, Problem> {
    let mut all = LAYOUTS.iter();
    all.find(|(known, _)| *known == name)
        .map(|(_, layout)| *layout)
        .ok_or_else(|| Problem::unknown("format", name, LAYOUTS.iter().map(|(known, _)| *known)))
}

/// Reads the history in a layout that any model can have, and decides.
fn judge<M: Notation>(model: &M, bytes: &[u8], question: &Question) -> Result<Answer, Problem>
where
    M::State: Serialize,
{
    let history = match question.layout {
        Layout::Jepsen => parse::jepsen::<M>(bytes),
        Layout::Edn | Layout::PorcupineKv => parse::edn::<M>(bytes),
    };
    decide(model, history, question)
}

fn decide<M: Notation>(
    model: &M,
    history: Result<History<M::Input, M::Output>, Malformed>,
    question: &Question,
) -> Result<Answer, Problem>
where
    M::State: Serialize,
{
    let history = history.map_err(|wrong| Problem(format!("{}, {wrong}", question.file)))?;
    let checked = check(model, &history, question.bound);
    let code = match checked.verdict {
        Verdict::Linearizable(_) => 0,
        Verdict::NotLinearizable(_) => 1,
        Verdict::Unknown(_) => 2,
    };
    let answer = if question.as_json {
        as_json::<M>(&history, &checked)?
    } else {
        Answer::text(in_words::<M>(&history, &checked))
    };
    Ok(answer.with_code(code))
}

fn in_words<M: Notation>(
    history: &History<M::Input, M::Output>,
    checked: &Checked<M::State>,
) -> String
where
    M::State: Serialize,
{
    let operations = history.operations();
    let (processes, objects) = counts(operations);
    let about = format!(
        "Operations: {}, processes: {processes}, objects: {objects}, states computed: {}",
        operations.len(),
        checked.states
    );
    match &checked.verdict {
        Verdict::Linearizable(_) => format!(
            "Linearizable: every operation can be given a moment between its call and its return, so\n\
             that one after the other they give what they gave.\n{about}.\n"
        ),
        Verdict::NotLinearizable(refutation) => format!(
            "Not linearizable: no order explains all answers.\n{}{about}.\n",
            why::<M>(operations, refutation)
        ),
        Verdict::Unknown(key) => format!(
            "Unknown: the search was given up{}; nothing wrong was found so far. --states N lets it go on for longer.\n{about}.\n",
            key.as_ref()
                .map_or_else(String::new, |key| format!(" at key {key:?}"))
        ),
    }
}

/// Which operation cannot be placed, and how far the longest orders come.
fn why<M: Notation>(
    operations: &[Operation<M::Input, M::Output>],
    refutation: &Refutation<M::State>,
) -> String
where
    M::State: Serialize,
{
    let mut text = String::new();
    let name = |place: usize| {
        let operation = operations.get(place).map(in_short::<M>);
        format!("#{} {}", place + 1, operation.unwrap_or_default())
    };
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "There are orders of all that returned before this operation (numbered by their calls), and\n\
         none that has it as well:\n  {}",
        name(refutation.operation)
    );
    for attempt in &refutation.attempts {
        let last = attempt.order.last().map(|place| name(*place));
        let _ = writeln!(
            text,
            "An order of {} operations{} leaves {}.",
            attempt.order.len(),
            last.map_or_else(String::new, |last| format!(", the last {last},")),
            held(&attempt.state)
        );
    }
    text
}

/// What an object holds: `0`, `"text"`.
fn held(state: &impl Serialize) -> String {
    match serde_json::to_string(state) {
        Ok(text) if text != "null" => text,
        _ => "nothing".to_owned(),
    }
}

/// `process 3 :cas [1 2] → :ok`.
fn in_short<M: Notation>(operation: &Operation<M::Input, M::Output>) -> String {
    let (function, value) = M::call(&operation.input);
    let key = operation.key.as_ref();
    let key = key.map_or_else(String::new, |key| format!(" {key:?}"));
    let returned = operation.returned.as_ref();
    let answer = returned.map(|returned| M::answer(&operation.input, &returned.output));
    let answer = match answer {
        None => "never returned".to_owned(),
        Some(Written::Ok(value)) => format!(":ok {value}"),
        Some(Written::Fail(error)) => format!(":fail {error}"),
    };
    format!(
        "process {} :{function}{key} {value} → {answer}",
        operation.process
    )
}

/// How many processes and objects there are.
fn counts<I, O>(operations: &[Operation<I, O>]) -> (usize, usize) {
    let processes: BTreeSet<u32> = operations
        .iter()
        .map(|operation| operation.process)
        .collect();
    let objects: BTreeSet<&Option<String>> =
        operations.iter().map(|operation| &operation.key).collect();
    (processes.len(), objects.len())
}

fn as_json<M: Notation>(
    history: &History<M::Input, M::Output>,
    checked: &Checked<M::State>,
) -> Result<Answer, Problem>
where
    M::State: Serialize,
{
    let operations = history.operations();
    let (processes, objects) = counts(operations);
    let (order, refutation) = match &checked.verdict {
        Verdict::Linearizable(order) => (Some(order), None),
        Verdict::NotLinearizable(refutation) => (None, Some(refutation)),
        Verdict::Unknown(_) => (None, None),
    };
    let described = refutation.and_then(|refutation| operations.get(refutation.operation));
    Answer::json(&json!({
        "verdict": name(&checked.verdict),
        "operations": operations.len(),
        "processes": processes,
        "objects": objects,
        "states": checked.states,
        "order": order,
        "refutation": refutation,
        "refuted_operation": described.map(in_short::<M>),
    }))
}

/// A verdict's name in JSON.
fn name<S>(verdict: &Verdict<S>) -> &'static str {
    match verdict {
        Verdict::Linearizable(_) => "linearizable",
        Verdict::NotLinearizable(_) => "not-linearizable",
        Verdict::Unknown(_) => "unknown",
    }
}
