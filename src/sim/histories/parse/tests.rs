//! Parsers against good and bad input.
