//! Serves a folder (the built site) over HTTP on this machine.
fn main() {}
