//! A register that can also be written on condition that it holds a certain value.

use serde::Serialize;

use super::specification::Specification;

/// The register; the state is its value, `None` before anything was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CasRegister {
    /// The value before the first operation.
    pub initial: Option<i64>,
}

/// What can be asked of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Input {
    /// Give the value.
    Read,
    /// Take this value.
    Write(i64),
    /// Compare and set: take the second value if the first is held.
    Cas(i64, i64),
}

/// What the register answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Output {
    /// To a read: the value, if any.
    Value(Option<i64>),
    /// To a write, or to a compare-and-set that found the value: it holds the new one.
    Written,
    /// To a compare-and-set: another value is held, and stays.
    Mismatch,
}

impl Specification for CasRegister {
    type Input = Input;
    type Output = Output;
    type State = Option<i64>;

    fn init(&self) -> Self::State {
        self.initial
    }

    fn step(
        &self,
        state: &Self::State,
        input: &Input,
        output: Option<&Output>,
    ) -> Option<Self::State> {
        let (answer, after) = match *input {
            Input::Read => (Output::Value(*state), *state),
            Input::Write(value) => (Output::Written, Some(value)),
            Input::Cas(old, new) if *state == Some(old) => (Output::Written, Some(new)),
            Input::Cas(..) => (Output::Mismatch, *state),
        };
        output
            .is_none_or(|output| *output == answer)
            .then_some(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(state: i64, input: Input, output: Option<Output>, expected: Option<i64>) {
        let after = CasRegister::default().step(&Some(state), &input, output.as_ref());
        assert_eq!(after, expected.map(Some));
    }

    #[test]
    fn compare_and_set_writes_only_over_the_value_it_names() {
        check(1, Input::Cas(1, 2), Some(Output::Written), Some(2));
        check(1, Input::Cas(1, 2), Some(Output::Mismatch), None);
        check(3, Input::Cas(1, 2), Some(Output::Written), None);
        check(3, Input::Cas(1, 2), Some(Output::Mismatch), Some(3));
    }

    #[test]
    fn without_an_answer_the_state_alone_decides() {
        check(1, Input::Cas(1, 2), None, Some(2));
        check(3, Input::Cas(1, 2), None, Some(3));
        check(3, Input::Read, None, Some(3));
    }

    #[test]
    fn an_answer_to_another_question_fits_no_state() {
        check(3, Input::Read, Some(Output::Written), None);
        check(3, Input::Write(3), Some(Output::Value(Some(3))), None);
    }
}
