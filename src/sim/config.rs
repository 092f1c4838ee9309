//! Values for a lab's parameters.

use super::parameter::{Kind, Parameter, Rejected, pick};

/// A value for every parameter of a lab, always in range.
#[derive(Clone, Debug)]
pub struct Config {
    parameters: &'static [Parameter],
    values: Vec<i64>,
}

impl PartialEq for Config {
    fn eq(&self, other: &Self) -> bool {
        self.iter()
            .map(|(parameter, value)| (parameter.id, value))
            .eq(other.iter().map(|(parameter, value)| (parameter.id, value)))
    }
}

impl Config {
    /// Every parameter at its default.
    pub fn defaults(parameters: &'static [Parameter]) -> Self {
        Self {
            parameters,
            values: parameters.iter().map(Parameter::default_value).collect(),
        }
    }

    /// The value of a parameter; 0 where the lab has none of that name.
    pub fn get(&self, id: &str) -> i64 {
        self.find(id).map_or(0, |(_, value)| value)
    }

    /// Whether a switch is on.
    pub fn is_on(&self, id: &str) -> bool {
        self.get(id) != 0
    }

    /// The id of what was chosen; empty where the parameter is no choice.
    pub fn choice(&self, id: &str) -> &'static str {
        match self.find(id) {
            Some((
                Parameter {
                    kind: Kind::Choice { options, .. },
                    ..
                },
                value,
            )) => pick(options, value).map_or("", |choice| choice.id),
            _ => "",
        }
    }

    /// Sets a parameter. A value out of range is moved to the nearest one.
    ///
    /// # Errors
    /// When the value was moved, or when there is no such parameter: what was wrong.
    pub fn set(&mut self, id: &str, value: i64) -> Result<(), Rejected> {
        let index = self
            .parameters
            .iter()
            .position(|parameter| parameter.id == id);
        let found = index
            .and_then(|index| Some((self.parameters.get(index)?, self.values.get_mut(index)?)));
        let Some((parameter, place)) = found else {
            return Err(Rejected {
                why: format!("there is no parameter {}", super::parameter::quote(id)),
                nearest: None,
            });
        };
        let (min, max) = parameter.range();
        *place = value.clamp(min, max);
        parameter.within(value).map(|_| ())
    }

    /// Sets a parameter to what a text says. A number out of range is moved to the nearest one.
    ///
    /// # Errors
    /// When the text was not applied as it stands: what was wrong, and the value that is set if the
    /// number was out of range.
    pub fn set_text(&mut self, id: &str, text: &str) -> Result<(), Rejected> {
        let Some((parameter, _)) = self.find(id) else {
            return self.set(id, 0);
        };
        let read = parameter.read(text);
        let value = match &read {
            Ok(value) => Some(*value),
            Err(rejected) => rejected.nearest,
        };
        if let Some(value) = value {
            self.set(id, value)?;
        }
        read.map(|_| ())
    }

    /// Parameters with their values, in declared order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Parameter, i64)> + '_ {
        self.parameters.iter().zip(self.values.iter().copied())
    }

    fn find(&self, id: &str) -> Option<(&'static Parameter, i64)> {
        self.iter().find(|(parameter, _)| parameter.id == id)
    }
}
