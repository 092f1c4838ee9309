//! The labs' program: takes over the labs of the page that the prerenderer wrote, nothing else.

fn main() {
    happens_before::labs::program::start();
}
