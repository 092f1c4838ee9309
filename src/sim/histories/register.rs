//! A register: holds one value, which can be read and written.

use serde::Serialize;

use super::specification::Specification;

/// The register; the state is its value, `None` before anything was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Register {
    /// The value before the first operation.
    pub initial: Option<i64>,
}

/// What can be asked of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Input {
    /// Give the value.
    Read,
    /// Take this value.
    Write(i64),
}

/// What a register answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Output {
    /// To a read: the value, if any.
    Value(Option<i64>),
    /// To a write: it holds the value.
    Written,
}

impl Specification for Register {
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
        match (input, output) {
            (Input::Read, None) => Some(*state),
            (Input::Read, Some(Output::Value(value))) => (value == state).then_some(*state),
            (Input::Write(value), None | Some(Output::Written)) => Some(Some(*value)),
            (Input::Read, Some(Output::Written)) | (Input::Write(_), Some(Output::Value(_))) => {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_gives_the_last_value_written_and_no_other() {
        let register = Register::default();
        let written = register.step(&register.init(), &Input::Write(3), Some(&Output::Written));
        assert_eq!(written, Some(Some(3)));
        let read = |value| {
            let output = Output::Value(value);
            register.step(&Some(3), &Input::Read, Some(&output))
        };
        assert_eq!(
            (read(Some(3)), read(Some(2)), read(None)),
            (Some(Some(3)), None, None)
        );
    }
}
