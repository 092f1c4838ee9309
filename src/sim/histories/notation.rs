//! How each model's operations are written in Jepsen's histories: `:f` names the function,
//! `:value` what it is given and, on return, what it gave.

use super::specification::Specification;
use super::value::Value;
use super::{CasRegister, Kv, Register};
use super::{cas_register, kv, register};

/// A specification whose operations can be written down and read.
pub trait Notation: Specification {
    /// The operation that is called.
    ///
    /// # Errors
    /// What is expected instead.
    fn input(function: &str, value: &Value) -> Result<Self::Input, &'static str>;

    /// What an operation that returned with `:ok` gave.
    ///
    /// # Errors
    /// What is expected instead.
    fn output(input: &Self::Input, value: &Value) -> Result<Self::Output, &'static str>;

    /// What is known from an operation that returned with `:fail`; nothing if it is only known
    /// that it did not take effect.
    fn refusal(_input: &Self::Input, _error: Option<&Value>) -> Option<Self::Output> {
        None
    }

    /// The function's name, and the value it is called with.
    fn call(input: &Self::Input) -> (&'static str, Value);

    /// How an answer is written.
    fn answer(input: &Self::Input, output: &Self::Output) -> Answer;
}

/// How an answer is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `:ok`, with this value.
    Ok(Value),
    /// `:fail`, with this as `:error`.
    Fail(Value),
}

const REGISTER: &str = ":read, or :write with a whole number";
const CAS_REGISTER: &str =
    ":read, :write with a whole number, or :cas with two whole numbers such as [1 2]";
const KV: &str = ":get, or :put or :append with a string";
const NUMBER: &str = "a read that returns a whole number or nil";
const TEXT: &str = "a :get that returns a string or nil";
/// Says in `:error` that a compare-and-set found another value. Jepsen's own `:fail` says less: it
/// stands for anything that kept the operation from taking effect.
const MISMATCH: &str = "mismatch";

impl Notation for Register {
    fn input(function: &str, value: &Value) -> Result<Self::Input, &'static str> {
        match (function, value) {
            ("read", _) => Ok(register::Input::Read),
            ("write", Value::Whole(number)) => Ok(register::Input::Write(*number)),
            _ => Err(REGISTER),
        }
    }

    fn output(input: &Self::Input, value: &Value) -> Result<Self::Output, &'static str> {
        match input {
            register::Input::Read => number(value).map(register::Output::Value),
            register::Input::Write(_) => Ok(register::Output::Written),
        }
    }

    fn call(input: &Self::Input) -> (&'static str, Value) {
        match input {
            register::Input::Read => ("read", Value::Nil),
            register::Input::Write(number) => ("write", Value::Whole(*number)),
        }
    }

    fn answer(input: &Self::Input, output: &Self::Output) -> Answer {
        Answer::Ok(match output {
            register::Output::Value(value) => Value::from(*value),
            register::Output::Written => Self::call(input).1,
        })
    }
}

impl Notation for CasRegister {
    fn input(function: &str, value: &Value) -> Result<Self::Input, &'static str> {
        match (function, value) {
            ("read", _) => Ok(cas_register::Input::Read),
            ("write", Value::Whole(number)) => Ok(cas_register::Input::Write(*number)),
            ("cas", Value::List(values)) => match values.as_slice() {
                [Value::Whole(old), Value::Whole(new)] => Ok(cas_register::Input::Cas(*old, *new)),
                _ => Err(CAS_REGISTER),
            },
            _ => Err(CAS_REGISTER),
        }
    }

    fn output(input: &Self::Input, value: &Value) -> Result<Self::Output, &'static str> {
        match input {
            cas_register::Input::Read => number(value).map(cas_register::Output::Value),
            cas_register::Input::Write(_) | cas_register::Input::Cas(..) => {
                Ok(cas_register::Output::Written)
            }
        }
    }

    fn refusal(input: &Self::Input, error: Option<&Value>) -> Option<Self::Output> {
        match (input, error) {
            (cas_register::Input::Cas(..), Some(Value::Keyword(error))) if error == MISMATCH => {
                Some(cas_register::Output::Mismatch)
            }
            _ => None,
        }
    }

    fn call(input: &Self::Input) -> (&'static str, Value) {
        match *input {
            cas_register::Input::Read => ("read", Value::Nil),
            cas_register::Input::Write(number) => ("write", Value::Whole(number)),
            cas_register::Input::Cas(old, new) => (
                "cas",
                Value::List(vec![Value::Whole(old), Value::Whole(new)]),
            ),
        }
    }

    fn answer(input: &Self::Input, output: &Self::Output) -> Answer {
        match output {
            cas_register::Output::Value(value) => Answer::Ok(Value::from(*value)),
            cas_register::Output::Written => Answer::Ok(Self::call(input).1),
            cas_register::Output::Mismatch => Answer::Fail(Value::keyword(MISMATCH)),
        }
    }
}

impl Notation for Kv {
    fn input(function: &str, value: &Value) -> Result<Self::Input, &'static str> {
        match (function, value) {
            ("get", _) => Ok(kv::Input::Get),
            ("put", Value::Text(text)) => Ok(kv::Input::Put(text.clone())),
            ("append", Value::Text(text)) => Ok(kv::Input::Append(text.clone())),
            _ => Err(KV),
        }
    }

    fn output(input: &Self::Input, value: &Value) -> Result<Self::Output, &'static str> {
        match (input, value) {
            (kv::Input::Get, Value::Text(text)) => Ok(kv::Output::Text(text.clone())),
            (kv::Input::Get, Value::Nil) => Ok(kv::Output::Text(String::new())),
            (kv::Input::Get, _) => Err(TEXT),
            (kv::Input::Put(_) | kv::Input::Append(_), _) => Ok(kv::Output::Done),
        }
    }

    fn call(input: &Self::Input) -> (&'static str, Value) {
        match input {
            kv::Input::Get => ("get", Value::Nil),
            kv::Input::Put(text) => ("put", Value::Text(text.clone())),
            kv::Input::Append(text) => ("append", Value::Text(text.clone())),
        }
    }

    fn answer(input: &Self::Input, output: &Self::Output) -> Answer {
        Answer::Ok(match output {
            kv::Output::Text(text) => Value::Text(text.clone()),
            kv::Output::Done => Self::call(input).1,
        })
    }
}

/// What a read gave.
fn number(value: &Value) -> Result<Option<i64>, &'static str> {
    match value {
        Value::Nil => Ok(None),
        Value::Whole(number) => Ok(Some(*number)),
        _ => Err(NUMBER),
    }
}
