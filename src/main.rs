//! The browser's program: takes over the prerendered page, nothing else.

fn main() {
    happens_before::app::hydrate();
}
