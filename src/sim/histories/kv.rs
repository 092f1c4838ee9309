//! A store of texts by key, with put, append and get: the store that the lab of MIT's course 6.824
//! asks for, and that porcupine's `kv` histories come from.
//!
//! This is the specification of one key. A history over many is checked key by key.

use serde::Serialize;

use super::specification::Specification;

/// One key of the store; the state is its text, empty before anything was put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kv;

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Input {
    /// Give the text.
    Get,
    /// Hold this text instead.
    Put(String),
    /// Hold this text after the one that is there.
    Append(String),
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Output {
    /// To a get: the text.
    Text(String),
    /// To a put or an append: it is done.
    Done,
}

impl Specification for Kv {
    type Input = Input;
    type Output = Output;
    type State = String;

    fn init(&self) -> Self::State {
        String::new()
    }

    fn step(
        &self,
        state: &Self::State,
        input: &Input,
        output: Option<&Output>,
    ) -> Option<Self::State> {
        match (input, output) {
            (Input::Get, None) => Some(state.clone()),
            (Input::Get, Some(Output::Text(text))) => (text == state).then(|| state.clone()),
            (Input::Put(text), None | Some(Output::Done)) => Some(text.clone()),
            (Input::Append(text), None | Some(Output::Done)) => Some(format!("{state}{text}")),
            (Input::Get, Some(Output::Done))
            | (Input::Put(_) | Input::Append(_), Some(Output::Text(_))) => None,
        }
    }

    fn size(&self, state: &Self::State) -> usize {
        size_of::<String>() + state.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_get_gives_what_was_put_and_appended() {
        let done = Some(&Output::Done);
        let put = Kv.step(&"old".to_owned(), &Input::Put("a".to_owned()), done);
        let appended = Kv.step(&put.unwrap(), &Input::Append("b".to_owned()), done);
        let get = |text: &str| {
            let output = Output::Text(text.to_owned());
            Kv.step(&"ab".to_owned(), &Input::Get, Some(&output))
        };
        assert_eq!(appended.as_deref(), Some("ab"));
        assert_eq!((get("ab"), get("a")), (Some("ab".to_owned()), None));
    }
}
