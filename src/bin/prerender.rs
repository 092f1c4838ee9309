//! prerender
fn main() {}
