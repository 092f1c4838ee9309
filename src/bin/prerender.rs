//! prerender
fn main(){}
